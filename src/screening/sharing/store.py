"""Sealed documents with a life: create, fetch, spend a try, status, stop, tickets, purge.

The store sees hashes of ids, ciphertext and times; never a key, a name or a plain word. Every rule that
several requests could race for is one statement of the database.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from screening.errors import Gone, SharingError, StoreDown, StoreFull, TooBig, WrongCode
from screening.sharing import codes
from screening.sharing import statements as sql
from screening.sharing.limits import (
    COUNT_S,
    DAY_S,
    MOST_BYTES,
    MOST_SEALED_BYTES,
    MOST_SHARES,
    PURGE_BATCH,
    RETRY_S,
    ROW_KEPT_S,
    TICKET_S,
    TRIES,
)
from screening.sharing.link import new_secret

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_log = logging.getLogger("screening.sharing")

_PURGE_LOCK = 0x48_69_70_50


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How a share is doing, for who holds the stop token.

    Attributes:
        live: It can still be opened.
        views: How often it was opened.
        last_view_day: The UTC day of the last opening, or None.
        expires: Epoch seconds.
    """

    live: bool
    views: int
    last_view_day: date | None
    expires: int


class Store:
    """Shares in one database. Making one costs nothing; the database is opened when first needed."""

    def __init__(
        self,
        url: str,
        *,
        clock: Callable[[], float] = time.time,
        most_shares: int = MOST_SHARES,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """Keep the address.

        Args:
            url: `sqlite:///path` or `postgresql://…`.
            clock: Epoch seconds.
            most_shares: Limit of live shares.
            most_bytes: Limit of their ciphertext.
        """
        self._url = url
        self._clock = clock
        self._most_shares = most_shares
        self._most_bytes = most_bytes
        self._engine: Engine | None = None
        self._ready = False
        self._down = False
        self._lock = threading.Lock()
        self._room: tuple[float, int, int] | None = None

    def __repr__(self) -> str:
        """Say nothing: the address may hold a password."""
        return "Store()"

    @property
    def url(self) -> str:
        """The address. It may hold a password: never log it."""
        return self._url

    def migrate(self) -> None:
        """Open the database and bring its tables to this code's version.

        Raises:
            SharingOff: The database is newer than the code, or not one that is supported.
            StoreDown: It cannot be opened.
        """
        with self._work():
            pass

    def close(self) -> None:
        """Let go of every connection."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
            self._engine, self._ready = None, False

    def create(
        self, jwe: str, expires: int, code: str | None = None, *, max_views: int | None = None
    ) -> tuple[str, str]:
        """Keep a sealed document.

        Args:
            jwe: The compact JWE.
            expires: Epoch seconds.
            code: The code to ask for, or None.
            max_views: How often it may be opened, or None.

        Returns:
            The id and the stop token, 43 characters each. They are nowhere else.

        Raises:
            TooBig: Over the size limit.
            StoreFull: Over the limit of live shares or bytes.
            StoreDown: The store cannot be used.
        """
        sealed = jwe.encode("ascii")
        if len(sealed) > MOST_SEALED_BYTES:
            raise TooBig("too large to share")
        self.purge()
        self._check_room(len(sealed))
        share_id, token, salt = new_secret(), new_secret(), codes.new_salt() if code is not None else None
        row = {
            "sid": _hashed(share_id),
            "jwe": sealed,
            "day": self._today(),
            "expires": expires,
            "revoke": _hashed(token),
            "salt": salt,
            "hash": codes.digest(code, salt) if code is not None and salt is not None else None,
            "tries": TRIES,
            "most": max_views,
        }
        with self._work() as work:
            work(sql.CREATE, **row)
        return share_id, token

    def fetch(self, share_id: str) -> str:
        """Return the document of a share without a code, and count one opening.

        Raises:
            Gone: Unknown, expired, stopped, used up, or a code is asked for.
            StoreDown: The store cannot be used.
        """
        found: str | None = self._one(self._open, share_id)
        if found is None:
            raise Gone("not active")
        return found

    def fetch_with(self, share_id: str, code: str | None) -> str:
        """Return the document of a share, with a code where it asks for one; count one opening.

        A try is spent before the code is looked at, and given back when it was right: guesses in
        parallel cost as much as guesses one by one.

        Raises:
            WrongCode: Not right, or missing; a missing one costs nothing. Carries the tries left.
            Gone: Unknown, expired, stopped, locked or used up.
            StoreDown: The store cannot be used.
        """
        spent = self._one(self._spend if code is not None else self._tries_left, share_id)
        if spent is None:
            return self.fetch(share_id)
        if code is None:
            raise WrongCode(int(spent[0]))
        salt, kept, left = spent
        if not codes.matches(code, bytes(salt), bytes(kept)):
            raise WrongCode(int(left))
        found: str | None = self._one(self._give_back, share_id)
        if found is None:
            raise Gone("not active")
        return found

    def ticket(self, share_id: str) -> str:
        """Return a ticket that opens this share's document once, within five minutes."""
        ticket = new_secret()
        with self._work() as work:
            work(
                sql.TICKET,
                ticket=_hashed(ticket),
                sid=_hashed(share_id),
                expires=int(self._clock()) + TICKET_S,
            )
        return ticket

    def redeem(self, ticket: str) -> str:
        """Return the document behind a ticket and tear the ticket up.

        Raises:
            Gone: Unknown, used or too old, or the share itself is gone.
            StoreDown: The store cannot be used.
        """
        now = self._clock()
        with self._work() as work:
            row = work(sql.REDEEM, ticket=_hashed(ticket), now=now).one_or_none()
            sid = bytes(row[0]) if row else b""
            found = work(sql.BEHIND_TICKET, sid=sid, now=now).one_or_none()
        if found is None:
            raise Gone("not active")
        return bytes(found[0]).decode("ascii")

    def status(self, share_id: str, token: str) -> Status:
        """Return how a share is doing.

        Raises:
            Gone: Unknown, or not its stop token.
            StoreDown: The store cannot be used.
        """
        with self._work() as work:
            row = work(sql.STATUS, sid=_hashed(share_id), revoke=_hashed(token)).one_or_none()
        if row is None:
            raise Gone("not active")
        there, unlocked, views, day, expires = row
        return Status(
            live=bool(there) and bool(unlocked) and expires > self._clock(),
            views=views,
            last_view_day=None if day is None else datetime.fromtimestamp(day, UTC).date(),
            expires=expires,
        )

    def revoke(self, share_id: str, token: str) -> bool:
        """Wipe a share's content for good; a second time changes nothing.

        Returns:
            Whether there is such a share with this stop token.

        Raises:
            StoreDown: The store cannot be used.
        """
        with self._work() as work:
            stopped = work(sql.REVOKE, sid=_hashed(share_id), revoke=_hashed(token)).one_or_none()
        if stopped is not None:
            self._checkpoint()
        return stopped is not None

    def purge(self) -> int:
        """Wipe what has expired; forget rows a day later, and dead tickets.

        Safe on several replicas at once.

        Returns:
            How many rows were wiped or forgotten.

        Raises:
            StoreDown: The store cannot be used.
        """
        now = self._clock()
        with self._work() as work:
            if not work.alone(_PURGE_LOCK):
                return 0
            wiped: int = work(sql.WIPE, now=now).rowcount
            work(sql.DEAD_TICKETS, now=now)
        forgotten = self._forget(now - ROW_KEPT_S)
        if wiped or forgotten:
            self._checkpoint()
        return wiped + forgotten

    def _forget(self, before: float) -> int:
        total = 0
        while True:
            with self._work() as work:
                gone: int = work(sql.FORGET, forgotten=before).rowcount if work.alone(_PURGE_LOCK) else 0
            total += gone
            if gone < PURGE_BATCH:
                return total

    def _check_room(self, size: int) -> None:
        now = self._clock()
        if self._room is None or not 0 <= now - self._room[0] < COUNT_S:
            with self._work() as work:
                count, used = work(sql.ROOM).one()
            self._room = (now, int(count), int(used))
        counted, count, used = self._room
        if count >= self._most_shares or used + size > self._most_bytes:
            raise StoreFull("there are too many live links on this server")
        self._room = (counted, count + 1, used + size)

    def _one(self, step: "Callable[[_Work, dict[str, Any]], Any]", share_id: str) -> Any:
        values = {"sid": _hashed(share_id), "now": self._clock()}
        with self._work() as work:
            return step(work, values)

    def _open(self, work: "_Work", values: dict[str, Any]) -> str | None:
        return _document(work.or_uncounted(sql.OPEN, sql.OPEN_UNCOUNTED, {**values, "day": self._today()}))

    def _give_back(self, work: "_Work", values: dict[str, Any]) -> str | None:
        return _document(work(sql.GIVE_BACK, **values, day=self._today()).one_or_none())

    @staticmethod
    def _spend(work: "_Work", values: dict[str, Any]) -> Any:
        return work(sql.SPEND, **values).one_or_none()

    @staticmethod
    def _tries_left(work: "_Work", values: dict[str, Any]) -> Any:
        return work(sql.TRIES_LEFT, **values).one_or_none()

    def _today(self) -> int:
        return int(self._clock() // DAY_S) * DAY_S

    def _checkpoint(self) -> None:
        """Let SQLite overwrite the wiped pages in its log too. Elsewhere there is nothing to do."""
        engine = self._engine
        if engine is None or engine.dialect.name != "sqlite":
            return
        try:
            with engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        except Exception as error:  # noqa: BLE001, S110, RUF100 - the next one will do it
            _log.debug("checkpoint: %s", type(error).__name__)

    @contextmanager
    def _work(self) -> "Iterator[_Work]":
        from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

        try:
            with self._opened().begin() as connection:
                yield _Work(connection)
        except SharingError:
            raise
        except (SQLAlchemyError, OSError) as error:
            self._note(error)
            raise StoreDown(RETRY_S) from None
        if self._down:
            self._down = False
            _log.warning("share store: back")

    def _opened(self) -> "Engine":
        if self._ready and self._engine is not None:
            return self._engine
        from screening.sharing.engine import connect, make_file, path_of  # noqa: PLC0415
        from screening.sharing.migrations import migrate  # noqa: PLC0415

        with self._lock:
            if self._engine is None:
                self._engine = connect(self._url)
            elif path := path_of(self._url):
                make_file(path)
            if not self._ready:
                with self._engine.begin() as connection:
                    migrate(connection)
                self._ready = True
            return self._engine

    def _note(self, error: Exception) -> None:
        """Say it once, without a statement or a value; look at the tables anew next time."""
        self._ready = False
        if not self._down:
            self._down = True
            _log.warning("share store: down (%s)", type(error).__name__)


class _Work:
    """One transaction."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection

    def __call__(self, statement: str, **values: Any) -> Any:
        from sqlalchemy import text  # noqa: PLC0415

        return self._connection.execute(text(statement), values)

    def alone(self, lock: int) -> bool:
        """Return whether no other replica is at the same work; SQLite has one writer anyway."""
        if self._connection.dialect.name != "postgresql":
            return True
        return bool(self("SELECT pg_try_advisory_xact_lock(:lock)", lock=lock).scalar())

    def or_uncounted(self, statement: str, without: str, values: dict[str, Any]) -> Any:
        """Run a statement that counts; where the disk is full, read on without counting."""
        from sqlalchemy.exc import OperationalError  # noqa: PLC0415

        try:
            return self(statement, **values).one_or_none()
        except OperationalError as error:
            if "disk is full" not in str(error.orig):
                raise
            return self(without, **values).one_or_none()


def _hashed(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _document(row: Any) -> str | None:
    return None if row is None else bytes(row[0]).decode("ascii")
