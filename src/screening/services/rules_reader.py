"""Reads what is asked and what follows from it: safety lists, questions, places, patterns."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from screening.domain import patterns, safety
from screening.domain.instruments import (
    Instruments,
    Option,
    PatternRule,
    Question,
    SafetyRule,
    Spot,
    TickItem,
    TickList,
)
from screening.domain.levels import Level, Tier
from screening.errors import DataFileError
from screening.services.datafiles import DATA, checked, read_toml

FAMILIES = frozenset("ABCDEFH") | {safety.ALL_FAMILIES}
"""The test families of the safety table."""

KINDS = frozenset({"rating", "choice", "ticks", "activity"})
STEPS = frozenset({"how_bad", "how_it_behaves"})
REGIONS = frozenset({"knee", "back", "hip", "leg"})

_MADE = frozenset(
    {"options", "regions", "unless", "sources", "level", "removes", "message", "brings", "knee_only"}
)
"""Keys that are not taken over as they stand."""

_OF_A_QUESTION = (
    "options",
    "step",
    "regions",
    "unless",
    "min_spots",
    "retest_only",
    "version",
    "recall_d",
    "sources",
    "needs_signoff",
)
_OF_AN_ITEM = (
    "removes",
    "message",
    "knee_only",
    "age_from_y",
    "counts_from_y",
    "needs_pain",
    "while_new",
    "brings",
    "follows",
    "sets_tier",
    "sources",
    "needs_signoff",
)


@cache
def read_instruments(root: Path = DATA) -> Instruments:
    """Return everything that is asked, and the rules about it.

    Raises:
        DataFileError: A key is missing, unknown or not as the house expects; file and place are named.
    """
    asked = checked(
        read_toml(root / "questions.toml"), "questions.toml", needs=("version", "checks", "place", "question")
    )
    table = checked(read_toml(root / "safety.toml"), "safety.toml", needs=("priority", "list", "rule"))
    known = checked(read_toml(root / "patterns.toml"), "patterns.toml", needs=("pattern",))
    spots = _spots(asked["place"])
    read = Instruments(
        spots=spots,
        lists=tuple(_list(each, spots) for each in table["list"]),
        questions=_questions(asked["question"]),
        checks=MappingProxyType(dict(asked["checks"])),
        rules=tuple(_rule(each) for each in table["rule"]),
        patterns=tuple(_pattern(each) for each in known["pattern"]),
        version=str(asked["version"]),
        priority=MappingProxyType(
            {_level(name, "safety.toml: priority"): tuple(keys) for name, keys in table["priority"].items()}
        ),
    )
    _check_together(read)
    return read


# -- questions.toml --------------------------------------------------------------------------------


def _spots(rows: list[dict[str, Any]]) -> Mapping[str, Spot]:
    found: dict[str, Spot] = {}
    for row in rows:
        where = f"questions.toml: place {row.get('place', '?')}"
        checked(row, where, needs=("place", "code", "regions"), may=("middle",))
        _among(row["regions"], REGIONS, f"{where}: regions")
        for side in ("middle",) if row.get("middle", False) else ("left", "right"):
            code = row["code"] if side == "middle" else f"{row['code']}-{side}"
            found[code] = Spot(id=code, place=row["place"], side=side, regions=tuple(row["regions"]))
    return MappingProxyType(found)


def _questions(rows: list[dict[str, Any]]) -> Mapping[str, Question]:
    found: dict[str, Question] = {}
    for row in rows:
        where = f"questions.toml: question {row.get('id', '?')}"
        checked(
            row,
            where,
            needs=("id", "kind", "say"),
            may=_OF_A_QUESTION,
        )
        _among([row["kind"]], KINDS, f"{where}: kind")
        _among([row.get("step", "how_bad")], STEPS, f"{where}: step")
        _among(row.get("regions", ()), REGIONS, f"{where}: regions")
        found[row["id"]] = Question(
            **{key: value for key, value in row.items() if key not in _MADE},
            options=tuple(_option(each, where) for each in row.get("options", ())),
            regions=tuple(row.get("regions", ())),
            unless=tuple(row["unless"]) if "unless" in row else None,
            sources=tuple(row.get("sources", ())),
        )
    return MappingProxyType(found)


def _option(row: str | dict[str, Any], where: str) -> Option:
    if isinstance(row, str):
        return Option(code=row, say=f"option.{row}")
    checked(row, f"{where}: options", needs=("code",), may=("say", "alone"))
    return Option(
        code=row["code"], say=row.get("say", f"option.{row['code']}"), alone=row.get("alone", False)
    )


# -- safety.toml -----------------------------------------------------------------------------------


def _list(row: dict[str, Any], spots: Mapping[str, Spot]) -> TickList:
    where = f"safety.toml: list {row.get('id', '?')}"
    checked(row, where, needs=("id", "item"))
    items = tuple(_item(each, where, spots) for each in row["item"])
    ids = [item.id for item in items]
    for place, item in enumerate(items):
        if item.follows is not None and item.follows not in ids[:place]:
            raise DataFileError(f"{where}: {item.id}: follows no item above it")
    return TickList(id=row["id"], say=f"text.{row['id']}", items=items)


def _item(row: dict[str, Any], where: str, spots: Mapping[str, Spot]) -> TickItem:
    where = f"{where}: item {row.get('id', '?')}"
    checked(
        row,
        where,
        needs=("id", "level", "aimed_at"),
        may=_OF_AN_ITEM,
    )
    _among(row.get("removes", ()), FAMILIES, f"{where}: removes")
    _among([row.get("sets_tier", Tier.C)], {Tier.B, Tier.C}, f"{where}: sets_tier")
    ours = bool(row.get("needs_signoff", False))
    knee = tuple(spot.id for spot in spots.values() if "knee" in spot.regions)
    return TickItem(
        **{key: value for key, value in row.items() if key not in _MADE},
        level=_level(row["level"], where),
        removes=tuple(row.get("removes", ())),
        message=row.get("message"),
        reason=f"{'reason' if row['level'] == Level.X else 'reason_line'}.{row['id']}",
        say=f"item.{row['id']}" if ours else f"text.{row['id']}",
        knee_only=row.get("knee_only", False),
        only_with=knee if row.get("knee_only", False) else (),
        brings=tuple(row.get("brings", ())),
        sources=tuple(row.get("sources", ())),
    )


def _rule(row: dict[str, Any]) -> SafetyRule:
    where = f"safety.toml: rule {row.get('id', '?')}"
    checked(
        row,
        where,
        needs=("id", "level", "message", "reasons", "when", "aimed_at", "sources"),
        may=("header",),
    )
    return SafetyRule(
        **{key: value for key, value in row.items() if key not in ("level", "reasons", "sources")},
        level=_level(row["level"], where),
        reasons=tuple(row["reasons"]),
        sources=tuple(row["sources"]),
    )


# -- patterns.toml ---------------------------------------------------------------------------------


def _pattern(row: dict[str, Any]) -> PatternRule:
    where = f"patterns.toml: pattern {row.get('id', '?')}"
    checked(row, where, needs=("id", "region", "text", "rule", "evidence", "sources"), may=("partly",))
    return PatternRule(
        **{key: value for key, value in row.items() if key != "sources"}, sources=tuple(row["sources"])
    )


# -- everything together ---------------------------------------------------------------------------


def _level(name: str, where: str) -> Level:
    _among([name], set(Level), f"{where}: level")
    return Level(name)


def _among(values: Any, allowed: Any, where: str) -> None:
    odd = [str(each) for each in values if each not in allowed]
    if odd:
        raise DataFileError(f"{where}: unknown: {', '.join(odd)}")


def _check_together(read: Instruments) -> None:
    """Refuse what only shows when the files are read together."""
    _unique([item.id for each in read.lists for item in each.items], "safety.toml: item")
    _among(
        [brought for each in read.lists for item in each.items for brought in item.brings],
        read.checks,
        "safety.toml: brings",
    )
    _same([rule.id for rule in read.rules], safety.RULES, "safety.toml: rule")
    _same([rule.id for rule in read.patterns], {*patterns.RULES, patterns.NONE}, "patterns.toml: pattern")
    for question in read.questions.values():
        if question.unless is not None:
            first, code = question.unless
            _among([first], read.questions, f"questions.toml: question {question.id}: unless")
            codes = {option.code for option in read.questions[first].options}
            _among([code], codes, f"questions.toml: question {question.id}: unless")


def _unique(ids: list[str], where: str) -> None:
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        raise DataFileError(f"{where}: stands twice: {', '.join(twice)}")


def _same(ids: list[str], code: Any, where: str) -> None:
    _unique(ids, where)
    odd = set(ids) ^ set(code)
    if odd:
        raise DataFileError(f"{where}: in the file or in the code only: {', '.join(sorted(odd))}")
