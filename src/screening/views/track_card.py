"""The parts of "Then and now": open earlier checks, what changed, and when to check again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from screening.domain import change
from screening.domain.answers import Answers
from screening.domain.change import REAL_PAIN_CHANGE, Change, MeasureChange, Place
from screening.domain.outcome import Results
from screening.domain.pain import PainChange
from screening.domain.selftests import SelfTest
from screening.errors import AnswersFileError, NotComparable
from screening.services import calendar_file, track
from screening.services.track import Course
from screening.services.wording import Say
from screening.views import charts, frame, questions, state, tables, theme, track_charts
from screening.views.charts import Axis
from screening.views.components.open_files import component as opener
from screening.views.components.save_file import TextFile, save_text
from screening.views.tables import Table
from screening.views.track_charts import Panel, Point
from screening.views.words import spoken

TITLES = ("real-better", "real-worse", "real-both", "may-be", "no-change", "cannot-tell")
"""What it comes to, in one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A course of checks, and the words and colours it is shown in."""

    course: Course
    tell: Say
    look: theme.Look


# -- which checks ------------------------------------------------------------------------------------------


def choose_checks() -> Shown | None:
    """Draw how to open checks and which are open; return them once there are two."""
    tell = spoken()
    st.markdown(tell("track.lead"))
    _open(opener.open_files(key="open-checks", label=tell("track.open")))
    _offer_of_this_device(tell)
    for each in state.visit().tracking.refused:
        st.warning(each)
    _list(tell)
    course = _course()
    if course is None:
        return None
    if len(course.checks) > 2:  # noqa: PLR2004 - with two there is no choice
        course = _compare_with(course, tell)
    return Shown(course=course, tell=tell, look=theme.look(st.context.theme.type))


def _today() -> Answers | None:
    """Return the check of this visit, if there is something in it to compare."""
    told, outcome = state.visit().told, state.assessment()
    return state.dated() if told.date and track.has_something(told, outcome) else None


def _all() -> tuple[Answers, ...]:
    mine = _today()
    return (*state.visit().tracking.opened, *([] if mine is None else [mine]))


def _course() -> Course | None:
    """Return the course of what is open; worked out once for the same answers and the same outcome."""
    held, mine, outcome = state.visit().tracking, _today(), state.assessment()
    checks = _all()
    of, since, was, found = held.course
    same = len(of) == len(checks) and all(a is b for a, b in zip(of, checks, strict=True))
    if not same or since != held.since or was is not outcome:
        today = None if mine is None else (mine, outcome)
        found = track.course(checks, state.known(), since=held.since, today=today)
        held.course = checks, held.since, outcome, found
    return found


def _open(documents: Iterable[bytes]) -> None:
    """Take the files that were just opened, each whole or not at all; note what was wrong with the others."""
    documents, held, tell = tuple(documents), state.visit().tracking, spoken()
    if not documents:
        return
    refused: list[str] = []
    for document in documents:
        try:
            told = track.admit(document, _all(), state.known(), state.today())
        except AnswersFileError as error:
            refused.append(tell(f"error.file.{error.why}", where=error.where))
        except NotComparable as error:
            refused.append(tell(f"track.refused.{error.why}"))
        else:
            held.opened = (*held.opened, told)
    held.refused = tuple(dict.fromkeys(refused))


def _offer_of_this_device(tell: Say) -> None:
    """Draw the way to compare with the draft that was found on this device."""
    offer = state.visit().offer
    if offer is None or offer in state.visit().tracking.opened:
        return
    if st.button(tell("track.from_device"), key="track-device", width="stretch"):
        held = state.visit().tracking
        try:
            track.fits_beside(offer, _all(), state.known())
        except NotComparable as error:
            held.refused = (tell(f"track.refused.{error.why}"),)
        else:
            held.opened, held.refused = (*held.opened, offer), ()
        st.rerun()


def _list(tell: Say) -> None:
    """Draw which checks are open, oldest first, and the way to close them."""
    opened, mine = state.visit().tracking.opened, _today()
    days = [(each.date, "file") for each in opened] + ([] if mine is None else [(mine.date, "today")])
    lines = [f"- {tell(f'track.check.{kind}', day=day)}" for day, kind in sorted(days)]
    if mine is None and state.visit().has_answers:
        lines.append(f"\n{tell('track.not_finished')}")
    elif mine is not None and opened and max(days)[1] == "file":
        lines.append(f"\n{tell('track.newest_is_file')}")
    if len(days) == 1:
        lines.append(f"\n{tell('track.one_more')}")
    if lines:
        st.markdown("\n".join(lines))
    if opened:
        st.button(tell("track.close"), key="track-close", width="stretch", on_click=_close)


def _close() -> None:
    state.visit().tracking = state.Tracking()


def _compare_with(course: Course, tell: Say) -> Course:
    held = state.visit().tracking
    days = [each.day for each in course.checks[:-1]]
    with st.container(key="pick-since"):
        day = st.pills(
            tell("track.since", now=course.now.day),
            days,
            default=course.then.day,
            required=True,
            key="track-since",
        )
    held.since = day or ""
    return _course() or course


# -- what it comes to --------------------------------------------------------------------------------------


def main_message(shown: Shown) -> None:
    """Draw the one message that matters most, and what it rests on."""
    tell, course = shown.tell, shown.course
    what = headline(course)
    real = [each for each in course.measures if each.verdict == Change.LIKELY_REAL]
    lines = [f"- {_measure_line(each, tell)}" for each in real]
    lines += [f"- {_pain_line(each, tell)}" for each in course.pain if each.verdict == Change.LIKELY_REAL]
    with st.container(border=True, key="card-track"):
        st.header(tell(f"track.main.{what}"), anchor=False)
        parts = [tell("track.between", then=course.then.day, now=course.now.day), "\n".join(lines)]
        parts.append(tell("track.not_why" if lines else "track.no_news"))
        if any(each.other_version for each in course.checks):
            parts.append(tell("track.other_version"))
        st.markdown("\n\n".join(each for each in parts if each))


def headline(course: Course) -> str:
    """Return which of ``TITLES`` a course comes to; pain counts like every other number."""
    better = {each.better for each in course.measures if each.verdict == Change.LIKELY_REAL}
    better |= {_less(each) for each in course.pain if each.verdict == Change.LIKELY_REAL}
    if better:
        return "real-both" if len(better) > 1 else "real-better" if True in better else "real-worse"
    verdicts = {each.verdict for each in course.measures} | {each.verdict for each in course.pain}
    if Change.MAY_BE_REAL in verdicts:
        return "may-be"
    return "no-change" if verdicts & {Change.WITHIN_ERROR, Change.SAME} else "cannot-tell"


def _less(pain: PainChange) -> bool:
    return (pain.after or 0.0) < (pain.before or 0.0)


# -- pain --------------------------------------------------------------------------------------------------


def pain(shown: Shown) -> None:
    """Draw the pain numbers by their own rule, beside the person's own word for it."""
    course, tell = shown.course, shown.tell
    st.header(tell("track.pain_title"), anchor=False)
    _own_word(course, tell)
    if not course.pain:
        st.markdown(tell("track.no_pain_numbers"))
        return
    for each in course.pain:
        if each.measure == "average":
            _pain_picture(each, shown)
    st.markdown("\n".join(f"- {_pain_line(each, tell)}" for each in course.pain))


