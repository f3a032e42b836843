"""Left against right, never inside the error of a home test. Source: self_tests 9, rulings 16 and 17."""

from collections.abc import Collection

from screening.domain.answers import Ending, Side
from screening.domain.outcome import Difference, Score, SideVerdict
from screening.domain.selftests import SelfTest, SideRule

_LOWER = {Side.LEFT: SideVerdict.LEFT_LOWER, Side.RIGHT: SideVerdict.RIGHT_LOWER}
_HARDER = {Side.LEFT: SideVerdict.HARDER_LEFT, Side.RIGHT: SideVerdict.HARDER_RIGHT}


def compare(left: Score, right: Score, test: SelfTest, hurting_sides: Collection[Side]) -> Difference:
    """Return what may be said of left against right in one test.

    Equal sides are "about the same". With one side at the cap a difference counts only if the other is
    lower by the limit or more; else nobody can tell. Both at the cap: no difference up to the end of the
    test. A side that was stopped, limited by pain, left undone or done in another form: both values as
    they are, and no verdict.

    Args:
        left: The left side's score.
        right: The right side's.
        test: The test of both.
        hurting_sides: Sides with a marked spot. "Same side as your pain" needs exactly one.
    """
    reason = _why_not(left) or _why_not(right)
    verdict = SideVerdict.CANNOT_TELL
    if test.sides is not None and reason is None and left.value is not None and right.value is not None:
        verdict = _verdict(left, right, test, test.sides)
    return Difference(
        test=test.id,
        verdict=verdict,
        left=left.value,
        right=right.value,
        limit=test.side_limit,
        reason=reason,
        same_side_as_pain=_worse_side(verdict) in hurting_sides and len(set(hurting_sides)) == 1,
    )


def _why_not(side: Score) -> str | None:
    if side.ending != Ending.DONE:
        return side.ending.value
    return side.deviation


def _verdict(left: Score, right: Score, test: SelfTest, rule: SideRule) -> SideVerdict:
    if left.capped and right.capped:
        return SideVerdict.NO_DIFFERENCE_TO_CAP
    worse = _worse(left, right, test)
    if worse is None:
        return SideVerdict.CANNOT_TELL if left.capped or right.capped else SideVerdict.SAME
    if _noticeable(left, right, test, rule):
        return (_HARDER if rule.harder else _LOWER)[worse]
    return SideVerdict.CANNOT_TELL if left.capped or right.capped else SideVerdict.WITHIN_ERROR


def _worse(left: Score, right: Score, test: SelfTest) -> Side | None:
    if left.value is None or right.value is None or left.value == right.value:
        return None
    return Side.LEFT if (left.value < right.value) == test.higher_is_better else Side.RIGHT


def _noticeable(left: Score, right: Score, test: SelfTest, rule: SideRule) -> bool:
    values = [each.value for each in (left, right) if each.value is not None]
    lowest, highest = min(values), max(values)
    if rule.one_below is not None and rule.other_from is not None:
        return lowest < rule.one_below and highest >= rule.other_from
    worst = lowest if test.higher_is_better else highest
    bad_enough = rule.worse_from is None or _at_least_as_bad(worst, rule.worse_from, test)
    return rule.limit is not None and round(highest - lowest, 2) >= rule.limit and bad_enough


def _at_least_as_bad(value: float, line: float, test: SelfTest) -> bool:
    return value <= line if test.higher_is_better else value >= line


def _worse_side(verdict: SideVerdict) -> Side | None:
    for said in (_LOWER, _HARDER):
        for side, each in said.items():
            if each == verdict:
                return side
    return None
