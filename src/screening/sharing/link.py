"""SMART Health Link text: build it, read it, with every limit checked at the door.

Source: HL7 "SMART Health Cards and Links" 1.0.0 (STU 1), links specification.
"""

import base64
import binascii
import json
import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from screening.errors import LinkRejected
from screening.sharing.limits import DAY_S, DAYS, HOUR_S

LABEL = "Self-check summary"
"""The same for everybody: whoever sees the link can read it, also without the code."""

SCHEME = "shlink:/"
VERSION = 1

LONGEST_URL = 128
LONGEST_LABEL = 80
LONGEST_LINK = 4_096
SECRET_BYTES = 32
SECRET_CHARS = 43
"""32 bytes in base64url without padding."""

LONGEST_BASE = LONGEST_URL - len("/s/") - SECRET_CHARS

MILLISECONDS_FROM = 100_000_000_000
"""An `exp` above this is in milliseconds, as in the guide's own example; in seconds it is the year 5138."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def new_secret() -> str:
    """Return 32 random bytes as 43 characters: an id, a key, a stop token or a ticket."""
    return encode(secrets.token_bytes(SECRET_BYTES))


def is_secret(text: str) -> bool:
    """Return whether a text has the form of an id, key, stop token or ticket."""
    return _SECRET.fullmatch(text) is not None


def encode(data: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Read base64url strictly: its own alphabet, no padding, no spare bit set.

    Raises:
        ValueError: Anything else. Two texts for the same bytes would be one too many.
    """
    try:
        data = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("not base64url") from error
    if encode(data) != text:
        raise ValueError("not base64url as it is written")
    return data


def checked_base(base: str) -> str:
    """Return the public base address if links can be built on it.

    Raises:
        ValueError: Not https (plain http only on loopback), a slash, query or fragment at its end, a
            user name in it, or so long that a link would pass 128 characters.
    """
    parts = urlsplit(base)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ValueError("must start with https://, or be a loopback address")
    if not parts.hostname or "@" in parts.netloc or not re.fullmatch(r"[!-~]+", base):
        raise ValueError("must be a plain address")
    if parts.query or parts.fragment or base.endswith(("/", "?", "#")):
        raise ValueError("must end with the name or path: no slash, query or fragment")
    if len(base) > LONGEST_BASE:
        raise ValueError(f"must be at most {LONGEST_BASE} characters")
    return base


def expiry(now: float, days: int) -> int:
    """Return when a link made now ends: epoch seconds, rounded up to the full hour.

    Raises:
        ValueError: Not one of the offered numbers of days.
    """
    if isinstance(days, bool) or days not in DAYS:
        raise ValueError(f"days must be one of {DAYS}")
    return -int(-(now + days * DAY_S) // HOUR_S) * HOUR_S


def payload(base: str, share_id: str, key: str, expires: int, *, code: bool) -> dict[str, Any]:
    """Return what a link says.

    Args:
        base: The public base address.
        share_id: 43 characters.
        key: 43 characters.
        expires: Epoch seconds, on a full hour.
        code: A code is asked for: flag P. Without one the file is read directly: flag U.

    Raises:
        ValueError: Any of these is not as it must be.
    """
    if not (is_secret(share_id) and is_secret(key)):
        raise ValueError("id and key must be 43 characters of base64url")
    if expires % HOUR_S:
        raise ValueError("expires must be on a full hour")
    return {
        "url": f"{checked_base(base)}/s/{share_id}",
        "key": key,
        "label": LABEL,
        "v": VERSION,
        "exp": expires,
        "flag": "P" if code else "U",
    }


def bare(said: dict[str, Any]) -> str:
    """Return the link for software: `shlink:/…`."""
    minified = json.dumps(said, separators=(",", ":"), ensure_ascii=False)
    return SCHEME + encode(minified.encode("utf-8"))


def with_viewer(viewer: str, said: dict[str, Any]) -> str:
    """Return the link for people: a page that opens it, and the bare link after `#`."""
    return f"{viewer}#{bare(said)}"


def stop_link(base: str, share_id: str, token: str) -> str:
    """Return the link that ends a share. Its holder needs no key and gets none."""
    return f"{checked_base(base)}/v#stop:{share_id}.{token}"


def read_stop(text: str) -> tuple[str, str]:
    """Return id and token of a stop link.

    Raises:
        LinkRejected: Not one that `stop_link` made.
    """
    share_id, _, token = text.partition("#stop:")[2].partition(".")
    if not (is_secret(share_id) and is_secret(token)):
        raise LinkRejected("not a stop link")
    return share_id, token


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a link says, as read.

    Attributes:
        url: Where the sealed document is.
        key: 32 bytes.
        expires: Epoch seconds, or None; a hint only.
        code: A code is asked for.
        direct: The document is read directly, by GET.
        label: At most 80 characters, else None.
    """

    url: str
    key: bytes
    expires: float | None
    code: bool
    direct: bool
    label: str | None


def read(text: str) -> Link:
    """Read a link, bare or behind a viewer's address. Unknown properties and flags are ignored.

    Raises:
        LinkRejected: Damaged, or from a newer version.
    """
    said = parse(text)
    if said.get("v", VERSION) != VERSION or isinstance(said.get("v", VERSION), bool):
        if isinstance(said["v"], (int, float)) and not isinstance(said["v"], bool):
            raise LinkRejected("a newer version", why="newer")
        raise LinkRejected("the version is not a number")
    flags, expires, label = said.get("flag", ""), said.get("exp"), said.get("label")
    if not isinstance(flags, str) or {"P", "U"} <= set(flags):
        raise LinkRejected("flags that cannot be")
    if expires is not None and (isinstance(expires, bool) or not isinstance(expires, (int, float))):
        raise LinkRejected("the expiry is not a number")
    if expires is not None and expires > MILLISECONDS_FROM:
        expires /= 1000
    short = isinstance(label, str) and len(label) <= LONGEST_LABEL
    return Link(
        url=_url(said.get("url")),
        key=_key(said.get("key")),
        expires=expires,
        code="P" in flags,
        direct="U" in flags,
        label=label if short else None,
    )


def parse(text: str) -> dict[str, Any]:
    """Return the JSON object inside a link.

    Raises:
        LinkRejected: No `shlink:/`, not base64url, not JSON, not an object, or far too long.
    """
    _, mark, packed = text.partition(SCHEME)
    if not mark or len(text) > LONGEST_LINK:
        raise LinkRejected("not a link of this kind")
    try:
        said = json.loads(decode(packed))
    except (ValueError, RecursionError) as error:
        raise LinkRejected("cut short or changed") from error
    if not isinstance(said, dict):
        raise LinkRejected("not an object")
    return said


def _url(found: object) -> str:
    if not isinstance(found, str) or not found or len(found) > LONGEST_URL:
        raise LinkRejected("no address, or one that is too long")
    return found


def _key(found: object) -> bytes:
    try:
        key = decode(found) if isinstance(found, str) else b""
    except ValueError:
        key = b""
    if len(key) != SECRET_BYTES:
        raise LinkRejected("no key")
    return key
