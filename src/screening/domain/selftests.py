"""SelfTest: one home test as data. Adding one needs a file, no Python."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from screening.domain.norms import NormRow


class Kind(StrEnum):
    """What the person does, and so which screen guides it."""

    HOLD = "hold"
    """Hold still against a clock that counts up to ``cap``; value in seconds."""
    COUNT = "count"
    """Count repetitions while ``duration_s`` runs down; value is the count."""
    TIME = "time"
    """Do a fixed number of repetitions as fast as is comfortable; value in seconds, up to ``cap``."""
    RATING = "rating"
    """Tick what was seen or felt; value is the sum of points or the grade picked."""
    STAGES = "stages"
    """Hold each stage for ``duration_s``; value is the number of stages held, in order."""


class ScoreRule(StrEnum):
    """How a value becomes a band. Each name is one function in ``scoring``."""

    QUARTILES = "quartiles"
    """Below the published cut / up to the upper quartile / above it; by age and sex."""
    MEAN_LINE = "mean_line"
    """At or above the published mean for the age, or below it; full time at the cap. No percentile."""
    POINTS = "points"
    """Ordinal points with fixed bands; no comparison with other people."""
    WORDS = "words"
    """Show the words of the grade; no band."""
    HOLD = "hold"
    """Seconds, censored at the cap; fixed bands inside the normed ages; a normal to log-normal range."""
    SLOW_CUT = "slow_cut"
    """Seconds, lower is better; slower than the published line, or not."""
    NONE = "none"
    """Raw number only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BandSpec:
    """One band of a test with fixed bands: values from ``from_`` (inclusive) to ``below`` (exclusive).

    Attributes:
        id: The band's id.
        from_: Lowest value, or None for open.
        below: First value no longer inside, or None for open.
        low: Counts as the low band for "worth showing a therapist".
        say: Wording key.
        unclear: Neither low nor in order (a soft sign, or "we can't tell"): it never speaks for "no signal".
        say_at_cap: Wording key when the test's time ran out, where that needs other words; else None.
    """

    id: str
    from_: float | None
    below: float | None
    low: bool
    say: str
    unclear: bool = False
    say_at_cap: str | None = None

    def holds(self, value: float) -> bool:
        """Say whether a value lies in this band."""
        return (self.from_ is None or value >= self.from_) and (self.below is None or value < self.below)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One line of a rating rubric: its code and points. Of one ``group`` only one line counts."""

    code: str
    points: int
    say: str
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of a staged test. Where one of its ``families`` is out, the test ends before it.

    say is its wording key, ``test.<id>.stage.<code>``.
    """

    code: str
    families: tuple[str, ...]
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A further line beside a result: advice or a caution, never a finding about the person.

    Attributes:
        say: Wording key, ``note.<id>``.
        below: Shown for values under this one, in the test's unit; None for any value.
        age_from_y: Shown from this age on, in years; None for any.
        age_to_y: Shown up to this age, inclusive; None for any.
        could_not: Shown, too, when the person could not do the test.
        at_cap: Shown only when the time ran out and no band says so.
    """

    say: str
    below: float | None = None
    age_from_y: int | None = None
    age_to_y: int | None = None
    could_not: bool = False
    at_cap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRule:
    """When left and right differ by more than this home test can be wrong (self_tests 9, ruling 16).

    Attributes:
        limit: Gap in the test's unit that must be reached; None where two lines decide instead.
        one_below: With ``other_from``: one side is under this ...
        other_from: ... and the other at or over this, both in the test's unit.
        worse_from: The worse side must have reached this value; None for any.
        harder: Said as "harder on the left", without a verdict.
    """

    limit: float | None = None
    one_below: float | None = None
    other_from: float | None = None
    worse_from: float | None = None
    harder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTest:
    """One home test: protocol, limits, rules. Words are wording keys ``test.<id>.*``.

    Attributes:
        id: The same word in every file.
        order: Place in the battery; balance first, floor work last.
        sets: ``standard``, ``gentle`` or both.
        replaces: The standard tests this one stands in for in the gentle set.
        domain: ``side_of_hip``, ``back_of_hip``, ``control``, ``trunk`` or ``balance``.
        primary: May flag its domain.
        each_side: Done left and right, or with both legs together.
        kind: What the person does.
        families: Test families of the safety table (A-H); any one removed leaves the test out.
        removed_by: Safety items that leave this test out, whatever families they remove.
        unit: ``s``, ``stands``, ``points``, ``grade`` or ``stages``.
        higher_is_better: Direction.
        valid: Lowest and highest possible value, inclusive.
        whole: Only whole numbers are possible.
        cap: Seconds after which a hold or a timed test ends by itself, else None.
        duration_s: Seconds of a count test or of one stage, else None.
        tries: Most tries per side.
        best_of: The best try counts (else the last).
        rest_s: Rest between sides and tries, seconds.
        needs: Things needed: ``chair``, ``wall``, ``counter``, ``step``, ``floor``, ``floor-or-bed``.
        forms: Forms offered, standard first.
        repetitions: How often the movement is done in one try, by set (``standard``, ``gentle``).
        ticks: Rubric, for ratings.
        stages: Stages in order, easiest first, for staged tests.
        effort: Asks "how hard was that?" 0-5.
        asks: Follow-up observation codes after each side (``test.<id>.ask.<code>``), unscored.
        checks: Check ids asked right before it.
        chair: A chair test: seat height and right angle are asked.
        rule: How a value becomes a band.
        bands: Bands, worst first; with values where they are fixed, without where norms decide.
        ages: Ages the bands hold for, inclusive, or None for all.
        raw_if_stopped_by: What ended the try, so that its value is shown and never compared.
        no_band: Reason code of a test that never has a band.
        norms: Every published row of this test, usable or not.
        notes: Further lines a result may carry.
        by_you: Wording key of "timed by you" or "rated by you"; None where it needs no saying.
        sem: One standard error of the home test in its unit, and its source; None if not published.
        margin: What is drawn each way, in the test's unit: the SEM, in whole units where values are whole.
        sides: When left and right differ; None where there is no such rule.
        change_limit: Change between two home tests that is likely real; None where there is none.
        clinic_limit: The same, home against clinic; None where it cannot be told.
        change_source: Source of ``change_limit``; "" where it is a judgement, or there is none.
        clinic_source: Source of ``clinic_limit``; "" where there is none.
        protocol: Version of the protocol; only equal versions are compared.
        sources: Source keys of protocol and rules.
        adapted: How ours differs from the published test (wording keys ``test.<id>.adapted.<n>``).
    """

    id: str
    order: int
    sets: tuple[str, ...]
    replaces: tuple[str, ...]
    domain: str
    primary: bool
    each_side: bool
    kind: Kind
    families: tuple[str, ...]
    removed_by: tuple[str, ...]
    unit: str
    higher_is_better: bool
    valid: tuple[float, float]
    whole: bool
    cap: float | None
    duration_s: float | None
    tries: int
    best_of: bool
    rest_s: int
    needs: tuple[str, ...]
    forms: tuple[str, ...]
    repetitions: Mapping[str, int]
    ticks: tuple[Tick, ...]
    stages: tuple[Stage, ...]
    effort: bool
    asks: tuple[str, ...]
    checks: tuple[str, ...]
    chair: bool
    rule: ScoreRule
    bands: tuple[BandSpec, ...]
    ages: tuple[int, int] | None
    raw_if_stopped_by: tuple[str, ...]
    no_band: str
    norms: tuple[NormRow, ...]
    notes: tuple[Note, ...]
    by_you: str | None
    sem: tuple[float, str] | None
    margin: float | None
    sides: SideRule | None
    change_limit: float | None
    clinic_limit: float | None
    change_source: str
    clinic_source: str
    protocol: int
    sources: tuple[str, ...]
    adapted: tuple[str, ...]

    @property
    def side_limit(self) -> float | None:
        """Gap in the test's unit that makes a side difference noticeable; None where no one number does."""
        return self.sides.limit if self.sides else None

    @property
    def codes(self) -> frozenset[str]:
        """Every observation code an attempt of this test may carry: rubric lines and follow-ups."""
        return frozenset(tick.code for tick in self.ticks) | frozenset(self.asks)

    def band(self, band_id: str) -> BandSpec:
        """Return one band; KeyError when there is none of that id."""
        for each in self.bands:
            if each.id == band_id:
                return each
        raise KeyError(band_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTests:
    """All home tests, in battery order."""

    by_id: Mapping[str, SelfTest]

    def __getitem__(self, test_id: str) -> SelfTest:
        """Return one test; KeyError when there is none of that name."""
        return self.by_id[test_id]

    def __iter__(self) -> Iterator[SelfTest]:
        """Iterate in battery order."""
        return iter(self.by_id.values())
