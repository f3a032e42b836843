"""Reads what is asked and what follows from it: safety lists, questions, places, patterns."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

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
from screening.services.datafiles import DATA, read_toml
from screening.services.toml_table import Table

QUESTIONS, SAFETY, PATTERNS = "questions.toml", "safety.toml", "patterns.toml"

FAMILIES = frozenset("ABCDEFH") | {safety.ALL_FAMILIES}
"""The test families of the safety table."""

KINDS = ("rating", "choice", "ticks", "activity")
STEPS = ("how_bad", "how_it_behaves")
REGIONS = ("knee", "back", "hip", "leg")

_PAIR = 2


@cache
def read_instruments(root: Path = DATA) -> Instruments:
    """Return everything that is asked, and the rules about it.

    Raises:
        DataFileError: A key is missing, unknown, of the wrong kind or out of step with the code; file
            and place are named.
    """
    asked, table, known = (Table(read_toml(root / name), name) for name in (QUESTIONS, SAFETY, PATTERNS))
    asked.has_only("version", "checks", "place", "question")
    table.has_only("priority", "list", "rule")
    known.has_only("pattern")
    spots = _spots(asked.tables("place"))
    read = Instruments(
        spots=spots,
        lists=tuple(_list(each, spots) for each in table.tables("list")),
        questions=_questions(asked.tables("question")),
        checks=_texts_of(asked.table("checks")),
        rules=tuple(map(_rule, table.tables("rule"))),
        patterns=tuple(map(_pattern, known.tables("pattern"))),
        version=asked.text("version"),
        priority=_priority(table.table("priority")),
    )
    _check_together(read)
    return read


# -- questions.toml --------------------------------------------------------------------------------


def _named(table: Table, file: str, what: str) -> Table:
    """Return the same table, called by its id in errors instead of by its number."""
    return Table(table.values, f"{file}: {what} {table.values.get('id') or table.values.get('place') or '?'}")


def _texts_of(table: Table) -> Mapping[str, str]:
    return MappingProxyType({key: table.text(key) for key in table.values})


def _spots(rows: Iterable[Table]) -> Mapping[str, Spot]:
    found: dict[str, Spot] = {}
    for row in (_named(each, QUESTIONS, "place") for each in rows):
        row.has_only("place", "code", "regions", may=("middle",))
        code, regions = row.text("code"), row.texts("regions", REGIONS)
        for side in ("middle",) if row.flag("middle") else ("left", "right"):
            spot = code if side == "middle" else f"{code}-{side}"
            _once([*found, spot], f"{row.where}: code")
            found[spot] = Spot(id=spot, place=row.text("place"), side=side, regions=regions)
    return MappingProxyType(found)


def _questions(rows: Iterable[Table]) -> Mapping[str, Question]:
    found = [_question(row) for row in rows]
    _once([each.id for each in found], f"{QUESTIONS}: question")
    return MappingProxyType({each.id: each for each in found})


def _question(row: Table) -> Question:
    row = _named(row, QUESTIONS, "question")
    row.has_only(
        *("id", "kind", "say"),
        may=(
            *("options", "step", "regions", "unless", "min_spots", "retest_only", "version", "recall_d"),
            *("sources", "needs_signoff"),
        ),
    )
    return Question(
        id=row.text("id"),
        kind=row.one_of("kind", KINDS),
        say=row.text("say"),
        options=_options(row),
        step=row.one_of("step", STEPS) if "step" in row else STEPS[0],
        regions=row.texts("regions", REGIONS),
        unless=_unless(row),
        min_spots=row.whole("min_spots"),
        retest_only=row.flag("retest_only"),
        version=row.whole("version") or 1,
        recall_d=row.whole_or_none("recall_d"),
        sources=row.texts("sources"),
        needs_signoff=row.flag("needs_signoff"),
    )


def _unless(row: Table) -> tuple[str, str] | None:
    given = row.texts("unless")
    if not given:
        return None
    if len(given) != _PAIR:
        raise row.fault("unless", "not a question and one of its answers")
    return given[0], given[1]


def _options(row: Table) -> tuple[Option, ...]:
    """Return the answers; each is a code, or a table where its label or its standing is its own."""
    given = row.values.get("options", [])
    if not isinstance(given, list):
        raise row.fault("options", "not a list")
    return tuple(_option(each, f"{row.where}: options") for each in given)


def _option(given: object, where: str) -> Option:
    table = Table(given if isinstance(given, dict) else {"code": given}, where)
    table.has_only("code", may=("say", "alone"))
    code = table.text("code")
    return Option(code=code, say=table.text("say") or f"option.{code}", alone=table.flag("alone"))


# -- safety.toml -----------------------------------------------------------------------------------


def _list(row: Table, spots: Mapping[str, Spot]) -> TickList:
    row = _named(row, SAFETY, "list")
    row.has_only("id", "item")
    knee = tuple(spot.id for spot in spots.values() if "knee" in spot.regions)
    items = tuple(_item(_named(each, row.where, "item"), knee) for each in row.tables("item"))
    ids = [item.id for item in items]
    for place, item in enumerate(items):
        if item.follows is not None and item.follows not in ids[:place]:
            raise DataFileError(f"{row.where}: {item.id}: follows no item above it")
    return TickList(id=row.text("id"), say=f"text.{row.text('id')}", items=items)


def _item(row: Table, knee: tuple[str, ...]) -> TickItem:
    row.has_only(
        *("id", "level", "aimed_at"),
        may=(
            *("removes", "message", "knee_only", "age_from_y", "counts_from_y", "needs_pain", "while_new"),
            *("brings", "follows", "sets_tier", "sources", "needs_signoff"),
        ),
    )
    item_id, level = row.text("id"), row.member("level", Level)
    return TickItem(
        id=item_id,
        level=level,
        removes=row.texts("removes", FAMILIES),
        message=row.text("message") or None,
        reason=f"{'reason' if level == Level.X else 'reason_line'}.{item_id}",
        say=f"{'item' if row.flag('needs_signoff') else 'text'}.{item_id}",
        knee_only=row.flag("knee_only"),
        only_with=knee if row.flag("knee_only") else (),
        age_from_y=row.whole_or_none("age_from_y"),
        counts_from_y=row.whole_or_none("counts_from_y"),
        needs_pain=row.flag("needs_pain"),
        while_new=row.flag("while_new"),
        brings=row.texts("brings"),
        follows=row.text("follows") or None,
        sets_tier=row.one_of("sets_tier", (Tier.B, Tier.C)) if "sets_tier" in row else None,
        aimed_at=row.text("aimed_at"),
        sources=row.texts("sources"),
        needs_signoff=row.flag("needs_signoff"),
    )


def _rule(row: Table) -> SafetyRule:
    row = _named(row, SAFETY, "rule")
    row.has_only("id", "level", "message", "reasons", "when", "aimed_at", "sources", may=("header",))
    return SafetyRule(
        id=row.text("id"),
        level=row.member("level", Level),
        message=row.text("message"),
        reasons=row.texts("reasons"),
        when=row.text("when"),
        aimed_at=row.text("aimed_at"),
        sources=row.texts("sources"),
        header=row.text("header") or None,
    )


def _priority(table: Table) -> Mapping[Level, tuple[str, ...]]:
    _known(table.values, set(Level), f"{table.where}: level")
    return MappingProxyType({Level(key): table.texts(key) for key in table.values})


# -- patterns.toml ---------------------------------------------------------------------------------


def _pattern(row: Table) -> PatternRule:
    row = _named(row, PATTERNS, "pattern")
    row.has_only("id", "text", "rule", "evidence", "sources", may=("region", "partly"))
    return PatternRule(
        id=row.text("id"),
        region=row.one_of("region", REGIONS) if "region" in row else "",
        text=row.text("text"),
        rule=row.text("rule"),
        evidence=row.text("evidence"),
        sources=row.texts("sources"),
        partly=row.text("partly"),
    )


# -- everything together ---------------------------------------------------------------------------


def _check_together(read: Instruments) -> None:
    """Refuse what only shows when the files are read together."""
    items = [item for each in read.lists for item in each.items]
    _once([item.id for item in items], f"{SAFETY}: item")
    _known((check for item in items for check in item.brings), read.checks, f"{SAFETY}: brings")
    _same([rule.id for rule in read.rules], safety.RULES, f"{SAFETY}: rule")
    _same([rule.id for rule in read.patterns], {*patterns.RULES, patterns.NONE}, f"{PATTERNS}: pattern")
    for question in read.questions.values():
        if question.unless is not None:
            where = f"{QUESTIONS}: question {question.id}: unless"
            first, code = question.unless
            _known([first], read.questions, where)
            _known([code], {option.code for option in read.questions[first].options}, where)


def _known(values: Iterable[str], allowed: Collection[str], where: str) -> None:
    odd = [each for each in values if each not in allowed]
    if odd:
        raise DataFileError(f"{where}: unknown: {', '.join(odd)}")


def _once(ids: list[str], where: str) -> None:
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        raise DataFileError(f"{where}: stands twice: {', '.join(twice)}")


def _same(ids: list[str], code: Iterable[str], where: str) -> None:
    _once(ids, where)
    odd = set(ids) ^ set(code)
    if odd:
        raise DataFileError(f"{where}: in the file or in the code only: {', '.join(sorted(odd))}")
