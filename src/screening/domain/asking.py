"""Who is asked what, and what counts as an answer: places, and the questions that go with them.

An answer to a question that is not asked (any more) is read as no answer, never as "no".
"""

from collections.abc import Iterable

from screening.domain.answers import NO_PAIN, Answers, Side
from screening.domain.instruments import Instruments, Question

NO_PAIN_NOW = 0
"""What "pain right now" is for a person who had no pain in the last 7 days (ruling 5)."""


def no_pain(told: Answers) -> bool:
    """Say whether the person told us there was no pain in the last 7 days."""
    return told.spots == (NO_PAIN,)


def marked(told: Answers) -> tuple[str, ...]:
    """Return the spots that hurt; empty with no pain and when not answered."""
    return tuple(each for each in told.spots if each != NO_PAIN) if NO_PAIN in told.spots else told.spots


def worst_spot(told: Answers) -> str | None:
    """Return the worst spot: the one named, or the only one."""
    spots = marked(told)
    return spots[0] if len(spots) == 1 else told.worst


def regions(known: Instruments, told: Answers) -> frozenset[str]:
    """Return the regions whose questions are asked: ``knee``, ``back``, ``hip``, ``leg``."""
    return frozenset(region for spot in marked(told) for region in known.spots[spot].regions)


def main_regions(known: Instruments, told: Answers) -> frozenset[str]:
    """Return the regions patterns count. The buttock counts as back only (ruling 20)."""
    return frozenset(known.spots[spot].regions[0] for spot in marked(told))


def places(known: Instruments, told: Answers) -> frozenset[str]:
    """Return the marked places without their side, e.g. ``front_knee``."""
    return frozenset(known.spots[spot].place for spot in marked(told))


def hurting_sides(known: Instruments, spots: Iterable[str]) -> frozenset[Side]:
    """Return the sides these spots are on; the middle is on no side."""
    found = {known.spots[spot].side for spot in spots}
    return frozenset(side for side in Side if side.value in found)


def less_sore_first(known: Instruments, told: Answers) -> tuple[Side, Side]:
    """Return both sides, the less sore one first.

    The side of the worst spot is the sore one. Where the worst spot is in the middle or not said, the side
    with more spots is. Equal, or no pain: left first.
    """
    worst = worst_spot(told)
    sore = hurting_sides(known, (worst,)) if worst else frozenset()
    if len(sore) == 1:
        (side,) = sore
        return side.other, side
    count = {side: sum(known.spots[spot].side == side.value for spot in marked(told)) for side in Side}
    return (Side.RIGHT, Side.LEFT) if count[Side.LEFT] > count[Side.RIGHT] else (Side.LEFT, Side.RIGHT)


def asked(known: Instruments, told: Answers, *, retest: bool = False) -> tuple[Question, ...]:
    """Return the pain and pattern questions for this person, in order.

    None with no pain, and none before it is said where it hurts.

    Args:
        known: What can be asked.
        told: The answers so far.
        retest: An earlier check is open, so the questions about change are asked too.
    """
    return tuple(each for each in known.questions.values() if _is_asked(each, known, told, retest=retest))


def _is_asked(question: Question, known: Instruments, told: Answers, *, retest: bool = False) -> bool:
    spots = marked(told)
    return (
        bool(spots)
        and len(spots) >= question.min_spots
        and (retest or not question.retest_only)
        and (not question.regions or not regions(known, told).isdisjoint(question.regions))
        and _is_open(question, told)
    )


def _is_open(question: Question, told: Answers) -> bool:
    if question.unless is None:
        return True
    first, closing = question.unless
    return told.pain.choices.get(first, closing) != closing


def choice(known: Instruments, told: Answers, question_id: str) -> str | None:
    """Return the code chosen, or None when not answered or not asked."""
    found = told.pain.choices.get(question_id)
    return found if found is not None and _is_asked(known.questions[question_id], known, told) else None


def ticks(known: Instruments, told: Answers, question_id: str) -> frozenset[str] | None:
    """Return the codes ticked ("none of these" gives an empty set); None: not answered or not asked."""
    found = told.pain.ticks.get(question_id)
    if not found or not _is_asked(known.questions[question_id], known, told):
        return None
    alone = {option.code for option in known.questions[question_id].options if option.alone}
    return found - alone


def pain_now(told: Answers) -> int | None:
    """Return pain right now, 0-10: 0 with no pain, None when not answered."""
    return NO_PAIN_NOW if no_pain(told) else told.pain.ratings.get("P2")
