"""A real server and a real Chromium. Without one: skipped here, failed in CI."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.browser import phone
from tests.browser.phone import Phone
from tests.server import Server, running

Pick = Callable[..., Phone]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and let the long walks begin first: nobody waits for them in the end."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.path.stem != "test_walks")


@pytest.fixture(scope="session")
def _mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("mortal") / "log") as started:
        yield started


@pytest.fixture
def own_server(_mortal: Server) -> Server:
    """A server that may be killed: nobody else is on it. It lives at the start of every test."""
    if _mortal.process.poll() is not None:
        _mortal.restart()
    return _mortal


@pytest.fixture
def open_tab(chromium: Browser, server: Server) -> Iterator[Pick]:
    """Return a function that opens a tab: ``open_tab(width=320, color_scheme="dark")``.

    Whatever a test is about, no tab of it may ask anybody else or break the content policy.
    """
    with ExitStack() as tabs:
        opened: list[Phone] = []

        def open_(at: Server = server, **options: Any) -> Phone:
            opened.append(tabs.enter_context(phone.tab(chromium, at, **options)))
            return opened[-1]

        yield open_
        for each in opened:
            assert each.foreign == []
            assert [line for line in each.complaints if line.startswith("policy")] == []
