"""Bytes made once, compressed once, and answered in the coding a browser accepts."""

import gzip
import hashlib
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def _brotli() -> Callable[[bytes], bytes] | None:
    try:
        return importlib.import_module("brotli").compress  # type: ignore[no-any-return]
    except ImportError:
        return None


BROTLI = _brotli()
"""Brotli's compressor where it happens to be installed: 12 % fewer bytes than gzip, not needed."""


@dataclass(frozen=True, slots=True)
class Body:
    """One answer's bytes, as they are and in each coding we have for them.

    Attributes:
        plain: The bytes.
        coded: Coding name, as in `Content-Encoding`, to bytes; the best coding first.
        tag: A weak entity tag: the same for the same plain bytes, in every coding.
    """

    plain: bytes
    coded: Mapping[str, bytes]
    tag: str

    def pick(self, accepted: str) -> tuple[str | None, bytes]:
        """Return the best coding that an `Accept-Encoding` header allows, and its bytes."""
        for coding, data in self.coded.items():
            if _allows(accepted, coding):
                return coding, data
        return None, self.plain


def compressed(plain: bytes) -> Body:
    """Compress once, as small as it gets; the same bytes give the same result."""
    coded = {"br": BROTLI(plain)} if BROTLI else {}
    coded["gzip"] = gzip.compress(plain, 9, mtime=0)
    return Body(plain, MappingProxyType(coded), _tag(plain))


def as_it_is(plain: bytes) -> Body:
    """Leave alone what is small already, such as a font."""
    return Body(plain, MappingProxyType({}), _tag(plain))


def _tag(plain: bytes) -> str:
    return f'W/"{hashlib.sha256(plain).hexdigest()[:32]}"'


async def answer(scope: Scope, send: Send, body: Body, headers: Mapping[str, str], status: int = 200) -> None:
    """Answer one request with a whole body, in the best coding the browser accepts.

    With an `etag` among the headers the browser's copy is confirmed with 304 where it is still right.
    """
    asked = Headers(scope=scope)
    also = headers.get("vary")
    lines = {**headers, "vary": f"Accept-Encoding, {also}" if also else "Accept-Encoding"}
    if "etag" in headers and _knows(asked.get("if-none-match", ""), headers["etag"]):
        await _send(send, 304, lines, b"")
        return
    coding, data = body.pick(asked.get("accept-encoding", ""))
    if coding:
        lines["content-encoding"] = coding
    lines["content-length"] = str(len(data))
    await _send(send, status, lines, b"" if scope["method"] == "HEAD" else data)


@dataclass(frozen=True, slots=True)
class Inner:
    """What an inner app answered: plain, whole and fresh."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def header(self, name: str) -> str:
        """Return one header's value, or ""."""
        return dict(self.headers).get(name.encode("latin-1"), b"").decode("latin-1")

    async def pass_on(self, scope: Scope, send: Send) -> None:
        """Send it on as it is."""
        await send({"type": "http.response.start", "status": self.status, "headers": list(self.headers)})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else self.body})


_UNASKED = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range"}


async def whole_answer(app: ASGIApp, scope: Scope, receive: Receive) -> Inner:
    """Ask an inner app for its plain, whole and fresh answer, also where the browser asked for less."""
    status, headers, parts = 500, tuple[tuple[bytes, bytes], ...](), list[bytes]()
    asked = [each for each in scope["headers"] if each[0] not in _UNASKED]
    method = "GET" if scope["method"] == "HEAD" else scope["method"]

    async def keep(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], tuple(message["headers"])
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app({**scope, "method": method, "headers": asked}, receive, keep)
    return Inner(status, headers, b"".join(parts))


async def _send(send: Send, status: int, headers: Mapping[str, str], data: bytes) -> None:
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": data})


def _knows(offered: str, tag: str) -> bool:
    return tag in {each.strip() for each in offered.split(",")}


def _allows(accepted: str, coding: str) -> bool:
    for offer in accepted.lower().split(","):
        name, _, rest = offer.partition(";")
        if name.strip() == coding:
            return rest.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
