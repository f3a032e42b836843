"""The command line: an answers file in, the assessment out as JSON. No Streamlit, no pandas."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from screening.errors import ScreeningError
from screening.services import answers_file, answers_shape, versions
from screening.services.assessment import RESULTS_VERSION, assess
from screening.services.catalogue import load

USED = 0
"""Exit code: an outcome was printed. "Please get seen" and "not yet" are outcomes."""

REFUSED = 2
"""Exit code: the file cannot be used."""

STDIN = "-"

FURTHEST_AHEAD = timedelta(hours=14)
"""The earliest time zone is so far ahead of UTC: a check of "today" there is not from the future."""

ABOUT = """\
Assess a Hip Check answers file, the way the app does.

FILE is an answers file (hip-self-check/1), as "Save my answers" writes it; - reads it from standard
input. What is printed is one JSON object, the same bytes for the same file on every machine."""

MORE = f"""\
what is printed
  results_version  changes when the same answers would be told something else (now {RESULTS_VERSION})
  level            E emergency, S same day, U one or two days, V a visit first, X fewer tests, P proceed,
                   stop under 18; null when an answer is missing
  rules            ids of the safety rules that fired; the Methods page explains each
  tier             A standard tests, B gentle set, C none today
  tests            id, side, outcome, value, unit, capped, band or null, reason when null, margin
  left_out         tests not offered: id, side (null: both), reason
  differences      left against right
  domains          side_of_hip, back_of_hip, control, trunk
  patterns         fits, partly-fits or cannot-tell; never a diagnosis
  pain             the ratings as given; impact is the mean of P1, P3 and P4

At E, S and "stop" only results_version, level and rules are printed: nothing about scores.
Where an answer is missing: level_so_far, rules, and missing (page and answers).

exit codes
  0  an outcome was printed ("get seen" and "not yet" are outcomes)
  2  the file cannot be used; one sentence on standard error, without any answer in it

This is a self-check for learning. It is not a diagnosis and not medical advice."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.run(asked))
    except ScreeningError as error:
        print(f"{asked.name}: {error}", file=sys.stderr)  # noqa: T201
    except OSError as error:
        print(f"{asked.name}: cannot be read ({type(error).__name__})", file=sys.stderr)  # noqa: T201
    return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m screening",
        description="Hip Check on the command line.",
        epilog="Try: python -m screening assess --help",
    )
    parser.add_argument("--version", action="version", version=f"Hip Check {versions.app()}")
    parser.set_defaults(name="python -m screening")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    check = commands.add_parser(
        "assess",
        help="assess an answers file and print the result as JSON",
        description=ABOUT,
        epilog=MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("name", metavar="FILE", help="the answers file, or - for standard input")
    check.set_defaults(run=_assess)

    schema = commands.add_parser(
        "schema",
        help="print the JSON Schema of an answers file",
        description="Print the JSON Schema of an answers file, made from the data files.",
    )
    schema.set_defaults(run=_schema)
    return parser


def _assess(asked: argparse.Namespace) -> int:
    known = load()
    told = answers_file.loads(_document(asked.name), known, _latest_day())
    _print(answers_file.outcome_as_dict(assess(told, known)))
    return USED


def _schema(_: argparse.Namespace) -> int:
    _print(answers_shape.json_schema(load()))
    return USED


def _document(name: str) -> bytes:
    """Return the file, or enough of it to see that it is too big."""
    enough = answers_file.LARGEST + 1
    if name == STDIN:
        return sys.stdin.buffer.read(enough)
    with Path(name).open("rb") as file:
        return file.read(enough)


def _latest_day() -> str:
    return (datetime.now(UTC) + FURTHEST_AHEAD).date().isoformat()


def _print(document: dict[str, Any]) -> None:
    """Write JSON as bytes, so that no machine changes line ends or encoding on the way."""
    sys.stdout.buffer.write(json.dumps(document, indent=2, allow_nan=False).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()
