"""The pain numbers: impact today, and what a change since last time can mean."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from screening.domain import asking, change
from screening.domain.answers import Answers
from screening.domain.change import Change
from screening.domain.instruments import Instruments
from screening.domain.outcome import PainSummary

Number = TypeVar("Number", int, float)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PainChange:
    """One pain number, then and now.

    Attributes:
        measure: ``average`` (P1), ``impact`` (mean of P1, P3 and P4) or ``activity`` (P5).
        verdict: What may be said; None where no verdict is given, whatever the numbers are (P5).
        before: 0-10 then, or None.
        after: 0-10 now, or None.
        reason: Why it cannot be told: ``no-pain`` at one check, ``other-spot``, ``other-questions`` (another
            version), ``other-activity``, ``not-answered``; or None.
    """

    measure: str
    verdict: Change | None
    before: float | None
    after: float | None
    reason: str | None


def changes(earlier: Answers, later: Answers, *, same_questions: bool) -> tuple[PainChange, ...]:
    """Compare the pain numbers of two checks: only of the same worst spot and version of the questions.

    Pain now is not trended. The activity of one's own choice is shown as its two numbers, without a
    verdict. The person's own word (P6) stands beside these and is never averaged. A number that neither
    check has is left away. Source: ruling 19; questions.md 4.

    Args:
        earlier: The check then.
        later: The check now.
        same_questions: Both were asked with the same version of the questions.
    """
    no_pain = asking.no_pain(earlier) or asking.no_pain(later)
    other_spot = asking.worst_spot(earlier) != asking.worst_spot(later)
    reason = (
        "no-pain"
        if no_pain
        else "other-questions"
        if not same_questions
        else "other-spot"
        if other_spot
        else None
    )
    average = _pair(earlier.pain.ratings.get("P1"), later.pain.ratings.get("P1"))
    both = _pair(impact(earlier), impact(later))
    found = [
        _compared("average", average, reason, change.pain),
        _compared("impact", both, reason, change.impact),
        _own_activity(earlier, later, "no-pain" if no_pain else None),
    ]
    return tuple(each for each in found if (each.before, each.after) != (None, None))


_Pair = tuple[Number | None, Number | None]


def _pair(before: Number | None, after: Number | None) -> _Pair[Number]:
    return before, after


def _compared(
    measure: str, pair: _Pair[Number], reason: str | None, rule: Callable[[Number, Number], Change]
) -> PainChange:
    before, after = pair
    verdict = Change.CANNOT_TELL
    if before is None or after is None:
        reason = reason or "not-answered"
    elif reason is None:
        verdict = rule(before, after)
    return PainChange(measure=measure, verdict=verdict, before=before, after=after, reason=reason)


def _own_activity(earlier: Answers, later: Answers, reason: str | None) -> PainChange:
    before, after = earlier.pain.activity_score, later.pain.activity_score
    if reason is None and earlier.pain.activity != later.pain.activity:
        reason = "other-activity"
    return PainChange(measure="activity", verdict=None, before=before, after=after, reason=reason)
