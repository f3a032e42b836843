"""What is asked about one attempt, each answer by a question id, as for every other question.

``did:<test>:<side>:<field>``, with ``both`` for tests of both legs together. Fields: ``during`` and ``after``
(pain, 0-10), ``spot`` (where), ``seen`` (ticks of a rubric; ``seen@squat`` when done in that form), ``grade``
(one line of a rubric that is picked as a whole), ``noticed`` (yes or no to the one follow-up), ``effort``
(0-5), ``right_angle`` (yes or no) and ``seat_cm``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from screening.domain import asking, scoring
from screening.domain.answers import NONE_OF_THESE, Answers, Attempt, Ending, Form, Side, TestPain
from screening.domain.attempts import HIGHEST_EFFORT, HIGHEST_PAIN, SEAT_CM, fault
from screening.domain.editing import put_attempt, whole_number, without_attempt
from screening.domain.instruments import Instruments
from screening.domain.selftests import Kind, SelfTest, SelfTests
from screening.errors import AnswerRejected

PREFIX = "did:"
BOTH = "both"
YES, NO = "yes", "no"

Value = str | int | bool | frozenset[str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question id, taken apart."""

    id: str
    test: str
    side: Side | None
    field: str
    form: Form


def question(test: str, side: Side | None, field: str) -> str:
    """Return the id of a question about this test on this side."""
    return f"{PREFIX}{test}:{side or BOTH}:{field}"


def _taken_apart(question_id: str) -> _Asked:
    try:
        test, side, field = question_id.removeprefix(PREFIX).split(":")
        field, _, form = field.partition("@")
        return _Asked(
            question_id,
            test,
            None if side == BOTH else Side(side),
            field,
            Form(form) if form else Form.STANDARD,
        )
    except ValueError as error:
        raise AnswerRejected(question_id) from error


def blank(told: Answers, test: str, side: Side | None, form: Form = Form.STANDARD) -> Attempt:
    """Return an attempt that is about to be: of it only the pain at the start is known.

    The start is the pain "right now" of the questions (0 with no pain), so that pain which creeps up from
    test to test is seen.
    """
    before = asking.pain_now(told)
    pain = None if before is None else TestPain(before=before)
    return Attempt(test=test, side=side, ending=Ending.CHOSE_NOT, form=form, pain=pain)


def complete(attempt: Attempt) -> bool:
    """Say whether everything needed about this attempt was answered: pain, unless it never began."""
    if attempt.ending in {Ending.COULD_NOT, Ending.CHOSE_NOT}:
        return True
    return attempt.pain is not None and None not in (attempt.pain.during, attempt.pain.after)


# -- reading ------------------------------------------------------------------------------------------


def answer(told: Answers, question_id: str) -> Value | None:
    """Return what was answered about an attempt, or None; ticks come as a set.

    Raises:
        AnswerRejected: No such question.
    """
    asked = _taken_apart(question_id)
    attempt = told.attempt(asked.test, asked.side)
    if asked.field not in _READ:
        raise AnswerRejected(question_id)
    return None if attempt is None else _READ[asked.field](attempt)


def _pain(field: str) -> Callable[[Attempt], Value | None]:
    return lambda attempt: None if attempt.pain is None else getattr(attempt.pain, field)


def _seen(attempt: Attempt) -> Value | None:
    if attempt.ticks is None:
        return None
    return frozenset(attempt.ticks) or frozenset({NONE_OF_THESE})


def _grade(attempt: Attempt) -> Value | None:
    return attempt.ticks[0] if attempt.ticks else None


def _noticed(attempt: Attempt) -> Value | None:
    return _yes_or_no(None if attempt.ticks is None else bool(attempt.ticks))


def _seat(attempt: Attempt) -> Value | None:
    return None if attempt.seat_cm is None else round(attempt.seat_cm)


def _yes_or_no(value: bool | None) -> str | None:  # noqa: FBT001 - an answer, not a switch
    return None if value is None else (YES if value else NO)


_READ: Mapping[str, Callable[[Attempt], Value | None]] = MappingProxyType(
    {
        "during": _pain("during"),
        "after": _pain("after"),
        "spot": _pain("spot"),
        "seen": _seen,
        "grade": _grade,
        "noticed": _noticed,
        "effort": lambda attempt: attempt.effort,
        "right_angle": lambda attempt: _yes_or_no(attempt.right_angle),
        "seat_cm": _seat,
    }
)


# -- changing -----------------------------------------------------------------------------------------


