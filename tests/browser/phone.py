"""A person's browser, for tests: opens a page, taps, waits until all is quiet, and notes what was sent."""

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    Playwright,
    Request,
    WebSocket,
    expect,
)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
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

LOOK_MS, CALM_LOOKS = 40, 5
"""How often a test looks whether the page is at rest, and how often in a row it must be."""

AT_REST = """() => document.querySelector("[data-testid=stApp]"
  + "[data-test-connection-state=CONNECTED][data-test-script-state=notRunning]") !== null"""

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
GROUND: dict[Theme, str] = {"light": "rgb(251, 248, 243)", "dark": "rgb(16, 24, 23)"}
"""What colour the page is."""

WATCH_POLICY = """addEventListener("securitypolicyviolation",
  (e) => e.blockedURI === "wasm-eval" || console.error("policy", e.violatedDirective, e.blockedURI), true)"""
"""Streamlit's protobuf reader tries WebAssembly once, is refused, and goes on: that is no complaint."""

BESIDE_A_PAGE = re.compile(r"/\w+/_stcore/(health|host-config)")
"""Streamlit looks for its own addresses beside a page first; nothing else may be missing."""

HELLO = re.compile(rb'"hello":{"to":"([^"]+)"')
"""What the draft keeper says to a session that it has not met, in a message."""

