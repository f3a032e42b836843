"""The pain numbers, and which sides hurt."""

import pytest
from tests.people import ASKED, FRONT_OF_KNEE, person, put, tell

from screening.domain import asking, pain
from screening.domain.answers import NO_PAIN, Answers, Side
from screening.domain.change import Change
from screening.domain.outcome import PainSummary

LEFT, RIGHT = (Side.LEFT, Side.RIGHT), (Side.RIGHT, Side.LEFT)


def test_impact_is_the_mean_of_three_answers():
    assert pain.impact(tell(person(), P1=6, P3=5, P4=4)) == 5.0
    assert pain.impact(tell(person(), P1=6, P3=5, P4=5)) == pytest.approx(5.3333, abs=1e-4)


@pytest.mark.parametrize("missing", ["P1", "P3", "P4"])
def test_two_answers_of_three_make_no_impact(missing):
    told = tell(person(), P1=6, P3=5, P4=4)

    assert pain.impact(put(told, ASKED, missing, None)) is None


def test_with_no_pain_pain_now_is_zero_and_the_rest_is_not_asked():
    told = person(spots=[NO_PAIN])

    assert pain.summary(ASKED, told) == PainSummary(now=0)
    assert pain.impact(told) is None
    assert asking.asked(ASKED, told) == ()


def test_pain_that_was_not_asked_is_not_zero():
    assert asking.pain_now(tell(Answers(), spots={FRONT_OF_KNEE})) is None


def test_the_summary_holds_what_was_told():
    told = tell(person(), P1=6, P3=5, P4=4, Q3="duration-over-12-weeks")
    told = put(put(told, ASKED, "P5.activity", "activity-stairs"), ASKED, "P5.score", 4)

    assert pain.summary(ASKED, told) == PainSummary(
        average=6,
        now=2,
        impact=5.0,
        activity="activity-stairs",
        activity_score=4,
        duration="duration-over-12-weeks",
        worst=FRONT_OF_KNEE,
    )


# -- then and now --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "now", "verdict"),
    [
        (6, 4, Change.LIKELY_REAL),
        (6, 8, Change.LIKELY_REAL),
        (6, 5, Change.WITHIN_ERROR),
        (3, 2, Change.MAY_BE_REAL),
        (4, 3, Change.WITHIN_ERROR),
        (1, 0, Change.MAY_BE_REAL),
        (5, 5, Change.SAME),
    ],
)
def test_average_pain_then_and_now_at_the_same_spot(then, now, verdict):
    (found,) = changes(tell(person(), P1=then), tell(person(), P1=now))

    assert (found.measure, found.verdict, found.before, found.after) == ("average", verdict, then, now)
    assert found.reason is None


def changes(then, now, *, same_questions=True):
    return pain.changes(then, now, same_questions=same_questions)


SIX = tell(person(), P1=6, P3=6, P4=6, **{"P5.activity": "activity-stairs", "P5.score": 3})


@pytest.mark.parametrize(
    ("now", "same_questions", "reason"),
    [
        (tell(SIX, P1=2, spots=frozenset({"spot-low-back"})), True, "other-spot"),
        (tell(SIX, P1=2), False, "other-questions"),
        (person(spots=[NO_PAIN]), True, "no-pain"),
        (person(), True, "not-answered"),
    ],
)
def test_pain_that_is_not_alike_is_shown_and_not_compared(now, same_questions, reason):
    for then, later in ((SIX, now), (now, SIX)):
        average, impact, _ = changes(then, later, same_questions=same_questions)

        assert (average.verdict, average.reason) == (Change.CANNOT_TELL, reason)
        assert (impact.verdict, impact.reason) == (Change.CANNOT_TELL, reason)
        assert 6 in (average.before, average.after)


def test_the_impact_has_the_rule_of_two_points():
    nearly, enough = tell(SIX, P1=5, P3=4, P4=4), tell(SIX, P1=4, P3=4, P4=4)

    assert changes(SIX, nearly)[1].verdict == Change.WITHIN_ERROR
    assert changes(SIX, enough)[1].verdict == Change.LIKELY_REAL


