"""The results and Methods in a real browser: pictures whole at any width and on paper, a file to keep."""

import json
from typing import Any

import pytest
from tests.browser.conftest import Pick
from tests.browser.phone import THEMES, Phone, Theme, say
from tests.people import KNOWN, after, did, person, tell

from screening.domain.answers import Answers
from screening.services import answers_file
from screening.services.catalogue import load

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

SEEN: dict[str, tuple[Answers, int, tuple[Theme, Theme]]] = {
    "young": (YOUNG, 8, ("light", "dark")),
    "gentle": (GENTLE, 6, ("dark", "light")),
}
"""Who, how many pictures, and the theme of the device at first and later."""


def arrive(phone: Phone, told: Answers, pictures: int) -> None:
    phone.arrive("results", told)
    drawn(phone, pictures)


def drawn(phone: Phone, pictures: int) -> None:
    """Wait until every picture is there."""
    phone.page.locator("[data-testid=stVegaLiteChart] svg").nth(pictures - 1).wait_for()
    phone.quiet()


def dress(phone: Phone, theme: Theme, pictures: int) -> None:
    """Change the theme, and wait for the pictures that are drawn for it."""
    phone.dress(theme)
    drawn(phone, pictures)


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


def cut_off_on(phone: Phone, width: int) -> tuple[int, list[str], int]:
    """Return the width, what is cut off in pictures, and how far the page can be scrolled sideways."""
    phone.page.set_viewport_size({"width": width, "height": 844})
    phone.page.wait_for_timeout(400)
    phone.quiet()
    return width, phone.page.evaluate(CUT_OFF), phone.sideways()


@pytest.mark.parametrize("who", SEEN)
def test_a_result_is_whole_and_readable_at_every_width_in_both_themes(open_tab: Pick, who: str) -> None:
    told, pictures, themes = SEEN[who]
    phone = open_tab(has_touch=True, color_scheme=themes[0])
    arrive(phone, told, pictures)
    assert phone.small_targets() == []

    for theme in themes:
        dress(phone, theme, pictures)
        for width in (1280, 320, 390):
            assert (theme, *cut_off_on(phone, width)) == (theme, width, [], 0)
        phone.unfold()
        assert (theme, phone.violations()) == (theme, [])
    assert phone.page.locator("[data-testid=stVegaLiteChart] svg").count() == pictures
    assert phone.forbidden() == []


STOPS = """() => [...document.querySelectorAll("[data-testid=stVegaLiteChart] *")]
  .filter((each) => each.tabIndex >= 0 && each.checkVisibility())
  .map((each) => each.outerHTML.slice(0, 80))"""
"""What the tab key would stop at inside a picture."""


def test_a_result_is_heard_saved_and_printed(open_tab: Pick) -> None:
    phone = open_tab()
    phone.page.add_init_script("window.print = () => { window.printed = true }")
    arrive(phone, YOUNG, 8)

    charts = phone.page.locator("[data-testid=stVegaLiteChart]")
    said = charts.evaluate_all("(all) => all.map((each) => each.getAttribute('aria-label'))")
    assert len(said) == 8
    assert any("Right: 22 s." in each for each in said)
    assert all(len(each) > 40 for each in said)
    assert phone.page.evaluate(STOPS) == []

    with phone.page.expect_download() as waiting:
        phone.button(say("results.save")).click()
    saved = waiting.value
    text = saved.path().read_text(encoding="utf-8")
    assert saved.url.startswith("blob:")
    assert saved.suggested_filename.endswith(".json")
    assert answers_file.loads(text, load(), "2030-01-01").attempts == YOUNG.attempts
    assert json.loads(text)["schema"] == "hip-self-check/1"
    assert phone.page.get_by_text(say("results.saved")).is_visible()

    phone.button(say("results.print")).click()
    assert phone.page.evaluate("() => window.printed") is True
    assert phone.forbidden() == []


def test_on_paper_no_picture_is_cut_or_dark_and_no_button_is_left(open_tab: Pick) -> None:
    phone = open_tab(width=PAPER_PX, height=1000, color_scheme="dark")
    arrive(phone, YOUNG, 8)
    pictures = phone.page.locator("[data-testid=stVegaLiteChart] svg")
    filters = "(all) => [...new Set(all.map((each) => getComputedStyle(each).filter))]"
    torn = "(all) => all.map((each) => getComputedStyle(each).breakInside).filter((each) => each !== 'avoid')"

    turned = {"dark": ["invert(1) hue-rotate(180deg)"], "light": ["none"]}
    for theme in ("dark", "light"):
        dress(phone, theme, 8)
        assert pictures.evaluate_all(filters) == ["none"]
        phone.page.emulate_media(media="print", color_scheme=theme)
        phone.page.wait_for_timeout(600)

        assert (theme, pictures.evaluate_all(filters)) == (theme, turned[theme])
        assert (theme, phone.page.evaluate(CUT_OFF)) == (theme, [])
        assert phone.sideways() == 0
        assert not phone.button(say("results.save")).is_visible()
        assert not phone.button(say("results.start_over")).is_visible()
        assert phone.page.get_by_text(say("results.limits.1")).is_visible()
        assert phone.page.locator("[data-testid=stVegaLiteChart]").evaluate_all(torn) == []
        assert phone.page.pdf(format="A4").startswith(b"%PDF")
        phone.page.emulate_media(media="screen", color_scheme=theme)


# --- Methods ---


def test_methods_can_be_read_at_320_pixels_with_everything_open(open_tab: Pick) -> None:
    phone = open_tab(width=320, has_touch=True)
    phone.open("methods")
    phone.at("methods")
    phone.unfold()

    assert phone.sideways() == 0
    shown = phone.page.locator("[data-testid=stMain]").inner_text()
    assert all(each.key in shown for each in KNOWN.sources.values())
    for theme in THEMES:
        phone.dress(theme)
        assert (theme, phone.violations()) == (theme, [])
    assert phone.forbidden() == []
