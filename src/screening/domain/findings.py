"""The four domains, left and right, never added up. Source: self_tests 8 (rules 5, 6), ruling 15."""

from collections.abc import Iterable

from screening.domain.answers import Ending, Side
from screening.domain.outcome import Battery, DomainFinding, Finding, Score
from screening.domain.selftests import SelfTests

DOMAINS = ("side_of_hip", "back_of_hip", "control", "trunk")
"""The four domains in the order they are shown: never one hip score."""


def domain_findings(
    scores: Iterable[Score], selftests: SelfTests, battery: Battery
) -> tuple[DomainFinding, ...]:
    """Return what each domain says on each side.

    * Worth showing: a primary test is in its low band on that side, or with both legs together.
    * No signal: a primary test has a band there, and every band is clear. A hold that reached the end
      of the test is clear. A soft sign ("below most", "some drift", "we can't tell") is neither low nor
      clear, so it never speaks for "nothing stood out".
    * Can't tell: something was tried there, but only raw values, stops or soft signs came of it.
    * Not tested: nothing was tried, or the person chose not to.

    A test that is left out today does not speak, even if it was done before an answer changed.

    Args:
        scores: Every score of this check.
        selftests: The tests they belong to.
        battery: What is left out today.
    """
    out = {(each.test, each.side) for each in battery.left_out}
    speaking = [
        each
        for each in scores
        if each.ending != Ending.CHOSE_NOT and not {(each.test, None), (each.test, each.side)} & out
    ]
    return tuple(
        DomainFinding(
            id=domain,
            left=_finding(
                [each for each in speaking if _about(each, domain, Side.LEFT, selftests)], selftests
            ),
            right=_finding(
                [each for each in speaking if _about(each, domain, Side.RIGHT, selftests)], selftests
            ),
        )
        for domain in DOMAINS
    )


def _about(score: Score, domain: str, side: Side, selftests: SelfTests) -> bool:
    """A test of both legs together speaks for both sides (ruling 15)."""
    return selftests[score.test].domain == domain and score.side in {side, None}


def _finding(scores: list[Score], selftests: SelfTests) -> Finding:
    if not scores:
        return Finding.NOT_TESTED
    bands = [
        selftests[each.test].band(each.band)
        for each in scores
        if each.band is not None and selftests[each.test].primary
    ]
    if any(band.low for band in bands):
        return Finding.WORTH_SHOWING
    if bands and not any(band.unclear for band in bands):
        return Finding.NO_SIGNAL
    return Finding.CANNOT_TELL
