"""What one result says about hip, knee and back together: which chain is meant, and where it would begin.

Nothing here is a cause. A result says where a finding lies; the chains say what may follow from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from screening.domain import asking
from screening.domain.answers import Answers
from screening.domain.instruments import Instruments
from screening.domain.outcome import Finding, Results, SideVerdict

CHAINS = ("knee", "back")
"""The two chains, in the order they are told."""

AT_THE_HIP = frozenset({"side_of_hip", "back_of_hip"})
"""Domains that speak for the first step of a chain."""

HARD_LIFT_SCORE = 2
"""Leg lift: 0-1 is easy or a slight wobble, 2 and 3 are the two worse words. Source: self_tests 11."""

HARD_LIFT_EFFORT = 3
"""Leg lift: half of the 0-5 scale or more. Source: self_tests 11."""

_HARDER = {SideVerdict.HARDER_LEFT, SideVerdict.HARDER_RIGHT}


class Sign(StrEnum):
    """What the tests say about the first step, the hip."""

    AT_THE_HIP = "at-the-hip"
    ELSEWHERE = "elsewhere"
    NOTHING = "nothing"
    CANNOT_TELL = "cannot-tell"
    NOT_TESTED = "not-tested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """What a result says about the chains.

    Attributes:
        chains: Chains that end where it hurts; empty with no pain, or pain elsewhere.
        sign: What the tests say about their first step.
        joint_first: Groin pain and a leg lift that was hard, or a low hold: the joint itself should be
            checked first (questions.md 5, the honesty rule).
    """

    chains: tuple[str, ...]
    sign: Sign
    joint_first: bool


def connected(known: Instruments, told: Answers, results: Results) -> Connected:
    """Return which chains are meant, what the tests say about the hip, and whether the joint comes first."""
    regions = asking.main_regions(known, told)
    groin = "groin" in asking.places(known, told)
    return Connected(
        chains=tuple(each for each in CHAINS if each in regions),
        sign=_sign(results),
        joint_first=groin and (_low_side(results) or _hard_lift(told, results)),
    )


def _sign(results: Results) -> Sign:
    low = {each.id for each in results.domains if Finding.WORTH_SHOWING in (each.left, each.right)}
    found = {side for each in results.domains for side in (each.left, each.right)}
    if low & AT_THE_HIP:
        return Sign.AT_THE_HIP
    if low:
        return Sign.ELSEWHERE
    if Finding.NO_SIGNAL in found and Finding.CANNOT_TELL not in found:
        return Sign.NOTHING
    return Sign.CANNOT_TELL if found - {Finding.NOT_TESTED} else Sign.NOT_TESTED


def _low_side(results: Results) -> bool:
    side = next((each for each in results.domains if each.id == "side_of_hip"), None)
    return side is not None and Finding.WORTH_SHOWING in (side.left, side.right)


def _hard_lift(told: Answers, results: Results) -> bool:
    """Only lifts that the result holds count: one that is left out today does not speak."""
    lifts = [each for each in results.scores if each.test == "abd_lift"]
    if any(each.test == "abd_lift" and each.verdict in _HARDER for each in results.differences):
        return True
    tried = (told.attempt(each.test, each.side) for each in lifts)
    efforts = [each.effort for each in tried if each is not None and each.effort is not None]
    scored = any(each.value is not None and each.value >= HARD_LIFT_SCORE for each in lifts)
    return scored or any(each >= HARD_LIFT_EFFORT for each in efforts)
