"""Reads the self-tests, one TOML file each, and decides which published rows may judge a person.

``judges`` is set here and nowhere else, and only for a row that was read at its source, or in two
copies that agree, or was calculated from such rows that the file names.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations, pairwise, product
from pathlib import Path
from types import MappingProxyType

from screening.domain.answers import Form, Sex, StoppedBy
from screening.domain.instruments import Source
from screening.domain.norms import NormRow, Reliability, Status
from screening.domain.selftests import (
    BandSpec,
    Kind,
    Note,
    ScoreRule,
    SelfTest,
    SelfTests,
    SideRule,
    Stage,
    Tick,
)
from screening.errors import DataFileError
from screening.services.datafiles import read_toml
from screening.services.norms_reader import Tables
from screening.services.toml_table import Table

_SETS = ("standard", "gentle")
_DOMAINS = ("side_of_hip", "back_of_hip", "control", "trunk")
_UNITS = ("s", "stands", "points", "grade", "stages")
_ORDINAL_UNITS = ("points", "grade", "stages")
_CELLS = ("mean", "sd", "low_cut", "p25", "p50", "p75")
_STOPS = (StoppedBy.SHOULDER.value, StoppedBy.BACK.value)
_NO_BAND = ("no-verdict", "no-norms")
_FEWEST_BANDS = 2

_CELLS_NEEDED = {
    ScoreRule.QUARTILES: {"low_cut", "p75"},
    ScoreRule.MEAN_LINE: {"mean"},
    ScoreRule.HOLD: {"mean", "sd"},
    ScoreRule.SLOW_CUT: {"low_cut"},
}
"""Which cells the rule reads; a rule that is not here compares with nobody."""

_BANDS_NEEDED = {
    ScoreRule.QUARTILES: 3,
    ScoreRule.MEAN_LINE: 3,
    ScoreRule.SLOW_CUT: 2,
    ScoreRule.WORDS: 0,
    ScoreRule.NONE: 0,
}
"""How many bands a rule without fixed limits knows, worst first."""

_RUBRIC_USE = {ScoreRule.POINTS: "may drive a band", ScoreRule.WORDS: "show the words of the grade"}
"""What the cut-points table must allow before a rubric is used in this way."""


def read_selftests(root: Path, sources: Mapping[str, Source], tables: Tables) -> SelfTests:
    """Return every self-test of ``selftests/``, in battery order.

    Raises:
        DataFileError: A missing or unknown key, a value of the wrong kind, an unknown source, a unit
            that is not the norm's, rows that judge and overlap, a row that may not judge, two tests in
            one place. Names file and key.
    """
    tests = [
        _selftest(Table(read_toml(path), path.name), path.stem, sources, tables)
        for path in sorted((root / "selftests").glob("*.toml"))
    ]
    tests.sort(key=lambda test: test.order)
    for one, two in pairwise(tests):
        if one.order == two.order:
            raise DataFileError(f"{two.id}.toml: order: the same as {one.id}")
    known = {test.id: test for test in tests}
    for test in tests:
        for other in test.replaces:
            if other not in known:
                raise DataFileError(f"{test.id}.toml: replaces: {other} is no self-test")
    return SelfTests(by_id=MappingProxyType(known))


def _selftest(top: Table, stem: str, sources: Mapping[str, Source], tables: Tables) -> SelfTest:
    top.has_only(
        *("id", "order", "sets", "replaces", "domain", "primary", "each_side", "kind", "families"),
        *("removed_by", "needs", "unit", "higher_is_better", "valid", "whole", "protocol", "sources"),
        *("adapted", "run", "rule"),
        may=("ticks", "stages", "notes", "error", "sides", "change"),
    )
    if top.text("id") != stem:
        raise top.fault("id", "not the file's name")
    run = _run(top.table("run"))
    rule = top.table("rule")
    rule.has_only("name", may=("ages", "bands", "judges", "shown", "raw_if_stopped_by", "rubric", "no_band"))
    name = rule.member("name", ScoreRule)
    error = top.table("error") if "error" in top else None
    change = top.table("change")
    test = SelfTest(
        id=stem,
        order=top.whole("order"),
        sets=top.texts("sets", _SETS),
        replaces=top.texts("replaces"),
        domain=top.one_of("domain", _DOMAINS),
        primary=top.flag("primary"),
        each_side=top.flag("each_side"),
        kind=top.member("kind", Kind),
        families=top.texts("families"),
        removed_by=top.texts("removed_by"),
        unit=top.one_of("unit", _UNITS),
        higher_is_better=top.flag("higher_is_better"),
        valid=top.pair("valid"),
        whole=top.flag("whole"),
        cap=run.number_or_none("cap"),
        duration_s=run.number_or_none("duration_s"),
        tries=run.whole("tries"),
        best_of=run.flag("best_of"),
        rest_s=run.whole("rest_s"),
        needs=top.texts("needs"),
        forms=run.texts("forms", [each.value for each in Form]),
        repetitions=_repetitions(run.table("repetitions")),
        ticks=tuple(_tick(each, stem) for each in top.tables("ticks")),
        stages=tuple(_stage(each, stem) for each in top.tables("stages")),
        effort=run.flag("effort"),
        asks=run.texts("asks"),
        checks=run.texts("checks"),
        chair=run.flag("chair"),
        rule=name,
        bands=tuple(_band(each, stem) for each in rule.tables("bands")),
        ages=_ages(rule),
        raw_if_stopped_by=rule.texts("raw_if_stopped_by", _STOPS),
        no_band=rule.one_of("no_band", _NO_BAND) if "no_band" in rule else "no-norms",
        norms=_norms(rule, stem, tables.norms),
        notes=tuple(_note(each) for each in top.tables("notes")),
        by_you=f"note.{run.text('by_you')}" if "by_you" in run else None,
        sem=(error.number("sem"), error.text("source")) if error else None,
        margin=error.number("margin") if error else None,
        sides=_side_rule(top.table("sides")) if "sides" in top else None,
        change_limit=change.number_or_none("home"),
        clinic_limit=change.number_or_none("clinic"),
        change_source=_source_of_limit(change, "home"),
        clinic_source=_source_of_limit(change, "clinic"),
        protocol=top.whole("protocol"),
        sources=top.texts("sources", sources),
        adapted=tuple(f"test.{stem}.adapted.{number}" for number in range(1, top.whole("adapted") + 1)),
    )
    _check_change(test, change, tables)
    _check_run(test, top)
    _check_rule(test, rule, tables)
    if error:
        _check_error(test, error, tables)
    return test


def _run(run: Table) -> Table:
    run.has_only(
        *("tries", "best_of", "rest_s", "forms"),
        may=("cap", "duration_s", "effort", "asks", "checks", "chair", "repetitions", "by_you"),
    )
    return run


def _repetitions(table: Table) -> Mapping[str, int]:
    table.has_only(may=_SETS)
    return MappingProxyType({name: table.whole(name) for name in table.values})


def _tick(table: Table, test: str) -> Tick:
    table.has_only("code", "points", may=("group",))
    code = table.text("code")
    group = table.text("group") if "group" in table else None
    return Tick(code=code, points=table.whole("points"), say=f"test.{test}.tick.{code}", group=group)


def _stage(table: Table, test: str) -> Stage:
    table.has_only("code", "families")
    code = table.text("code")
    return Stage(code=code, families=table.texts("families"), say=f"test.{test}.stage.{code}")


def _band(table: Table, test: str) -> BandSpec:
    table.has_only("id", "low", may=("from", "below", "unclear", "at_cap"))
    return BandSpec(
        id=table.text("id"),
        from_=table.number_or_none("from"),
        below=table.number_or_none("below"),
        low=table.flag("low"),
        say=f"band.{test}.{table.text('id')}",
        unclear=table.flag("unclear"),
        say_at_cap=f"band.{test}.{table.text('at_cap')}" if "at_cap" in table else None,
    )


def _ages(rule: Table) -> tuple[int, int] | None:
    if "ages" not in rule:
        return None
    youngest, oldest = rule.pair("ages")
    return int(youngest), int(oldest)


def _note(table: Table) -> Note:
    table.has_only("say", may=("below", "age_from_y", "age_to_y", "could_not", "at_cap"))
    return Note(
        say=f"note.{table.text('say')}",
        below=table.number_or_none("below"),
        age_from_y=table.whole_or_none("age_from_y"),
        age_to_y=table.whole_or_none("age_to_y"),
        could_not=table.flag("could_not"),
        at_cap=table.flag("at_cap"),
    )


def _side_rule(table: Table) -> SideRule:
    two_lines = "one_below" in table
    table.has_only(
        *(("one_below", "other_from") if two_lines else ("limit",)), "why", may=("worse_from", "harder")
    )
    return SideRule(
        limit=table.number_or_none("limit"),
        one_below=table.number_or_none("one_below"),
        other_from=table.number_or_none("other_from"),
        worse_from=table.number_or_none("worse_from"),
        harder=table.flag("harder"),
    )


def _norms(rule: Table, test: str, rows: tuple[NormRow, ...]) -> tuple[NormRow, ...]:
    """Return every row of this test, those marked that may judge and those that may be shown."""
    mine = [row for row in rows if row.test == test]
    judges: set[NormRow] = set()
    shown: set[NormRow] = set()
    for table in rule.tables("judges"):
        table.has_only("source", "variant", "uses", may=("population", "inputs"))
        picked = _picked(table, mine)
        inputs = table.texts("inputs")
        for row in picked:
            if not (row.status.was_read or _rests_on_read_rows(row, inputs, mine)):
                raise table.fault("variant", f"{row.table} line {row.line} is {row.status}: it may not judge")
        judges.update(picked)
    for table in rule.tables("shown"):
        table.has_only("source", "variant", "uses", may=("population",))
        picked = _picked(table, mine)
        for row in picked:
            if not row.status.was_read:
                raise table.fault("variant", f"{row.table} line {row.line} is {row.status}: not to be shown")
        shown.update(picked)
    if judges & shown:
        raise rule.fault("shown", "a row judges and is shown")
    return tuple(replace(row, judges=row in judges, shown=row in shown) for row in mine)


def _picked(table: Table, rows: list[NormRow]) -> list[NormRow]:
    """Return the rows a selector names: source, variant, population if given, and every used cell filled."""
    uses = table.texts("uses", _CELLS)
    found = [
        row
        for row in rows
        if row.source == table.text("source")
        and row.variant == table.text("variant")
        and ("population" not in table or row.population == table.text("population"))
        and all(_cell(row, each) is not None for each in uses)
    ]
    if not uses or not found:
        raise table.fault("variant", "no such row with these cells filled")
    return found


def _cell(row: NormRow, name: str) -> float | None:
    if name.startswith("p"):
        return row.percentile(float(name[1:]))
    value: float | None = getattr(row, name)
    return value


def _rests_on_read_rows(row: NormRow, inputs: tuple[str, ...], rows: list[NormRow]) -> bool:
    """Say whether a calculated row names its inputs, and every one of them was read."""
    if row.status != Status.CALCULATED or not inputs:
        return False
    for variant in inputs:
        found = [each for each in rows if each.source == row.source and each.variant == variant]
        if not found or not all(each.status.was_read for each in found):
            return False
    return True


def _check_run(test: SelfTest, top: Table) -> None:
    for key, twice in (
        ("ticks", [each.code for each in test.ticks] + list(test.asks)),
        ("stages", [each.code for each in test.stages]),
        ("rule: bands", [each.id for each in test.bands]),
    ):
        if len(set(twice)) != len(twice):
            raise top.fault(key, "a code stands twice")
    if test.cap is not None and test.cap != test.valid[1]:
        raise top.fault("run: cap", "not the highest valid value")
    if not test.sets or not test.forms or test.forms[0] != Form.STANDARD:
        raise top.fault("run: forms", "the standard form is offered first")
    if (test.kind == Kind.STAGES) != bool(test.stages) or (test.kind == Kind.RATING) != bool(test.ticks):
        raise top.fault("kind", "stages for a staged test, ticks for a rating, and only there")


def _check_rule(test: SelfTest, rule: Table, tables: Tables) -> None:
    _check_units(test, rule)
    _check_cells(test, rule)
    _check_overlap(test, rule)
    _check_ages(test, rule)
    _check_bands(test, rule)
    _check_rubric(test, rule, tables)
    if (test.rule in {ScoreRule.WORDS, ScoreRule.NONE}) != ("no_band" in rule):
        raise rule.fault("no_band", "the reason, for a test without a band and only there")


def _check_units(test: SelfTest, rule: Table) -> None:
    better = "higher" if test.higher_is_better else "lower"
    for row in test.norms:
        if row.unit != test.unit or row.better != better:
            raise rule.fault(
                "judges", f"{row.table} line {row.line}: another unit or direction than the test"
            )


def _check_cells(test: SelfTest, rule: Table) -> None:
    """Every selector names the cells its rule reads; only quartiles take them from two tables."""
    needed = _CELLS_NEEDED.get(test.rule, set())
    used = [set(table.texts("uses", _CELLS)) for table in rule.tables("judges")]
    whole = test.rule == ScoreRule.QUARTILES or all(each == needed for each in used)
    if set().union(*used) != needed or not whole:
        raise rule.fault("judges", f"{test.rule} needs {', '.join(sorted(needed)) or 'no rows'}")


def _check_overlap(test: SelfTest, rule: Table) -> None:
    """Two rows of one study that both judge one person would make her two people."""
    judging = [row for row in test.norms if row.judges]
    for one, two in combinations(judging, 2):
        if test.rule == ScoreRule.HOLD and (one.source, one.variant, one.side) != (
            two.source,
            two.variant,
            two.side,
        ):
            continue
        same_cell = any(
            _cell(one, each) is not None and _cell(two, each) is not None
            for each in ("low_cut", "p75", "mean")
        )
        if same_cell and _overlap(one, two):
            raise rule.fault("judges", f"{one.table} lines {one.line} and {two.line} overlap")


def _overlap(one: NormRow, two: NormRow) -> bool:
    if "both" not in {one.sex, two.sex} and one.sex != two.sex:
        return False
    for first, second in ((one, two), (two, one)):
        if (
            first.age_to_y is not None
            and second.age_from_y is not None
            and first.age_to_y < second.age_from_y
        ):
            return False
    return True


def _check_ages(test: SelfTest, rule: Table) -> None:
    """The ages a test names are those its judging rows cover, for women and men: no year more, no gap."""
    judging = [row for row in test.norms if row.judges]
    with_ages = [row for row in judging if row.age_from_y is not None]
    if judging and len(with_ages) != (len(judging) if test.ages else 0):
        raise rule.fault("ages", "the norms have none" if test.ages else "missing: the norms have ages")
    if not judging or test.ages is None:
        return
    wanted = range(test.ages[0], test.ages[1] + 1)
    if set().union(*map(_years, judging)) - set(wanted):
        raise rule.fault("ages", "the judging rows cover more")
    for cell, age, sex in product(sorted(_CELLS_NEEDED[test.rule]), wanted, (Sex.FEMALE, Sex.MALE)):
        if not any(row.covers(age, sex) and _cell(row, cell) is not None for row in judging):
            raise rule.fault("ages", f"{cell} is missing for {sex}, {age}")


def _years(row: NormRow) -> set[int]:
    if row.age_from_y is None or row.age_to_y is None:
        return set()
    return set(range(row.age_from_y, row.age_to_y + 1))


def _check_bands(test: SelfTest, rule: Table) -> None:
    """Fixed bands leave no gap and never overlap; other rules have the number of bands they know."""
    if test.rule in _BANDS_NEEDED:
        if len(test.bands) != _BANDS_NEEDED[test.rule]:
            raise rule.fault("bands", f"{test.rule} has {_BANDS_NEEDED[test.rule]}")
        if any(band.from_ is not None or band.below is not None for band in test.bands):
            raise rule.fault("bands", f"{test.rule} takes its limits from the norms")
        return
    upward = test.bands if test.higher_is_better else test.bands[::-1]
    edges = [(band.from_, band.below) for band in upward]
    joined = all(one[1] is not None and one[1] == two[0] for one, two in pairwise(edges))
    if len(edges) < _FEWEST_BANDS or edges[0][0] is not None or edges[-1][1] is not None or not joined:
        raise rule.fault("bands", "a gap or an overlap; worst first, open at both ends")


def _check_rubric(test: SelfTest, rule: Table, tables: Tables) -> None:
    """A rubric is used only as the cut-points table allows, and only if it was read."""
    allowed = _RUBRIC_USE.get(test.rule)
    if (allowed is None) != ("rubric" not in rule):
        raise rule.fault("rubric", "the source of the rubric, for points or words and only there")
    if allowed is None:
        return
    for row in tables.cutpoints:
        if row.test == test.id and row.source == rule.text("rubric") and row.use.startswith(allowed):
            if row.status.was_read:
                return
            raise rule.fault("rubric", f"cutpoints.csv line {row.line} is {row.status}")
    raise rule.fault("rubric", f"cutpoints.csv has no such row: {allowed}")


def _check_error(test: SelfTest, error: Table, tables: Tables) -> None:
    """The error drawn around a result is one the reliability table holds, and it was read."""
    error.has_only("sem", "margin", "source", "setting", "why", may=("inputs",))
    row = _reliability_row(test.id, error, tables.reliability)
    if row is None or row.sem != error.number("sem") or row.unit != test.unit:
        raise error.fault("sem", "not in reliability.csv in this test's unit")
    if not row.status.was_read and not _calculated_from_read(row, test, error, tables):
        raise error.fault("sem", f"reliability.csv line {row.line} is {row.status}")
    if test.margin != (float(round(row.sem)) if test.whole else row.sem):
        raise error.fault("margin", "not the SEM, in whole units where values are whole")


def _reliability_row(test: str, table: Table, rows: tuple[Reliability, ...]) -> Reliability | None:
    for row in rows:
        if (row.test, row.source, row.setting) == (test, table.text("source"), table.text("setting")):
            return row
    return None


def _calculated_from_read(row: Reliability, test: SelfTest, error: Table, tables: Tables) -> bool:
    if row.status != Status.CALCULATED or not error.tables("inputs"):
        return False
    for table in error.tables("inputs"):
        if table.one_of("table", ("reliability", "norms")) == "reliability":
            table.has_only("table", "source", "setting")
            found = _reliability_row(test.id, table, tables.reliability)
            read = found is not None and found.status.was_read
        else:
            table.has_only("table", "source", "variant")
            wanted = (table.text("source"), table.text("variant"))
            rows = [each for each in test.norms if (each.source, each.variant) == wanted]
            read = bool(rows) and all(each.status.was_read for each in rows)
        if not read:
            return False
    return True


def _source_of_limit(change: Table, place: str) -> str:
    return change.table(f"{place}_error").text("source") if f"{place}_error" in change else ""


def _check_change(test: SelfTest, change: Table, tables: Tables) -> None:
    """A limit of change is no smaller than the published error it rests on, and that error was read.

    Ordinal scores have no such error: theirs is a judgement of the pack. Home against clinic has none.
    """
    change.has_only(*(("home", "why") if change.values else ()), may=("clinic", "home_error", "clinic_error"))
    for place, limit in (("home", test.change_limit), ("clinic", test.clinic_limit)):
        key = f"{place}_error"
        ordinal = test.unit in _ORDINAL_UNITS and place == "home"
        if (key in change) != (limit is not None and not ordinal):
            raise change.fault(key, "the published error, where there is a limit and only there")
        if limit is None or ordinal:
            continue
        error = change.table(key)
        error.has_only("source", "setting")
        row = _reliability_row(test.id, error, tables.reliability)
        if row is None or row.mdc95 is None or row.unit != test.unit or not row.mdc95 <= limit:
            raise change.fault(place, "smaller than the error in reliability.csv, or none is there")
        of_checked_error = test.sem is not None and row.source == test.sem[1]
        if not row.status.was_read and not (row.status == Status.CALCULATED and of_checked_error):
            raise change.fault(key, f"reliability.csv line {row.line} is {row.status}")
