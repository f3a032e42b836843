"""The runner in a real browser: by touch, by key, through a dead server; taken once, and never lost."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, WebSocketRoute, expect
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, say, sore_knee
from tests.people import after, did
from tests.server import Server

from screening.domain.answers import Answers, Attempt, Ending, Side, StoppedBy
from screening.services import answers_file, wording
from screening.services.catalogue import load

CALM_MS = 700
"""A little longer than the runner ignores taps for after its clock ended."""

LEAD_MS = 3000
PAIN = (4, 4, 4)
WORDS = wording.sentences("en")
HER = sore_knee("self_tests")
STOOD = after(HER, did("sls", "left", 30.0, pain=PAIN), did("sls", "right", 22.0, pain=PAIN))


def word(key: str, **values: object) -> str:
    return WORDS[f"runner.{key}"].format(**values)


class Runner:
    """A person in front of one test.

    Attributes:
        phone: The tab.
        spring: Time is made to pass in the page, instead of waited for.
    """

    def __init__(self, phone: Phone, *, spring: bool = False) -> None:
        self.phone = phone
        self.page = phone.page
        self.spring = spring
        self.began = self.ended = (0.0, 0.0)
        if spring:
            self.page.clock.install()

    def arrive(self, told: Answers = HER, step: str = "sls:left") -> "Runner":
        self.phone.arrive("self_tests", told, step)
        return self

    def button(self, key: str) -> Locator:
        return self.phone.button(word(key))

    @property
    def screen(self) -> Locator:
        return self.page.locator(".st-key-test-runner dialog")

    @property
    def digits(self) -> int:
        return int(self.page.get_by_role("timer").inner_text())

    def wait(self, ms: float) -> None:
        if self.spring:
            self.page.clock.run_for(ms)
        else:
            self.page.wait_for_timeout(ms)

    def freeze(self) -> None:
        """From now on time passes only when it is made to: a slow machine cannot part two taps."""
        self.page.clock.pause_at(self.page.evaluate("() => Date.now() / 1000 + 2"))

    def hold(self, seconds: float) -> None:
        self.wait(1000 * seconds)

    def start(self, *, key: str = "start", touch: bool = True) -> None:
        (self.button(key).tap if touch else self.button(key).click)()
        expect(self.button("not_yet")).to_be_visible()

    def go(self, *, key: str = "start", touch: bool = True) -> None:
        """Start, and wait until the clock runs."""
        tapped = time.monotonic()
        self.start(key=key, touch=touch)
        if self.spring:
            self.wait(LEAD_MS)
        expect(self.screen.locator("[data-main]:is(.stop, .tap)")).to_be_visible()
        self.began = tapped + LEAD_MS / 1000, time.monotonic()

    def tap_stop(self) -> None:
        tapped = time.monotonic()
        self.button("stop").tap()
        self.ended = tapped, time.monotonic()

    def took(self, value: float | None) -> bool:
        """Say whether this is what was held in real time, however slow the machine is, to a tenth."""
        shortest, longest = self.ended[0] - self.began[1], self.ended[1] - self.began[0]
        return value is not None and shortest - 0.15 <= value <= longest + 0.05

    def stop(self, reason: str = "tired") -> None:
        self.tap_stop()
        self.because(reason)

    def because(self, reason: str) -> None:
        self.wait(CALM_MS)
        self.button(f"why.{reason}").click()

    def enough(self) -> None:
        self.wait(CALM_MS)
        self.button("enough").click()
        self.phone.quiet()

    def kept(self) -> Answers:
        """Return the answers this tab keeps, as Python last sent them."""
        return answers_file.loads(
            json.loads(self.phone.stored()["screening:draft"])["doc"], load(), "9999-12-31"
        )

    def attempt(self, test: str = "sls", side: Side | None = Side.LEFT) -> Attempt:
        found = self.kept().attempt(test, side)
        assert found is not None
        return found

    def runs(self) -> dict[str, Any]:
        text = self.phone.stored().get("screening:runner")
        runs: dict[str, Any] = json.loads(text)["runs"] if text else {}
        return runs


def at_test(open_tab: Pick, told: Answers = HER, step: str = "sls:left", **options: Any) -> Runner:
    """Return somebody in front of a test, for whom time is made to pass."""
    phone = open_tab(has_touch=True, reduced_motion="reduce", **options)
    return Runner(phone, spring=True).arrive(told, step)


# -- a hold ----------------------------------------------------------------------------------------------


def test_a_hold_by_touch_sends_nothing_while_it_lasts_and_is_kept(open_tab: Pick) -> None:
    her = Runner(open_tab(has_touch=True)).arrive()
    her.go()
    before = len(her.phone.sent)
    box = her.button("stop").bounding_box()
    assert box is not None
    assert box["width"] * box["height"] > 0.75 * 390 * 844
    size = her.page.get_by_role("timer").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 120
    her.hold(2)

    her.tap_stop()

    her.wait(CALM_MS)
    expect(her.page.get_by_role("heading", name=word("why_ask"))).to_be_visible()
    assert len(her.phone.sent) == before
    her.because("tired")
    her.enough()
    attempt = her.attempt()
    assert her.took(attempt.value)
    assert (attempt.ending, attempt.stopped_by, attempt.capped) == (Ending.DONE, StoppedBy.TIRED, False)
    assert attempt.tries == (attempt.value,)
    expect(her.page.get_by_text(f"{attempt.value:g} seconds", exact=True)).to_be_visible()
    assert her.runs() == {}
    assert her.phone.forbidden() == []


def test_a_nervous_double_tap_on_stop_answers_nothing(open_tab: Pick) -> None:
    her = at_test(open_tab)
    her.go()
    her.freeze()

    for _ in range(3):
        her.page.touchscreen.tap(195, 400)
        her.wait(60)

    her.wait(CALM_MS)
    her.page.clock.resume()
    expect(her.page.get_by_role("heading", name=word("why_ask"))).to_be_visible()


def test_three_tries_by_keyboard_alone(open_tab: Pick) -> None:
    her = Runner(open_tab(), spring=True).arrive()
    keyboard = her.page.keyboard
    her.button("start").focus()
    for n, key in enumerate(("Space", "Enter", "Escape"), start=1):
        keyboard.press("Enter")
        expect(her.button("not_yet")).to_be_visible()
        her.wait(LEAD_MS)
        expect(her.button("stop")).to_be_visible()
        her.hold(n)

        keyboard.press(key)

        expect(her.page.get_by_role("heading", name=word("why_ask"))).to_be_focused()
        her.wait(CALM_MS)
        keyboard.press("Tab")
        expect(her.button("why.tired")).to_be_focused()
        keyboard.press("Enter")
        if n < 3:
            expect(her.page.get_by_role("heading", name=word("tried", n=n, of=3))).to_be_focused()
            her.wait(CALM_MS)
            keyboard.press("Tab")
            expect(her.button("try_again")).to_be_focused()
    her.phone.quiet()

    attempt = her.attempt()
    assert len(attempt.tries) == 3
    assert all(each >= n for n, each in enumerate(attempt.tries, start=1))
    assert attempt.value == max(attempt.tries)


def test_holding_a_key_down_is_one_stop_and_no_answer(open_tab: Pick) -> None:
    her = at_test(open_tab)
    her.go()

    her.page.keyboard.down("Enter")
    for _ in range(12):
        her.wait(90)
        her.page.keyboard.down("Enter")
    her.page.keyboard.up("Enter")

    expect(her.page.get_by_role("heading", name=word("why_ask"))).to_be_visible()


def test_a_practice_or_a_start_called_off_leaves_nothing(open_tab: Pick) -> None:
    her = at_test(open_tab)
    her.button("practice").tap()
    expect(her.screen.get_by_text(word("practice_tag"))).to_be_visible()
    her.wait(LEAD_MS)
    expect(her.button("stop")).to_be_visible()
    her.hold(1)
    her.button("stop").tap()

    expect(her.button("start_again")).to_be_visible()
    her.wait(CALM_MS)
    her.start(key="start_again")
    her.button("not_yet").tap()

    expect(her.button("start_again")).to_be_visible()
    her.wait(LEAD_MS)
    expect(her.screen).to_be_hidden()
    assert her.kept().attempts == ()


def test_there_is_time_to_lie_down_first(open_tab: Pick) -> None:
    her = at_test(open_tab, STOOD, "bridge:left")
    expect(her.page.get_by_role("radio", name=word("lead", n=10))).to_be_checked()

    her.start()

    expect(her.screen.get_by_text(word("get_set"), exact=True)).to_be_visible()
    assert her.digits > 3


@pytest.mark.parametrize(
    ("reason", "ending"), [("pain", Ending.STOPPED_FOR_PAIN), ("unwell", Ending.STOPPED_OTHER)]
)
def test_pain_or_feeling_unwell_ends_this_side_without_a_number(
    open_tab: Pick, reason: str, ending: Ending
) -> None:
    her = at_test(open_tab)
    her.go()
    her.hold(1)
    her.stop(reason)
    her.phone.quiet()

    attempt = her.attempt()
    assert (attempt.ending, attempt.value, attempt.tries) == (ending, None, ())
    words = "text.T3" if reason == "pain" else "self_tests.unwell"
    expect(her.page.get_by_text(say(words, emergency="911"))).to_be_visible()


def test_both_sides_in_one_go_with_the_rest_between(open_tab: Pick) -> None:
    her = at_test(open_tab)
    her.go()
    her.hold(11)
    her.stop()
    her.enough()
    for question in ("during", "after"):
        her.phone.number(f"did-sls-left-{question}", 4).tap()
    her.phone.group(say("test.sls.ask.hip-drop-or-lean")).get_by_text(say("self_tests.no"), exact=True).tap()
    her.phone.pause()
    her.phone.next()

    expect(her.page.get_by_text(say("self_tests.which.sls", side="right"))).to_be_visible()
    expect(her.page.get_by_text(re.compile(r"^Rest: \d+ seconds"))).to_be_visible()
    her.go()
    her.hold(1)
    her.stop()
    her.enough()

    assert [(each.test, each.side) for each in her.kept().attempts] == [
        ("sls", Side.LEFT),
        ("sls", Side.RIGHT),
    ]
    left = her.attempt()
    assert left.pain is not None
    assert (left.pain.before, left.pain.during, left.pain.after) == (4, 4, 4)
    assert left.ticks == ()


# -- counting, and ways to stand -------------------------------------------------------------------------


def test_chair_stands_are_counted_by_taps_and_can_be_put_right(open_tab: Pick) -> None:
    her = at_test(open_tab, STOOD, "cst30:both")
    her.page.get_by_role("radio", name=say("self_tests.form.standard")).tap()
    her.phone.quiet()
    her.go()
    before = len(her.phone.sent)
    her.freeze()
    big = her.screen.locator("[data-taps]")
    for _ in range(6):
        her.hold(0.5)
        big.tap()
    big.tap()  # a bouncing finger
    expect(big).to_have_text(word("tapped", n=6))
    her.button("undo").tap()
    expect(big).to_have_text(word("tapped", n=5))
    her.hold(0.5)
    her.page.keyboard.press("Space")
    expect(big).to_have_text(word("tapped", n=6))
    assert len(her.phone.sent) == before
    her.hold(30)
    her.page.clock.resume()

    expect(her.page.get_by_role("heading", name=word("count_ask"))).to_be_visible()
    her.wait(CALM_MS)
    her.phone.button(word("more")).tap()
    her.button("keep").tap()
    her.phone.quiet()

    attempt = her.attempt("cst30", None)
    assert (attempt.value, attempt.tries, attempt.capped) == (7, (7,), False)
    expect(her.page.get_by_text(say("self_tests.right_angle"))).to_be_visible()


def test_ways_to_stand_follow_each_other_and_end_at_the_one_not_held(open_tab: Pick) -> None:
    gentle = answers_file.loads(
        answers_file.dumps(HER, load()).replace('"age": 62', '"age": 71'), load(), "9999-12-31"
    )
    her = at_test(open_tab, gentle, "bal4:both")
    her.go()
    expect(her.screen.get_by_text(say("test.bal4.stage.side-by-side"))).to_be_visible()

    her.hold(10.2)
    expect(her.page.get_by_text(word("stage", n=2, of=4))).to_be_visible()
    expect(her.page.get_by_text(say("test.bal4.stage.semi-tandem"))).to_be_visible()
    her.wait(CALM_MS)
    her.go()
    her.hold(1)
    her.stop("form")
    her.phone.quiet()

    assert her.attempt("bal4", None).value == 1


# -- whatever happens to the line ------------------------------------------------------------------------


def test_a_reload_in_the_middle_of_a_hold_goes_on_counting(open_tab: Pick) -> None:
    her = Runner(open_tab(has_touch=True)).arrive()
    her.go()
    her.hold(2)

    her.page.reload()

    expect(her.button("stop")).to_be_visible()
    assert her.digits >= 2
    her.stop()
    her.enough()
    assert her.took(her.attempt().value)


@pytest.mark.parametrize("then", ["tap", "reload"])
def test_a_server_killed_in_the_middle_of_a_hold_loses_nothing(
    open_tab: Pick, own_server: Server, then: str
) -> None:
    told = after(HER, did("sls", "left", 30.0, pain=PAIN))
    her = Runner(open_tab(own_server, has_touch=True)).arrive(told, "sls:right")
    her.go()
    her.hold(1)
    own_server.kill()
    notice = her.page.get_by_text("Streamlit server is not responding")
    expect(notice).to_have_count(1)  # it makes the page inert, and must not make the runner so
    her.hold(0.5)
    her.stop()
    her.wait(CALM_MS)
    her.button("enough").click()
    own_server.restart()

    if then == "reload":
        her.phone.reload()
    else:
        her.phone.connected()
        her.page.get_by_text(say("self_tests.steps_again")).tap()
    her.phone.at("self_tests")

    expect(her.page.get_by_role("heading", name=say("test.sls.name"))).to_be_visible()
    expect(her.phone.button(say("self_tests.again"))).to_be_visible()
    her.phone.pause()
    attempt = her.attempt(side=Side.RIGHT)
    assert her.took(attempt.value)
    expect(her.page.get_by_text(f"{attempt.value:g} seconds", exact=True)).to_be_visible()
    assert her.attempt(side=Side.LEFT).value == 30
    assert len(her.kept().attempts) == 2
    assert her.runs() == {}
    her.phone.reload()
    her.phone.at("self_tests")
    assert her.attempt(side=Side.RIGHT) == attempt
    assert len(her.kept().attempts) == 2


def test_a_server_killed_and_back_before_the_hold_is_over(open_tab: Pick, own_server: Server) -> None:
    her = Runner(open_tab(own_server, has_touch=True)).arrive()
    her.go()
    own_server.restart()
    her.phone.connected()
    expect(her.button("stop")).to_be_visible()
    assert her.digits >= 2

    her.stop()
    her.enough()

    assert her.attempt().ending == Ending.DONE
    assert her.kept().age_y == HER.age_y


def test_a_line_cut_in_the_middle_of_a_hold_loses_nothing(open_tab: Pick) -> None:
    phone = open_tab(has_touch=True)
    line: dict[str, Any] = {"off": False, "open": []}

    def route(socket: WebSocketRoute) -> None:
        if line["off"]:
            socket.close()
            return
        line["open"].append((socket, socket.connect_to_server()))

    phone.page.route_web_socket(re.compile(r"/_stcore/stream"), route)
    her = Runner(phone).arrive()
    her.go()
    line["off"] = True
    for ends in line["open"]:
        for each in ends:
            each.close()
    her.hold(1.5)
    her.stop()
    her.wait(CALM_MS)
    her.button("enough").click()
    expect(her.page.get_by_text(re.compile(r"We keep this here until it is saved"))).to_be_visible()
    assert [run["phase"] for run in her.runs().values()] == ["over"]

    line["off"] = False
    her.page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]").wait_for(timeout=30_000)
    her.page.get_by_role("button", name=say("self_tests.could_not")).wait_for()
    her.phone.back()
    her.phone.next()
    expect(her.page.get_by_text(re.compile(r"We keep this here"))).to_have_count(0)
    attempt = her.attempt()
    assert her.took(attempt.value)
    expect(her.page.get_by_text(f"{attempt.value:g} seconds", exact=True)).to_be_visible()
    assert attempt.ending == Ending.DONE
    assert len(her.kept().attempts) == 1


def test_nobody_gets_a_full_hold_for_a_phone_that_slept(open_tab: Pick) -> None:
    her = Runner(open_tab(has_touch=True)).arrive()
    her.go()
    her.hold(1)
    her.page.evaluate(
        """() => {
          const all = JSON.parse(sessionStorage.getItem("screening:runner"))
          for (const run of Object.values(all.runs)) { run.since -= 300000; run.seen -= 300000 }
          addEventListener("pagehide", () => sessionStorage.setItem("screening:runner", JSON.stringify(all)))
        }"""
    )

    her.page.reload()

    expect(her.page.get_by_role("heading", name=word("unsure_ask"))).to_be_visible()
    assert her.kept().attempts == ()
    her.wait(CALM_MS)
    her.button("unsure_no").tap()
    expect(her.button("start")).to_be_visible()
    assert her.kept().attempts == ()


def test_a_tab_in_the_background_goes_on_counting(open_tab: Pick) -> None:
    her = Runner(open_tab(has_touch=True)).arrive()
    her.go()
    other = her.page.context.new_page()
    other.goto("about:blank")
    other.bring_to_front()
    other.wait_for_timeout(3000)
    her.page.bring_to_front()

    assert her.digits >= 3
    other.close()


def test_start_over_leaves_nothing_of_the_runner_on_the_device(open_tab: Pick) -> None:
    her = at_test(open_tab)
    her.page.locator("label", has_text=word("sound")).tap()
    her.go()
    her.stop("other")
    assert "screening:mute" in her.phone.stored("localStorage")
    assert "screening:runner" in her.phone.stored()

    her.page.goto(her.phone.server.url)
    her.phone.at("start")
    her.phone.button(say("start.start_over")).click()
    her.phone.button(say("start.erase")).click()
    her.phone.pause()

    assert her.phone.stored() == {}
    assert her.phone.stored("localStorage") == {}


# -- what is heard, seen and felt ------------------------------------------------------------------------

SENSES = """
  window.heard = []; window.beeps = 0; window.buzzed = []; window.locks = 0; window.flashes = 0
  const voice = { cancel() {}, speak(it) { window.heard.push([it.text, it.lang]) } }
  Object.defineProperty(window, "speechSynthesis", { value: voice })
  navigator.vibrate = (pattern) => { window.buzzed.push(pattern); return true }
  const wakeLock = { request: async () => {
    window.locks += 1
    return { addEventListener() {}, release: async () => { window.locks -= 1 } }
  } }
  Object.defineProperty(navigator, "wakeLock", { value: wakeLock })
  const plain = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (...all) { window.beeps += 1; return plain.apply(this, all) }
  const animate = Element.prototype.animate
  Element.prototype.animate = function (...all) {
    if (this.className === "flash") window.flashes += 1
    return animate.apply(this, all)
  }
