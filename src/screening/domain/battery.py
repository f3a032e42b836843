"""Which tests this person may do, in which order, and what is left out and why.

Worked out anew from the answers and the attempts so far, so a failed balance gate changes what comes next
and never what was done.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from screening.domain import asking
from screening.domain.answers import Answers, Ending, Side
from screening.domain.instruments import Instruments
from screening.domain.levels import Level, Tier
from screening.domain.outcome import Battery, LeftOut, Planned
from screening.domain.safety import ALL_FAMILIES, PAIN_CEILING, Triage
from screening.domain.scoring import effective_ending
from screening.domain.selftests import SelfTest, SelfTests

STANDARD, GENTLE = "standard", "gentle"

STANCE, STEP, STAGES = "sls", "stepdown", "bal4"
"""The tests the balance gate speaks of."""

GENTLE_FROM_Y = 65
"""Age from which the gentle set is used. Source: self_tests.md 4."""

GENTLE_PAIN = 5
"""Pain right now that calls for the gentle set; one more and there is no test. Source: safety.md 6."""

STANCE_FOR_STEP_S = 10.0
"""Under this stance time the step-down is left out on that side. Source: self_tests.md 4, judgement."""

STANCE_EITHER_S, STANCE_BOTH_S = 5.0, 10.0
"""The gate fails under the first on either side, or under the second on both. Source: self_tests.md 4."""

FALL_ADVICE_FROM_Y = 60
"""Age from which a failed gate brings the fall message and asks for a helper. Rulings 9 and 11."""

STAGES_THAT_HOLD = 3
"""Stages of the balance test that must be held (the third is tandem), or the fall message is shown."""

PAIN_STOPS = 2
"""So many tries stopped by pain end the tests for today. Judgement."""

FALL_MESSAGE = "note.fall_message"

HELPER, SHOULDER = "someone-near", "shoulder-sore"
"""Checks asked right before a test."""

BY_LEVEL_V = "level-V"
"""The reason that a therapist beside the person may lift, test by test. Ruling 8."""

GENTLE_SET = "gentle-set"
"""The reason that says: another test takes its place, or it is left out."""

TOO_MUCH = frozenset({Ending.COULD_NOT, Ending.STOPPED_OTHER, Ending.CHOSE_NOT})
"""How a test ends when its easier form is worth offering. Pain is not among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A physical therapist is with the person, in this visit only. No file, draft or link ever says so.

    Attributes:
        added: Ids of tests that were left out and that the therapist said yes to, one at a time.
    """

    added: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A test that a therapist may add back, with every reason why it was left out: its cautions."""

    test: str
    cautions: tuple[str, ...]


def plan(  # noqa: PLR0913 - what was told, and who is there
    known: Instruments,
    selftests: SelfTests,
    told: Answers,
    triaged: Triage,
    *,
    final: bool = False,
    beside: Beside | None = None,
) -> Battery:
    """Return the tests for this person, in order, and what is left out.

    A test already done stays in the plan, but for levels U and V and pain of 6 or more. Standard tests
    are always accounted for, those of the gentle set where it is used. An easier test that stands in for
    one of the same set is planned once that one was too much.

    Args:
        known: What can be asked.
        selftests: Every self-test.
        told: The answers, with the attempts so far.
        triaged: The safety answers, every list of them answered.
        final: The tests are over: a chair test that needs a helper and has no "yes" counts as left out
            (ruling 9). While they go on it is planned, with its question.
        beside: A therapist is with the person: at levels V and X the tests they added back are planned.
            It opens nothing at U, S and E, and nothing with pain of 6 or more (ruling 8).
    """
    person = _Person(known=known, selftests=selftests, told=told, triaged=triaged, final=final, beside=beside)
    planned: list[Planned] = []
    left_out: list[LeftOut] = []
    for test in person.candidates():
        reasons = {side: person.reason(test, side) for side in person.sides(test)}
        going = tuple(side for side, reason in reasons.items() if reason is None)
        if going:
            planned.append(
                Planned(
                    test=test.id, sides=going, checks=person.checks(test), max_stage=person.max_stage(test)
                )
            )
        left_out.extend(_left_out(test, reasons))
    return Battery(
        tier=person.tier, planned=tuple(planned), left_out=tuple(left_out), notes=tuple(person.notes())
    )


