"""The addresses of a shared summary: the viewer page, and sealed documents behind random ids.

Handlers are thin: look at the request, call the store, answer. What is not there, is over, was stopped or
is locked looks the same to the byte.
"""

import hashlib
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from screening.errors import Gone, SharingOff, StoreDown, TooOften, WrongCode
from screening.sharing.limits import MOST_BODY_BYTES, REQUESTS_A_MINUTE, RETRY_S, Windows
from screening.sharing.link import is_secret
from screening.sharing.store import Store
from screening.web.coding import Body, answer, compressed
from screening.web.viewer_page import VIEWER_FILES, Clinic, viewer_file

_log = logging.getLogger("screening.web.share")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
"""What the viewer page may do: run our one script, fetch from here, and nothing else."""

HEADERS: Mapping[str, str] = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
}
"""On every answer of these addresses, whatever its status. Set here, so that no other floor can loosen it."""

OPEN_TO_ALL: Mapping[str, str] = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST, DELETE",
    "access-control-allow-headers": "content-type, authorization",
    "access-control-max-age": "86400",
}
"""Other readers of such links run on their own pages. There is no cookie that they could borrow."""

_JOSE = "application/jose"
_METHODS = "GET, POST, DELETE, OPTIONS"
_GONE = b'{"error":"This link is not active."}'

_BAD = 400
_WRONG_CODE = 401
_NOT_FOUND = 404
_NOT_ALLOWED = 405
_TOO_LARGE = 413
_TOO_OFTEN = 429
_BROKEN = 500
_DOWN = 503


class Host(Clinic, Protocol):
    """What these addresses must know of the host's settings, and what the viewer shows of them."""

    @property
    def store(self) -> Store | None:
        """Where they are kept; None while sharing is off: every link is then "not active"."""

    @property
    def share_base(self) -> str | None:
        """The public base address, as in every link; None while sharing is off."""


def share_routes(host: Host, *, prefix: str = "", clock: Callable[[], float] = time.time) -> list[BaseRoute]:
    """Return the routes of the viewer and of the sealed documents.

    Args:
        host: The host's settings and store, looked at for each request: both may come later than this.
        prefix: What stands before every path as the server sees it, such as `/clinic`.
        clock: Epoch seconds, for the rate limit.
    """
    shares = Shares(host, clock)
    files = [
        Route(f"{prefix}/{name}", ViewerFile(name, host))  # an object, so that it sees every method
        for name in VIEWER_FILES
    ]
    return [*files, Route(f"{prefix}/s", shares), Route(f"{prefix}/s/{{rest:path}}", shares)]


class ViewerFile:
    """One file of the viewer: the same bytes for everyone, whatever is asked along with it."""

    def __init__(self, name: str, host: Host) -> None:
        self.name = name
        self.host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer GET and HEAD."""
        if scope["method"] not in {"GET", "HEAD"}:
            refused = Response(status_code=_NOT_ALLOWED, headers={**HEADERS, "allow": "GET, HEAD"})
            await refused(scope, receive, send)
            return
        plain, kind = viewer_file(self.name, self.host)
        await answer(scope, send, _small(plain), {**HEADERS, "content-type": kind})


@lru_cache(maxsize=16)
def _small(plain: bytes) -> Body:
    """Compressed once: a phone on a slow line waits for a third of the bytes."""
    return compressed(plain)


class Shares:
    """Everything below `/s`."""

    def __init__(self, host: Host, clock: Callable[[], float]) -> None:
        """Keep the host; count requests in this process."""
        self._host = host
        self._clock = clock
        self._windows = Windows(most=REQUESTS_A_MINUTE, seconds=60)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens."""
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            return await self._dispatch(request)
        except Exception as error:
            return _failed(error)

    async def _dispatch(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={**HEADERS, **OPEN_TO_ALL})
        if request.method not in {"GET", "POST", "DELETE"}:
            return _error("Not allowed.", _NOT_ALLOWED, {"allow": _METHODS})
        parts = str(request.path_params.get("rest", "")).split("/")
        shape = tuple("*" if is_secret(part) else part for part in parts)
        handler = _HANDLERS.get((request.method, shape))
        if handler is None:
            raise Gone("no such address")
        secret = parts[shape.index("*")]
        # Hashed, so that no id lies about in memory for longer than its request.
        self._windows.spend(hashlib.sha256(secret.encode()).hexdigest(), self._clock())
        return await handler(self, request, secret)

    @property
    def _kept(self) -> Store:
        if self._host.store is None:
            raise Gone("sharing is off")
        return self._host.store

    async def direct(self, _: Request, share_id: str) -> Response:
        """Answer with the document of a link without a code."""
        return _sealed(await run_in_threadpool(self._kept.fetch, share_id))

    async def by_ticket(self, _: Request, ticket: str) -> Response:
        """Answer once with the document behind a ticket."""
        return _sealed(await run_in_threadpool(self._kept.redeem, ticket))

    async def manifest(self, request: Request, share_id: str) -> Response:
        """Answer with the list of files: always one."""
        body = await _body(request)
        if body is None:
            return _error("Too large.", _TOO_LARGE)
        asked = _asked(body)
        if asked is None:
            return _error("Not a manifest request.", _BAD)
        code, most = asked
        jwe = await run_in_threadpool(self._kept.fetch_with, share_id, code)
        file = {"contentType": "application/fhir+json", "fhirVersion": "4.0.1", "status": "finalized"}
        if most is None or len(jwe) <= most:
            return _said({"files": [{**file, "embedded": jwe}]})
        ticket = await run_in_threadpool(self._kept.ticket, share_id)
        return _said({"files": [{**file, "location": f"{self._host.share_base}/s/f/{ticket}"}]})

    async def status(self, request: Request, share_id: str) -> Response:
        """Tell the holder of the stop token how the share is doing."""
        found = await run_in_threadpool(self._kept.status, share_id, _token(request))
        day: date | None = found.last_view_day
        return _said(
            {
                "live": found.live,
                "views": found.views,
                "last_view_day": day.isoformat() if day else None,
                "expires": found.expires,
            }
        )

    async def stop(self, request: Request, share_id: str) -> Response:
        """End the share for the holder of the stop token."""
        if not await run_in_threadpool(self._kept.revoke, share_id, _token(request)):
            raise Gone("not its stop token")
        return _said({"stopped": True})


