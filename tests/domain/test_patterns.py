"""Patterns: each rule on both sides of its edge, and what keeps a pattern from showing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people import ASKED, FRONT_OF_KNEE, people, person, tell

from screening.domain.answers import NO_PAIN, Answers
from screening.domain.levels import Level
from screening.domain.outcome import Fit
from screening.domain.patterns import MANY_AREAS, patterns
from screening.domain.safety import triage

INNER, BELOW_CAP = "spot-knee-inner-right", "spot-knee-below-cap-right"
BACK, BUTTOCK, CALF = "spot-low-back", "spot-buttock-left", "spot-below-knee-left"
OUTER_HIP, GROIN, THIGH = "spot-hip-outer-left", "spot-groin-left", "spot-thigh-left"
STAIRS, SQUAT, SITTING = "trigger-stairs", "trigger-squat", "trigger-sitting"
SHOES, SIDE_LYING = "trigger-shoes-socks", "trigger-side-lying"


def found(told: Answers) -> dict[str, str]:
    return {each.id: str(each.fit) for each in patterns(ASKED, told, triage(ASKED, told).level)}


def fit(told: Answers, pattern: str) -> str | None:
    return found(told).get(pattern)


def text(told: Answers, pattern: str) -> str:
    return next(e.text for e in patterns(ASKED, told, triage(ASKED, told).level) if e.id == pattern)


# -- K1 ------------------------------------------------------------------------------------------------

KNEECAP = {"Q5k": {STAIRS, SQUAT}, "Q4": "onset-slow"}


@pytest.mark.parametrize(
    ("spots", "ticks", "answers", "expected"),
    [
        ([FRONT_OF_KNEE], [], {}, "fits"),
        ([FRONT_OF_KNEE], [], {"Q4": "onset-load"}, "fits"),
        ([FRONT_OF_KNEE], [], {"Q5k": {STAIRS}}, "partly-fits"),
        ([FRONT_OF_KNEE], [], {"Q5k": {"trigger-none"}}, None),
        ([FRONT_OF_KNEE], [], {"Q5k": None, "Q6": "stiff-over-30"}, None),
        ([FRONT_OF_KNEE], [], {"Q4": None}, None),
        ([FRONT_OF_KNEE], [], {"Q4": "onset-injury"}, None),
        ([FRONT_OF_KNEE], [], {"QK1": "yes"}, None),
        ([FRONT_OF_KNEE], [], {"QK1": "no"}, "fits"),
        ([FRONT_OF_KNEE], ["C8"], {}, None),
        ([FRONT_OF_KNEE], ["C9"], {}, None),
        ([INNER], [], {}, None),
        ([FRONT_OF_KNEE, INNER], [], {}, "fits"),
        ([FRONT_OF_KNEE, BELOW_CAP], [], {}, "fits"),
    ],
)
def test_kneecap_pain(spots, ticks, answers, expected):
    told = person(*ticks, spots=spots, age=30, **{**KNEECAP, **answers})

    assert fit(told, "K1") == expected


@pytest.mark.parametrize("age", [18, 44, 45, 90])
def test_age_does_not_exclude_kneecap_pain(age):
    assert fit(person(age=age, **KNEECAP), "K1") == "fits"


# -- K2 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "answers", "expected"),
    [
        (45, {"Q5k": {STAIRS}, "Q6": "stiff-no"}, "fits"),
        (44, {"Q5k": {STAIRS}, "Q6": "stiff-no"}, None),
        (45, {"Q5k": {STAIRS}, "Q6": "stiff-up-to-30"}, "fits"),
        (45, {"Q5k": {STAIRS}, "Q6": "stiff-over-30"}, None),
        (45, {"Q5k": {SITTING}, "Q6": "stiff-no"}, None),
        (45, {"Q5k": {STAIRS}, "Q4": "onset-slow"}, "cannot-tell"),
        (44, {"Q5k": {STAIRS}, "Q4": "onset-slow"}, None),
    ],
)
def test_joint_wear_of_the_knee(age, answers, expected):
    assert fit(person(age=age, **answers), "K2") == expected


def test_both_knee_patterns_may_show():
    told = person(age=52, Q6="stiff-no", **KNEECAP)

    assert found(told) == {"K1": "fits", "K2": "fits"}


# -- K3, K4 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spots", "ticks", "answers", "expected"),
    [
        ([INNER], [], {}, "fits"),
        ([BELOW_CAP], [], {}, "fits"),
        ([FRONT_OF_KNEE, INNER], [], {}, None),
        ([FRONT_OF_KNEE], [], {}, None),
        ([FRONT_OF_KNEE], ["C9"], {}, "fits"),
        ([FRONT_OF_KNEE], ["C8"], {}, "fits"),
        ([FRONT_OF_KNEE], [], {"QK1": "yes"}, "fits"),
        ([FRONT_OF_KNEE], [], {"Q4": "onset-injury"}, "fits"),
        ([BACK], ["C8"], {}, None),
    ],
)
def test_other_knee_pain(spots, ticks, answers, expected):
    assert fit(person(*ticks, spots=spots, **answers), "K3") == expected


@pytest.mark.parametrize(
    ("spots", "answers", "expected"),
    [
        ([FRONT_OF_KNEE, GROIN], {}, "fits"),
        ([FRONT_OF_KNEE, OUTER_HIP], {"Q10h": {SHOES}}, "fits"),
        ([FRONT_OF_KNEE, BUTTOCK], {"Q10h": {SHOES}}, "fits"),
        ([FRONT_OF_KNEE, OUTER_HIP], {"Q10h": {STAIRS}}, None),
        ([FRONT_OF_KNEE], {}, None),
        ([GROIN], {"Q10h": {SHOES}}, None),
    ],
)
def test_knee_pain_that_may_come_from_the_hip(spots, answers, expected):
    assert fit(person(spots=spots, **answers), "K4") == expected


# -- back ------------------------------------------------------------------------------------------------

MOVING = {"Q7b": "leg-no", "QB1": "yes"}


@pytest.mark.parametrize(
    ("spots", "ticks", "answers", "expected"),
    [
        ([BACK], [], {}, "fits"),
        ([BUTTOCK], [], {}, "fits"),
        ([BACK], [], {"QB1": None}, "partly-fits"),
        ([BACK], [], {"QB1": "no"}, None),
        ([BACK], [], {"Q7b": "leg-hip-thigh"}, "fits"),
        ([BACK], [], {"Q7b": "leg-below-knee"}, None),
        ([BACK], [], {"Q7b": None}, None),
        ([BACK, CALF], [], {}, None),
        ([BACK], ["C10"], {}, None),
        ([BACK], ["C11"], {}, None),
        ([BACK], ["C1"], {}, None),
        ([BACK], ["C8"], {}, "fits"),
        ([BACK, FRONT_OF_KNEE], ["C9"], {}, "fits"),
        ([BACK], [], {"Q7b": "leg-hip-thigh", "Q8b": "worse-leg", "Q9b": "yes"}, None),
        ([FRONT_OF_KNEE], [], {}, None),
    ],
)
def test_back_pain_of_the_moving_kind(spots, ticks, answers, expected):
    told = person(*ticks, spots=spots, **{**MOVING, **answers})
    listed = {each.id: str(each.fit) for each in patterns(ASKED, told, triage(ASKED, told).level)}

    assert listed.get("B1") == expected


@pytest.mark.parametrize(
    ("ticks", "answers", "key"),
    [
        ([], {}, "text.RB1"),
        (["X6"], {}, "text.RB1"),
        (["C8"], {}, "pattern.B1.plain"),
        ([], {"QB1": None}, "pattern.B1.partly"),
        (["C8"], {"QB1": None}, "pattern.B1.partly_plain"),
    ],
)
def test_the_sentence_about_no_warning_signs_stands_only_where_it_is_true(ticks, answers, key):
    assert text(person(*ticks, spots=[BACK], **{**MOVING, **answers}), "B1") == key


@pytest.mark.parametrize(
    ("spots", "ticks", "answers", "expected"),
    [
        ([BACK], [], {"Q7b": "leg-hip-thigh", "Q8b": "worse-leg", "Q9b": "yes"}, "fits"),
        ([BACK], [], {"Q7b": "leg-below-knee", "Q8b": "worse-leg"}, "fits"),
        ([BACK], [], {"Q7b": "leg-below-knee", "Q9b": "yes"}, "fits"),
        ([BACK, CALF], [], {"Q7b": "leg-hip-thigh", "Q9b": "yes"}, "fits"),
        ([BACK], ["C11"], {"Q7b": "leg-hip-thigh", "Q9b": "yes"}, "fits"),
        ([BACK], [], {"Q7b": "leg-hip-thigh", "Q8b": "worse-back", "Q9b": "yes"}, None),
        ([BACK], [], {"Q7b": "leg-no"}, None),
        ([FRONT_OF_KNEE], [], {}, None),
    ],
)
def test_leg_pain_from_a_nerve(spots, ticks, answers, expected):
    assert fit(person(*ticks, spots=spots, **answers), "B2") == expected


@pytest.mark.parametrize(
    ("age", "ticks", "onset", "expected"),
    [
        (39, ["C10"], "onset-slow", "fits"),
        (40, ["C10"], "onset-slow", "fits"),
        (39, ["C10"], "onset-injury", "fits"),
        (40, ["C10"], "onset-injury", "partly-fits"),
        (40, ["C10"], None, "partly-fits"),
        (39, [], "onset-slow", None),
    ],
)
def test_back_pain_of_the_inflammatory_kind(age, ticks, onset, expected):
    assert fit(person(*ticks, spots=[BACK], age=age, Q4=onset), "B3") == expected


# -- hip -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spots", "triggers", "expected"),
    [
        ([OUTER_HIP], {SIDE_LYING}, "fits"),
        ([OUTER_HIP], {"trigger-one-leg"}, "fits"),
        ([OUTER_HIP], {STAIRS}, "fits"),
        ([OUTER_HIP], {SITTING}, None),
        ([OUTER_HIP], {"trigger-none"}, None),
        ([OUTER_HIP], {SIDE_LYING, SHOES}, None),
        ([OUTER_HIP], None, None),
        ([THIGH], {SIDE_LYING}, None),
        ([BUTTOCK], {SIDE_LYING}, None),
    ],
)
def test_outer_hip_pain(spots, triggers, expected):
    assert fit(person(spots=spots, Q10h=triggers, Q3="duration-4-12-weeks"), "H1") == expected


@pytest.mark.parametrize(
    ("spots", "age", "answers", "expected"),
    [
        ([GROIN], 30, {"Q10h": {SHOES}}, "fits"),
        ([GROIN], 30, {"Q10h": {STAIRS}}, "fits"),
        ([GROIN], 30, {"Q10h": {SITTING}}, None),
        ([GROIN], 60, {"Q10h": {SITTING}, "QH1": "yes"}, "fits"),
        ([GROIN], 59, {"Q10h": {SITTING}, "QH1": "yes"}, None),
        ([GROIN], 60, {"Q10h": {SITTING}, "QH1": "no"}, None),
        ([GROIN], 60, {"Q10h": {SITTING}}, None),
        ([THIGH], 60, {"Q10h": {SHOES}}, None),
    ],
)
def test_pain_from_the_hip_joint(spots, age, answers, expected):
    assert fit(person(spots=spots, age=age, **answers), "H2") == expected


def test_an_open_question_is_said_beside_a_pattern_that_fits():
    told = person(spots=[BACK, FRONT_OF_KNEE], QB1="yes", **KNEECAP)

    assert found(told) == {"K1": "fits", "B1": "cannot-tell", "B2": "cannot-tell"}


# -- none, many, and who sees none at all -------------------------------------------------------------


def test_when_nothing_fits_one_text_stands_alone():
    told = person(Q5k={"trigger-none"}, Q4="onset-slow", Q6="stiff-over-30")

    assert found(told) == {"N": "cannot-tell"}
    assert text(told, "N") == "text.R2"


def test_three_regions_are_headed_by_their_own_line_whether_or_not_a_pattern_fits():
    spots = [FRONT_OF_KNEE, BACK, OUTER_HIP]
    fitting = person(spots=spots, Q5k={STAIRS, SQUAT}, Q4="onset-slow")
    nothing = person(
        spots=spots, Q5k={"trigger-none"}, Q10h={"trigger-none"}, Q7b="leg-no", QB1="no", Q6="stiff-over-30"
    )

    assert list(found(fitting))[:2] == [MANY_AREAS, "K1"]
    assert list(found(nothing)) == [MANY_AREAS, "N"]
    assert text(nothing, MANY_AREAS) == "pattern.many_regions"


def test_the_buttock_is_no_third_region():
    assert MANY_AREAS not in found(person(spots=[FRONT_OF_KNEE, BACK, BUTTOCK]))


def test_before_any_pattern_question_is_answered_nothing_is_said_not_to_fit():
    assert found(person()) == {"K1": "cannot-tell"}
    assert text(person(), "K1") == "pattern.fit.cannot-tell"


@pytest.mark.parametrize("ticks", [["E1"], ["D1"]])
def test_at_an_urgent_level_no_pattern_is_shown(ticks):
    assert found(person(*ticks, **KNEECAP)) == {}


def test_without_pain_there_is_no_pattern():
    assert found(person(spots=[NO_PAIN])) == {}


def test_at_level_u_the_knee_pattern_is_still_told():
    assert fit(person("C1", **KNEECAP), "K1") == "fits"


@given(people(whole=True), st.sampled_from(list(Level)))
def test_a_pattern_is_fits_partly_or_cannot_tell_and_stands_once(told, level):
    shown = patterns(ASKED, told, level)

    assert len({each.id for each in shown}) == len(shown)
    assert not (level.ends_the_path and shown)
    partly = {each.id for each in shown if each.fit == Fit.PARTLY}
    assert partly <= {"K1", "B1", "B3"}
    firm = [each for each in shown if each.fit != Fit.CANNOT_TELL]
    assert not (firm and any(each.id == "N" for each in shown))


@given(people(whole=True))
def test_the_leg_nerve_pattern_never_fits_below_level_v(told):
    if fit(told, "B2") == "fits":
        assert triage(ASKED, told).level.rank >= Level.V.rank


def test_the_pattern_of_one_question_changes_with_the_answer():
    told = person(**KNEECAP)

    assert fit(tell(told, Q4="onset-injury"), "K1") is None
