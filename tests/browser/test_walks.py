"""Whole walks, as people take them: an emergency, nothing done, an early answer changed, the gentle set."""

from dataclasses import replace

from playwright.sync_api import expect
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, sore_knee

from screening.services.wording import speaker

say = speaker("en")
MOST_SCREENS = 40
"""More than the longest list of tests has screens: a walk that needs more goes round in circles."""


def skip_every_test(phone: Phone) -> None:
    """Press "Skip this test" wherever it stands, and Next elsewhere, until the results are there."""
    results = phone.page.get_by_role("heading", level=1, name=say("title.results"), exact=True)
    for _ in range(MOST_SCREENS):
        if results.count():
            return
        skip = phone.button(say("self_tests.skip"))
        (skip if skip.count() else phone.page.locator(".st-key-next button")).first.click()
        phone.quiet()
    raise AssertionError("the walk did not end")


def test_an_emergency_answer_ends_the_path_on_one_card(open_tab: Pick) -> None:
    phone = open_tab(has_touch=True)
    phone.agree()
    phone.about(age=58)
    phone.hurts()
    phone.at("safety")

    phone.label(say("text.E1")).tap()
    phone.page.locator(".st-key-next button").tap()
    phone.quiet()

    expect(phone.page.get_by_role("heading", level=1)).to_have_count(1)
    expect(phone.page.get_by_text(say("text.ME_CES", emergency="911").split(".")[0]).first).to_be_visible()
    phone.open("results")
    assert phone.page.locator("[data-testid=stVegaLiteChart]").count() == 0
    assert phone.foreign == []


def test_a_person_who_skips_everything_is_told_so_plainly(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("self_tests", sore_knee("self_tests"))

    skip_every_test(phone)

    assert phone.heading() == say("title.results")
    assert phone.page.locator("[data-testid=stVegaLiteChart]").count() == 0
    told = phone.page.locator("[data-testid=stMain]").inner_text()
    assert say("finding.not-tested") in told
    assert say("finding.worth-showing") not in told


def test_an_early_answer_changed_late_changes_what_comes_after_it(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("self_tests", sore_knee("self_tests"))
    expect(phone.page.get_by_text(say("test.sideplank.name")).first).to_be_visible()

    phone.page.get_by_text(say("frame.other_steps")).click()
    phone.button(say("nav.about_you")).click()
    phone.at("about_you")
    phone.page.get_by_label(say("text.A0")).fill("71")
    phone.next()
    phone.at("where")
    phone.open("self_tests")
    phone.at("self_tests")

    expect(phone.page.get_by_text(say("test.bal4.name")).first).to_be_visible()


def test_a_71_year_old_is_offered_the_gentle_set_and_told_why(open_tab: Pick) -> None:
    phone = open_tab(width=320)
    phone.arrive("self_tests", replace(sore_knee("self_tests"), age_y=71))

    told = phone.page.locator("[data-testid=stMain]").inner_text()

    for test in ("bal4", "bridge_double"):
        assert say(f"test.{test}.name") in told
    assert say("reason.gentle-set") in told
    assert phone.sideways() == 0
