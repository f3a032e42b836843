"""The one HTML page of the app: Streamlit's, made ours before a script has run.

Streamlit ships a white page in English with its own name and icon. Ours has the right language,
a title, a description, our style sheet, and a heading with the emergency sentence to read at once.
"""

import base64
import hashlib
import html
import re
from collections.abc import Collection, Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import Headers, QueryParams
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from screening.errors import DataFileError
from screening.services import wording
from screening.services.datafiles import read_text
from screening.services.settings import settings
from screening.web.coding import Body, answer, compressed, whole_answer
from screening.web.installed import served_folder
from screening.web.viewer_page import VIEWER_FILES

_STATIC = Path(__file__).resolve().parent / "static"

_MARKS = {
    "the language": r'<html lang="en">',
    "the icon": r'<link rel="shortcut icon" href="\./favicon\.png" />',
    "the font preload": r'<link\s+rel="preload"\s+href="[^"]+"\s+as="font"[^>]*/>',
    "the title": r"<title>Streamlit</title>",
    "the pointer to the agent interface": r'<!--(?:(?!-->).)*-->\s*<link rel="service-desc"[^>]*/>',
    "the words for browsers without scripts": r"<noscript>.*?</noscript>",
    "the root": r'<div id="root"></div>',
}
_INLINE_SCRIPT = r"<script>(.*?)</script>"
_MAIN_SCRIPT = r'<script type="module"[^>]* src="\./(static/js/[^"]+)"'
_STATIC_FILE = r'(?:src|href)="\./(static/[^"]+\.(?:js|css))"'

_NO_PAGES = ("/_stcore/", "/media/", "/component/", "/static/", "/ui/", "/s/")
"""Below these no page lies; files there may be large and are not held back."""

_VIEWER = frozenset(f"/{name}" for name in VIEWER_FILES)
"""Pages of ours that are never Streamlit's."""


@cache
def installed_page() -> str:
    """Return the index page as Streamlit ships it."""
    return read_text(served_folder() / "index.html")


def inline_script_hashes() -> tuple[str, ...]:
    """Return the hash source of every script inside the index page, for the policy header."""
    scripts = re.findall(_INLINE_SCRIPT, installed_page(), re.DOTALL)
    digests = (hashlib.sha256(each.encode()).digest() for each in scripts)
    return tuple(f"sha256-{base64.b64encode(each).decode()}" for each in digests)


def first_files() -> tuple[str, ...]:
    """Return the paths of the scripts and styles every visit loads, as `/static/…`."""
    return tuple(f"/{each}" for each in re.findall(_STATIC_FILE, installed_page()))


def page(language: str, shipped: str) -> str:
    """Return the index page in one language.

    Args:
        language: A language there is wording for.
        shipped: The index page as Streamlit ships it.

    Raises:
        DataFileError: The shipped page lacks a mark we replace, or has it twice: read it again,
            and this module, before this Streamlit version is used.
    """
    if len(re.findall(_MAIN_SCRIPT, shipped)) != 1:
        raise DataFileError("index.html: the main script is not there exactly once")
    for what, new in _pieces(language).items():
        # The replacement is a function, so that no backslash in a sentence is read as a group.
        shipped, found = re.subn(_MARKS[what], lambda _, new=new: new, shipped, flags=re.DOTALL)  # type: ignore[misc]
        if found != 1:
            raise DataFileError(f"index.html: {what} is not there exactly once")
    return shipped


def _pieces(language: str) -> dict[str, str]:
    say = wording.speaker(language)

    def words(key: str, **values: object) -> str:
        return html.escape(say(f"edge.{key}", **values))

    emergency = words("emergency", emergency=settings().emergency_number)
    first_paint = f"<h1>{words('heading')}</h1><p>{emergency}</p><p>{words('loading')}</p>"
    return {
        "the language": f'<html lang="{language}">',
        "the icon": '<link rel="icon" type="image/svg+xml" href="./ui/icon.svg" />',
        "the font preload": '<meta name="color-scheme" content="light dark" />',
        "the title": f"<title>{words('title')}</title>\n"
        f'    <meta name="description" content="{words("description")}" />\n'
        f"    <style>{read_text(_STATIC / 'first_paint.css')}</style>",
        "the pointer to the agent interface": '<link rel="stylesheet" href="./ui/app.css" />',
        "the words for browsers without scripts": f"<noscript><p>{words('no_script')}</p></noscript>",
        "the root": f'<div id="root"><main class="first-paint">{first_paint}</main></div>',
    }


