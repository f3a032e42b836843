"""Whose turn it is on the test screen: the list, then each test and side, then the end. No drawing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from screening.domain.afterwards import BOTH, complete
from screening.domain.answers import Answers, Side
from screening.domain.outcome import Battery, LeftOut
from screening.domain.selftests import SelfTests

LIST, END = "list", "end"
"""The parts before the first turn and after the last one."""

ASKED_BEFORE = {"no-helper": "someone-near", "shoulder-sore": "shoulder-sore"}
"""Reasons that rest on a question asked right before a test, and that question."""

_AGAIN = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One test on one side. ``again`` marks a repeated run; what was done before stays until it is over."""

    test: str
    side: Side | None
    again: str = ""

    @property
    def text(self) -> str:
        """The turn as a part of the page: ``sls:left``."""
        again = f"{_AGAIN}{self.again}" if self.again else ""
        return f"{self.test}:{self.side or BOTH}{again}"

    @property
    def plain(self) -> "Turn":
        """The same turn, not repeated."""
        return replace(self, again="")


def read(part: str) -> Turn | None:
    """Return the turn of this part; None for the list, the end, and what is no part."""
    place, _, again = part.partition(_AGAIN)
    test, colon, side = place.rpartition(":")
    if not colon or not test or side not in {BOTH, *Side}:
        return None
    return Turn(test=test, side=None if side == BOTH else Side(side), again=again)


def all_turns(battery: Battery, selftests: SelfTests, here: Turn | None = None) -> tuple[Turn, ...]:
    """Return every turn, in battery order.

    The turn that is shown stays among them while it was only its own question that left it out: the
    person is still looking at that question.
    """
    turns = [Turn(test=each.test, side=side) for each in battery.planned for side in each.sides]
    if here is not None and here.plain not in turns and _left_out_by_its_question(battery, here):
        turns.append(here.plain)
        turns.sort(key=lambda turn: selftests[turn.test].order)
    return tuple(turns)


def _left_out_by_its_question(battery: Battery, here: Turn) -> bool:
    found = [each for each in battery.left_out if each.test == here.test]
    return any(each.reason in ASKED_BEFORE and each.side in {None, here.side} for each in found)


def parts(turns: Sequence[Turn], here: Turn | None) -> tuple[str, ...]:
    """Return the parts of the page in order; the one shown is spelled as it is shown."""
    spelled = [here.text if here is not None and here.plain == turn else turn.text for turn in turns]
    return (LIST, *spelled, END)


def open_turns(turns: Sequence[Turn], told: Answers) -> tuple[Turn, ...]:
    """Return the turns that are not done, or not wholly told about."""
    found = []
    for turn in turns:
        attempt = told.attempt(turn.test, turn.side)
        if attempt is None or not complete(attempt):
            found.append(turn)
    return tuple(found)


def to_go_on_with(turns: Sequence[Turn], told: Answers) -> str:
    """Return the part where this person goes on: the list before anything was done, else what is open."""
    if not told.attempts:
        return LIST
    still_open = open_turns(turns, told)
    return still_open[0].text if still_open else END


def place_in_row(turns: Sequence[Turn], here: Turn) -> tuple[int, int]:
    """Return which test this is, and of how many."""
    tests = list(dict.fromkeys(turn.test for turn in turns))
    return tests.index(here.test) + 1, len(tests)


def news(battery: Battery, seen: str) -> tuple[LeftOut, ...]:
    """Return what was left out since the person last saw the list."""
    before = set(seen.split())
    return tuple(each for each in battery.left_out if _spelled(each) not in before)


def seen(battery: Battery) -> str:
    """Return what is left out now, as one word each, for ``news``."""
    return " ".join(_spelled(each) for each in battery.left_out)


def _spelled(each: LeftOut) -> str:
    return f"{each.test}:{each.side or BOTH}:{each.reason}"
