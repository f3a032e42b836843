"""The presenter view: one picture and one sentence at a time, large, turned by keys or a clicker."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import streamlit as st

from screening.domain.outcome import DomainFinding
from screening.views import cards, chain, connect, connect_card, entry, result_cards, state
from screening.views.components import presenter
from screening.views.result_cards import Shown
from screening.views.words import say

TOURS = CONNECTS, RESULT = "connects", "result"
"""What can be shown: the six scenes, and the current result."""

SLIDE, CAME_FROM = "slide.at", "slide.from"
"""Where the visit notes the slide, and the screen to go back to."""

SCENE_S = 30
"""How long a scene takes to show: six make three minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One picture.

    Attributes:
        lead: The one sentence, or "" where the picture brings its own words.
        hint: What the therapist points at, or "".
        place: Which scene it is, and how long it takes; "" in a result.
        draw: Draws the picture.
        title: Its heading, or "" where the picture brings its own.
    """

    draw: Callable[[], object]
    title: str = ""
    lead: str = ""
    hint: str = ""
    place: str = ""


def begin(tour: str, *, came_from: str) -> None:
    """Show the first slide of a tour. The run ends here."""
    state.visit().steps[SLIDE] = _at(tour, 0)
    state.visit().steps[CAME_FROM] = came_from
    entry.go_to("present")


def from_scenes() -> None:
    """Draw the way from the six scenes to the same on a big screen; a phone has no use for it."""
    with st.container(key="wide-only-present"):
        if st.button(say("present.big_screen"), key="present-connects"):
            begin(CONNECTS, came_from="how_it_connects")


def from_result() -> None:
    """Draw the way from the result to the same on a big screen; a phone has no use for it."""
    with st.container(key="wide-only-present"):
        if st.button(say("present.big_screen"), key="present-result"):
            begin(RESULT, came_from="results")


def to_show(*, came_from: str) -> None:
    """Draw the buttons that lead to the presenter view."""
    if st.button(say("present.show_connects"), key="present-connects", width="stretch"):
        begin(CONNECTS, came_from=came_from)
    if state.visit().has_answers and st.button(
        say("present.show_result"), key="present-result", width="stretch"
    ):
        begin(RESULT, came_from=came_from)


def screen() -> None:
    """Draw the slide that is shown, the way on and back, and the clicker."""
    tour, number = _place()
    slides = tuple(_slides(tour))
    if not slides:
        _turns(tour, 0, 1)
        return
    number = min(number, len(slides) - 1)
    _slide(slides[number])
    _turns(tour, number, len(slides))


def _at(tour: str, number: int) -> str:
    return f"{tour}/{number}"


def _place() -> tuple[str, int]:
    tour, _, number = state.visit().steps.get(SLIDE, "").partition("/")
    return (tour, int(number)) if tour in TOURS and number.isdecimal() else (CONNECTS, 0)


def _slide(slide: Slide) -> None:
    with st.container(key="slide"):
        with st.container(key="slide-words"):
            if slide.place:
                st.caption(slide.place)
            if slide.title:
                st.header(slide.title, anchor=False)
            if slide.lead:
                with st.container(key="slide-lead"):
                    st.markdown(slide.lead)
            if slide.hint:
                with st.container(key="slide-hint"):
                    st.markdown(slide.hint)
        with st.container(key="slide-picture"):
            slide.draw()


def _turns(tour: str, number: int, count: int) -> None:
    with st.container(key="slide-turns", horizontal=True, vertical_alignment="center"):
        st.button(
            say("present.back"),
            key="slide-back",
            disabled=number == 0,
            on_click=_turn_to,
            args=(tour, number - 1),
        )
        st.markdown(say("present.place", n=number + 1, count=count))
        st.button(
            say("present.next"),
            key="slide-next",
            type="primary",
            disabled=number + 1 >= count,
            on_click=_turn_to,
            args=(tour, number + 1),
        )
        if st.button(say("present.close"), key="slide-close"):
            entry.go_to(state.visit().steps.get(CAME_FROM, "therapists"))
    presenter.mount(following="slide-next", before="slide-back", close="slide-close", picture="slide-picture")


def _turn_to(tour: str, number: int) -> None:
    state.visit().steps[SLIDE] = _at(tour, number)


def _slides(tour: str) -> Iterator[Slide]:
    if tour == CONNECTS:
        yield from _scenes()
    elif shown := result_cards.results_or_why_not():
        yield from _results(shown)


# -- the six scenes ----------------------------------------------------------------------------------


def _scenes() -> Iterator[Slide]:
    pictures: tuple[tuple[int, str, Callable[[], object]], ...] = (
        (1, "seesaw", connect.seesaw_picture),
        (2, "figure", connect.figure),
        (3, "knee", partial(chain.show, ("knee",), key="slide-knee")),
        (3, "back", partial(chain.show, ("back",), key="slide-low-back")),
        (4, "threshold", partial(connect.threshold, ("stand",))),
        (5, "overlap", connect.overlap),
        (6, "trials_knee", partial(connect.trials, "knee")),
        (6, "trials_back", partial(connect.trials, "back")),
    )
    in_scene = [number for number, _, _ in pictures]
    for number, name, draw in pictures:
        seconds = SCENE_S // in_scene.count(number)
        yield Slide(
            title=say(f"connect.scene.{number}.title"),
            lead=say(f"connect.scene.{number}.say"),
            hint=say(f"present.point.{name}"),
            place=say("present.scene", n=number, count=len(connect.NUMBERS), seconds=seconds),
            draw=draw,
        )


# -- a result ----------------------------------------------------------------------------------------


def _results(shown: Shown) -> Iterator[Slide]:
    """Only what there is: no slide says that there is nothing on it."""
    results = shown.results
    yield Slide(draw=partial(result_cards.main_message, shown))
    for domain, test in _tests(shown):
        mine = [each for each in results.scores if each.test == test]
        draw = partial(result_cards.domain_card, domain, mine, shown)
        yield Slide(title=say("results.tests.title"), draw=draw)
    if results.differences:
        yield Slide(draw=partial(result_cards.sides, shown))
    if results.patterns:
        yield Slide(draw=partial(result_cards.patterns, shown))
    yield Slide(draw=partial(connect_card.where, results))
    yield Slide(title=say("results.connect.title"), draw=partial(connect_card.how, results))
    yield Slide(draw=partial(cards.clinic, alone=True))


def _tests(shown: Shown) -> Iterator[tuple[DomainFinding, str]]:
    """Give each test that was scored, with its domain, in the order of the domains."""
    selftests = state.known().selftests
    for domain in shown.results.domains:
        tests = dict.fromkeys(each.test for each in shown.results.scores)
        yield from ((domain, test) for test in tests if selftests[test].domain == domain.id)
