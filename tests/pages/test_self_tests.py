"""The test screen without a browser: every kind of test, every ending, every list."""

import json
import shutil

import pytest
from streamlit.testing.v1 import AppTest
from tests.people import KNOWN, after, did, person, tell

from screening.domain.answers import Ending, Form, Side, StoppedBy, TimedBy
from screening.services import catalogue, datafiles, wording
from screening.views import state
from screening.views.words import say

PAIN = (2, 2, 2)
LEFT, RIGHT = Side.LEFT, Side.RIGHT
WOMAN = person()
STOOD = after(WOMAN, did("sls", "left", 30.0, pain=PAIN), did("sls", "right", 22.0, pain=PAIN))


@pytest.fixture
def open_tests(open_page):
    """Open the test screen: ``open_tests(told, "sls:left")``."""

    def open_(told=WOMAN, part=""):
        return open_page("self_tests", told, agreed=True, steps={"self_tests": part} if part else {})

    return open_


def visit(at: AppTest):
    return at.session_state["visit"]


def told(at: AppTest):
    return visit(at).told


def part(at: AppTest) -> str:
    return visit(at).steps["self_tests"]


def texts(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.header, at.subheader, at.info, at.error, at.warning)
    return "\n".join(each.value for kind in kinds for each in kind)


def data(at: AppTest, name: str = "runner"):
    """Return what a component was sent. T39: it is an object, or all of it became text."""
    found = [each.proto for each in at.get("bidi_component") if each.proto.component_name.endswith(name)]
    sent = json.loads(found[-1].json)
    assert isinstance(sent, dict)
    return sent


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def answer(at: AppTest, test: str, side: str, **fields: object) -> AppTest:
    """Tap the answers to the questions about one attempt."""
    for field, value in fields.items():
        at.button_group(key=f"q:did:{test}:{side}:{field}").set_value(value)
    at.run()
    assert not at.exception
    return at


def hand_over(at: AppTest, test: str, side: str | None, value: float | None, ended_by: str, **more: object):
    """Let the browser report that this side is over."""
    held = {
        "id": f"{test}:{side}:{value}:{ended_by}",
        "test": test,
        "side": side,
        "value": value,
        "capped": ended_by == "cap",
        "ended_by": ended_by,
        "tries": [] if value is None else [value],
        "form": "standard",
        "fresh": None,
    } | more
    at.session_state["runner"] = {"held": held}
    at.run()
    assert not at.exception
    return at


# -- the list -----------------------------------------------------------------------------------------


def test_the_list_says_how_to_get_ready_what_comes_and_how_much_pain_is_fine(open_tests):
    shown = texts(open_tests())

    for key in ("text.T0", "text.T1", "text.T2"):
        assert say(key) in shown
    for test in ("sls", "stepdown", "cst30", "abd_lift", "abd_hold", "bridge", "sideplank"):
        assert say(f"test.{test}.name") in shown


def test_what_was_left_out_is_said_with_its_reason(open_tests):
    shown = texts(open_tests(person("X2", "X7")))

    assert say("reason.X2") in shown
    assert say("text.MX_F") in shown


@pytest.mark.parametrize(
    ("answers", "why"), [(person("C8"), "reason.level-V"), (tell(WOMAN, P2=6), "reason.pain-6")]
)
def test_nobody_who_should_not_test_today_finds_a_test(open_tests, answers, why):
    at = open_tests(answers)

    assert say("self_tests.none_today") in texts(at)
    assert say(why) in texts(at)
    assert not at.get("bidi_component")[1:]
    press(at, "next")
    press(at, "next")
    assert visit(at).page == "results"


def test_somebody_who_comes_too_early_is_led_to_the_first_gap(open_tests):
    at = open_tests(tell(WOMAN, SCR3=None))

    assert say("results.ask_first.safety") in texts(at)


# -- a hold -------------------------------------------------------------------------------------------


def test_one_test_is_one_screen_with_its_steps_and_the_runner(open_tests):
    at = press(open_tests(), "next")
    shown = texts(at)

    assert part(at) == "sls:left"
    assert say("self_tests.progress", number=1, count=7) in shown
    for n in range(1, 6):
        assert say(f"test.sls.step.{n}") in shown
    assert say("self_tests.which.sls", side="left") in shown
    sent = data(at)
    assert sent["plan"] == {
        "who": "",
        "test": "sls",
        "side": "left",
        "mode": "hold",
        "seconds": 45,
        "tries": 3,
        "best_of": True,
        "higher": True,
        "stages": 0,
        "rest_s": 30,
        "form": "standard",
    }
    assert sent["stop"] == [say("self_tests.stop_list"), say("text.T1"), say("text.T2")]
    assert sent["taken"] is False


