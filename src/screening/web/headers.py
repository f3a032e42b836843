"""The security headers of every answer, and the page's content security policy."""

from collections.abc import Mapping
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from screening.services.settings import settings
from screening.web.index_page import inline_script_hashes


def policy(script_hashes: tuple[str, ...], frame_ancestors: tuple[str, ...]) -> str:
    """Return the content security policy of the app's pages.

    Args:
        script_hashes: Hash sources of the index page's inline scripts, as `sha256-…`.
        frame_ancestors: Origins that may show the app in a frame; none: nobody may.
    """
    hashes = "".join(f" '{each}'" for each in script_hashes)
    ancestors = " ".join(frame_ancestors) or "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self'{hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {ancestors}",
        )
    )


@cache
def security_headers() -> Mapping[str, str]:
    """Return the headers every answer carries; worked out once, at start."""
    return {
        "content-security-policy": policy(inline_script_hashes(), settings().frame_ancestors),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
    }


class SecurityHeaders:
    """Add the security headers to every answer that has not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on; web sockets pass untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in security_headers().items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)
