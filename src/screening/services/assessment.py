"""The one road from answers to what a person is told. Screens, command line and files all take it."""

from screening.domain import asking, findings, pain, patterns, safety, scoring, sides
from screening.domain import battery as tests
from screening.domain.answers import Answers, Side
from screening.domain.battery import Beside, Offer
from screening.domain.levels import Level, Tier
from screening.domain.outcome import (
    Assessment,
    Battery,
    Difference,
    GetSeen,
    NotYet,
    Results,
    Score,
)
from screening.domain.safety import Triage
from screening.services.catalogue import Catalogue

RESULTS_VERSION = "2026.1"
"""Changes whenever the same answers would be told something else. The changelog says what and why."""

ALL_CLEAR_SO_FAR = "text.F1"
"""The only "nothing found" text: whole at P, its last two sentences at X, its last at U and V (ruling 7)."""

F1_AT_X, F1_AT_U = "note.f1_at_x", "note.f1_at_u"

HIP_JOINT = "note.hip_joint"
"""Groin pain and a low result at the side of the hip: the joint itself should be checked (questions.md 5)."""

NO_TESTS = Battery(tier=Tier.C, planned=(), left_out=())
"""Before the safety answers are all there, and where they end the path."""


def assess(told: Answers, known: Catalogue, *, beside: Beside | None = None) -> Assessment:
    """Work out what to tell this person. Safety first; an urgent tick wins over any gap.

    Args:
        told: The answers.
        known: Everything the data files say.
        beside: A therapist is with the person in this visit: opens levels V and X, test by test. A file
            is always read without.

    Returns:
        ``GetSeen`` at E, S and under 18, as soon as the ticks say so. ``NotYet`` with the first screen
        that lacks an answer the result rests on: age, spots, a safety list, pain right now. Else
        ``Results``; at U and V without waiting for the pain answers, and without any score.
    """
    triaged = safety.triage(known.instruments, told)
    if triaged.level.ends_the_path:
        return GetSeen(level=triaged.level, rules=triaged.rules, card=triaged.cards[0])
    gap = _gap(told, triaged, beside)
    if gap is not None:
        page, missing = gap
        return NotYet(page=page, missing=missing, level=triaged.level, rules=triaged.rules)
    return _results(told, known, triaged, beside)


def battery(told: Answers, known: Catalogue, *, beside: Beside | None = None) -> Battery:
    """Return the tests for this person while they go on: live, from the attempts so far.

    Empty until every answer a plan rests on is there, and where the safety answers end the path.
    """
    triaged = safety.triage(known.instruments, told)
    if triaged.level.ends_the_path or _gap(told, triaged, beside) is not None:
        return NO_TESTS
    return tests.plan(known.instruments, known.selftests, told, triaged, beside=beside)


def offers(told: Answers, known: Catalogue, beside: Beside) -> tuple[Offer, ...]:
    """Return the left-out tests that a therapist beside this person may add back, each with its cautions."""
    triaged = safety.triage(known.instruments, told)
    if triaged.level.ends_the_path or _gap(told, triaged, beside) is not None:
        return ()
    return tests.offers(known.instruments, known.selftests, told, triaged, beside)


def _gap(told: Answers, triaged: Triage, beside: Beside | None) -> tuple[str, tuple[str, ...]] | None:
    if told.age_y is None:
        return "about_you", ("age",)
    if not told.spots:
        return "where", ("spots",)
    if triaged.unanswered:
        return "safety", triaged.unanswered
    if _may_test(triaged, beside) and asking.pain_now(told) is None:
        return "pain", ("P2",)
    return None


def _may_test(triaged: Triage, beside: Beside | None) -> bool:
    return triaged.level in ({Level.P, Level.X} if beside is None else {Level.P, Level.X, Level.V})


def _results(told: Answers, known: Catalogue, triaged: Triage, beside: Beside | None) -> Results:
    planned = tests.plan(known.instruments, known.selftests, told, triaged, final=True, beside=beside)
    fair = _may_test(triaged, beside) and (asking.pain_now(told) or 0) < safety.PAIN_CEILING
    scores = _scores(told, known) if fair else ()
    return Results(
        level=triaged.level,
        rules=triaged.rules,
        cards=triaged.cards,
        texts=_texts(triaged, told, known, scores),
        battery=planned,
        scores=scores,
        differences=_differences(scores, told, known),
        domains=findings.domain_findings(scores, known.selftests, planned) if fair else (),
        patterns=patterns.patterns(known.instruments, told, triaged.level),
        pain=pain.summary(known.instruments, told),
    )


def _scores(told: Answers, known: Catalogue) -> tuple[Score, ...]:
    """Score every attempt, in battery order, left before right.

    An attempt at a test that is left out by now is scored too: it was done before the answer changed, or
    with a therapist.
    """
    if told.age_y is None:
        return ()
    found = []
    for test in known.selftests:
        for side in (None, *Side):
            attempt = told.attempt(test.id, side)
            if attempt is not None:
                found.append(scoring.score(attempt, test, told.age_y, told.sex))
    return tuple(found)


def _differences(scores: tuple[Score, ...], told: Answers, known: Catalogue) -> tuple[Difference, ...]:
    hurting = asking.hurting_sides(known.instruments, asking.marked(told))
    by_place = {(score.test, score.side): score for score in scores}
    return tuple(
        sides.compare(by_place[test.id, Side.LEFT], by_place[test.id, Side.RIGHT], test, hurting)
        for test in known.selftests
        if (test.id, Side.LEFT) in by_place and (test.id, Side.RIGHT) in by_place
    )


def _texts(triaged: Triage, told: Answers, known: Catalogue, scores: tuple[Score, ...]) -> tuple[str, ...]:
    """Return the safety-net texts to repeat, each once; what a card says already is not said again."""
    levels = {card.level for card in triaged.cards}
    said = {card.action for card in triaged.cards}
    fired = [each.message for each in triaged.fired if each.level in levels and each.message]
    found = [text for text in triaged.messages if text in fired and text not in said]
    low_side = any(score.low and known.selftests[score.test].domain == "side_of_hip" for score in scores)
    if low_side and "groin" in asking.places(known.instruments, told):
        found.append(HIP_JOINT)
    return (*found, _F1.get(triaged.level, F1_AT_U))


_F1 = {Level.P: ALL_CLEAR_SO_FAR, Level.X: F1_AT_X}
