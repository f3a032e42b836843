"""Every question screen, as it is met: no sideways scroll, big targets, no axe violation, nothing foreign."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, say
from tests.people import after, did, person, tell

TESTED = after(
    tell(person(age=30), P1=5, P3=4, P4=5, Q3="duration-over-12-weeks"),
    did("sls", "left", 45.0, capped=True),
    did("sls", "right", 28.4),
    did("abd_hold", "left", 22.0),
    did("abd_hold", "right", ending="stopped-for-pain"),
)
"""Somebody with something to share."""

SCREENS: dict[str, Callable[[Phone], None]] = {
    "start": lambda phone: phone.open(),
    "agree-first": lambda phone: phone.open("pain"),
    "about_you": lambda phone: phone.arrive("about_you"),
    "where": lambda phone: phone.arrive("where"),
    "safety": lambda phone: phone.arrive("safety", step="SCR2"),
    "pain": lambda phone: phone.arrive("pain"),
    "pain-behaves": lambda phone: phone.arrive("pain", step="how_it_behaves"),
}


def _about_you_marked(phone: Phone) -> None:
    phone.arrive("about_you")
    phone.page.get_by_label(say("text.A0")).fill("abc")
    phone.next()


def _two_spots(phone: Phone) -> None:
    phone.arrive("where")
    phone.spot("front_knee", "left").click()
    phone.spot("low_back", "middle").click()
    phone.next()


def _follow_up(phone: Phone) -> None:
    phone.arrive("safety", step="SCR2")
    phone.label(say("text.D3")).click()
    phone.pause()


def _emergency(phone: Phone) -> None:
    phone.arrive("safety")
    phone.label(say("text.E6")).click()
    phone.next()


def _marked_pain(phone: Phone) -> None:
    phone.arrive("pain")
    phone.next()


def _steps_open(phone: Phone) -> None:
    phone.arrive("about_you")
    phone.page.get_by_text(say("frame.other_steps")).click()


def _kept(phone: Phone) -> None:
    phone.arrive("pain")
    phone.page.goto(phone.server.url)
    phone.at("start")
    phone.button(say("start.start_over")).click()


def _shared(phone: Phone) -> None:
    phone.arrive("share", TESTED)
    phone.button(say("share.page.preview_all")).click()
    phone.label(say("share.page.code")).click()
    phone.quiet()
    phone.label(say("share.page.agree")).click()
    phone.quiet()
    phone.button(say("share.page.make")).click()
    phone.button(say("share.page.stop")).wait_for()


SCREENS |= {
    "shared": _shared,
    "about_you-marked": _about_you_marked,
    "where-two-spots": _two_spots,
    "safety-follow-up": _follow_up,
    "safety-emergency": _emergency,
    "pain-marked": _marked_pain,
    "steps-open": _steps_open,
    "start-kept": _kept,
}

every_screen = pytest.mark.parametrize("screen", SCREENS)


@every_screen
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(open_tab: Pick, screen: str, theme: str) -> None:
    phone = open_tab(bypass_csp=True, color_scheme=theme)
    SCREENS[screen](phone)
    phone.quiet()

    found = Axe().run(phone.page).response["violations"]

    assert [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found] == []


@every_screen
def test_it_fits_and_can_be_tapped(open_tab: Pick, screen: str) -> None:
    phone = open_tab(has_touch=True)
    SCREENS[screen](phone)
    phone.quiet()

    assert phone.small_targets() == []
    for width in (390, 320, 256):
        phone.page.set_viewport_size({"width": width, "height": 700})
        phone.page.wait_for_timeout(150)
        assert (width, phone.sideways()) == (width, 0)
    phone.page.evaluate("() => { document.documentElement.style.fontSize = '34px' }")
    phone.page.set_viewport_size({"width": 640, "height": 800})
    phone.page.wait_for_timeout(150)
    assert phone.sideways() == 0


POLICY = "addEventListener('securitypolicyviolation', (e) => console.error('policy', e.blockedURI), true)"

TOLERATED = "policy wasm-eval"
"""Streamlit's protobuf reader tries WebAssembly once, is refused, and goes on without it."""


@every_screen
def test_nothing_foreign_and_nothing_forbidden(open_tab: Pick, screen: str) -> None:
    phone = open_tab()
    phone.page.add_init_script(POLICY)
    SCREENS[screen](phone)
    phone.quiet()

    deep_link = "404 (Not Found)"
    assert phone.foreign == []
    assert [each for each in phone.complaints if each != TOLERATED and deep_link not in each] == []


def test_the_language_of_the_page_is_said(open_tab: Pick) -> None:
    phone = open_tab(locale="en-GB")
    phone.arrive("where")

    assert phone.page.evaluate("() => document.documentElement.lang") == "en"


def test_every_page_has_a_title_of_its_own(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("where")
    first = phone.page.title()
    phone.hurts()
    phone.at("safety")

    assert first == f"{say('title.where')} · {say('app.name')}"
    assert phone.page.title() == f"{say('title.safety')} · {say('app.name')}"


def test_there_is_no_menu_that_could_cover_the_page(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("where")

    assert phone.page.locator("[data-testid=stSidebar]").count() == 0


def test_on_paper_there_are_no_buttons_and_every_line_is_there(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("safety", step="SCR3")
    phone.page.emulate_media(media="print")

    assert not phone.button(say("frame.next")).is_visible()
    assert phone.page.get_by_text(say("text.C11")).is_visible()
    main = phone.page.locator("[data-testid=stMain]")
    assert main.evaluate("(e) => getComputedStyle(e).overflowY") == "visible"
    assert main.evaluate("(e) => e.scrollHeight - e.clientHeight < 50")
