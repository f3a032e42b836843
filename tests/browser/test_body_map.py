"""The body map and its list say the same, whichever is tapped."""

import pytest
from playwright.sync_api import expect

from screening.services.wording import speaker

say = speaker("en")
FRONT_LEFT = "spot-knee-front-left"


def mark(phone, spot):
    return phone.page.locator(f"[data-spot={spot}]")


def is_on(phone, spot):
    return "on" in (mark(phone, spot).get_attribute("class") or "").split()


def test_a_tap_on_the_map_shows_in_the_list(open_tab):
    phone = open_tab()
    phone.arrive("where")

    mark(phone, FRONT_LEFT).locator(".finger").click()

    assert is_on(phone, FRONT_LEFT)
    expect(phone.spot("front_knee", "left")).to_have_attribute("aria-pressed", "true")


def test_a_tap_in_the_list_shows_on_the_map(open_tab):
    phone = open_tab()
    phone.arrive("where")

    phone.spot("front_knee", "left").click()

    expect(mark(phone, FRONT_LEFT)).to_have_class("spot on")
    phone.spot("front_knee", "left").click()
    expect(mark(phone, FRONT_LEFT)).to_have_class("spot")


def test_taps_on_map_and_list_in_one_go_are_all_kept(open_tab):
    phone = open_tab()
    phone.arrive("where")

    phone.spot("groin", "right").click()
    mark(phone, "spot-thigh-right").locator(".finger").click()
    mark(phone, "spot-low-back").locator(".finger").click()
    phone.pause()
    phone.page.reload()
    phone.at("where")

    for spot in ("spot-groin-right", "spot-thigh-right", "spot-low-back"):
        expect(mark(phone, spot)).to_have_class("spot on")


def test_a_spot_ends_no_pain(open_tab):
    phone = open_tab()
    phone.arrive("where")
    phone.label(say("spot.spot-none")).click()
    phone.pause()

    mark(phone, FRONT_LEFT).locator(".finger").click()
    phone.pause()

    expect(phone.box(say("spot.spot-none"))).not_to_be_checked()
    assert is_on(phone, FRONT_LEFT)


def test_a_tap_taken_back_stays_off_after_the_server_is_gone(open_tab):
    phone = open_tab()
    phone.arrive("where")
    mark(phone, FRONT_LEFT).locator(".finger").click()
    phone.pause()
    phone.spot("front_knee", "left").click()
    phone.spot("groin", "left").click()
    phone.pause()

    phone.page.reload()
    phone.at("where")

    assert not is_on(phone, FRONT_LEFT)
    expect(mark(phone, "spot-groin-left")).to_have_class("spot on")


@pytest.mark.parametrize("width", [320, 390])
def test_every_spot_is_a_finger_wide(open_tab, width):
    phone = open_tab(width=width)
    phone.arrive("where")

    fingers = phone.page.locator(".spot .finger")
    sizes = [fingers.nth(n).bounding_box() for n in range(fingers.count())]

    assert len(sizes) == 21
    assert min(each["width"] for each in sizes) >= 43.5
    assert phone.sideways() == 0


def test_the_map_is_no_stop_for_the_keyboard(open_tab):
    phone = open_tab()
    phone.arrive("where")

    assert phone.page.locator(".body-map").get_attribute("aria-hidden") == "true"
    assert phone.page.locator(".body-map :is(button, input, a, [tabindex])").count() == 0
