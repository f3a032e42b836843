"""Tick, untick, reload, kill the server, in every order: visit, drawn ticks and kept draft never part.

The browser is a model of Streamlit's and of the draft keeper's (whose own rules Node tests); the server
is real. A killed server is one that does not know the session any more: the browser keeps its widgets and
opens a new one.
"""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from tests.client import Said, Visit
from tests.server import Server, running

from screening.domain.answers import Answers
from screening.domain.editing import put
from screening.services import answers_file
from screening.services.catalogue import load

KEEPER = "draft_keeper"
BOXES = ("E1", "E2", "E3", "none")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("machine") / "log") as started:
        yield started


def _draft() -> str:
    told = put(Answers(date="2026-01-15"), load().instruments, "age", 62)
    told = put(told, load().instruments, "spots", {"spot-low-back"})
    return json.dumps({"doc": answers_file.dumps(told, load()), "at": None, "device": False})


class Tab:
    """One browser tab on the first safety list."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.loop = asyncio.new_event_loop()
        self.kept: str | None = _draft()
        self.visit: Visit | None = None
        self.ids: dict[str, str] = {}
        self.drawn: dict[str, bool] = {}
        self.data: dict[str, Any] = {}
        self.said_to = ""
        self.ticks = 0
        self.open(widgets={})

    def close(self) -> None:
        if self.visit is not None:
            self.loop.run_until_complete(self.visit.__aexit__(None, None, None))
        self.loop.close()

    def open(self, widgets: dict[str, Any]) -> None:
        """Open a session the server does not know, with what the browser still holds."""
        if self.visit is not None:
            self.loop.run_until_complete(self.visit.__aexit__(None, None, None))
        self.visit = Visit(self.port, "safety")
        self.visit.states.update(widgets)
        self.loop.run_until_complete(self.visit.__aenter__())

    def forgotten(self) -> None:
        """The server does not know the session any more; the browser still holds its widgets."""
        self.open(dict(self._visit.states))

    def load(self) -> None:
        self.said_to = ""
        self.open(widgets={})
        self.run()

    def tap(self, box: str) -> None:
        """Change a box in the browser; nothing is sent."""
        self.drawn[box] = not self.drawn[box]
        self._visit.set(self.ids[box], bool_value=self.drawn[box])

    def tick(self) -> None:
        """The keeper reports after the last tap."""
        self.ticks += 1
        copy = {"by": self.data["sid"], "doc": self.data["doc"], "at": self.data["at"], "device": False}
        self._keeper(tick={"n": self.ticks, **(copy if self.data["heard"] else {})})
        self.run(moved=self.ids.get(KEEPER))

    def run(self, moved: str | None = None) -> None:
        self._see(self.loop.run_until_complete(self._visit.run(moved=moved)))
        if not self.data["heard"] and self.said_to != self.data["sid"]:
            self.said_to = self.data["sid"]
            record = json.loads(self.kept) if self.kept else {"doc": None, "at": None}
            self._keeper(hello={"to": self.said_to, "from": "tab", "device": False, **record})
            self.run(moved=self.ids[KEEPER])

    @property
    def _visit(self) -> Visit:
        assert self.visit is not None
        return self.visit

    def _keeper(self, **state: Any) -> None:
        held = self._visit.states.get(self.ids[KEEPER])
        now = {**(json.loads(held.json_value) if held else {}), **state}
        self._visit.set(self.ids[KEEPER], json_value=json.dumps(now))

    def _see(self, said: Said) -> None:
        boxes = {each.id.rsplit(":", 1)[-1]: each for each in said.elements("checkbox")}
        for code, box in boxes.items():
            self.ids[code] = box.id
            if box.set_value or box.id not in self._visit.states:
                self._visit.set(box.id, bool_value=box.value if box.set_value else box.default)
        (keeper,) = [each for each in said.elements("bidi_component") if each.component_name.endswith(KEEPER)]
        self.ids[KEEPER] = keeper.id
        self.data = json.loads(keeper.json)
        if boxes:  # after most taps the boxes stand as they are
            self.drawn = {code: self._visit.states[box.id].bool_value for code, box in boxes.items()}
            gone = set(self._visit.states) - {box.id for box in boxes.values()} - {keeper.id}
            for each in gone:
                del self._visit.states[each]
        if self.data["heard"]:
            self.kept = json.dumps({"doc": self.data["doc"], "at": self.data["at"], "device": False})

    def told(self, doc: str) -> set[str]:
        return set(answers_file.loads(doc, load(), "9999-12-31").safety.get("SCR1", ()))

    def ticked(self) -> set[str]:
        return {code for code, on in self.drawn.items() if on}


def _exclusive(ticks: set[str], was: set[str]) -> set[str]:
    """Let the newer of "none of these" and the rest win; the rest where both are new."""
    others = ticks - {"none"}
    if "none" not in ticks or not others:
        return ticks
    return {"none"} if "none" not in was and others <= was else others


class Reordering(RuleBasedStateMachine):
    """What a person and the network may do, and what must be ticked afterwards."""

    port = 0

    def __init__(self) -> None:
        super().__init__()
        self.tab = Tab(self.port)
        self.tab.load()
        self.settled: set[str] = set()

    @rule(box=st.sampled_from(BOXES))
    def tap(self, box: str) -> None:
        self.tab.tap(box)

    @rule()
    def pause(self) -> None:
        """The last tap is reported."""
        expected = _exclusive(self.tab.ticked(), self.settled)
        self.tab.tick()
        self._all_agree_on(expected)

    @rule()
    def reload(self) -> None:
        """What was not reported yet is lost; nothing else."""
        self.tab.load()
        self._all_agree_on(self.settled)

    @rule()
    def kill_and_tap_on(self) -> None:
        """A new session learns what the browser holds. A tick of either is kept: it can be taken back."""
        held = _exclusive(self.tab.ticked(), set())
        expected = (self.settled | held) - {"none"} or held or self.settled
        self.tab.forgotten()
        self.tab.tick()
        self._all_agree_on(expected)

    def _all_agree_on(self, expected: set[str]) -> None:
        assert self.tab.ticked() == expected
        assert self.tab.told(self.tab.data["doc"]) == expected
        assert self.tab.told(json.loads(self.tab.kept or "{}")["doc"]) == expected
        self.settled = expected

    def teardown(self) -> None:
        self.tab.close()


def test_a_tick_is_never_lost_and_never_made_up(server: Server) -> None:
    Reordering.port = server.port

    run_state_machine_as_test(
        Reordering,
        settings=settings(
            max_examples=15,
            stateful_step_count=10,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
