"""The only codes that may leave the app, and their words. Read from one table a reviewer can check."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from screening.errors import DataFileError
from screening.services.datafiles import DATA, read_csv
from screening.services.wording import speaker

OWN = "urn:oid:2.25.201547442513050559679081693047605441970"
"""Our CodeSystem. In the table it is called ``own``.

This and the two forms' addresses are random UUIDs in the arc that needs no registration (ITU-T X.667): the
same on every host, on nobody's domain, and never changed.
"""

PAIN_FORM = "urn:oid:2.25.127392491444750792986297354826934739464"
SAFETY_FORM = "urn:oid:2.25.301868937453035258197703001877152044805"

_COLUMNS = ("system", "code", "display", "status", "say", "source", "read_on")
_COMPARED = "-side-difference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One row of the table: system, code, display as its owner prints it, and for ours its wording key."""

    system: str
    code: str
    display: str
    say: str
    source: str


@cache
def codes(root: Path = DATA) -> Mapping[tuple[str, str], Code]:
    """Return every code with the status "use", by system and code.

    Raises:
        DataFileError: Not there, other columns, or a code twice.
    """
    found: dict[tuple[str, str], Code] = {}
    for row in read_csv(root / "fhir" / "codes.csv", _COLUMNS):
        if row["status"] != "use":
            continue
        system = OWN if row["system"] == "own" else row["system"]
        key = (system, row["code"])
        if key in found:
            raise DataFileError(f"codes.csv: {row['code']}: twice")
        found[key] = Code(
            system=system,
            code=row["code"],
            display=row["display"],
            say=row["say"],
            source=row["source"],
        )
    return found


@cache
def code_texts(language: str, root: Path = DATA) -> Mapping[str, str]:
    """Return the words of every code of ours, in one language."""
    say = speaker(language, root)
    found: dict[str, str] = {}
    for (system, name), code in codes(root).items():
        if system == OWN and not name.endswith(_COMPARED):
            found[name] = say(code.say)
    for system, name in codes(root):
        if system == OWN and name.endswith(_COMPARED):
            test = found[name.removesuffix(_COMPARED)]
            found[name] = say("share.code.side-difference", test=test)
    return found


def variants(test: str) -> tuple[str, ...]:
    """Return the measure codes of one test: the standard form first, then the others we have."""
    measure = measure_code(test)
    others = (f"{measure}-{form}" for form in ("arms", "other-seat", "squat"))
    return (measure, *(each for each in others if (OWN, each) in codes()))


def measure_code(test: str) -> str:
    """Return the code of a test's measure: its id, spelled for the outside."""
    return test.replace("_", "-")
