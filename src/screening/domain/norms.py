"""Published numbers: one row per published row, each with its status. No fair row, no comparison."""

from dataclasses import dataclass
from enum import StrEnum

from screening.domain.answers import Sex


class Status(StrEnum):
    """How surely a number was read."""

    CONFIRMED = "confirmed"
    TWO_COPIES = "two_copies"
    CALCULATED = "calculated"
    ONE_COPY = "one_copy"
    UNCONFIRMED = "unconfirmed"

    @property
    def was_read(self) -> bool:
        """Read at the source, or in two copies that agree: a person may be compared with it.

        A calculated number is not in here: whether it may be used hangs on its inputs.
        """
        return self in {Status.CONFIRMED, Status.TWO_COPIES}


@dataclass(frozen=True, slots=True, kw_only=True)
class NormRow:
    """One published row. Empty cells are None: not known, never zero. Ages inclusive, in years.

    ``judges`` is set by the loader and only there: this row may drive a band. It is never True
    for a row whose status is one_copy or unconfirmed, nor for a calculated row whose inputs are not
    all confirmed or two agreeing copies. ``shown`` is set there too: this row may stand beside a raw
    value, as a published average, never judged by. No row has both.

    Attributes:
        table: File name of its table, e.g. ``bridge_hold.csv``.
        line: Its line there; the header is line 1.
        test: The test's id, of the product or not.
        variant: Protocol as the paper ran it.
        source: Key of ``sources.toml``.
        population: Who was measured, as printed.
        sex: ``female``, ``male`` or ``both``.
        age_from_y: Youngest age, or None where the paper gave none.
        age_to_y: Oldest age, or None.
        side: ``left``, ``right``, ``dominant``, ``nondominant``, or "" for either.
        n: People measured; of the whole sample where the notes say so.
        mean: In ``unit``.
        sd: In ``unit``, above 0.
        percentiles: Pairs of percentile (2.5 to 97.5) and value in ``unit``. Where less is better the
            percentile is of performance: P5 is slow.
        low_cut: Where more is better a score below it is low; else a time above it is slow.
        unit: As in :class:`~screening.domain.selftests.SelfTest`.
        better: ``higher`` or ``lower``.
        status: How surely it was read; covers every number in the row.
        doi: Without a resolver; "" where none was recorded.
        notes: What a reviewer must know.
        judges: May drive a band.
        shown: May be shown beside a raw value.
    """

    table: str
    line: int
    test: str
    variant: str
    source: str
    population: str
    sex: str
    age_from_y: int | None
    age_to_y: int | None
    side: str
    n: int | None
    mean: float | None
    sd: float | None
    percentiles: tuple[tuple[float, float], ...]
    low_cut: float | None
    unit: str
    better: str
    status: Status
    doi: str
    notes: str
    judges: bool = False
    shown: bool = False

    def percentile(self, percent: float) -> float | None:
        """Return the printed value at this percentile, or None; nothing is read between two cells."""
        return dict(self.percentiles).get(percent)

    def covers(self, age_y: int, sex: Sex | None) -> bool:
        """Say whether this row is about people of this age and sex.

        A row of both sexes covers everybody; a row of one sex only that one.
        """
        if self.age_from_y is not None and age_y < self.age_from_y:
            return False
        if self.age_to_y is not None and age_y > self.age_to_y:
            return False
        return self.sex == "both" or (sex is not None and self.sex == sex.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """One published figure of how exactly a test measures. Empty cells are None.

    ``icc`` and its interval run 0-1; ``sem`` (one standard error) and ``mdc95`` (smallest change beyond
    error) are in ``unit``; ``other_stat`` is text as printed.
    """

    line: int
    test: str
    source: str
    population: str
    n: int | None
    setting: str
    icc: float | None
    icc_low: float | None
    icc_high: float | None
    other_stat: str
    sem: float | None
    mdc95: float | None
    unit: str
    status: Status
    doi: str
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutpoint:
    """One published rule or line, and the use it may be put to here."""

    line: int
    test: str
    source: str
    rule: str
    meaning: str
    who: str
    use: str
    status: Status
    doi: str
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """What one study or review found a test, or a finding, to go with. ``sources`` are one or more keys."""

    line: int
    test: str
    sources: tuple[str, ...]
    design: str
    population: str
    finding: str
    claim_allowed: str
    evidence_id: str
    status: Status
    doi: str
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpliedPercentile:
    """One worked value: what share of people a mean and an SD imply below it, by two models, 0-100."""

    line: int
    test: str
    source: str
    population: str
    value: float
    unit: str
    if_normal: float
    if_lognormal: float
    status: Status
    notes: str
