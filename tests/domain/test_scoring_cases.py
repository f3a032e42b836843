"""Reference cases: every band edge, every age edge, every sex, seats, hands, pain, stops.

They were typed from the clinical pack by hand. A case fails when a number or a rule moves.
"""

import csv
from pathlib import Path

import pytest

from screening.domain.answers import Attempt, Ending, Form, Sex, Side, StoppedBy
from screening.domain.answers import TestPain as Pain
from screening.domain.scoring import score
from screening.services.catalogue import load

CASES = Path(__file__).resolve().parents[1] / "reference_cases"
SELFTESTS = [test.id for test in load().selftests]


def cases_of(test_id):
    path = CASES / f"{test_id}.csv"
    with path.open(newline="", encoding="utf-8") as lines:
        return [(f"{path.name}:{line}", case) for line, case in enumerate(csv.DictReader(lines), start=2)]


REFERENCE_CASES = [
    pytest.param(test_id, case, id=place) for test_id in SELFTESTS for place, case in cases_of(test_id)
]


def number(cell):
    return float(cell) if cell else None


def rating(cell):
    return int(cell) if cell else None


def yes_or_no(cell):
    return {"yes": True, "no": False, "": None}[cell]


def attempt_of(test_id, case):
    pain = Pain(before=rating(case["before"]), during=rating(case["during"]), after=rating(case["after"]))
    return Attempt(
        test=test_id,
        side=Side.LEFT if load().selftests[test_id].each_side else None,
        ending=Ending(case["ending"]),
        value=number(case["value"]),
        capped=case["capped"] == "yes",
        pain=pain if pain != Pain() else None,
        form=Form(case["form"]),
        stopped_by=StoppedBy(case["stopped_by"]) if case["stopped_by"] else None,
        seat_cm=number(case["seat_cm"]),
        right_angle=yes_or_no(case["right_angle"]),
    )


@pytest.mark.parametrize(("test_id", "case"), REFERENCE_CASES)
def test_agrees_with_the_reference_case(test_id, case):
    test = load().selftests[test_id]

    told = score(attempt_of(test_id, case), test, int(case["age_y"]), Sex(case["sex"]))

    assert (told.band or "") == case["band"]
    assert (told.reason or "") == case["reason"]
    assert told.ending == case["ends"]
    assert told.low == (case["low"] == "yes")
    assert told.value == number(case["value"])


@pytest.mark.parametrize("test_id", SELFTESTS)
def test_a_band_rests_on_the_source_its_case_names(test_id):
    for place, case in cases_of(test_id):
        told = score(
            attempt_of(test_id, case), load().selftests[test_id], int(case["age_y"]), Sex(case["sex"])
        )
        cited = set(filter(None, case["source"].split("; ")))

        assert cited <= load().sources.keys(), place
        assert case["locator"], place
        if told.norms:
            assert cited <= {row.source for row in told.norms}, place
        assert told.band or not told.norms, place


@pytest.mark.parametrize("test_id", SELFTESTS)
def test_the_cases_reach_every_band_of_a_test_and_every_option_of_sex(test_id):
    cases = [case for _, case in cases_of(test_id)]

    assert {case["band"] for case in cases} - {""} == {band.id for band in load().selftests[test_id].bands}
    assert {case["sex"] for case in cases} == set(Sex)
    assert {case["ending"] for case in cases} == set(Ending)
