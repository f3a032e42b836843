"""In a real browser: the policy holds on every page, nothing leaves, and the first paint is ours."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route
from tests.browser import phone
from tests.server import ROOT, Server, running
from tests.web.conftest import APPS

from screening.services import answers_file, wording
from screening.services.catalogue import load
from screening.views import sitemap

pytestmark = pytest.mark.browser

say = wording.speaker("en")
HER = answers_file.loads((ROOT / "bench/person.json").read_text(), load(), "2026-11-22")


def test_no_page_breaks_the_policy_or_asks_anybody_else(chromium: Browser, server: Server) -> None:
    with phone.tab(chromium, server) as tab:
        for screen in sitemap.SCREENS:
            tab.arrive(screen.name, HER)  # to /start, too: it leads to the first page

            assert (screen.name, tab.forbidden()) == (screen.name, [])


def test_the_policy_is_seen_to_stop_a_script_that_is_a_string(chromium: Browser, tmp_path: Path) -> None:
    with (
        running(tmp_path / "log", entry=APPS / "inline.py") as inline,
        phone.tab(chromium, inline) as tab,
    ):
        tab.page.set_default_timeout(60_000)
        tab.page.goto(inline.url)
        for _ in range(300):  # the component's own code is fetched first, some time after the page is quiet
            if any("script-src" in each for each in tab.complaints):
                break
            tab.page.wait_for_timeout(100)

        assert any("script-src" in each for each in tab.complaints)
        assert tab.page.get_by_text("ran").count() == 0


@pytest.mark.parametrize(
    ("entry", "ready", "asked"),
    [("told_on.py", "/healthz", False), ("page.py", "/_stcore/health", True)],
    ids=["our-policy-stops-it", "without-the-policy-it-is-seen"],
)
def test_telemetry_that_is_forced_on_still_reaches_nobody(
    chromium: Browser, tmp_path: Path, entry: str, ready: str, *, asked: bool
) -> None:
    options = ["--browser.gatherUsageStats", "true"]
    with (
        running(tmp_path / "log", entry=APPS / entry, options=options, ready=ready) as told_on,
        phone.tab(chromium, told_on) as tab,
    ):
        gone: list[str] = []

        def hold(route: Route) -> None:
            if urlsplit(route.request.url).netloc == urlsplit(told_on.url).netloc:
                route.continue_()
            else:
                gone.append(route.request.url)
                route.abort()

        tab.page.set_default_timeout(60_000)
        tab.page.route("**/*", hold)
        tab.page.goto(f"{told_on.url}/?token=SECRET")
        tab.page.get_by_text("hi", exact=True).wait_for()
        tab.page.wait_for_timeout(1500)

        assert bool(gone) is asked


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(251, 248, 243)"), ("dark", "rgb(16, 24, 23)")])
def test_before_any_script_a_person_can_read_what_this_is_and_whom_to_call(
    chromium: Browser, server: Server, scheme: str, ground: str
) -> None:
    with phone.tab(chromium, server, java_script_enabled=False, color_scheme=scheme, width=320) as tab:
        tab.page.goto(f"{server.url}/results")

        assert tab.page.get_by_role("heading", level=1, name=say("edge.heading")).is_visible()
        assert tab.page.get_by_text(say("edge.emergency", emergency="911")).is_visible()
        colour = tab.page.locator("html").evaluate("(html) => getComputedStyle(html).backgroundColor")
        assert colour == ground
