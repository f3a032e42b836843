"""For all tests: Hypothesis measures no time; golden files; one Chromium and one server a process."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright
from tests.browser import phone
from tests.server import Server, running

settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

GOLDEN = Path(__file__).parent / "golden"

Golden = Callable[[str, object], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return a check that a value is what its golden file holds; a missing file is a failure."""

    def check(name: str, value: object) -> None:
        path = GOLDEN / name
        text = json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no golden file {name}: look at the value, then run with --update-golden"
        assert path.read_text(encoding="utf-8") == text

    return check


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if phone.CHROMIUM is None:
        if phone.in_ci():
            pytest.fail("needs Chromium")
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        expect.set_options(timeout=phone.PATIENCE_MS)
        browser = phone.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, running: one for all browser tests of a process. Whoever kills it takes `own_server`."""
    folder = tmp_path_factory.mktemp("server")
    # Shared summaries are kept in a folder of the tests' own.
    with running(folder / "log", env={"XDG_STATE_HOME": str(folder / "state")}) as started:
        yield started