def _own_word(course: Course, tell: Say) -> None:
    """Ask how the pain is since then, if the later check is today's; else say what was answered."""
    if course.now.told == state.visit().told and not state.no_pain():
        asked = state.known().instruments.questions["P6"]
        labels = {each.code: tell(each.say) for each in asked.options}
        questions.choose(asked.id, tell(asked.say), labels, questions.Need.FREE)
    elif course.feels is not None:
        st.markdown(tell("track.feels", word=tell(f"option.{course.feels}")))


def _pain_picture(found: PainChange, shown: Shown) -> None:
    values = [(each, each.told.pain.ratings.get("P1")) for each in shown.course.checks]
    told = found.verdict != Change.CANNOT_TELL
    panel = Panel(
        name="",
        points=tuple(_point(shown, each.day, value) for each, value in values),
        then=shown.course.checks.index(shown.course.then),
        limit=float(REAL_PAIN_CHANGE) if told else None,
        told=told,
    )
    scale = track_charts.pain_scale(shown.tell, whole=True)
    name = shown.tell("track.pain.average")
    st.vega_lite_chart(
        track_charts.slope(scale, (panel,), shown.look, shown.tell),
        alt=track_charts.slope_alt(name, scale, (panel,), shown.tell),
    )


def _pain_line(found: PainChange, tell: Say) -> str:
    name = tell(f"track.pain.{found.measure}")
    pair = tell("track.pair", then=_of_ten(found.before, tell), now=_of_ten(found.after, tell))
    said = [] if found.verdict is None else [_pain_verdict(found, tell)]
    said += [tell(f"track.because.{found.reason}")] if found.reason else []
    return " ".join([f"**{name}.** {pair}", *said])


