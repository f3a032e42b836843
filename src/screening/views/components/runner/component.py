"""Mount the runner. Imported by pages and views only: registering needs a running app."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from screening.domain.answers import Form, Side
from screening.domain.selftests import SelfTest
from screening.views.components.runner.report import Report, read, reasons

KEY = "runner"
"""Key of the component's state."""

LEAD_S = 3
"""Seconds between the tap and "Go" where the test is done standing or sitting."""

LEAD_TO_LIE_DOWN_S = 10
"""The same where one has to lie down first."""

_MOUNT = st.components.v2.component(
    "screening.runner", html='<div class="runner"></div>', css="runner.css", js="runner.mjs"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the runner says: its own sentences, and the names of this test.

    Attributes:
        lang: Language code, for the voice and the numbers.
        own: The runner's sentences by key, ``value`` among them ("{n} seconds").
        name: The test's name.
        side: "Left side", "Right side" or "".
        stages: What to do in each stage, in order; empty for other tests.
        stop: When to stop: a title and its texts; empty for no such list.
    """

    lang: str
    own: Mapping[str, str]
    name: str = ""
    side: str = ""
    stages: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()


def plan(
    test: SelfTest, side: Side | None, form: Form, *, max_stage: int | None = None, who: str = ""
) -> dict[str, Any]:
    """Return what the browser has to do, in plain values (anything else would turn all of it into text).

    ``who`` is "" for the person's own runs; an example's begin their ids with it.
    """
    return {
        "who": who,
        "test": test.id,
        "side": None if side is None else side.value,
        "mode": test.kind.value,
        "seconds": test.duration_s or test.cap or 0,
        "tries": test.tries,
        "best_of": test.best_of,
        "higher": test.higher_is_better,
        "stages": len(test.stages) if max_stage is None else max_stage,
        "rest_s": test.rest_s,
        "form": form.value,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What the browser is to run, and what became of it.

    Attributes:
        plan: From ``plan``; None for a test without a clock: only the stop list is drawn.
        taken: The attempt of this test and side is in the visit; the browser may forget the run.
        have: Id of the report that was taken last, good or not.
        fresh: Not "" when the test is done again: what was kept from an earlier run is dropped.
        stored: A run is kept in this tab's store until it is taken; without it, in memory only.
    """

    plan: Mapping[str, Any] | None
    taken: bool
    have: str | None
    fresh: str = ""
    stored: bool = True


def runner(run: Run, test: SelfTest, words: Words) -> Report | None:
    """Draw the runner, and return the report that is waiting, if there is one."""
    lies_down = any(each.startswith("floor") for each in test.needs)
    out = _MOUNT(
        key=KEY,
        data={
            "plan": None if run.plan is None else dict(run.plan),
            "have": run.have,
            "taken": run.taken,
            "fresh": run.fresh or None,
            "stored": run.stored,
            "lang": words.lang,
            "words": dict(words.own),
            "name": words.name,
            "side": words.side,
            "stages": list(words.stages),
            "stop": list(words.stop),
            "reasons": list(reasons(test)),
            "lead_s": LEAD_TO_LIE_DOWN_S if lies_down else LEAD_S,
            "heading": 3,
        },
        default={"held": None},
        on_held_change=lambda: None,
    )
    return read(out.held)
