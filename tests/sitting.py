"""Somebody who has told us something, at an open page; her draft keeper speaks as the browser's does."""

import json
from typing import Any

from tests.client import Said, Visit


class Sitting:
    """A visit, and what the server lets her browser keep.

    Attributes:
        visit: The open visit.
        kept: The draft, as the server gave it last.
    """

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.kept = ""
        self._keeper = ""
        self._told: dict[str, Any] = {"hello": None, "tick": None}
        self._ticks = 0

    async def open(self, doc: str, step: str = "") -> Said:
        """Open the page, hand over a draft as the browser kept it, and return the page as she finds it."""
        first = await self.visit.run()
        (keeper,) = [each for each in first.elements("bidi_component") if _is_keeper(each)]
        self._keeper = keeper.id
        at = {"page": self.visit.page, "step": step, "open": True}
        to = json.loads(keeper.json)["sid"]
        return await self._tell(hello={"to": to, "doc": doc, "from": "tab", "at": at, "device": False})

    async def tap(self, widget_id: str, *, leave_for: str | None = None, **value: Any) -> Said:
        """Change an answer; the keeper reports it after the last tap, or with a change of page."""
        self.visit.set(widget_id, **value)
        self._ticks += 1
        return await self._tell(leave_for, tick={"n": self._ticks})

    async def run(self, press: str | None = None) -> Said:
        """Ask for a run, or press a button."""
        return self._heard(await self.visit.run(press=press))

    async def _tell(self, page: str | None = None, **news: Any) -> Said:
        self._told |= news
        self.visit.set(self._keeper, json_value=json.dumps(self._told))
        moved = None if page else self._keeper
        return self._heard(await self.visit.run(page=page, moved=moved))

    def _heard(self, said: Said) -> Said:
        found = said.component("draft_keeper")
        if found is not None:
            self.kept = found["doc"]
        return said


def _is_keeper(component: Any) -> bool:
    return str(component.component_name).endswith("draft_keeper")
