"""Numbers that a therapist measured: the way to add one, and each beside the home number."""

from dataclasses import dataclass

import streamlit as st

from screening.domain import scoring
from screening.domain.answers import Attempt, Ending, Side, StoppedBy, TimedBy
from screening.domain.change import Change, MeasureChange
from screening.domain.selftests import SelfTest
from screening.errors import MeasurementRejected
from screening.services import track
from screening.services.wording import Say
from screening.views import attempt_form, charts, state, tables, theme, track_charts
from screening.views.charts import Axis
from screening.views.track_charts import Panel, Point

SAVED = "clinic-saved"
"""Where the visit notes the text that was last to be saved, so that its refusal stays beside it."""


def draw(tell: Say, look: theme.Look) -> None:
    """Draw what was measured in the clinic beside the home numbers, and the way to add more."""
    st.header(tell("clinic_numbers.title"), anchor=False)
    found = track.home_against_clinic(state.visit().told, state.assessment(), state.known())
    with st.container(key="screen-only-clinic-lead"):
        st.markdown(tell("clinic_numbers.lead"))
    if not state.visit().told.clinic:
        st.markdown(tell("clinic_numbers.none_yet"))
    elif any(each.limit for each in found):
        st.markdown(f":small[{tell('clinic_numbers.how_to_read')}]")
    for test in dict.fromkeys(each.test for each in found):
        _beside(state.known().selftests[test], [each for each in found if each.test == test], tell, look)
    with st.container(key="screen-only-clinic-add"), st.expander(tell("clinic_numbers.add")):
        _add(tell)


# -- beside the home number ------------------------------------------------------------------------------


def _beside(test: SelfTest, found: list[MeasureChange], tell: Say, look: theme.Look) -> None:
    name = tell(f"test.{test.id}.name")
    st.subheader(name, anchor=False)
    both = [each for each in found if each.before is not None and each.after is not None]
    if both:
        panels = tuple(_panel(each, tell) for each in both)
        scale = track_charts.scale_of(test, panels, tell)
        st.vega_lite_chart(
            track_charts.slope(scale, panels, look, tell),
            alt=track_charts.slope_alt(name, scale, panels, tell),
        )
    st.markdown("\n".join(f"- {line}" for each in found for line in _lines(test, each, tell)))
    with st.container(horizontal=True, key=f"screen-only-remove-{test.id}"):
        for each in found:
            label = tell("clinic_numbers.remove", test=_named(test, each.side, tell))
            st.button(
                label,
                key=f"remove-{test.id}-{each.side or 'both'}",
                on_click=state.drop_clinic_number,
                args=(test.id, each.side),
            )


def _panel(found: MeasureChange, tell: Say) -> Panel:
    drawn = found.limit is not None and found.verdict != Change.CANNOT_TELL
    return Panel(
        name="" if found.side is None else tell(f"side.{found.side}"),
        points=(
            _point(0.0, tell("clinic_numbers.home"), found.before),
            _point(1.0, tell("clinic_numbers.clinic"), found.after, clinic=True),
        ),
        then=0,
        limit=found.limit if drawn else None,
        told=drawn,
    )


def _point(at: float, place: str, value: float | None, *, clinic: bool = False) -> Point:
    return Point(at=at, when=place, label=place, value=value, clinic=clinic)


def _lines(test: SelfTest, found: MeasureChange, tell: Say) -> list[str]:
    """Return what was measured and when, then what the gap to the home number means."""
    measured = state.visit().told.clinic_number(found.test, found.side)
    if measured is None or measured.attempt.value is None:
        return []
    value = charts.amount(measured.attempt.value, Axis.of(test), tell)
    said = tell("clinic_numbers.added", test=_named(test, found.side, tell), value=value, day=measured.day)
    return [said, _gap(test, found, tell)]


