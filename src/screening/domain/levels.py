"""Safety levels, sets of tests, and the card a level shows. Knows nothing of norms or scores."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Safety level, from proceed to emergency. ``UNDER_AGE`` ends the path like an urgent one."""

    P = "P"
    X = "X"
    V = "V"
    U = "U"
    UNDER_AGE = "stop"
    S = "S"
    E = "E"

    @property
    def rank(self) -> int:
        """0 for P up to 6 for E: the highest wins."""
        return list(Level).index(self)

    @property
    def ends_the_path(self) -> bool:
        """No score, chart, pattern or link is ever built at this level."""
        return self.rank >= Level.UNDER_AGE.rank


class Tier(StrEnum):
    """Which set of tests: A standard, B gentle, C none today."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One safety card: one header, one action, then one short line per reason.

    Every field holds wording keys.
    """

    level: Level
    header: str
    action: str
    reasons: tuple[str, ...] = ()
