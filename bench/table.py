"""The table that is printed."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One figure; `met` is None where there is no bar."""

    what: str
    value: str
    beside: str = ""
    bar: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        """Pass, fail, or nothing."""
        return {None: "", True: "pass", False: "FAIL"}[self.met]


def printed(lines: Iterable[Line]) -> str:
    """Return the lines as a table in plain text."""
    rows = [("", "measured", "beside", "bar", "")]
    rows += [(each.what, each.value, each.beside, each.bar, each.verdict) for each in lines]
    widths = [max(len(row[at]) for row in rows) for at in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
