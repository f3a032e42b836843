"""Tables, as values: the twins of the pictures, and what the Methods page lists.

They are drawn as Markdown, which gives a plain table with a header row: it wraps on a phone, prints, and
costs a tenth of a millisecond where a data frame costs two.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from screening.domain.instruments import Source
from screening.domain.norms import NormRow
from screening.domain.outcome import Difference, DomainFinding, Score
from screening.services.wording import Say
from screening.views.charts import Axis, amount, drawn, lanes, mark_of, not_scored, number

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>()#+-.!|$~:"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header row and body rows, all text of the same width in cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def plain(text: str) -> str:
    """Return text so that Markdown shows it letter by letter: no mark in it means anything."""
    return " ".join(text.split()).translate(_MARKS)


def markdown(table: Table) -> str:
    """Return a table as Markdown; every cell is shown letter by letter."""
    lines = [table.head, tuple("---" for _ in table.head), *table.rows]
    return "\n".join(
        "| " + " | ".join(cells if index == 1 else (plain(cell) for cell in cells)) + " |"
        for index, cells in enumerate(lines)
    )


# --- twins of the pictures -------------------------------------------------------------------------


def strip_table(axis: Axis, scores: Sequence[Score], rows: Sequence[NormRow], say: Say) -> Table:
    """Return what a strip shows: a row per side, then a row per published group."""
    head = tuple(say(f"chart.table.{each}") for each in ("who", "result", "margin", "words"))
    body = []
    for side in axis.sides:
        score = next((each for each in scores if each.side == side), None)
        who = say("chart.you") if side is None else say(f"side.{side.value}")
        body.append((who, *_score_cells(axis, score, say)))
    for row, lane in zip(drawn(rows), lanes(rows, say), strict=True):
        body.append((f"{lane.label}: {people(row, say)}", lane.words, "", ""))
    return Table(head=head, rows=tuple(body))


def _score_cells(axis: Axis, score: Score | None, say: Say) -> tuple[str, str, str]:
    value = mark_of(score)
    if score is None or value is None:
        return not_scored(score, say), "", ""
    margin = ""
    if score.margin is not None:
        low, high = number(round(score.margin.low)), number(round(score.margin.high))
        margin = say("chart.table.range", low=low, high=high)
    words = "" if score.band is None else say(f"band_short.{score.band}")
    return amount(value, axis, say), margin, words


def gaps_table(axes: Sequence[Axis], found: Sequence[Difference], say: Say) -> Table:
    """Return what the left/right picture shows: a row per test."""
    head = tuple(say(f"chart.table.{each}") for each in ("test", "left", "right", "counts_from"))
    rows = tuple(
        (
            say(f"test.{axis.test}.name"),
            *(amount(value or 0.0, axis, say) for value in (each.left, each.right, each.limit)),
        )
        for axis, each in zip(axes, found, strict=True)
    )
    return Table(head=head, rows=rows)


def domains_table(domains: Sequence[DomainFinding], say: Say) -> Table:
    """Return the four domains at a glance: left and right in words."""
    head = (say("chart.table.part"), say("side.left"), say("side.right"))
    rows = tuple(
        (say(f"domain.{each.id}.name"), say(f"finding.{each.left}"), say(f"finding.{each.right}"))
        for each in domains
    )
    return Table(head=head, rows=rows)


def people(row: NormRow, say: Say) -> str:
    """Say who was measured: the paper's own words, ages and number of people where it gives them."""
    told = [row.population]
    if row.side:
        told.append(say(f"chart.people.{row.side}"))
    if row.age_from_y is not None and row.age_to_y is not None:
        told.append(say("chart.people.ages", low=row.age_from_y, high=row.age_to_y))
    if row.n is not None:
        told.append(say("chart.people.n", n=row.n))
    return "; ".join(told)


def source_line(source: Source) -> str:
    """Return one source as Markdown: the citation, then its DOI as a link where one is known."""
    link = f" [{plain(source.doi)}](<https://doi.org/{source.doi}>)" if source.doi else ""
    return plain(source.citation) + link