def offers(
    known: Instruments, selftests: SelfTests, told: Answers, triaged: Triage, beside: Beside
) -> tuple[Offer, ...]:
    """Return what a therapist beside the person may add back now, in order, each with its cautions.

    Pain stops, a failed gate on one leg and what was answered right before a test are no levels: they stay.
    """
    person = _Person(known=known, selftests=selftests, told=told, triaged=triaged, final=False, beside=beside)
    return tuple(
        Offer(test=test.id, cautions=cautions)
        for test in person.candidates()
        if (cautions := person.cautions(test)) and person.may_add(test)
    )


def _left_out(test: SelfTest, reasons: dict[Side | None, str | None]) -> Iterator[LeftOut]:
    found = set(reasons.values())
    if len(found) == 1:
        (reason,) = found
        if reason is not None:
            yield LeftOut(test=test.id, reason=reason)
        return
    for side in Side:
        reason = reasons.get(side)
        if reason is not None:
            yield LeftOut(test=test.id, reason=reason, side=side)


def stance_s(told: Answers, side: Side) -> float | None:
    """Return how long this person stood on one leg, in seconds, for the gate.

    "Could not" counts as 0 s (ruling 11). None: not done, stopped by pain or otherwise, or chose not to.
    """
    attempt = told.attempt(STANCE, side)
    if attempt is None:
        return None
    ending = effective_ending(attempt)
    if ending == Ending.COULD_NOT:
        return 0.0
    return attempt.value if ending == Ending.DONE else None


def gate_failed(told: Answers) -> bool:
    """Say whether the balance gate failed: under 5 s on either side, or under 10 s on both."""
    known = [held for side in Side if (held := stance_s(told, side)) is not None]
    both = len(known) == len(Side) and max(known) < STANCE_BOTH_S
    return both or any(held < STANCE_EITHER_S for held in known)


def pain_stops(told: Answers) -> int:
    """Count the tries that pain ended, by the person's word or by the pain rule."""
    return sum(effective_ending(each) == Ending.STOPPED_FOR_PAIN for each in told.attempts)


