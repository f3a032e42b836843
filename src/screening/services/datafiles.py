"""The only opener of packaged data files. Knows files and keys, nothing of their meaning."""

import csv
import hashlib
import io
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from screening.errors import DataFileError

DATA = Path(__file__).resolve().parents[1] / "data"
"""The packaged data. Tests hand another folder to the loaders."""


def read_bytes(path: Path) -> bytes:
    """Return a data file's bytes.

    Raises:
        DataFileError: The file is not there or cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataFileError(f"{path.name}: cannot be read ({type(error).__name__})") from error


def read_text(path: Path) -> str:
    """Return a data file's text, as UTF-8.

    Raises:
        DataFileError: Not there, or not UTF-8.
    """
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataFileError(f"{path.name}: not UTF-8") from error


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file as a dictionary.

    Raises:
        DataFileError: Not there, or not TOML; the place is named.
    """
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(f"{path.name}: {error}") from error


def read_csv(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    """Return a CSV file's rows; every cell is text, an empty cell is "".

    Raises:
        DataFileError: Not there, or its columns are not exactly those expected.
    """
    reader = csv.DictReader(io.StringIO(read_text(path)))
    wanted = list(columns)
    if reader.fieldnames != wanted:
        odd = sorted(set(reader.fieldnames or ()) ^ set(wanted)) or ["another order"]
        raise DataFileError(f"{path.name}: missing or unknown columns: {', '.join(odd)}")
    rows = list(reader)
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise DataFileError(f"{path.name}: line {number}: wrong number of cells")
    return rows


def checked(
    table: Mapping[str, Any], where: str, *, needs: Iterable[str], may: Iterable[str] = ()
) -> Mapping[str, Any]:
    """Return the table if it has every needed key and no unknown one.

    Raises:
        DataFileError: Names the place and the keys.
    """
    needed = set(needs)
    odd = (needed - table.keys()) | (table.keys() - needed - set(may))
    if odd:
        raise DataFileError(f"{where}: missing or unknown: {', '.join(sorted(odd))}")
    return table


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, as 64 hexadecimal digits."""
    return hashlib.sha256(read_bytes(path)).hexdigest()


@cache
def toml_of_package(name: str) -> dict[str, Any]:
    """Return a packaged TOML file, read once per process. Holds nobody's answers."""
    return read_toml(DATA / name)
