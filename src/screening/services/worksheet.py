"""What a therapist may check next, by pattern and finding: from a data file, every claim of it allowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from screening.domain.evidence import Claim
from screening.domain.instruments import Source
from screening.domain.outcome import Finding, Fit, Results
from screening.domain.patterns import RULES
from screening.errors import DataFileError
from screening.services.datafiles import DATA, checked, read_toml
from screening.services.evidence_reader import connections
from screening.services.norms_reader import read_sources

ALWAYS = "always"
"""Stands for every worksheet."""

FINDING = "finding:"
"""Before a domain's id: shown where that domain is worth showing a therapist."""

DOMAINS = ("side_of_hip", "back_of_hip", "control", "trunk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing to check in the clinic.

    Attributes:
        id: Its wording is ``worksheet.check.<id>``: ``do`` and ``known``.
        why: Pattern ids, ``finding:`` and a domain, or ``always``.
        claims: Rows of the evidence table it rests on.
        sources: Further sources.
        write: What is noted: ``sides``, ``once`` or ``nothing``.
    """

    id: str
    why: tuple[str, ...]
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    write: str


@cache
def checks(root: Path = DATA) -> tuple[Check, ...]:
    """Return every check, in the order of the file.

    Raises:
        DataFileError: An unknown pattern, domain or source, or a claim that may not be shown.
    """
    path = root / "worksheet.toml"
    table = checked(read_toml(path), path.name, needs=("check",))
    claims, sources = connections(root).claims, read_sources(root)
    reasons = {ALWAYS, *RULES, *(f"{FINDING}{each}" for each in DOMAINS)}
    found = []
    for row in table["check"]:
        where = f"{path.name}: {row.get('id', '?')}"
        checked(row, where, needs=("id", "for", "claims", "sources", "write"))
        _all_in(row["for"], reasons, where)
        _all_in(row["claims"], {each.id for each in claims.values() if each.may_be_shown}, where)
        _all_in(row["sources"], sources, where)
        _all_in([row["write"]], {"sides", "once", "nothing"}, where)
        found.append(
            Check(
                id=row["id"],
                why=tuple(row["for"]),
                claims=tuple(claims[each] for each in row["claims"]),
                sources=tuple(sources[each] for each in row["sources"]),
                write=row["write"],
            )
        )
    return tuple(found)


def _all_in(given: Iterable[str], allowed: Iterable[str], where: str) -> None:
    odd = sorted(set(given) - set(allowed))
    if odd:
        raise DataFileError(f"{where}: unknown or not to be shown: {', '.join(odd)}")


def reasons_of(results: Results) -> tuple[str, ...]:
    """Return what these results give reason to check: patterns that fit or partly fit, then findings."""
    patterns = [each.id for each in results.patterns if each.fit != Fit.CANNOT_TELL and each.id in RULES]
    findings = [
        f"{FINDING}{each.id}"
        for each in results.domains
        if Finding.WORTH_SHOWING in {each.left, each.right} and each.id in DOMAINS
    ]
    return (*patterns, *findings)


def to_do(reasons: Iterable[str], root: Path = DATA) -> tuple[Check, ...]:
    """Return what to check for these reasons, each once, in the order of the file; the general part last."""
    wanted = {*reasons, ALWAYS}
    return tuple(each for each in checks(root) if wanted & set(each.why))
