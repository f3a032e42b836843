"""Checks of one person, put in order and compared. Checks come in, changes go out; nothing is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from screening.domain import asking, change, pain, scoring
from screening.domain.answers import Answers, Sex, TimedBy
from screening.domain.change import MeasureChange, Place, Reading
from screening.domain.levels import Level
from screening.domain.outcome import Assessment, GetSeen, NotYet, Results
from screening.domain.pain import PainChange
from screening.errors import NotComparable
from screening.services import answers_file, versions
from screening.services.assessment import assess
from screening.services.catalogue import Catalogue

RETEST_AFTER = timedelta(weeks=6)
"""When to check again: the shorter end of the 6 to 12 weeks that exercise trials ran (evidence 8)."""

MOST_CHECKS = 8
"""So many earlier checks stay readable in one picture."""

DAYS_A_YEAR = 365.25

AGE_SLACK_Y = 1.0
"""Whole years grow at most this far ahead of the days between, or stay behind; at this it is two people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check, assessed.

    Attributes:
        told: Its answers; dated.
        readings: Everything measured that may be compared, at home and in the clinic; nothing where a
            doctor is to be seen in the next days (level U).
        other_version: It was made with other tests or questions than ours.
    """

    told: Answers
    readings: tuple[Reading, ...]
    other_version: bool

    @property
    def day(self) -> str:
        """The day of the check, ISO ``YYYY-MM-DD``."""
        return self.told.date

    def reading(self, test: str, side: str | None, place: Place) -> Reading | None:
        """Return what was measured in one test, side and place, or None."""
        for each in self.readings:
            if (each.score.test, each.score.side, each.place) == (test, side, place):
                return each
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Checks in the order of their days, and the last one compared with one before it.

    Attributes:
        checks: At least two, oldest first.
        then: The one compared with; never the last.
        measures: Each test and side.
        pain: The pain numbers.
        feels: Answer to P6 at the last check, or None.
    """

    checks: tuple[Check, ...]
    then: Check
    measures: tuple[MeasureChange, ...]
    pain: tuple[PainChange, ...]
    feels: str | None

    @property
    def now(self) -> Check:
        """The last check."""
        return self.checks[-1]


# -- one file --------------------------------------------------------------------------------------------


def admit(document: bytes, beside: Sequence[Answers], known: Catalogue, today: str) -> Answers:
    """Return the answers of a saved file that may be compared with these.

    Args:
        document: The file's bytes.
        beside: The checks that are open already, in any order; not empty answers.
        known: What can be asked and measured.
        today: Latest day a check can be from, ISO ``YYYY-MM-DD``.

    Raises:
        AnswersFileError: Not an answers file, damaged, or from a newer version.
        NotComparable: Readable, and yet nothing to put beside these; ``why`` says what.
    """
    told = answers_file.loads(document, known, today)
    fits_beside(told, beside, known)
    return told


def fits_beside(told: Answers, beside: Sequence[Answers], known: Catalogue) -> None:
    """Check that these answers can be put in a row with the others.

    Raises:
        NotComparable: ``no-day``, ``same-file``, ``same-day``, ``other-person``, ``ended`` (an urgent card),
            ``not-finished``, ``nothing`` (no test and no pain score in it) or ``too-many``.
    """
    why = _why_not(told, beside) or _why_not_alone(told, known)
    if why is not None:
        raise NotComparable(why)


def _why_not(told: Answers, beside: Sequence[Answers]) -> str | None:
    if not told.date:
        return "no-day"
    if len(beside) > MOST_CHECKS:
        return "too-many"
    for other in beside:
        if told == other:
            return "same-file"
        if not _may_be_one_person(told, other):
            return "other-person"
        if told.date == other.date:
            return "same-day"
    return None


def _may_be_one_person(one: Answers, two: Answers) -> bool:
    if {one.sex, two.sex} == {Sex.FEMALE, Sex.MALE}:
        return False
    if one.age_y is None or two.age_y is None or not (one.date and two.date):
        return True
    years = (date.fromisoformat(two.date) - date.fromisoformat(one.date)).days / DAYS_A_YEAR
    return abs((two.age_y - one.age_y) - years) < AGE_SLACK_Y


def _why_not_alone(told: Answers, known: Catalogue) -> str | None:
    outcome = assess(told, known)
    if isinstance(outcome, GetSeen):
        return "ended"
    if isinstance(outcome, NotYet):
        return "not-finished"
    return None if has_something(told, outcome) else "nothing"


