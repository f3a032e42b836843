"""The answers file ``hip-self-check/1``: strict to read, canonical to write. And an outcome as a dictionary.

A file is read whole or not at all. Whatever is wrong with it is an ``AnswersFileError`` that names the
place and never what was found there.
"""

import json
import math
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NoReturn

from screening.domain import asking, attempts
from screening.domain.answers import (
    NO_PAIN,
    NONE_OF_THESE,
    Activity,
    Answers,
    Attempt,
    ClinicNumber,
    Ending,
    Form,
    PainAnswers,
    Sex,
    Side,
    StoppedBy,
    TestPain,
    TimedBy,
)
from screening.domain.editing import ACTIVITY_LIMITS, fits_together
from screening.domain.instruments import Instruments
from screening.domain.outcome import Assessment, GetSeen, Margin, NotYet, Results, Score
from screening.errors import AnswersFileError
from screening.services import answers_shape, versions
from screening.services.answers_shape import CONTENT, SCHEMA, Misfit
from screening.services.assessment import RESULTS_VERSION
from screening.services.catalogue import Catalogue
from screening.services.wording import speaker

LARGEST = 65_536
"""Most bytes of a file. A full one has about 8,000."""

DEEPEST = 6
"""Most levels of nesting; the format itself has four."""

LONGEST_NUMBER = 15
"""Most digits of a whole number: beyond it a computer no longer tells neighbours apart."""

_FAMILY = "hip-self-check/"


# -- reading ----------------------------------------------------------------------------------------


def loads(document: bytes | str, known: Catalogue, today: str) -> Answers:
    """Return the answers in a file.

    Args:
        document: The file's bytes, or its text.
        known: What can be asked and measured.
        today: Latest day a check can be from, ISO ``YYYY-MM-DD``.

    Raises:
        AnswersFileError: Not an answers file, or one with anything unknown, impossible or contradictory
            in it. Nothing of it is used: half a file could be half a warning.
    """
    raw = _parsed(document)
    try:
        _check_schema(raw)
        answers_shape.of_file(known).check(raw, "")
        told = _Reader(raw, known).answers()
        _check_day(told.date, today, "date")
        for number, each in enumerate(told.clinic):
            _check_day(each.day, today, f"clinic.{number}.day")
        _check_rules(raw, told, known)
    except Misfit as misfit:
        raise _error(misfit.why, misfit.where) from None
    return told


def _error(why: str, where: str = "") -> AnswersFileError:
    return AnswersFileError(speaker()(f"error.file.{why}", where=where), why=why, where=where)


