from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.server import Server, running

APPS = Path(__file__).parent / "apps"


@pytest.fixture(scope="session")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Our edge over a page of the tests' own."""
    with running(tmp_path_factory.mktemp("edge") / "log", entry=APPS / "edge.py") as server:
        yield server
