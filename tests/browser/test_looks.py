"""Every question screen, as it is met: no sideways scroll, big targets, no axe violation, nothing foreign."""

from collections.abc import Callable

import pytest
from tests.browser.conftest import Pick
from tests.browser.phone import THEMES, Phone, say
from tests.people import after, did, person, tell

TESTED = after(
    tell(person(age=30), P1=5, P3=4, P4=5, Q3="duration-over-12-weeks"),
    did("sls", "left", 45.0, capped=True),
    did("sls", "right", 28.4),
    did("abd_hold", "left", 22.0),
    did("abd_hold", "right", ending="stopped-for-pain"),
)
"""Somebody with something to share."""


def _about_you_marked(phone: Phone) -> None:
    phone.page.keyboard.press("Escape")
    phone.page.get_by_label(say("text.A0")).fill("abc")
    phone.next()


def _two_spots(phone: Phone) -> None:
    phone.spot("front_knee", "left").click()
    phone.spot("low_back", "middle").click()
    phone.next()


def _follow_up(phone: Phone) -> None:
    phone.label(say("text.D3")).click()
    phone.pause()


def _emergency(phone: Phone) -> None:
    phone.label(say("text.E6")).click()
    phone.next()


def _steps_open(phone: Phone) -> None:
    phone.button(say("frame.other_steps")).click()
    phone.page.get_by_role("menuitem").first.wait_for()


def _kept(phone: Phone) -> None:
    phone.page.goto(phone.server.url)
    phone.at("start")
    phone.button(say("start.start_over")).click()


def _to_share(phone: Phone) -> None:
    phone.arrive("share", TESTED)
    phone.button(say("share.page.preview_all")).click()


def _shared(phone: Phone) -> None:
    phone.label(say("share.page.code")).click()
    phone.quiet()
    phone.label(say("share.page.agree")).click()
    phone.quiet()
    phone.button(say("share.page.make")).click()
    phone.button(say("share.page.stop")).wait_for()


Step = Callable[[Phone], object]

SCREENS: dict[str, dict[str, Step]] = {
    "start": {"empty": lambda phone: phone.open()},
    "agree-first": {"empty": lambda phone: phone.open("pain")},
    "about_you": {
        "empty": lambda phone: phone.arrive("about_you"),
        "steps-open": _steps_open,
        "marked": _about_you_marked,
    },
    "where": {"empty": lambda phone: phone.arrive("where"), "two-spots": _two_spots},
    "safety": {
        "empty": lambda phone: phone.arrive("safety", step="SCR2"),
        "follow-up": _follow_up,
    },
    "card": {
        "first-list": lambda phone: phone.arrive("safety"),
        "emergency": _emergency,
    },
    "pain": {
        "empty": lambda phone: phone.arrive("pain"),
        "marked": lambda phone: phone.next(),
    },
    "pain-behaves": {
        "empty": lambda phone: phone.arrive("pain", step="how_it_behaves"),
        "start-with-answers-kept": _kept,
    },
    "share": {"preview": _to_share, "made": _shared},
}
"""By screen: its states, each reached from the one before it."""


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_fits_can_be_tapped_and_read_and_does_nothing_forbidden(open_tab: Pick, screen: str) -> None:
    phone = open_tab(has_touch=True)
    for state, reach in SCREENS[screen].items():
        reach(phone)
        phone.quiet()
        assert (state, phone.small_targets()) == (state, [])
        for theme in THEMES:
            phone.dress(theme)
            assert (state, theme, strange(phone)) == (state, theme, [])
        phone.dress("light")
        assert (state, sideways(phone)) == (state, {})
        assert (state, phone.forbidden()) == (state, [])


def strange(phone: Phone) -> list[tuple[str, list[str]]]:
    """Return what axe finds, less one false alarm: an open menu lies on top of the page, in no part of it."""
    found = [
        (rule, [each for each in html if 'role="menu"' not in each]) for rule, html in phone.violations()
    ]
    return [(rule, html) for rule, html in found if html]


def sideways(phone: Phone) -> dict[str, int]:
    """Return where the page can be scrolled sideways: on small phones, and with letters twice as big."""
    found = {}
    for width in (256, 320, 390):
        phone.page.set_viewport_size({"width": width, "height": 700})
        phone.page.wait_for_timeout(150)
        found[f"{width} px"] = phone.sideways()
    phone.page.evaluate("() => { document.documentElement.style.fontSize = '34px' }")
    phone.page.set_viewport_size({"width": 640, "height": 800})
    phone.page.wait_for_timeout(150)
    found["big letters"] = phone.sideways()
    phone.page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    phone.page.set_viewport_size({"width": 390, "height": 844})
    return {name: pixels for name, pixels in found.items() if pixels}


def test_a_page_says_its_language_and_its_title_has_no_menu_and_prints_every_line(open_tab: Pick) -> None:
    phone = open_tab(locale="en-GB")
    phone.arrive("where")
    assert phone.page.evaluate("() => document.documentElement.lang") == "en"
    assert phone.page.title() == f"{say('title.where')} · {say('app.name')}"
    assert phone.page.locator("[data-testid=stSidebar]").count() == 0

    phone.hurts()
    phone.at("safety")
    assert phone.page.title() == f"{say('title.safety')} · {say('app.name')}"

    phone.none_of_these(2)
    phone.page.emulate_media(media="print")
    assert not phone.button(say("frame.next")).is_visible()
    assert phone.page.get_by_text(say("text.C11")).is_visible()
    main = phone.page.locator("[data-testid=stMain]")
    assert main.evaluate("(e) => getComputedStyle(e).overflowY") == "visible"
    assert main.evaluate("(e) => e.scrollHeight - e.clientHeight < 50")
