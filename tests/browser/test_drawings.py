"""The drawing of a test moves, can be stopped, and stands still for those who want no motion."""

from playwright.sync_api import expect

from screening.services.wording import speaker

say = speaker("en")


def arrive(phone):
    phone.arrive("self_tests")
    phone.next()
    phone.page.locator(".drawing svg").first.wait_for(state="attached")


def first_part(phone):
    return phone.page.locator(".drawing .moving svg path[transform]").first.get_attribute("transform")


def test_the_person_has_words_moves_and_stops_on_a_tap(open_tab):
    phone = open_tab()
    arrive(phone)
    label = phone.page.locator(".drawing").get_attribute("aria-label")
    assert label == say("drawing.alt.sls", side=say("drawing.side.left"))

    seen = set()
    for _ in range(12):
        seen.add(first_part(phone))
        phone.page.wait_for_timeout(300)
    assert len(seen) > 2

    phone.button(say("drawing.pause")).click()
    still = first_part(phone)
    phone.page.wait_for_timeout(700)
    assert first_part(phone) == still
    expect(phone.button(say("drawing.play"))).to_be_visible()


def test_with_less_motion_both_positions_stand_side_by_side(open_tab):
    phone = open_tab(reduced_motion="reduce")
    arrive(phone)

    expect(phone.page.locator(".drawing .moving")).to_be_hidden()
    expect(phone.page.locator(".drawing .stills figure")).to_have_count(2)
    expect(phone.page.get_by_text(say("drawing.position.sls.2"))).to_be_visible()
