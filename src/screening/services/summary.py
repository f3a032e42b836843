"""What may leave the app: a whitelist. Everything not named here stays.

Never in it, at any level of detail: age, sex, safety answers and what follows from them, names, free text,
the time of day, patterns, published rows. "Chose not to" and "left out" look the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from screening.domain import asking
from screening.domain.answers import NO_PAIN, Activity, Answers, Ending, Form, Side
from screening.domain.instruments import Question
from screening.domain.outcome import Assessment, Difference, Results, Score, SideVerdict
from screening.domain.scoring import SEAT_CM
from screening.domain.selftests import ScoreRule, SelfTest
from screening.errors import ShareForbidden
from screening.services import versions
from screening.services.assessment import RESULTS_VERSION
from screening.services.catalogue import Catalogue
from screening.services.share_codes import measure_code

NEVER_BANDED = frozenset({ScoreRule.WORDS, ScoreRule.NONE})
"""Rules that never compare: no band is missing there, so none is said to be."""

NO_BAND = "band-cannot-tell"
"""One code for every reason there is no band: the reasons themselves name age or sex."""


class Detail(StrEnum):
    """How much a person lets out."""

    SUMMARY = "summary"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Each try, and pain before, during and after, 0-10; only at detail ``answers``."""

    tries: tuple[float, ...] = ()
    before: int | None = None
    during: int | None = None
    after: int | None = None
    spot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One test on one side: a value, or one reason why there is none.

    Attributes:
        test: The test's id.
        measure: The code of what was measured; another form of a test is another measure.
        side: None for both legs together.
        value: In ``unit``; None with a ``reason``.
        unit: ``s``, ``stands``, ``points``, ``grade`` or ``stages``.
        most: End of the test's scale, in ``unit``.
        capped: Still going when the time ran out.
        band: Band code, or None where this test has none.
        margin: How far off a home test can be, in ``unit``, or None.
        reason: Reason code, or None with a value.
        studied_seat: Arms crossed and a seat of the studied height: only then the published code fits.
        around: Tries and pain, or None.
    """

    test: str
    measure: str
    side: Side | None
    value: float | None = None
    unit: str
    most: float
    capped: bool = False
    band: str | None = None
    margin: float | None = None
    reason: str | None = None
    studied_seat: bool = False
    around: Around | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Left against right: the code of what can be said."""

    test: str
    measure: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer of the pain form: numbers or codes, in the question's order."""

    question: str
    values: tuple[int | str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What leaves the app. Every exit is built from this, so no two can disagree.

    Attributes:
        day: The day of the tests, ``YYYY-MM-DD``, as the person's own calendar says.
        detail: Which of the two whitelists.
        worst: Spot code, or None.
        no_pain: The person had no pain in the last 7 days.
        average: 0-10, or None.
        now: 0-10, or None.
        impact: Mean of three answers, 0-10, one decimal, or None.
        items: In battery order, left before right.
        comparisons: In battery order.
        answers: The pain form; empty at detail ``summary``.
        activity: Usual activity; None at detail ``summary``.
        versions: Of app, results, questions, tests and norms.
        example: Of an invented person: every exit says so first.
        with_therapist: A physical therapist was with the person, as the person said. Anybody can say so at
            any level, so it tells nothing of the safety answers.
    """

    day: str
    detail: Detail
    worst: str | None
    no_pain: bool
    average: int | None
    now: int | None
    impact: float | None
    items: tuple[Item, ...]
    comparisons: tuple[Comparison, ...]
    answers: tuple[Answered, ...] = ()
    activity: Activity | None = None
    versions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    example: bool = False
    with_therapist: bool = False


def summarise(  # noqa: PLR0913 - two facts about the visit go with what was told
    outcome: Assessment,
    told: Answers,
    known: Catalogue,
    *,
    detail: Detail = Detail.SUMMARY,
    example: bool = False,
    with_therapist: bool = False,
) -> Summary:
    """Return what may leave the app of one check.

    Raises:
        ShareForbidden: An emergency, same-day or under-age level, or a check that is not finished: no
            link, file or page may be made of it.
    """
    if not isinstance(outcome, Results) or outcome.level.ends_the_path:
        raise ShareForbidden("nothing can be shared of this check")
    full = detail == Detail.ANSWERS
    content = versions.content(known)
    return Summary(
        day=told.date,
        detail=detail,
        worst=outcome.pain.worst,
        no_pain=asking.no_pain(told),
        average=outcome.pain.average,
        now=outcome.pain.now,
        impact=None if outcome.pain.impact is None else round(outcome.pain.impact, 1),
        items=tuple(_items(outcome, told, known, full=full)),
        comparisons=tuple(_comparisons(outcome)),
        answers=tuple(_answers(told, known)) if full else (),
        activity=told.activity if full else None,
        versions=MappingProxyType({"app": content["app"], "results": RESULTS_VERSION, **content}),
        example=example,
        with_therapist=with_therapist,
    )


def _items(outcome: Results, told: Answers, known: Catalogue, *, full: bool) -> Iterator[Item]:
    """Every test that was tried, and every standard test that was not.

    A list that depended on what was offered would tell what was left out, and so why.
    """
    tried = {(score.test, score.side): score for score in outcome.scores if score.ending != Ending.CHOSE_NOT}
    for test in known.selftests:
        sides = tuple(Side) if test.each_side else (None,)
        done = [tried.get((test.id, side)) for side in sides]
        if not any(done) and "standard" not in test.sets:
            continue
        measure = next((_measure(score, test) for score in done if score), measure_code(test.id))
        for side, score in zip(sides, done, strict=True):
            yield _not_done(test, measure, side) if score is None else _item(score, test, told, full=full)


def _not_done(test: SelfTest, measure: str, side: Side | None) -> Item:
    """A side that was not done stands beside the other side, in the form that one was done in."""
    return Item(
        test=test.id,
        measure=measure,
        side=side,
        unit=test.unit,
        most=_most(test),
        reason="reason-not-done",
    )


_REASONS = {
    Ending.STOPPED_FOR_PAIN: "reason-stopped-for-pain",
    Ending.STOPPED_OTHER: "reason-stopped-other",
    Ending.COULD_NOT: "reason-could-not",
}


def _item(score: Score, test: SelfTest, told: Answers, *, full: bool) -> Item:
    attempt = told.attempt(score.test, score.side)
    scored = score.ending == Ending.DONE and score.value is not None
    seat = attempt.seat_cm if attempt else None
    return Item(
        test=test.id,
        measure=_measure(score, test),
        side=score.side,
        value=score.value if scored else None,
        unit=test.unit,
        most=_most(test),
        capped=scored and score.capped,
        band=_band(score, test) if scored else None,
        margin=score.margin.half_width if scored and score.margin else None,
        reason=None if scored else _REASONS[score.ending],
        studied_seat=scored
        and score.form == Form.STANDARD
        and seat is not None
        and SEAT_CM[0] <= seat <= SEAT_CM[1],
        around=_around(score, told) if full else None,
    )


def _most(test: SelfTest) -> float:
    return test.cap or test.valid[1]


def _measure(score: Score, test: SelfTest) -> str:
    """Another form is another measure: nobody may take stands with hands for stands without."""
    code = measure_code(test.id)
    if score.form == Form.HANDS:
        return f"{code}-arms"
    if score.form == Form.SQUAT:
        return f"{code}-squat"
    return f"{code}-other-seat" if test.chair and score.deviation is not None else code


def _band(score: Score, test: SelfTest) -> str | None:
    if score.band is not None:
        return f"band-{score.band}"
    return None if test.rule in NEVER_BANDED else NO_BAND


def _around(score: Score, told: Answers) -> Around:
    attempt = told.attempt(score.test, score.side)
    if attempt is None:
        return Around()
    pain = attempt.pain
    return Around(
        tries=attempt.tries,
        before=pain.before if pain else None,
        during=pain.during if pain else None,
        after=pain.after if pain else None,
        spot=pain.spot if pain else None,
    )


def _comparisons(outcome: Results) -> Iterator[Comparison]:
    """Only where both sides have a value: a missing side is not told apart by why it is missing."""
    by_place = {(score.test, score.side): score for score in outcome.scores}
    for each in outcome.differences:
        pair = [by_place[each.test, side] for side in Side]
        if all(score.value is not None and score.ending == Ending.DONE for score in pair):
            yield Comparison(test=each.test, measure=_pair(pair, each), code=_code(each))


def _pair(pair: list[Score], difference: Difference) -> str:
    squat = all(score.form == Form.SQUAT for score in pair)
    return f"{measure_code(difference.test)}{'-squat' if squat else ''}-side-difference"


def _code(difference: Difference) -> str:
    return f"side-{SideVerdict(difference.verdict).value}"


def _answers(told: Answers, known: Catalogue) -> Iterator[Answered]:
    """The pain form in its order; only what was asked and answered."""
    for question in asking.asked(known.instruments, told, retest=True):
        yield from _answer(question, told)
    if told.spots:
        yield Answered(question="Q1", values=told.spots)
    worst = asking.worst_spot(told)
    if worst is not None and worst != NO_PAIN:
        yield Answered(question="Q2", values=(worst,))


def _answer(question: Question, told: Answers) -> Iterator[Answered]:
    pain, key = told.pain, question.id
    match question.kind:
        case "rating" if key in pain.ratings:
            yield Answered(question=key, values=(pain.ratings[key],))
        case "choice" if key in pain.choices:
            yield Answered(question=key, values=(pain.choices[key],))
        case "ticks" if pain.ticks.get(key):
            codes = [option.code for option in question.options if option.code in pain.ticks[key]]
            yield Answered(question=key, values=tuple(codes))
        case "activity":
            if pain.activity is not None:
                yield Answered(question=f"{key}.activity", values=(pain.activity,))
            if pain.activity_score is not None:
                yield Answered(question=f"{key}.score", values=(pain.activity_score,))
