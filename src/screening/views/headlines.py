"""What a result comes to: the one main message, what it speaks of, and the sources it rests on."""

from screening.domain.answers import Ending
from screening.domain.levels import Level
from screening.domain.outcome import DomainFinding, Finding, Results, SideVerdict
from screening.services.catalogue import Catalogue

LOCKED = (Level.U, Level.V)
"""Levels at which no test is scored, but with a therapist beside the person at V."""

NOTICED = (
    SideVerdict.LEFT_LOWER,
    SideVerdict.RIGHT_LOWER,
    SideVerdict.HARDER_LEFT,
    SideVerdict.HARDER_RIGHT,
)

PAIN_TODAY = "pain-6"
"""Reason code of a test that is left out because of the pain right now."""


def headline(results: Results) -> str:
    """Return which main message these results come to: one word, the same for card and test.

    The order is the order of care: what must come first, then what is worth a look, then what could not
    be told, and only with every compared test clear "nothing stood out".
    """
    if results.level in LOCKED and not results.scores:
        return "get-checked"
    if not results.scores:
        reasons = {each.reason for each in results.battery.left_out}
        if PAIN_TODAY in reasons:
            return "pain-today"
        return "no-tests" if results.battery.planned else "left-out"
    return _headline_of_tests(results)


def _headline_of_tests(results: Results) -> str:
    found = {side for each in results.domains for side in (each.left, each.right)}
    if Finding.WORTH_SHOWING in found:
        return "worth-showing"
    if any(each.ending == Ending.STOPPED_FOR_PAIN for each in results.scores):
        return "pain-stopped"
    if any(each.verdict in NOTICED for each in results.differences):
        return "sides-differ"
    if Finding.NO_SIGNAL not in found:
        return "cannot-tell"
    return "nothing-low" if Finding.CANNOT_TELL not in found else "mixed"


def domains_worth_showing(results: Results) -> tuple[DomainFinding, ...]:
    """Return the domains that are worth showing on at least one side."""
    return tuple(each for each in results.domains if Finding.WORTH_SHOWING in (each.left, each.right))


def tests_named(what: str, results: Results) -> tuple[str, ...]:
    """Return the tests a main message speaks of, each once: stopped by pain, or different left and right."""
    named: list[str] = []
    if what == "pain-stopped":
        named = [each.test for each in results.scores if each.ending == Ending.STOPPED_FOR_PAIN]
    elif what == "sides-differ":
        named = [each.test for each in results.differences if each.verdict in NOTICED]
    return tuple(dict.fromkeys(named))


def used_sources(results: Results, known: Catalogue) -> tuple[str, ...]:
    """Return the keys of the sources behind these scores and patterns, each once, in order."""
    keys: list[str] = []
    for each in results.scores:
        keys += [row.source for row in (*each.norms, *each.shown)]
        keys += [each.margin.source] if each.margin else []
        keys += known.selftests[each.test].sources
    named = {each.id for each in results.patterns}
    for rule in known.instruments.patterns:
        keys += rule.sources if rule.id in named else ()
    return tuple(dict.fromkeys(keys))
