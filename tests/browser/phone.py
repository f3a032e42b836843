"""A person's browser, for tests: opens a page, taps, waits until all is quiet, and notes what was sent."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, WebSocket
from tests.server import Server

from screening.domain.answers import Answers
from screening.domain.editing import put
from screening.services import answers_file, wording
from screening.services.catalogue import load

say = wording.speaker("en")

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 40_000
"""How long a test waits for what must come; a machine may be busy."""

PAUSE_MS = 300
"""After this long without a tap the answers are reported."""


SORE_KNEE: dict[str, tuple[tuple[str, object], ...]] = {
    "about_you": (("age", 62), ("sex", "female")),
    "where": (("spots", {"spot-knee-front-right"}),),
    "safety": tuple((each, {"none"}) for each in ("SCR1", "SCR2", "SCR3", "SCR4")),
    "pain": (
        *((each, 4) for each in ("P1", "P2", "P3", "P4")),
        ("Q3", "duration-over-12-weeks"),
        ("Q4", "onset-slow"),
        ("Q5k", {"trigger-stairs", "trigger-squat"}),
        ("Q6", "stiff-no"),
        ("QK1", "no"),
    ),
}
"""What somebody with a sore knee and no warning sign answers, page by page."""


def sore_knee(until: str) -> Answers:
    """Return what she has told by the time she comes to this page."""
    told = Answers(date="2026-01-15")
    for page, answers in SORE_KNEE.items():
        if page == until:
            break
        for question, value in answers:
            told = put(told, load().instruments, question, value)
    return told


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))


@dataclass
class Phone:
    """One tab.

    Attributes:
        page: Playwright's page.
        server: Where it is open.
        sent: Every message the tab sent to the server, in order.
        complaints: Errors of the console, and violations of the content policy.
        foreign: Requests to any other origin.
        fetched: Every request's path.
    """

    page: Page
    server: Server
    sent: list[str | bytes] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("websocket", self._socket)
        self.page.on("request", lambda request: self._request(request.url))
        self.page.on("console", lambda line: line.type == "error" and self.complaints.append(line.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _socket(self, socket: WebSocket) -> None:
        self._request(socket.url)
        socket.on("framesent", lambda frame: self.sent.append(frame))  # noqa: PLW0108 - Playwright marks its listeners

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"data", "blob"}:
            return
        self.fetched.append(parts.path)
        if parts.netloc != urlsplit(self.server.url).netloc:
            self.foreign.append(url)

    def open(self, path: str = "") -> None:
        self.page.goto(f"{self.server.url}/{path}")
        self.quiet()

    def quiet(self, *, kept: bool = True) -> None:
        """Wait until nothing is under way: a widget's delay, the run, the keeper's hello."""
        self.page.wait_for_timeout(230)
        app = self.page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]")
        app.wait_for()
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        if kept:
            self.page.wait_for_timeout(150)
            app.wait_for()
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    def pause(self) -> None:
        """Stop tapping long enough for the answers to be reported."""
        self.page.wait_for_timeout(PAUSE_MS + 150)
        self.quiet()

    # -- finding and tapping

    def box(self, label: str) -> Locator:
        return self.page.get_by_role("checkbox", name=label, exact=True)

    def label(self, text: str) -> Locator:
        return self.page.locator("label", has_text=text).first

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def number(self, question: str, n: int) -> Locator:
        return self.page.locator(f".st-key-rating-{question}").get_by_role("radio", name=str(n), exact=True)

    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def next(self) -> None:
        self.button(say("frame.next")).click()
        self.quiet()

    def back(self) -> None:
        self.button(say("frame.back")).click()
        self.quiet()

    # -- steps of the path

    def at(self, page: str) -> None:
        """Wait until this page is there."""
        self.page.get_by_role("heading", level=1, name=say(f"title.{page}"), exact=True).wait_for()
        self.quiet()

    def arrive(self, page: str, told: Answers | None = None, step: str = "") -> None:
        """Open a page straight away, as somebody whose answers this tab has kept.

        Without answers given, it is somebody with a sore knee who has come as far as this page.
        """
        draft = answers_file.dumps(sore_knee(page) if told is None else told, load())
        record = {"doc": draft, "at": {"page": page, "step": step, "open": True}, "device": False}
        self.page.add_init_script(
            f"sessionStorage.getItem('seeded') || (sessionStorage.setItem('seeded', '1'),"
            f" sessionStorage.setItem('screening:draft', {json.dumps(json.dumps(record))}))"
        )
        self.open(page)
        self.at(page)

    def agree(self) -> None:
        self.open()
        self.at("start")
        self.label(say("text.KT")).click()
        self.button(say("start.begin")).click()
        self.at("about_you")

    def about(self, age: int = 62, sex: str = "female") -> None:
        self.at("about_you")
        self.page.get_by_label(say("text.A0")).fill(str(age))
        self.label(say(f"option.{sex}")).click()
        self.next()

    def hurts(self, place: str = "front_knee", side: str = "right") -> None:
        self.at("where")
        self.spot(place, side).click()
        self.next()

    def spot(self, place: str, side: str) -> Locator:
        group = self.page.locator("[data-testid=stButtonGroup]", has_text=say(f"where.place.{place}")).first
        return group.get_by_role("button", name=say(f"where.side.{side}"), exact=True)

    def none_of_these(self, times: int = 1) -> None:
        self.at("safety")
        for _ in range(times):
            self.label(say("option.none")).click()
            self.next()

    # -- looking

    def stored(self, where: Literal["sessionStorage", "localStorage"] = "sessionStorage") -> dict[str, str]:
        found: dict[str, str] = self.page.evaluate(
            f"() => Object.fromEntries(Object.entries({where}).filter(([k]) => k.startsWith('screening:')))"
        )
        return found

    def sideways(self) -> int:
        """Return how many pixels the page can be scrolled sideways."""
        wide: int = self.page.evaluate(
            """() => Math.max(0, ...[document.documentElement, document.querySelector("[data-testid=stMain]")]
                .filter(Boolean).map((each) => each.scrollWidth - each.clientWidth))"""
        )
        return wide

    def small_targets(self, least: int = 48) -> list[str]:
        """Return every control whose target is smaller than this, with its size."""
        found: list[str] = self.page.evaluate(
            """(least) => {
              const shown = (e) => e.checkVisibility() && e.getBoundingClientRect().width > 1
                && !e.closest("[inert]")
              const kinds = ":is(button, summary, label:has(input), input:not(label input), a[href])"
              const all = [...document.querySelectorAll(`[data-testid=stMain] ${kinds}`)]
              return all.filter(shown).map((e) => [e, e.getBoundingClientRect()])
                .filter(([e, box]) => Math.round(box.height) < least || Math.round(box.width) < least)
                .map(([e, box]) => `${e.tagName} "${e.textContent.trim().slice(0, 40)}" `
                  + `${Math.round(box.width)}x${Math.round(box.height)}`)
            }""",
            least,
        )
        return found


@contextmanager
def tab(browser: Browser, server: Server, **options: Any) -> Iterator[Phone]:
    """Open one tab in a browser profile of its own."""
    size = {"width": options.pop("width", 390), "height": options.pop("height", 844)}
    context: BrowserContext = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield Phone(context.new_page(), server)
    finally:
        context.close()
