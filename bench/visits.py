"""An invented person's visits, given to the app as a browser's draft keeper gives them back."""

import json
from pathlib import Path
from typing import Any

from tests.client import Said, Visit

PERSON = (Path(__file__).resolve().parent / "person.json").read_text(encoding="utf-8")
"""An answers file: a 52-year-old woman with front-of-knee pain, every test of her list done."""


async def go_on(visit: Visit) -> Said:
    """Give an open visit the person's answers, and return its page as she finds it."""
    first = await visit.run()
    keeper = next(
        each for each in first.elements("bidi_component") if each.component_name.endswith("draft_keeper")
    )
    hello = {"to": json.loads(keeper.json)["sid"], "doc": PERSON, "from": "tab", "at": None, "device": False}
    visit.set(keeper.id, json_value=json.dumps({"hello": hello, "tick": None}))
    return await visit.run()


class Tapper:
    """Someone who changes one answer of a page, back and forth."""

    def __init__(self, visit: Visit, said: Said) -> None:
        """Choose the page's first question.

        Raises:
            LookupError: There is none.
        """
        self.visit, self.taps = visit, 0
        self.id, self.field, self.values = _first_question(said)

    async def tap(self) -> Said:
        """Change the answer and let the page rerun."""
        self.taps += 1
        self.visit.set(self.id, **{self.field: self.values[self.taps % 2]})
        return await self.visit.run()


def _first_question(said: Said) -> tuple[str, str, list[Any]]:
    for radio in said.elements("radio"):
        return radio.id, "string_value", list(radio.options[:2])
    for group in said.elements("button_group"):
        return group.id, "string_array_value", [[each.content] for each in group.options[:2]]
    for box in said.elements("checkbox"):
        return box.id, "bool_value", [False, True]
    raise LookupError("no question on this page")
