"""The pain numbers: impact today, and what a change since last time can mean."""

from enum import StrEnum

from screening.domain import asking
from screening.domain.answers import Answers
from screening.domain.instruments import Instruments
from screening.domain.outcome import PainSummary

IMPACT_PARTS = ("P1", "P3", "P4")
"""Pain impact is the mean of these. Our own items: never to be called by a questionnaire's name."""

REAL_CHANGE = 2.0
"""Points of a 0-10 rating from which a change is likely real. Source: ref_1, ref_6; ruling 19."""

LOW_START = (1, 4)
"""Starting here, a third may be real although it is under 2 points. Source: ref_2, ref_6; ruling 19."""

SHARE_OF_LOW_START = 1 / 3


class PainChange(StrEnum):
    """What a change of a pain rating can mean."""

    LIKELY_REAL = "likely-real"
    MAY_BE_REAL = "may-be-real"
    UPS_AND_DOWNS = "ups-and-downs"
    CANNOT_TELL = "cannot-tell"


def summary(known: Instruments, told: Answers) -> PainSummary:
    """Return the pain numbers as given. With no pain, pain now is 0 and the rest is not asked."""
    if asking.no_pain(told):
        return PainSummary(now=asking.NO_PAIN_NOW)
    return PainSummary(
        average=told.pain.ratings.get("P1"),
        now=told.pain.ratings.get("P2"),
        impact=impact(told),
        activity=told.pain.activity,
        activity_score=told.pain.activity_score,
        duration=asking.choice(known, told, "Q3"),
        worst=asking.worst_spot(told),
    )


def impact(told: Answers) -> float | None:
    """Return the mean of P1, P3 and P4, 0-10, or None unless all three were answered."""
    given = [told.pain.ratings[each] for each in IMPACT_PARTS if each in told.pain.ratings]
    if asking.no_pain(told) or len(given) < len(IMPACT_PARTS):
        return None
    return sum(given) / len(given)


def change(then: float, now: float) -> PainChange:
    """Say what a change of average pain (P1) can mean. Both 0-10, lower is better.

    Source: ruling 19.

    Examples:
        >>> change(6, 4)
        <PainChange.LIKELY_REAL: 'likely-real'>
        >>> change(3, 2)
        <PainChange.MAY_BE_REAL: 'may-be-real'>
    """
    gap = abs(now - then)
    if gap >= REAL_CHANGE:
        return PainChange.LIKELY_REAL
    low, high = LOW_START
    if low <= then <= high and gap >= then * SHARE_OF_LOW_START:
        return PainChange.MAY_BE_REAL
    return PainChange.UPS_AND_DOWNS


def impact_change(then: float, now: float) -> PainChange:
    """Say what a change of pain impact can mean: the 2-point rule and no other. Both 0-10."""
    return PainChange.LIKELY_REAL if abs(now - then) >= REAL_CHANGE else PainChange.UPS_AND_DOWNS


def average_change(earlier: Answers, later: Answers) -> PainChange:
    """Compare average pain of two checks; only of the same worst spot, and only if both were asked.

    Pain now, the activity of one's own choice and the person's own word (P6) get no verdict: they are
    shown as given, P6 beside this one.
    """
    then, now = earlier.pain.ratings.get("P1"), later.pain.ratings.get("P1")
    if then is None or now is None or asking.worst_spot(earlier) != asking.worst_spot(later):
        return PainChange.CANNOT_TELL
    return change(then, now)
