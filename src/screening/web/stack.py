"""The middleware around Streamlit, outside in."""

from starlette.middleware import Middleware

from screening.web.first_run import WholeFirst
from screening.web.gates import HideInner, OriginGate
from screening.web.headers import SecurityHeaders
from screening.web.index_page import IndexPage
from screening.web.static_files import ComponentFiles, CompressedStatic


def middleware(first: str, *others: str) -> list[Middleware]:
    """Return the middleware, outside in.

    Args:
        first: The name of the page at the address `/`.
        others: The names of the other pages: their addresses.
    """
    return [
        Middleware(OriginGate),
        Middleware(SecurityHeaders),
        Middleware(HideInner),
        Middleware(WholeFirst),
        Middleware(CompressedStatic),
        Middleware(IndexPage, first=first, names=frozenset(others)),
        Middleware(ComponentFiles),
    ]