@pytest.mark.parametrize("test", tuple(KNOWN.selftests), ids=lambda test: test.id)
def test_no_test_shows_more_than_six_steps(test):
    steps = [key for key in wording.sentences("en") if key.startswith(f"test.{test.id}.step.")]

    assert 1 <= len(steps) <= 6


@pytest.mark.parametrize(
    ("ended_by", "value", "kept", "words"),
    [
        ("tired", 22.4, (Ending.DONE, StoppedBy.TIRED), "self_tests.result.s"),
        ("cap", 45, (Ending.DONE, StoppedBy.CAP), "self_tests.result.full_time"),
        ("pain", None, (Ending.STOPPED_FOR_PAIN, None), "text.T3"),
        ("other", None, (Ending.STOPPED_OTHER, None), "no_band.stopped-other"),
        ("unwell", None, (Ending.STOPPED_OTHER, StoppedBy.OTHER), "self_tests.unwell"),
    ],
)
def test_each_ending_is_kept_and_said_as_what_it_is(open_tests, ended_by, value, kept, words):
    at = hand_over(open_tests(part="sls:left"), "sls", "left", value, ended_by)
    attempt = told(at).attempt("sls", LEFT)

    assert attempt is not None
    assert (attempt.ending, attempt.stopped_by) == kept
    assert attempt.value == value
    assert attempt.pain is not None
    assert attempt.pain.before == 2
    assert say(words, value=f"{value:g}" if value else "") in texts(at)
    assert data(at)["taken"] is True


def test_a_report_is_taken_once(open_tests):
    at = hand_over(open_tests(part="sls:left"), "sls", "left", 22.4, "tired")
    answer(at, "sls", "left", during=2, after=2)
    before = told(at)

    at.run()
    press(at, "next")

    assert told(at) == before


def test_a_report_of_another_turn_is_left_alone(open_tests):
    at = hand_over(open_tests(part="sls:left"), "sls", "right", 22.4, "tired")

    assert told(at).attempts == ()
    assert data(at)["have"] is None


def test_an_impossible_report_changes_nothing_and_says_so(open_tests):
    at = hand_over(open_tests(part="sls:left"), "sls", "left", 400.0, "tired")

    assert told(at).attempts == ()
    assert say("self_tests.error.report") in texts(at)
    assert data(at)["have"] == "sls:left:400.0:tired"


def test_after_each_side_pain_is_asked_and_where_only_if_there_was_any(open_tests):
    at = hand_over(open_tests(part="sls:left"), "sls", "left", 22.4, "tired")
    keys = {each.key for each in at.button_group}
    assert {"q:did:sls:left:during", "q:did:sls:left:after", "q:did:sls:left:noticed"} <= keys
    assert "q:did:sls:left:spot" not in keys

    answer(at, "sls", "left", during=0, after=0)
    assert "q:did:sls:left:spot" not in {each.key for each in at.button_group}
    answer(at, "sls", "left", during=1)
    answer(at, "sls", "left", spot="spot-hip-outer-left", noticed="yes")

    attempt = told(at).attempt("sls", LEFT)
    assert attempt is not None
    assert attempt.pain is not None
    assert (attempt.pain.before, attempt.pain.during, attempt.pain.after) == (2, 1, 0)
    assert attempt.pain.spot == "spot-hip-outer-left"
    assert attempt.ticks == ("hip-drop-or-lean",)
    assert attempt.value == 22.4


def test_there_is_no_going_on_without_the_pain_and_the_error_stands_beside_it(open_tests):
    at = hand_over(open_tests(part="sls:left"), "sls", "left", 22.4, "tired")

    press(at, "next")

    assert part(at) == "sls:left"
    assert [each.value for each in at.error] == [say("error.rating")] * 2
    answer(at, "sls", "left", during=2, after=2, noticed="no")
    assert not at.error
    press(at, "next")
    assert part(at) == "sls:right"
    assert data(at)["plan"]["side"] == "right"


