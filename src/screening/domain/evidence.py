"""Claims from the evidence table: what was found, how surely, and what may be shown."""

import math
from dataclasses import dataclass
from enum import StrEnum

from screening.domain.norms import Status


class Certainty(StrEnum):
    """How sure a claim or an arrow is; ``CONTESTED`` where studies disagree."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very low"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One row of the evidence table.

    estimate and interval are None where the paper gave words only. Only claims that ``may_be_shown`` reach
    a screen: an unconfirmed row never does.
    """

    id: str
    claim: str
    region: str
    study_type: str
    population: str
    n: int | None
    effect_measure: str
    estimate_text: str
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    direction: str
    certainty: Certainty
    citation: str
    doi: str
    status: Status
    notes: str

    @property
    def may_be_shown(self) -> bool:
        """Say whether the number was read at its source, or worked out from such."""
        return self.status in {Status.CONFIRMED, Status.TWO_COPIES, Status.CALCULATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise and how hard it makes two muscles work, in per cent of their best effort.

    A muscle is None where its number was not read at the source.
    """

    key: str
    name: str
    level: int
    gluteus_medius_pct: float | None
    gluteus_maximus_pct: float | None
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """One step of a chain: from what, to what, how surely, resting on which claims."""

    id: str
    certainty: Certainty
    claims: tuple[str, ...]
    back: bool = False
    """The arrow runs the other way: from pain to the hip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A row of steps and the arrows between them (one fewer), and arrows that run back."""

    id: str
    steps: tuple[str, ...]
    arrows: tuple[Arrow, ...]
    back: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How often the one with pain has less: standardised difference ``d`` and the claim it rests on."""

    id: str
    d: float
    d_low: float | None
    d_high: float | None
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One row of a forest plot, on a 0-10 scale; below zero favours hip exercise."""

    claim: str
    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """The trials of one region and the smallest change people notice, on the same scale."""

    id: str
    trials: tuple[Trial, ...]
    noticed: float
    noticed_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One cause of a hip that gives less, with how sure it is."""

    id: str
    certainty: Certainty
    claims: tuple[str, ...]
    in_article: bool


def out_of_100(d: float) -> float:
    """Return how many of 100 random pairs have the person with pain on the worse side; 50 is a coin toss.

    Source: evidence.md section 3, 100 times the normal distribution function at d / sqrt(2).

    Examples:
        >>> round(out_of_100(0.70))
        69
        >>> round(out_of_100(0.0))
        50
    """
    return 50 * (1 + math.erf(d / 2))
