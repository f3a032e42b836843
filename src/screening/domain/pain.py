"""The pain numbers: impact today, and what a change since last time can mean."""

from screening.domain import asking, change
from screening.domain.answers import Answers
from screening.domain.change import Change
from screening.domain.instruments import Instruments
from screening.domain.outcome import PainSummary

IMPACT_PARTS = ("P1", "P3", "P4")
"""Pain impact is the mean of these. Our own items: never to be called by a questionnaire's name."""


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


def average_change(earlier: Answers, later: Answers) -> Change:
    """Compare average pain (P1) of two checks; only of the same worst spot, and only if both were asked.

    Pain now, the activity of one's own choice and the person's own word (P6) get no verdict: they are
    shown as given, P6 beside this one. Source: ruling 19; questions.md 4.
    """
    then, now = earlier.pain.ratings.get("P1"), later.pain.ratings.get("P1")
    if then is None or now is None or asking.worst_spot(earlier) != asking.worst_spot(later):
        return Change.CANNOT_TELL
    return change.pain(then, now)