def test_the_activity_of_ones_own_choice_never_gets_a_verdict():
    better = tell(SIX, **{"P5.score": 10})
    other = tell(SIX, **{"P5.activity": "activity-walking", "P5.score": 10})

    assert [(each.verdict, each.before, each.after, each.reason) for each in changes(SIX, better)[2:]] == [
        (None, 3, 10, None)
    ]
    assert changes(SIX, other)[2].reason == "other-activity"


def test_a_number_that_neither_check_has_is_left_away():
    assert changes(person(), person()) == ()


# -- which side first ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spots", "worst", "order"),
    [
        (["spot-knee-front-right"], None, LEFT),
        (["spot-knee-front-left"], None, RIGHT),
        (["spot-knee-front-left", "spot-groin-right"], "spot-knee-front-left", RIGHT),
        (["spot-knee-front-left", "spot-groin-right"], "spot-groin-right", LEFT),
        (["spot-knee-front-left", "spot-groin-right"], None, LEFT),
        (["spot-low-back", "spot-groin-left"], "spot-low-back", RIGHT),
        (["spot-low-back"], None, LEFT),
        (["spot-knee-front-left", "spot-groin-left", "spot-groin-right"], None, RIGHT),
        (["spot-knee-front-right", "spot-groin-left", "spot-groin-right"], None, LEFT),
        ([NO_PAIN], None, LEFT),
    ],
)
def test_the_less_sore_side_goes_first_and_left_when_there_is_none(spots, worst, order):
    assert asking.less_sore_first(ASKED, tell(person(spots=spots), worst=worst)) == order


@pytest.mark.parametrize(
    ("spots", "questions"),
    [
        (["spot-knee-inner-left"], {"Q5k", "Q6", "QK1"}),
        (["spot-low-back"], {"Q7b", "QB1"}),
        (["spot-groin-left"], {"Q10h", "QH1"}),
        (["spot-thigh-left"], {"Q10h", "QH1"}),
        (["spot-buttock-left"], {"Q7b", "QB1", "Q10h", "QH1"}),
        (["spot-below-knee-left"], set()),
    ],
)
def test_only_the_questions_of_the_region_that_hurts_are_asked(spots, questions):
    found = {question.id for question in asking.asked(ASKED, person(spots=spots))}

    assert found - {"P1", "P2", "P3", "P4", "P5", "Q3", "Q4"} == questions


@pytest.mark.parametrize(
    ("leg", "asked"), [(None, False), ("leg-no", False), ("leg-hip-thigh", True), ("leg-below-knee", True)]
)
def test_the_leg_questions_come_when_the_pain_goes_down_the_leg(leg, asked):
    found = {question.id for question in asking.asked(ASKED, person(spots=["spot-low-back"], Q7b=leg))}

    assert ({"Q8b", "Q9b"} <= found) is asked


def test_the_question_about_last_time_is_only_for_a_retest():
    assert "P6" not in {question.id for question in asking.asked(ASKED, person())}
    assert "P6" in {question.id for question in asking.asked(ASKED, person(), retest=True)}


def test_before_it_is_said_where_it_hurts_no_pain_question_is_asked():
    assert asking.asked(ASKED, Answers()) == ()


def test_an_answer_to_a_question_that_is_not_asked_does_not_count():
    told = person(spots=["spot-low-back"], Q7b="leg-hip-thigh", Q8b="worse-leg")

    assert asking.choice(ASKED, told, "Q8b") == "worse-leg"
    assert asking.choice(ASKED, told, "Q6") is None
    assert asking.ticks(ASKED, told, "Q5k") is None


def test_none_of_these_is_an_answer_with_no_trigger():
    assert asking.ticks(ASKED, person(Q5k={"trigger-none"}), "Q5k") == frozenset()