def put(told: Answers, selftests: SelfTests, known: Instruments, question_id: str, value: object) -> Answers:
    """Return the answers with one answer about an attempt changed; None takes it back.

    The first tick of a rating makes the attempt; the last one taken back takes it away. Where there is
    nothing (any more) that the answer could be about, nothing changes.

    Raises:
        AnswerRejected: Outside what the question allows, or no such question.
    """
    asked = _taken_apart(question_id)
    if asked.test not in selftests.by_id or asked.field not in _READ:
        raise AnswerRejected(question_id)
    test, before = selftests[asked.test], told.attempt(asked.test, asked.side)
    rated = test.kind == Kind.RATING and asked.field in {"seen", "grade"}
    if before is None and not rated:
        return told
    attempt = before or replace(blank(told, asked.test, asked.side, asked.form), ending=Ending.DONE)
    if rated and attempt.ending != Ending.DONE:
        return told
    now = _CHANGE[asked.field](attempt, test, question_id, value)
    if rated and now.ticks is None:
        return without_attempt(told, asked.test, asked.side)
    if _no_such_spot(now, known) or fault(now, test) is not None:
        raise AnswerRejected(question_id)
    return put_attempt(told, selftests, now)


def _no_such_spot(attempt: Attempt, known: Instruments) -> bool:
    spot = None if attempt.pain is None else attempt.pain.spot
    return spot is not None and spot not in known.spots


def _with_seen(attempt: Attempt, test: SelfTest, question_id: str, value: object) -> Attempt:
    given = frozenset() if value is None else value
    if not isinstance(given, frozenset) or (NONE_OF_THESE in given and len(given) > 1):
        raise AnswerRejected(question_id)
    return _ticked(attempt, test, question_id, given)


def _with_grade(attempt: Attempt, test: SelfTest, question_id: str, value: object) -> Attempt:
    if value is not None and not isinstance(value, str):
        raise AnswerRejected(question_id)
    return _ticked(attempt, test, question_id, frozenset() if value is None else frozenset({value}))


def _ticked(attempt: Attempt, test: SelfTest, question_id: str, given: frozenset[str]) -> Attempt:
    in_order = (*(tick.code for tick in test.ticks), *test.asks)
    if not given - {NONE_OF_THESE} <= set(in_order):
        raise AnswerRejected(question_id)
    ticks = tuple(code for code in in_order if code in given) if given else None
    if test.kind != Kind.RATING:
        return replace(attempt, ticks=ticks)
    return replace(attempt, ticks=ticks, value=None if ticks is None else scoring.points(ticks, test))


def _with_pain(field: str) -> "_Change":
    def change(attempt: Attempt, _: SelfTest, question_id: str, value: object) -> Attempt:
        number = whole_number(question_id, value, 0, HIGHEST_PAIN)
        before = attempt.pain or TestPain()
        during = number if field == "during" else before.during
        after = number if field == "after" else before.after
        spot = before.spot if during or after else None
        return replace(attempt, pain=replace(before, during=during, after=after, spot=spot))

    return change


def _with_spot(attempt: Attempt, _: SelfTest, question_id: str, value: object) -> Attempt:
    if value is not None and not isinstance(value, str):
        raise AnswerRejected(question_id)
    return replace(attempt, pain=replace(attempt.pain or TestPain(), spot=value))


def _with_noticed(attempt: Attempt, test: SelfTest, question_id: str, value: object) -> Attempt:
    seen = _flag(question_id, value)
    return replace(attempt, ticks=None if seen is None else (test.asks if seen else ()))


def _with_effort(attempt: Attempt, _: SelfTest, question_id: str, value: object) -> Attempt:
    return replace(attempt, effort=whole_number(question_id, value, 0, HIGHEST_EFFORT))


def _with_angle(attempt: Attempt, _: SelfTest, question_id: str, value: object) -> Attempt:
    return replace(attempt, right_angle=_flag(question_id, value))


def _with_seat(attempt: Attempt, _: SelfTest, question_id: str, value: object) -> Attempt:
    return replace(attempt, seat_cm=whole_number(question_id, value, *SEAT_CM))


def _flag(question_id: str, value: object) -> bool | None:
    if value not in {None, YES, NO}:
        raise AnswerRejected(question_id)
    return None if value is None else value == YES


_Change = Callable[[Attempt, SelfTest, str, object], Attempt]
_CHANGE: Mapping[str, _Change] = MappingProxyType(
    {
        "during": _with_pain("during"),
        "after": _with_pain("after"),
        "spot": _with_spot,
        "seen": _with_seen,
        "grade": _with_grade,
        "noticed": _with_noticed,
        "effort": _with_effort,
        "right_angle": _with_angle,
        "seat_cm": _with_seat,
    }
)
