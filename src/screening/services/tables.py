"""A summary as a table for spreadsheets. A cell can never become a formula."""

import csv
import io
from collections.abc import Iterator, Mapping

from screening.domain.answers import Activity
from screening.services.catalogue import Catalogue
from screening.services.questionnaires import answer_text, question_text
from screening.services.share_codes import code_texts
from screening.services.summary import Around, Item, Summary
from screening.services.wording import DEFAULT_LANGUAGE, Say, speaker

COLUMNS = ("code", "text", "value", "unit", "side", "when", "note")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\ufeff"

Cell = str | float | bool | None
Row = tuple[Cell, ...]


def cell(value: Cell) -> str:
    """Return one cell. Numbers stay numbers; text that a spreadsheet would run gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return f"{value:g}" if value == int(value) else str(value)
    runs = value.startswith(_FORMULA) or value.lstrip().startswith(_FORMULA)
    return f"'{value}" if runs else value


def to_csv(summary: Summary, known: Catalogue, *, language: str = DEFAULT_LANGUAGE) -> bytes:
    """Return the table: UTF-8 with a byte order mark, commas, CRLF, one header row.

    Columns: code, text, value (a number, or empty), unit, side, when (the day), note (words).
    """
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(COLUMNS)
    for row in _rows(summary, known, language):
        write.writerow([cell(each) for each in row])
    return (_BOM + out.getvalue()).encode("utf-8")


def _rows(summary: Summary, known: Catalogue, language: str) -> Iterator[Row]:
    text, say, day = code_texts(language), speaker(language), summary.day
    worst = text[summary.worst] if summary.worst else ""
    yield from _who(summary, say)
    for code, score in (
        ("pain-average-7d", summary.average),
        ("pain-now", summary.now),
        ("pain-impact", summary.impact),
    ):
        yield code, text[code], score, "", "", day, worst if code != "pain-impact" else ""
    for item in summary.items:
        yield _item(item, text, day)
        yield from _around(item, text, day)
    for gap in summary.comparisons:
        yield gap.measure, text[gap.measure], None, "", "", day, text[gap.code]
    for answered in summary.answers:
        words = question_text(answered.question, known.instruments, say)
        for value in answered.values:
            number = value if isinstance(value, int) else None
            note = "" if number is not None else answer_text(answered.question, value, known.instruments, say)
            yield answered.question, words, number, "", "", day, note
    if summary.activity is not None:
        yield from _usual(summary.activity, text, day)


def _who(summary: Summary, say: Say) -> Iterator[Row]:
    if summary.example:
        yield "example", say("share.example"), None, "", "", summary.day, say("share.example_text")
    if summary.with_therapist:
        yield "therapist", say("share.therapist"), None, "", "", summary.day, say("share.therapist_text")


def _item(item: Item, words: Mapping[str, str], day: str) -> Row:
    code = item.reason or item.band
    note = words[code] if code else ""
    more = ">= " if item.capped else ""
    side = item.side.value if item.side else ""
    return item.measure, words[item.measure], item.value, f"{more}{item.unit}", side, day, note


def _around(item: Item, words: Mapping[str, str], day: str) -> Iterator[Row]:
    around = item.around or Around()
    side = item.side.value if item.side else ""
    for value in around.tries:
        yield f"{item.measure}.tries", words["tries"], value, item.unit, side, day, ""
    for when in ("before", "during", "after"):
        pain = getattr(around, when)
        if pain is not None:
            yield f"{item.measure}.pain-{when}", words[f"pain-{when}"], pain, "", side, day, ""
    if around.spot is not None:
        yield f"{item.measure}.pain-spot", words["pain-spot"], None, "", side, day, words[around.spot]


def _usual(activity: Activity, words: Mapping[str, str], day: str) -> Iterator[Row]:
    for code, value in (
        ("usual-active-days", activity.days_per_week),
        ("usual-active-minutes", activity.minutes_per_day),
        ("usual-strength-days", activity.strength_days),
        ("usual-sitting-hours", activity.sitting_hours),
    ):
        yield code, words[code], value, "", "", day, ""