def _pain_verdict(found: PainChange, tell: Say) -> str:
    if found.verdict in {Change.LIKELY_REAL, Change.MAY_BE_REAL}:
        return tell(f"track.pain.{found.verdict}-{'less' if _less(found) else 'more'}")
    return tell(f"track.pain.{found.verdict}")


def _of_ten(value: float | None, tell: Say) -> str:
    return tell("track.no_number") if value is None else charts.number(value)


# -- tests -------------------------------------------------------------------------------------------------


def tests(shown: Shown) -> None:
    """Draw each test as a picture with its words, home and clinic apart; then the table twin."""
    course, tell = shown.course, shown.tell
    if not course.measures:
        return
    st.header(tell("track.tests_title"), anchor=False)
    st.markdown(f":small[{tell('track.how_to_read')}]")
    for group in _groups(course.measures):
        _group(group, shown)
    with st.expander(tell("track.as_table")):
        st.markdown(tables.markdown(changes_table(shown)))
    with st.expander(tell("track.sources_title")):
        st.markdown(_sources(course.measures, tell))


def _groups(found: Sequence[MeasureChange]) -> Iterator[tuple[MeasureChange, ...]]:
    """Yield what stands in one picture: both sides of one test, measured in the same two places."""
    keys = dict.fromkeys((each.test, *_places(each)) for each in found)
    for key in keys:
        yield tuple(each for each in found if (each.test, *_places(each)) == key)


def _places(found: MeasureChange) -> tuple[Place, Place]:
    """Return where it was measured then and now; once only counts as both times there."""
    then, now = found.then or found.now, found.now or found.then
    return then or Place.HOME, now or Place.HOME


def _group(group: Sequence[MeasureChange], shown: Shown) -> None:
    tell, first = shown.tell, group[0]
    test = state.known().selftests[first.test]
    where = tell(f"track.place.{'-'.join(_places(first))}")
    name = tell(f"test.{test.id}.name")
    st.subheader(f"{name} ({where})" if where else name, anchor=False)
    panels = tuple(_panel(each, shown) for each in group)
    if any(each.values for each in panels):
        scale = track_charts.scale_of(test, panels, tell)
        st.vega_lite_chart(
            track_charts.slope(scale, panels, shown.look, tell),
            alt=track_charts.slope_alt(name, scale, panels, tell),
        )
    st.markdown("  \n".join(_side_line(each, tell) for each in group))


def _panel(found: MeasureChange, shown: Shown) -> Panel:
    course = shown.course
    then, now = _places(found)
    points = []
    for each in course.checks:
        place = now if each == course.now else then
        reading = each.reading(found.test, found.side, place)
        value = None if reading is None else change.value_of(reading)
        points.append(_point(shown, each.day, value, clinic=place == Place.CLINIC))
    return Panel(
        name="" if found.side is None else shown.tell(f"side.{found.side}"),
        points=tuple(points),
        then=course.checks.index(course.then),
        limit=found.limit if found.verdict != Change.CANNOT_TELL else None,
        told=found.verdict != Change.CANNOT_TELL,
    )


def _point(shown: Shown, day: str, value: float | None, *, clinic: bool = False) -> Point:
    course = shown.course
    first, last, here = (
        date.fromisoformat(each).toordinal() for each in (course.checks[0].day, course.now.day, day)
    )
    label = shown.tell(f"track.chart.{'now' if day == course.now.day else 'then'}")
    return Point(at=(here - first) / (last - first), when=day, label=label, value=value, clinic=clinic)


def _measure_line(found: MeasureChange, tell: Say) -> str:
    name = tell(f"test.{found.test}.name")
    side = "" if found.side is None else f" ({tell(f'side.{found.side}').lower()})"
    return f"**{name}{side}.** {_told(found, tell)}"


def _side_line(found: MeasureChange, tell: Say) -> str:
    who = "" if found.side is None else f"**{tell(f'side.{found.side}')}:** "
    return f"{who}{_told(found, tell)}"


