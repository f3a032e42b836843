"""The moving drawing of a test: its positions, looping slowly; side named, mirrored for the other side."""

from functools import cache
from typing import Any

import streamlit as st

from screening.domain.answers import Side
from screening.services.poses import poses
from screening.services.wording import speaker
from screening.views import figures
from screening.views.entry import language

_MOUNT = st.components.v2.component(
    "screening.drawing",
    html='<div class="drawing" role="img"></div>',
    css="drawing.css",
    js="drawing.mjs",
)


def show(test: str, side: Side | None) -> None:
    """Draw one test for one side; nothing where the catalogue has no poses for it."""
    data = _data(test, side, language())
    if data is not None:
        _MOUNT(data=data, key=f"drawing-{test}-{side or 'both'}")


@cache
def _data(test: str, side: Side | None, in_language: str) -> dict[str, Any] | None:
    """Return what the component is sent: the same for everyone, so it may be kept."""
    found = poses(test)
    if found is None:
        return None
    say = speaker(in_language)
    drawn = figures.drawing(found, side)
    named = say(f"drawing.side.{side}") if side else say("drawing.side.both")
    return {
        "drawing": drawn.data(),
        "alt": say(f"drawing.alt.{test}", side=named),
        "caption": named,
        "positions": [say(f"drawing.position.{test}.{n}") for n in range(1, len(drawn.stops) + 1)],
        "pause": say("drawing.pause"),
        "play": say("drawing.play"),
    }
