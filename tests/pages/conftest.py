"""Open any page as a person who has told us something, without a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from screening.domain.answers import Answers
from screening.views import sitemap
from screening.views.state import Visit

SHELL = sitemap.ROOT / "src/screening/views/shell.py"

Open = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _declared() -> None:
    """Run a page once: only then may a view be imported, because its browser components are declared."""
    AppTest.from_file(str(SHELL), default_timeout=30).run()


@pytest.fixture
def open_page() -> Open:
    """Return a function that opens a page: ``open_page("where", told=Answers(...), agreed=True)``.

    The visit has heard its draft keeper; more of the visit's fields may be given by name.
    """

    def open_(page: str, told: Answers | None = None, **visit: Any) -> AppTest:
        own = {name: dict(each) if isinstance(each, dict) else each for name, each in visit.items()}
        at = AppTest.from_file(str(SHELL), default_timeout=30)
        at.session_state["visit"] = Visit(told=told or Answers(), heard=True, **own)
        at.run()
        if page != sitemap.START.name:
            at.switch_page(str(sitemap.path_of(page))).run()
        assert not at.exception, at.exception
        return at

    return open_
