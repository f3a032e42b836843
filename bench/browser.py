"""In a browser: what a slow phone waits for, and what is sent while a person taps."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from statistics import median

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bench.servers import Servers
from bench.visits import PERSON

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 390, "height": 844}
RUNS = 3
TAPS = 6
LINE = {"offline": False, "downloadThroughput": 200_000, "uploadThroughput": 93_750, "latency": 150}
"""1.6 Mbit/s down, 0.75 up (in bytes a second), 150 ms."""

_USABLE = """
(() => {
  const look = () => {
    const app = document.querySelector("[data-testid=stApp]")
    const { testConnectionState: line, testScriptState: script } = app?.dataset ?? {}
    const quiet = line === "CONNECTED" && script === "notRunning"
    const there = document.querySelector("SELECTOR") && !document.querySelector("[data-testid=stSkeleton]")
    if (quiet && there) window.usableAt = performance.now()
    else requestAnimationFrame(look)
  }
  look()
})()
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the browser.

    Raises:
        LookupError: There is no Chromium on this machine.
    """
    if CHROMIUM is None:
        raise LookupError("needs Chromium")
    with (
        sync_playwright() as play,
        closing(play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)) as browser,
    ):
        yield browser


def _slow_page(browser: Browser) -> Page:
    page = browser.new_context(viewport=PHONE, device_scale_factor=2, has_touch=True).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return page


def _once(browser: Browser, url: str, selector: str) -> tuple[float, float]:
    page = _slow_page(browser)
    try:
        page.add_init_script(_USABLE.replace("SELECTOR", selector))
        page.goto(url, wait_until="commit", timeout=90_000)
        for _ in range(600):
            usable = page.evaluate("window.usableAt ?? null")
            if usable is not None:
                break
            page.wait_for_timeout(100)
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN")
        return float(paint), float(usable if usable is not None else "nan")
    finally:
        page.context.close()


def on_a_slow_phone(browser: Browser, servers: Servers) -> dict[str, tuple[float, float]]:
    """Return first paint and usable, in seconds, by page: medians, empty cache, taking turns."""
    pages = {
        "plain": (servers.plain.url, "[data-testid=stMarkdown] p"),
        "tuned": (servers.tuned.url, "[data-testid=stMarkdown] p"),
        "start": (servers.ours.url, "[data-testid=stBaseButton-primary]"),
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
    for _ in range(RUNS):
        for name, (url, selector) in pages.items():
            times[name].append(_once(browser, url, selector))
    return {
        name: (median(each[0] for each in found) / 1000, median(each[1] for each in found) / 1000)
        for name, found in times.items()
    }


def while_tapping(browser: Browser, servers: Servers) -> tuple[int, int]:
    """Return how many web socket messages a burst of taps sends, and how many follow it."""
    context = browser.new_context(viewport=PHONE, has_touch=True)
    page = context.new_page()
    sent: list[str | bytes] = []

    def note(frame: str | bytes) -> None:
        sent.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", note))
    kept = json.dumps({"doc": PERSON, "at": None, "device": False})
    page.add_init_script(f"sessionStorage.setItem('screening:draft', {json.dumps(kept)})")
    try:
        page.goto(f"{servers.ours.url}/safety")
        boxes = page.locator("[data-testid=stMain] [data-testid=stCheckbox] label")
        boxes.nth(TAPS).wait_for()
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        page.wait_for_timeout(2000)
        before = len(sent)
        for at in range(TAPS):
            boxes.nth(at).tap()
        during = len(sent) - before
        page.wait_for_timeout(1500)
        return during, len(sent) - before - during
    finally:
        context.close()
