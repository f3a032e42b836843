"""When another screen is shown, the focus goes to its heading; when something is missing, to the mark."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, say


def _focused(phone: Phone) -> str:
    text: str = phone.page.evaluate("() => document.activeElement.textContent.trim()")
    return text


def _expect_focus_on(phone: Phone, title: str) -> None:
    expect(phone.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_focused()


def test_the_first_page_leaves_the_focus_alone(open_tab: Pick) -> None:
    phone = open_tab()

    phone.open()
    phone.at("start")
    phone.page.wait_for_timeout(500)

    assert phone.page.evaluate("() => document.activeElement === document.body")


def test_a_reload_leaves_the_focus_alone(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("pain")
    phone.page.wait_for_timeout(500)

    assert phone.page.evaluate("() => document.activeElement === document.body")


@pytest.mark.parametrize("by", ["next", "back", "another step", "browser back"])
def test_the_focus_goes_to_the_heading_of_the_new_page(open_tab: Pick, by: str) -> None:
    phone = open_tab()
    phone.arrive("where")
    title = {"next": "safety", "back": "about_you", "another step": "pain", "browser back": "where"}[by]

    if by == "next":
        phone.hurts()
    elif by == "back":
        phone.back()
    elif by == "another step":
        phone.page.get_by_text(say("frame.other_steps")).click()
        phone.button(say("nav.pain")).click()
    else:
        phone.hurts()
        phone.at("safety")
        phone.page.go_back()

    _expect_focus_on(phone, say(f"title.{title}"))


def test_the_next_list_on_the_same_page_takes_the_focus_too(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("safety")

    phone.none_of_these()

    expect(phone.page.get_by_text(say("safety.list", n=2, of=4))).to_be_in_viewport()
    _expect_focus_on(phone, say("title.safety"))


def test_an_urgent_card_takes_the_focus(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("safety")
    phone.label(say("text.E6")).click()

    phone.next()

    _expect_focus_on(phone, say("title.card"))


def test_a_tap_leaves_the_focus_where_it_is(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("safety")
    phone.box(say("text.C1")).or_(phone.box(say("text.E5"))).focus()

    phone.page.keyboard.press("Space")
    phone.pause()

    expect(phone.box(say("text.E5"))).to_be_focused()
    expect(phone.box(say("text.E5"))).to_be_checked()


def test_next_too_early_leads_to_the_first_thing_that_is_missing(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("pain")
    phone.page.get_by_text(say("title.methods")).scroll_into_view_if_needed()

    phone.next()

    expect(phone.page.get_by_text(say("error.rating"))).to_be_visible()
    phone.page.wait_for_timeout(300)
    assert say("error.skipped") in _focused(phone)
    expect(phone.page.get_by_text(say("error.skipped")).first).to_be_in_viewport()
