"""Shared summaries: how fast each store makes and opens them, and how little a reader has to load."""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser
from tests.postgres import postgres_server, programs

from bench.browser import PHONE, chromium
from bench.servers import Servers
from bench.table import Line
from bench.visits import PERSON
from screening.services import answers_file, fhir
from screening.services.assessment import assess
from screening.services.catalogue import load
from screening.services.handover import Counter, Made
from screening.services.summary import summarise
from screening.sharing import codes, crypto, link
from screening.sharing.limits import Quota
from screening.sharing.store import Store

PROCESSES = 4
EACH = 60
ALL_TIME = 4_000_003_200

SCRYPT_BARS = {"SQLite": (0.25, 1.5), "PostgreSQL": (0.75, None)}
"""Most time of one making or opening, beside one slow hash: middle, and 95 of 100."""


@dataclass(frozen=True)
class Took:
    """Seconds of making and of opening, one each."""

    making: tuple[float, ...]
    opening: tuple[float, ...]


def sharing(servers: Servers) -> list[Line]:
    """Measure everything about sharing."""
    slow_hash_s = statistics.median(_timed(lambda: codes.digest("123456", bytes(16))) for _ in range(7))
    found = [Line("share: one slow hash of a code", f"{slow_hash_s * 1000:.0f} ms")]
    with tempfile.TemporaryDirectory() as folder:
        found += _on_store("SQLite", f"sqlite:///{Path(folder) / 'share.db'}", slow_hash_s)
    if programs():
        with postgres_server() as server:
            found += _on_store("PostgreSQL", server.new_database(), slow_hash_s)
    with chromium() as browser:
        found += _viewer(browser, servers)
    return found


def document() -> dict[str, object]:
    """Return the document of the invented person: every test of her list done."""
    known = load()
    told = answers_file.loads(PERSON, known, date.today().isoformat())  # noqa: DTZ011 - her own calendar
    return fhir.build(summarise(assess(told, known), told, known), known)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _one_process(url: str) -> Took:
    """Make `EACH` links and open each twice, as one server process would."""
    store, plain = Store(url), json.dumps(document()).encode()
    store.migrate()
    making, opening = [], []
    for _ in range(EACH):
        began = time.perf_counter()
        share_id, _token = store.create(crypto.seal(plain, link.decode(link.new_secret())), ALL_TIME)
        making.append(time.perf_counter() - began)
        opening += [_timed(lambda share_id=share_id: store.fetch(share_id)) for _ in range(2)]  # type: ignore[misc]
    store.close()
    return Took(tuple(making), tuple(opening))


def _on_store(name: str, url: str, slow_hash_s: float) -> Iterator[Line]:
    """Let four processes work on one store at once."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        took = list(pool.map(_one_process, [url] * PROCESSES))
    middle_bar, late_bar = SCRYPT_BARS[name]
    bar = f"<= {middle_bar} hashes" + (f", p95 <= {late_bar}" if late_bar else "")
    for what, by_process in (("make", [one.making for one in took]), ("open", [one.opening for one in took])):
        times = sorted(each for one in by_process for each in one)
        middle, late = statistics.median(times), times[int(len(times) * 0.95)]
        rate = sum(len(one) / sum(one) for one in by_process)
        met = middle <= middle_bar * slow_hash_s and (late_bar is None or late <= late_bar * slow_hash_s)
        yield Line(
            f"share: {what} on {name}, {PROCESSES} at once",
            f"{rate:.0f} a second",
            f"p50 {middle * 1000:.1f}, p95 {late * 1000:.1f} ms, {middle / slow_hash_s:.2f} hashes",
            bar,
            met,
        )


def _viewer(browser: Browser, servers: Servers) -> Iterator[Line]:
    """Open a link as its reader does, and the app's first page, each with an empty cache."""
    store = Store(f"sqlite:///{servers.shares}")
    made = Counter(store, servers.ours.url).make(document(), days=1, code=False, quota=Quota())
    opened, app = _loaded(browser, made), _loaded(browser, servers.ours.url)
    store.close()
    files = {url: size for url, size in opened.items() if "/s/" not in url}
    yield Line("share: the app's first page", f"{len(app)} requests", f"{sum(app.values()) / 1024:,.0f} KiB")
    yield Line(
        "share: open a link",
        f"{len(opened)} requests",
        f"1/{len(app) / len(opened):.0f} of the app's first page",
        "<= 4, <= 1/18",
        len(opened) <= 4 and len(opened) * 18 <= len(app),
    )
    own, whole, page = (sum(each.values()) for each in (files, opened, app))
    beside = f"1/{page / own:.0f} of the app's first page"
    yield Line("share: the viewer's own files", f"{own / 1024:.1f} KiB", beside, "<= 1/45", own * 45 <= page)
    beside = f"1/{page / whole:.0f} of the app's first page"
    yield Line("share: with the sealed summary", f"{whole / 1024:.1f} KiB", beside)


def _loaded(browser: Browser, what: Made | str) -> dict[str, int]:
    """Return every request of a page with the bytes that come over the line for it."""
    page = browser.new_context(viewport=PHONE).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    asked: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def begun(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            asked[event["requestId"]] = event["request"]["url"]

    def ended(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", begun)
    session.on("Network.loadingFinished", ended)
    try:
        if isinstance(what, Made):
            page.goto(what.link)
            page.locator("button.main").click()
            page.locator("table, figure, svg").first.wait_for()
        else:
            page.goto(what)
            page.locator("[data-testid=stBaseButton-primary]").first.wait_for()
        page.wait_for_timeout(2000)
        return {f"{url} {number}": sizes.get(number, 0) for number, url in asked.items()}
    finally:
        page.context.close()
