"""The body map and its list say the same, whichever is tapped."""

from playwright.sync_api import Locator, expect
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, say

FRONT_LEFT = "spot-knee-front-left"


def mark(phone: Phone, spot: str) -> Locator:
    return phone.page.locator(f"[data-spot={spot}]")


def expect_on(phone: Phone, *spots: str) -> None:
    for spot in spots:
        expect(mark(phone, spot)).to_have_class("spot on")


def test_map_and_list_say_the_same_and_every_tap_is_kept(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("where")
    in_list = phone.spot("front_knee", "left")
    on_map = mark(phone, FRONT_LEFT).locator(".finger")

    on_map.click()
    expect_on(phone, FRONT_LEFT)
    expect(in_list).to_have_attribute("aria-pressed", "true")
    in_list.click()
    expect(mark(phone, FRONT_LEFT)).to_have_class("spot")
    in_list.click()
    expect_on(phone, FRONT_LEFT)

    phone.spot("groin", "right").click()
    mark(phone, "spot-thigh-right").locator(".finger").click()
    mark(phone, "spot-low-back").locator(".finger").click()
    phone.pause()
    phone.reload()
    phone.at("where")
    expect_on(phone, FRONT_LEFT, "spot-groin-right", "spot-thigh-right", "spot-low-back")

    phone.spot("front_knee", "left").click()
    phone.spot("groin", "left").click()
    phone.pause()
    phone.reload()
    phone.at("where")
    expect_on(phone, "spot-groin-left", "spot-groin-right")
    expect(mark(phone, FRONT_LEFT)).to_have_class("spot")


def test_a_spot_ends_no_pain(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("where")
    phone.label(say("spot.spot-none")).click()
    phone.pause()

    mark(phone, FRONT_LEFT).locator(".finger").click()
    phone.pause()

    expect(phone.box(say("spot.spot-none"))).not_to_be_checked()
    expect_on(phone, FRONT_LEFT)


def test_every_spot_is_a_finger_wide_and_no_stop_for_the_keyboard(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("where")

    for width in (390, 320):
        phone.page.set_viewport_size({"width": width, "height": 700})
        phone.page.wait_for_timeout(200)
        sizes = [each.bounding_box() for each in phone.page.locator(".spot .finger").all()]
        assert (width, len(sizes)) == (width, 21)
        assert min(each["width"] for each in sizes if each) >= 43.5
        assert phone.sideways() == 0
    assert phone.page.locator(".body-map").get_attribute("aria-hidden") == "true"
    assert phone.page.locator(".body-map :is(button, input, a, [tabindex])").count() == 0
