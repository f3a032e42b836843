"""The shared tablet's watch: counts down when nobody touches it, and empties the browser."""

from collections.abc import Mapping

import streamlit as st

KEY = "kiosk"
"""Key of the component's state."""

_KIOSK = st.components.v2.component("screening.kiosk", css="kiosk.css", js="kiosk.mjs")


def mount(*, armed: bool, idle_s: int, warn_s: int, anew: str, words: Mapping[str, str]) -> str | None:
    """Mount the watch, and return the id of its last order to start over, or None.

    Args:
        armed: There is something to forget; without it nobody is asked whether they are there.
        idle_s: Seconds without a touch until the countdown.
        warn_s: Seconds the countdown lasts.
        anew: Not "" right after the visit was forgotten: the browser empties its stores and loads afresh.
        words: ``title``; ``text``, which follows the seconds left; ``stay``.
    """
    out = _KIOSK(
        key=KEY,
        data={"armed": armed, "idle_s": idle_s, "warn_s": warn_s, "anew": anew, "words": dict(words)},
        default={"next": None},
        on_next_change=lambda: None,
    )
    order = out.get("next")
    return order if isinstance(order, str) else None
