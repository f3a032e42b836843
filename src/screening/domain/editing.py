"""Change one answer. Pure: the old answers stay as they were, a refused answer changes nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from screening.domain import asking, safety
from screening.domain.answers import (
    NO_PAIN,
    NONE_OF_THESE,
    Activity,
    Answers,
    Attempt,
    ClinicNumber,
    Ending,
    PainAnswers,
    Sex,
    Side,
    TimedBy,
)
from screening.domain.attempts import HIGHEST_PAIN, fault
from screening.domain.instruments import Instruments, Question, TickList
from screening.domain.selftests import SelfTests
from screening.errors import AnswerRejected, MeasurementRejected

AGE_Y = (10, 120)
"""Ages that may be given. Under 18 ends the path with a text of its own."""

ACTIVITY_LIMITS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "days_per_week": (0, 7),
        "minutes_per_day": (0, 1440),
        "strength_days": (0, 7),
        "sitting_hours": (0, 24),
    }
)
"""Lowest and highest answer to the questions on usual activity."""

Value = TypeVar("Value")

CHECK = "check:"
"""Prefix of a yes/no question asked right before a test."""


def put(told: Answers, known: Instruments, question_id: str, value: object) -> Answers:
    """Return the answers with one answer changed; None takes it back.

    Ticks and answers whose question is no longer asked are dropped; a safety list that gained a line is
    asked again (ruling 4). "No pain" drops the pain answers (ruling 5).

    Args:
        told: The answers so far.
        known: What can be asked.
        question_id: ``age``, ``sex``, an activity, ``spots``, ``worst``, a list id, a pain or pattern
            question, ``P5.activity``, ``P5.score``, or ``check:`` with a check's id.
        value: A number, a code, or a collection of codes, as the question takes it.

    Raises:
        AnswerRejected: Outside what the question allows, or no such question.
    """
    for knows, change in _CHANGES:
        if knows(known, question_id):
            return _tidied(told, change(told, known, question_id, value), known)
    raise AnswerRejected(question_id)


# -- about the person, and where it hurts ---------------------------------------------------------


def whole_number(question_id: str, value: object, low: int, high: int) -> int | None:
    """Return a whole number within its limits, or None.

    Raises:
        AnswerRejected: Not a whole number, or outside the limits. True is not a number.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise AnswerRejected(question_id, lowest=low, highest=high)
    return value


def _code(question_id: str, value: object, allowed: Iterable[str]) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or value not in set(allowed):
        raise AnswerRejected(question_id)
    return str(value)


def _codes(question_id: str, value: object) -> frozenset[str]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise AnswerRejected(question_id)
    return frozenset(str(each) for each in value)


def _age(told: Answers, _: Instruments, question_id: str, value: object) -> Answers:
    return replace(told, age_y=whole_number(question_id, value, *AGE_Y))


def _sex(told: Answers, _: Instruments, question_id: str, value: object) -> Answers:
    code = _code(question_id, value, Sex)
    return replace(told, sex=None if code is None else Sex(code))


def _activity(told: Answers, _: Instruments, question_id: str, value: object) -> Answers:
    number = whole_number(question_id, value, *ACTIVITY_LIMITS[question_id])
    fields = {name: getattr(told.activity, name) for name in ACTIVITY_LIMITS}
    return replace(told, activity=Activity(**{**fields, question_id: number}))


def _spots(told: Answers, known: Instruments, question_id: str, value: object) -> Answers:
    given = frozenset() if value is None else _codes(question_id, value)
    if given == {NO_PAIN}:
        return replace(told, spots=(NO_PAIN,))
    if not given <= known.spots.keys():
        raise AnswerRejected(question_id)
    return replace(told, spots=tuple(spot for spot in known.spots if spot in given))


def _worst(told: Answers, _: Instruments, question_id: str, value: object) -> Answers:
    return replace(told, worst=_code(question_id, value, asking.marked(told)))


# -- safety ------------------------------------------------------------------------------------------


def list_of(known: Instruments, list_id: str) -> TickList | None:
    """Return the safety list of this id, or None."""
    return next((each for each in known.lists if each.id == list_id), None)


def _ticks_of_list(told: Answers, known: Instruments, list_id: str, value: object) -> Answers:
    tick_list = list_of(known, list_id)
    given = frozenset() if value is None else _codes(list_id, value)
    ids = {item.id for item in tick_list.items} if tick_list else set()
    if not given <= ids | {NONE_OF_THESE} or (NONE_OF_THESE in given and len(given) > 1):
        raise AnswerRejected(list_id)
    return replace(
        told,
        safety=_with(told.safety, list_id, given or None),
        ask_again=told.ask_again - {list_id},
    )


