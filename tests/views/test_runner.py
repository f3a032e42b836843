"""The runner's pure parts: what the browser may say, the turns, and the words its script asks for."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people import KNOWN, after, did, person

from screening.domain.answers import Attempt, Ending, Form, Side, StoppedBy
from screening.domain.answers import TestPain as Pain
from screening.domain.selftests import Kind
from screening.services import assessment, wording
from screening.views import turns
from screening.views.components.runner import report
from screening.views.turns import END, LIST, Turn

RUNNER = Path(report.__file__).parent
SENTENCES = wording.sentences("en")
SLS, BRIDGE, PLANK = (KNOWN.selftests[each] for each in ("sls", "bridge", "sideplank"))
GOOD = {
    "id": "sls:left:1",
    "test": "sls",
    "side": "left",
    "value": 22.4,
    "capped": False,
    "ended_by": "tired",
    "tries": [20.1, 22.4],
    "form": "standard",
    "fresh": None,
}
BLANK = Attempt(test="sls", side=Side.LEFT, ending=Ending.CHOSE_NOT, pain=Pain(before=2))


def made(test=SLS, **changes):
    told = report.read(GOOD | changes)
    assert told is not None
    return report.attempt_of(told, BLANK, test)


# -- what the browser says ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ended_by", "ending", "stopped_by"),
    [
        ("tired", Ending.DONE, StoppedBy.TIRED),
        ("form", Ending.DONE, StoppedBy.FORM),
        ("shoulder", Ending.DONE, StoppedBy.SHOULDER),
        ("back", Ending.DONE, StoppedBy.BACK),
        ("counted", Ending.DONE, None),
        ("finished", Ending.DONE, None),
    ],
)
def test_a_try_that_counts_keeps_its_value_and_its_reason(ended_by, ending, stopped_by):
    attempt = made(ended_by=ended_by)

    assert (attempt.ending, attempt.value, attempt.stopped_by) == (ending, 22.4, stopped_by)
    assert attempt.tries == (20.1, 22.4)
    assert attempt.pain == Pain(before=2)


@pytest.mark.parametrize(
    ("ended_by", "ending", "stopped_by"),
    [
        ("pain", Ending.STOPPED_FOR_PAIN, None),
        ("unwell", Ending.STOPPED_OTHER, StoppedBy.OTHER),
        ("other", Ending.STOPPED_OTHER, None),
    ],
)
def test_a_stop_is_no_zero_and_no_value(ended_by, ending, stopped_by):
    attempt = made(ended_by=ended_by, value=None, tries=[])

    assert (attempt.ending, attempt.value, attempt.tries) == (ending, None, ())
    assert (attempt.stopped_by, attempt.capped) == (stopped_by, False)


def test_a_full_hold_is_capped_and_four_ways_to_stand_are_not():
    assert made(ended_by="cap", value=45, capped=True, tries=[45]).capped
    assert not made(KNOWN.selftests["bal4"], ended_by="cap", value=4, capped=True, tries=[4]).capped


def test_the_form_is_the_one_it_was_started_in():
    assert made(form="hands").form == Form.HANDS


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        "sls",
        [],
        {},
        *({key: value for key, value in GOOD.items() if key != gone} for gone in GOOD),
        GOOD | {"id": ""},
        GOOD | {"id": "x" * 200},
        GOOD | {"id": 7},
        GOOD | {"side": "up"},
        GOOD | {"value": "22"},
        GOOD | {"value": True},
        GOOD | {"value": float("nan")},
        GOOD | {"value": float("inf")},
        GOOD | {"value": None},
        GOOD | {"ended_by": "pain"},
        GOOD | {"ended_by": "bored"},
        GOOD | {"ended_by": ["tired"]},
        GOOD | {"tries": 3},
        GOOD | {"tries": ["3"]},
        GOOD | {"tries": [1.0] * 21},
        GOOD | {"form": "tiptoe"},
        GOOD | {"fresh": 3},
    ],
    ids=str,
)
def test_what_is_no_report_of_ours_is_nothing(wrong):
    assert report.read(wrong) is None


@given(
    st.fixed_dictionaries(
        {key: st.sampled_from([None, "", "left", -1, 2.5, True, [], [1], {}, "tired"]) for key in GOOD}
    )
)
def test_nothing_a_browser_could_send_breaks_the_reader(payload):
    told = report.read(payload)

    assert told is None or told.ended_by == "tired"


def test_the_shoulder_is_asked_about_where_it_decides():
    assert {"shoulder", "back"} <= set(report.reasons(PLANK))
    assert not {"shoulder", "back"} & set(report.reasons(BRIDGE))


@pytest.mark.parametrize("test", tuple(KNOWN.selftests), ids=lambda test: test.id)
def test_pain_and_feeling_unwell_can_be_said_on_every_test(test):
    assert {"pain", "unwell", "other"} <= set(report.reasons(test))
    assert ("finished" in report.reasons(test)) is (test.kind == Kind.TIME)


# -- the words of the script --------------------------------------------------------------------------


def first_argument(text):
    """Return the text up to the first comma or bracket that is not inside another pair of brackets."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if depth < 0 or (depth == 0 and sign == ","):
            return text[:at]
    return text


