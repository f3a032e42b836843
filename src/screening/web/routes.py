"""Our own addresses: style sheet, icons, and two for the host's balancer."""

from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from screening.services.datafiles import read_bytes
from screening.services.desk import desk
from screening.services.settings import Settings, settings
from screening.web.coding import Body, answer, as_it_is, compressed
from screening.web.lifespan import is_ready
from screening.web.share_routes import share_routes

STATIC = Path(__file__).resolve().parent / "static"
LOGO = "logo.png"
"""Where the clinic's logo lies, if it has one."""

OWN_COLOUR = "#0e7c7b"
"""The app's own main colour, where a clinic's cannot be seen; a test holds it to the theme."""

SERVED = ("app.css", "icon.svg", "icons.woff2")
_KINDS = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


@lru_cache(maxsize=8)
def _file(path: Path, _changed: int, more: str) -> Body:
    raw = read_bytes(path)
    return as_it_is(raw) if path.suffix == ".woff2" else compressed(raw + more.encode())


def own_colours(host: Settings) -> str:
    """Return the rules that put the clinic's colours on what the theme does not reach; "" without any."""
    if host.colour is None:
        return ""
    dark = "" if host.colour_dark is None else host.colour_dark
    by_night = f"@media (prefers-color-scheme: dark) {{ :root {{ --accent: {dark or OWN_COLOUR}; }} }}\n"
    return f"\n:root {{ --accent: {host.colour}; }}\n{by_night}"


class Asset(Response):
    """One of our few files; revalidated at each visit, for its address does not change with it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the file, or confirm the browser's copy."""
        path = STATIC / self.name
        more = own_colours(settings()) if path.suffix == ".css" else ""
        body = _file(path, path.stat().st_mtime_ns, more)
        kind = _KINDS[Path(self.name).suffix]
        await answer(scope, send, body, {"content-type": kind, "cache-control": "no-cache", "etag": body.tag})


async def asset(request: Request) -> Response:
    """Answer one of our files; 404 below `/ui/` for all else, where Streamlit would answer with the app."""
    name = request.path_params["name"]
    host = settings()
    if name == LOGO and host.logo is not None:
        return Response(host.logo, media_type="image/png", headers={"cache-control": "no-cache"})
    return Asset(name) if name in SERVED else PlainTextResponse("Not found", 404)


async def healthz(_: Request) -> Response:
    """Answer 200 while the process is up. Sets no cookie."""
    return PlainTextResponse("up")


async def readyz(_: Request) -> Response:
    """Answer 200 once settings, data and warm-up are through, 503 before."""
    return PlainTextResponse("ready") if is_ready() else PlainTextResponse("not ready", 503)


ROUTES = (
    *share_routes(desk()),
    Route("/ui/{name:path}", asset),
    Route("/healthz", healthz),
    Route("/readyz", readyz),
)
