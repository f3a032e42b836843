"""Triage: the level of somebody's answers. The highest wins, and half a form never reads as all clear.

Imports no norm, no score and no outcome: a good result can never talk a red flag away.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from screening.domain import asking
from screening.domain.answers import NONE_OF_THESE, Answers
from screening.domain.instruments import Instruments, SafetyRule, TickItem, TickList
from screening.domain.levels import Card, Level

ADULT_Y = 18
"""The tests and their texts are made for adults (rule A0)."""

PAIN_CEILING = 6
"""Pain right now from which no test is done today. Source: safety.md 6, judgement."""

ALL_FAMILIES = "all"
"""What an item removes when it removes every test."""

INJURY = "onset-injury"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """One rule that fired.

    Attributes:
        rule: The item's or rule's id.
        level: The level it asks for.
        message: Wording key of its action, or None.
        reasons: Wording keys of its short lines.
        header: Wording key of a header of its own, or None.
    """

    rule: str
    level: Level
    message: str | None
    reasons: tuple[str, ...]
    header: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """What the safety answers say so far.

    Attributes:
        level: The highest level that fired; P when none did.
        fired: The rules that fired, in the order asked, rules of several answers last.
        unanswered: Lists that are not answered, in order.
        removes: Test families removed, each with the item that removed it first. ``all`` is every one.
        tiers: Items that pick a set of tests by themselves, with ``B`` or ``C``.
        checks: Checks to ask before the chair tests.
        cards: One card per level that fired, the highest first. See :func:`_cards`.
    """

    level: Level
    fired: tuple[Fired, ...]
    unanswered: tuple[str, ...]
    removes: Mapping[str, str]
    tiers: Mapping[str, str]
    checks: tuple[str, ...]
    cards: tuple[Card, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules that fired."""
        return tuple(each.rule for each in self.fired)

    @property
    def card(self) -> Card | None:
        """The card of the highest level, or None at P."""
        return self.cards[0] if self.cards else None

    @property
    def messages(self) -> tuple[str, ...]:
        """Every action text that fired, each once, the highest level first."""
        by_level = sorted(self.fired, key=lambda each: -each.level.rank)
        return tuple(dict.fromkeys(each.message for each in by_level if each.message))


# -- what is shown ----------------------------------------------------------------------------------


def offered(tick_list: TickList, told: Answers) -> tuple[TickItem, ...]:
    """Return the lines this person may meet on a list, follow-ups included, in order.

    What decides and is not known yet (age, spots) shows the line: a question too many harms nobody.
    """
    return tuple(item for item in tick_list.items if _fits_person(item, told))


def shown(tick_list: TickList, told: Answers) -> tuple[TickItem, ...]:
    """Return the lines on screen now: a follow-up only under a ticked line."""
    ticked = told.safety.get(tick_list.id, frozenset())
    lines = offered(tick_list, told)
    here = {item.id for item in lines if item.id in ticked}
    return tuple(item for item in lines if item.follows is None or item.follows in here)


def _fits_person(item: TickItem, told: Answers) -> bool:
    if item.age_from_y is not None and told.age_y is not None and told.age_y < item.age_from_y:
        return False
    if not item.only_with:
        return True
    spots = asking.marked(told)
    return not spots or not set(item.only_with).isdisjoint(spots)


def valid_ticks(tick_list: TickList, told: Answers) -> frozenset[str]:
    """Return the ticks of a list that count: those of lines on screen, or ``none``."""
    on_screen = {item.id for item in shown(tick_list, told)} | {NONE_OF_THESE}
    return told.safety.get(tick_list.id, frozenset()) & on_screen


def is_answered(tick_list: TickList, told: Answers) -> bool:
    """Say whether a list is answered: known ticks on screen, or ``none`` alone.

    Everything else is not: a gap, an unknown tick, ``none`` beside a tick, a tick whose line has gone,
    a list that gained a line since.
    """
    given = told.safety.get(tick_list.id, frozenset())
    known = {item.id for item in tick_list.items} | {NONE_OF_THESE}
    ticks = valid_ticks(tick_list, told)
    clear = ticks == {NONE_OF_THESE} or (bool(ticks) and NONE_OF_THESE not in ticks)
    return clear and given <= known and tick_list.id not in told.ask_again


# -- rules that need more than one answer -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules below look at: the ticks that count, and the person's other answers."""

    known: Instruments
    told: Answers
    ticks: frozenset[str]

    def has(self, *item_ids: str) -> bool:
        """Say whether every one of these items is ticked."""
        return self.ticks.issuperset(item_ids)

    def said(self, question_id: str, code: str) -> bool:
        """Say whether this was the answer to a question that is asked."""
        return asking.choice(self.known, self.told, question_id) == code

    @property
    def injured(self) -> bool:
        """The pain began with an injury, by C8 or by Q4."""
        return self.has("C8") or self.said("Q4", INJURY)

    @property
    def places(self) -> frozenset[str]:
        """The marked places, without their sides."""
        return asking.places(self.known, self.told)

    @property
    def main_regions(self) -> frozenset[str]:
        """The marked regions, the buttock as back."""
        return asking.main_regions(self.known, self.told)


def _under_age(facts: Facts) -> bool:
    return facts.told.age_y is not None and facts.told.age_y < ADULT_Y


def _fall_and_cannot_stand(facts: Facts) -> bool:
    only_the_knee = facts.main_regions == {"knee"}
    return facts.has("D3", "D3a") and not only_the_knee


def _injury_and_cannot_stand(facts: Facts) -> bool:
    return facts.has("D3") and facts.injured and "hip" in asking.regions(facts.known, facts.told)


