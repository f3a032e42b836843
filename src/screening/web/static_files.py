"""Streamlit's scripts, compressed; our components' files, revalidated."""

import asyncio
import re
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from screening.errors import DataFileError
from screening.services.datafiles import read_bytes
from screening.web.coding import Body, answer, compressed, whole_answer
from screening.web.installed import served_folder

KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""What is worth compressing; fonts and pictures are small already."""

FOR_EVER = "public, immutable, max-age=31536000"
"""Streamlit's own rule for these files: their names change with their content."""

_ICON_FONT = r"(@font-face\{font-family:Material Symbols Rounded;[^}]*src:)url\([^)]*\)"
_OUR_ICONS = "url(../../ui/icons.woff2)"
_TEXT_FONTS = r"@font-face\{font-family:Source (?:Sans|Serif|Code Pro);[^}]*\}"

COMPONENTS = "/_stcore/bidi-components/"


def file_of(path: str) -> Path | None:
    """Return the installed file behind a path below `/static/`, or None if there is none."""
    root = served_folder() / "static"
    try:
        found = (root / path.removeprefix("/static/")).resolve()
        return found if found.is_relative_to(root) and found.is_file() else None
    except (OSError, ValueError):
        return None


def slim(styles: str) -> str:
    """Return Streamlit's style sheet without 0.5 MB of fonts that every first visit would fetch.

    Its icon font makes way for our part of it; its text fonts go, for the theme uses the device's own.

    Raises:
        DataFileError: The fonts are not where this version has them.
    """
    styles, icons = re.subn(_ICON_FONT, rf"\1{_OUR_ICONS}", styles)
    styles, texts = re.subn(_TEXT_FONTS, "", styles)
    if icons != 1 or not texts:
        raise DataFileError("Streamlit's style sheet: its fonts are not there as expected")
    return styles


@lru_cache(maxsize=1024)
def compressed_file(found: Path) -> Body:
    """Return one installed file's bytes, compressed once per process; the main style sheet without its fonts.

    Raises:
        DataFileError: The main style sheet does not have the fonts this version has.
    """
    plain = read_bytes(found)
    is_main = found.suffix == ".css" and found.name.startswith("index.")
    return compressed(slim(plain.decode()).encode() if is_main else plain)


class CompressedStatic:
    """Serve Streamlit's scripts compressed; Streamlit leaves that to a proxy.

    A missing file is 404 and not, as in Streamlit, the index page with status 200.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer below `/static/`; hand everything else on."""
        if scope["type"] != "http" or not scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        found = file_of(scope["path"])
        if found is None:
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
        elif found.suffix not in KINDS or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
        else:
            body = await asyncio.to_thread(compressed_file, found)
            await answer(scope, send, body, {"content-type": KINDS[found.suffix], "cache-control": FOR_EVER})


class ComponentFiles:
    """Let browsers revalidate our components' scripts, so that they always fit the Python beside them.

    Streamlit says "public" without a validator: a browser may use an old script for days.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Rewrite the answers for component files; hand everything else on."""
        if scope["type"] != "http" or not scope["path"].startswith(COMPONENTS):
            await self.app(scope, receive, send)
            return
        inner = await whole_answer(self.app, scope, receive)
        if inner.status != HTTPStatus.OK or scope["method"] not in {"GET", "HEAD"}:
            await inner.pass_on(scope, send)
            return
        body = compressed(inner.body)
        kind = inner.header("content-type")
        await answer(scope, send, body, {"content-type": kind, "cache-control": "no-cache", "etag": body.tag})