"""


def _senses(open_tab: Pick, **options: Any) -> Runner:
    phone = open_tab(has_touch=True, **options)
    phone.page.add_init_script(SENSES)
    return Runner(phone, spring=True).arrive()


def test_it_speaks_beeps_buzzes_flashes_and_keeps_the_screen_on(open_tab: Pick) -> None:
    her = _senses(open_tab)
    her.go()
    her.hold(10.5)

    assert her.page.evaluate("heard") == [
        ["3", "en"],
        ["2", "en"],
        ["1", "en"],
        [word("say_go"), "en"],
        ["10", "en"],
    ]
    assert her.page.evaluate("beeps") == 4
    assert her.page.evaluate("buzzed") == [[200]]
    assert her.page.evaluate("flashes") == 2
    assert her.page.evaluate("locks") == 1
    her.stop("pain")
    her.phone.quiet()
    assert her.page.evaluate("locks") == 0


def test_silence_is_honoured_and_remembered_on_the_device(open_tab: Pick) -> None:
    her = _senses(open_tab)
    her.go()
    her.button("sound_on").tap()
    expect(her.button("sound_off")).to_be_visible()
    her.page.evaluate("() => { heard.length = 0; beeps = 0 }")
    her.stop("other")
    her.wait(CALM_MS)
    her.phone.reload()
    her.phone.at("self_tests")
    her.wait(CALM_MS)

    her.go(key="try_again")

    assert her.page.evaluate("heard") == []
    assert her.page.evaluate("beeps") == 0
    expect(her.button("sound_off")).to_be_visible()


def test_who_wants_less_motion_sees_no_flash(open_tab: Pick) -> None:
    her = _senses(open_tab, reduced_motion="reduce")
    expect(her.page.get_by_role("checkbox", name=word("flash"))).not_to_be_checked()

    her.go()
    her.hold(1)

    assert her.page.evaluate("flashes") == 0


def test_a_device_without_voice_sound_or_wake_lock_times_all_the_same(open_tab: Pick) -> None:
    phone = open_tab(has_touch=True)
    phone.page.add_init_script(
        """for (const name of ["speechSynthesis", "SpeechSynthesisUtterance", "AudioContext"])
             Object.defineProperty(window, name, { get() { throw new Error("none") } })
           Object.defineProperty(navigator, "wakeLock", { value: undefined })
           Object.defineProperty(navigator, "vibrate", { value: undefined })"""
    )
    her = Runner(phone, spring=True).arrive()
    her.go()
    her.hold(1)
    her.stop()
    her.enough()

    assert her.attempt().ending == Ending.DONE


def test_a_screen_reader_hears_changes_and_not_every_second(open_tab: Pick) -> None:
    her = at_test(open_tab)
    her.screen.wait_for(state="attached")
    her.page.evaluate(
        """() => {
          window.said = []
          const host = [...document.querySelectorAll(".st-key-test-runner *")].find((e) => e.shadowRoot)
          const live = host.shadowRoot.querySelector("dialog [role=status]")
          new MutationObserver(() => window.said.push(live.textContent)).observe(live, { childList: true })
        }"""
    )
    her.go()
    expect(her.page.get_by_role("timer")).to_have_attribute("aria-live", "off")
    her.hold(3)
    her.button("stop").tap()

    said = her.page.evaluate("said")

    assert said[:2] == [word("status_get_set"), word("status_go")]
    assert len(said) == 3
    assert re.fullmatch(r"Stopped\. [23](\.\d)? seconds\.", said[2])


# -- looks -----------------------------------------------------------------------------------------------


def _ready(her: Runner) -> None:
    her.arrive()
    her.page.get_by_text(say("self_tests.stop_list")).click()
    her.page.locator("label", has_text=word("lead", n=10)).click()


def _stop(her: Runner) -> None:
    her.button("stop").click()
    her.wait(CALM_MS)


def _afterwards(her: Runner) -> None:
    her.button("try_again").click()
    expect(her.button("not_yet")).to_be_visible()
    her.wait(10_000)
    _stop(her)
    her.button("why.pain").click()
    her.phone.quiet()
    her.phone.number("did-sls-left-during", 7).click()
    her.phone.pause()
    her.phone.next()


def _counting(her: Runner) -> None:
    her.arrive(STOOD, "cst30:both")
    her.page.get_by_role("radio", name=say("self_tests.form.standard")).click()
    her.phone.quiet()
    her.go(touch=False)


def _typing(her: Runner) -> None:
    her.arrive()
    her.phone.button(say("self_tests.type")).click()
    her.phone.quiet()
    her.page.get_by_role("textbox").fill("400")
    her.phone.button(say("self_tests.typed.save")).click()
    her.phone.pause()
    expect(her.page.get_by_text(say("self_tests.error.range", low="0", high="45"))).to_be_visible()


STATES: dict[str, Callable[[Runner], object]] = {
    "list": lambda her: her.arrive(step="list"),
    "ready": _ready,
    "lead": lambda her: her.start(touch=False),
    "going": lambda her: her.wait(10_000),
    "why": _stop,
    "between": lambda her: (her.button("why.tired").click(), her.wait(CALM_MS)),
    "afterwards": _afterwards,
    "counting": _counting,
    "typing": _typing,
    "rating": lambda her: her.arrive(STOOD, "abd_lift:left"),
    "check": lambda her: her.arrive(STOOD, "sideplank:left"),
    "end": lambda her: her.arrive(STOOD, "end"),
}
"""Every face of the tests, in an order in which one can follow the other."""

SMALL = """(least) => {
  const host = [...document.querySelectorAll(".st-key-test-runner *")].find((e) => e.shadowRoot)
  const all = host ? [...host.shadowRoot.querySelectorAll("button, summary, label")] : []
  return all.filter((e) => e.checkVisibility()).map((e) => [e, e.getBoundingClientRect()])
    .filter(([e, box]) => Math.min(box.height, box.width) < (e.matches(".main, .stop, .tap") ? 88 : least))
    .map(([e, box]) => `${e.className} ${Math.round(box.width)}x${Math.round(box.height)}`)
}"""


@pytest.mark.parametrize(("width", "height", "theme"), [(390, 844, "light"), (320, 700, "dark")])
def test_every_face_of_a_test_fits_can_be_tapped_and_read(
    open_tab: Pick, width: int, height: int, theme: str
) -> None:
    tab = open_tab(width=width, height=height, color_scheme=theme, reduced_motion="reduce")
    her = Runner(tab, spring=True)

    for state, reach in STATES.items():
        reach(her)
        assert (state, her.page.evaluate(SMALL, 48)) == (state, [])
        assert (state, her.phone.small_targets()) == (state, [])
        assert (state, her.phone.sideways()) == (state, 0)
        for body in her.screen.locator(".body").all():
            assert (state, body.evaluate("(e) => e.scrollWidth - e.clientWidth")) == (state, 0)
        assert (state, her.phone.violations()) == (state, [])
    assert her.phone.forbidden() == []
