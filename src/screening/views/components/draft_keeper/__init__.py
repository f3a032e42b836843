"""The draft keeper: unfinished answers stay in the browser, and come back after a restart.

It also reports once after the last tap, sets the page's language, and moves the focus to the heading
when another screen is shown.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from screening.views import state
from screening.views.state import KEEPER

_KEEPER = st.components.v2.component("screening.draft_keeper", js="keeper.mjs")


def mount(
    *, title: str, language: str, watch: bool, on_tap: Callable[[], None], on_hello: Callable[[], None]
) -> Mapping[str, object]:
    """Mount the keeper for this run and return what the browser said.

    Args:
        title: Text of this screen's main heading: the focus goes there when the screen changes.
        language: Language tag of the page.
        watch: Report 0.3 s after the last tap or key press.
        on_tap: Called before the run that follows a report.
        on_hello: Called before the run that follows what the browser kept.

    Returns:
        ``hello``: ``{to, doc, from, at, device}``, once per session; ``doc`` is an answers file or None.
        ``tick``: ``{n, by, doc, at, device}`` after the last tap. Both are untrusted.
    """
    current, own = state.visit(), state.own_visit()
    where = "tab" if own.kiosk else {None: "undecided", True: "device", False: "tab"}[own.keep]
    out: Mapping[str, object] = _KEEPER(
        key=KEEPER,
        data={
            "sid": own.sid,
            "heard": own.heard,
            "doc": state.draft() if own.heard else None,
            "at": state.at(),
            "where": where,
            "watch": watch,
            "wipe": current.wipe,
            "lang": language,
            "place": state.place(),
            "title": title,
            "nudges": current.nudges,
        },
        default={"hello": None, "tick": None},
        on_hello_change=on_hello,
        on_tick_change=on_tap,
    )
    return out