def asked_by_the_script():
    script = (RUNNER / "runner.mjs").read_text(encoding="utf-8")
    machine = (RUNNER / "step.mjs").read_text(encoding="utf-8")
    calls = [first_argument(part) for part in re.split(r"this\.(?:w|digits|toggle)\(", script)[1:]]
    answers = [re.sub(r"[^?]*\?", "", call, count=1) for call in calls]
    words = {word for answer in answers for word in re.findall(r"\"(\w+)\"", answer)}
    words |= {f"say_{each}" for each in re.findall(r"voice: (?:down \? )?\"(\w+)\"", machine)} | {"say_n"}
    return words | {f"status_{each}" for each in re.findall(r"status: \"(\w+)\"", machine)}


def test_every_word_the_script_asks_for_is_there_and_no_other():
    plain = {key.removeprefix("runner.") for key in SENTENCES if re.fullmatch(r"runner\.\w+", key)}

    assert asked_by_the_script() - {"value"} == plain


def test_every_unit_and_every_reason_has_its_words():
    for test in KNOWN.selftests:
        assert f"runner.value.{test.unit}" in SENTENCES
        assert f"self_tests.result.{test.unit}" in SENTENCES
        assert f"self_tests.typed.{test.unit}" in SENTENCES
        assert f"self_tests.limits.{test.kind.value}" in SENTENCES
        assert {f"runner.why.{each}" for each in report.reasons(test)} <= SENTENCES.keys()
        assert {f"self_tests.form.{each}" for each in test.forms} <= SENTENCES.keys()


def test_the_script_fills_every_placeholder_of_its_words():
    known = {"n", "of", "value"}
    for key, text in SENTENCES.items():
        if key.startswith("runner."):
            assert set(re.findall(r"{(\w+)}", text)) <= known, key


def test_the_script_talks_to_nobody_but_python():
    for path in RUNNER.glob("*.mjs"):
        script = path.read_text(encoding="utf-8")
        assert not re.search(
            r"fetch\(|XMLHttpRequest|WebSocket|sendBeacon|innerHTML|https?://(?!www\.w3\.org)", script
        )


# -- whose turn it is ---------------------------------------------------------------------------------


def planned(told):
    return assessment.battery(told, KNOWN)


def row_of(told, here=None):
    return turns.all_turns(planned(told), KNOWN.selftests, here)


PAIN = (2, 2, 2)
WOMAN = person()


def test_the_less_sore_side_comes_first():
    row = row_of(WOMAN)

    assert [turn.text for turn in row[:4]] == ["sls:left", "sls:right", "stepdown:left", "stepdown:right"]
    assert turns.place_in_row(row, row[2]) == (2, len({turn.test for turn in row}))


@pytest.mark.parametrize(
    "turn",
    [
        Turn(test="sls", side=Side.LEFT),
        Turn(test="cst30", side=None),
        Turn(test="abd_lift", side=Side.RIGHT, again="a1"),
    ],
    ids=lambda turn: turn.text,
)
def test_a_turn_survives_being_written_down(turn):
    assert turns.read(turn.text) == turn
    assert turns.read(turn.plain.text) == turn.plain


@pytest.mark.parametrize("part", [LIST, END, "", "sls", "sls:", ":left", "sls:up", "~a"])
def test_what_is_no_turn_is_none(part):
    assert turns.read(part) is None


def test_a_person_goes_on_where_she_left_off():
    row = row_of(WOMAN)
    left = did("sls", "left", 30.0, pain=PAIN)

    assert turns.to_go_on_with(row, WOMAN) == LIST
    assert turns.to_go_on_with(row, after(WOMAN, left)) == "sls:right"
    not_told = did("sls", "left", 30.0, pain=(2, None, None))
    assert turns.to_go_on_with(row, after(WOMAN, not_told)) == "sls:left"
    skipped = [did(turn.test, turn.side, None, ending="chose-not") for turn in row]
    assert turns.to_go_on_with(row, after(WOMAN, *skipped)) == END


def test_the_repeated_turn_stands_in_its_own_place():
    row = row_of(WOMAN)
    again = Turn(test="sls", side=Side.RIGHT, again="7")

    parts = turns.parts(row, again)

    assert parts[:3] == (LIST, "sls:left", "sls:right~7")
    assert parts[-1] == END


def test_a_low_stance_is_news_and_so_is_what_it_leaves_out():
    before = turns.seen(planned(WOMAN))
    told = after(WOMAN, did("sls", "left", 30.0, pain=PAIN), did("sls", "right", 6.0, pain=PAIN))

    new = turns.news(planned(told), before)

    assert [(each.test, each.side, each.reason) for each in new] == [
        ("stepdown", Side.RIGHT, "stance-under-10")
    ]
    assert turns.news(planned(told), turns.seen(planned(told))) == ()


def test_the_question_that_leaves_a_test_out_stays_on_the_screen():
    told = person("X2", age=40, **{"check:someone-near": False})
    here = Turn(test="cst30", side=None)

    assert here not in row_of(told)
    assert here in row_of(told, here)
    assert Turn(test="sls", side=Side.LEFT) not in row_of(told, Turn(test="sls", side=Side.LEFT))