def gentle(told: Answers, triaged: Triage) -> bool:
    """Say whether the gentle set is used: age, pain, a tick, or a failed gate."""
    return (
        (told.age_y is not None and told.age_y >= GENTLE_FROM_Y)
        or asking.pain_now(told) == GENTLE_PAIN
        or Tier.B in triaged.tiers.values()
        or gate_failed(told)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    """One person in front of the battery."""

    known: Instruments
    selftests: SelfTests
    told: Answers
    triaged: Triage
    final: bool
    beside: Beside | None

    # -- which set --------------------------------------------------------------------------------

    @property
    def _locked(self) -> str | None:
        """Why nothing that was done may speak today either: the level, or the pain."""
        if self.triaged.level.rank >= (Level.V if self.beside is None else Level.U).rank:
            return f"level-{self.triaged.level.value}"
        return "pain-6" if (asking.pain_now(self.told) or 0) >= PAIN_CEILING else None

    @property
    def nothing_today(self) -> str | None:
        """Why no test at all is offered today, as a reason code; None when some may be."""
        return self._locked or next(self._for_every_test(), None)

    def _for_every_test(self) -> Iterator[str]:
        """Give the reasons that leave out every test and that a therapist may lift, test by test."""
        if self.triaged.level == Level.V:
            yield BY_LEVEL_V
        yield from (item for item, tier in self.triaged.tiers.items() if tier == Tier.C)

    @property
    def tier(self) -> Tier:
        if self._locked is not None or (self.beside is None and self.nothing_today is not None):
            return Tier.C
        return Tier.B if gentle(self.told, self.triaged) else Tier.A

    def candidates(self) -> Iterator[SelfTest]:
        for test in self.selftests:
            done = any(each.test == test.id for each in self.told.attempts)
            in_set = self.tier == Tier.B and GENTLE in test.sets and not self._is_spare(test)
            if done or in_set or STANDARD in test.sets:
                yield test

    def _is_spare(self, test: SelfTest) -> bool:
        """Say whether this easier test waits: the one of the same set it stands in for was not too much."""
        instead_of = [self.selftests[each] for each in test.replaces if GENTLE in self.selftests[each].sets]
        if STANDARD in test.sets or not instead_of:
            return False
        tried = [each for each in self.told.attempts if each.test in {one.id for one in instead_of}]
        return not any(effective_ending(each) in TOO_MUCH for each in tried)

    def sides(self, test: SelfTest) -> tuple[Side | None, ...]:
        return asking.less_sore_first(self.known, self.told) if test.each_side else (None,)

    # -- why not ----------------------------------------------------------------------------------

    def reason(self, test: SelfTest, side: Side | None) -> str | None:
        """Return why this test is left out on this side; None when it may be done, or was."""
        if self._locked is None and self._was_done(test, side):
            return None
        return (
            self._locked
            or (None if self._added(test) else self.nothing_today or self._removed(test))
            or self._pain(test)
            or self._check(test)
            or self._stance(test, side)
            or (None if self._added(test) else self._set(test))
        )

    def _added(self, test: SelfTest) -> bool:
        return self.beside is not None and test.id in self.beside.added

    def _set(self, test: SelfTest) -> str | None:
        return GENTLE_SET if self.tier == Tier.B and GENTLE not in test.sets else None

    def cautions(self, test: SelfTest) -> tuple[str, ...]:
        """Return every reason of level V, level X and the gentle set that leaves this test out."""
        removed = [self.triaged.removes.get(each) for each in (ALL_FAMILIES, *test.families)]
        found = (*self._for_every_test(), *removed, self._removed(test), self._set(test))
        return tuple(dict.fromkeys(each for each in found if each is not None))

    def may_add(self, test: SelfTest) -> bool:
        """Say whether a yes would change anything: not added, not done, and nothing else forbids it."""
        done = any(self._was_done(test, side) for side in self.sides(test))
        return not (self._locked or self._added(test) or done or self._pain(test))

    def _was_done(self, test: SelfTest, side: Side | None) -> bool:
        attempt = self.told.attempt(test.id, side)
        return attempt is not None and attempt.ending != Ending.CHOSE_NOT

    def _removed(self, test: SelfTest) -> str | None:
        removes = self.triaged.removes
        for family in (ALL_FAMILIES, *test.families):
            if family in removes:
                return removes[family]
        if self.max_stage(test) == 0:
            return removes[next(family for family in test.stages[0].families if family in removes)]
        return next((item for item in test.removed_by if item in self.triaged.rules), None)

    def max_stage(self, test: SelfTest) -> int | None:
        """Return how many stages of a staged test may be done; None when all, or no staged test."""
        if self._added(test):
            return None
        for number, stage in enumerate(test.stages):
            if set(stage.families) & self.triaged.removes.keys():
                return number
        return None

    def _pain(self, test: SelfTest) -> str | None:
        if pain_stops(self.told) >= PAIN_STOPS:
            return "pain-stops"
        stairs = "trigger-stairs" in (asking.ticks(self.known, self.told, "Q5k") or ())
        sore = asking.pain_now(self.told) == GENTLE_PAIN
        return "stairs-pain" if test.id == STEP and stairs and sore else None

    def _check(self, test: SelfTest) -> str | None:
        if SHOULDER in test.checks and self.told.checks.get(SHOULDER):
            return "shoulder-sore"
        if HELPER not in self.checks(test):
            return None
        answer = self.told.checks.get(HELPER)
        return "no-helper" if answer is False or (answer is None and self.final) else None

    def _stance(self, test: SelfTest, side: Side | None) -> str | None:
        if test.id != STEP or side is None or self.told.attempt(STANCE, side) is None:
            return None
        attempt = self.told.attempt(STANCE, side)
        if attempt is None or effective_ending(attempt) != Ending.DONE:
            return "stance-not-done"
        return "stance-under-10" if (stance_s(self.told, side) or 0) < STANCE_FOR_STEP_S else None

    # -- what goes with it --------------------------------------------------------------------------

    def checks(self, test: SelfTest) -> tuple[str, ...]:
        """Return the questions right before this test; the one about a helper only for those who need one."""
        return tuple(each for each in test.checks if each != HELPER or self._needs_helper)

    @property
    def _older_and_unsteady(self) -> bool:
        return gate_failed(self.told) and (self.told.age_y or 0) >= FALL_ADVICE_FROM_Y

    @property
    def _needs_helper(self) -> bool:
        return HELPER in self.triaged.checks or self._older_and_unsteady

    def notes(self) -> Iterator[str]:
        if self.triaged.level == Level.X:
            yield from self.triaged.messages
        staged = self.told.attempt(STAGES)
        unsteady = staged is not None and (
            staged.ending == Ending.COULD_NOT
            or (staged.value is not None and staged.value < STAGES_THAT_HOLD)
        )
        if self._older_and_unsteady or unsteady:
            yield FALL_MESSAGE
