"""The evidence table, the exercise table and what the explaining page is built from."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from screening.domain.evidence import (
    Arrow,
    Cause,
    Certainty,
    Chain,
    Claim,
    Exercise,
    Forest,
    Overlap,
    Trial,
)
from screening.domain.norms import Status
from screening.errors import DataFileError
from screening.services.datafiles import DATA, checked, read_csv, read_toml

CLAIM_COLUMNS = (
    "id",
    "claim",
    "region",
    "study_type",
    "population",
    "n",
    "effect_measure",
    "estimate",
    "ci_low",
    "ci_high",
    "direction",
    "certainty",
    "citation",
    "doi",
    "status",
    "notes",
)
EXERCISE_COLUMNS = (
    "key",
    "exercise",
    "position",
    "level",
    "gmed_pct_mvic",
    "gmed_sd",
    "gmed_status",
    "gmax_pct_mvic",
    "gmax_sd",
    "gmax_status",
    "sd_status",
    "n",
    "electrode",
    "citation",
    "source_id",
    "status",
    "notes",
)
SCALES = {"0-10": 1.0, "0-100": 10.0}
"""What an effect on a pain scale is divided by to stand on 0-10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """Everything the page "How it connects" shows, every claim of it allowed."""

    claims: Mapping[str, Claim]
    chains: tuple[Chain, ...]
    overlaps: tuple[Overlap, ...]
    forests: tuple[Forest, ...]
    causes: tuple[Cause, ...]
    exercises: tuple[Exercise, ...]


@cache
def connections(root: Path = DATA) -> Connections:
    """Return what the page shows.

    Raises:
        DataFileError: A claim that does not exist or may not be shown, a missing or unknown key.
    """
    claims = {each.id: each for each in _claims(root / "evidence.csv")}
    path = root / "connect.toml"
    table = checked(read_toml(path), path.name, needs=("chain", "overlap", "forest", "cause"))

    def allowed(ids: Iterable[str], where: str) -> tuple[str, ...]:
        found = tuple(ids)
        for each in found:
            if each not in claims or not claims[each].may_be_shown:
                raise DataFileError(f"{path.name}: {where}: {each} may not be shown")
        return found

    def arrow(each: Mapping[str, Any], *, back: bool) -> Arrow:
        checked(each, f"{path.name}: arrow", needs=("id", "certainty", "claims"))
        return Arrow(
            id=each["id"],
            certainty=Certainty(each["certainty"]),
            claims=allowed(each["claims"], each["id"]),
            back=back,
        )

    return Connections(
        claims=claims,
        chains=tuple(
            Chain(
                id=each["id"],
                steps=tuple(each["steps"]),
                arrows=tuple(arrow(one, back=False) for one in each["arrow"]),
                back=tuple(arrow(one, back=True) for one in each["back"]),
            )
            for each in table["chain"]
        ),
        overlaps=tuple(_overlap(each, allowed) for each in table["overlap"]),
        forests=tuple(
            Forest(
                id=each["id"],
                trials=tuple(_trial(claims[one]) for one in allowed(each["trials"], each["id"])),
                noticed=each["noticed"],
                noticed_source=each["noticed_source"],
            )
            for each in table["forest"]
        ),
        causes=tuple(
            Cause(
                id=each["id"],
                certainty=Certainty(each["certainty"]),
                claims=allowed(each["claims"], each["id"]),
                in_article=each["in_article"],
            )
            for each in table["cause"]
        ),
        exercises=tuple(_exercises(root / "exercises.csv")),
    )


def _overlap(table: Mapping[str, Any], allowed: Any) -> Overlap:
    claim = allowed((table["claim"],), table["id"])[0]
    if "means" in table:
        mean, sd, other_mean, other_sd = table["means"]
        d = (mean - other_mean) / math.sqrt((sd**2 + other_sd**2) / 2)
        return Overlap(id=table["id"], d=d, d_low=None, d_high=None, claim=claim)
    return Overlap(
        id=table["id"], d=table["d"], d_low=table.get("d_low"), d_high=table.get("d_high"), claim=claim
    )


def _trial(claim: Claim) -> Trial:
    """Put one pain effect on a 0-10 scale."""
    scale = next((by for words, by in reversed(SCALES.items()) if words in claim.effect_measure), 1.0)
    if claim.estimate is None or claim.ci_low is None or claim.ci_high is None:
        raise DataFileError(f"evidence.csv: {claim.id}: no interval to draw")
    return Trial(
        claim=claim.id,
        estimate=claim.estimate / scale,
        low=claim.ci_low / scale,
        high=claim.ci_high / scale,
    )


def _claims(path: Path) -> Iterable[Claim]:
    for line, row in enumerate(read_csv(path, CLAIM_COLUMNS), start=2):
        try:
            yield Claim(
                id=row["id"],
                claim=row["claim"],
                region=row["region"],
                study_type=row["study_type"],
                population=row["population"],
                n=int(row["n"]) if row["n"] else None,
                effect_measure=row["effect_measure"],
                estimate_text=row["estimate"],
                estimate=_number(row["estimate"]),
                ci_low=_number(row["ci_low"]),
                ci_high=_number(row["ci_high"]),
                direction=row["direction"],
                certainty=Certainty(row["certainty"]),
                citation=row["citation"],
                doi=row["doi"],
                status=Status(row["status"]),
                notes=row["notes"],
            )
        except ValueError as error:
            raise DataFileError(f"{path.name}: line {line}: {error}") from error


def _exercises(path: Path) -> Iterable[Exercise]:
    for row in read_csv(path, EXERCISE_COLUMNS):

        def read(muscle: str, row: Mapping[str, str] = row) -> float | None:
            sure = row[f"{muscle}_status"] == Status.CONFIRMED
            return _number(row[f"{muscle}_pct_mvic"]) if sure else None

        yield Exercise(
            key=row["key"],
            name=row["exercise"],
            level=int(row["level"]),
            gluteus_medius_pct=read("gmed"),
            gluteus_maximus_pct=read("gmax"),
            citation=row["citation"],
        )


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
