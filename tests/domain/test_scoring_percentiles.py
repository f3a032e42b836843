"""The percentile formulas, against the worked values of the pack; and why nobody sees them bare."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.domain.scoring import (
    below_if_lognormal,
    below_if_normal,
    percentile_range,
    whole_bands,
)
from screening.errors import NormUnavailable
from screening.services.catalogue import load

WORKED = load().implied
ROUNDING = 0.05 + 1e-9
"""The pack prints one decimal."""


def mean_and_sd(row):
    mean, sd = re.search(r"mean ([\d.]+) and SD ([\d.]+)", row.notes).groups()
    return float(mean), float(sd)


@pytest.mark.parametrize("row", WORKED, ids=[f"implied_percentiles.csv:{row.line}" for row in WORKED])
def test_both_models_give_the_worked_value_of_the_pack(row):
    mean, sd = mean_and_sd(row)

    assert below_if_normal(row.value, mean, sd) == pytest.approx(row.if_normal, abs=ROUNDING)
    assert below_if_lognormal(row.value, mean, sd) == pytest.approx(row.if_lognormal, abs=ROUNDING)


@pytest.mark.parametrize("row", WORKED, ids=[f"implied_percentiles.csv:{row.line}" for row in WORKED])
def test_a_worked_value_comes_from_a_mean_and_sd_that_stand_in_a_norm_table(row):
    published = {(each.test, each.source, each.mean, each.sd) for each in load().norms}

    assert (row.test, row.source, *mean_and_sd(row)) in published


def test_the_range_spans_both_models_and_all_studies():
    rows = tuple(row for row in load().selftests["bridge"].norms if row.judges)

    low, high = percentile_range(30.0, rows)

    assert {row.source for row in rows} == {"lehecka_2021", "worst_henderson_2026"}
    assert low == pytest.approx(0.1, abs=0.05)
    assert high == pytest.approx(below_if_normal(30.0, 63.9, 33.7))


def test_a_hold_of_no_seconds_is_at_the_bottom_of_the_log_normal_model():
    assert below_if_lognormal(0.0, 80.0, 25.0) == 0.0


def test_without_a_mean_and_an_sd_there_is_no_range():
    with pytest.raises(NormUnavailable):
        percentile_range(30.0, ())


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.0, 4.9, (0, 5)),
        (0.0, 5.0, (0, 25)),
        (4.9, 5.1, (0, 25)),
        (5.0, 25.0, (5, 25)),
        (25.0, 25.1, (5, 75)),
        (25.1, 75.0, (25, 75)),
        (74.0, 75.1, (25, 100)),
        (75.1, 100.0, (75, 100)),
        (3.5, 29.3, (0, 75)),
    ],
)
def test_a_range_is_widened_to_whole_bands(low, high, told):
    assert whole_bands(low, high) == told


PERCENTS = st.integers(0, 1000).map(lambda tenths: tenths / 10)


@given(PERCENTS, PERCENTS)
def test_widening_never_narrows(one, two):
    low, high = sorted((one, two))

    floor, ceiling = whole_bands(low, high)

    assert floor <= low <= high <= ceiling
    assert floor < ceiling
