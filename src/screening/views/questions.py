"""The questions, drawn from data: each with its error beside it, ticked as the visit says.

Nothing here is sent while a person taps: the draft keeper reports once, 0.3 s after the last tap.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Literal, TypeVar

import streamlit as st

from screening.domain import asking, safety
from screening.domain.answers import NO_PAIN, NONE_OF_THESE, Sex
from screening.domain.editing import list_of
from screening.domain.instruments import Question, Spot, TickItem, TickList
from screening.domain.reading import answer
from screening.views import body_map, state
from screening.views.state import Box
from screening.views.words import say

Code = TypeVar("Code", int, str)

_QUESTION = re.compile(r"([^.?!\s][^.?!]*\?)")
"""The sentence that asks, in a text that also explains."""

RATING = range(11)
"""0 to 10: eleven buttons."""

DAYS = range(8)
"""Days of a week on which something can happen."""

MINUTES = (10, 20, 30, 45, 60, 90, 120)
"""Minutes a day that are offered; the last stands for that or more."""

HOURS = range(1, 13)
"""Hours a day that are offered; the last stands for that or more."""

REGIONS = ("knee", "hip", "back", "leg")
"""Headings of the list of spots, in order. A spot stands under the first of its regions."""

TYPED = "age"
"""The error of the one question whose answer is typed."""

PAIN_NOW = "P2"
"""The one pain question the tests rest on."""

PAIN_HALVES = ("how_bad", "how_it_behaves")
"""The two screens of the pain page."""


# -- what is missing, and its mark ------------------------------------------------------------------


class Need(StrEnum):
    """What happens when a question is left open."""

    MUST = "must"
    """The result rests on it: there is no going on without."""
    ASK_ONCE = "ask-once"
    """Next points to it once, and goes on the second time."""
    FREE = "free"
    """It may be left open without a word."""


def unanswered(question: str) -> bool:
    """Say whether this question still needs an answer, or holds something that is none."""
    current = state.visit()
    return question in current.refused or answer(current.told, question) is None


def any_open(questions: Iterable[str]) -> bool:
    """Say whether any of these was left open."""
    state.collect_late()
    return any(unanswered(each) for each in questions)


def any_missing(questions: Iterable[str]) -> bool:
    """Say whether any of these, or anything typed on this screen, keeps the person from going on."""
    state.collect_late()
    return bool(state.visit().refused) or any(unanswered(each) for each in questions)


def mark(question: str, kind: str, need: Need = Need.MUST) -> None:
    """Draw what is wrong beside a question: a refused tap at once, the rest once Next was pressed too early.

    A number that is still being typed is not called wrong.
    """
    refused = question in state.visit().refused and kind != TYPED
    if not refused and (not state.tried() or need == Need.FREE or not unanswered(question)):
        return
    with st.container(key=f"missing-{question.replace(':', '-').replace('.', '-')}"):
        if refused:
            st.error(say("error.refused"))
        elif need == Need.MUST:
            st.error(say(f"error.{kind}"))
        else:
            st.info(say("error.skipped"))


# -- kinds of questions -------------------------------------------------------------------------------


def rating(question: str, ask: str, need: Need = Need.MUST) -> None:
    """Draw eleven buttons, 0 to 10, under the question. Nothing is chosen beforehand."""
    labels = {each: str(each) for each in RATING}
    with st.container(key=f"rating-{question.replace('.', '-')}"):
        st.markdown(_QUESTION.sub(r"**\1**", ask))
        mark(question, "rating", need)
        _pills(question, ask, labels, label="collapsed", width="stretch")


def pick(question: str, ask: str, labels: Mapping[Code, str], need: Need = Need.MUST) -> Code | None:
    """Draw buttons in rows, of which one can be chosen. Returns the one that is."""
    mark(question, "pick", need)
    return _pills(question, ask, labels)


def _pills(
    question: str,
    ask: str,
    labels: Mapping[Code, str],
    *,
    label: Literal["visible", "collapsed"] = "visible",
    width: Literal["content", "stretch"] = "content",
) -> Code | None:
    return st.pills(
        ask,
        list(labels),
        required=True,
        format_func=lambda code: labels.get(code, str(code)),
        key=state.seed(Box(question=question, kind="one")),
        label_visibility=label,
        width=width,
        on_change="ignore",
        persist_state="session",
    )


def choose(question: str, ask: str, labels: Mapping[str, str], need: Need = Need.MUST) -> str | None:
    """Draw a list of which one can be chosen, one below the other. Returns the one that is."""
    mark(question, "pick", need)
    return st.radio(
        ask,
        list(labels),
        index=None,
        format_func=lambda code: labels.get(code, str(code)),
        key=state.seed(Box(question=question, kind="one")),
        width="stretch",
        on_change="ignore",
        persist_state="session",
    )


def tick(question: str, code: str, label: str) -> bool:
    """Draw one box of a tick list, or a tick of its own when ``code`` is empty."""
    return st.checkbox(
        label,
        key=state.seed(Box(question=question, kind="tick", codes=(code,) if code else ())),
        width="stretch",
        wrap=True,
        on_change="ignore",
        persist_state="session",
    )


# -- before you start -------------------------------------------------------------------------------------


def consent() -> None:
    """Draw what is agreed to, the tick for it, and the choice to keep a draft on the device."""
    first, *paragraphs = say("text.KC").split("\n")
    with st.container(border=True, key="consent"):
        st.header(first, anchor=False)
        for each in paragraphs:
            st.markdown(each)
        if consent_missing() and state.tried():
            with st.container(key="missing-agreed"):
                st.error(say("error.consent"))
        tick("agreed", "", say("text.KT"))
    if not state.visit().kiosk:
        st.header(say("start.keep_title"), anchor=False)
        tick("keep", "", say("text.KD"))


def consent_missing() -> bool:
    """Say whether the consent is still to be ticked."""
    state.collect_late()
    return not state.visit().agreed


# -- about you ------------------------------------------------------------------------------------------


def age() -> None:
    """Draw the question for the age in whole years: typed, with digits on a phone's keyboard."""
    mark("age", TYPED)
    st.text_input(
        say("text.A0"),
        key=state.seed(Box(question="age", kind="text")),
        autocomplete="off",
        live="0ms",
        width=160,
        on_change="ignore",
        persist_state="session",
    )


