"""What a result says about hip, knee and back together: never a cause, and the joint first."""

import pytest
from tests.people import KNOWN, after, did, person

from screening.domain.answers import NO_PAIN
from screening.domain.connecting import Connected, Sign, connected
from screening.domain.outcome import Results
from screening.services.assessment import assess


def told_of(*attempts, **about) -> Connected:
    told = after(person(**about), *attempts)
    results = assess(told, KNOWN)
    assert isinstance(results, Results)
    return connected(KNOWN.instruments, told, results)


@pytest.mark.parametrize(
    ("spots", "chains"),
    [
        (("spot-knee-front-right",), ("knee",)),
        (("spot-low-back",), ("back",)),
        (("spot-buttock-left",), ("back",)),
        (("spot-low-back", "spot-knee-inner-left"), ("knee", "back")),
        (("spot-groin-left",), ()),
        (("spot-hip-outer-left",), ()),
        ((NO_PAIN,), ()),
    ],
)
def test_the_chain_that_is_meant_ends_where_it_hurts(spots, chains):
    assert told_of(spots=spots).chains == chains


@pytest.mark.parametrize(
    ("attempts", "sign"),
    [
        ((), Sign.NOT_TESTED),
        ((did("abd_hold", "left", 10.0),), Sign.AT_THE_HIP),
        ((did("sideplank", "left", 5.0),), Sign.ELSEWHERE),
        ((did("abd_hold", "left", 60.0, capped=True),), Sign.NOTHING),
        ((did("abd_lift", "left", 0),), Sign.CANNOT_TELL),
        ((did("abd_hold", "left", 60.0, capped=True), did("sideplank", "left", 40.0)), Sign.CANNOT_TELL),
    ],
)
def test_the_first_step_is_pointed_at_only_by_a_low_result_at_the_hip(attempts, sign):
    assert told_of(*attempts, age=30).sign == sign


GROIN = ("spot-groin-left",)


@pytest.mark.parametrize(
    ("spots", "attempts", "joint_first"),
    [
        (GROIN, (did("abd_lift", "left", 2),), True),
        (GROIN, (did("abd_lift", "left", 1),), False),
        (GROIN, (did("abd_lift", "left", 1, effort=3),), True),
        (GROIN, (did("abd_lift", "left", 1, effort=2),), False),
        (GROIN, (did("abd_hold", "left", 10.0),), True),
        (GROIN, (did("abd_hold", "left", 60.0, capped=True),), False),
        (GROIN, (), False),
        (("spot-hip-outer-left",), (did("abd_lift", "left", 3),), False),
    ],
)
def test_groin_pain_with_a_hard_leg_lift_has_the_joint_checked_first(spots, attempts, joint_first):
    assert told_of(*attempts, spots=spots, age=30).joint_first is joint_first
