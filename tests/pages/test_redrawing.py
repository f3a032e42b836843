"""What a tap leaves behind: nothing is drawn again for it unless the screen would look different."""

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element
from tests.people import TAPS, people, tell

from screening.domain.answers import Answers
from screening.errors import AnswerRejected
from screening.views import sitemap, state
from screening.views.state import Visit

Open = Callable[..., AppTest]

WORDS = ("title", "header", "subheader", "markdown", "caption", "info", "error", "warning")


def looks(at: AppTest) -> list[tuple[Any, ...]]:
    """Return what stands on the screen, without what is chosen there."""
    return [_look(each) for each in at.main if isinstance(each, Element)]


def _look(each: Element) -> tuple[Any, ...]:
    words = each.value if each.type in WORDS else getattr(each, "label", "")
    return each.type, each.key, words, tuple(getattr(each, "options", ()))


def stands(visit: Visit) -> bool:
    """Say whether all that the screen was drawn by is as it was."""
    frame = import_module("screening.views.frame")  # its components are declared once a page has run
    token = state._drawn_for.set(visit)
    try:
        assert visit.drawn_by is not None
        return frame.look() == visit.look and all(
            work_out() == as_drawn for work_out, as_drawn in visit.drawn_by
        )
    finally:
        state._drawn_for.reset(token)


def after_tap(told: Answers, tap: dict[str, object]) -> Answers:
    with suppress(AnswerRejected):
        return tell(told, **tap)
    return told


@pytest.mark.parametrize("screen", TAPS)
@settings(
    max_examples=25,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking draws pages for minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(told=people(whole=True), data=st.data())
def test_what_stands_looks_the_same_when_it_is_drawn_again(
    open_page: Open, screen: str, told: Answers, data: st.DataObject
) -> None:
    page, _, part = screen.partition("/")
    at = open_page(page, told=told, agreed=True, steps={page: part} if part else {})
    at.session_state["visit"].open = page  # an urgent card waits until the screen is left
    before = looks(at.run())
    visit: Visit = at.session_state["visit"]

    visit.told = after_tap(visit.told, data.draw(TAPS[screen]))
    as_it_was = stands(visit)
    visit.reset |= set(visit.drawn)  # the widgets follow the visit here, and not the other way round
    visit.drawn = {}
    again = looks(at.run())

    assert not as_it_was or again == before


def test_each_page_of_questions_says_what_it_is_drawn_by() -> None:
    noted = {each.name for each in sitemap.SCREENS if each.noted}

    assert noted == {"start", *(screen.partition("/")[0] for screen in TAPS)}
