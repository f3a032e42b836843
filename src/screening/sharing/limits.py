"""Sizes, lifetimes and rates, each with its reason."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from screening.errors import TooOften

MOST_SEALED_BYTES = 128 * 1024
"""A sealed document in the store. The largest the whitelist can build is under half of it."""

MOST_OPENED_BYTES = 2_000_000
"""An opened document, also after inflating: a few bytes must not become gigabytes."""

MOST_FOREIGN_BYTES = 512 * 1024
"""A sealed document that we only read. The example of the HL7 guide has 81,448 characters."""

DAYS = (1, 7, 30)
"""How long a link may live. Nothing else is offered, and nothing else is accepted."""

HOUR_S = 3600
DAY_S = 86_400

TRIES = 5
"""Guesses at a code, for the life of a share: one in 200,000 for somebody who has the link."""

LONGEST_CODE = 64
"""A longer code is wrong without hashing: the hash is made to be slow."""

TICKET_S = 300
"""How long the address of one file may be used, once. The standard allows an hour."""

MOST_SHARES = 200_000
MOST_BYTES = 2_000_000_000
"""Live shares and their bytes, so that nobody fills the host's disk."""

COUNT_S = 60
"""How old the count behind those two limits may be, in seconds."""

ROW_KEPT_S = DAY_S
"""How long an empty row outlives its content: the stop page can still say that it was stopped."""

PURGE_BATCH = 500
"""Rows deleted in one statement, so that readers never wait long."""

RETRY_S = 30
"""What a reader is told to wait while the store is down."""

HASHES_AT_ONCE = 4
"""Each takes 16 MB while it runs."""

REQUESTS_A_MINUTE = 60
MOST_KEYS = 10_000
MOST_BODY_BYTES = 4_096

MADE_IN_TEN_MINUTES = 5
MADE_IN_ONE_VISIT = 20
MADE_IN_AN_HOUR = 1_000

_TEN_MINUTES_S = 600


class Windows:
    """Counts per key in fixed windows, in memory, bounded: the oldest key goes first."""

    def __init__(self, *, most: int, seconds: int, keys: int = MOST_KEYS) -> None:
        """Allow `most` in `seconds` for one key, and remember at most `keys` keys."""
        self._most = most
        self._seconds = seconds
        self._keys = keys
        self._counts: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._counts)

    def spend(self, key: str, now: float) -> None:
        """Count one.

        Raises:
            TooOften: Over the limit of this window; carries the seconds until the next.
        """
        window = int(now // self._seconds)
        with self._lock:
            started, count = self._counts.pop(key, (window, 0))
            count = count + 1 if started == window else 1
            self._counts[key] = (window, count)
            while len(self._counts) > self._keys:
                self._counts.popitem(last=False)
        if count > self._most:
            raise TooOften(max(1, int((window + 1) * self._seconds - now)))


@dataclass(slots=True)
class Quota:
    """How many links one visit has made. Lives and dies with the visit.

    ``made`` holds the times of making, epoch seconds.
    """

    made: list[float] = field(default_factory=list)

    def check(self, now: float) -> None:
        """Refuse where one more would be too many.

        Raises:
            TooOften: Five in ten minutes (carries the wait), or twenty in this visit (no wait helps).
        """
        if len(self.made) >= MADE_IN_ONE_VISIT:
            raise TooOften(None)
        recent = [each for each in self.made if each > now - _TEN_MINUTES_S]
        if len(recent) >= MADE_IN_TEN_MINUTES:
            raise TooOften(max(1, int(recent[-MADE_IN_TEN_MINUTES] + _TEN_MINUTES_S - now)))

    def count(self, now: float) -> None:
        """Remember that one was made."""
        self.made.append(now)
