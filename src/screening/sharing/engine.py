"""Connections to SQLite and PostgreSQL, made so that the rest of the store need not know which."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from screening.errors import SharingOff

if TYPE_CHECKING:
    from sqlalchemy import Engine

_OLDEST_SQLITE = (3, 35, 0)
"""The first with `RETURNING`."""

_BUSY_S = 5
_CONNECT_S = 3
_POOL = 5

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    f"PRAGMA busy_timeout={_BUSY_S * 1000}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)


def connect(url: str) -> "Engine":
    """Return an engine; nothing is opened yet, except that a SQLite file is made where there is none.

    Args:
        url: `sqlite:///path` or `postgresql://…`.

    Raises:
        SharingOff: Another kind of database, or one that is too old.
        OSError: The folder or file cannot be made.
    """
    # SQLAlchemy takes a quarter of a second and 28 MB: only a process that shares pays for it.
    from sqlalchemy import make_url  # noqa: PLC0415
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        parts = make_url(url)
    except ArgumentError:
        raise SharingOff("the store address is not an address") from None
    kind = parts.get_backend_name()
    if kind == "sqlite" and parts.database and parts.database != ":memory:":
        return _sqlite(Path(parts.database))
    if kind == "postgresql":
        return _postgres(parts.set(drivername="postgresql+psycopg"))
    raise SharingOff("the store must be a SQLite file or PostgreSQL")


def path_of(url: str) -> Path | None:
    """Return the file of a SQLite address, or None."""
    _, mark, path = url.partition("sqlite:///")
    return Path(path) if mark else None


def _postgres(address: Any) -> "Engine":
    from sqlalchemy import create_engine  # noqa: PLC0415

    try:
        return create_engine(
            address,
            pool_pre_ping=True,
            pool_size=_POOL,
            max_overflow=_POOL,
            pool_timeout=_BUSY_S,
            hide_parameters=True,
            connect_args={"connect_timeout": _CONNECT_S},
        )
    except ImportError:
        raise SharingOff("PostgreSQL needs the extra `postgres`") from None


def _sqlite(path: Path) -> "Engine":
    from sqlalchemy import create_engine, event  # noqa: PLC0415
    from sqlalchemy.pool import QueuePool  # noqa: PLC0415

    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise SharingOff("this SQLite is too old: 3.35 is needed")
    make_file(path)

    def opened() -> sqlite3.Connection:
        # mode=rw: a file that was taken away is missed, not silently replaced by an empty one.
        return sqlite3.connect(
            f"file:{quote(str(path))}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=_BUSY_S,
        )

    engine = create_engine(
        "sqlite+pysqlite://",
        creator=opened,
        poolclass=QueuePool,
        pool_size=_POOL,
        max_overflow=_POOL,
        hide_parameters=True,
    )

    event.listen(engine, "connect", _Prepare(path))
    event.listen(engine, "checkout", _StillThere(path))
    event.listen(engine, "begin", _take_the_write_lock)
    return engine


class _Prepare:
    """Set a new connection up, and remember which file it opened."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, connection: Any, record: Any) -> None:
        for pragma in _PRAGMAS:
            connection.execute(pragma).close()
        record.info["file"] = _number(self.path)


class _StillThere:
    """Give a connection up when its file was taken away or replaced: it would go on with the old one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, _connection: Any, record: Any, _proxy: Any) -> None:
        from sqlalchemy.exc import DisconnectionError  # noqa: PLC0415

        if _number(self.path) != record.info.get("file"):
            raise DisconnectionError("the file is another one by now")


def _number(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None


def _take_the_write_lock(connection: Any) -> None:
    # A transaction that reads first and writes later may meet another one half way.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def make_file(path: Path) -> None:
    """Make the file and its folder where missing, for the owner's eyes only.

    Raises:
        OSError: It cannot be made.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
