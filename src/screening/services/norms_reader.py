"""Reads the published numbers: norm tables, reliability, cut-points, associations, sources. Strict.

Every table stands in ``norms/REGISTRY.txt`` with its SHA-256: no number moves unseen.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from screening.domain.instruments import Source
from screening.domain.norms import (
    Association,
    Cutpoint,
    ImpliedPercentile,
    NormRow,
    Reliability,
    Status,
)
from screening.errors import DataFileError
from screening.services.datafiles import checked, read_csv, read_text, read_toml, sha256

REGISTRY = "REGISTRY.txt"

_PERCENTILES = {
    "p2_5": 2.5,
    "p5": 5.0,
    "p10": 10.0,
    "p25": 25.0,
    "p50": 50.0,
    "p75": 75.0,
    "p90": 90.0,
    "p95": 95.0,
    "p97_5": 97.5,
}

NORM_COLUMNS = (
    *(
        "test",
        "variant",
        "source_key",
        "population",
        "sex",
        "age_from_y",
        "age_to_y",
        "side",
        "n",
        "mean",
        "sd",
    ),
    *_PERCENTILES,
    *("low_cut", "unit", "better", "status", "doi", "notes"),
)

_RELIABILITY_COLUMNS = (
    *("test", "source_key", "population", "n", "setting", "icc", "icc_ci_low", "icc_ci_high", "other_stat"),
    *("sem", "mdc95", "unit", "status", "doi", "notes"),
)
_CUTPOINT_COLUMNS = ("test", "source_key", "rule", "meaning", "who", "use", "status", "doi", "notes")
_ASSOCIATION_COLUMNS = (
    *("test", "source_key", "design", "population", "finding", "claim_allowed", "evidence_id", "status"),
    *("doi", "notes"),
)
_IMPLIED_COLUMNS = (
    *("test", "source_key", "population", "sex", "age_from_y", "age_to_y", "value", "unit"),
    *("pct_if_normal", "pct_if_lognormal", "status", "notes"),
)

_OTHER_TABLES = ("associations.csv", "cutpoints.csv", "implied_percentiles.csv", "reliability.csv")

_SEXES = ("female", "male", "both")
_DIRECTIONS = ("higher", "lower")
_SIDES = ("", "left", "right", "dominant", "nondominant")
_KINDS = ("paper", "P", "C", "W")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Every published number, as read: nothing filled in, nothing left out."""

    norms: tuple[NormRow, ...]
    reliability: tuple[Reliability, ...]
    cutpoints: tuple[Cutpoint, ...]
    associations: tuple[Association, ...]
    implied: tuple[ImpliedPercentile, ...]


def read_sources(root: Path) -> Mapping[str, Source]:
    """Return every source by its key, in the file's order.

    Raises:
        DataFileError: Missing or unknown keys, an unknown kind, or an empty citation.
    """
    found = {}
    for key, entry in read_toml(root / "sources.toml").items():
        where = f"sources.toml: {key}"
        if not isinstance(entry, dict):
            raise DataFileError(f"{where}: not a table")
        checked(entry, where, needs=("citation", "doi", "kind", "note"))
        if any(not isinstance(value, str) for value in entry.values()):
            raise DataFileError(f"{where}: every value is a text")
        if not entry["citation"] or entry["kind"] not in _KINDS:
            raise DataFileError(f"{where}: citation or kind")
        found[key] = Source(key=key, **entry)
    return MappingProxyType(found)


