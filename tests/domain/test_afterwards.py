"""The questions about one attempt: read and changed by an id, refused whole, and never about nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people import KNOWN, after, did, person, tell

from screening.domain import afterwards
from screening.domain.afterwards import NO, YES, answer, blank, complete, question
from screening.domain.answers import Attempt, Ending, Form, Side
from screening.domain.answers import TestPain as Pain
from screening.domain.scoring import effective_ending
from screening.errors import AnswerRejected

LEFT, RIGHT = Side.LEFT, Side.RIGHT
SPOT = "spot-hip-outer-left"


def put(told, question_id, value):
    return afterwards.put(told, KNOWN.selftests, KNOWN.instruments, question_id, value)


def told_of(*attempts, **more):
    return after(person(**more), *attempts)


STOOD = told_of(did("sls", "left", 20.0, pain=(2, None, None)))
LIFTED = told_of(did("abd_lift", "left", 1.0, ticks=("grade-1",), pain=(2, None, None)))
SAT = told_of(did("cst30", None, 12.0, pain=(2, None, None)))


@pytest.mark.parametrize(
    ("told", "test", "side", "field", "value"),
    [
        (STOOD, "sls", LEFT, "during", 0),
        (STOOD, "sls", LEFT, "during", 10),
        (STOOD, "sls", LEFT, "after", 3),
        (STOOD, "sls", LEFT, "spot", SPOT),
        (STOOD, "sls", LEFT, "noticed", YES),
        (STOOD, "sls", LEFT, "noticed", NO),
        (STOOD, "sls", LEFT, "seen", frozenset({"hip-drop-or-lean"})),
        (STOOD, "sls", LEFT, "seen", frozenset({"none"})),
        (LIFTED, "abd_lift", LEFT, "grade", "grade-3"),
        (LIFTED, "abd_lift", LEFT, "effort", 5),
        (LIFTED, "abd_lift", LEFT, "effort", 0),
        (SAT, "cst30", None, "right_angle", NO),
        (SAT, "cst30", None, "seat_cm", 20),
        (SAT, "cst30", None, "seat_cm", 80),
    ],
)
def test_what_was_answered_can_be_read_and_taken_back(told, test, side, field, value):
    asked = question(test, side, field)
    hurting = put(told, question(test, side, "during"), 4)

    now = put(hurting, asked, value)

    assert answer(now, asked) == value
    if field != "grade":
        assert answer(put(now, asked, None), asked) is None


@pytest.mark.parametrize(
    ("told", "asked", "value"),
    [
        (STOOD, "did:sls:left:during", 11),
        (STOOD, "did:sls:left:during", -1),
        (STOOD, "did:sls:left:during", True),
        (STOOD, "did:sls:left:after", "3"),
        (STOOD, "did:sls:left:spot", "spot-elbow"),
        (STOOD, "did:sls:left:spot", 3),
        (STOOD, "did:sls:left:noticed", "maybe"),
        (STOOD, "did:sls:left:noticed", True),
        (STOOD, "did:sls:left:seen", frozenset({"grade-1"})),
        (STOOD, "did:sls:left:seen", frozenset({"hip-drop-or-lean", "none"})),
        (STOOD, "did:sls:left:seen", "hip-drop-or-lean"),
        (STOOD, "did:sls:left:effort", 3),
        (STOOD, "did:sls:left:right_angle", YES),
        (STOOD, "did:sls:left:seat_cm", 44),
        (LIFTED, "did:abd_lift:left:effort", 6),
        (LIFTED, "did:abd_lift:left:grade", "grade-9"),
        (LIFTED, "did:abd_lift:left:grade", 1),
        (SAT, "did:cst30:both:seat_cm", 19),
        (SAT, "did:cst30:both:seat_cm", 81),
        (SAT, "did:cst30:left:during", 3),
        (STOOD, "did:sls:left:mood", 3),
        (STOOD, "did:sls:up:during", 3),
        (STOOD, "did:trampoline:left:during", 3),
        (STOOD, "did:sls:during", 3),
        (STOOD, "did:sls:left:seen@tiptoe", frozenset()),
    ],
)
def test_an_impossible_answer_is_refused_and_nothing_changes(told, asked, value):
    if asked == "did:cst30:left:during":
        assert put(told, asked, value) == told
        return
    with pytest.raises(AnswerRejected):
        put(told, asked, value)


def test_an_answer_about_nothing_changes_nothing():
    told = person()

    for field, value in (("during", 3), ("after", 3), ("spot", SPOT), ("noticed", YES), ("effort", 2)):
        assert put(told, question("sls", LEFT, field), value) == told
    assert answer(told, question("sls", LEFT, "during")) is None


def test_the_place_is_forgotten_when_there_was_no_pain_after_all():
    told = put(STOOD, question("sls", LEFT, "during"), 3)
    told = put(told, question("sls", LEFT, "spot"), SPOT)

    told = put(told, question("sls", LEFT, "during"), 0)

    assert answer(told, question("sls", LEFT, "spot")) is None


# -- ratings ---------------------------------------------------------------------------------------------


def test_the_first_tick_makes_the_attempt_and_the_last_one_taken_back_takes_it_away():
    asked = question("stepdown", RIGHT, "seen")

    told = put(person(), asked, frozenset({"trunk-leaned", "knee-inside-foot", "knee-inside-toe"}))
    attempt = told.attempt("stepdown", RIGHT)

    assert attempt is not None
    assert (attempt.ending, attempt.value) == (Ending.DONE, 3)
    assert attempt.ticks == ("trunk-leaned", "knee-inside-toe", "knee-inside-foot")
    assert attempt.pain == Pain(before=2)
    assert put(told, asked, None).attempt("stepdown", RIGHT) is None


def test_none_of_these_is_a_rating_of_nought_points():
    told = put(person(), question("stepdown", LEFT, "seen"), frozenset({"none"}))
    attempt = told.attempt("stepdown", LEFT)

    assert attempt is not None
    assert (attempt.value, attempt.ticks) == (0, ())


def test_a_small_squat_is_kept_as_one():
    told = put(person(), question("stepdown", LEFT, "seen@squat"), frozenset({"none"}))
    attempt = told.attempt("stepdown", LEFT)

    assert attempt is not None
    assert attempt.form == Form.SQUAT


@pytest.mark.parametrize(
    "ending", [Ending.STOPPED_FOR_PAIN, Ending.STOPPED_OTHER, Ending.COULD_NOT, Ending.CHOSE_NOT]
)
def test_ticks_left_on_the_screen_never_turn_a_stop_into_a_result(ending):
    told = told_of(did("stepdown", "left", None, ending=ending))

    assert put(told, question("stepdown", LEFT, "seen"), frozenset({"trunk-leaned"})) == told


# -- pain -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "during", "afterwards_", "stops"),
    [
        (2, 5, 5, True),  # rose by 2 and is above 2
        (3, 4, 4, False),
        (3, 5, 3, True),
        (4, 5, 5, False),
        (4, 6, 4, True),  # above 5
        (4, 4, 6, True),  # above 5 only afterwards
        (0, 2, 2, False),  # rose by 2 and is not above 2
        (0, 3, 0, True),
    ],
)
def test_pain_that_rises_is_measured_from_the_pain_before_the_tests(before, during, afterwards_, stops):
    told = tell(person(), P2=before)
    told = after(told, replace(blank(told, "sls", LEFT), ending=Ending.DONE, value=30.0))
    told = put(told, question("sls", LEFT, "during"), during)
    told = put(told, question("sls", LEFT, "after"), afterwards_)
    attempt = told.attempt("sls", LEFT)

    assert attempt is not None
    assert (effective_ending(attempt) == Ending.STOPPED_FOR_PAIN) is stops
    assert attempt.ending == Ending.DONE


def test_somebody_without_pain_starts_from_nought():
    told = person(spots=("spot-none",))

    assert blank(told, "sls", LEFT).pain == Pain(before=0)


def test_an_attempt_is_complete_with_its_pain_or_when_it_never_began():
    def attempt(ending, **pain):
        return Attempt(test="sls", side=LEFT, ending=ending, pain=Pain(**pain) if pain else None)

    assert complete(attempt(Ending.COULD_NOT))
    assert complete(attempt(Ending.CHOSE_NOT))
    assert complete(attempt(Ending.DONE, before=1, during=0, after=0))
    assert not complete(attempt(Ending.DONE, before=1, during=0))
    assert not complete(attempt(Ending.DONE, before=1, after=0))
    assert not complete(attempt(Ending.STOPPED_FOR_PAIN))


FIELDS = (
    st.tuples(st.sampled_from(["during", "after"]), st.sampled_from([None, 0, 3, 10])),
    st.tuples(st.just("spot"), st.sampled_from([None, SPOT])),
    st.tuples(st.just("noticed"), st.sampled_from([None, YES, NO])),
)


@given(st.lists(st.one_of(FIELDS), max_size=8))
def test_any_row_of_answers_leaves_a_possible_attempt_with_its_value(row):
    told = STOOD
    for field, value in row:
        told = put(told, question("sls", LEFT, field), value)
    attempt = told.attempt("sls", LEFT)

    assert attempt is not None
    assert (attempt.value, attempt.pain is not None and attempt.pain.before) == (20.0, 2)
    assert after(person(), attempt).attempts == (attempt,)