def test_going_back_loses_nothing_and_shows_what_was_done(open_tests):
    at = open_tests(STOOD, "stepdown:left")

    press(at, "back")

    assert part(at) == "sls:right"
    assert say("self_tests.result.s", value="22") in texts(at)
    assert at.button_group(key="q:did:sls:right:during").value == 2
    assert told(at) == STOOD


def test_doing_it_again_keeps_the_old_result_until_the_new_one_is_over(open_tests):
    at = press(open_tests(STOOD, "sls:left"), "do-again")

    assert told(at) == STOOD
    token = data(at)["fresh"]
    assert part(at) == f"sls:left~{token}"
    hand_over(at, "sls", "left", 40.0, "tired", fresh="another")
    assert told(at) == STOOD
    hand_over(at, "sls", "left", 41.0, "tired", fresh=token)
    attempt = told(at).attempt("sls", LEFT)
    assert attempt is not None
    assert attempt.value == 41.0
    assert part(at) == "sls:left"


def test_the_second_side_has_its_steps_one_tap_away(open_tests):
    at = open_tests(after(WOMAN, did("sls", "left", 30.0, pain=PAIN)), "sls:right")

    assert say("self_tests.steps_again") in [each.label for each in at.expander]
    assert say("self_tests.which.sls", side="right") in texts(at)


# -- not done -----------------------------------------------------------------------------------------


def test_could_not_is_an_answer_about_this_side(open_tests):
    at = press(open_tests(STOOD, "bridge:left"), "do-could_not")
    attempt = told(at).attempt("bridge", LEFT)

    assert attempt is not None
    assert (attempt.ending, attempt.value, attempt.pain) == (Ending.COULD_NOT, None, None)
    assert part(at) == "bridge:right"


def test_skipping_a_test_skips_both_sides_and_goes_on(open_tests):
    at = press(open_tests(STOOD, "bridge:left"), "do-skip")

    for side in Side:
        attempt = told(at).attempt("bridge", side)
        assert attempt is not None
        assert (attempt.ending, attempt.value) == (Ending.CHOSE_NOT, None)
    assert part(at) == "sideplank:left"


def test_skipping_keeps_the_side_that_was_done(open_tests):
    answers = after(STOOD, did("bridge", "left", 40.0, pain=PAIN))

    at = press(open_tests(answers, "bridge:right"), "do-skip")

    done = told(at).attempt("bridge", LEFT)
    assert done is not None
    assert done.value == 40.0


def test_what_was_skipped_can_be_done_after_all(open_tests):
    at = press(open_tests(STOOD, "bridge:left"), "do-skip")
    press(at, "back")
    assert say("no_band.chose-not") in texts(at)

    press(at, "do-again")

    assert data(at)["plan"]["test"] == "bridge"


def test_somebody_who_skips_everything_comes_to_the_end(open_tests):
    at = press(open_tests(), "next")
    while part(at) != "end":
        press(at, "do-skip")

    assert say("self_tests.end.done") in texts(at)
    assert {each.ending for each in told(at).attempts} == {Ending.CHOSE_NOT}
    assert say("text.T4") in texts(at)
    press(at, "next")
    assert visit(at).page == "results"


# -- pain ---------------------------------------------------------------------------------------------


def test_a_finished_try_with_too_much_pain_is_not_scored_and_nobody_is_called_weak_for_it(open_tests):
    at = hand_over(open_tests(part="sls:left"), "sls", "left", 22.4, "tired")

    answer(at, "sls", "left", during=6, after=3)

    shown = texts(at)
    assert say("no_band.pain-rule") in shown
    assert say("self_tests.rest") in shown
    attempt = told(at).attempt("sls", LEFT)
    assert attempt is not None
    assert attempt.ending == Ending.DONE


def test_one_pain_stop_offers_to_end_the_tests_for_today(open_tests):
    at = hand_over(open_tests(part="sls:left"), "sls", "left", None, "pain")
    answer(at, "sls", "left", during=7, after=4)

    press(at, "do-end_today")

    assert part(at) == "end"
    assert say("text.T4") in texts(at)
    assert say("self_tests.end.open") in texts(at)
    press(at, "back-to-tests")
    assert part(at) == "sls:right"