def has_something(told: Answers, outcome: Assessment) -> bool:
    """Say whether a check holds anything a later one can be held against."""
    if not isinstance(outcome, Results):
        return False
    return bool(outcome.scores or told.clinic or told.pain.ratings or asking.no_pain(told))


# -- several checks --------------------------------------------------------------------------------------


def course(
    all_told: Iterable[Answers],
    known: Catalogue,
    *,
    since: str | None = None,
    today: tuple[Answers, Assessment] | None = None,
) -> Course | None:
    """Put checks in the order of their days and compare the last one; None for fewer than two.

    Args:
        all_told: Checks that fit beside each other.
        known: What can be asked and measured.
        since: Day of the check to compare with; the first one when it names none of the earlier.
        today: The check of this visit and what it came to; others are assessed as files are.
    """
    in_order = sorted(all_told, key=lambda told: told.date)
    checks = tuple(
        _check(told, today[1] if today and told == today[0] else assess(told, known), known)
        for told in in_order
    )
    if len(checks) < 2:  # noqa: PLR2004 - one check has nothing to be compared with
        return None
    then = next((each for each in checks[:-1] if each.day == since), checks[0])
    now = checks[-1]
    return Course(
        checks=checks,
        then=then,
        measures=change.measures(then.readings, now.readings, known.selftests),
        pain=pain.changes(then.told, now.told, same_questions=_version(then, known) == _version(now, known)),
        feels=now.told.pain.choices.get("P6"),
    )


def _version(check: Check, known: Catalogue) -> str | None:
    return _part(check.told, "questions", known)


def _part(told: Answers, part: str, known: Catalogue) -> str | None:
    """Return the version of one part of the content; answers without any are ours."""
    return told.content.get(part) if told.content else versions.content(known)[part]


def _protocol(told: Answers, test: str, known: Catalogue) -> int | None:
    """Return the version of one test's protocol then: ours, if all tests are of our version."""
    same = _part(told, "tests", known) == versions.content(known)["tests"]
    return known.selftests[test].protocol if same else None


def _check(told: Answers, outcome: Assessment, known: Catalogue) -> Check:
    ours = versions.content(known)
    other = any(_part(told, part, known) != ours[part] for part in ("tests", "questions"))
    if not isinstance(outcome, Results) or outcome.level.rank > Level.V.rank:
        return Check(told=told, readings=(), other_version=other)
    at_home = tuple(
        Reading(
            score=score,
            place=_place(told, score.test, score.side),
            protocol=_protocol(told, score.test, known),
        )
        for score in outcome.scores
    )
    return Check(told=told, readings=(*at_home, *clinic_readings(told, known)), other_version=other)


def _place(told: Answers, test: str, side: str | None) -> Place:
    """A number a therapist took down instead of the home test was measured in the clinic."""
    for each in told.attempts:
        if (each.test, each.side) == (test, side) and each.timed_by == TimedBy.THERAPIST:
            return Place.CLINIC
    return Place.HOME


def clinic_readings(told: Answers, known: Catalogue) -> tuple[Reading, ...]:
    """Return what a therapist measured, as it may be compared. Without an age, and below 18, nothing."""
    if told.age_y is None or told.age_y < scoring.ADULT_Y:
        return ()
    return tuple(
        Reading(
            score=scoring.score(each.attempt, known.selftests[each.attempt.test], told.age_y, told.sex),
            place=Place.CLINIC,
            protocol=_protocol(told, each.attempt.test, known),
        )
        for each in told.clinic
    )


def home_against_clinic(told: Answers, outcome: Assessment, known: Catalogue) -> tuple[MeasureChange, ...]:
    """Hold what a therapist measured against the home number of the same check, test by test.

    Only tests that were measured in the clinic; the home number is "then". ``outcome`` is what these
    answers came to.
    """
    measured = {(each.attempt.test, each.attempt.side) for each in told.clinic}
    at_home = [
        Reading(score=each, place=Place.HOME, protocol=_protocol(told, each.test, known))
        for each in (outcome.scores if isinstance(outcome, Results) else ())
        if (each.test, each.side) in measured and _place(told, each.test, each.side) == Place.HOME
    ]
    return change.measures(at_home, clinic_readings(told, known), known.selftests)


def retest_day(told: Answers, today: str) -> date | None:
    """Return the day on which to check again, or None when it is here or past."""
    if not told.date:
        return None
    day = date.fromisoformat(told.date) + RETEST_AFTER
    return day if day > date.fromisoformat(today) else None
