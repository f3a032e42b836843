"""The viewer in a real browser, over real links, against our own addresses."""

import json
import shutil
import time
from contextlib import contextmanager

import pytest
from tests.handover.conftest import KNOWN, everything, person
from tests.sharing_web.conftest import document

from screening.domain.answers import Activity
from screening.errors import StoreDown
from screening.services import fhir
from screening.services.assessment import assess
from screening.services.share_codes import code_texts, measure_code
from screening.services.summary import Detail, summarise
from screening.sharing import crypto, link

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = (
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP hip.test 127.0.0.1",
)  # fmt: skip
STARTING = {"/v", "/v.js", "/v.css"}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


class Tab:
    """A page that remembers every request and every complaint."""

    def __init__(self, page):
        self.page = page
        self.requests = []
        self.complaints = []
        page.on("request", lambda asked: self.requests.append(asked))  # noqa: PLW0108 - Playwright marks it
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda _: self.complaints.append("dialog"))

    def paths(self):
        return [asked.url.split("?")[0].partition("://")[2].partition("/")[2] for asked in self.requests]

    def show(self):
        self.page.get_by_role("button", name="Show summary").click()

    def text(self):
        return self.page.locator("main").inner_text()

    def wait(self, text):
        self.page.get_by_text(text).first.wait_for(timeout=5000)


@pytest.fixture
def tab(chromium):
    @contextmanager
    def open_(address, **options):
        context = chromium.new_context(
            viewport=options.pop("viewport", {"width": 390, "height": 844}), locale="en-US", **options
        )
        new = Tab(context.new_page())
        new.page.goto(address)
        try:
            yield new
        finally:
            context.close()

    return open_


def test_a_link_opens_and_says_what_is_in_it(live_site, tab):
    made = live_site.share(document("answers"))

    with tab(made.link) as here:
        here.wait("Someone shared")
        here.show()
        here.wait("Where it hurts most")
        text = here.text()

        for words in (
            "No one checked it", "Done on November 22, 2026", "Front of the knee, right", "6 of 10",
            "Chair stands in 30 seconds", "11 stands", "Lower than most people your age",
            "45 s or more", "22.4 s", "1 of 6", "Here a lower number is better.", "Stopped because of pain",
            "Right side did less", "Could not do it", "Not done", "Answers to the pain questions",
            "never part of this summary", "Riverside Physical Therapy", "This link ends on",
            "Pain before, during and after: 4 / 7 / \u2013",
        ):  # fmt: skip
            assert words in text, words
        assert here.page.evaluate("document.activeElement.tagName") == "H1"
        assert here.page.locator("svg.strip").count() == 11
        assert here.page.get_by_label("Front of the body. Marked: Front of the knee, right.").count() == 1
        assert here.page.evaluate("location.hash").startswith("#shlink:/")
        assert here.complaints == []
    assert live_site.store.status(made.id, made.token).views == 1


def test_opening_takes_four_requests_and_few_bytes_all_from_here_without_a_referrer(live_site, tab):
    made = live_site.share()

    with tab(made.link) as here:
        here.show()
        here.wait("Home tests")
        sizes = [len(asked.response().body()) for asked in here.requests[:3]]
        assert len(here.requests) == 4
        assert sum(sizes) <= 30 * 1024
        assert all(asked.url.startswith(str(live_site.host.share_base)) for asked in here.requests)
        assert not any(made.key in asked.url or "#" in asked.url for asked in here.requests[1:])
        assert not any("referer" in asked.all_headers() for asked in here.requests)
        assert not any("cookie" in asked.all_headers() for asked in here.requests)


@pytest.mark.parametrize("which", ["link", "stop"])
def test_nothing_is_asked_for_before_a_person_presses(live_site, tab, which):
    made = live_site.share(code="123456")

    with tab(getattr(made, which)) as here:
        here.page.get_by_role("button").first.wait_for()
        here.page.wait_for_timeout(1500)
        here.page.reload()
        here.page.get_by_role("button").first.wait_for()
        assert {f"/{path}" for path in here.paths()} == STARTING
    assert live_site.store.status(made.id, made.token).views == 0


def test_a_double_press_sends_one_request(live_site, tab):
    made = live_site.share()

    with tab(made.link) as here:
        here.page.get_by_role("button", name="Show summary").dblclick()
        here.wait("Home tests")
    assert live_site.store.status(made.id, made.token).views == 1


