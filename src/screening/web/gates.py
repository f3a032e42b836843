"""What is turned away before Streamlit sees it: foreign web sockets and inner addresses."""

from urllib.parse import urlparse

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_INNER = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent")


class OriginGate:
    """Refuse web sockets that a foreign page opens.

    Streamlit refuses them too, but first asks the network for its own public address, and nobody
    is served until the answer comes or fails.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close a foreign web socket; hand everything else on."""
        if scope["type"] == "websocket" and _is_foreign(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, receive, send)


def _is_foreign(headers: Headers) -> bool:
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        # Exactly Streamlit's own comparison: whatever passes here must not set off its questions.
        return urlparse(origin).netloc != headers.get("host")
    except ValueError:
        return True


class HideInner:
    """Answer 404 for Streamlit's addresses that no visitor needs: visitor counts, the agent API."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for the inner addresses; hand everything else on."""
        if scope["type"] == "http" and _is_inner(scope["path"]):
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_inner(path: str) -> bool:
    return any(path == inner or path.startswith(f"{inner}/") for inner in _INNER)
