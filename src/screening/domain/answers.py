"""Answers: everything one person told us. Absent means not answered, never "no" and never zero.

The codes are those of the answers file ``hip-self-check/1``; nothing here is derived.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Sex(StrEnum):
    """Sex as the norms use it. ``NOT_SAID`` is an answer: raw scores and sex-neutral norms only."""

    FEMALE = "female"
    MALE = "male"
    NOT_SAID = "not-said"


class Side(StrEnum):
    """The person's own left and right."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.RIGHT if self == Side.LEFT else Side.LEFT


class Ending(StrEnum):
    """How an attempt ended. None of these is a zero."""

    DONE = "done"
    STOPPED_FOR_PAIN = "stopped-for-pain"
    STOPPED_OTHER = "stopped-other"
    COULD_NOT = "could-not"
    CHOSE_NOT = "chose-not"


class Form(StrEnum):
    """Which form of the test was done. Everything but ``STANDARD`` is adapted: raw values only."""

    STANDARD = "standard"
    HANDS = "hands"
    """Chair test with the hands helping."""
    SQUAT = "squat"
    """Small one-leg squat instead of a step."""


class StoppedBy(StrEnum):
    """What ended a finished try, in the person's words."""

    CAP = "cap"
    TIRED = "tired"
    FORM = "form"
    SHOULDER = "shoulder"
    BACK = "back"
    OTHER = "other"


class TimedBy(StrEnum):
    """Who measured."""

    SELF = "self"
    THERAPIST = "therapist"


NONE_OF_THESE = "none"
"""The tick that says a list was read and nothing fits. Excludes every other tick."""

NO_PAIN = "spot-none"
"""The answer "I had no pain in the last 7 days" to where it hurts. Excludes every spot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Usual activity. Asked, shown back, never scored.

    days_per_week and strength_days 0-7; minutes_per_day 0-1440; sitting_hours 0-24.
    """

    days_per_week: int | None = None
    minutes_per_day: int | None = None
    strength_days: int | None = None
    sitting_hours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TestPain:
    """Pain around one attempt, each 0-10; ``spot`` is a spot code or None."""

    before: int | None = None
    during: int | None = None
    after: int | None = None
    spot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What happened in one test on one side.

    Attributes:
        test: The test's id.
        side: The side, or None for tests of both legs together.
        ending: One of five endings, as stored. Pain may still overrule a "done" (see ``scoring``).
        value: In the test's unit; None unless ``ending`` is done.
        capped: The test's time ran out while the person was still going.
        tries: Every finished try, in order.
        pain: Pain before, during and after; None when it was not asked.
        form: Standard or adapted.
        stopped_by: What ended the try, or None.
        ticks: What was seen, for rated and watched tests: codes of the test's rubric.
        effort: 0-5, for the leg lift only.
        seat_cm: Height of the seat, chair tests only.
        right_angle: "Knee at about a right angle?", chair tests only.
        timed_by: Who measured.
    """

    test: str
    side: Side | None
    ending: Ending
    value: float | None = None
    capped: bool = False
    tries: tuple[float, ...] = ()
    pain: TestPain | None = None
    form: Form = Form.STANDARD
    stopped_by: StoppedBy | None = None
    ticks: tuple[str, ...] | None = None
    effort: int | None = None
    seat_cm: float | None = None
    right_angle: bool | None = None
    timed_by: TimedBy = TimedBy.SELF


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicNumber:
    """What a therapist measured in one test on one side, beside whatever was done at home.

    Attributes:
        day: Day it was measured, ISO ``YYYY-MM-DD``; it may be another day than the check's.
        attempt: Always done, with a value, and timed by a therapist.
    """

    day: str
    attempt: Attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class PainAnswers:
    """The pain and pattern answers.

    Attributes:
        ratings: ``P1``-``P4``, each 0-10. A missing key is not answered.
        activity: Code of the one activity of ``P5``, or None.
        activity_score: 0-10, how well it goes today; 10 is as before the pain.
        choices: Single choices by question id (``P6``, ``Q3``, ``Q4``, ``Q6`` ...).
        ticks: Tick-all questions by id (``Q5k``, ``Q10h``). An empty set is not answered;
            "none of these" is the question's own none code alone.
    """

    ratings: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    activity: str | None = None
    activity_score: int | None = None
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ticks: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Everything one person told us in one check.

    Attributes:
        date: Day of the check, ISO ``YYYY-MM-DD``; "" before it is known.
        age_y: Age in whole years, 10-120. Under 18 ends the path.
        sex: Sex as the norms use it.
        activity: Usual activity.
        spots: Spot codes in the catalogue's order, or ``(NO_PAIN,)``; empty means not answered.
        worst: The worst spot, one of ``spots``; None with one spot means that one.
        safety: Ticked item ids by list id (``SCR1``-``SCR4``), ``{"none"}`` for none of these.
            A missing or empty list is not answered.
        ask_again: Lists that gained a line after they were answered: not answered until left again.
        pain: The pain and pattern answers.
        checks: Yes/no answers asked right before a test, by check id (``someone-near``,
            ``shoulder-sore``). Missing is not answered.
        attempts: At most one per test and side, in the order done.
        clinic: What a therapist measured, at most one per test and side. Never scored, never in place of
            an attempt.
        content: Versions of app, questions, tests and norms the answers were given with; empty means ours.
    """

    date: str = ""
    age_y: int | None = None
    sex: Sex | None = None
    activity: Activity = field(default_factory=Activity)
    spots: tuple[str, ...] = ()
    worst: str | None = None
    safety: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    ask_again: frozenset[str] = frozenset()
    pain: PainAnswers = field(default_factory=PainAnswers)
    checks: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    attempts: tuple[Attempt, ...] = ()
    clinic: tuple[ClinicNumber, ...] = ()
    content: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def attempt(self, test: str, side: Side | None = None) -> Attempt | None:
        """Return what happened in this test on this side, or None."""
        for each in self.attempts:
            if each.test == test and each.side == side:
                return each
        return None

    def clinic_number(self, test: str, side: Side | None = None) -> ClinicNumber | None:
        """Return what a therapist measured in this test on this side, or None."""
        for each in self.clinic:
            if (each.attempt.test, each.attempt.side) == (test, side):
                return each
        return None