def sex() -> None:
    """Draw the question for sex as the published values use it."""
    choose("sex", say("about_you.sex"), {each.value: say(f"option.{each.value}") for each in Sex})


def activity() -> None:
    """Draw the questions on usual activity. They may be left open: nothing is scored by them."""
    days = {each: str(each) for each in DAYS}
    moves = bool(pick("days_per_week", say("about_you.days_per_week"), days, Need.FREE))
    if state.drawn_by(lambda: bool(answer(state.visit().told, "days_per_week")), moves):
        _amount("minutes_per_day", MINUTES)
    pick("strength_days", say("about_you.strength_days"), days, Need.FREE)
    _amount("sitting_hours", HOURS)


def _amount(question: str, offered: Sequence[int]) -> None:
    labels = {each: str(each) for each in offered}
    labels[offered[-1]] = say("about_you.or_more", n=offered[-1])
    pick(question, say(f"about_you.{question}"), labels, Need.FREE)


# -- where it hurts -------------------------------------------------------------------------------------


def spots() -> None:
    """Draw the list of places, by region, each with the person's own left and right; and "no pain"."""
    mark("spots", "spots")
    body_map.show()
    tick("spots", NO_PAIN, say(f"spot.{NO_PAIN}"))
    for region in REGIONS:
        st.header(say(f"where.region.{region}"), anchor=False)
        with st.container(key=f"places-{region}"):
            for place, sides in body_map.places().items():
                if sides[0].regions[0] == region:
                    _place(place, sides)


def _place(place: str, sides: tuple[Spot, ...]) -> None:
    labels = {each.id: say(f"where.side.{each.side}") for each in sides}
    st.pills(
        say(f"where.place.{place}"),
        list(labels),
        selection_mode="multi",
        format_func=lambda code: labels.get(code, str(code)),
        key=state.seed(Box(question="spots", kind="ticks", codes=tuple(labels))),
        width="stretch",
        on_change="ignore",
        persist_state="session",
    )


def worst() -> bool:
    """Draw the question for the worst spot, if there are several; return whether it was left open."""
    several = state.decide(_several)
    if not several:
        return False
    choose("worst", say("text.Q2"), {each: say(f"spot.{each}") for each in several}, Need.ASK_ONCE)
    return unanswered("worst")