def test_two_pain_stops_end_the_tests_for_today(open_tests):
    at = hand_over(open_tests(part="sls:left"), "sls", "left", None, "pain")
    answer(at, "sls", "left", during=7, after=4)
    press(at, "next")
    hand_over(at, "sls", "right", None, "pain")
    answer(at, "sls", "right", during=7, after=4)

    press(at, "next")

    assert part(at) == "end"
    assert say("self_tests.end.enough") in texts(at)
    assert say("reason.pain-stops") in texts(at)
    assert not [each for each in at.button if each.key == "back-to-tests"]
    press(at, "next")
    assert visit(at).page == "results"


# -- the list changes ---------------------------------------------------------------------------------


def test_a_low_stance_leaves_out_the_step_down_on_that_side_and_says_why(open_tests):
    at = open_tests(after(WOMAN, did("sls", "left", 30.0, pain=PAIN)), "sls:right")
    hand_over(at, "sls", "right", 6.0, "tired")
    answer(at, "sls", "right", during=2, after=2, noticed="no")

    press(at, "next")

    assert part(at) == "stepdown:left"
    assert say("self_tests.news") in texts(at)
    assert say("reason.stance-under-10") in texts(at)
    answered = visit(at)
    answered.told = after(answered.told, did("stepdown", "left", 1.0, ticks=("trunk-leaned",), pain=PAIN))
    at.run()
    press(at, "next")
    assert part(at) == "cst30:both"


def test_a_failed_gate_turns_to_the_gentle_set(open_tests):
    at = hand_over(open_tests(person(age=61), "sls:left"), "sls", "left", 3.0, "form")
    answer(at, "sls", "left", during=2, after=2, noticed="no")

    press(at, "next")

    assert part(at) == "bal4:both"
    assert say("self_tests.news_gentle") in texts(at)
    assert say("note.fall_message") in texts(at)
    assert data(at)["stages"] == [say(each.say) for each in KNOWN.selftests["bal4"].stages]
    assert data(at)["plan"]["stages"] == 4


def test_the_one_leg_stage_is_left_out_where_standing_on_one_leg_is(open_tests):
    at = open_tests(person("X2", age=70), "bal4:both")

    assert data(at)["plan"]["stages"] == 3


def test_four_ways_to_stand_are_counted_and_never_capped(open_tests):
    at = hand_over(open_tests(person(age=70), "bal4:both"), "bal4", None, 4, "cap")
    attempt = told(at).attempt("bal4")

    assert attempt is not None
    assert (attempt.value, attempt.capped) == (4, False)


# -- questions right before a test --------------------------------------------------------------------


def test_a_chair_test_waits_for_the_helper_of_those_who_need_one(open_tests):
    at = open_tests(person("X2"), "cst30:both")
    assert not [each for each in at.get("bidi_component") if each.proto.component_name.endswith("runner")]

    press(at, "next")
    assert say("error.pick") in texts(at)
    at.button_group(key="q:check:someone-near").set_value(True).run()

    assert told(at).checks == {"someone-near": True}
    at.button_group(key="form:cst30:both").set_value("standard").run()
    assert data(at)["plan"]["mode"] == "count"


def test_without_a_helper_the_chair_test_is_left_out_and_can_be_asked_again(open_tests):
    at = open_tests(person("X2"), "cst30:both")
    at.button_group(key="q:check:someone-near").set_value(False).run()
    assert say("reason.no-helper") in texts(at)
    assert part(at) == "cst30:both"

    press(at, "next")
    assert part(at) == "abd_lift:left"
    press(at, "back")
    assert part(at) == "list"
    press(at, "ask-again-no-helper")

    assert told(at).checks == {}


@pytest.mark.parametrize(("sore", "goes_on"), [(True, False), (False, True)])
def test_a_sore_shoulder_leaves_out_the_side_plank(open_tests, sore, goes_on):
    at = open_tests(STOOD, "sideplank:left")
    at.button_group(key="q:check:shoulder-sore").set_value(sore).run()

    if goes_on:
        assert data(at)["plan"]["test"] == "sideplank"
        assert {"shoulder", "back"} <= set(data(at)["reasons"])
    else:
        assert say("reason.shoulder-sore") in texts(at)
        press(at, "next")
        assert part(at) == "end"


# -- chairs -------------------------------------------------------------------------------------------


