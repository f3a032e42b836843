"""A document becomes sealed bytes, and sealed bytes become a link. What is made is shown once."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from screening.errors import SharingOff
from screening.sharing import codes, crypto, link
from screening.sharing.limits import HOUR_S, MADE_IN_AN_HOUR, Quota, Windows
from screening.sharing.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What the maker of a link gets. Lives in the visit only; each part is nowhere else.

    Attributes:
        link: For people: a page that opens it.
        bare: For software: `shlink:/…`.
        code: Six digits to tell another way, or None.
        stop_link: Ends the link at once.
        expires: Epoch seconds.
    """

    link: str
    bare: str
    code: str | None
    stop_link: str
    expires: int

    def __repr__(self) -> str:
        """Say nothing that a log could keep."""
        return f"Made(expires={self.expires})"


class Counter:
    """Where links are made: one store, one public address, one count of links an hour.

    ``None`` for either means that sharing is off.
    """

    def __init__(
        self, store: Store | None, base: str | None, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._store = store
        self._base = base
        self._clock = clock
        self._hour = Windows(most=MADE_IN_AN_HOUR, seconds=HOUR_S)

    def make(self, document: Mapping[str, Any], *, days: int, code: bool, quota: Quota) -> Made:
        """Seal a document, keep it, and return its link.

        Args:
            document: What the recipient will open, whole.
            days: 1, 7 or 30.
            code: Ask the recipient for a code.
            quota: This visit's own count.

        Raises:
            ValueError: Another number of days.
            SharingOff: No store, or no public address.
            TooOften: Over a limit of this visit or this process.
            TooBig: Larger than the whitelist can make it.
            StoreFull: Too many live links.
            StoreDown: The store cannot be used; nothing was kept.
        """
        if self._store is None or self._base is None:
            raise SharingOff("share links are not set up on this server")
        now = self._clock()
        expires = link.expiry(now, days)
        quota.check(now)
        self._hour.spend("", now)
        plain = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        key, digits = link.new_secret(), codes.new_code() if code else None
        share_id, token = self._store.create(crypto.seal(plain, link.decode(key)), expires, digits)
        quota.count(now)
        said = link.payload(self._base, share_id, key, expires, code=code)
        return Made(
            link=link.with_viewer(f"{self._base}/v", said),
            bare=link.bare(said),
            code=digits,
            stop_link=link.stop_link(self._base, share_id, token),
            expires=expires,
        )