_HANDLERS: Mapping[tuple[str, tuple[str, ...]], Callable[[Shares, Request, str], Awaitable[Response]]] = {
    ("GET", ("*",)): Shares.direct,
    ("POST", ("*",)): Shares.manifest,
    ("DELETE", ("*",)): Shares.stop,
    ("GET", ("*", "status")): Shares.status,
    ("GET", ("f", "*")): Shares.by_ticket,
}


def _failed(error: Exception) -> Response:
    """Say what went wrong, in as many ways as there are statuses. An error's words may hold an id: unsaid."""
    match error:
        case Gone():
            found = _gone()
        case WrongCode():
            found = _said({"remainingAttempts": error.left}, _WRONG_CODE)
        case TooOften():
            wait = {"retry-after": str(error.wait_s or RETRY_S)}
            found = _error("Too many requests.", _TOO_OFTEN, wait)
        case StoreDown() | SharingOff():
            found = _error("Try again later.", _DOWN, {"retry-after": str(RETRY_S)})
        case ClientDisconnect():
            found = _error("Gone away.", _BAD)
        case _:
            _log.error("share request failed: %s", type(error).__name__)
            found = _error("Something went wrong.", _BROKEN)
    return found


def _token(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


async def _body(request: Request) -> bytes | None:
    """Return a small body, or None for one over the limit, also when it comes without a length."""
    found = b""
    async for piece in request.stream():
        found += piece
        if len(found) > MOST_BODY_BYTES:
            return None
    return found


def _asked(body: bytes) -> tuple[str | None, int | None] | None:
    """Return code and longest embedded length of a manifest request; None where it is not one.

    The recipient's name must be there, and is looked at no further.
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    recipient, most, code = said.get("recipient"), said.get("embeddedLengthMax"), said.get("passcode")
    if not isinstance(recipient, str) or not recipient.strip():
        return None
    if most is not None and (isinstance(most, bool) or not isinstance(most, int) or most < 0):
        return None
    return (code if isinstance(code, str) else None), most


def _sealed(jwe: str) -> Response:
    return Response(jwe, headers={**HEADERS, **OPEN_TO_ALL, "content-type": _JOSE})


def _gone() -> Response:
    return Response(_GONE, _NOT_FOUND, headers={**HEADERS, **OPEN_TO_ALL, "content-type": "application/json"})


def _said(what: Mapping[str, Any], status: int = 200, more: Mapping[str, str] | None = None) -> Response:
    body = json.dumps(what, separators=(",", ":")).encode()
    kind = {"content-type": "application/json"}
    return Response(body, status, headers={**HEADERS, **OPEN_TO_ALL, **kind, **(more or {})})


def _error(words: str, status: int, more: Mapping[str, str] | None = None) -> Response:
    return _said({"error": words}, status, more)