def _check(told: Answers, _: Instruments, question_id: str, value: object) -> Answers:
    if value is not None and not isinstance(value, bool):
        raise AnswerRejected(question_id)
    return replace(told, checks=_with(told.checks, question_id.removeprefix(CHECK), value))


# -- pain --------------------------------------------------------------------------------------------


def _activity_of_own_choice(told: Answers, known: Instruments, question_id: str, value: object) -> Answers:
    if question_id.endswith(".score"):
        number = whole_number(question_id, value, 0, HIGHEST_PAIN)
        return replace(told, pain=replace(told.pain, activity_score=number))
    code = _code(question_id, value, _option_codes(known.questions["P5"]))
    return replace(told, pain=replace(told.pain, activity=code))


def _question(told: Answers, known: Instruments, question_id: str, value: object) -> Answers:
    question = known.questions[question_id]
    return replace(told, pain=_ANSWERS[question.kind](told.pain, question, value))


def _rating(pain: PainAnswers, question: Question, value: object) -> PainAnswers:
    number = whole_number(question.id, value, 0, HIGHEST_PAIN)
    return replace(pain, ratings=_with(pain.ratings, question.id, number))


def _choice(pain: PainAnswers, question: Question, value: object) -> PainAnswers:
    code = _code(question.id, value, _option_codes(question))
    return replace(pain, choices=_with(pain.choices, question.id, code))


def _ticks(pain: PainAnswers, question: Question, value: object) -> PainAnswers:
    given = frozenset() if value is None else _codes(question.id, value)
    if not given <= _option_codes(question) or not fits_together(question, given):
        raise AnswerRejected(question.id)
    return replace(pain, ticks=_with(pain.ticks, question.id, given or None))


def fits_together(question: Question, codes: frozenset[str]) -> bool:
    """Say whether these answers may stand together: one that excludes the others stands alone."""
    lonely = {option.code for option in question.options if option.alone}
    return not codes & lonely or len(codes) == 1


def _option_codes(question: Question) -> frozenset[str]:
    return frozenset(option.code for option in question.options)


_ANSWERS: Mapping[str, Callable[[PainAnswers, Question, object], PainAnswers]] = MappingProxyType(
    {"rating": _rating, "choice": _choice, "ticks": _ticks}
)

_Change = Callable[[Answers, Instruments, str, object], Answers]
_CHANGES: tuple[tuple[Callable[[Instruments, str], bool], _Change], ...] = (
    (lambda _, asked: asked == "age", _age),
    (lambda _, asked: asked == "sex", _sex),
    (lambda _, asked: asked in ACTIVITY_LIMITS, _activity),
    (lambda _, asked: asked == "spots", _spots),
    (lambda _, asked: asked == "worst", _worst),
    (lambda known, asked: list_of(known, asked) is not None, _ticks_of_list),
    (lambda known, asked: asked.startswith(CHECK) and asked.removeprefix(CHECK) in known.checks, _check),
    (lambda _, asked: asked in {"P5.activity", "P5.score"}, _activity_of_own_choice),
    (lambda known, asked: asked in known.questions and asked != "P5", _question),
)


# -- what a changed answer does to the others ------------------------------------------------------


def _with(table: Mapping[str, Value], key: str, value: Value | None) -> Mapping[str, Value]:
    changed = {name: each for name, each in table.items() if name != key}
    if value is not None:
        changed[key] = value
    return MappingProxyType(changed)


def _tidied(before: Answers, now: Answers, known: Instruments) -> Answers:
    gained = frozenset(
        each.id for each in known.lists if now.safety.get(each.id) and _gained_a_line(each, before, now)
    )
    kept = {each.id: safety.valid_ticks(each, now) for each in known.lists}
    now = replace(
        now,
        worst=now.worst if now.worst in asking.marked(now) else None,
        safety=MappingProxyType({list_id: ticks for list_id, ticks in kept.items() if ticks}),
        ask_again=frozenset(each for each in now.ask_again | gained if kept.get(each)),
    )
    return replace(now, pain=_still_asked(now, known))


def _gained_a_line(tick_list: TickList, before: Answers, now: Answers) -> bool:
    old, new = (
        {item.id for item in safety.offered(tick_list, told) if item.follows is None}
        for told in (before, now)
    )
    return not new <= old


