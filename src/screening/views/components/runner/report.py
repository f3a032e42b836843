"""What the runner hands over, checked. The browser is not trusted; the domain checks the value again."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from screening.domain.answers import Attempt, Ending, Form, Side, StoppedBy
from screening.domain.selftests import Kind, SelfTest

PAIN = "pain"
UNWELL = "unwell"
OTHER = "other"
COUNTED = "counted"
FINISHED = "finished"

_COUNTS = {
    "cap": StoppedBy.CAP,
    "tired": StoppedBy.TIRED,
    "form": StoppedBy.FORM,
    "shoulder": StoppedBy.SHOULDER,
    "back": StoppedBy.BACK,
    COUNTED: None,
    FINISHED: None,
}
"""Endings after which the value counts, and what is stored as the reason."""

_STOPS = {
    PAIN: (Ending.STOPPED_FOR_PAIN, None),
    UNWELL: (Ending.STOPPED_OTHER, StoppedBy.OTHER),
    OTHER: (Ending.STOPPED_OTHER, None),
}
"""Endings without a value."""

_LONGEST_ID = 120
_MOST_TRIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One side of one test, as the browser tells it.

    Attributes:
        id: Made in the browser; the same report is never taken twice.
        test: The test's id.
        side: The side, or None for both legs together.
        value: In the test's unit; None when nothing counts.
        capped: Still going when the time ran out.
        ended_by: ``cap``, ``tired``, ``form``, ``shoulder``, ``back``, ``counted``, ``finished``,
            ``pain``, ``unwell`` or ``other``.
        tries: Every try that counts, in order.
        form: The form that was chosen when it was started.
        fresh: The mark of a repeated run, or None.
    """

    id: str
    test: str
    side: Side | None
    value: float | None
    capped: bool
    ended_by: str
    tries: tuple[float, ...]
    form: Form
    fresh: str | None


def read(payload: object) -> Report | None:
    """Read what the browser sent; None when it is not a report of ours."""
    if not isinstance(payload, Mapping):
        return None
    try:
        return _read(payload)
    except (KeyError, TypeError, ValueError):
        return None


def _read(payload: Mapping[str, Any]) -> Report:
    side, value, tries = payload["side"], payload["value"], payload["tries"]
    ended_by = payload["ended_by"]
    if ended_by not in _COUNTS and ended_by not in _STOPS:
        raise ValueError(ended_by)
    if (value is not None) != (ended_by in _COUNTS) or len(tries) > _MOST_TRIES:
        raise ValueError(ended_by)
    return Report(
        id=_text(payload["id"]),
        test=_text(payload["test"]),
        side=None if side is None else Side(side),
        value=None if value is None else _number(value),
        capped=payload["capped"] is True,
        ended_by=ended_by,
        tries=tuple(_number(each) for each in tries),
        form=Form(payload["form"]),
        fresh=None if payload["fresh"] is None else _text(payload["fresh"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_ID:
        raise ValueError
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError
    return float(value)


def attempt_of(report: Report, blank: Attempt, test: SelfTest) -> Attempt:
    """Return the attempt this report makes.

    Args:
        report: Of the same test and side as the blank.
        blank: What is known besides: test, side, pain before, a seat height given earlier.
        test: The test; only where it has a cap can an attempt be capped.
    """
    ending, stopped_by = _STOPS.get(report.ended_by, (Ending.DONE, _COUNTS.get(report.ended_by)))
    done = ending == Ending.DONE
    return replace(
        blank,
        ending=ending,
        form=report.form,
        value=report.value if done else None,
        capped=done and report.capped and test.cap is not None,
        tries=report.tries if done else (),
        stopped_by=stopped_by,
    )


def reasons(test: SelfTest) -> tuple[str, ...]:
    """Return what may have ended a try of this test, in the order shown."""
    if test.kind == Kind.TIME:
        return (FINISHED, PAIN, UNWELL, OTHER)
    return ("tired", "form", PAIN, *test.raw_if_stopped_by, UNWELL, OTHER)