def _gap(test: SelfTest, found: MeasureChange, tell: Say) -> str:
    if found.before is None:
        return tell("clinic_numbers.no_home")
    if test.clinic_limit is None:
        return tell("clinic_numbers.no_study")
    source = tables.source_line(state.known().sources[test.clinic_source])
    limit = charts.amount(test.clinic_limit, Axis.of(test), tell)
    if found.verdict == Change.CANNOT_TELL:
        said = f"{tell('track.verdict.cannot-tell')} {tell(f'track.because.{found.reason}')}"
    else:
        said = tell(f"clinic_numbers.{'beyond' if found.verdict == Change.LIKELY_REAL else 'within'}")
    return f"{said} {tell('clinic_numbers.published', limit=limit)} {source}"


def _named(test: SelfTest, side: Side | None, tell: Say) -> str:
    name = tell(f"test.{test.id}.name")
    return name if side is None else f"{name} ({tell(f'side.{side}').lower()})"


# -- adding one --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What is being added, as far as it was chosen."""

    test: SelfTest
    side: Side | None
    text: str
    right_angle: bool | None
    stopped_by: StoppedBy | None

    @property
    def key(self) -> str:
        return f"{self.test.id}:{self.side or 'both'}:{self.text}"

    def attempt(self) -> Attempt:
        """Return it as an attempt.

        Raises:
            MeasurementRejected: Not a number, or one that this test cannot produce.
        """
        value = scoring.possible(attempt_form.number(self.text), self.test)
        capped = self.test.cap is not None and value == self.test.cap
        return Attempt(
            test=self.test.id,
            side=self.side,
            ending=Ending.DONE,
            value=value,
            capped=capped,
            tries=(value,),
            stopped_by=StoppedBy.CAP if capped else self.stopped_by,
            right_angle=self.right_angle,
            timed_by=TimedBy.THERAPIST,
        )


def _add(tell: Say) -> None:
    known = {test.id: test for test in state.known().selftests}
    with st.container(key="pick-clinic-test"):
        picked = st.pills(
            tell("clinic_numbers.which"),
            list(known),
            format_func=lambda each: tell(f"test.{each}.name"),
            key="clinic-test",
        )
    if picked is None:
        return
    test = known[picked]
    side = _side(test, tell)
    if test.each_side and side is None:
        return
    with st.container(key="typed-clinic"):
        mark = st.container()
        text = st.text_input(
            tell(f"self_tests.typed.{test.unit}"),
            key=f"clinic-value:{test.id}:{side}",
            autocomplete="off",
            live="0ms",
            on_change="ignore",
        )
    typed = _Typed(
        test=test,
        side=side,
        text=(text or "").strip(),
        right_angle=_right_angle(test, tell),
        stopped_by=attempt_form.what_ended_it(test, f"clinic-{test.id}-{side}"),
    )
    steps = state.visit().steps
    if st.button(tell("clinic_numbers.save"), key="clinic-save", type="primary", width="stretch"):
        steps[SAVED] = typed.key
    if steps.get(SAVED) != typed.key:
        return
    try:
        state.put_clinic_number(typed.attempt())
    except MeasurementRejected as refused:
        with mark.container(key="missing-clinic"):
            st.error(attempt_form.why_not(test, refused))
        return
    steps.pop(SAVED)
    st.rerun()


def _side(test: SelfTest, tell: Say) -> Side | None:
    if not test.each_side:
        return None
    with st.container(key="pick-clinic-side"):
        side = st.pills(
            tell("clinic_numbers.side"),
            [each.value for each in Side],
            format_func=lambda each: tell(f"side.{each}"),
            key=f"clinic-side:{test.id}",
        )
    return None if side is None else Side(side)


def _right_angle(test: SelfTest, tell: Say) -> bool | None:
    """Ask about the seat, where it decides whether the number may be compared."""
    if not test.chair:
        return None
    with st.container(key="pick-clinic-seat"):
        answer = st.pills(
            tell("self_tests.right_angle"),
            ["yes", "no"],
            format_func=lambda each: tell(f"self_tests.{each}"),
            key=f"clinic-seat:{test.id}",
        )
    return None if answer is None else answer == "yes"