@cache
def pages() -> Mapping[str, Body]:
    """Return the index page in every language of the settings, made once at start."""
    return {each: compressed(page(each, installed_page()).encode()) for each in settings().languages}


@cache
def _not_found(language: str) -> Body:
    say = wording.speaker(language)
    words = {key: html.escape(say(f"edge.{key}")) for key in ("not_found", "not_found_more", "to_start")}
    return compressed(
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="UTF-8" />'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />'
        '<meta name="color-scheme" content="light dark" />'
        f"<title>{words['not_found']}</title><style>{read_text(_STATIC / 'first_paint.css')}</style></head>"
        f'<body><main class="first-paint"><h1>{words["not_found"]}</h1><p>{words["not_found_more"]}</p>'
        f'<p><a href="/">{words["to_start"]}</a></p></main></body></html>'.encode()
    )


def language_for(asked: str | None, accepted: str, available: tuple[str, ...]) -> str:
    """Choose the page's language: what the address asks for, else the browser's first that we have.

    Args:
        asked: The address's `lang`, or None.
        accepted: The browser's `Accept-Language`.
        available: The languages there are, the default first.
    """
    if asked in available:
        return str(asked)
    wishes = []
    for place, wish in enumerate(accepted.split(",")):
        name, _, quality = wish.partition(";q=")
        wishes.append((-_number(quality), place, name.strip().partition("-")[0].lower()))
    return next(
        (name for refused, _, name in sorted(wishes) if refused < 0 and name in available), available[0]
    )


def _number(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0


class IndexPage:
    """Answer with our index page wherever Streamlit would answer with its own.

    Streamlit answers every unknown address with the app and status 200; here an address that is
    no page is 404 and says so.
    """

    def __init__(self, app: ASGIApp, first: str = "", names: Collection[str] = ()) -> None:
        """Keep the inner app, and the names of the first page and of the others.

        The first page's address is `/`; its name leads there.
        """
        self.app = app
        self.first = first
        self.names = frozenset({"", *names})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Exchange Streamlit's index page; hand everything else on."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        if scope["path"] in _VIEWER:
            await self.app(scope, receive, send)
            return
        if scope["path"].startswith(_NO_PAGES):
            await self.app(scope, receive, _without_pages(send))
            return
        if self.first and scope["path"] == f"/{self.first}":
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"/?{query}" if query else "/")(scope, receive, send)
            return
        inner = await whole_answer(self.app, scope, receive)
        if inner.status == HTTPStatus.OK and inner.body == installed_page().encode():
            await self._ours(scope, send)
        else:
            await inner.pass_on(scope, send)

    async def _ours(self, scope: Scope, send: Send) -> None:
        asked = QueryParams(scope["query_string"]).get("lang")
        accepted = Headers(scope=scope).get("accept-language", "")
        language = language_for(asked, accepted, settings().languages)
        known = scope["path"].strip("/") in self.names
        body = pages()[language] if known else _not_found(language)
        headers = {
            "content-type": "text/html; charset=utf-8",
            "cache-control": "no-cache",
            "content-language": language,
            "vary": "Accept-Language",
        }
        await answer(scope, send, body, headers, HTTPStatus.OK if known else HTTPStatus.NOT_FOUND)


def _without_pages(send: Send) -> Send:
    """Turn an HTML answer with status 200 into a 404: it is Streamlit's answer to "no such file"."""
    turned = False

    async def send_on(message: Message) -> None:
        nonlocal turned
        if message["type"] == "http.response.start" and message["status"] == HTTPStatus.OK:
            turned = Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
            if turned:
                head = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"0")]
                message = {**message, "status": HTTPStatus.NOT_FOUND, "headers": head}
        elif turned:
            message = {**message, "body": b""}
        await send(message)

    return send_on