def test_how_the_chair_test_is_done_is_chosen_before_it_starts(open_tests):
    at = open_tests(STOOD, "cst30:both")
    assert data(at)["plan"] is None
    assert say("self_tests.form_first") in texts(at)

    at.button_group(key="form:cst30:both").set_value("hands").run()

    assert data(at)["plan"]["form"] == "hands"
    assert say("self_tests.hands") in texts(at)
    hand_over(at, "cst30", None, 9, "counted", form="hands")
    attempt = told(at).attempt("cst30")
    assert attempt is not None
    assert (attempt.form, attempt.value) == (Form.HANDS, 9)


def test_the_seat_is_asked_after_the_chair_test(open_tests):
    at = hand_over(open_tests(STOOD, "cst30:both"), "cst30", None, 12, "counted")
    answer(at, "cst30", "both", during=2, after=2, right_angle="yes")

    at.text_input(key="q:did:cst30:both:seat_cm").set_value("44").run()

    attempt = told(at).attempt("cst30")
    assert attempt is not None
    assert (attempt.right_angle, attempt.seat_cm) == (True, 44)


@pytest.mark.parametrize("height", ["4", "440", "44,5", "high"])
def test_an_impossible_seat_is_refused_beside_the_field_and_nothing_changes(open_tests, height):
    at = hand_over(open_tests(STOOD, "cst30:both"), "cst30", None, 12, "counted")
    answer(at, "cst30", "both", during=2, after=2, right_angle="yes")
    before = told(at)

    at.text_input(key="q:did:cst30:both:seat_cm").set_value(height).run()

    assert told(at) == before
    assert say("self_tests.error.seat", low=20, high=80) in texts(at)
    press(at, "next")
    assert part(at) == "cst30:both"


def test_five_stands_not_finished_are_said_as_that(open_tests):
    answers = after(person(age=70), did("cst30", None, None, ending="could-not"))
    at = open_tests(answers, "cst5:both")
    at.button_group(key="form:cst5:both").set_value("standard").run()
    assert data(at)["plan"]["mode"] == "time"

    hand_over(at, "cst5", None, 60, "cap")

    assert say("self_tests.result.not_finished", value="60") in texts(at)


# -- ratings ------------------------------------------------------------------------------------------


def tick_line(at: AppTest, field: str, code: str, *, on: bool = True) -> AppTest:
    (
        at.checkbox(key=f"q:did:{field}:{code}").check()
        if on
        else at.checkbox(key=f"q:did:{field}:{code}").uncheck()
    )
    at.run()
    assert not at.exception
    return at


def test_a_step_down_is_rated_by_ticks_then_the_pain_is_asked(open_tests):
    at = open_tests(STOOD, "stepdown:left")
    assert data(at)["plan"] is None
    assert data(at)["stop"]
    at.button_group(key="form:stepdown:left").set_value("standard").run()
    press(at, "next")
    assert say("error.list") in texts(at)

    tick_line(at, "stepdown:left:seen", "trunk-leaned")
    tick_line(at, "stepdown:left:seen", "knee-inside-foot")
    answer(at, "stepdown", "left", during=1, after=1)

    attempt = told(at).attempt("stepdown", LEFT)
    assert attempt is not None
    assert (attempt.value, attempt.form) == (3, Form.STANDARD)
    press(at, "next")
    assert part(at) == "stepdown:right"


def test_nothing_seen_excludes_the_rest(open_tests):
    at = open_tests(STOOD, "stepdown:left")
    at.button_group(key="form:stepdown:left").set_value("standard").run()
    tick_line(at, "stepdown:left:seen", "trunk-leaned")

    tick_line(at, "stepdown:left:seen", "none")

    attempt = told(at).attempt("stepdown", LEFT)
    assert attempt is not None
    assert (attempt.ticks, attempt.value) == ((), 0)
    assert not at.checkbox(key="q:did:stepdown:left:seen:trunk-leaned").value


def test_without_a_step_a_small_squat_is_shown_and_kept_as_one(open_tests):
    at = open_tests(STOOD, "stepdown:left")
    at.button_group(key="form:stepdown:left").set_value("squat").run()
    assert say("test.stepdown.squat.1") in texts(at)
    assert say("test.stepdown.step.1") not in texts(at)

    tick_line(at, "stepdown:left:seen@squat", "trunk-leaned")
    attempt = told(at).attempt("stepdown", LEFT)
    assert attempt is not None
    assert attempt.form == Form.SQUAT

    at.button_group(key="form:stepdown:left").set_value("standard").run()
    attempt = told(at).attempt("stepdown", LEFT)
    assert attempt is not None
    assert (attempt.form, attempt.value) == (Form.STANDARD, 1)


