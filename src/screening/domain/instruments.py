"""What is asked: spots, safety lists and pain questions, as data. Their words live in the wording files."""

from collections.abc import Mapping
from dataclasses import dataclass

from screening.domain.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place on the body map.

    Attributes:
        id: Code in the answers file, e.g. ``spot-knee-front-left``.
        place: The pack's name without the side, e.g. ``front_knee``.
        side: ``left``, ``right`` or ``middle``.
        regions: ``knee``, ``back``, ``hip`` or ``leg``; the buttock belongs to the back only in patterns,
            and to back and hip for the questions asked.
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
        age_from_y: Shown from this age, or None.
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
    age_from_y: int | None = None
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
        kind: ``rating`` (0-10), ``choice`` (one), ``ticks`` (several) or ``activity`` (P5: pick one, then 0-10).
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
    """Spots, safety lists and questions together."""

    spots: Mapping[str, Spot]
    lists: tuple[TickList, ...]
    questions: Mapping[str, Question]
    checks: Mapping[str, str]
    """Yes/no check ids asked right before a test, with their wording keys."""

    def item(self, item_id: str) -> TickItem:
        """Return one safety item; KeyError when there is none of that id."""
        for each in self.lists:
            for item in each.items:
                if item.id == item_id:
                    return item
        raise KeyError(item_id)
