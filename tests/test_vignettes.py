"""Invented people: what must be told to each, and why. ``python -m tests.test_vignettes`` prints them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.people import ASKED, KNOWN, did, put_attempt, tell

from screening.domain.answers import Answers, Side
from screening.domain.asking import less_sore_first
from screening.domain.outcome import Assessment, GetSeen, NotYet, Results
from screening.services.answers_file import dumps, loads
from screening.services.assessment import assess

FILES = sorted((Path(__file__).parent / "vignettes").glob("*.toml"))
PEOPLE = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}


def answers_of(vignette: dict[str, Any]) -> Answers:
    told = tell(Answers(date="2026-11-22"), **vignette["told"])
    for attempt in vignette.get("attempt", []):
        told = put_attempt(told, KNOWN.selftests, did(**attempt))
    return told


def what_is_told(told: Answers) -> dict[str, Any]:
    """Return everything a vignette may expect, as plain values."""
    found = assess(told, KNOWN)
    plain: dict[str, Any] = {"outcome": _kind(found), "level": found.level.value, "rules": list(found.rules)}
    if isinstance(found, NotYet):
        return plain | {"page": found.page, "missing": list(found.missing)}
    cards = [found.card] if isinstance(found, GetSeen) else list(found.cards)
    plain["card"] = [cards[0].header, cards[0].action, *cards[0].reasons] if cards else []
    return plain | (_results(found, told) if isinstance(found, Results) else {})


def _kind(found: Assessment) -> str:
    return {GetSeen: "get-seen", NotYet: "not-yet", Results: "results"}[type(found)]


def _results(found: Results, told: Answers) -> dict[str, Any]:
    return {
        "tier": found.battery.tier.value,
        "tests": [each.test for each in found.battery.planned],
        "left_out": [_line(each.test, each.side, each.reason) for each in found.battery.left_out],
        "notes": list(found.battery.notes),
        "scored": [_line(each.test, each.side, each.band or each.reason) for each in found.scores],
        "patterns": [f"{each.id} {each.fit}" for each in found.patterns],
        "texts": list(found.texts),
        "first_side": less_sore_first(ASKED, told)[0].value,
    }


def _line(test: str, side: Side | None, what: str | None) -> str:
    return " ".join(part for part in (test, side, what) if part)


@pytest.mark.parametrize("name", PEOPLE)
def test_this_person_is_told_what_the_rules_say(name):
    told = what_is_told(answers_of(PEOPLE[name]))
    expected = {"outcome": "results"} | PEOPLE[name]["expect"]

    assert {key: told.get(key) for key in expected} == expected, PEOPLE[name]["why"]


@pytest.mark.parametrize("name", PEOPLE)
def test_this_person_is_told_the_same_out_of_a_file(name):
    told = answers_of(PEOPLE[name])

    assert what_is_told(loads(dumps(told, KNOWN), KNOWN, "2026-11-22")) == what_is_told(told)


def test_the_people_cover_every_level_and_every_outcome():
    expected = [vignette["expect"] for vignette in PEOPLE.values()]

    assert {each["level"] for each in expected} == {"P", "X", "V", "U", "stop", "S", "E"}
    assert {each.get("outcome", "results") for each in expected} == {"results", "get-seen", "not-yet"}
    assert all(vignette["who"] and vignette["why"] for vignette in PEOPLE.values())


def print_them() -> None:
    """Print one line for each person: level, rules, tests, and who it is."""
    for vignette in PEOPLE.values():
        told = what_is_told(answers_of(vignette))
        head = f"{told['level']:4} {told['outcome']:8} {len(told.get('tests', []))} tests"
        print(f"{head}  {', '.join(told['rules']):22} {vignette['who']}")  # noqa: T201


if __name__ == "__main__":
    print_them()
