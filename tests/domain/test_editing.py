"""Changing one answer: what is refused, what is dropped with it, what is asked again."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people import ASKED, FRONT_OF_KNEE, KNOWN, NONE, after, did, in_clinic, people, person, tell

from screening.domain import asking, safety
from screening.domain.answers import (
    NO_PAIN,
    Activity,
    Answers,
    ClinicNumber,
    Ending,
    PainAnswers,
    Sex,
    Side,
    TimedBy,
)
from screening.domain.answers import TestPain as Pain
from screening.domain.attempts import SEAT_CM
from screening.domain.editing import (
    put,
    put_attempt,
    put_by_whom,
    put_clinic_number,
    without_attempt,
    without_clinic_number,
)
from screening.domain.reading import together
from screening.errors import AnswerRejected, MeasurementRejected

BACK = "spot-low-back"


def refused(question: str, value: object, told: Answers | None = None) -> AnswerRejected:
    with pytest.raises(AnswerRejected) as found:
        put(told or person(), ASKED, question, value)
    return found.value


# -- about the person --------------------------------------------------------------------------------


@pytest.mark.parametrize("age", [10, 17, 18, 120])
def test_an_age_from_10_to_120_is_taken(age):
    assert put(Answers(), ASKED, "age", age).age_y == age


@pytest.mark.parametrize("age", [9, 121, 7, 140, -1, 58.5, "58", True, [58]])
def test_an_impossible_age_is_refused_with_the_limits(age):
    error = refused("age", age)

    assert (error.question, error.lowest, error.highest) == ("age", 10, 120)


@pytest.mark.parametrize("sex", list(Sex))
def test_sex_is_taken_as_the_norms_use_it_or_not_said(sex):
    assert put(Answers(), ASKED, "sex", str(sex)).sex == sex


@pytest.mark.parametrize("value", ["f", "", 1, ["female"], {"female"}])
def test_another_sex_code_is_refused(value):
    refused("sex", value)


@pytest.mark.parametrize(
    ("question", "highest"),
    [("days_per_week", 7), ("minutes_per_day", 1440), ("strength_days", 7), ("sitting_hours", 24)],
)
def test_usual_activity_has_limits_on_both_ends(question, highest):
    for value in (0, highest):
        assert getattr(put(Answers(), ASKED, question, value).activity, question) == value
    for value in (-1, highest + 1):
        assert refused(question, value).highest == highest


def test_one_activity_leaves_the_others():
    told = tell(Answers(), days_per_week=2, sitting_hours=7)

    assert told.activity == Activity(days_per_week=2, sitting_hours=7)


@pytest.mark.parametrize(
    "question", ["age", "sex", "days_per_week", "P1", "Q3", "Q5k", "spots", "SCR4", "check:someone-near"]
)
def test_none_takes_an_answer_back(question):
    told = tell(person(), days_per_week=2, P1=3, Q3="duration-4-12-weeks", Q5k={"trigger-stairs"})
    told = put(told, ASKED, "check:someone-near", True)

    assert put(told, ASKED, question, None) != told


@pytest.mark.parametrize(
    "question", ["", "name", "SCR5", "P5", "P7", "check:", "check:other", "Q1", "about.age"]
)
def test_there_is_no_such_question(question):
    refused(question, 1)


# -- where it hurts ----------------------------------------------------------------------------------


def test_spots_stand_in_the_order_of_the_list_whatever_was_tapped_first():
    told = put(Answers(), ASKED, "spots", ["spot-groin-left", BACK, FRONT_OF_KNEE])

    assert told.spots == (FRONT_OF_KNEE, BACK, "spot-groin-left")


@pytest.mark.parametrize("value", [{"spot-elbow"}, {NO_PAIN, BACK}, "spot-low-back", 3])
def test_unknown_spots_and_no_pain_beside_a_spot_are_refused(value):
    refused("spots", value)


def test_the_worst_spot_is_one_that_hurts():
    assert tell(person(spots=[BACK, FRONT_OF_KNEE]), worst=BACK).worst == BACK
    refused("worst", "spot-groin-left")
    refused("worst", NO_PAIN)


def test_the_worst_spot_goes_with_its_spot():
    told = tell(person(spots=[BACK, FRONT_OF_KNEE]), worst=BACK)

    assert put(told, ASKED, "spots", {FRONT_OF_KNEE}).worst is None


def test_no_pain_drops_every_pain_answer_and_the_safety_answers_stay():
    told = tell(person("X6"), P1=5, Q3="duration-4-12-weeks")

    told = put(told, ASKED, "spots", {NO_PAIN})

    assert told.pain == PainAnswers()
    assert asking.pain_now(told) == 0
    assert told.safety["SCR4"] == {"X6"}


def test_another_spot_drops_the_answers_of_a_region_that_no_longer_hurts():
    told = tell(
        person(spots=[FRONT_OF_KNEE, BACK]),
        Q5k={"trigger-stairs"},
        Q6="stiff-no",
        Q7b="leg-no",
        Q3="duration-4-12-weeks",
        P1=4,
    )

    told = put(told, ASKED, "spots", {BACK})

    assert dict(told.pain.choices) == {"Q7b": "leg-no", "Q3": "duration-4-12-weeks"}
    assert not told.pain.ticks
    assert told.pain.ratings["P1"] == 4


def test_taking_all_spots_back_loses_no_pain_answer():
    told = tell(person(), P1=4, Q5k={"trigger-stairs"})

    assert put(told, ASKED, "spots", None).pain == told.pain


def test_leg_questions_go_when_the_leg_does_not_hurt():
    told = tell(person(spots=[BACK]), Q7b="leg-hip-thigh", Q8b="worse-leg", Q9b="yes")

    assert dict(tell(told, Q7b="leg-no").pain.choices) == {"Q7b": "leg-no"}


# -- safety ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [{"none", "E1"}, {"X6"}, {"E99"}, {"e1"}, "E1", 1, {"E1", "D1"}, {"SCR1"}])
def test_a_list_takes_its_own_ticks_or_none_alone(value):
    refused("SCR1", value)


def test_an_empty_list_is_no_answer():
    told = put(person(), ASKED, "SCR1", set())

    assert "SCR1" not in told.safety
    assert safety.triage(ASKED, told).unanswered == ("SCR1",)


def test_ticks_of_lines_that_are_not_on_screen_are_dropped():
    told = put(person(spots=[BACK]), ASKED, "SCR2", {"D1", "D2"})

    assert told.safety["SCR2"] == {"D1"}


def test_a_follow_up_goes_with_its_line():
    told = put(person(), ASKED, "SCR4", {"X1", "X1a", "X6"})
    assert put(told, ASKED, "SCR4", {"X1a", "X6"}).safety["SCR4"] == {"X6"}


def test_when_the_knee_no_longer_hurts_its_tick_goes_and_the_other_stays():
    told = put(person("D1", "D2"), ASKED, "spots", {BACK})

    assert told.safety["SCR2"] == {"D1"}
    assert told.ask_again == frozenset()


def test_when_the_last_tick_of_a_list_goes_the_list_is_open():
    told = put(person("D2"), ASKED, "spots", {BACK})

    assert "SCR2" not in told.safety


@pytest.mark.parametrize(
    ("ticks", "spots", "question", "value", "again"),
    [
        ([], [BACK], "spots", {FRONT_OF_KNEE, BACK}, {"SCR2"}),
        ([], [BACK], "spots", {NO_PAIN}, {"SCR2"}),
        (["D1"], [BACK], "spots", {FRONT_OF_KNEE}, {"SCR2"}),
        ([], [FRONT_OF_KNEE], "spots", {BACK}, set()),
        ([], [FRONT_OF_KNEE], "spots", {NO_PAIN}, set()),
        ([], [FRONT_OF_KNEE], "age", 55, {"SCR2"}),
        ([], [FRONT_OF_KNEE], "age", 54, set()),
        ([], [BACK], "age", 55, set()),
        ([], [FRONT_OF_KNEE], "P1", 5, set()),
    ],
)
def test_a_list_that_gained_a_line_is_asked_again(ticks, spots, question, value, again):
    told = put(person(*ticks, spots=spots), ASKED, question, value)

    assert told.ask_again == again
    assert set(safety.triage(ASKED, told).unanswered) == again


def test_answering_the_list_again_closes_it():
    told = put(person(spots=[BACK]), ASKED, "spots", {FRONT_OF_KNEE})

    assert put(told, ASKED, "SCR2", NONE).ask_again == frozenset()


def test_a_list_that_was_never_answered_is_not_asked_again():
    told = tell(Answers(), age=40, spots={BACK}, SCR1=NONE)

    assert put(told, ASKED, "spots", {FRONT_OF_KNEE}).ask_again == frozenset()


# -- pain --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rating", [0, 10])
@pytest.mark.parametrize("question", ["P1", "P2", "P3", "P4", "P5.score"])
def test_ratings_go_from_0_to_10(question, rating):
    assert put(person(), ASKED, question, rating) != person() or rating == 2


@pytest.mark.parametrize("rating", [-1, 11, 4.5, "4", True, [4]])
@pytest.mark.parametrize("question", ["P1", "P2", "P3", "P4", "P5.score"])
def test_other_ratings_are_refused(question, rating):
    assert refused(question, rating).highest == 10


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Q3", "onset-slow"),
        ("Q3", {"duration-4-12-weeks"}),
        ("P5.activity", "trigger-stairs"),
        ("P6", "change-bit"),
        ("Q5k", {"trigger-none", "trigger-stairs"}),
        ("Q5k", {"trigger-one-leg"}),
        ("Q5k", "trigger-stairs"),
        ("check:someone-near", "yes"),
        ("check:someone-near", 1),
    ],
)
def test_an_answer_that_is_not_offered_is_refused(question, value):
    refused(question, value)


def test_an_answer_to_a_question_that_is_not_asked_is_not_kept():
    assert not tell(person(spots=[BACK]), Q6="stiff-no").pain.choices


def test_the_question_about_last_time_is_kept_although_only_a_retest_asks_it():
    assert tell(person(), P6="change-same").pain.choices["P6"] == "change-same"


def test_one_activity_of_your_own_choice_and_how_well_it_goes():
    told = put(put(person(), ASKED, "P5.activity", "activity-stairs"), ASKED, "P5.score", 4)

    assert (told.pain.activity, told.pain.activity_score) == ("activity-stairs", 4)


# -- tests -------------------------------------------------------------------------------------------


def test_a_second_attempt_takes_the_place_of_the_first_one():
    told = after(person(), did("sls", "left", 12.0), did("sls", "right", 9.0), did("sls", "left", 30.5))

    assert [(each.side, each.value) for each in told.attempts] == [(Side.RIGHT, 9.0), (Side.LEFT, 30.5)]


def test_an_attempt_can_be_taken_back():
    told = after(person(), did("sls", "left", 12.0), did("cst30", None, 11))

    assert [each.test for each in without_attempt(told, "sls", Side.LEFT).attempts] == ["cst30"]


@pytest.mark.parametrize(
    "attempt",
    [
        did("plank9", "left", 10.0),
        did("sls", None, 10.0),
        did("cst30", "left", 11),
        did("abd_hold", "left", -3.0),
        did("abd_hold", "left", 60.1),
        did("abd_hold", "left", float("nan")),
        did("abd_hold", "left", float("inf")),
        did("sls", "left", 46.0),
        did("cst30", None, 400),
        did("cst30", None, 11.5),
        did("stepdown", "left", 7),
        did("abd_lift", "left", 4),
        did("bal4", None, 5),
        did("sls", "left", None),
        did("sls", "left", 5.0, ending=Ending.COULD_NOT),
        did("sls", "left", 44.9, capped=True),
        did("cst30", None, 11, capped=True),
        did("sls", "left", 10.0, tries=(1.0, 2.0, 3.0, 4.0)),
        did("sls", "left", 10.0, tries=(46.0,)),
        did("sls", "left", 10.0, pain=(0, 11, 0)),
        did("sls", "left", 10.0, pain=(-1, 0, 0)),
        did("sls", "left", 10.0, form="hands"),
        did("sls", "left", 10.0, ticks=("pelvis-moved",)),
        did("stepdown", "left", 2, ticks=("pelvis-moved", "pelvis-moved")),
        did("sls", "left", 10.0, effort=3),
        did("abd_lift", "left", 1, effort=6),
        did("sls", "left", 10.0, seat_cm=44),
        did("cst30", None, 11, seat_cm=19.9),
        did("cst30", None, 11, seat_cm=80.1),
        did("sls", "left", 10.0, right_angle=True),
    ],
    ids=lambda attempt: f"{attempt.test}-{attempt.value}-{attempt.ending}",
)
def test_what_a_test_cannot_produce_is_refused_and_nothing_changes(attempt):
    told = person()

    with pytest.raises(MeasurementRejected):
        put_attempt(told, KNOWN.selftests, attempt)

    assert told == person()


def test_the_refusal_says_what_is_possible():
    with pytest.raises(MeasurementRejected) as found:
        after(person(), did("cst30", None, 400))

    assert (found.value.lowest, found.value.highest, found.value.whole) == (0, 60, True)


@pytest.mark.parametrize(
    "attempt",
    [
        did("abd_hold", "left", 0.0),
        did("abd_hold", "left", 60, capped=True),
        did("sls", "left", 45, capped=True, tries=(31.2, 45)),
        did("cst30", None, 0, form="hands", right_angle=False),
        did("cst30", None, 60, seat_cm=SEAT_CM[0]),
        did("cst5", None, 60, capped=True, seat_cm=SEAT_CM[1]),
        did("stepdown", "right", 6, ticks=("pelvis-moved",), form="squat"),
        did("sts_watch", None, None, ticks=()),
        did("abd_lift", "left", 3, effort=5),
        did("sls", "left", None, ending=Ending.STOPPED_FOR_PAIN, tries=(4.0,), pain=(2, 7, 3)),
        replace(did("sls", "left", 10.0), pain=Pain()),
    ],
    ids=lambda attempt: f"{attempt.test}-{attempt.value}-{attempt.ending}",
)
def test_what_a_test_can_produce_is_taken_up_to_its_edges(attempt):
    assert after(person(), attempt).attempts == (attempt,)


# -- what can never happen ---------------------------------------------------------------------------

ANYTHING = (
    st.none()
    | st.booleans()
    | st.integers(-5, 200)
    | st.floats()
    | st.text(max_size=8)
    | st.frozensets(st.sampled_from(["none", "E1", "D2", "X1a", BACK, NO_PAIN, "trigger-none", "?"]))
    | st.lists(st.integers(), max_size=2)
    | st.dictionaries(st.text(max_size=2), st.none(), max_size=1)
)
QUESTIONS = [
    *("age", "sex", "days_per_week", "spots", "worst", "SCR1", "SCR2", "SCR4", "P2", "P5.activity"),
    *("P5.score", "P6", "Q3", "Q5k", "Q8b", "check:someone-near", "nothing"),
]


@given(people(), st.sampled_from(QUESTIONS), ANYTHING)
def test_anything_put_anywhere_is_taken_or_refused_by_name(told, question, value):
    now, refused_question = told, question
    try:
        now = put(told, ASKED, question, value)
    except AnswerRejected as error:
        refused_question = error.question

    assert refused_question == question
    assert put(now, ASKED, "age", now.age_y) == now


@given(
    people(),
    st.sampled_from([15, 54, 55, 70, None]),
    st.sampled_from([{BACK}, {FRONT_OF_KNEE}, {NO_PAIN}, None]),
)
def test_a_changed_age_or_spot_never_leaves_a_tick_without_its_line(told, age, spots):
    now = tell(told, age=age, spots=spots)

    for each in ASKED.lists:
        assert now.safety.get(each.id, NONE) <= {*(item.id for item in safety.shown(each, now)), "none"}
    assert now.worst is None or now.worst in now.spots


# -- numbers measured in the clinic -----------------------------------------------------------------------

DAY = "2026-11-22"
BY_THERAPIST = did("cst30", None, 15, timed_by=TimedBy.THERAPIST)


def clinic(attempt):
    return ClinicNumber(day=DAY, attempt=attempt)


def test_a_clinic_number_leaves_the_home_number_as_it_is():
    at_home = after(person(), did("cst30", None, 11))

    told = put_clinic_number(at_home, KNOWN.selftests, clinic(BY_THERAPIST))

    assert told.attempts == at_home.attempts
    assert [each.attempt.value for each in told.clinic] == [15]


def test_the_newer_clinic_number_replaces_the_older_one_of_that_test_and_side():
    told = person()
    for test, side, value in (("bridge", "right", 30.0), ("cst30", None, 12), ("bridge", "right", 35.0)):
        told = in_clinic(told, test, side, value)

    assert [(each.attempt.test, each.attempt.value) for each in told.clinic] == [
        ("cst30", 12),
        ("bridge", 35.0),
    ]


def test_of_a_clinic_number_only_what_was_measured_is_kept():
    felt = did("bridge", "left", 60.0, pain=(1, 2, 3), tries=(40.0,), timed_by=TimedBy.THERAPIST)

    (kept,) = put_clinic_number(person(), KNOWN.selftests, clinic(felt)).clinic

    assert (kept.attempt.pain, kept.attempt.tries, kept.attempt.capped) == (None, (60.0,), True)


@pytest.mark.parametrize(
    "attempt",
    [
        did("cst30", None, 15),
        did("cst30", None, None, ending="could-not", timed_by=TimedBy.THERAPIST),
        did("cst30", None, 61, timed_by=TimedBy.THERAPIST),
        did("cst30", None, 15.5, timed_by=TimedBy.THERAPIST),
        did("cst30", "left", 15, timed_by=TimedBy.THERAPIST),
        did("plank9", None, 15, timed_by=TimedBy.THERAPIST),
    ],
    ids=["timed-by-oneself", "not-done", "too-many", "half-a-stand", "a-side-too-many", "no-such-test"],
)
def test_what_no_therapist_can_have_measured_is_refused(attempt):
    with pytest.raises(MeasurementRejected):
        put_clinic_number(person(), KNOWN.selftests, clinic(attempt))


def test_a_clinic_number_can_be_taken_back():
    told = in_clinic(in_clinic(person(), "bridge", "left", 30.0), "bridge", "right", 31.0)

    left = without_clinic_number(told, "bridge", Side.LEFT)

    assert [each.attempt.side for each in left.clinic] == [Side.RIGHT]


@pytest.mark.parametrize(
    ("first", "second", "home", "measured"),
    [
        (did("cst30", None, 11), BY_THERAPIST, 11, 15),
        (BY_THERAPIST, did("cst30", None, 11), 11, 15),
        (did("cst30", None, 11), did("cst30", None, 12), 12, None),
        (BY_THERAPIST, did("cst30", None, 16, timed_by=TimedBy.THERAPIST), 16, None),
        (did("cst30", None, None, ending="could-not"), BY_THERAPIST, 15, None),
    ],
    ids=["therapist-after-home", "home-after-therapist", "home-again", "therapist-again", "nothing-at-home"],
)
def test_neither_number_takes_the_place_of_the_others(first, second, home, measured):
    told = person()
    for attempt in (first, second):
        told = put_by_whom(told, KNOWN.selftests, attempt, DAY)

    kept, beside = told.attempt("cst30"), told.clinic_number("cst30")
    assert kept is not None
    assert kept.value == home
    assert (None if beside is None else beside.attempt.value) == measured


@given(people(), people())
def test_two_drafts_brought_together_keep_every_clinic_number(one, two):
    both = together(one, two, ASKED, KNOWN.selftests)

    places = {(each.attempt.test, each.attempt.side) for each in (*one.clinic, *two.clinic)}
    assert {(each.attempt.test, each.attempt.side) for each in both.clinic} == places
    assert set(two.clinic) <= set(both.clinic)