def read_tables(root: Path, sources: Mapping[str, Source]) -> Tables:
    """Return every published number in ``norms/``.

    A table that is not one of reliability, cut-points, associations and worked percentiles is a norm
    table: a new self-test brings its own, and needs no Python.

    Raises:
        DataFileError: A checksum that differs, a table or a line of the registry too many, a cell that
            is not what its column holds, or a source nobody listed. Names file, line and column.
    """
    folder = root / "norms"
    check_registry(folder)
    names = sorted(path.name for path in folder.glob("*.csv") if path.name not in _OTHER_TABLES)
    tables = Tables(
        norms=tuple(row for name in names for row in _norm_rows(folder / name)),
        reliability=tuple(map(_reliability, _lines(folder / "reliability.csv", _RELIABILITY_COLUMNS))),
        cutpoints=tuple(map(_cutpoint, _lines(folder / "cutpoints.csv", _CUTPOINT_COLUMNS))),
        associations=tuple(map(_association, _lines(folder / "associations.csv", _ASSOCIATION_COLUMNS))),
        implied=tuple(map(_implied, _lines(folder / "implied_percentiles.csv", _IMPLIED_COLUMNS))),
    )
    _check_cited(tables, sources)
    return tables


def check_registry(folder: Path) -> None:
    """Compare every table with its checksum in the registry.

    Raises:
        DataFileError: A sum differs, or a table is in one place and not in the other.
    """
    listed = {}
    for line in read_text(folder / REGISTRY).splitlines():
        name, _, digest = line.partition(" ")
        if name in listed:
            raise DataFileError(f"{REGISTRY}: {name}: stands twice")
        listed[name] = digest
    odd = sorted(listed.keys() ^ {path.name for path in folder.glob("*.csv")})
    if odd:
        raise DataFileError(f"{REGISTRY}: missing or unknown: {', '.join(odd)}")
    for name, digest in listed.items():
        if sha256(folder / name) != digest:
            raise DataFileError(f"{name}: its checksum is not the one in {REGISTRY}")


class _Line:
    """One line of a table: cells by column, with errors that name file, line and column."""

    def __init__(self, name: str, number: int, cells: Mapping[str, str]) -> None:
        self.name = name
        self.number = number
        self.cells = cells

    def fault(self, column: str, what: str) -> DataFileError:
        return DataFileError(f"{self.name}: line {self.number}: {column}: {what}")

    def text(self, column: str) -> str:
        """Return a cell that must not be empty."""
        if not self.cells[column]:
            raise self.fault(column, "empty")
        return self.cells[column]

    def one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        if self.cells[column] not in allowed:
            raise self.fault(column, "not one of " + ", ".join(each or "(empty)" for each in allowed))
        return self.cells[column]

    def number_or_none(self, column: str) -> float | None:
        """Return a cell's number; None when it is empty: not known, never zero."""
        cell = self.cells[column]
        if not cell:
            return None
        try:
            value = float(cell)
        except ValueError:
            raise self.fault(column, "not a number") from None
        if not math.isfinite(value):
            raise self.fault(column, "not a number")
        return value

    def number_of(self, column: str) -> float:
        value = self.number_or_none(column)
        if value is None:
            raise self.fault(column, "empty")
        return value

    def whole_or_none(self, column: str) -> int | None:
        value = self.number_or_none(column)
        if value is not None and (value < 0 or value != int(value)):
            raise self.fault(column, "not a whole number")
        return None if value is None else int(value)

    def status(self) -> Status:
        return Status(self.one_of("status", tuple(each.value for each in Status)))


def _lines(path: Path, columns: tuple[str, ...]) -> list[_Line]:
    return [_Line(path.name, number, row) for number, row in enumerate(read_csv(path, columns), start=2)]


def _norm_rows(path: Path) -> list[NormRow]:
    return [_norm_row(line) for line in _lines(path, NORM_COLUMNS)]


