"""A summary on paper: one page for the therapist, one for the person. Tagged, fonts embedded.

The layout is a fixed file. Values go in as JSON, never as source text: what looks like a command is words.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from screening.domain.answers import Side
from screening.services.catalogue import Catalogue
from screening.services.datafiles import DATA
from screening.services.fhir import USUAL, amount, banner, shown, title
from screening.services.qr import to_svg
from screening.services.questionnaires import answer_text, question_text
from screening.services.share_codes import code_texts
from screening.services.summary import Item, Summary
from screening.services.wording import DEFAULT_LANGUAGE, Say, speaker

FOLDER = DATA / "pdf"
Json = dict[str, Any]

OWN_COLOUR = "#0b6e7f"
"""Bars and rules on paper, where a clinic has no colour of its own."""

_TEN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What may stand on the page beside the summary.

    Attributes:
        clinic: As patients know it, or None.
        phone: Its number, or None.
        booking: Where a visit can be booked, or None.
        logo: Its logo as PNG, or None.
        colour: Its colour, ``#rrggbb``, or None: the app's own.
        emergency_number: What to call in an emergency.
        link: A share link to print with its QR picture, only if the person ticked it; never a code or a
            stop link.
        own_lines: Only for the person's own copy: patterns, and the age the published values were for.
        paper: Size of the sheet.
    """

    clinic: str | None = None
    phone: str | None = None
    booking: str | None = None
    logo: bytes | None = None
    colour: str | None = None
    emergency_number: str = "911"
    link: str | None = None
    own_lines: tuple[str, ...] = ()
    paper: Literal["us-letter", "a4"] = "us-letter"


def to_pdf(
    summary: Summary, known: Catalogue, extras: Extras | None = None, *, language: str = DEFAULT_LANGUAGE
) -> bytes:
    """Return the PDF of a summary: tagged (PDF/UA-1 asked for), with its fonts."""
    # Loaded only when a page is made: 39 ms, and most visits make none.
    import typst  # noqa: PLC0415

    data = page_data(summary, known, extras or Extras(), language)
    made: bytes = typst.compile(
        str(FOLDER / "summary.typ"),
        root=str(FOLDER),
        font_paths=[str(FOLDER / "fonts")],
        ignore_system_fonts=True,
        package_path=str(FOLDER),
        package_cache_path=str(FOLDER),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        # Left to itself the file would hold the time of day.
        timestamp=0,
    )
    return made


def page_data(summary: Summary, known: Catalogue, extras: Extras, language: str) -> Json:
    """Return everything the two pages say, as plain values."""
    say, text = speaker(language), code_texts(language)
    groups = [list(items) for _, items in groupby(summary.items, lambda item: item.measure)]
    tried = [items for items in groups if not all(_is_not_done(item) for item in items)]
    left_out = [text[items[0].measure] for items in groups if items not in tried]
    gaps = {each.test: text[each.code] for each in summary.comparisons}
    return {
        "language": language,
        "paper": extras.paper,
        "title": title(summary, say),
        "done_on": say("share.pdf.done_on", day=summary.day),
        "name_line": say("share.pdf.name_line"),
        "banner": " ".join(banner(summary, say)),
        "example": say("share.example") if summary.example else "",
        "footer": say("share.example" if summary.example else "share.pdf.footer", day=summary.day),
        "pain_title": say("share.pain_table"),
        "pain": [*_pains(summary, say, text)],
        "worst_title": say("share.worst"),
        "worst": text[summary.worst] if summary.worst else "",
        "tests_title": say("share.tests_table"),
        "test_title": say("share.test"),
        "left": text["side-left"],
        "right": text["side-right"],
        "no_tests": say("share.pdf.no_tests"),
        "tests": [_test(items, gaps, known, language) for items in tried],
        "not_done_title": text["reason-not-done"],
        "not_done": ", ".join(left_out),
        "fixed": [
            [say("share.can_mean"), say("share.can_mean_text")],
            [say("share.not_in"), say("share.not_in_text")],
        ],
        "answers_title": say("share.pdf.answers"),
        "question_title": say("share.item"),
        "answer_title": say("share.answer"),
        "answers": [*_answers(summary, known, say), *_usual(summary, say, text)],
        "versions": " · ".join(f"{part} {value}" for part, value in summary.versions.items()),
        "sources_title": say("share.pdf.sources"),
        "sources": "; ".join(_sources([items[0].test for items in tried], known)),
        "own_title": say("share.pdf.own_title"),
        "own_what": [
            say("share.pdf.what_text" if tried else "share.pdf.what_none"),
            say("share.can_mean_text"),
        ],
        "own_tests_title": say("share.pdf.own_tests"),
        "own": [*_own_page(extras, say)],
        "help_title": say("share.pdf.help"),
        "help": say("share.pdf.help_text", number=extras.emergency_number),
        "clinic_title": say("share.pdf.clinic"),
        "clinic": " · ".join(each for each in (extras.clinic, extras.phone) if each),
        "link_title": say("share.pdf.link"),
        "qr": to_svg(extras.link, title=say("share.pdf.qr_alt")) if extras.link else "",
        "qr_alt": say("share.pdf.qr_alt"),
        "link": extras.link or "",
        "link_lines": _cut(extras.link or ""),
        "colour": extras.colour or OWN_COLOUR,
        "logo": list(extras.logo or b""),
        "clinic_name": extras.clinic or "",
        "book": say("share.pdf.book", address=extras.booking) if extras.booking else "",
    }


