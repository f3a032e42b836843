"""When another screen is shown, the focus goes to its heading; when something is missing, to the mark."""

from playwright.sync_api import expect
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, say


def _expect_focus_on(phone: Phone, page: str) -> None:
    title = say(f"title.{page}")
    expect(phone.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_focused()
    phone.quiet()


def _focus_left_alone(phone: Phone) -> bool:
    phone.page.wait_for_timeout(300)
    return bool(phone.page.evaluate("() => document.activeElement === document.body"))


def test_the_focus_goes_to_the_heading_of_each_new_screen_and_stays_at_a_tap(open_tab: Pick) -> None:
    phone = open_tab()
    phone.open()
    phone.at("start")
    assert _focus_left_alone(phone)
    phone.arrive("where")
    assert _focus_left_alone(phone)

    phone.hurts()
    _expect_focus_on(phone, "safety")
    phone.page.go_back()
    _expect_focus_on(phone, "where")
    phone.back()
    _expect_focus_on(phone, "about_you")
    phone.other_step("safety")
    _expect_focus_on(phone, "safety")

    phone.none_of_these()
    expect(phone.page.get_by_text(say("safety.list", n=2, of=4))).to_be_in_viewport()
    _expect_focus_on(phone, "safety")

    phone.back()
    phone.box(say("text.E5")).focus()
    phone.page.keyboard.press("Space")
    phone.pause()
    expect(phone.box(say("text.E5"))).to_be_focused()
    expect(phone.box(say("text.E5"))).to_be_checked()

    phone.next()
    _expect_focus_on(phone, "card")


def test_next_too_early_leads_to_the_first_thing_that_is_missing(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("pain")
    phone.page.get_by_text(say("title.methods")).scroll_into_view_if_needed()

    phone.next()

    expect(phone.page.get_by_text(say("error.rating"))).to_be_visible()
    mark = phone.page.locator("[class*=st-key-missing-]").first
    expect(mark).to_be_focused()
    expect(mark).to_contain_text(say("error.skipped"))
    expect(phone.page.get_by_text(say("error.skipped")).first).to_be_in_viewport()
