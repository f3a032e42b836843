"""What is asked about one attempt: how it felt, where, what was seen; and the way to type a number."""

from dataclasses import replace

import streamlit as st

from screening.domain import scoring
from screening.domain.afterwards import NO, YES, question
from screening.domain.answers import NONE_OF_THESE, Attempt, Ending, Form, Side, StoppedBy, TimedBy
from screening.domain.asking import marked
from screening.domain.attempts import HIGHEST_EFFORT, SEAT_CM
from screening.domain.selftests import Kind, SelfTest
from screening.errors import MeasurementRejected
from screening.views import questions, state
from screening.views.questions import Need
from screening.views.state import Box
from screening.views.words import say

SAVED = "self_tests.saved"
"""Where the visit notes the text that was last to be saved, so that its refusal stays beside it."""

ENDS_A_TRY = (StoppedBy.TIRED, StoppedBy.FORM)
"""What ends a hold, besides what a test names as its own."""


# -- what happened ------------------------------------------------------------------------------------


def pain_ended_it(attempt: Attempt) -> bool:
    """Say whether pain ended this attempt, by the person's word or by the pain rule."""
    return scoring.effective_ending(attempt) == Ending.STOPPED_FOR_PAIN


def result(attempt: Attempt, test: SelfTest) -> None:
    """Draw what happened in one sentence. Pain, and anything else that stopped it, is never a low score."""
    if attempt.side is not None and test.kind != Kind.RATING:
        st.subheader(say(f"self_tests.side.{attempt.side.value}"), anchor=False)
    if attempt.ending == Ending.DONE:
        if test.kind != Kind.RATING and attempt.value is not None:
            st.markdown(f"**{_amount(attempt, test)}**")
    else:
        st.markdown(say(f"no_band.{attempt.ending.value}"))
    beside = state.visit().told.clinic_number(attempt.test, attempt.side)
    if beside is not None and beside.attempt.value is not None:
        value = _amount(beside.attempt, test)
        st.markdown(say("clinic_numbers.beside", value=value, day=beside.day))
    if attempt.ending == Ending.STOPPED_OTHER and attempt.stopped_by == StoppedBy.OTHER:
        st.error(say("self_tests.unwell"))


def _amount(attempt: Attempt, test: SelfTest) -> str:
    value = f"{attempt.value:g}"
    if attempt.capped:
        return say(
            f"self_tests.result.{'not_finished' if test.kind == Kind.TIME else 'full_time'}", value=value
        )
    return say(f"self_tests.result.{test.unit}", value=value)


# -- what is asked ------------------------------------------------------------------------------------