_LINK_LINE = 60
"""Characters of a link in one line. Cut by line ends only: what is copied from the page must still open."""


def _cut(link: str) -> list[str]:
    return [link[start : start + _LINK_LINE] for start in range(0, len(link), _LINK_LINE)]


def _is_not_done(item: Item) -> bool:
    return item.reason == "reason-not-done"


def _pains(summary: Summary, say: Say, text: Mapping[str, str]) -> Iterator[Json]:
    missing = text["spot-none"] if summary.no_pain else say("share.not_answered")
    for code, value in (
        ("pain-average-7d", summary.average),
        ("pain-now", summary.now),
        ("pain-impact", summary.impact),
    ):
        yield {
            "name": text[code],
            "value": missing if value is None else say("share.unit.points", value=shown(value), most=_TEN),
            "part": None if value is None else value / _TEN,
            "said": "",
        }


def _test(items: list[Item], gaps: Mapping[str, str], known: Catalogue, language: str) -> Json:
    say, text, test = speaker(language), code_texts(language), items[0].test
    by_side = {item.side: item for item in items}
    longest = max([_end(items[0]), *(item.value or 0 for item in items)])
    lines = []
    if not known.selftests[test].higher_is_better:
        lines.append(say("share.pdf.less"))
    if test in gaps:
        lines.append(gaps[test])
    margin = next((item.margin for item in items if item.margin is not None), None)
    if margin is not None:
        unit = say(f"share.unit.{items[0].unit}", value=shown(margin), most=shown(items[0].most))
        lines.append(say("share.pdf.margin", value=unit))
    return {
        "name": text[items[0].measure],
        "lines": lines,
        "both": items[0].side is None,
        "results": [
            _result(by_side[side], longest, say, text) if side in by_side else _EMPTY
            for side in ((None,) if None in by_side else Side)
        ],
    }


STANDS_SHOWN = 30.0
"""How far the strip of counted stands goes; a higher count makes it longer."""


def _end(item: Item) -> float:
    return STANDS_SHOWN if item.unit == "stands" else item.most


_EMPTY: Json = {"value": "", "part": None, "compared": "", "said": ""}
"""A side that did another form of the test: that form has a line of its own."""


def _result(item: Item, longest: float, say: Say, text: Mapping[str, str]) -> Json:
    code = item.reason or item.band
    compared = text[code] if code else ""
    return {
        "value": amount(item, say),
        "part": None if item.value is None else max(0.0, item.value) / longest,
        "compared": compared,
        "said": " · ".join([compared, *_around(item, say, text)]).strip(" ·"),
    }


def _around(item: Item, say: Say, text: Mapping[str, str]) -> Iterator[str]:
    if item.around is None:
        return
    if len(item.around.tries) > 1:
        yield say("share.pdf.tries", values=", ".join(shown(each) for each in item.around.tries))
    pain = (item.around.before, item.around.during, item.around.after)
    if any(each is not None for each in pain):
        yield say(
            "share.pdf.pain", values="\u00a0/\u00a0".join("-" if each is None else str(each) for each in pain)
        )
    if item.around.spot:
        yield text[item.around.spot]


def _answers(summary: Summary, known: Catalogue, say: Say) -> Iterator[tuple[str, str]]:
    for each in summary.answers:
        words = (answer_text(each.question, value, known.instruments, say) for value in each.values)
        yield question_text(each.question, known.instruments, say), ", ".join(words)


def _usual(summary: Summary, say: Say, text: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if summary.activity is None:
        return
    for code, attribute, _ in USUAL:
        value = getattr(summary.activity, attribute)
        yield text[code], say("share.not_answered") if value is None else shown(value)


def _sources(tests: list[str], known: Catalogue) -> Iterator[str]:
    keys = dict.fromkeys(key for test in tests for key in known.selftests[test].sources)
    for key in keys:
        yield known.sources[key].citation


def _own_page(extras: Extras, say: Say) -> Iterator[tuple[str, list[str]]]:
    if extras.own_lines:
        yield say("share.pdf.own_only"), [*extras.own_lines, say("share.pdf.own_only_text")]
    yield say("share.pdf.take"), [say("share.pdf.take_text")]