def test_a_code_is_asked_for_and_tries_are_counted_down(live_site, tab):
    made = live_site.share(code="123456")

    with tab(made.link) as here:
        here.show()
        here.wait("Please type the code first.")
        field = here.page.get_by_label("Code (6 digits)")
        assert (field.get_attribute("inputmode"), field.get_attribute("autocomplete")) == (
            "numeric",
            "one-time-code",
        )
        field.fill("999999")
        here.show()
        here.wait("You have 4 tries left.")
        field.fill("123 4-56")
        field.press("Enter")
        here.wait("Home tests")
        assert made.key not in "".join(str(asked.post_data) for asked in here.requests)


def test_the_last_wrong_code_ends_it(live_site, tab):
    made = live_site.share(code="123456")

    with tab(made.link) as here:
        for words in ("4 tries", "3 tries", "2 tries", "You have 1 try left", "There are no tries left"):
            here.page.get_by_label("Code (6 digits)").fill("000000")
            here.show()
            here.wait(words)
        here.page.get_by_label("Code (6 digits)").fill("123456")
        here.show()
        here.wait("This link is not active any more")
        assert "Riverside Physical Therapy" in here.text()
        assert "+1 617 555 0100" in here.text()


def crafted(site, made, **change):
    """Our link with something changed, packed again."""
    said = {**link.parse(made.link), **change}
    return f"{site.host.share_base}/v#{link.bare(said)}"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"exp": 1}, "This link has ended"),
        ({"v": 2}, "made with a newer version"),
        ({"url": "https://evil.example/s/" + "A" * 43}, "broken or cut short"),
        ({"url": "javascript:alert(1)"}, "broken or cut short"),
        ({"key": "short"}, "broken or cut short"),
        ({"flag": "PU"}, "broken or cut short"),
    ],
    ids=str,
)
def test_what_needs_no_question_is_said_without_one(live_site, tab, change, words):
    made = live_site.share()

    with tab(crafted(live_site, made, **change)) as here:
        here.wait(words)
        assert here.page.get_by_role("button", name="Show summary").count() == 0
        assert {f"/{path}" for path in here.paths()} == STARTING


def test_another_key_opens_nothing_and_never_half(live_site, tab):
    made = live_site.share()

    with tab(crafted(live_site, made, key=link.new_secret())) as here:
        here.show()
        here.wait("broken or cut short")
        assert "knee" not in here.text()


def test_a_cut_link_and_a_stopped_one_say_what_to_do(live_site, tab):
    made = live_site.share()

    with tab(made.link[:-20]) as here:
        here.wait("Ask for the whole link and try again.")
    live_site.store.revoke(made.id, made.token)
    with tab(made.link) as here:
        here.show()
        here.wait("This link is not active any more")


def test_an_expired_link_is_not_active_also_where_the_link_does_not_say_so(live_site, tab):
    made = live_site.share(days=1)
    live_site.clock.now = made.expires

    with tab(crafted(live_site, made, exp=4e9)) as here:
        here.show()
        here.wait("This link is not active any more")


def test_a_store_that_is_down_says_so_and_a_second_try_works(live_site, tab, monkeypatch):
    made = live_site.share()
    real = live_site.store.fetch
    monkeypatch.setattr(live_site.store, "fetch", lambda _: (_ for _ in ()).throw(StoreDown()))

    with tab(made.link) as here:
        here.show()
        here.wait("We could not reach the server")
        monkeypatch.setattr(live_site.store, "fetch", real)
        here.page.get_by_role("button", name="Try again").click()
        here.show()
        here.wait("Home tests")


def test_a_server_that_is_gone_says_the_same(live_site, tab):
    made = live_site.share()

    with tab(made.link) as here:
        here.page.route("**/s/*", lambda route: route.abort())
        here.show()
        here.wait("We could not reach the server")


def test_too_many_tries_tell_the_wait(live_site, tab):
    made = live_site.share()

    with tab(made.link) as here:
        here.page.route(
            "**/s/*", lambda route: route.fulfill(status=429, headers={"retry-after": "17"}, body="{}")
        )
        here.show()
        here.wait("Wait 17 seconds")


def test_without_https_or_a_script_the_page_says_what_it_needs(live_site, tab):
    made = live_site.share()
    port = str(live_site.host.share_base).rpartition(":")[2]
    base = f"http://hip.test:{port}"
    said = {**link.parse(made.link), "url": f"{base}/s/{made.id}"}

    with tab(f"{base}/v#{link.bare(said)}") as here:
        here.wait("over https")
    with tab(made.link, java_script_enabled=False) as here:
        assert here.page.locator("noscript").is_visible()
        assert "needs JavaScript" in here.page.locator("noscript").inner_text()


