"""How the store's tables came to be: append-only steps, run in one transaction, newer refused."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from screening.errors import SharingOff

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LOCK = 0x48_69_70_53
"""Any fixed number: replicas that start at once take turns by it."""


def _first(run: Callable[[str], Any], blob: str) -> None:
    run(
        f"""CREATE TABLE share (
            sid_hash {blob} PRIMARY KEY,
            jwe {blob},
            created_day BIGINT NOT NULL,
            expires BIGINT NOT NULL,
            revoke_hash {blob} NOT NULL,
            pass_salt {blob},
            pass_hash {blob},
            tries_left SMALLINT NOT NULL CHECK (tries_left >= 0),
            views INTEGER NOT NULL DEFAULT 0 CHECK (views >= 0),
            max_views INTEGER,
            last_view_day BIGINT
        )"""
    )
    run("CREATE INDEX share_expires ON share (expires)")
    run(
        f"CREATE TABLE ticket"
        f" (ticket_hash {blob} PRIMARY KEY, sid_hash {blob} NOT NULL, expires BIGINT NOT NULL)"
    )
    run("CREATE INDEX ticket_expires ON ticket (expires)")


STEPS = (_first,)
"""Only ever added to. A released step is never changed: somebody's database has run it."""


def migrate(connection: "Connection") -> int:
    """Bring a database to this code's version, inside the caller's transaction.

    On SQLite the transaction must hold the write lock already.

    Returns:
        How many steps were run.

    Raises:
        SharingOff: The database is newer than this code. Nothing was written.
    """
    postgres = connection.dialect.name == "postgresql"

    def run(statement: str) -> Any:
        return connection.exec_driver_sql(statement)

    if postgres:
        run(f"SELECT pg_advisory_xact_lock({_LOCK})")
    found = _version(run, postgres=postgres)
    if found > len(STEPS):
        raise SharingOff("the share database is newer than this program")
    for step in STEPS[found:]:
        step(run, "BYTEA" if postgres else "BLOB")
    if found < len(STEPS):
        run("DELETE FROM schema_version")
        run(f"INSERT INTO schema_version (v) VALUES ({len(STEPS)})")  # noqa: S608 - a number of ours
    return len(STEPS) - found


def _version(run: Callable[[str], Any], *, postgres: bool) -> int:
    there = (
        "SELECT to_regclass('schema_version')"
        if postgres
        else "SELECT name FROM sqlite_master WHERE name = 'schema_version'"
    )
    if run(there).scalar() is None:
        run("CREATE TABLE schema_version (v INTEGER PRIMARY KEY)")
        return 0
    return int(run("SELECT max(v) FROM schema_version").scalar() or 0)
