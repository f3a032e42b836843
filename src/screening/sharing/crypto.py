"""Seal and open: AES-256-GCM in a compact JWE, with a new key and a new nonce each time.

Source: RFC 7516 (JWE), RFC 7518 section 5.3 (A256GCM), and the SMART Health Link specification.
"""

import json
import secrets
import zlib
from typing import Any

from screening.errors import JweAuth, JweFormat, JweTooLarge, JweUnsupported
from screening.sharing.limits import MOST_FOREIGN_BYTES, MOST_OPENED_BYTES
from screening.sharing.link import decode, encode

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
PARTS = 5

HEADER = {"alg": "dir", "enc": "A256GCM", "cty": "application/fhir+json"}
"""Written in this order, and nothing else: no `zip`, no `kid`."""

_RAW_DEFLATE = -15


def seal(plain: bytes, key: bytes) -> str:
    """Return the compact JWE of some bytes.

    Args:
        plain: What to seal.
        key: 32 bytes, used for this one sealing only: a nonce must never meet a key twice.

    Raises:
        ValueError: Another length of key.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the key must be 32 bytes")
    protected = encode(json.dumps(HEADER, separators=(",", ":")).encode("ascii"))
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _aes(key).encrypt(nonce, plain, protected.encode("ascii"))
    return ".".join((protected, "", encode(nonce), encode(sealed[:-TAG_BYTES]), encode(sealed[-TAG_BYTES:])))


def unseal(jwe: str, key: bytes, limit: int = MOST_OPENED_BYTES) -> tuple[dict[str, Any], bytes]:
    """Return the header and the bytes of a compact JWE.

    Args:
        jwe: Five parts, joined by dots.
        key: 32 bytes.
        limit: Most bytes after inflating.

    Raises:
        JweFormat: Not a compact JWE, or its stream is not whole.
        JweUnsupported: It asks for something that is not read here.
        JweAuth: It was changed, or this is not its key.
        JweTooLarge: Before or after inflating.
    """
    if len(jwe) > max(MOST_FOREIGN_BYTES, limit * 2):
        raise JweTooLarge("too large to open")
    parts = jwe.split(".")
    if len(parts) != PARTS or parts[1]:
        raise JweFormat("not the five parts of a directly sealed document")
    nonce, sealed, tag = (_bytes(part) for part in parts[2:])
    if len(nonce) != NONCE_BYTES or len(tag) != TAG_BYTES:
        raise JweFormat("nonce or tag of another length")
    header = _header(parts[0])
    plain = _decrypted(key, nonce, sealed + tag, parts[0].encode("ascii"))
    if "zip" in header:
        plain = _inflated(plain, limit)
    if len(plain) > limit:
        raise JweTooLarge("too large")
    return header, plain


def _aes(key: bytes) -> Any:
    # Loaded only when something is sealed: most visits never share.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    return AESGCM(key)


def _decrypted(key: bytes, nonce: bytes, sealed: bytes, protected: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415

    if len(key) != KEY_BYTES:
        raise JweAuth("not its key")
    try:
        plain: bytes = _aes(key).decrypt(nonce, sealed, protected)
    except InvalidTag:
        raise JweAuth("changed, or another key") from None
    return plain


def _header(part: str) -> dict[str, Any]:
    try:
        header = json.loads(_bytes(part))
    except (ValueError, RecursionError):
        raise JweFormat("the header is not JSON") from None
    if not isinstance(header, dict):
        raise JweFormat("the header is not an object")
    if header.get("alg") != "dir" or header.get("enc") != "A256GCM":
        raise JweUnsupported("another algorithm")
    if "crit" in header or header.get("zip", "DEF") != "DEF":
        raise JweUnsupported("a header that must be understood and is not")
    return header


def _bytes(part: str) -> bytes:
    try:
        return decode(part)
    except ValueError:
        raise JweFormat("a part is not base64url") from None


def _inflated(packed: bytes, limit: int) -> bytes:
    inflate = zlib.decompressobj(_RAW_DEFLATE)
    try:
        plain = inflate.decompress(packed, limit + 1)
    except zlib.error:
        raise JweFormat("not a DEFLATE stream") from None
    if len(plain) > limit:
        raise JweTooLarge("too large after inflating")
    if not inflate.eof or inflate.unused_data:
        raise JweFormat("not one whole DEFLATE stream")
    return plain
