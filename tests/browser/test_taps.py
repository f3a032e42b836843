"""While a person taps nothing is sent, after the last tap one message; no way of leaving loses an answer."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, say

MESSAGES = 250
"""Milliseconds after a tap in which nothing may be sent yet."""


def _sent_by(phone: Phone, *, do: object) -> tuple[int, int]:
    """Return how many messages went out while tapping, and after the pause."""
    before = len(phone.sent)
    do()  # type: ignore[operator]
    during = len(phone.sent) - before
    phone.page.wait_for_timeout(1000)
    return during, len(phone.sent) - before


def test_a_burst_of_ticks_sends_one_message_after_the_last(open_tab: Pick) -> None:
    phone = open_tab(has_touch=True)
    phone.arrive("safety")

    places = [phone.label(say(f"text.{item}")).bounding_box() for item in ("E1", "E2", "E3", "E5")]

    def burst() -> None:
        for place in places:
            assert place is not None
            phone.page.touchscreen.tap(place["x"] + 20, place["y"] + 12)

    assert _sent_by(phone, do=burst) == (0, 1)
    phone.pause()
    assert phone.box(say("text.E5")).is_checked()


@pytest.mark.parametrize("by", ["touch", "key"])
@pytest.mark.parametrize("kind", ["checkbox", "radio", "pill", "pills", "typed"])
def test_every_kind_of_question_is_reported_once(open_tab: Pick, kind: str, by: str) -> None:
    phone = open_tab(has_touch=True)
    page = phone.page
    phone.arrive(
        "about_you" if kind in {"radio", "typed", "pill"} else "where" if kind == "pills" else "safety"
    )
    target = {
        "checkbox": lambda: phone.label(say("text.E1")),
        "radio": lambda: phone.label(say("option.male")),
        "pill": lambda: page.locator(".st-key-pick-strength_days").get_by_role("radio", name="3"),
        "pills": lambda: page.locator(".st-key-places-knee").get_by_text("Left").first,
        "typed": lambda: page.get_by_label(say("text.A0")),
    }[kind]()

    def answer() -> None:
        if kind == "typed":
            (target.tap if by == "touch" else target.focus)()
            page.keyboard.type("62", delay=40)
        elif by == "touch":
            target.tap()
        else:
            (
                target.locator("input")
                if kind in {"checkbox", "radio"}
                else target.locator("xpath=ancestor-or-self::button")
            ).focus()
            page.keyboard.press("Space")

    assert _sent_by(phone, do=answer) == (0, 1)


def test_moving_with_the_tab_key_sends_nothing(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("safety")

    def move() -> None:
        for _ in range(4):
            phone.page.keyboard.press("Tab")

    assert _sent_by(phone, do=move) == (0, 0)


def test_a_button_sends_one_message_and_none_after_it(open_tab: Pick) -> None:
    phone = open_tab(has_touch=True)
    phone.arrive("safety")
    phone.label(say("option.none")).tap()
    before = len(phone.sent)

    phone.button(say("frame.next")).tap()
    phone.page.wait_for_timeout(1500)

    assert len(phone.sent) - before == 1


LEAVE = {
    "next": lambda phone: phone.next(),
    "back": lambda phone: phone.back(),
}


@pytest.mark.parametrize("pause", [False, True], ids=["at-once", "after-a-pause"])
@pytest.mark.parametrize("by", LEAVE)
def test_a_button_never_loses_the_last_tap(open_tab: Pick, by: str, *, pause: bool) -> None:
    phone = open_tab()
    phone.arrive("about_you")
    phone.page.get_by_label(say("text.A0")).fill("62")
    phone.label(say("option.female")).click()
    days = phone.page.locator(".st-key-pick-strength_days")
    days.get_by_role("radio", name="3").click()
    if pause:
        phone.pause()

    LEAVE[by](phone)
    if by == "next":
        phone.back()
    else:
        phone.button(say("start.begin")).click()

    phone.at("about_you")
    expect(phone.page.get_by_label(say("text.A0"))).to_have_value("62")
    expect(phone.page.get_by_role("radio", name=say("option.female"), exact=True)).to_be_checked()
    expect(days.get_by_role("radio", name="3")).to_be_checked()


@pytest.mark.parametrize("by", ["browser back", "reload"])
def test_after_a_pause_leaving_the_page_in_any_way_keeps_the_answers(open_tab: Pick, by: str) -> None:
    phone = open_tab()
    phone.arrive("where")
    phone.hurts()
    phone.at("safety")
    phone.label(say("text.E5")).click()
    phone.label(say("text.E8")).click()
    phone.pause()

    if by == "reload":
        phone.page.reload()
    else:
        phone.page.go_back()
        phone.at("card")
        phone.button(say("results.mistake")).click()

    phone.at("safety")
    expect(phone.box(say("text.E5"))).to_be_checked()
    expect(phone.box(say("text.E8"))).to_be_checked()
    expect(phone.box(say("text.E1"))).not_to_be_checked()