def test_a_pasted_link_is_taken_bare_or_whole(live_site, tab):
    made = live_site.share()

    for text in (made.link, made.link.partition("#")[2], f"  {made.link} "):
        with tab(f"{live_site.host.share_base}/v") as here:
            here.page.get_by_label("Link").fill(text)
            here.page.get_by_role("button", name="Check the link").click()
            here.show()
            here.wait("Home tests")


def test_closing_takes_the_link_out_of_the_address_and_back_does_not_bring_it(live_site, tab):
    made = live_site.share()

    with tab("about:blank") as here:
        here.page.goto(made.link)
        here.show()
        here.wait("Home tests")
        here.page.get_by_role("button", name="Close").click()
        here.wait("The summary is closed.")
        assert here.page.url == f"{live_site.host.share_base}/v"
        assert "knee" not in here.page.content().split("<main")[1]
        here.page.go_back()
        assert here.page.url == "about:blank"
        here.page.go_forward()
        assert "#" not in here.page.url


def test_the_saved_file_is_the_document(live_site, tab):
    made = live_site.share(document("answers"))

    with tab(made.link) as here:
        here.show()
        here.wait("Home tests")
        with here.page.expect_download() as waiting:
            here.page.get_by_role("button", name="Save as FHIR").click()
        assert waiting.value.suggested_filename == "self-check-2026-11-22.fhir.json"
        assert json.loads(waiting.value.path().read_text()) == document("answers")
        assert here.complaints == []


def test_the_stop_page_counts_and_stops(live_site, tab):
    made = live_site.share()

    with tab(made.stop) as here:
        count = here.page.get_by_role("button", name="How often was it opened?")
        count.click()
        here.wait("It was not opened so far.")
        live_site.store.fetch(made.id)
        count.click()
        here.wait("It was opened once, on")
        live_site.store.fetch(made.id)
        count.click()
        here.wait("It was opened 2 times")
        for _ in range(2):
            here.page.get_by_role("button", name="Stop sharing").click()
            here.wait("Sharing is stopped.")
        count.click()
        here.wait("The link does not open any more.")
    with tab(made.link) as here:
        here.show()
        here.wait("This link is not active any more")


def test_another_token_stops_nothing(live_site, tab):
    made, other = live_site.share(), live_site.share()

    with tab(link.stop_link(str(live_site.host.share_base), made.id, other.token)) as here:
        here.page.get_by_role("button", name="Stop sharing").click()
        here.wait("This stop link is not right")
    assert live_site.store.fetch(made.id)


HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script> javascript:alert(3) \u202egnp.exe"


def poisoned(it):
    """Every free text of a document, turned into an attack; codes and references stay."""
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


def test_an_attack_in_a_text_stays_a_text(live_site, tab):
    said = poisoned(document("answers"))
    for entry in said["entry"]:
        for coding in entry["resource"].get("code", {}).get("coding", []):
            coding["code"] = f"unknown-{coding['code']}"
    made = live_site.share(said)

    with tab(made.link) as here:
        here.show()
        here.wait("Home tests")
        assert "<img src=x onerror=alert(1)>" in here.text()
        assert "\u202e" not in here.text()
        assert here.page.locator("main img, main script, main iframe, main style").count() == 0
        assert here.complaints == []
        assert len(here.requests) == 4


def test_html_cannot_be_made_at_all(live_site, tab):
    with tab(f"{live_site.host.share_base}/v") as here:
        made = here.page.evaluate(
            "() => { try { document.body.innerHTML = '<i></i>'; } catch (error) { return error.name; } }"
        )
        assert made == "TypeError"


def test_a_huge_document_is_shown_within_two_seconds(live_site, tab):
    """Larger than any the store takes: two thousand results, and a title of ten thousand letters."""
    said = document()
    said["entry"][0]["resource"]["section"][3]["title"] = "x" * 10_000
    said["entry"] += [
        {"resource": {"resourceType": "Observation", "code": {"text": f"Test {number}"}}}
        for number in range(2000)
    ]
    made = live_site.share()
    jwe = crypto.seal(json.dumps(said).encode(), link.decode(made.key))

    with tab(made.link) as here:
        here.page.route("**/s/*", lambda route: route.fulfill(body=jwe, content_type="application/jose"))
        began = time.monotonic()
        here.show()
        here.wait("Home tests")
        assert time.monotonic() - began < 2
        assert "x" * 400 in here.text()
        assert "x" * 401 not in here.text()


