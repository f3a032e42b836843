import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from tests.server import free_port
from tests.sharing.conftest import NOON, Clock

from screening.sharing import crypto, link
from screening.sharing.store import Store
from screening.web.share_routes import share_routes

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "share"


def document(name: str = "summary") -> dict:
    return json.loads((VECTORS / "fhir" / f"{name}.bundle.json").read_text())


@dataclass
class Host:
    share_base: str | None = "https://hip.example.org"
    clinic_name: str | None = "Riverside Physical Therapy"
    logo: bytes | None = None
    colour: str | None = None
    phone: str | None = "+1 617 555 0100"
    booking_url: str | None = "https://clinic.example/book"
    languages: tuple[str, ...] = ("en",)
    store: Store | None = None


@dataclass
class Made:
    """One share, with everything its maker knows."""

    id: str
    token: str
    key: str
    link: str
    stop: str
    jwe: str
    expires: int


@dataclass
class Site:
    """Our routes over a store, with a clock of its own."""

    store: Store
    host: Host
    clock: Clock = field(default_factory=Clock)

    def share(
        self, said: object = None, *, code: str | None = None, days: int = 7, most: int | None = None
    ) -> Made:
        key = link.new_secret()
        plain = json.dumps(said if said is not None else document()).encode()
        jwe = crypto.seal(plain, link.decode(key))
        expires = link.expiry(self.clock(), days)
        share_id, token = self.store.create(jwe, expires, code, max_views=most)
        base = str(self.host.share_base)
        payload = link.payload(base, share_id, key, expires, code=code is not None)
        return Made(
            share_id,
            token,
            key,
            link.with_viewer(f"{base}/v", payload),
            link.stop_link(base, share_id, token),
            jwe,
            expires,
        )


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def make_site(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Site]]:
    opened: list[Store] = []

    def make(host: Host | None = None) -> Site:
        opened.append(Store(f"sqlite:///{tmp_path / f'share{len(opened)}.db'}", clock=clock))
        opened[-1].migrate()
        site = Site(opened[-1], host or Host(), clock)
        site.host.store = opened[-1]
        return site

    yield make
    for each in opened:
        each.close()


class Running(threading.Thread):
    """A real server in this process, on a loopback port."""

    def __init__(self, app: Starlette, port: int) -> None:
        super().__init__(daemon=True)
        how = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
        self.server = uvicorn.Server(how)

    def run(self) -> None:
        self.server.run()

    def up(self) -> None:
        self.start()
        end = time.monotonic() + 20
        while not self.server.started:
            assert time.monotonic() < end
            time.sleep(0.02)

    def down(self) -> None:
        self.server.should_exit = True
        self.join(10)


@pytest.fixture(scope="module")
def live_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that listens, one for a whole file. Its clock is the real one, for a browser has no other."""
    port = free_port()
    clock = Clock(time.time())
    folder = tmp_path_factory.mktemp("live")
    site = Site(
        Store(f"sqlite:///{folder / 'live.db'}", clock=clock),
        Host(share_base=f"http://127.0.0.1:{port}"),
        clock,
    )
    site.store.migrate()
    site.host.store = site.store
    server = Running(Starlette(routes=share_routes(site.host, clock=clock)), port)
    server.up()
    try:
        yield site
    finally:
        server.down()
        site.store.close()


def crafted(site: Site, made: Made, **change: object) -> str:
    """Return our link with something changed, packed again."""
    said = {**link.parse(made.link), **change}
    return f"{site.host.share_base}/v#{link.bare(said)}"


HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script> javascript:alert(3) \u202egnp.exe"


def poisoned(it: object) -> object:
    """Return a document whose every free text is an attack; codes and references stay."""
    if isinstance(it, dict):
        return {
            key: HOSTILE
            if key in {"text", "title", "display", "unit", "name"} and isinstance(value, str)
            else f'<div xmlns="http://www.w3.org/1999/xhtml">{HOSTILE}</div>'
            if key == "div"
            else poisoned(value)
            for key, value in it.items()
        }
    return [poisoned(each) for each in it] if isinstance(it, list) else it


def attacked() -> object:
    """Return a poisoned document whose codes nobody knows: every word in it is the attacker's."""
    said: Any = poisoned(document("answers"))
    for entry in said["entry"]:
        for coding in entry["resource"].get("code", {}).get("coding", []):
            coding["code"] = f"unknown-{coding['code']}"
    return said
