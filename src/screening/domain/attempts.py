"""What one attempt at a test may hold. One judge for the screens and for files."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from screening.domain.answers import Attempt, Ending, Form
from screening.domain.selftests import Kind, SelfTest

HIGHEST_PAIN = 10
"""The end of the 0-10 pain rating."""

HIGHEST_EFFORT = 5
"""The end of the 0-5 effort rating of the leg lift."""

SEAT_CM = (20, 80)
"""Seat heights a chair can have. Outside it is a slip of the finger, not a chair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with an attempt: the field, and ``range`` (a number) or ``rule`` (fields that clash)."""

    field: str
    why: str


def fault(attempt: Attempt, test: SelfTest) -> Fault | None:
    """Return the first thing that cannot be true of this attempt, or None."""
    for field, why, wrong in _CHECKS:
        if wrong(attempt, test):
            return Fault(field=field, why=why)
    return None


def possible(value: float, test: SelfTest) -> bool:
    """Say whether this test can produce this value, in its unit."""
    low, high = test.valid
    top = high if test.cap is None else min(high, test.cap)
    return math.isfinite(value) and low <= value <= top


def _pain_out_of_range(attempt: Attempt, _: SelfTest) -> bool:
    if attempt.pain is None:
        return False
    given = (attempt.pain.before, attempt.pain.during, attempt.pain.after)
    return any(each is not None and not 0 <= each <= HIGHEST_PAIN for each in given)


def _fraction_of_a_whole(attempt: Attempt, test: SelfTest) -> bool:
    values = attempt.tries if attempt.value is None else (attempt.value, *attempt.tries)
    return test.whole and any(each != int(each) for each in values)


def _value_without_ending(attempt: Attempt, test: SelfTest) -> bool:
    if attempt.ending != Ending.DONE:
        return attempt.value is not None
    return attempt.value is None and not (test.kind == Kind.RATING and attempt.ticks is not None)


def _cap_not_reached(attempt: Attempt, test: SelfTest) -> bool:
    return attempt.capped and (test.cap is None or attempt.value != test.cap)


def _unknown_tick(attempt: Attempt, test: SelfTest) -> bool:
    return not set(attempt.ticks or ()) <= test.codes


def _seat_out_of_range(attempt: Attempt, _: SelfTest) -> bool:
    low, high = SEAT_CM
    return attempt.seat_cm is not None and not low <= attempt.seat_cm <= high


_CHECKS: tuple[tuple[str, str, Callable[[Attempt, SelfTest], bool]], ...] = (
    ("side", "rule", lambda attempt, test: (attempt.side is not None) != test.each_side),
    ("value", "range", lambda attempt, test: attempt.value is not None and not possible(attempt.value, test)),
    ("tries", "range", lambda attempt, test: len(attempt.tries) > test.tries),
    ("tries", "range", lambda attempt, test: not all(possible(each, test) for each in attempt.tries)),
    ("value", "type", _fraction_of_a_whole),
    ("value", "rule", _value_without_ending),
    ("capped", "rule", _cap_not_reached),
    ("pain", "range", _pain_out_of_range),
    ("form", "rule", lambda attempt, test: attempt.form != Form.STANDARD and attempt.form not in test.forms),
    ("ticks", "code", _unknown_tick),
    ("ticks", "rule", lambda attempt, _: len(set(attempt.ticks or ())) != len(attempt.ticks or ())),
    ("effort", "rule", lambda attempt, test: attempt.effort is not None and not test.effort),
    ("effort", "range", lambda attempt, _: not 0 <= (attempt.effort or 0) <= HIGHEST_EFFORT),
    ("seat_cm", "rule", lambda attempt, test: attempt.seat_cm is not None and not test.chair),
    ("seat_cm", "range", _seat_out_of_range),
    ("right_angle", "rule", lambda attempt, test: attempt.right_angle is not None and not test.chair),
)
