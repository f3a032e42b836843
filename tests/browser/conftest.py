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
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    # Shared summaries are kept in a folder of this test's own.
    with running(folder / "log", env={"XDG_STATE_HOME": str(folder / "state")}) as started:
        yield started


@pytest.fixture
def open_tab(chromium: Browser, server: Server) -> Iterator[Pick]:
    """Return a function that opens a tab: ``open_tab(width=320, color_scheme="dark")``."""
    with ExitStack() as tabs:

        def open_(at: Server = server, **options: Any) -> Phone:
            return tabs.enter_context(phone.tab(chromium, at, **options))

        yield open_