def _several() -> tuple[str, ...]:
    marked = asking.marked(state.visit().told)
    return marked if len(marked) > 1 else ()


# -- safety ---------------------------------------------------------------------------------------------


def safety_lists() -> tuple[str, ...]:
    """Return the ids of the safety screens, in order."""
    return tuple(each.id for each in state.known().instruments.lists)


def safety_list() -> str:
    """Draw the safety list that is its turn, and return its id. "None of these" is an answer of its own."""
    current = state.visit()
    ids = safety_lists()
    open_ = [each for each in ids if each in current.told.ask_again or unanswered(each)]
    here = state.step("safety", ids, open_[0] if open_ else ids[0])
    found = list_of(state.known().instruments, here)
    if found is not None:
        st.caption(say("safety.list", n=ids.index(here) + 1, of=len(ids)))
        st.markdown(f"**{say(found.say)}**")
        _ask_again(here)
        mark(here, "list")
        _lines(found)
        tick(here, NONE_OF_THESE, say(f"option.{NONE_OF_THESE}"))
    return here


def _ask_again(list_id: str) -> None:
    if state.decide(lambda: list_id in state.visit().told.ask_again):
        st.info(say("safety.ask_again"))


def _lines(found: TickList) -> None:
    lines = state.decide(lambda: safety.offered(found, state.visit().told))
    with st.container(key=f"ticks-{found.id}"):
        for item in lines:
            if item.follows is None:
                _line(found.id, item, [each for each in lines if each.follows == item.id])


def _line(list_id: str, item: TickItem, follow_ups: Sequence[TickItem]) -> None:
    """Draw one line of a list, and under it, once it is ticked, what is asked then."""
    ticked = tick(list_id, item.id, say(item.say))
    if not follow_ups:
        return
    if state.drawn_by(lambda: item.id in _ticks(list_id), ticked):
        for each in follow_ups:
            with st.container(key=f"follows-{each.id}"):
                tick(list_id, each.id, say(each.say))


def _ticks(list_id: str) -> frozenset[str]:
    ticks = answer(state.visit().told, list_id)
    return ticks if isinstance(ticks, frozenset) else frozenset()


# -- pain -----------------------------------------------------------------------------------------------


def pain_half() -> tuple[str, tuple[str, ...]]:
    """Draw the half of the pain questions whose turn it is; return it and the ids of what it asks."""
    if state.decide(state.no_pain):
        st.markdown(say("pain.none"))
        return PAIN_HALVES[-1], ()
    half = state.step("pain", PAIN_HALVES, PAIN_HALVES[0])
    st.caption(say(f"pain.{half}"))
    drawn: tuple[str, ...] = ()
    for each in state.decide(lambda: asking.asked(state.known().instruments, state.visit().told)):
        if each.step == half:
            drawn += _pain_question(each)
    return half, drawn


def pain_missing(drawn: Iterable[str]) -> bool:
    """Say whether something is open that the tests rest on: the pain right now."""
    return any_missing({PAIN_NOW} & set(drawn))


def _pain_question(question: Question) -> tuple[str, ...]:
    need = Need.MUST if question.id == PAIN_NOW else Need.ASK_ONCE
    if question.kind == "rating":
        rating(question.id, say(question.say), need)
    elif question.kind == "activity":
        return _own_activity(question)
    elif question.kind == "choice":
        choose(question.id, say(question.say), _labels(question), need)
    else:
        _triggers(question, need)
    return (question.id,)


def _own_activity(question: Question) -> tuple[str, ...]:
    picked = pick("P5.activity", say(question.say), _labels(question), Need.FREE)
    if state.drawn_by(lambda: answer(state.visit().told, "P5.activity") is None, picked is None):
        return ()
    rating("P5.score", say("question.P5-score"), Need.ASK_ONCE)
    return ("P5.score",)


def _triggers(question: Question, need: Need) -> None:
    with st.container(key=f"ticks-{question.id}"):
        st.markdown(f"**{say(question.say)}**")
        mark(question.id, "list", need)
        for option in question.options:
            tick(question.id, option.code, say(option.say))


def _labels(question: Question) -> dict[str, str]:
    return {option.code: say(option.say) for option in question.options}
