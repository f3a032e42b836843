"""Read one answer by its question's id: the other half of ``editing.put``; and bring two drafts together."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from screening.domain import afterwards
from screening.domain.answers import NO_PAIN, NONE_OF_THESE, Answers
from screening.domain.editing import ACTIVITY_LIMITS, CHECK, put, put_attempt, put_clinic_number
from screening.domain.instruments import Instruments
from screening.domain.selftests import SelfTests
from screening.errors import AnswerRejected, MeasurementRejected

Value = str | int | bool | frozenset[str]
"""What one question may hold: a code, a number, yes or no, or a set of ticks."""


def answer(told: Answers, question: str) -> Value | None:
    """Return what this person answered, or None; ticks and spots come as a set.

    ``question`` is an id of ``editing.put``: ``age``, ``sex``, ``spots``, ``SCR1``, ``P1``, ``P5.score``,
    ``Q3``, ``check:someone-near`` ...; or of ``afterwards``: ``did:sls:left:during`` ...
    """
    if question.startswith(afterwards.PREFIX):
        return afterwards.answer(told, question)
    if question in _OF_ANSWERS:
        return _OF_ANSWERS[question](told)
    if question in ACTIVITY_LIMITS:
        number: int | None = getattr(told.activity, question)
        return number
    if question.startswith(CHECK):
        return told.checks.get(question.removeprefix(CHECK))
    ticks = told.safety.get(question) or told.pain.ticks.get(question)
    if ticks:
        return ticks
    return _pain(told, question)


_OF_ANSWERS: Mapping[str, Callable[[Answers], Value | None]] = MappingProxyType(
    {
        "age": lambda told: told.age_y,
        "sex": lambda told: None if told.sex is None else str(told.sex),
        "spots": lambda told: frozenset(told.spots) or None,
        "worst": lambda told: told.worst,
    }
)


def _pain(told: Answers, question: str) -> Value | None:
    if question == "P5.activity":
        return told.pain.activity
    if question == "P5.score":
        return told.pain.activity_score
    rating = told.pain.ratings.get(question)
    return told.pain.choices.get(question) if rating is None else rating


def answered(told: Answers, known: Instruments) -> Iterator[str]:
    """Yield the ids of every answered question, those that others depend on first."""
    ids = (
        "age",
        "sex",
        *ACTIVITY_LIMITS,
        "spots",
        "worst",
        *(each.id for each in known.lists),
        *(each for each in known.questions if each != "P5"),
        "P5.activity",
        "P5.score",
        *(f"{CHECK}{each}" for each in known.checks),
    )
    return (each for each in ids if answer(told, each) is not None)


def together(kept: Answers, now: Answers, known: Instruments, selftests: SelfTests) -> Answers:
    """Return the kept draft with the answers given since put on top.

    What was given since wins, question by question. Ticks are the exception: a tick of either draft
    stays, and "none of these" only where neither has another tick. So a warning sign that was ticked
    once is never lost on the way; a person sees it and can take it back.
    """
    both = kept
    for question in answered(now, known):
        value = _joined(answer(kept, question), answer(now, question), alone_codes(known))
        both = _put(both, known, question, value)
    for attempt in now.attempts:
        try:
            both = put_attempt(both, selftests, attempt)
        except MeasurementRejected:
            continue
    for measured in now.clinic:
        both = put_clinic_number(both, selftests, measured)
    return both


def _joined(kept: Value | None, now: Value | None, alone: frozenset[str]) -> Value | None:
    if not isinstance(kept, frozenset) or not isinstance(now, frozenset):
        return now
    return (kept | now) - alone or now


def alone_codes(known: Instruments) -> frozenset[str]:
    """Return the ticks that exclude every other: "none of these", "no pain", a question's own none."""
    own = {option.code for each in known.questions.values() for option in each.options if option.alone}
    return frozenset({NONE_OF_THESE, NO_PAIN}) | own


def _put(told: Answers, known: Instruments, question: str, value: Value | None) -> Answers:
    try:
        return put(told, known, question, value)
    except AnswerRejected:
        return told
