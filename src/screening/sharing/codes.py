"""Six digits that travel another way than the link, and their salted, slow hash."""

import hashlib
import hmac
import secrets
import threading

from screening.sharing.limits import HASHES_AT_ONCE, LONGEST_CODE

DIGITS = 6
SALT_BYTES = 16
_COST, _BLOCK, _LANES, _BYTES = 2**14, 8, 1, 32
_MEMORY = 64 * 1024 * 1024

_turn = threading.BoundedSemaphore(HASHES_AT_ONCE)


def new_code() -> str:
    """Return six random digits; leading zeros count."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def new_salt() -> bytes:
    """Return 16 random bytes."""
    return secrets.token_bytes(SALT_BYTES)


def digest(code: str, salt: bytes) -> bytes:
    """Return the 32 bytes kept in place of a code. Slow on purpose; at most four run at once."""
    with _turn:
        return hashlib.scrypt(
            code.encode("utf-8", "surrogatepass"),
            salt=salt,
            n=_COST,
            r=_BLOCK,
            p=_LANES,
            maxmem=_MEMORY,
            dklen=_BYTES,
        )


def matches(code: str, salt: bytes, kept: bytes) -> bool:
    """Return whether a code is the one behind a hash. A far too long one is wrong without hashing."""
    return len(code) <= LONGEST_CODE and hmac.compare_digest(digest(code, salt), kept)
