from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.browser.phone import in_ci
from tests.postgres import Postgres, postgres_server, programs

from screening.sharing.store import Store

NOON = 1_795_356_000.0
"""A full hour, 2026-11-22."""


@dataclass
class Clock:
    """Time that is passed in, never slept for."""

    now: float = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server of our own, or a skip with its reason; in CI a failure."""
    if programs() is None:
        what = "needs PostgreSQL's own programs (tests/outside/need_programs.sh)"
        (pytest.fail if in_ci() else pytest.skip)(what)
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'shares' / 'share.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def open_store(address: str, clock: Clock) -> Iterator[Callable[..., Store]]:
    """Open the same database again and again, as several replicas would."""
    opened: list[Store] = []

    def open_(**limits: int) -> Store:
        opened.append(Store(address, clock=clock, **limits))
        return opened[-1]

    yield open_
    for each in opened:
        each.close()


@pytest.fixture
def store(open_store: Callable[..., Store]) -> Store:
    new = open_store()
    new.migrate()
    return new
