"""The middleware around Streamlit, outside in."""

from collections.abc import Iterable

from starlette.middleware import Middleware

from screening.web.gates import HideInner, OriginGate
from screening.web.headers import SecurityHeaders
from screening.web.index_page import IndexPage
from screening.web.static_files import ComponentFiles, CompressedStatic


def middleware(pages: Iterable[str]) -> list[Middleware]:
    """Return the middleware, outside in.

    Args:
        pages: The names of the app's pages, as in their addresses.
    """
    return [
        Middleware(OriginGate),
        Middleware(SecurityHeaders),
        Middleware(HideInner),
        Middleware(CompressedStatic),
        Middleware(IndexPage, names=frozenset(pages)),
        Middleware(ComponentFiles),
    ]
