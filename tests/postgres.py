"""A PostgreSQL server of our own, for tests and bench: free port, no password, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from tests.server import free_port


def programs() -> Path | None:
    """Return the folder of the server's programs, or None where it is not installed."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).resolve().parent if found else folders[-1].parent if folders else None


@dataclass
class Postgres:
    """The server; it can be stopped and started again."""

    bin: Path
    data: Path
    port: int

    def run(self, program: str, *arguments: str) -> None:
        # PostgreSQL refuses to run as root.
        who = {"user": "postgres"} if os.geteuid() == 0 else {}
        subprocess.run(
            [str(self.bin / program), *arguments],
            check=True,
            capture_output=True,
            cwd=self.data.parent,
            **who,  # type: ignore[call-overload]
        )

    def start(self) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -k {self.data.parent} -F"
        log = str(self.data.parent / "log")
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-w", "-m", "immediate", "stop")

    def new_database(self) -> str:
        """Return the address of a new, empty database."""
        name = f"share_{uuid.uuid4().hex[:12]}"
        own = f"postgresql://postgres@127.0.0.1:{self.port}"
        with psycopg.connect(f"{own}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy".encode())
        return f"{own}/{name}"


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """Run a server for the length of a `with` block.

    Raises:
        LookupError: It is not installed.
    """
    found = programs()
    if found is None:
        raise LookupError("needs PostgreSQL's own programs (tests/outside/need_programs.sh)")
    # Its user must be able to reach the folder; pytest keeps its own to itself.
    home = Path(tempfile.mkdtemp(prefix="share-pg-", dir="/tmp"))
    home.chmod(0o755)
    server = Postgres(found, home / "data", free_port())
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    try:
        server.run("initdb", "-D", str(server.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
        server.start()
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(home, ignore_errors=True)
