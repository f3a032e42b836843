"""Sentences by key and language. A missing key is an error, never filled from another language."""

from functools import cache
from pathlib import Path
from typing import Any, Protocol

from screening.errors import DataFileError
from screening.services.datafiles import DATA, read_toml

DEFAULT_LANGUAGE = "en"


class Say(Protocol):
    """Look a sentence up by its key and fill its placeholders."""

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence; DataFileError when the key is unknown."""


@cache
def languages(root: Path = DATA) -> tuple[str, ...]:
    """Return the languages there is wording for, the default first."""
    found = sorted(path.stem for path in (root / "wording").glob("*.toml") if path.stem != "avoid")
    return (DEFAULT_LANGUAGE, *(each for each in found if each != DEFAULT_LANGUAGE))


@cache
def sentences(language: str, root: Path = DATA) -> dict[str, str]:
    """Return every sentence of one language by its dotted key."""
    return {key: text for key, (text, _) in _entries(language, root).items()}


@cache
def unsigned(language: str = DEFAULT_LANGUAGE, root: Path = DATA) -> dict[str, str]:
    """Return the sentences written for this app that a clinician has yet to sign, by key."""
    return {key: text for key, (text, unsigned_) in _entries(language, root).items() if unsigned_}


@cache
def speaker(language: str = DEFAULT_LANGUAGE, root: Path = DATA) -> Say:
    """Return the function that looks sentences up in one language.

    Raises:
        DataFileError: When called with an unknown key or without a placeholder's value.
    """
    known = sentences(language, root)

    def say(key: str, /, **values: object) -> str:
        try:
            return known[key].format(**values)
        except KeyError as error:
            raise DataFileError(f"{language}.toml: {key}: missing {error}") from error

    return say


def _entries(language: str, root: Path) -> dict[str, tuple[str, bool]]:
    path = root / "wording" / f"{language}.toml"
    found: dict[str, tuple[str, bool]] = {}

    def walk(prefix: str, table: dict[str, Any]) -> None:
        for name, value in table.items():
            key = f"{prefix}{name}"
            if isinstance(value, str):
                found[key] = (value, False)
            elif isinstance(value, dict) and "text" in value and isinstance(value["text"], str):
                extra = value.keys() - {"text", "needs_signoff"}
                if extra:
                    raise DataFileError(f"{path.name}: {key}: unknown: {', '.join(sorted(extra))}")
                found[key] = (value["text"], bool(value.get("needs_signoff", False)))
            elif isinstance(value, dict):
                walk(f"{key}.", value)
            else:
                raise DataFileError(f"{path.name}: {key}: not a sentence")

    walk("", read_toml(path))
    return found