@pytest.mark.parametrize(
    ("button", "ending", "words"),
    [
        ("do-stopped_pain", Ending.STOPPED_FOR_PAIN, "text.T3"),
        ("do-stopped", Ending.STOPPED_OTHER, "no_band.stopped-other"),
    ],
)
def test_a_rated_test_can_be_stopped_and_the_ticks_do_not_come_back(open_tests, button, ending, words):
    at = open_tests(STOOD, "stepdown:left")
    at.button_group(key="form:stepdown:left").set_value("standard").run()

    press(at, button)
    at.run()

    attempt = told(at).attempt("stepdown", LEFT)
    assert attempt is not None
    assert (attempt.ending, attempt.value, attempt.ticks) == (ending, None, None)
    assert say(words) in texts(at)
    assert not at.checkbox
    press(at, "do-again")
    assert told(at).attempt("stepdown", LEFT) is None


def test_a_leg_lift_is_rated_in_words_with_how_hard_it_was(open_tests):
    at = open_tests(STOOD, "abd_lift:left")
    at.radio(key="q:did:abd_lift:left:grade").set_value("grade-2").run()
    answer(at, "abd_lift", "left", during=2, after=2, effort=4)

    attempt = told(at).attempt("abd_lift", LEFT)
    assert attempt is not None
    assert (attempt.value, attempt.ticks, attempt.effort) == (2, ("grade-2",), 4)
    press(at, "next")
    assert part(at) == "abd_lift:right"


def test_on_the_bed_the_leg_lift_says_so(open_tests):
    gentle = open_tests(person(age=70), "abd_lift:left")

    assert say("test.abd_lift.gentle.1") in texts(gentle)
    assert say("test.abd_lift.gentle.1") not in texts(open_tests(STOOD, "abd_lift:left"))


# -- typing -------------------------------------------------------------------------------------------


def type_in(at: AppTest, turn: str, text: str) -> AppTest:
    at.text_input(key=f"typed:{turn}").set_value(text)
    return press(at, f"save:{turn}")


@pytest.mark.parametrize(
    ("text", "value", "capped"),
    [("33.5", 33.5, False), (" 33,5 ", 33.5, False), ("45", 45, True), ("0", 0, False)],
)
def test_a_number_can_always_be_typed(open_tests, text, value, capped):
    at = press(open_tests(part="sls:left"), "do-type")
    assert data(at)["plan"] is None
    at.button_group(key="who:sls:left").set_value(TimedBy.THERAPIST).run()

    type_in(at, "sls:left", text)

    attempt = told(at).attempt("sls", LEFT)
    assert attempt is not None
    assert (attempt.value, attempt.capped, attempt.tries) == (value, capped, (value,))
    assert attempt.timed_by == TimedBy.THERAPIST
    assert at.button_group(key="q:did:sls:left:during").value is None


@pytest.mark.parametrize(
    ("turn", "text", "kind", "high"),
    [
        ("sls:left", "-3", "range", 45),
        ("sls:left", "45.1", "range", 45),
        ("sls:left", "1e9", "range", 45),
        ("sls:left", "inf", "range", 45),
        ("cst30:both", "400", "whole", 60),
        ("cst30:both", "12.5", "whole", 60),
    ],
)
def test_an_impossible_number_is_refused_with_range_and_reason(open_tests, turn, text, kind, high):
    at = open_tests(WOMAN, turn)
    if turn.startswith("cst30"):
        at.button_group(key=f"form:{turn}").set_value("standard").run()
    press(at, "do-type")

    type_in(at, turn, text)
    at.run()

    assert told(at).attempts == ()
    (error,) = at.error
    assert error.value.startswith(say(f"self_tests.error.{kind}", low=0, high=high))
    assert error.value.endswith(
        say(f"self_tests.limits.{'hold' if turn[0] == 's' else 'count'}", low=0, high=high)
    )
    assert at.text_input(key=f"typed:{turn}").value == text


@pytest.mark.parametrize("text", ["", "   ", "twelve", "12 s", "1.2.3"])
def test_what_is_no_number_is_said_to_be_none(open_tests, text):
    at = press(open_tests(part="sls:left"), "do-type")

    type_in(at, "sls:left", text)

    assert told(at).attempts == ()
    assert [each.value for each in at.error] == [say("self_tests.error.number")]