def _norm_row(line: _Line) -> NormRow:
    values = {percent: line.number_or_none(column) for column, percent in _PERCENTILES.items()}
    row = NormRow(
        table=line.name,
        line=line.number,
        test=line.text("test"),
        variant=line.text("variant"),
        source=line.text("source_key"),
        population=line.text("population"),
        sex=line.one_of("sex", _SEXES),
        age_from_y=line.whole_or_none("age_from_y"),
        age_to_y=line.whole_or_none("age_to_y"),
        side=line.one_of("side", _SIDES),
        n=line.whole_or_none("n"),
        mean=line.number_or_none("mean"),
        sd=line.number_or_none("sd"),
        percentiles=tuple((percent, value) for percent, value in values.items() if value is not None),
        low_cut=line.number_or_none("low_cut"),
        unit=line.text("unit"),
        better=line.one_of("better", _DIRECTIONS),
        status=line.status(),
        doi=line.cells["doi"],
        notes=line.cells["notes"],
    )
    _check_norm(row, line)
    return row


def _check_norm(row: NormRow, line: _Line) -> None:
    if (row.age_from_y is None) != (row.age_to_y is None):
        raise line.fault("age_to_y", "one age without the other")
    if row.age_from_y is not None and row.age_to_y is not None and row.age_from_y > row.age_to_y:
        raise line.fault("age_to_y", "below age_from_y")
    if row.sd is not None and row.sd <= 0:
        raise line.fault("sd", "not above 0")
    values = [value for _, value in row.percentiles]
    if values != sorted(values, reverse=row.better == "lower"):
        raise line.fault("p2_5", "percentiles out of order")


def _reliability(line: _Line) -> Reliability:
    return Reliability(
        line=line.number,
        test=line.text("test"),
        source=line.text("source_key"),
        population=line.cells["population"],
        n=line.whole_or_none("n"),
        setting=line.text("setting"),
        icc=line.number_or_none("icc"),
        icc_low=line.number_or_none("icc_ci_low"),
        icc_high=line.number_or_none("icc_ci_high"),
        other_stat=line.cells["other_stat"],
        sem=line.number_or_none("sem"),
        mdc95=line.number_or_none("mdc95"),
        unit=line.cells["unit"],
        status=line.status(),
        doi=line.cells["doi"],
        notes=line.cells["notes"],
    )


def _cutpoint(line: _Line) -> Cutpoint:
    return Cutpoint(
        line=line.number,
        test=line.text("test"),
        source=line.text("source_key"),
        rule=line.text("rule"),
        meaning=line.text("meaning"),
        who=line.text("who"),
        use=line.text("use"),
        status=line.status(),
        doi=line.cells["doi"],
        notes=line.cells["notes"],
    )


def _association(line: _Line) -> Association:
    return Association(
        line=line.number,
        test=line.text("test"),
        sources=tuple(key.strip() for key in line.text("source_key").split(";")),
        design=line.text("design"),
        population=line.text("population"),
        finding=line.text("finding"),
        claim_allowed=line.text("claim_allowed"),
        evidence_id=line.cells["evidence_id"],
        status=line.status(),
        doi=line.cells["doi"],
        notes=line.cells["notes"],
    )


def _implied(line: _Line) -> ImpliedPercentile:
    return ImpliedPercentile(
        line=line.number,
        test=line.text("test"),
        source=line.text("source_key"),
        population=line.text("population"),
        value=line.number_of("value"),
        unit=line.text("unit"),
        if_normal=line.number_of("pct_if_normal"),
        if_lognormal=line.number_of("pct_if_lognormal"),
        status=line.status(),
        notes=line.cells["notes"],
    )


def _check_cited(tables: Tables, sources: Mapping[str, Source]) -> None:
    cited: list[tuple[str, int, tuple[str, ...]]] = []
    cited += [(row.table, row.line, (row.source,)) for row in tables.norms]
    cited += [("reliability.csv", row.line, (row.source,)) for row in tables.reliability]
    cited += [("cutpoints.csv", row.line, (row.source,)) for row in tables.cutpoints]
    cited += [("associations.csv", row.line, row.sources) for row in tables.associations]
    cited += [("implied_percentiles.csv", row.line, (row.source,)) for row in tables.implied]
    for name, number, keys in cited:
        for key in keys:
            if key not in sources:
                raise DataFileError(f"{name}: line {number}: source_key: {key} is not in sources.toml")
