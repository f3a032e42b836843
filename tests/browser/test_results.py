"""The results and Methods in a real browser: pictures whole at any width and on paper, a file to keep."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, say
from tests.people import KNOWN, after, did, person, tell

from screening.domain.answers import Answers
from screening.services import answers_file
from screening.services.catalogue import load
from screening.views import method_cards

POLICY = "addEventListener('securitypolicyviolation', (e) => console.error('policy', e.blockedURI), true)"
TOLERATED = ("policy wasm-eval", "404 (Not Found)")
"""Streamlit's own tries: WebAssembly once, and a health check beside the page's own address."""

PAPER_PX = 718
"""Width of A4 between margins of 10 mm, in CSS pixels."""

SORE: dict[str, Any] = {
    "P1": 5, "P2": 3, "P3": 4, "P4": 5, "P5.activity": "activity-stairs", "P5.score": 4,
    "Q3": "duration-over-12-weeks", "Q4": "onset-slow", "Q6": "stiff-no",
    "Q5k": frozenset({"trigger-squat", "trigger-stairs"}),
}  # fmt: skip

YOUNG = after(
    tell(person(age=30), **SORE),
    did("sls", "left", 45.0, capped=True),
    did("sls", "right", 28.4),
    did("stepdown", "left", 1),
    did("stepdown", "right", 4),
    did("cst30", None, 21, right_angle=True),
    did("abd_lift", "left", 1, effort=2),
    did("abd_lift", "right", 2, effort=4),
    did("abd_hold", "left", 60.0, capped=True),
    did("abd_hold", "right", 22.0),
    did("bridge", "left", 58.2),
    did("bridge", "right", 41.0),
    did("sideplank", "left", 40.0),
    did("sideplank", "right", ending="stopped-for-pain"),
)
"""Every standard test, with a band, a soft sign, a raw number, a cap and a stop."""

GENTLE = after(
    tell(person("X7", age=71), **SORE),
    did("bal4", None, 2),
    did("cst30", None, 9, right_angle=True),
    did("abd_lift", "left", 1),
    did("abd_lift", "right", 3),
    did("sts_watch", None, 1),
    did("bridge_double", None, 44.0),
)

PICTURES = {"young": (YOUNG, 8), "gentle": (GENTLE, 6)}


def arrive(phone: Phone, told: Answers, pictures: int) -> None:
    phone.arrive("results", told)
    phone.page.locator("[data-testid=stVegaLiteChart] svg").nth(pictures - 1).wait_for()
    phone.quiet()


CUT_OFF = """() => [...document.querySelectorAll("[data-testid=stVegaLiteChart] svg")].flatMap((svg) => {
  const [frame, page] = [svg.getBoundingClientRect(), document.documentElement.clientWidth]
  const wide = frame.left < -0.5 || frame.right > page + 0.5 ? [`picture ${frame.left}-${frame.right}`] : []
  const words = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim())
  return [...wide, ...words.filter((text) => {
    const box = text.getBoundingClientRect()
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1
      || box.bottom > frame.bottom + 1
  }).map((text) => text.textContent)]
})"""
"""Pictures wider than the page, and words of a picture that reach out of it."""


@pytest.mark.parametrize("who", PICTURES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_picture_is_whole_at_every_width(open_tab: Pick, who: str, theme: str) -> None:
    told, pictures = PICTURES[who]
    phone = open_tab(color_scheme=theme)
    arrive(phone, told, pictures)

    for width in (390, 320, 1280):
        phone.page.set_viewport_size({"width": width, "height": 844})
        phone.page.wait_for_timeout(400)
        phone.quiet()
        assert (width, phone.page.evaluate(CUT_OFF)) == (width, [])
        assert (width, phone.sideways()) == (width, 0)
    assert phone.page.locator("[data-testid=stVegaLiteChart] svg").count() == pictures


def test_everything_can_be_tapped_with_a_thumb(open_tab: Pick) -> None:
    phone = open_tab(has_touch=True)
    arrive(phone, YOUNG, 8)

    assert phone.small_targets() == []
    for name in ("save", "print"):
        box = phone.button(say(f"results.{name}")).bounding_box()
        assert box is not None
        assert box["height"] >= 48


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("who", PICTURES)
def test_axe_finds_nothing_in_a_result(open_tab: Pick, theme: str, who: str) -> None:
    told, pictures = PICTURES[who]
    phone = open_tab(bypass_csp=True, color_scheme=theme)
    arrive(phone, told, pictures)
    for details in phone.page.locator("[data-testid=stExpander] summary").all():
        details.click()
    phone.quiet()

    assert violations(phone) == []


def violations(phone: Phone) -> list[tuple[str, list[str]]]:
    found = Axe().run(phone.page).response["violations"]
    return [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found]


def test_a_result_asks_nobody_else_and_breaks_no_policy(open_tab: Pick) -> None:
    phone = open_tab()
    phone.page.add_init_script(POLICY)
    arrive(phone, YOUNG, 8)
    for details in phone.page.locator("[data-testid=stExpander] summary").all():
        details.click()
    phone.quiet()

    assert phone.foreign == []
    assert [each for each in phone.complaints if not any(word in each for word in TOLERATED)] == []


def test_no_picture_is_a_stop_of_the_tab_key(open_tab: Pick) -> None:
    phone = open_tab()
    arrive(phone, YOUNG, 8)

    inside = """() => [...document.querySelectorAll("[data-testid=stVegaLiteChart] *")]
      .filter((each) => each.tabIndex >= 0 && each.checkVisibility())
      .map((each) => each.outerHTML.slice(0, 80))"""

    assert phone.page.evaluate(inside) == []


def test_every_picture_says_its_sentence_to_a_screen_reader(open_tab: Pick) -> None:
    phone = open_tab()
    arrive(phone, YOUNG, 8)

    said = phone.page.locator("[data-testid=stVegaLiteChart]").evaluate_all(
        "(all) => all.map((each) => each.getAttribute('aria-label'))"
    )

    assert len(said) == 8
    assert any("Right: 22 s." in each for each in said)
    assert all(len(each) > 40 for each in said)


# --- the file, the paper ---


def test_the_saved_file_is_what_was_told_and_has_no_address(open_tab: Pick) -> None:
    phone = open_tab()
    arrive(phone, YOUNG, 8)

    with phone.page.expect_download() as waiting:
        phone.button(say("results.save")).click()
    saved = waiting.value

    text = saved.path().read_text(encoding="utf-8")
    assert saved.url.startswith("blob:")
    assert saved.suggested_filename.endswith(".json")
    assert answers_file.loads(text, load(), "2030-01-01").attempts == YOUNG.attempts
    assert json.loads(text)["schema"] == "hip-self-check/1"
    assert phone.page.get_by_text(say("results.saved")).is_visible()
    assert [path for path in phone.fetched if path.startswith("/media")] == []


def test_print_is_asked_of_the_browser(open_tab: Pick) -> None:
    phone = open_tab()
    phone.page.add_init_script("window.print = () => { window.printed = true }")
    arrive(phone, GENTLE, 6)

    phone.button(say("results.print")).click()

    assert phone.page.evaluate("() => window.printed") is True


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_paper_no_picture_is_cut_and_no_button_is_left(open_tab: Pick, theme: str) -> None:
    phone = open_tab(color_scheme=theme)
    arrive(phone, YOUNG, 8)

    phone.page.emulate_media(media="print")
    phone.page.set_viewport_size({"width": PAPER_PX, "height": 1000})
    phone.page.wait_for_timeout(600)

    assert phone.page.evaluate(CUT_OFF) == []
    assert phone.sideways() == 0
    assert not phone.button(say("results.save")).is_visible()
    assert not phone.button(say("results.start_over")).is_visible()
    assert phone.page.get_by_text(say("results.limits.1")).is_visible()
    torn = "(all) => all.map((each) => getComputedStyle(each).breakInside).filter((each) => each !== 'avoid')"
    assert phone.page.locator("[data-testid=stVegaLiteChart]").evaluate_all(torn) == []
    assert phone.page.pdf(format="A4").startswith(b"%PDF")


def test_a_picture_drawn_for_the_dark_is_turned_round_on_paper(open_tab: Pick) -> None:
    phone = open_tab(color_scheme="dark")
    arrive(phone, GENTLE, 6)
    filters = "(all) => [...new Set(all.map((each) => getComputedStyle(each).filter))]"
    pictures = phone.page.locator("[data-testid=stVegaLiteChart] svg")

    assert pictures.evaluate_all(filters) == ["none"]
    phone.page.emulate_media(media="print")
    assert pictures.evaluate_all(filters) == ["invert(1) hue-rotate(180deg)"]


# --- Methods ---


def open_all(phone: Phone) -> None:
    phone.open("methods")
    phone.at("methods")
    for name in method_cards.SECTIONS:
        phone.page.get_by_text(say(f"methods.{name}.title"), exact=True).click()
        phone.quiet()


def test_methods_can_be_read_at_320_pixels_with_everything_open(open_tab: Pick) -> None:
    phone = open_tab(width=320, has_touch=True)
    open_all(phone)

    assert phone.sideways() == 0
    shown = phone.page.locator("[data-testid=stMain]").inner_text()
    assert all(each.key in shown for each in KNOWN.sources.values())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_methods(open_tab: Pick, theme: str) -> None:
    phone = open_tab(bypass_csp=True, color_scheme=theme)
    open_all(phone)

    assert violations(phone) == []
