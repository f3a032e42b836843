"""One table of a TOML file: typed values, with errors that name file and key. Knows no meaning."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from screening.errors import DataFileError
from screening.services.datafiles import checked

E = TypeVar("E", bound=StrEnum)

_PAIR = 2


class Table:
    """One table of a TOML file.

    ``has_only`` says which keys must and may stand there. Afterwards a key that was allowed to be missing
    reads as the empty value of its kind: "", 0, False, an empty tuple.

    Attributes:
        values: As ``tomllib`` read them.
        where: File, and the way to this table; every error begins with it.
    """

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values = values
        self.where = where

    def __contains__(self, key: str) -> bool:
        """Say whether the key stands in the table."""
        return key in self.values

    def has_only(self, *needs: str, may: Iterable[str] = ()) -> None:
        """Raise DataFileError unless every needed key is there and no unknown one."""
        checked(self.values, self.where, needs=needs, may=may)

    def fault(self, key: str, what: str) -> DataFileError:
        """Return the error that names this place; the caller raises it."""
        return DataFileError(f"{self.where}: {key}: {what}")

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        return str(self._typed(key, lambda v: isinstance(v, str) and v != "", "a text", empty=""))

    def one_of(self, key: str, allowed: Iterable[str]) -> str:
        """Return a text that is one of those allowed."""
        known = tuple(allowed)
        if self.text(key) not in known:
            raise self.fault(key, f"not one of {', '.join(known)}")
        return self.text(key)

    def member(self, key: str, kind: type[E]) -> E:
        """Return a text as a member of an enumeration."""
        return kind(self.one_of(key, [each.value for each in kind]))

    def texts(self, key: str, allowed: Iterable[str] | None = None) -> tuple[str, ...]:
        """Return a list of texts, each once, all of them among those allowed."""
        found = tuple(self._typed(key, _is_texts, "a list of texts, each once", empty=()))
        odd = set(found) - set(allowed) if allowed is not None else set()
        if odd:
            raise self.fault(key, f"unknown: {', '.join(sorted(odd))}")
        return found

    def number(self, key: str) -> float:
        """Return a finite number."""
        return float(self._typed(key, _is_number, "a number", empty=0))

    def number_or_none(self, key: str) -> float | None:
        """Return a finite number, or None when the key is not there."""
        return self.number(key) if key in self else None

    def whole(self, key: str) -> int:
        """Return a whole number."""
        return int(self._typed(key, lambda v: _is_number(v) and v == int(v), "a whole number", empty=0))

    def whole_or_none(self, key: str) -> int | None:
        """Return a whole number, or None when the key is not there."""
        return self.whole(key) if key in self else None

    def flag(self, key: str) -> bool:
        """Return true or false."""
        return bool(self._typed(key, lambda v: isinstance(v, bool), "true or false", empty=False))

    def pair(self, key: str) -> tuple[float, float]:
        """Return two numbers, the lower first."""
        low, high = self._typed(key, _is_pair, "two numbers, the lower first", empty=(0, 0))
        return float(low), float(high)

    def table(self, key: str) -> "Table":
        """Return a table within this one."""
        found = self._typed(key, lambda v: isinstance(v, dict), "a table", empty={})
        return Table(found, f"{self.where}: {key}")

    def tables(self, key: str) -> list["Table"]:
        """Return a list of tables, numbered from 1 in errors."""
        found = self._typed(key, _is_tables, "a list of tables", empty=[])
        return [Table(each, f"{self.where}: {key} {number}") for number, each in enumerate(found, start=1)]

    def _typed(self, key: str, fits: Callable[[Any], bool], what: str, *, empty: Any) -> Any:
        if key not in self:
            return empty
        if not fits(self.values[key]):
            raise self.fault(key, f"not {what}")
        return self.values[key]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")


def _is_pair(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == _PAIR
        and all(map(_is_number, value))
        and value[0] < value[1]
    )


def _is_texts(value: object) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(each, str) and each for each in value)
        and len(set(value)) == len(value)
    )


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)
