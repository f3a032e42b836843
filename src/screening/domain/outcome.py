"""What an assessment can be: not yet, please get seen, or results. Danger and scores cannot mix."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from screening.domain.answers import Ending, Form, Side
from screening.domain.levels import Card, Level, Tier
from screening.domain.norms import NormRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """Something must be answered first.

    Attributes:
        page: The first screen still to visit: ``about_you``, ``where``, ``safety`` or ``pain``.
        missing: What is missing there: ``age``, ``spots``, list ids, question ids.
        level: The level of the ticks so far; may only rise.
        rules: Rule ids that fired so far.
    """

    page: str
    missing: tuple[str, ...]
    level: Level
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GetSeen:
    """Emergency, same day, or under 18. It has no scores in it, and cannot have."""

    level: Level
    rules: tuple[str, ...]
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """How much a home test wobbles: one standard error each way, clipped to what can be measured.

    low and high are in the test's unit; source is a key of ``sources.toml``.
    """

    half_width: float
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One test on one side, as far as it can honestly be told.

    Attributes:
        test: The test's id.
        side: The side, or None for both legs together.
        ending: How it ended, after the pain rule had its say.
        value: In ``unit``; None when there is nothing to show.
        unit: ``s``, ``stands``, ``points``, ``grade`` or ``stages``.
        capped: Still going when the time ran out.
        form: Standard or adapted.
        band: Band id (see the test's file), or None.
        low: This band counts as low for "worth showing a therapist".
        reason: Why there is no band: a reason code, or None when there is one.
        margin: The home-test margin, or None where no error was published.
        say: Wording key of the sentence for this result.
        values: What fills its placeholders.
        norms: The published rows the band rests on; empty when there is no band.
        shown: Published rows shown beside a raw value, never judged by.
        out_of_100: Lowest and highest estimate of how many of 100 people score lower, widened to whole
            bands (0, 5, 25, 75, 100); None without a band, and at the cap.
        notes: Wording keys of further lines (hold on to something, three reasons for drift ...).
        deviation: How the protocol was left, as a reason code, or None. Set at every age, also where
            another reason is told first: such a value is never compared, with anybody or any day.
        seen: Wording keys of the rubric lines that were ticked, in the rubric's order.
    """

    test: str
    side: Side | None
    ending: Ending
    value: float | None
    unit: str
    capped: bool = False
    form: Form = Form.STANDARD
    band: str | None = None
    low: bool = False
    reason: str | None = None
    margin: Margin | None = None
    say: str
    values: Mapping[str, str | float | int] = field(default_factory=lambda: MappingProxyType({}))
    norms: tuple[NormRow, ...] = ()
    shown: tuple[NormRow, ...] = ()
    out_of_100: tuple[float, float] | None = None
    notes: tuple[str, ...] = ()
    deviation: str | None = None
    seen: tuple[str, ...] = ()


class SideVerdict(StrEnum):
    """Left against right. "Lower" is the side that did less well, also where more points are worse."""

    SAME = "same"
    WITHIN_ERROR = "within-error"
    LEFT_LOWER = "left-lower"
    RIGHT_LOWER = "right-lower"
    HARDER_LEFT = "harder-left"
    HARDER_RIGHT = "harder-right"
    NO_DIFFERENCE_TO_CAP = "no-difference-to-cap"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Left against right in one test.

    Attributes:
        test: The test's id.
        verdict: What can be said.
        left: Left value in the test's unit, or None.
        right: Right value.
        limit: The gap that must be reached, in the test's unit; None for rules without one number.
        reason: Why it cannot be told: a reason code, or None.
        same_side_as_pain: The lower, or harder, side is the one side that hurts.
    """

    test: str
    verdict: SideVerdict
    left: float | None
    right: float | None
    limit: float | None = None
    reason: str | None = None
    same_side_as_pain: bool = False


class Finding(StrEnum):
    """What one of the four domains says on one side."""

    WORTH_SHOWING = "worth-showing"
    NO_SIGNAL = "no-signal"
    CANNOT_TELL = "cannot-tell"
    NOT_TESTED = "not-tested"


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainFinding:
    """One domain, left and right. A test of both legs together speaks for both sides."""

    id: str
    left: Finding
    right: Finding


class Fit(StrEnum):
    """The three words for certainty."""

    FITS = "fits"
    PARTLY = "partly-fits"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One named pattern: never a diagnosis. ``text`` is its wording key."""

    id: str
    fit: Fit
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PainSummary:
    """The pain numbers, as given.

    impact is the mean of P1, P3 and P4 (0-10), None unless all three were answered.
    """

    average: int | None = None
    now: int | None = None
    impact: float | None = None
    activity: str | None = None
    activity_score: int | None = None
    duration: str | None = None
    worst: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A test that was not offered. ``reason`` is a reason code with a wording key ``reason.<code>``.

    side is None when both sides are left out.
    """

    test: str
    reason: str
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One test this person may do, in order.

    Attributes:
        test: The test's id.
        sides: Sides to do, less sore side first; ``(None,)`` for both legs together.
        checks: Check ids to ask right before it.
        max_stage: Highest stage allowed (staged tests only), else None.
    """

    test: str
    sides: tuple[Side | None, ...]
    checks: tuple[str, ...] = ()
    max_stage: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Battery:
    """Which tests, in which order, and what was left out and why.

    ``notes`` are wording keys of advice that goes with it (fall message, MX texts).
    """

    tier: Tier
    planned: tuple[Planned, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything that may be told at levels P, X, V and U.

    At U and V no test is scored and ``scores`` is empty; the pain answers and patterns remain.
    ``cards`` are the safety cards to repeat (empty at P), ``texts`` the safety-net text keys.
    """

    level: Level
    rules: tuple[str, ...]
    cards: tuple[Card, ...]
    texts: tuple[str, ...]
    battery: Battery
    scores: tuple[Score, ...]
    differences: tuple[Difference, ...]
    domains: tuple[DomainFinding, ...]
    patterns: tuple[Pattern, ...]
    pain: PainSummary


Assessment = NotYet | GetSeen | Results
