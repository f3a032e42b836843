"""The viewer's three files, put together once: page, script, style."""

import html
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

from screening.services import wording
from screening.services.datafiles import read_text
from screening.services.summary_drawing import spot_places, strip_ends, viewer_words

FOLDER = Path(__file__).resolve().parent / "viewer"
DRAWING = FOLDER.parents[1] / "views" / "components" / "summary"
"""What draws a summary, on the share page and here: one script and its style."""

VIEWER_FILES: Mapping[str, tuple[str, str]] = {
    "v": ("v.html", "text/html; charset=utf-8"),
    "v.js": ("v.js", "text/javascript; charset=utf-8"),
    "v.css": ("v.css", "text/css; charset=utf-8"),
}
"""Address to file and content type."""

_SHARED: Mapping[str, Path] = {"v.js": DRAWING / "draw.mjs", "v.css": DRAWING / "summary.css"}
"""What stands before our own part of a file: the page loads one script and one style."""


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
    shared = [_squeezed(_SHARED[file]).replace("export ", "")] if file in _SHARED else []
    return "\n".join([*shared, _squeezed(FOLDER / file)]).encode()


@cache
def _page(contact: tuple[str | None, ...], languages: tuple[str, ...]) -> bytes:
    """Fill the words in as data: the page holds no script of its own, and nothing a reader sent."""
    data = {
        "axis": strip_ends(),
        "places": spot_places(),
        "clinic": dict(zip(("name", "phone", "booking"), contact, strict=True)),
        "words": {each: viewer_words(each) for each in languages},
    }
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    say = wording.speaker(languages[0])
    page = _squeezed(FOLDER / "v.html")
    for mark, text in {
        "{language}": languages[0],
        "{title}": html.escape(say("viewer.title")),
        "{no_script}": html.escape(say("viewer.no_script")),
        "{data}": packed,
    }.items():
        page = page.replace(mark, text)
    return page.encode()


_TEXTS = re.compile(r'("(?:[^"\\]|\\.)*"|`[^`]*`)')
_JOINED = re.compile(r"(?<=[;{,(\[])\n|\n(?=[})\].])")
"""Ends of lines that mean nothing, in a script whose every statement ends with a semicolon."""

_LEFT_OUT = ("//", "/*", "import ")
"""Lines that only a reader of the source needs; what is imported stands in the same file already."""

_APP_ONLY = "/* -- in the app only -- */"

_AROUND = {
    ".js": re.compile(r" ?([-=!,{}():?;+<>|&*]+) ?"),
    ".mjs": re.compile(r" ?([-=!,{}():?;+<>|&*]+) ?"),
    ".css": re.compile(r" ?([,{}:;>]) ?"),
}


def _squeezed(file: Path) -> str:
    """Leave out what only a reader of the source needs: comments, indentation, spaces around signs.

    The scripts are ours and keep to what this understands: no regular expression holds a space or a
    double quote, no template stands in a template. The tests run the squeezed files.
    """
    lines = (line.strip() for line in read_text(file).partition(_APP_ONLY)[0].split("\n"))
    text = "\n".join(line for line in lines if line and not line.startswith(_LEFT_OUT))
    around = _AROUND.get(file.suffix)
    if around is None:
        return text
    parts = _TEXTS.split(_JOINED.sub("", text))
    parts[::2] = [around.sub(r"\1", part) for part in parts[::2]]
    squeezed = "".join(parts)
    return squeezed.replace(";}", "}").replace("}\n", "}") if file.suffix == ".css" else squeezed
