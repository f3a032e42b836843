"""The viewer's three files, put together once: page, script, style."""

import html
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from screening.services import wording
from screening.services.catalogue import load
from screening.services.datafiles import read_text
from screening.services.share_codes import code_texts, variants

FOLDER = Path(__file__).resolve().parent / "viewer"

VIEWER_FILES: Mapping[str, tuple[str, str]] = {
    "v": ("v.html", "text/html; charset=utf-8"),
    "v.js": ("v.js", "text/javascript; charset=utf-8"),
    "v.css": ("v.css", "text/css; charset=utf-8"),
}
"""Address to file and content type."""

_WORDS = "viewer."


class Clinic(Protocol):
    """Whom a reader of a dead link can ask, and in which languages the page speaks."""

    @property
    def clinic_name(self) -> str | None:
        """As patients know it."""

    @property
    def phone(self) -> str | None:
        """As people write it."""

    @property
    def booking_url(self) -> str | None:
        """An https address."""

    @property
    def logo(self) -> bytes | None:
        """Its logo, served as ``ui/logo.png``."""

    @property
    def colour(self) -> str | None:
        """Its colour on a light page, checked for contrast."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The default first."""


def viewer_file(name: str, clinic: Clinic) -> tuple[bytes, str]:
    """Return one of the viewer's files and its content type; made once per process."""
    file, kind = VIEWER_FILES[name]
    if file.endswith(".html"):
        contact = (clinic.clinic_name, clinic.phone, clinic.booking_url)
        return _page(contact, tuple(clinic.languages)), kind
    return _plain(file) + (_look(clinic) if file.endswith(".css") else b""), kind


_LOGO = (
    'body::before{content:"";display:block;height:4rem;border-radius:8px;'
    "background:#fff url(ui/logo.png) 8px/auto 80% no-repeat}"
)
"""On a plate of white, as on paper; the clinic's name stands in words below."""


def _look(clinic: Clinic) -> bytes:
    """Return the rules of the clinic's look: its logo, and its colour on a light page."""
    rules = [_LOGO] if clinic.logo else []
    if clinic.colour:
        rules.append(f"@media screen and (prefers-color-scheme:light){{:root{{--teal:{clinic.colour}}}}}")
    return "".join(f"\n{each}" for each in rules).encode()


@cache
def _plain(file: str) -> bytes:
    return _squeezed(file).encode()


@cache
def _page(contact: tuple[str | None, ...], languages: tuple[str, ...]) -> bytes:
    """Fill the words in as data: the page holds no script of its own, and nothing a reader sent."""
    data = {
        "axis": strip_ends(),
        "clinic": dict(zip(("name", "phone", "booking"), contact, strict=True)),
        "words": {each: viewer_words(each) for each in languages},
    }
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    say = wording.speaker(languages[0])
    page = _squeezed("v.html")
    for mark, text in {
        "{language}": languages[0],
        "{title}": html.escape(say("viewer.title")),
        "{no_script}": html.escape(say("viewer.no_script")),
        "{data}": packed,
    }.items():
        page = page.replace(mark, text)
    return page.encode()


@cache
def viewer_words(language: str) -> Mapping[str, Any]:
    """Return what the viewer says in one language: its own sentences, and the texts of our codes."""
    known = wording.sentences(language)
    own = {key.removeprefix(_WORDS): text for key, text in known.items() if key.startswith(_WORDS)}
    drawn = ("spot-", "band-", "side-", "reason-", "pain-now", "pain-average", "pain-impact", *strip_ends())
    texts = {code: text for code, text in code_texts(language).items() if code.startswith(drawn)}
    return {**own, "codes": texts}


STANDS_SHOWN = 30
"""How far the strip of counted stands goes; a higher count makes it longer."""


@cache
def strip_ends() -> Mapping[str, tuple[float, int]]:
    """Return, by measure code, how far its strip goes and whether less is better (1) or more (0)."""
    found = {}
    for test in load().selftests:
        most = STANDS_SHOWN if test.unit == "stands" else test.cap or test.valid[1]
        for code in variants(test.id):
            found[code] = (most, int(not test.higher_is_better))
    return found


_TEXTS = re.compile(r'("(?:[^"\\]|\\.)*"|`[^`]*`)')
_AROUND = {
    "v.js": re.compile(r" ?([-=,{}():?;+<>|&*]+) ?"),
    "v.css": re.compile(r" ?([,{}:;>]) ?"),
}


def _squeezed(file: str) -> str:
    """Leave out what only a reader of the source needs: comments, indentation, spaces around signs.

    The scripts are ours and keep to what this understands: no regular expression holds a space or a
    double quote, no template stands in a template. The tests run the squeezed files.
    """
    lines = (line.strip() for line in read_text(FOLDER / file).split("\n"))
    text = "\n".join(line for line in lines if line and not line.startswith(("//", "/**")))
    around = _AROUND.get(file)
    if around is None:
        return text
    parts = _TEXTS.split(text)
    parts[::2] = [around.sub(r"\1", part) for part in parts[::2]]
    return "".join(parts)