def _fever_and_weak_defence(facts: Facts) -> bool:
    return facts.has("D5") and ("D5a" in facts.ticks or "C7" in facts.ticks)


def _below_knee_in_words(facts: Facts) -> bool:
    return "back" in facts.main_regions and facts.said("Q7b", "leg-below-knee")


def _below_knee_on_map(facts: Facts) -> bool:
    return "back" in facts.main_regions and "below_knee" in facts.places


NERVE_SIGNS = 2
"""How many of the three leg-nerve features make pattern B2 fit. Source: questions.md 5."""


def leg_nerve_signs(known: Instruments, told: Answers) -> int:
    """Count the leg-nerve features told, 0-3: below the knee, leg worse than back, pins or numb skin.

    "Below the knee" may be told three ways: in Q7b, on the map, or as C11. All need a back spot.
    """
    facts = Facts(known=known, told=told, ticks=all_ticks(known, told))
    if "back" not in facts.main_regions:
        return 0
    below = facts.has("C11") or _below_knee_in_words(facts) or _below_knee_on_map(facts)
    return below + facts.said("Q8b", "worse-leg") + facts.said("Q9b", "yes")


RULES: Mapping[str, Callable[[Facts], bool]] = MappingProxyType(
    {
        "A0": _under_age,
        "D3-fall": _fall_and_cannot_stand,
        "D3-injury": _injury_and_cannot_stand,
        "D1-E6": lambda facts: facts.has("D1", "E6"),
        "D5-immune": _fever_and_weak_defence,
        "C9-swollen": lambda facts: facts.has("C9") and facts.said("QK1", "yes") and facts.injured,
        "Q7b": _below_knee_in_words,
        "back-and-below-knee": _below_knee_on_map,
        "B2": lambda facts: leg_nerve_signs(facts.known, facts.told) >= NERVE_SIGNS,
        "P2": lambda facts: (asking.pain_now(facts.told) or 0) >= PAIN_CEILING,
    }
)
"""The code of every ``[[rule]]`` in ``safety.toml``, by its id."""


# -- triage -----------------------------------------------------------------------------------------


def all_ticks(known: Instruments, told: Answers) -> frozenset[str]:
    """Return the ids of every tick that is on screen, of all lists."""
    found = frozenset(tick for each in known.lists for tick in valid_ticks(each, told))
    return found - {NONE_OF_THESE}


def triage(known: Instruments, told: Answers) -> Triage:
    """Return the highest level told so far, the rules that fired, and the lists not answered.

    Adding a tick never lowers the level. An unanswered list is named, never read as "none of these".
    """
    ticks = all_ticks(known, told)
    items = [
        item for each in known.lists for item in each.items if item.id in ticks and _counts(known, item, told)
    ]
    facts = Facts(known=known, told=told, ticks=ticks)
    rules = [rule for rule in known.rules if RULES[rule.id](facts)]
    fired = (*map(_item_fired, items), *map(_rule_fired, rules))
    return Triage(
        level=max((each.level for each in fired), default=Level.P, key=lambda level: level.rank),
        fired=fired,
        unanswered=tuple(each.id for each in known.lists if not is_answered(each, told)),
        removes=MappingProxyType(_removed(items)),
        tiers=MappingProxyType({item.id: item.sets_tier for item in items if item.sets_tier}),
        checks=_checks(known, ticks),
        cards=_cards(known, fired),
    )


def _counts(known: Instruments, item: TickItem, told: Answers) -> bool:
    if item.counts_from_y is not None and told.age_y is not None and told.age_y < item.counts_from_y:
        return False
    if item.needs_pain and asking.no_pain(told):
        return False
    return not item.while_new or asking.choice(known, told, "Q3") in {None, "duration-under-4-weeks"}


def _item_fired(item: TickItem) -> Fired:
    return Fired(rule=item.id, level=item.level, message=item.message, reasons=(item.reason,))


def _rule_fired(rule: SafetyRule) -> Fired:
    return Fired(
        rule=rule.id, level=rule.level, message=rule.message, reasons=rule.reasons, header=rule.header
    )


def _removed(items: list[TickItem]) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in items:
        for family in item.removes:
            found.setdefault(family, item.id)
    return found


def _checks(known: Instruments, ticks: frozenset[str]) -> tuple[str, ...]:
    wanted = {check for tick in ticks for check in known.item(tick).brings}
    return tuple(check for check in known.checks if check in wanted)


def _cards(known: Instruments, fired: tuple[Fired, ...]) -> tuple[Card, ...]:
    """Return one card per level that fired, the highest first.

    At E, S and under 18 that one card is all there is. While no test is offered (U, V) the card about
    left-out tests says nothing true, so it is left away.
    """
    levels = sorted({each.level for each in fired}, key=lambda level: -level.rank)
    if levels and levels[0].ends_the_path:
        levels = levels[:1]
    elif levels and levels[0] != Level.X:
        levels = [level for level in levels if level != Level.X]
    return tuple(_card(known, level, [each for each in fired if each.level == level]) for level in levels)


def _card(known: Instruments, level: Level, fired: list[Fired]) -> Card:
    messages = [each.message for each in fired if each.message]
    order = [*known.priority.get(level, ()), *messages]
    action = next(key for key in order if key in messages or key == f"level.{level.value}.action")
    own = [each.header for each in fired if each.header and each.message == action]
    header = own[0] if own else f"level.{level.value}.header"
    reasons = dict.fromkeys(reason for each in fired for reason in each.reasons)
    return Card(level=level, header=header, action=action, reasons=tuple(reasons))
