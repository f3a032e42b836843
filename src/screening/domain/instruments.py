"""What is asked: spots, safety lists and pain questions, as data. Their words live in the wording files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from screening.domain.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place on the body map.

    Attributes:
        id: Code in the answers file, e.g. ``spot-knee-front-left``.
        place: The pack's name without the side, e.g. ``front_knee``.
        side: ``left``, ``right`` or ``middle``.
        regions: ``knee``, ``back``, ``hip`` or ``leg``, for the questions asked. The first one is the region
            patterns count it in: the buttock asks back and hip questions and counts as back.
    """

    id: str
    place: str
    side: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TickItem:
    """One line of a safety list.

    Attributes:
        id: e.g. ``E1``. Follow-ups carry a letter, e.g. ``D3a``.
        level: Level when ticked (before the special rules).
        removes: Test families it removes; ``all`` for every one.
        message: Wording key of its action text, or None.
        reason: Wording key of its one short line on a shared card.
        say: Wording key of the line itself.
        knee_only: Shown with a knee spot, or with no pain at all.
        only_with: Spot codes it is shown with; empty for always. Filled by the reader for ``knee_only``.
        age_from_y: Shown from this age, or None.
        counts_from_y: Sets its level only from this age, or None. Younger, it still brings its checks.
        needs_pain: Does not count for a person who had no pain in the last 7 days.
        while_new: Counts only while the pain is new: under 4 weeks, or not yet said.
        brings: Check ids to ask before the chair tests once it is ticked, at any age.
        follows: The item under which it appears once that is ticked, or None.
        sets_tier: ``B`` or ``C`` when the tick by itself picks a set of tests, or None.
        aimed_at: What it looks for, for the Methods page.
        sources: Keys of ``sources.toml``.
        needs_signoff: Written for this app; a clinician has yet to sign it.
    """

    id: str
    level: Level
    removes: tuple[str, ...]
    message: str | None
    reason: str
    say: str
    knee_only: bool = False
    only_with: tuple[str, ...] = ()
    age_from_y: int | None = None
    counts_from_y: int | None = None
    needs_pain: bool = False
    while_new: bool = False
    brings: tuple[str, ...] = ()
    follows: str | None = None
    sets_tier: str | None = None
    aimed_at: str = ""
    sources: tuple[str, ...] = ()
    needs_signoff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TickList:
    """One safety screen, in the order asked."""

    id: str
    say: str
    items: tuple[TickItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyRule:
    """A rule of the safety table that needs more than one answer, or an answer that is no tick.

    Attributes:
        id: What is printed as the rule that fired; ``safety.RULES`` holds the code of the same id.
        level: Level when it fires.
        message: Wording key of its action text.
        reasons: Wording keys of its short lines on a shared card.
        when: The rule in words, for the Methods page.
        aimed_at: What it looks for.
        sources: Keys of ``sources.toml``.
        header: Wording key of its own header, or None for the level's.
    """

    id: str
    level: Level
    message: str
    reasons: tuple[str, ...]
    when: str
    aimed_at: str = ""
    sources: tuple[str, ...] = ()
    header: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternRule:
    """What is known about one named pattern; ``patterns.RULES`` holds the code of the same id.

    Attributes:
        id: ``K1`` ... ``H2``, and ``N`` for none.
        region: ``knee``, ``back``, ``hip``, or "" for none.
        text: Wording key of its text.
        rule: The rule in words, for the Methods page.
        evidence: What is published about it. Never a per cent for one person.
        sources: Keys of ``sources.toml``.
        partly: When it may be said to fit partly, in words; "" if never.
    """

    id: str
    region: str
    text: str
    rule: str
    evidence: str
    sources: tuple[str, ...]
    partly: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to a question: its code and the wording key of its label. ``alone`` excludes the others."""

    code: str
    say: str
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One pain or pattern question.

    Attributes:
        id: ``P1`` ... ``Q10h``.
        kind: ``rating`` (0-10), ``choice`` (one), ``ticks`` (several) or ``activity`` (pick one, then 0-10).
        say: Wording key.
        options: Answers in order; empty for ratings.
        step: Which screen of the pain page it stands on: ``how_bad`` or ``how_it_behaves``.
        regions: Asked only when a spot of one of these regions is marked; empty for always.
        unless: Asked only when the question named first does not have the code named second, or None.
        min_spots: Asked only with at least this many spots.
        retest_only: Asked only when an earlier check is open.
        version: Only equal versions are compared.
        recall_d: Days the question looks back over, or None.
        sources: Keys of ``sources.toml``.
        needs_signoff: Written for this app; a clinician has yet to sign it.
    """

    id: str
    kind: str
    say: str
    options: tuple[Option, ...] = ()
    step: str = "how_bad"
    regions: tuple[str, ...] = ()
    unless: tuple[str, str] | None = None
    min_spots: int = 0
    retest_only: bool = False
    version: int = 1
    recall_d: int | None = None
    sources: tuple[str, ...] = ()
    needs_signoff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source: how every other file cites it is ``key``."""

    key: str
    citation: str
    doi: str
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """Spots, safety lists, questions and rules together.

    Attributes:
        spots: By code, in the order of the list beside the map.
        lists: The safety screens, in the order asked.
        questions: By id, in the order asked.
        checks: Yes/no check ids asked right before a test, with their wording keys.
        rules: Safety rules that need more than one tick, in the order printed.
        patterns: What is known about each pattern, in the order shown.
        version: Version of all questions together, for the answers file.
        priority: Action texts by level, the one that wins on a shared card first.
    """

    spots: Mapping[str, Spot]
    lists: tuple[TickList, ...]
    questions: Mapping[str, Question]
    checks: Mapping[str, str]
    rules: tuple[SafetyRule, ...] = ()
    patterns: tuple[PatternRule, ...] = ()
    version: str = "1"
    priority: Mapping[Level, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def item(self, item_id: str) -> TickItem:
        """Return one safety item; KeyError when there is none of that id."""
        for each in self.lists:
            for item in each.items:
                if item.id == item_id:
                    return item
        raise KeyError(item_id)
