"""What the browser sent of the files that were opened. It may be anything."""

from base64 import b64decode
from binascii import Error

MOST_FILES = 10
"""So many are read at once; a person who picks a whole folder picked the wrong thing."""


def read(sent: object) -> tuple[bytes, ...]:
    """Return the files in what the browser sent, which may be anything."""
    if not isinstance(sent, list):
        return ()
    return tuple(_bytes(each) for each in sent[:MOST_FILES])


def _bytes(sent: object) -> bytes:
    """Return one file's bytes; what is no base64 is an empty file, which no reader takes."""
    try:
        return b64decode(sent, validate=True) if isinstance(sent, str) else b""
    except (Error, ValueError):
        return b""