def _still_asked(told: Answers, known: Instruments) -> PainAnswers:
    """Return the pain answers whose question is still asked.

    Before it is said where it hurts nothing is dropped: going back to that screen loses no answer.
    """
    if not told.spots:
        return told.pain
    if asking.no_pain(told):
        return PainAnswers()
    open_ = {question.id for question in asking.asked(known, told, retest=True)}
    return replace(
        told.pain,
        choices=MappingProxyType({key: code for key, code in told.pain.choices.items() if key in open_}),
        ticks=MappingProxyType({key: codes for key, codes in told.pain.ticks.items() if key in open_}),
    )


# -- tests -------------------------------------------------------------------------------------------


def put_attempt(told: Answers, selftests: SelfTests, attempt: Attempt) -> Answers:
    """Return the answers with this attempt in place of any earlier one of the same test and side.

    Raises:
        MeasurementRejected: No such test, or something this test cannot produce. Nothing was changed.
    """
    _check_possible(attempt, selftests)
    kept = without_attempt(told, attempt.test, attempt.side).attempts
    return replace(told, attempts=(*kept, attempt))


def without_attempt(told: Answers, test: str, side: Side | None) -> Answers:
    """Return the answers without what happened in this test on this side."""
    kept = tuple(each for each in told.attempts if (each.test, each.side) != (test, side))
    return replace(told, attempts=kept)


def put_clinic_number(told: Answers, selftests: SelfTests, measured: ClinicNumber) -> Answers:
    """Return the answers with a number measured in the clinic, in place of an earlier one there.

    What was done at home stays as it is. Of the attempt only what was measured is kept, not how it felt.
    In the order of the tests, left before right.

    Raises:
        MeasurementRejected: No such test, not a finished try of a therapist's, or a value this test cannot
            produce. Nothing was changed.
    """
    attempt = measured.attempt
    _check_possible(attempt, selftests)
    if attempt.ending != Ending.DONE or attempt.value is None or attempt.timed_by != TimedBy.THERAPIST:
        raise MeasurementRejected(f"{attempt.test}: not a number measured by a therapist")
    measured = replace(measured, attempt=_only_measured(attempt, attempt.value, selftests))
    kept = without_clinic_number(told, attempt.test, attempt.side).clinic
    places = [(test.id, side) for test in selftests for side in (None, *Side)]
    return replace(
        told,
        clinic=tuple(
            sorted((*kept, measured), key=lambda each: places.index((each.attempt.test, each.attempt.side)))
        ),
    )


def _only_measured(attempt: Attempt, value: float, selftests: SelfTests) -> Attempt:
    capped = value == selftests[attempt.test].cap
    return replace(
        attempt, capped=capped, tries=(value,), pain=None, ticks=None, effort=None, timed_by=TimedBy.THERAPIST
    )


def put_by_whom(told: Answers, selftests: SelfTests, attempt: Attempt, day: str) -> Answers:
    """Put an attempt where it belongs by who measured it: neither number takes the other's place.

    A therapist's number beside a home number goes to the clinic's numbers; a therapist's that stands alone
    moves there once the person does the test.

    Raises:
        MeasurementRejected: As ``put_attempt``.
    """
    before = told.attempt(attempt.test, attempt.side)
    if before is None or before.value is None or before.timed_by == attempt.timed_by:
        return put_attempt(told, selftests, attempt)
    if attempt.timed_by == TimedBy.THERAPIST:
        return put_clinic_number(told, selftests, ClinicNumber(day=day, attempt=attempt))
    measured = ClinicNumber(day=told.date or day, attempt=before)
    return put_attempt(put_clinic_number(told, selftests, measured), selftests, attempt)


def without_clinic_number(told: Answers, test: str, side: Side | None) -> Answers:
    """Return the answers without what a therapist measured in this test on this side."""
    kept = tuple(each for each in told.clinic if (each.attempt.test, each.attempt.side) != (test, side))
    return replace(told, clinic=kept)


def _check_possible(attempt: Attempt, selftests: SelfTests) -> None:
    if attempt.test not in selftests.by_id:
        raise MeasurementRejected("no such test")
    test = selftests[attempt.test]
    wrong = fault(attempt, test)
    if wrong is not None:
        low, high = test.valid
        raise MeasurementRejected(
            f"{attempt.test}: {wrong.field}: not possible in this test",
            lowest=low if wrong.field in {"value", "tries"} else None,
            highest=high if wrong.field in {"value", "tries"} else None,
            whole=test.whole,
        )
