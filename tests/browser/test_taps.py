"""While a person taps nothing is sent, after the last tap one message; no way of leaving loses an answer.

The page's clock stands still while taps are counted: a busy machine cannot make a pause between two of them.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from tests.browser.conftest import Pick
from tests.browser.phone import PAUSE_MS, Phone, say

LONG_MS = 3000
"""Long after anything that a tap may have set off."""


def frozen(phone: Phone, page: str) -> None:
    """Open a page, and stop its clock."""
    phone.page.clock.install()
    phone.arrive(page)
    phone.page.clock.pause_at(phone.page.evaluate("() => Date.now() / 1000 + 2"))
    phone.quiet()


def sent_by(phone: Phone, do: Callable[[], object]) -> tuple[int, int, int]:
    """Return how many messages went out before the end of the pause, at its end, and long after."""
    before = len(phone.sent)
    found = []
    do()
    for ms in (PAUSE_MS - 20, 40, LONG_MS):
        phone.page.clock.run_for(ms)
        phone.page.wait_for_timeout(150)
        found.append(len(phone.sent) - before - sum(found))
    return found[0], found[1], found[2]


ONCE = (0, 1, 0)


def key(target: Locator) -> Callable[[], None]:
    def press() -> None:
        target.focus()
        target.page.keyboard.press("Space")

    return press


def typed(phone: Phone, text: str, *, touch: bool) -> Callable[[], None]:
    field = phone.page.get_by_label(say("text.A0"))

    def type_it() -> None:
        (field.tap if touch else field.focus)()
        phone.page.keyboard.press("ControlOrMeta+a")
        phone.page.keyboard.type(text)

    return type_it


def about_you(phone: Phone) -> dict[str, Callable[[], None]]:
    days = phone.group(say("about_you.strength_days"))
    return {
        "radio by touch": phone.label(say("option.male")).tap,
        "radio by key": key(phone.page.get_by_role("radio", name=say("option.female"), exact=True)),
        "pill by touch": days.get_by_role("radio", name="3").tap,
        "pill by key": key(days.get_by_role("radio", name="5")),
        "typed by touch": typed(phone, "62", touch=True),
        "typed by key": typed(phone, "63", touch=False),
    }


def where(phone: Phone) -> dict[str, Callable[[], None]]:
    return {
        "pills by touch": phone.spot("front_knee", "left").tap,
        "pills by key": key(phone.spot("front_knee", "right")),
    }


def safety(phone: Phone) -> dict[str, Callable[[], None]]:
    def burst() -> None:
        for item in ("E1", "E2", "E3", "E5"):
            phone.label(say(f"text.{item}")).tap()

    return {
        "checkbox by touch": phone.label(say("text.E8")).tap,
        "checkbox by key": key(phone.box(say("text.E7"))),
        "four ticks in one go": burst,
    }


PAGES = {"about_you": about_you, "where": where, "safety": safety}


@pytest.mark.parametrize("page", PAGES)
def test_an_answer_is_reported_once_after_the_last_tap_and_never_before(open_tab: Pick, page: str) -> None:
    phone = open_tab(has_touch=True)
    frozen(phone, page)

    for kind, answer in PAGES[page](phone).items():
        assert (kind, sent_by(phone, answer)) == (kind, ONCE)


def test_moving_with_the_tab_key_sends_nothing_and_a_button_one_message(open_tab: Pick) -> None:
    phone = open_tab(has_touch=True)
    frozen(phone, "safety")

    def move() -> None:
        for _ in range(4):
            phone.page.keyboard.press("Tab")

    def answer_and_go_on() -> None:
        phone.label(say("option.none")).tap()
        phone.button(say("frame.next")).tap()

    assert sent_by(phone, move) == (0, 0, 0)
    assert sum(sent_by(phone, answer_and_go_on)) == 1
    phone.page.clock.resume()
    expect(phone.page.get_by_text(say("safety.list", n=2, of=4))).to_be_visible()


def test_a_button_never_loses_the_last_tap(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("about_you")
    age = phone.page.get_by_label(say("text.A0"))
    days = phone.group(say("about_you.strength_days"))

    ways = [(by, pause) for pause in (False, True) for by in ("next", "back")]
    for n, (by, pause) in enumerate(ways):
        age.fill(str(62 + n))
        chosen = phone.group(say("about_you.sex")).get_by_role("radio").nth(n % 2)
        phone.group(say("about_you.sex")).locator("label:has(input)").nth(n % 2).click()
        days.get_by_role("radio", name=str(n)).click()
        if pause:
            phone.pause()

        if by == "next":
            phone.next()
            phone.at("where")
            phone.back()
        else:
            phone.back()
            phone.at("start")
            phone.button(say("start.begin")).click()

        phone.at("about_you")
        expect(age, f"{by}, pause: {pause}").to_have_value(str(62 + n))
        expect(chosen).to_be_checked()
        expect(days.get_by_role("radio", name=str(n))).to_be_checked()


def test_after_a_pause_leaving_the_page_in_any_way_keeps_the_answers(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("where")
    phone.hurts()
    phone.at("safety")
    phone.label(say("text.E5")).click()
    phone.label(say("text.E8")).click()
    phone.pause()

    def expect_both() -> None:
        phone.at("safety")
        expect(phone.box(say("text.E5"))).to_be_checked()
        expect(phone.box(say("text.E8"))).to_be_checked()
        expect(phone.box(say("text.E1"))).not_to_be_checked()

    phone.reload()
    expect_both()
    phone.page.go_back()
    phone.at("card")
    phone.button(say("results.mistake")).click()
    expect_both()
