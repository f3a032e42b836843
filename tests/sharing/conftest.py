import os
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.browser.phone import in_ci

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


def programs() -> Path | None:
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).resolve().parent if found else folders[-1].parent if folders else None


@dataclass
class Postgres:
    """A server of our own on a port of our own, without a password, gone after the tests."""

    bin: Path
    data: Path
    port: int

    @property
    def who(self) -> dict[str, str]:
        return {"user": "postgres"} if os.geteuid() == 0 else {}

    def run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self.bin / program), *arguments],
            check=True,
            capture_output=True,
            cwd=self.data.parent,
            **self.who,
        )

    def start(self) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -k {self.data.parent} -F"
        log = str(self.data.parent / "log")
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-w", "-m", "immediate", "stop")

    def new_database(self) -> str:
        name = f"share_{uuid.uuid4().hex[:12]}"
        self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", name)
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_postgres(folder: Path) -> Postgres:
    found = programs()
    if found is None:
        what = "needs PostgreSQL's own programs (tests/outside/need_programs.sh)"
        (pytest.fail if in_ci() else pytest.skip)(what)
    # pytest keeps its folders to itself; PostgreSQL refuses to run as root.
    home = Path("/tmp") / f"share-pg-{uuid.uuid4().hex[:10]}"
    home.mkdir(mode=0o755)
    server = Postgres(found, home / "data", free_port())
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    server.run("initdb", "-D", str(server.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
    server.start()
    return server


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    server = own_postgres(tmp_path_factory.mktemp("pg"))
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.data.parent, ignore_errors=True)


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


def wait_for(what: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)
