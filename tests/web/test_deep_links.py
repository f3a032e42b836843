"""A link straight to any page, as the very first thing a fresh server is asked for."""

from pathlib import Path

import pytest
from tests.client import opened
from tests.server import running

from screening.services import wording
from screening.views import sitemap

say = wording.speaker("en")


@pytest.mark.parametrize("name", [screen.name for screen in sitemap.SCREENS])
def test_the_first_visit_ever_may_be_a_deep_link(tmp_path: Path, name: str) -> None:
    with running(tmp_path / "log") as server:
        page = "" if name == sitemap.START.name else name
        assert server.get(f"/{page}?x=1").status == 200

        said = opened(server.port, page, query="x=1")

    title = say(f"title.{name}")
    assert title in said.headings
    assert said.title == f"{title} · {say('app.name')}"
    assert say("frame.notice") in said.words
    assert say("frame.emergency", emergency="911") in said.words
    assert say("edge.script_error") not in said.words
    assert not said.not_found


def test_an_address_that_is_no_page_never_reaches_the_app(tmp_path: Path) -> None:
    with running(tmp_path / "log") as server:
        assert server.get("/pages").status == 404
        assert server.get("/results/1").status == 404
