"""Left against right: never inside the error of a home test, never from a side that was not measured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.domain.answers import Attempt, Ending, Form, Sex, Side, StoppedBy
from screening.domain.answers import TestPain as Pain
from screening.domain.outcome import SideVerdict
from screening.domain.scoring import score
from screening.domain.sides import compare
from screening.services.catalogue import load

SELFTESTS = load().selftests
EACH_SIDE = [test.id for test in SELFTESTS if test.each_side]


def scored(test_id, side, value, age_y=30, **more):
    attempt = Attempt(test=test_id, side=side, ending=more.pop("ending", Ending.DONE), value=value, **more)
    return score(attempt, SELFTESTS[test_id], age_y, Sex.FEMALE)


def compared(test_id, left, right, hurting=(), **more):
    return compare(
        scored(test_id, Side.LEFT, left, **more),
        scored(test_id, Side.RIGHT, right, **more),
        SELFTESTS[test_id],
        frozenset(hurting),
    )


@pytest.mark.parametrize(
    ("test_id", "left", "right", "verdict"),
    [
        # 33 s: MDC 23-34 and 32.8 s
        pytest.param("abd_hold", 20, 52.9, "within-error", id="hold-just-under-33"),
        pytest.param("abd_hold", 20, 53, "left-lower", id="hold-33"),
        pytest.param("abd_hold", 53.1, 20, "right-lower", id="hold-just-over-33"),
        # 25 s: MDC 17-25 s
        pytest.param("bridge", 20, 44.9, "within-error", id="bridge-just-under-25"),
        pytest.param("bridge", 20, 45, "left-lower", id="bridge-25"),
        pytest.param("bridge", 45.1, 20, "right-lower", id="bridge-just-over-25"),
        pytest.param("bridge", 32.3, 7.3, "right-lower", id="bridge-25-in-tenths"),
        # 31 s: MDC 30 s
        pytest.param("sideplank", 10, 40.9, "within-error", id="sideplank-just-under-31"),
        pytest.param("sideplank", 10, 41, "left-lower", id="sideplank-31"),
        pytest.param("sideplank", 41.1, 10, "right-lower", id="sideplank-just-over-31"),
        pytest.param("sideplank", 32.3, 1.3, "right-lower", id="sideplank-31-in-tenths"),
        # equal, and the cap
        pytest.param("bridge", 30, 30, "same", id="equal"),
        pytest.param("bridge", 0, 0, "same", id="equal-at-nothing"),
        pytest.param("bridge", 60, 60, "no-difference-to-cap", id="both-at-the-cap"),
        pytest.param("bridge", 60, 35.1, "cannot-tell", id="one-at-the-cap-other-near"),
        pytest.param("bridge", 60, 35, "right-lower", id="one-at-the-cap-other-lower-by-25"),
        pytest.param("bridge", 34.9, 60, "left-lower", id="one-at-the-cap-other-lower-by-more"),
        pytest.param("abd_hold", 60, 27.1, "cannot-tell", id="hold-one-at-the-cap"),
        pytest.param("abd_hold", 60, 27, "right-lower", id="hold-one-at-the-cap-33"),
        pytest.param("sideplank", 60, 29.1, "cannot-tell", id="sideplank-one-at-the-cap"),
        pytest.param("sideplank", 60, 29, "right-lower", id="sideplank-one-at-the-cap-31"),
        # stance: one side under 10 s and the other 20 s or more
        pytest.param("sls", 9.9, 20, "left-lower", id="stance-under-10-and-20"),
        pytest.param("sls", 10, 20, "within-error", id="stance-10-and-20"),
        pytest.param("sls", 9.9, 19.9, "within-error", id="stance-under-10-and-under-20"),
        pytest.param("sls", 10, 44.9, "within-error", id="stance-10-and-nearly-45"),
        pytest.param("sls", 45, 9.9, "right-lower", id="stance-cap-and-under-10"),
        pytest.param("sls", 45, 10, "cannot-tell", id="stance-cap-and-10"),
        pytest.param("sls", 45, 45, "no-difference-to-cap", id="stance-both-full"),
        pytest.param("sls", 3, 3, "same", id="stance-equal"),
        # step-down: 2 points, more is worse
        pytest.param("stepdown", 1, 2, "within-error", id="step-1-point"),
        pytest.param("stepdown", 1, 3, "right-lower", id="step-2-points"),
        pytest.param("stepdown", 6, 0, "left-lower", id="step-6-points"),
        pytest.param("stepdown", 4, 4, "same", id="step-equal"),
        # leg lift: 1 grade with one side at 2 or more, in words of its own
        pytest.param("abd_lift", 0, 1, "within-error", id="lift-0-1"),
        pytest.param("abd_lift", 1, 2, "harder-right", id="lift-1-2"),
        pytest.param("abd_lift", 2, 0, "harder-left", id="lift-2-0"),
        pytest.param("abd_lift", 3, 2, "harder-left", id="lift-3-2"),
        pytest.param("abd_lift", 2, 2, "same", id="lift-equal"),
    ],
)
def test_a_gap_is_told_as_the_rule_says(test_id, left, right, verdict):
    found = compared(test_id, left, right)

    assert (found.verdict, found.left, found.right) == (verdict, left, right)
    assert found.reason is None


@pytest.mark.parametrize(
    ("test_id", "limit"),
    [("abd_hold", 33), ("bridge", 25), ("sideplank", 31), ("sls", None), ("stepdown", 2), ("abd_lift", 1)],
)
def test_the_limit_that_was_used_is_told(test_id, limit):
    assert compared(test_id, 1, 2).limit == limit


@pytest.mark.parametrize("ending", [each for each in Ending if each != Ending.DONE])
@pytest.mark.parametrize("test_id", EACH_SIDE)
def test_a_side_that_was_not_done_gives_no_verdict(test_id, ending):
    left = scored(test_id, Side.LEFT, None, ending=ending)
    right = scored(test_id, Side.RIGHT, 2)

    found = compare(left, right, SELFTESTS[test_id], {Side.LEFT})

    assert (found.verdict, found.reason) == (SideVerdict.CANNOT_TELL, ending.value)
    assert not found.same_side_as_pain


def test_a_finished_hold_with_too_much_pain_gives_no_verdict():
    left = scored("abd_hold", Side.LEFT, 5, pain=Pain(before=2, during=6))
    right = scored("abd_hold", Side.RIGHT, 60)

    found = compare(left, right, SELFTESTS["abd_hold"], {Side.LEFT})

    assert (found.verdict, found.reason) == ("cannot-tell", "stopped-for-pain")
    assert (found.left, found.right) == (5, 60)


@pytest.mark.parametrize("age_y", [19, 30, 70])
@pytest.mark.parametrize(("stop", "reason"), [("shoulder", "shoulder-stop"), ("back", "back-stop")])
def test_a_side_plank_ended_by_shoulder_or_back_gives_no_verdict_at_any_age(stop, reason, age_y):
    left = scored("sideplank", Side.LEFT, 5, age_y, stopped_by=StoppedBy(stop))
    right = scored("sideplank", Side.RIGHT, 60, age_y)

    found = compare(left, right, SELFTESTS["sideplank"], ())

    assert (found.verdict, found.reason) == ("cannot-tell", reason)


def test_the_squat_in_place_of_the_step_shows_both_values_and_no_verdict():
    left = scored("stepdown", Side.LEFT, 6, form=Form.SQUAT)
    right = scored("stepdown", Side.RIGHT, 0)

    found = compare(left, right, SELFTESTS["stepdown"], ())

    assert (found.verdict, found.reason, found.left, found.right) == ("cannot-tell", "adapted-form", 6, 0)


@pytest.mark.parametrize("age_y", [18, 36, 70])
def test_left_and_right_are_compared_at_ages_without_norms_too(age_y):
    found = compared("bridge", 10, 50, age_y=age_y)

    assert found.verdict == "left-lower"


@pytest.mark.parametrize(
    ("hurting", "same"),
    [
        ((), False),
        ((Side.LEFT,), True),
        ((Side.RIGHT,), False),
        ((Side.LEFT, Side.RIGHT), False),
    ],
)
@pytest.mark.parametrize(
    ("test_id", "left", "right"), [("bridge", 10, 50), ("stepdown", 5, 1), ("abd_lift", 3, 0)]
)
def test_same_side_as_your_pain_needs_one_side_that_hurts(test_id, left, right, hurting, same):
    assert compared(test_id, left, right, hurting).same_side_as_pain == same


def test_a_gap_within_the_error_is_never_on_the_side_of_the_pain():
    assert not compared("bridge", 20, 44, [Side.LEFT]).same_side_as_pain


def test_effort_never_decides():
    left = scored("abd_lift", Side.LEFT, 1, effort=5)
    right = scored("abd_lift", Side.RIGHT, 1, effort=0)

    assert compare(left, right, SELFTESTS["abd_lift"], ()).verdict == "same"


MIRROR = {
    SideVerdict.LEFT_LOWER: SideVerdict.RIGHT_LOWER,
    SideVerdict.RIGHT_LOWER: SideVerdict.LEFT_LOWER,
    SideVerdict.HARDER_LEFT: SideVerdict.HARDER_RIGHT,
    SideVerdict.HARDER_RIGHT: SideVerdict.HARDER_LEFT,
}
WHOLE = st.integers(0, 3).map(float)
TENTHS = st.integers(0, 450).map(lambda n: n / 10)
ENDINGS = st.sampled_from([Ending.DONE, Ending.DONE, Ending.DONE, Ending.STOPPED_FOR_PAIN, Ending.COULD_NOT])
HURTING = st.frozensets(st.sampled_from(list(Side)))


@st.composite
def one_side(draw, test):
    ending = draw(ENDINGS)
    value = draw(WHOLE if test.whole else TENTHS) if ending == Ending.DONE else None
    form = draw(st.sampled_from([Form(each) for each in test.forms]))
    return {"ending": ending, "value": value, "form": form}


@st.composite
def two_sides(draw):
    test = SELFTESTS[draw(st.sampled_from(EACH_SIDE))]
    return test, draw(one_side(test)), draw(one_side(test))


@given(two_sides(), HURTING)
def test_swapping_the_sides_mirrors_the_verdict(both, hurting):
    test, one, two = both

    here = compare(scored(test.id, Side.LEFT, **one), scored(test.id, Side.RIGHT, **two), test, hurting)
    there = compare(
        scored(test.id, Side.LEFT, **two),
        scored(test.id, Side.RIGHT, **one),
        test,
        frozenset(side.other for side in hurting),
    )

    assert there.verdict == MIRROR.get(here.verdict, here.verdict)
    assert (there.left, there.right) == (here.right, here.left)
    assert there.same_side_as_pain == here.same_side_as_pain


@given(two_sides())
def test_a_verdict_needs_two_sides_in_the_standard_form(both):
    test, one, two = both

    found = compare(scored(test.id, Side.LEFT, **one), scored(test.id, Side.RIGHT, **two), test, ())

    fair = all(each["ending"] == Ending.DONE and each["form"] == Form.STANDARD for each in (one, two))
    if not fair:
        assert found.verdict == SideVerdict.CANNOT_TELL
        assert found.reason is not None