def _told(found: MeasureChange, tell: Say) -> str:
    axis = Axis.of(state.known().selftests[found.test])
    pair = tell("track.pair", then=_value(found.before, axis, tell), now=_value(found.after, axis, tell))
    because = tell(f"track.because.{found.reason}") if found.reason else ""
    return f"{pair} {verdict(found, tell)} {because}".strip()


def verdict(found: MeasureChange, tell: Say) -> str:
    """Say in one sentence what may be said of a change."""
    return tell(f"track.verdict.{_word(found)}")


def _word(found: MeasureChange) -> str:
    if found.verdict == Change.LIKELY_REAL:
        return f"likely-real-{'better' if found.better else 'worse'}"
    return found.verdict.value


def _value(value: float | None, axis: Axis, tell: Say) -> str:
    return tell("track.no_number") if value is None else charts.amount(value, axis, tell)


def changes_table(shown: Shown) -> Table:
    """Return the table twin of the pictures: a row per test, side and places, every number in it."""
    head = tuple(shown.tell(f"track.table.{each}") for each in ("test", "numbers", "words"))
    return Table(head=head, rows=tuple(_row(each, shown) for each in shown.course.measures))


def _row(found: MeasureChange, shown: Shown) -> tuple[str, str, str]:
    tell = shown.tell
    axis = Axis.of(state.known().selftests[found.test])
    side = "" if found.side is None else tell(f"side.{found.side}").lower()
    more = ", ".join(each for each in (side, tell(f"track.place.{'-'.join(_places(found))}")) if each)
    name = tell(f"test.{found.test}.name")
    *before, last = (each.value for each in _panel(found, shown).points)
    earlier = (tell("track.no_number") if each is None else charts.number(each) for each in before)
    numbers = track_charts.joined((*earlier, _value(last, axis, tell)), tell)
    said = tell(f"track.word.{_word(found)}")
    if found.limit is not None:
        limit = charts.amount(found.limit, axis, tell)
        said = tell("track.table.said", words=said, limit=limit)
    return f"{name} ({more})" if more else name, numbers, said


def _sources(found: Sequence[MeasureChange], tell: Say) -> str:
    known = state.known()
    lines = []
    for test in (known.selftests[each] for each in dict.fromkeys(each.test for each in found)):
        lines += [f"- **{tell(f'test.{test.id}.name')}.** {line}" for line in _limits(test, tell)]
    return "\n".join(lines)


def _limits(test: SelfTest, tell: Say) -> Iterator[str]:
    """Yield from which change on it counts, and whose number that is."""
    axis, sources = Axis.of(test), state.known().sources
    if test.change_limit is None:
        yield tell("track.because.no-published-error")
        return
    limit = charts.amount(test.change_limit, axis, tell)
    cited = tables.source_line(sources[test.change_source]) if test.change_source else tell("track.judgement")
    yield f"{tell('track.counts_from', limit=limit)} {cited}"
    if test.clinic_limit is not None:
        limit = charts.amount(test.clinic_limit, axis, tell)
        cited = tables.source_line(sources[test.clinic_source])
        yield f"{tell('track.counts_from_clinic', limit=limit)} {cited}"
    else:
        yield tell("track.because.home-and-clinic")


# -- the next time -----------------------------------------------------------------------------------------


def next_time() -> None:
    """Draw when to check again, and the day as a file for a calendar."""
    tell, checks = spoken(), _all()
    if not checks:
        return
    last = max(checks, key=lambda told: told.date)
    st.header(tell("track.next_title"), anchor=False)
    day = track.retest_day(last, state.today())
    if day is None:
        st.markdown(tell("track.next_now"))
    else:
        st.markdown(tell("track.next_on", day=day.isoformat()))
        if state.may_save():
            _save_day(day, last, tell)
    st.markdown(tell("track.keep_file"))


def _save_day(day: date, last: Answers, tell: Say) -> None:
    content = calendar_file.all_day_event(
        day=day,
        made=date.fromisoformat(last.date),
        uid=f"hip-check-{day.isoformat()}@hip-check.invalid",
        title=tell("track.event_title"),
        about=tell("track.event_about"),
    )
    file = TextFile(
        label=tell("track.save_day"),
        name=f"hip-check-again-{day.isoformat()}.ics",
        media_type=calendar_file.MEDIA_TYPE,
        text=content,
    )
    save_text(key="save-day", file=file, saved=tell("results.saved"))


def way_back() -> None:
    """Draw the way back: to the results where there are some, else to the start."""
    frame.back_to("results" if isinstance(state.assessment(), Results) else "start")
