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


@dataclass(frozen=True, slots=True, kw_only=True)
class NormRow:
    """One published row. Empty cells are None: not known, never zero. Ages inclusive, in years.

    ``judges`` is set by the loader and only there: this row may drive a band. It is never True
    for a row whose status is one_copy or unconfirmed, nor for a calculated row whose inputs are not
    all confirmed or two agreeing copies.
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

    def covers(self, age_y: int, sex: Sex | None) -> bool:
        """Say whether this row is about people of this age and sex.

        A row of both sexes covers everybody; a row of one sex only that one.
        """
        if self.age_from_y is not None and age_y < self.age_from_y:
            return False
        if self.age_to_y is not None and age_y > self.age_to_y:
            return False
        return self.sex == "both" or (sex is not None and self.sex == sex.value)
