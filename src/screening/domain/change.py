"""Then against now: likely real, within the error of a home test, or can't tell.

Source: self_tests 10 (limits), rulings 18 and 19, questions 4 (pain).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from screening.domain.answers import Ending, Side
from screening.domain.outcome import Score
from screening.domain.selftests import SelfTest, SelfTests

REAL_PAIN_CHANGE = 2
"""Points of 0-10 that are likely real, for P1 and for the pain impact (ruling 19, questions 4)."""

LOW_START = (1, 4)
"""Pain at the start where a third of it may be real already (ruling 19)."""

_A_THIRD = 3
"""One third of the pain at the start: the change times this reaches the start."""


class Place(StrEnum):
    """Where a test was done: alone at home, or measured by a therapist."""

    HOME = "home"
    CLINIC = "clinic"


class Change(StrEnum):
    """What may be said of two values of one measure."""

    LIKELY_REAL = "likely-real"
    MAY_BE_REAL = "may-be-real"
    WITHIN_ERROR = "within-error"
    SAME = "same"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One score, where it was measured, and the version of the protocol then; None where nobody knows it."""

    score: Score
    place: Place
    protocol: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChange:
    """One test on one side, then and now.

    Attributes:
        test: The test's id.
        side: The side, or None for both legs together.
        then: Where it was measured then; None when it was not measured.
        now: Where it was measured now; None when it was not measured.
        verdict: What may be said.
        before: Value then, in the test's unit, or None.
        after: Value now.
        better: The value now is the better one; None when equal or when a value is missing.
        limit: Change that is likely real between these places, in the test's unit; None where unknown.
        reason: Why it cannot be told: a reason code (see ``since`` and ``measures``), or None.
    """

    test: str
    side: Side | None
    then: Place | None
    now: Place | None
    verdict: Change
    before: float | None
    after: float | None
    better: bool | None
    limit: float | None
    reason: str | None


def measures(then: Sequence[Reading], now: Sequence[Reading], tests: SelfTests) -> tuple[MeasureChange, ...]:
    """Compare everything measured at two visits, in battery order, left before right.

    Like goes with like: home with home, clinic with clinic. Only where no place has both is home held
    against clinic. What was measured once only cannot be told, with the reason ``not-done-then`` or
    ``not-done-now``; a test the person chose not to do counts as not measured.
    """
    found: list[MeasureChange] = []
    for test in tests:
        for side in tuple(Side) if test.each_side else (None,):
            before, after = (_at(readings, test.id, side) for readings in (then, now))
            found += _changes(before, after, test)
    return tuple(found)


def _at(readings: Sequence[Reading], test: str, side: Side | None) -> dict[Place, Reading]:
    return {
        each.place: each
        for each in readings
        if (each.score.test, each.score.side) == (test, side) and each.score.ending != Ending.CHOSE_NOT
    }


def _changes(
    before: Mapping[Place, Reading], after: Mapping[Place, Reading], test: SelfTest
) -> Iterator[MeasureChange]:
    alike = [place for place in Place if place in before and place in after]
    for place in alike:
        yield since(before[place], after[place], test)
    if alike or not (before or after):
        return
    if before and after:
        (then,), (now,) = before.values(), after.values()
        yield since(then, now, test)
        return
    yield _once(next(iter((before or after).values())), test, was_then=bool(before))


def _once(only: Reading, test: SelfTest, *, was_then: bool) -> MeasureChange:
    value = value_of(only)
    return MeasureChange(
        test=test.id,
        side=only.score.side,
        then=only.place if was_then else None,
        now=None if was_then else only.place,
        verdict=Change.CANNOT_TELL,
        before=value if was_then else None,
        after=None if was_then else value,
        better=None,
        limit=None,
        reason="not-done-now" if was_then else "not-done-then",
    )


def value_of(reading: Reading) -> float | None:
    """Return the number of a finished try; a try that pain or anything else ended has none."""
    return reading.score.value if reading.score.ending == Ending.DONE else None


def since(then: Reading, now: Reading, test: SelfTest) -> MeasureChange:
    """Compare two readings of one test and side.

    Home against home, and clinic against clinic, take the test's limit; home against clinic its own,
    where there is one. Bands are never compared, only values: a birthday changes the reference.

    ``reason`` is the ending or the deviation of the visit that spoils it, or ``other-protocol``,
    ``no-published-error``, ``home-and-clinic`` (no error is published between these two places), or
    ``at-the-cap``: both at the cap, or one there with less than the limit between.
    """
    before, after = value_of(then), value_of(now)
    limit = test.change_limit if then.place == now.place else test.clinic_limit
    reason = _why_not(then, now, test, limit)
    verdict = Change.CANNOT_TELL
    if reason is None and before is not None and after is not None and limit is not None:
        verdict = _verdict(abs(round(after - before, 2)), limit)
        if (then.score.capped or now.score.capped) and verdict != Change.LIKELY_REAL:
            verdict, reason = Change.CANNOT_TELL, "at-the-cap"
    return MeasureChange(
        test=test.id,
        side=now.score.side,
        then=then.place,
        now=now.place,
        verdict=verdict,
        before=before,
        after=after,
        better=_better(before, after, higher_is_better=test.higher_is_better),
        limit=limit,
        reason=reason,
    )


def _why_not(then: Reading, now: Reading, test: SelfTest, limit: float | None) -> str | None:
    for visit in (then, now):
        if visit.score.ending != Ending.DONE:
            return visit.score.ending.value
        if visit.score.deviation is not None:
            return visit.score.deviation
    if None in (then.protocol, now.protocol) or then.protocol != now.protocol:
        return "other-protocol"
    if limit is None:
        return "no-published-error" if test.change_limit is None else "home-and-clinic"
    return "at-the-cap" if then.score.capped and now.score.capped else None


def _verdict(gap: float, limit: float) -> Change:
    if gap == 0:
        return Change.SAME
    return Change.LIKELY_REAL if gap >= limit else Change.WITHIN_ERROR


def _better(before: float | None, after: float | None, *, higher_is_better: bool) -> bool | None:
    if before is None or after is None or before == after:
        return None
    return (after > before) == higher_is_better


def pain(before: int, after: int) -> Change:
    """Compare two answers to P1, each 0-10: 2 or more is likely real.

    Starting at 1 to 4, a change of at least a third that is under 2 may be real (ruling 19). The caller
    compares only equal versions of the question, about the same worst spot. P5 has no verdict: its two
    numbers are shown as they are; P6 stands beside P1 and is never averaged.
    """
    gap = abs(after - before)
    if gap == 0:
        return Change.SAME
    if gap >= REAL_PAIN_CHANGE:
        return Change.LIKELY_REAL
    may_be = LOW_START[0] <= before <= LOW_START[1] and gap * _A_THIRD >= before
    return Change.MAY_BE_REAL if may_be else Change.WITHIN_ERROR


def impact(before: float, after: float) -> Change:
    """Compare two pain impacts, each the mean of P1, P3 and P4 (0-10): 2 or more is likely real.

    Source: questions 4, a judgement wider than the published limits, because ours is not validated.
    """
    return _verdict(abs(round(after - before, 6)), REAL_PAIN_CHANGE)