def _parsed(document: bytes | str) -> Any:
    raw = document.encode("utf-8", "surrogatepass") if isinstance(document, str) else document
    if len(raw) > LARGEST:
        raise _error("size")
    try:
        found = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_refused,
            parse_float=_finite,
            parse_int=_short,
        )
    except (ValueError, RecursionError):
        # Not UTF-8, not JSON, a key twice, a number no stopwatch shows, or nested beyond all reason.
        raise _error("format") from None
    if not isinstance(found, dict) or _depth(found) > DEEPEST:
        raise _error("format")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refused(_: str) -> NoReturn:
    raise ValueError("not a number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


def _short(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError("too many digits")
    return int(text)


def _depth(value: object) -> int:
    """Return how many objects and lists are nested in each other, the outermost included."""
    deepest, level = 0, [value]
    while level := [each for each in level if isinstance(each, dict | list)]:
        deepest += 1
        level = [inner for each in level for inner in (each.values() if isinstance(each, dict) else each)]
    return deepest


def _check_schema(raw: Mapping[str, Any]) -> None:
    schema = raw.get("schema")
    if schema == SCHEMA:
        return
    number = str(schema).removeprefix(_FAMILY)
    ours = isinstance(schema, str) and schema.startswith(_FAMILY)
    newer = ours and number.isascii() and number.isdigit() and int(number[:9]) > 1
    raise Misfit("newer" if newer else "schema", "schema")


def _check_day(day: str, today: str, where: str) -> None:
    if not day:
        return
    try:
        date.fromisoformat(day)
    except ValueError:
        raise Misfit("type", where) from None
    if day > today:
        raise Misfit("range", where)


class _Reader:
    """Turns a file of the right shape into answers."""

    def __init__(self, raw: Mapping[str, Any], known: Catalogue) -> None:
        self.raw = raw
        self.known = known

    def answers(self) -> Answers:
        about, spots = self._part("about"), self._part("spots")
        marked = set(spots.get("all") or ())
        checks = {key: value for key, value in self._part("checks").items() if value is not None}
        content = {part: self._part("content").get(part) for part in CONTENT}
        if content == versions.content(self.known) or not any(content.values()):
            content = {}
        return Answers(
            date=self.raw.get("date") or "",
            age_y=about.get("age"),
            sex=None if about.get("sex") is None else Sex(about["sex"]),
            activity=Activity(**(about.get("activity") or {})),
            spots=tuple(each for each in (NO_PAIN, *self.known.instruments.spots) if each in marked),
            worst=spots.get("worst"),
            safety=_filled({key: frozenset(ticks or ()) for key, ticks in self._part("safety").items()}),
            ask_again=frozenset(self.raw.get("ask_again") or ()),
            pain=self._pain(),
            checks=MappingProxyType(checks),
            attempts=tuple(_attempt(each) for each in self.raw.get("tests") or ()),
            clinic=tuple(self._clinic_number(each) for each in self.raw.get("clinic") or ()),
            content=MappingProxyType({part: version for part, version in content.items() if version}),
        )

    def _part(self, key: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] | None = self.raw.get(key)
        return found or {}

    def _clinic_number(self, raw: Mapping[str, Any]) -> ClinicNumber:
        """A number without an ending and a cap of its own: it is done, and capped where the time ran out."""
        value = raw["value"]
        told = {"outcome": Ending.DONE, "tries": [value], "timed_by": TimedBy.THERAPIST}
        capped = value == self.known.selftests[raw["id"]].cap
        return ClinicNumber(day=raw["day"], attempt=_attempt({**raw, **told, "capped": capped}))

    def _pain(self) -> PainAnswers:
        given = {key: value for key, value in self._part("pain").items() if value is not None}
        kinds = {question.id: question.kind for question in self.known.instruments.questions.values()}
        own = given.get("P5", {})
        return PainAnswers(
            ratings=_filled({key: value for key, value in given.items() if kinds[key] == "rating"}),
            activity=own.get("activity"),
            activity_score=own.get("score"),
            choices=_filled({key: value for key, value in given.items() if kinds[key] == "choice"}),
            ticks=_filled({key: frozenset(value) for key, value in given.items() if kinds[key] == "ticks"}),
        )


def _filled(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Leave away empty sets: in a file and in the answers alike they say "not answered"."""
    return MappingProxyType({key: value for key, value in table.items() if value != frozenset()})


def _attempt(raw: Mapping[str, Any]) -> Attempt:
    side, stopped, ticks = raw.get("side"), raw.get("stopped_by"), raw.get("ticks")
    return Attempt(
        test=raw["id"],
        side=None if side is None else Side(side),
        ending=Ending(raw["outcome"]),
        value=raw.get("value"),
        capped=bool(raw.get("capped")),
        tries=tuple(raw.get("tries") or ()),
        pain=None if raw.get("pain") is None else TestPain(**raw["pain"]),
        form=Form(raw.get("form") or Form.STANDARD),
        stopped_by=None if stopped is None else StoppedBy(stopped),
        ticks=None if ticks is None else tuple(ticks),
        effort=raw.get("effort"),
        seat_cm=raw.get("seat_cm"),
        right_angle=raw.get("right_angle"),
        timed_by=TimedBy(raw.get("timed_by") or TimedBy.SELF),
    )


# -- rules between fields -----------------------------------------------------------------------------


def _check_rules(raw: Mapping[str, Any], told: Answers, known: Catalogue) -> None:
    _check_spots(told)
    _check_safety(raw, told, known.instruments)
    _check_pain(told, known.instruments)
    _check_tests(told, known)


def _check_spots(told: Answers) -> None:
    if NO_PAIN in told.spots and len(told.spots) > 1:
        raise Misfit("rule", "spots.all")
    if told.worst is not None and told.worst not in asking.marked(told):
        raise Misfit("rule", "spots.worst")


def _check_safety(raw: Mapping[str, Any], told: Answers, asked: Instruments) -> None:
    """Refuse "none" beside a tick, and a list that is missing although a later part was reached."""
    there = raw.get("safety") or {}
    reached = bool(told.attempts) or told.pain != PainAnswers()
    for each in reversed(asked.lists):
        if reached and each.id not in there:
            raise Misfit("rule", f"safety.{each.id}")
        ticks = told.safety.get(each.id, frozenset())
        if NONE_OF_THESE in ticks and len(ticks) > 1:
            raise Misfit("rule", f"safety.{each.id}")
        reached = reached or bool(ticks)


def _check_pain(told: Answers, asked: Instruments) -> None:
    for question_id, ticks in told.pain.ticks.items():
        if not fits_together(asked.questions[question_id], ticks):
            raise Misfit("rule", f"pain.{question_id}")
    for question_id, rating in told.pain.ratings.items():
        if asking.no_pain(told) and rating > asking.NO_PAIN_NOW:
            raise Misfit("rule", f"pain.{question_id}")


def _check_tests(told: Answers, known: Catalogue) -> None:
    for key, entries in (("tests", told.attempts), ("clinic", tuple(each.attempt for each in told.clinic))):
        seen = set()
        for number, attempt in enumerate(entries):
            wrong = attempts.fault(attempt, known.selftests[attempt.test])
            if wrong is not None:
                raise Misfit(wrong.why, f"{key}.{number}.{wrong.field}")
            if (attempt.test, attempt.side) in seen:
                raise Misfit("rule", f"{key}.{number}")
            seen.add((attempt.test, attempt.side))


# -- writing ----------------------------------------------------------------------------------------


def dumps(told: Answers, known: Catalogue, *, compact: bool = False) -> str:
    """Return the answers as a file: fixed order, indent 1, a newline at the end.

    The same answers give the same bytes, and reading them gives the same answers. ``compact`` leaves the
    blanks out: for a draft, which nobody reads and which is written after every tap.
    """
    asked = known.instruments
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "content": dict(told.content or versions.content(known)),
        "date": told.date or None,
        "about": {
            "age": told.age_y,
            "sex": told.sex,
            "activity": {name: getattr(told.activity, name) for name in ACTIVITY_LIMITS},
        },
        "spots": {"all": list(told.spots), "worst": told.worst},
        "safety": _safety(told, asked),
        "pain": _pain(told, asked),
    }
    if told.checks:
        document["checks"] = {check: told.checks[check] for check in asked.checks if check in told.checks}
    if told.ask_again:
        document["ask_again"] = [each.id for each in asked.lists if each.id in told.ask_again]
    document["tests"] = [_test(attempt) for attempt in told.attempts]
    if told.clinic:
        document["clinic"] = [_clinic_number(each) for each in told.clinic]
    if compact:
        return json.dumps(document, separators=(",", ":"), allow_nan=False)
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def _safety(told: Answers, asked: Instruments) -> dict[str, list[str]]:
    """Return the lists up to the last answered one; all of them once pain or a test was reached."""
    ids = [each.id for each in asked.lists]
    answered = [place for place, list_id in enumerate(ids, start=1) if told.safety.get(list_id)]
    reached = bool(told.attempts) or told.pain != PainAnswers()
    upto = len(ids) if reached else max(answered, default=0)
    return {
        each.id: _in_order((NONE_OF_THESE, *(item.id for item in each.items)), told.safety.get(each.id, ()))
        for each in asked.lists[:upto]
    }


def _in_order(codes: Iterable[str], given: Iterable[str]) -> list[str]:
    wanted = frozenset(given)
    return [code for code in codes if code in wanted]


def _pain(told: Answers, asked: Instruments) -> dict[str, Any]:
    own = {"activity": told.pain.activity, "score": told.pain.activity_score}
    found: dict[str, Any] = {}
    for question in asked.questions.values():
        if question.kind == "rating":
            found[question.id] = told.pain.ratings.get(question.id)
        elif question.kind == "activity":
            found[question.id] = None if set(own.values()) == {None} else own
        elif question.kind == "ticks" and question.id in told.pain.ticks:
            codes = (option.code for option in question.options)
            found[question.id] = _in_order(codes, told.pain.ticks[question.id])
        elif question.retest_only or question.id in told.pain.choices:
            found[question.id] = told.pain.choices.get(question.id)
    return found


def _test(attempt: Attempt) -> dict[str, Any]:
    pain = attempt.pain
    document: dict[str, Any] = {
        "id": attempt.test,
        "side": attempt.side,
        "outcome": attempt.ending,
        "value": _number(attempt.value),
        "capped": attempt.capped,
        "tries": [_number(each) for each in attempt.tries],
        "pain": pain
        and {"before": pain.before, "during": pain.during, "after": pain.after, "spot": pain.spot},
    }
    more = {
        "form": None if attempt.form == Form.STANDARD else attempt.form,
        "stopped_by": attempt.stopped_by,
        "ticks": None if attempt.ticks is None else list(attempt.ticks),
        "effort": attempt.effort,
        "seat_cm": _number(attempt.seat_cm),
        "right_angle": attempt.right_angle,
        "timed_by": None if attempt.timed_by == TimedBy.SELF else attempt.timed_by,
    }
    return document | {key: value for key, value in more.items() if value is not None}


def _clinic_number(measured: ClinicNumber) -> dict[str, Any]:
    whole = _test(measured.attempt)
    kept = ("form", "stopped_by", "seat_cm", "right_angle")
    own = {"id": whole["id"], "side": whole["side"], "day": measured.day, "value": whole["value"]}
    return own | {key: whole[key] for key in kept if key in whole}


def _number(value: float | None, digits: int | None = None) -> float | None:
    """Write whole numbers without a point, so that 18 and 18.0 are the same bytes."""
    if value is None:
        return None
    rounded = value if digits is None else round(value, digits)
    return int(rounded) if rounded == int(rounded) else rounded


# -- outcomes ---------------------------------------------------------------------------------------

_DIGITS = 2
"""Decimal places of computed numbers in an outcome: finer than any home test."""


def outcome_as_dict(outcome: Assessment) -> dict[str, Any]:
    """Return an outcome as plain values, in fixed order, for JSON.

    An emergency, a same-day level and under 18 have a level and the rules that fired, and no key for
    anything that was tested. Something missing has the level so far beside a ``level`` of null.
    """
    if isinstance(outcome, GetSeen):
        return {
            "results_version": RESULTS_VERSION,
            "level": str(outcome.level),
            "rules": list(outcome.rules),
        }
    if isinstance(outcome, NotYet):
        return {
            "results_version": RESULTS_VERSION,
            "level": None,
            "level_so_far": str(outcome.level),
            "rules": list(outcome.rules),
            "missing": {"page": outcome.page, "answers": list(outcome.missing)},
        }
    return _results(outcome)


def _results(results: Results) -> dict[str, Any]:
    pain = results.pain
    return {
        "results_version": RESULTS_VERSION,
        "level": str(results.level),
        "rules": list(results.rules),
        "tier": str(results.battery.tier),
        "tests": [_score(score) for score in results.scores],
        "left_out": [
            {"id": each.test, "side": _side(each.side), "reason": each.reason}
            for each in results.battery.left_out
        ],
        "differences": [
            {
                "id": each.test,
                "verdict": str(each.verdict),
                "left": _number(each.left, _DIGITS),
                "right": _number(each.right, _DIGITS),
                "limit": _number(each.limit, _DIGITS),
                "reason": each.reason,
                "same_side_as_pain": each.same_side_as_pain,
            }
            for each in results.differences
        ],
        "domains": [
            {"id": each.id, "left": str(each.left), "right": str(each.right)} for each in results.domains
        ],
        "patterns": [{"id": each.id, "fit": str(each.fit)} for each in results.patterns],
        "pain": {
            "average": pain.average,
            "now": pain.now,
            "impact": _number(pain.impact, _DIGITS),
            "activity": pain.activity,
            "activity_score": pain.activity_score,
            "duration": pain.duration,
            "worst": pain.worst,
        },
    }


def _side(side: Side | None) -> str | None:
    return None if side is None else str(side)


def _score(score: Score) -> dict[str, Any]:
    return {
        "id": score.test,
        "side": _side(score.side),
        "outcome": str(score.ending),
        "value": _number(score.value, _DIGITS),
        "unit": score.unit,
        "capped": score.capped,
        "band": score.band,
        "reason": score.reason,
        "margin": _margin(score.margin),
    }


def _margin(margin: Margin | None) -> dict[str, Any] | None:
    if margin is None:
        return None
    return {
        "half_width": _number(margin.half_width, _DIGITS),
        "low": _number(margin.low, _DIGITS),
        "high": _number(margin.high, _DIGITS),
        "source": margin.source,
    }
