"""An invented person's visits, given to the app as a browser's draft keeper gives them back."""

from pathlib import Path
from typing import Any

from tests.client import Said
from tests.sitting import Sitting

from screening.services.wording import speaker

say = speaker("en")

PERSON = (Path(__file__).resolve().parent / "person.json").read_text(encoding="utf-8")
"""An answers file: a 52-year-old woman with front-of-knee pain, every test of her list done."""


class Tapper:
    """Someone who changes one answer of a page, back and forth."""

    def __init__(self, sitting: Sitting, said: Said) -> None:
        """Choose the page's first question.

        Raises:
            LookupError: There is none.
        """
        self.sitting, self.taps = sitting, 0
        self.id, self.field, self.values = _first_question(said)

    async def tap(self) -> Said:
        """Change the answer, and let what follows from it be drawn again."""
        self.taps += 1
        return await self.sitting.tap(self.id, **{self.field: self.values[self.taps % 2]})


class Wavering:
    """Someone who presses "Start over", and then keeps the answers after all."""

    def __init__(self, sitting: Sitting, said: Said) -> None:
        """Find the button."""
        self.visit, self.said = sitting.visit, said

    async def press(self) -> Said:
        """Press whichever of the two buttons is there."""
        labels = {say("results.start_over"), say("start.keep_them")}
        (button,) = [each.id for each in self.said.elements("button") if each.label in labels]
        self.said = await self.visit.run(press=button)
        return self.said


def _first_question(said: Said) -> tuple[str, str, list[Any]]:
    for radio in said.elements("radio"):
        return radio.id, "string_value", list(radio.options[:2])
    for group in said.elements("button_group"):
        return group.id, "string_array_value", [[each.content] for each in group.options[:2]]
    for box in said.elements("checkbox"):
        return box.id, "bool_value", [False, True]
    raise LookupError("no question on this page")