@pytest.mark.parametrize(
    "said",
    [
        [],
        {},
        {"resourceType": "Bundle", "type": "document"},
        "x",
        7,
        None,
        {"resourceType": "Bundle", "entry": [1]},
    ],
    ids=str,
)
def test_what_is_no_document_is_called_damaged(live_site, tab, said):
    made = live_site.share(said if said is not None else {"a": None})

    with tab(made.link) as here:
        here.show()
        here.wait("broken or cut short")


def test_a_document_of_a_later_format_is_shown_as_a_plain_table(live_site, tab):
    said = document()
    said["meta"]["tag"][0]["code"] = "share-format-9"
    made = live_site.share(said)

    with tab(made.link) as here:
        here.show()
        here.wait("This page is older than the summary")
        assert here.page.locator("table tr").count() == 17
        assert "22.4 s" in here.text()


def test_printing_gives_a_tagged_page_without_buttons_and_without_the_key(live_site, tab, tmp_path):
    pdfium = pytest.importorskip("pypdfium2", reason="needs pypdfium2")
    pikepdf = pytest.importorskip("pikepdf", reason="needs pikepdf")
    made = live_site.share()

    with tab(made.link) as here:
        here.show()
        here.wait("Home tests")
        here.page.pdf(path=tmp_path / "print.pdf", format="A4", tagged=True)
    text = "".join(
        page.get_textpage().get_text_range() for page in pdfium.PdfDocument(tmp_path / "print.pdf")
    )

    host = str(live_site.host.share_base).removeprefix("http://")
    assert f"Opened at {host}" in text
    assert "This link ends on" in text
    assert "Save as FHIR" not in text
    assert made.key not in text
    assert pikepdf.open(tmp_path / "print.pdf").Root.MarkInfo.Marked


def test_usual_activity_stands_among_the_answers_and_not_among_the_tests(live_site, tab):
    told = person(attempts=everything(), activity=Activity(days_per_week=5))
    said = fhir.build(summarise(assess(told, KNOWN), told, KNOWN, detail=Detail.ANSWERS), KNOWN)
    made = live_site.share(said)

    with tab(made.link) as here:
        here.show()
        here.wait("Home tests")
        tests = here.page.locator(
            "section", has=here.page.get_by_role("heading", name="Home tests")
        ).inner_text()
        answers = here.page.locator("table").inner_text()
        assert "Active days" not in tests
        assert "Active days in a week\t5" in answers
        assert "Hours sat on a day\tNot answered" in answers
        assert "Stairs; Sitting a long time with bent knees" in answers
        for test in KNOWN.selftests:
            assert code_texts("en")[measure_code(test.id)] in tests


STATES = {
    "start": lambda site: (site.share().link, None),
    "code": lambda site: (site.share(code="1").link, None),
    "opened": lambda site: (site.share(document("answers")).link, "Home tests"),
    "damaged": lambda site: (site.share().link[:-9], None),
    "not active": lambda site: (
        crafted(site, site.share(), url=f"{site.host.share_base}/s/{'A' * 43}"),
        "not active",
    ),
    "stop": lambda site: (site.share().stop, None),
    "paste": lambda site: (f"{site.host.share_base}/v", None),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_is_accessible_and_fits_a_small_phone(live_site, tab, state, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
    address, press_for = STATES[state](live_site)

    # The policy of the page keeps axe out, too: it is switched off for the looking only.
    with tab(address, viewport={"width": 320, "height": 700}, color_scheme=scheme, bypass_csp=True) as here:
        here.page.locator("h1").wait_for()
        if press_for:
            here.show()
            here.wait(press_for)
        found = axe.Axe().run(here.page).response["violations"]
        assert [each["id"] for each in found] == []
        assert here.page.evaluate("document.documentElement.scrollWidth") == 320
        here.page.evaluate("document.documentElement.style.fontSize = '32px'")
        assert here.page.evaluate("document.documentElement.scrollWidth") <= 320
        small = here.page.evaluate(
            "[...document.querySelectorAll('button, input')]"
            ".filter(each => each.getBoundingClientRect().height < 48).length"
        )
        assert small == 0


def test_everything_is_reached_and_pressed_by_keyboard(live_site, tab):
    made = live_site.share()

    with tab(made.link) as here:
        here.page.get_by_role("button", name="Show summary").wait_for()
        here.page.keyboard.press("Tab")
        here.page.keyboard.press("Enter")
        here.wait("Home tests")
        assert here.page.locator("#status").inner_text() == "It is open now."
        reached = set()
        for _ in range(6):
            here.page.keyboard.press("Tab")
            reached.add(here.page.evaluate("document.activeElement.textContent"))
        assert {"Print", "Save as FHIR", "Close"} <= reached
