"""Where links are made and opened: one store, one public address, one per process."""

import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from screening.errors import SharingOff
from screening.services.handover import Counter, Made
from screening.services.settings import Settings, settings
from screening.sharing import link
from screening.sharing.limits import Quota
from screening.sharing.store import Store

STATE = "XDG_STATE_HOME"
"""Where programs keep what outlives a restart, by the freedesktop rules."""


class Desk:
    """Sharing in this process. Shut until the web side has opened it: a link nobody serves is dead."""

    def __init__(self, read: Callable[[], Settings] = settings) -> None:
        """Keep how to read the host's settings; they are read when first asked for."""
        self._read = read
        self.store: Store | None = None
        self.share_base: str | None = None
        self._counter = Counter(None, None)

    def begin(self, *, own_base: str | None = None, store: Store | None = None) -> None:
        """Open for business, where the host has set an address or this is only a loopback.

        Args:
            own_base: The address on this machine, where it is served to this machine only.
            store: Another store than the settings name; for tests.
        """
        host = self._read()
        base = host.share_base or own_base
        if base is None or not host.share:
            return
        self.share_base = base
        self.store = store or Store(host.share_store or default_store(), most_shares=host.share_most)
        self._counter = Counter(self.store, base)

    def close(self) -> None:
        """Shut, and let go of the database."""
        if self.store is not None:
            self.store.close()
        self.store, self.share_base, self._counter = None, None, Counter(None, None)

    @property
    def is_open(self) -> bool:
        """Links can be made here."""
        return self.store is not None

    @property
    def days(self) -> tuple[int, ...]:
        """How long a link may live; the first is not the default, seven is where it is offered."""
        return self._read().share_days

    def make(self, document: Mapping[str, Any], *, days: int, code: bool, quota: Quota) -> Made:
        """Make a link; see `Counter.make`.

        Raises:
            ValueError: A number of days that this host does not offer.
        """
        if days not in self.days:
            raise ValueError("days: not offered on this server")
        return self._counter.make(document, days=days, code=code, quota=quota)

    def stop(self, made: Made) -> bool:
        """End a link that was made here; return whether it was there to end.

        Raises:
            SharingOff: The desk is shut.
            StoreDown: The store cannot be used; the link may still open.
        """
        if self.store is None:
            raise SharingOff("share links are not set up on this server")
        return self.store.revoke(*link.read_stop(made.stop_link))

    @property
    def clinic_name(self) -> str | None:
        """As patients know the clinic."""
        return self._read().clinic_name

    @property
    def phone(self) -> str | None:
        """The clinic's number."""
        return self._read().phone

    @property
    def logo(self) -> bytes | None:
        """The clinic's logo."""
        return self._read().logo

    @property
    def colour(self) -> str | None:
        """The clinic's colour on a light page."""
        return self._read().colour

    @property
    def booking_url(self) -> str | None:
        """Where a visit can be booked."""
        return self._read().booking_url

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages offered, the default first."""
        return self._read().languages


def default_store() -> str:
    """Return the address of the SQLite file used where the host names no store."""
    home = os.environ.get(STATE) or str(Path.home() / ".local" / "state")
    return f"sqlite:///{Path(home) / 'hip-check' / 'share.db'}"


@cache
def desk() -> Desk:
    """Return this process's desk."""
    return Desk()