def about(attempt: Attempt, test: SelfTest) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Draw the questions about an attempt.

    Returns:
        The ids without which there is no going on, and those that Next points to once.
    """
    if attempt.ending in {Ending.COULD_NOT, Ending.CHOSE_NOT}:
        return (), ()
    during, after = (question(attempt.test, attempt.side, each) for each in ("during", "after"))
    questions.rating(during, say("self_tests.pain_during"))
    questions.rating(after, say("self_tests.pain_after"))
    if attempt.pain is not None and max(attempt.pain.during or 0, attempt.pain.after or 0) > 0:
        _where(attempt)
    _after_pain(attempt)
    needed: tuple[str, ...] = (during, after)
    if attempt.ending != Ending.DONE:
        return needed, ()
    if test.kind == Kind.RATING:
        needed = (rubric_question(test, attempt.side), *needed)
    return needed, (*_noticed(attempt, test), *_effort(attempt, test), *_seat(attempt, test))


def _where(attempt: Attempt) -> None:
    """Ask where it hurt: the spots the person marked, and the places on the side that was tested."""
    spots, own = state.known().instruments.spots, marked(state.visit().told)
    sides = {"middle", *([attempt.side.value] if attempt.side else Side)}
    offered = (*own, *(each.id for each in spots.values() if each.side in sides and each.id not in own))
    labels = {each: say(f"spot.{each}") for each in offered}
    questions.pick(question(attempt.test, attempt.side, "spot"), say("self_tests.where"), labels, Need.FREE)


def _after_pain(attempt: Attempt) -> None:
    """Say what pain means here: stop, rest, no score; and nothing bad about the hip."""
    if not pain_ended_it(attempt):
        return
    with st.container(border=True, key="after-pain"):
        if attempt.ending == Ending.DONE:
            st.markdown(say("no_band.pain-rule"))
        st.markdown(say("self_tests.rest"))


def _noticed(attempt: Attempt, test: SelfTest) -> tuple[str, ...]:
    if not test.asks or test.kind == Kind.RATING:
        return ()
    if len(test.asks) == 1:
        asked = question(attempt.test, attempt.side, "noticed")
        labels = {YES: say("self_tests.yes"), NO: say("self_tests.no")}
        questions.pick(asked, say(f"test.{test.id}.ask.{test.asks[0]}"), labels, Need.ASK_ONCE)
        return (asked,)
    asked = question(attempt.test, attempt.side, "seen")
    _ticks(asked, {code: say(f"test.{test.id}.ask.{code}") for code in test.asks})
    return (asked,)


def _effort(attempt: Attempt, test: SelfTest) -> tuple[str, ...]:
    if not test.effort:
        return ()
    asked = question(attempt.test, attempt.side, "effort")
    labels = {each: str(each) for each in range(HIGHEST_EFFORT + 1)}
    questions.pick(asked, say(f"test.{test.id}.effort"), labels, Need.ASK_ONCE)
    return (asked,)


def _seat(attempt: Attempt, test: SelfTest) -> tuple[str, ...]:
    if not test.chair:
        return ()
    asked = question(attempt.test, attempt.side, "right_angle")
    labels = {YES: say("self_tests.yes"), NO: say("self_tests.no")}
    questions.pick(asked, say("self_tests.right_angle"), labels, Need.ASK_ONCE)
    height = question(attempt.test, attempt.side, "seat_cm")
    with st.container(key="typed-seat"):
        if height in state.visit().refused:
            with st.container(key="missing-seat"):
                low, high = SEAT_CM
                st.error(say("self_tests.error.seat", low=low, high=high))
        st.text_input(
            say("self_tests.seat"),
            key=state.seed(Box(question=height, kind="text")),
            autocomplete="off",
            live="0ms",
            on_change="ignore",
            persist_state="session",
        )
    return (asked,)


# -- ratings ------------------------------------------------------------------------------------------


def _one_of_all(test: SelfTest) -> bool:
    """Say whether one line of the rubric is picked as a whole: all of it is one group."""
    return len({tick.group for tick in test.ticks}) == 1 and test.ticks[0].group is not None


def rubric_question(test: SelfTest, side: Side | None, form: Form = Form.STANDARD) -> str:
    """Return the id under which the rubric of this test is answered."""
    field = "grade" if _one_of_all(test) else "seen"
    return question(test.id, side, field if form == Form.STANDARD else f"{field}@{form.value}")


def rubric(test: SelfTest, side: Side | None, form: Form) -> None:
    """Draw the lines of a rating: tick what was seen, or pick the one that fits best."""
    asked = rubric_question(test, side, form)
    labels = {tick.code: say(tick.say) for tick in test.ticks}
    if _one_of_all(test):
        questions.choose(asked, say("self_tests.grade_ask"), labels)
        return
    _ticks(asked, labels | {code: say(f"test.{test.id}.ask.{code}") for code in test.asks})


def _ticks(asked: str, labels: dict[str, str]) -> None:
    with st.container(key=f"ticks-{asked}"):
        questions.mark(asked, "list")
        st.markdown(f"**{say('self_tests.seen_ask')}**")
        for code, label in labels.items():
            questions.tick(asked, code, label)
        questions.tick(asked, NONE_OF_THESE, say("self_tests.seen_none"))


# -- typing a number ----------------------------------------------------------------------------------


def typed(test: SelfTest, blank: Attempt, *, key: str) -> Attempt | None:
    """Draw the fields to type a number, and return the attempt once a possible one is saved.

    A number this test cannot give is refused beside the field, with the range and the reason; nothing
    else changes, and the reason stays as long as that number does.
    """
    steps = state.visit().steps
    with st.container(key="typed-value"):
        mark = st.container()
        text = st.text_input(
            say(f"self_tests.typed.{test.unit}"),
            key=f"typed:{key}",
            autocomplete="off",
            live="0ms",
            on_change="ignore",
        )
    who = st.pills(
        say("self_tests.typed.who"),
        list(TimedBy),
        format_func=lambda each: say(f"self_tests.typed.{TimedBy(each).value}"),
        default=TimedBy.SELF,
        required=True,
        key=f"who:{key}",
    )
    ended_by = what_ended_it(test, key)
    if st.button(say("self_tests.typed.save"), key=f"save:{key}", type="primary", width="stretch"):
        steps[SAVED] = f"{key} {text}"
    if steps.get(SAVED) != f"{key} {text}":
        return None
    try:
        value = scoring.possible(number(text or ""), test)
    except MeasurementRejected as refused:
        with mark.container(key="missing-typed"):
            st.error(why_not(test, refused))
        return None
    steps.pop(SAVED)
    capped = test.cap is not None and value == test.cap
    return replace(
        blank,
        ending=Ending.DONE,
        value=value,
        capped=capped,
        tries=(value,),
        stopped_by=StoppedBy.CAP if capped else ended_by,
        timed_by=TimedBy(who or TimedBy.SELF),
    )


def what_ended_it(test: SelfTest, key: str) -> StoppedBy | None:
    """Ask what ended the hold, where that decides what the number may be compared with."""
    if not test.raw_if_stopped_by:
        return None
    ended_by = st.pills(
        say("runner.why_ask"),
        (*ENDS_A_TRY, *(StoppedBy(each) for each in test.raw_if_stopped_by)),
        format_func=lambda each: say(f"runner.why.{StoppedBy(each).value}"),
        key=f"why:{key}",
    )
    return None if ended_by is None else StoppedBy(ended_by)


def number(text: str) -> float:
    """Return a typed number; a comma is a point.

    Raises:
        MeasurementRejected: Not a number.
    """
    try:
        return float(text.strip().replace(",", "."))
    except ValueError as error:
        raise MeasurementRejected("not a number") from error


def why_not(test: SelfTest, refused: MeasurementRejected) -> str:
    """Say why a typed number is refused: no number, or the range of the test and the reason for it."""
    if refused.lowest is None or refused.highest is None:
        return say("self_tests.error.number")
    low, high = f"{refused.lowest:g}", f"{refused.highest:g}"
    return (
        say(f"self_tests.error.{'whole' if refused.whole else 'range'}", low=low, high=high)
        + " "
        + say(f"self_tests.limits.{test.kind.value}", low=low, high=high)
    )
