"""Whole walks, as people take them: every test by touch and by key, the gentle set, an emergency."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, expect
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, sore_knee
from tests.browser.test_runner import CALM_MS, Runner
from tests.people import KNOWN

from screening.domain.selftests import Kind
from screening.services.wording import speaker
from screening.views.charts import Axis, amount

say = speaker("en")
MOST_SCREENS = 40
"""More than the longest list of tests has screens: a walk that needs more goes round in circles."""


# -- hands -----------------------------------------------------------------------------------------------

Hands = Callable[[Locator], None]

IN_FOCUS = """(wanted) => {
  let held = document.activeElement
  while (held?.shadowRoot?.activeElement) held = held.shadowRoot.activeElement
  const group = (each) => each?.closest("[role=radiogroup], [data-testid=stButtonGroup]")
  return held === wanted ? "here" : group(held) && group(held) === group(wanted) ? "group" : ""
}"""
"""Whether the focus is on an element, or on another answer to the same question."""

FARTHEST = 150
"""More stops of the tab key than the longest page has."""


def touch(target: Locator) -> None:
    """Tap a control; where a label lies over it, tap that."""
    label = target.locator("xpath=ancestor::label")
    (label if label.count() else target).tap()


def keys(target: Locator) -> None:
    """Walk to a control by Tab, inside of a question by arrows, and press Space: no mouse, no script."""
    keyboard = target.page.keyboard
    for _ in range(FARTHEST):
        found = target.evaluate(IN_FOCUS)
        if found == "here":
            keyboard.press("Space")
            return
        keyboard.press("ArrowRight" if found == "group" else "Tab")
    raise AssertionError(f"no key leads to {target}")


HANDS: dict[str, Hands] = {"touch": touch, "keys": keys}


# -- a walker --------------------------------------------------------------------------------------------

PICKS = {
    say("check.someone-near"): "Yes",
    say("check.shoulder-sore"): "No",
    say("about_you.sex"): say("option.female"),
    say("self_tests.form_ask"): say("self_tests.form.standard"),
    say("question.Q4"): say("option.onset-slow"),
    say("question.QK1"): say("option.no"),
}
"""What is answered where not every answer is as good as the next."""

BY_HAND = say("test.bridge.name")
"""The test for which somebody else looks at the watch."""

TICKS = [say(f"option.{each}") for each in ("trigger-stairs", "trigger-squat")]


class Walker:
    """Somebody who answers what is asked and does what is shown, until the results are there."""

    def __init__(self, phone: Phone, hands: Hands) -> None:
        self.phone, self.page, self.press = phone, phone.page, hands
        self.her = Runner(phone, spring=True)
        self.typed = False

    def begin(self, age: int) -> None:
        """Go from the first page to the questions on health."""
        self.phone.open()
        self.phone.at("start")
        self.press(self.phone.box(say("text.KT")))
        self.press(self.phone.button(say("start.begin")))
        self.phone.at("about_you")
        self.press(self.page.get_by_label(say("text.A0")))
        self.page.keyboard.type(str(age))
        self.answer()
        self.on()
        self.phone.at("where")
        self.press(self.phone.spot("front_knee", "right"))
        self.on()
        for n in range(1, 5):
            expect(self.page.get_by_text(say("safety.list", n=n, of=4))).to_be_visible()
            self.phone.quiet()
            self.press(self.phone.box(say("option.none")))
            self.on()
        self.phone.at("pain")

    def to_results(self) -> None:
        for _ in range(2 * MOST_SCREENS):
            if self.phone.heading() == say("title.results"):
                return
            if not (self.by_hand() or self.do() or self.answer()):
                self.on()
        raise AssertionError("the walk did not end")

    def on(self) -> None:
        self.press(self.page.locator(".st-key-next button"))
        self.phone.quiet()

    def answer(self) -> bool:
        """Answer what is open on this screen; say whether anything was."""
        groups = [each for each in self.page.get_by_role("radiogroup").all() if each.is_visible()]
        some = False
        for group in groups:
            if group.get_by_role("radio", checked=True).count():
                continue
            wanted = PICKS.get(group.get_attribute("aria-label") or group.inner_text().split("\n")[0])
            radio = (
                group.get_by_role("radio", name=wanted, exact=True)
                if wanted
                else group.get_by_role("radio").nth(1)
            )
            self.press(radio)
            some = True
        some |= self.tick()
        if some:
            self.her.wait(500)
            self.phone.pause()
        return some

    def tick(self) -> bool:
        boxes = [each for each in self.page.get_by_role("checkbox").all() if each.is_visible()]
        names = [self.phone.box(name) for name in (*TICKS, say("self_tests.seen_none"))]
        wanted = [box for box in names if box.count() and box.is_visible()]
        if not wanted or any(each.is_checked() for each in boxes if each.is_enabled()):
            return False
        for box in wanted:
            self.press(box)
        return True

    def do(self) -> bool:
        """Do the test that is shown, if there is one to start."""
        start = self.her.button("start").or_(self.her.button("start_again")).first
        if not start.count() or not start.is_visible():
            return False
        self.press(start)
        expect(self.her.button("not_yet")).to_be_visible()
        self.her.wait(10_000)
        main = self.her.screen.locator("[data-main]:is(.stop, .tap)")
        expect(main).to_be_visible()
        if main.get_attribute("data-taps") is not None:
            self.count(main)
        elif self.page.get_by_text(re.compile("^" + say("runner.stage", n=r"\d", of=r"\d"))).count():
            self.her.hold(10.2)
        else:
            self.her.hold(12)
            self.over()
        self.her.wait(CALM_MS)
        if self.her.button("go_on").count():
            self.press(self.her.button("go_on"))
        self.phone.quiet()
        return True

    def count(self, big: Locator) -> None:
        for _ in range(9):
            self.her.hold(0.6)
            self.press(big)
        self.her.hold(30)
        expect(self.page.get_by_role("heading", name=say("runner.count_ask"))).to_be_visible()
        self.her.wait(CALM_MS)
        self.press(self.her.button("keep"))

    def over(self) -> None:
        self.press(self.her.button("stop"))
        self.her.wait(CALM_MS)
        self.press(self.her.button("why.tired").or_(self.her.button("why.form")).first)
        self.her.wait(CALM_MS)
        enough = self.her.button("enough")
        if enough.count():
            self.press(enough)

    def by_hand(self) -> bool:
        """Type the number of one side of one test."""
        offered = self.phone.button(say("self_tests.type"))
        if self.typed or not offered.count() or self.page.get_by_role("heading", name=BY_HAND).count() == 0:
            return False
        self.press(offered)
        self.phone.quiet()
        self.press(self.page.get_by_label(say("self_tests.typed.s")))
        self.page.keyboard.type("41,5")
        self.press(self.phone.button(say("self_tests.typed.save")))
        self.phone.quiet()
        self.typed = True
        return True


def told_on_the_results(phone: Phone, her: Runner) -> set[str]:
    """Check that every number that was measured is told in a picture; return the tests that were done."""
    phone.at("results")
    attempts = her.kept().attempts
    words = phone.page.locator("[data-testid=stMain]").inner_text()
    for each in attempts:
        assert say(f"test.{each.test}.name") in words
        test = KNOWN.selftests[each.test]
        if each.value is not None and test.kind in {Kind.HOLD, Kind.COUNT}:
            told = amount(each.value, Axis.of(test), say)
            picture = phone.page.locator(f'[data-testid=stVegaLiteChart][aria-label*="{told}"]').first
            expect(picture, f"{each.test} {each.side}").to_be_attached()
    return {each.test for each in attempts if each.value is not None}


STANDARD = {"sls", "stepdown", "cst30", "abd_lift", "abd_hold", "bridge", "sideplank"}
GENTLE = {"bal4", "cst30", "abd_lift", "sts_watch", "bridge_double"}


@pytest.mark.parametrize("hands", HANDS)
def test_a_52_year_old_does_every_test_from_the_first_page_to_the_results(open_tab: Pick, hands: str) -> None:
    phone = open_tab(has_touch=True, reduced_motion="reduce")
    walker = Walker(phone, HANDS[hands])
    walker.begin(age=52)

    walker.to_results()

    assert told_on_the_results(phone, walker.her) == STANDARD
    assert len(walker.her.kept().attempts) == 13
    assert walker.her.attempt("bridge").value == 41.5
    assert phone.page.locator("[data-testid=stVegaLiteChart]").count() >= 6
    assert phone.forbidden() == []


def test_a_71_year_old_does_the_gentle_set(open_tab: Pick) -> None:
    phone = open_tab(has_touch=True, reduced_motion="reduce", width=320)
    walker = Walker(phone, touch)
    phone.arrive("self_tests", replace(sore_knee("self_tests"), age_y=71))
    told = phone.page.locator("[data-testid=stMain]").inner_text()
    assert say("reason.gentle-set") in told
    assert phone.sideways() == 0

    walker.to_results()

    assert told_on_the_results(phone, walker.her) == GENTLE
    assert phone.forbidden() == []


# -- shorter walks ---------------------------------------------------------------------------------------


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

    phone.other_step("about_you")
    phone.at("about_you")
    phone.page.get_by_label(say("text.A0")).fill("71")
    phone.next()
    phone.at("where")
    phone.open("self_tests")
    phone.at("self_tests")

    expect(phone.page.get_by_text(say("test.bal4.name")).first).to_be_visible()