FONT = "/ui/icons.woff2"

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
        missing: The path of every answer that was an error.
    """

    page: Page
    server: Server
    sent: list[str | bytes] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    _asked: bool = False
    _new_page: bool = False
    _cut: bool = False
    _session: bytes = b""
    _arrivals: int = 0

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH_POLICY)
        self.page.on("websocket", self._socket)
        self.page.on("request", self._request)
        self.page.on("response", lambda said: said.status >= 400 and self.missing.append(_path(said.url)))
        self.page.on("console", lambda line: line.type == "error" and self.complaints.append(line.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    # -- what goes over the line

    def _request(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self._new_page = True
        self._asks(request.url)

    def _asks(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"data", "blob"}:
            return
        self.fetched.append(parts.path)
        if parts.netloc != urlsplit(self.server.url).netloc:
            self.foreign.append(url)

    def _socket(self, socket: WebSocket) -> None:
        self._asks(socket.url)
        self._asked = self._cut = False
        socket.on("framesent", self._says)
        socket.on("framereceived", self._hears)
        socket.on("close", self._hangs_up)

    def _says(self, frame: str | bytes) -> None:
        self.sent.append(frame)
        if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self._asked = True
            greeted = HELLO.search(frame)
            if greeted and greeted[1] != self._session:
                self._session = greeted[1]
                self._new_page = False

    def _hears(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            heard = ForwardMsg.FromString(frame)
            if heard.HasField("script_finished"):
                self._asked &= heard.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _hangs_up(self, _: WebSocket) -> None:
        self._asked, self._cut = False, True

    # -- waiting

    def _until(self, what: Callable[[], bool], why: str, patience_ms: float = PATIENCE_MS) -> None:
        patience = time.monotonic() + patience_ms / 1000
        while not what():
            assert time.monotonic() < patience, why
            self.page.wait_for_timeout(LOOK_MS)

    def _at_rest(self) -> bool:
        try:
            return not self._asked and bool(self.page.evaluate(AT_REST))
        except Error:  # the page is just being replaced by another
            return False

    def quiet(self) -> None:
        """Wait until nothing is under way: every run asked for is over, and no other is."""
        calm = 0

        def long_enough() -> bool:
            nonlocal calm
            calm = calm + 1 if self._at_rest() else 0
            return calm >= CALM_LOOKS

        self.page.wait_for_timeout(LOOK_MS)
        self._until(long_enough, "the page does not come to rest")

    def pause(self) -> None:
        """Stop tapping long enough for the answers to be reported."""
        self.page.wait_for_timeout(PAUSE_MS + 150)
        self.quiet()

    def connected(self) -> None:
        """Wait until the page has a line again to a server that was started anew, and all is quiet.

        Until then its controls are switched off: a tap in that time is lost, as a person can see.
        """
        # Streamlit asks ever more seldom, in the end every half minute
        self._until(lambda: not self._cut, "the page does not find the server again", 3 * PATIENCE_MS)
        self.quiet()

    def open(self, path: str = "") -> None:
        """Open a page of ours, and wait until the draft keeper has told the server what was kept."""
        self.page.goto(f"{self.server.url}/{path}")
        self._met()

    def reload(self) -> None:
        self.page.reload()
        self._met()

    def _met(self) -> None:
        shared = "kiosk=1" in self.page.url  # a shared tablet keeps nothing, so there is nothing to tell
        self._until(lambda: shared or not self._new_page, "the draft keeper does not speak")
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

    def group(self, question: str) -> Locator:
        """Return a question of which one answer is chosen, by its words."""
        return self.page.get_by_role("radiogroup", name=question)

    def unfold(self) -> None:
        """Open everything that is folded, and wait for what was in it."""
        folded = self.page.locator("[data-testid=stMain] details:not([open]) > summary")
        folded.evaluate_all("(all) => all.forEach((each) => each.click())")
        expect(folded).to_have_count(0)
        self.quiet()

    def other_step(self, page: str) -> None:
        """Go to another step by the menu."""
        self.button(say("frame.other_steps")).click()
        self.page.get_by_role("menuitem", name=say(f"nav.{page}"), exact=True).click()
        self.quiet()

    # -- steps of the path

    def at(self, page: str) -> None:
        """Wait until this page is there."""
        self.page.get_by_role("heading", level=1, name=say(f"title.{page}"), exact=True).wait_for()
        self._met()

    def arrive(self, page: str, told: Answers | None = None, step: str = "") -> None:
        """Open a page straight away, as somebody whose answers this tab has kept.

        Without answers given, it is somebody with a sore knee who has come as far as this page.
        """
        draft = answers_file.dumps(sore_knee(page) if told is None else told, load())
        record = {"doc": draft, "at": {"page": page, "step": step, "open": True}, "device": False}
        self._arrivals += 1
        self.page.add_init_script(
            f"""if (Number(sessionStorage.getItem("seeded")) < {self._arrivals}) {{
              sessionStorage.setItem("seeded", {self._arrivals})
              sessionStorage.removeItem("screening:runner")
              sessionStorage.setItem("screening:draft", {json.dumps(json.dumps(record))})
            }}"""
        )
        self.page.goto(f"{self.server.url}/{page}")
        self.at(page)

    def agree(self) -> None:
        self.open()
        self.at("start")
        self.label(say("text.KT")).click()
        self.button(say("start.begin")).click()
        self.at("about_you")

    def about(self, age: int = 62, sex: str = "female") -> None:
        self.at("about_you")
        typed = self.page.get_by_label(say("text.A0"))
        expect(typed).to_have_attribute("inputmode", "numeric")
        typed.fill(str(age))
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
        """Answer the safety lists from the one on the screen on, and wait for the screen after each."""
        self.at("safety")
        for _ in range(times):
            here = self.page.get_by_text(re.compile(say("safety.list", n=r"\d", of=r"\d")))
            before = here.inner_text()
            self.label(say("option.none")).click()
            self.button(say("frame.next")).click()
            expect(self.page.get_by_text(before, exact=True)).to_have_count(0)
            self.quiet()

    # -- looking

    def stored(self, where: Literal["sessionStorage", "localStorage"] = "sessionStorage") -> dict[str, str]:
        found: dict[str, str] = self.page.evaluate(
            f"() => Object.fromEntries(Object.entries({where}).filter(([k]) => k.startsWith('screening:')))"
        )
        return found

    def dress(self, theme: Theme) -> None:
        """Let the device change to light or dark, and wait until the page has followed."""
        self.page.emulate_media(color_scheme=theme)
        expect(self.page.locator("[data-testid=stApp]")).to_have_css("background-color", GROUND[theme])
        self.quiet()

    def forbidden(self) -> list[str]:
        """Return what no page may do: ask others, miss a file, break the policy, complain, load a font."""
        missing = [path for path in self.missing if not BESIDE_A_PAGE.fullmatch(path)]
        media = [path for path in self.fetched if path.startswith("/media/")]
        fonts = [path for path in self.fetched if path.endswith((".woff2", ".ttf")) and path != FONT]
        complaints = [each for each in self.complaints if "404 (Not Found)" not in each]
        return [*self.foreign, *missing, *media, *fonts, *complaints]

    def violations(self) -> list[tuple[str, list[str]]]:
        """Return what axe finds, with the elements it marks."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate("async () => (await axe.run({ resultTypes: ['violations'] })).violations")
        return [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found]

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


def _path(url: str) -> str:
    return urlsplit(url).path


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
