"""A norm row covers exactly the people it is about."""

import pytest

from screening.domain.answers import Sex
from screening.domain.norms import NormRow, Status

ROW = {
    "table": "t.csv",
    "line": 2,
    "test": "x",
    "variant": "v",
    "source": "s",
    "population": "EXAMPLE",
    "sex": "both",
    "age_from_y": 60,
    "age_to_y": 64,
    "side": "",
    "n": None,
    "mean": None,
    "sd": None,
    "percentiles": ((25.0, 12.0), (75.0, 17.0)),
    "low_cut": None,
    "unit": "stands",
    "better": "higher",
    "status": Status.CONFIRMED,
    "doi": "",
    "notes": "",
}


@pytest.mark.parametrize(("age_y", "covered"), [(59, False), (60, True), (62, True), (64, True), (65, False)])
def test_ages_are_inclusive_at_both_ends(age_y, covered):
    assert NormRow(**ROW).covers(age_y, Sex.FEMALE) == covered


@pytest.mark.parametrize("age_y", [18, 60, 120])
def test_a_row_without_ages_covers_every_age(age_y):
    assert NormRow(**{**ROW, "age_from_y": None, "age_to_y": None}).covers(age_y, Sex.MALE)


@pytest.mark.parametrize(
    ("row", "person", "covered"),
    [
        ("both", Sex.FEMALE, True),
        ("both", Sex.NOT_SAID, True),
        ("both", None, True),
        ("female", Sex.FEMALE, True),
        ("female", Sex.MALE, False),
        ("female", Sex.NOT_SAID, False),
        ("male", None, False),
    ],
)
def test_a_row_of_one_sex_covers_only_that_one(row, person, covered):
    assert NormRow(**{**ROW, "sex": row}).covers(62, person) == covered


def test_a_percentile_is_read_as_printed_and_never_between_two():
    row = NormRow(**ROW)

    assert (row.percentile(25.0), row.percentile(75.0), row.percentile(50.0)) == (12.0, 17.0, None)


@pytest.mark.parametrize(
    ("status", "read"),
    [
        (Status.CONFIRMED, True),
        (Status.TWO_COPIES, True),
        (Status.CALCULATED, False),
        (Status.ONE_COPY, False),
        (Status.UNCONFIRMED, False),
    ],
)
def test_read_means_at_the_source_or_in_two_copies(status, read):
    assert status.was_read == read