def test_the_timer_can_be_used_after_all(open_tests):
    at = press(press(open_tests(part="sls:left"), "do-type"), "do-use_timer")

    assert data(at)["plan"]["test"] == "sls"


def test_a_typed_side_plank_says_what_ended_it(open_tests):
    answers = tell(STOOD, **{"check:shoulder-sore": False})
    at = press(open_tests(answers, "sideplank:left"), "do-type")
    at.button_group(key="why:sideplank:left").set_value(StoppedBy.SHOULDER).run()

    type_in(at, "sideplank:left", "40")

    attempt = told(at).attempt("sideplank", LEFT)
    assert attempt is not None
    assert attempt.stopped_by == StoppedBy.SHOULDER


# -- the end, and a new test --------------------------------------------------------------------------


def test_the_last_test_done_leads_to_the_end_and_to_the_results(open_tests):
    at = press(open_tests(STOOD, "sideplank:left"), "next")
    assert say("error.pick") in texts(at)
    at.button_group(key="q:check:shoulder-sore").set_value(True).run()

    press(at, "next")

    assert part(at) == "end"
    assert say("text.T4") in texts(at)
    press(at, "next")
    assert visit(at).page == "results"


def test_coming_back_from_the_results_shows_the_end(open_tests):
    at = open_tests(STOOD, state.LAST)

    assert part(at) == "end"


HOP = """
id = "hop"
order = 5
sets = ["standard"]
replaces = []
domain = "control"
primary = false
each_side = true
kind = "{kind}"
families = []
removed_by = []
needs = []
unit = "{unit}"
higher_is_better = {higher}
valid = [0, 20]
whole = {whole}
protocol = 1
sources = ["cdc_steadi_2017"]
adapted = 0

[run]
{limit}
tries = 2
best_of = true
rest_s = 10
forms = ["standard"]
asks = ["wobbled", "laughed"]

[rule]
name = "none"
no_band = "no-verdict"
"""

HOP_WORDS = """
[test.hop]
name = "Hop"
short = "Hop."
measures = "This looks at hops."
why = "Hops are fun."
stop_when = "Stop when you like."
[test.hop.setup]
1 = "Find room."
[test.hop.step]
1 = "Hop."
[test.hop.ask]
wobbled = "I wobbled."
laughed = "I laughed."
"""


@pytest.fixture
def more_data(tmp_path, monkeypatch):
    """Return a copy of the data folder that the app reads instead of its own."""
    folder = tmp_path / "data"
    shutil.copytree(datafiles.DATA, folder)
    reads = catalogue.load
    monkeypatch.setattr(state, "load", lambda: reads(folder))
    sentences = wording.sentences
    monkeypatch.setattr(
        "screening.services.wording.sentences", lambda language, root=folder: sentences(language, folder)
    )
    monkeypatch.setattr("screening.views.self_test.sentences", lambda language: sentences(language, folder))
    wording.speaker.cache_clear()
    yield folder
    wording.speaker.cache_clear()


KINDS = (
    {"kind": "hold", "unit": "s", "whole": "false", "limit": "cap = 20", "higher": "true"},
    {"kind": "count", "unit": "stands", "whole": "true", "limit": "duration_s = 15", "higher": "true"},
    {"kind": "time", "unit": "s", "whole": "false", "limit": "cap = 20", "higher": "false"},
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind["kind"])
def test_a_test_added_by_files_alone_is_drawn_and_done(open_tests, more_data, kind):
    hop = HOP.format(**kind)
    (more_data / "selftests" / "hop.toml").write_text(hop)
    words = more_data / "wording" / "en.toml"
    words.write_text(words.read_text() + HOP_WORDS)

    at = press(open_tests(), "next")
    assert part(at) == "hop:left"
    assert data(at)["plan"]["mode"] == kind["kind"]
    assert "Find room." in texts(at)
    hand_over(at, "hop", "left", 12, "tired")
    answer(at, "hop", "left", during=0, after=0)
    tick_line(at, "hop:left:seen", "laughed")
    press(at, "next")

    attempt = told(at).attempt("hop", LEFT)
    assert attempt is not None
    assert (attempt.value, attempt.ticks) == (12, ("laughed",))
    assert part(at) == "hop:right"
