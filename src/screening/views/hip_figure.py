"""The moving figure: a person on one leg, every state solved by the tested model, moved in the browser.

Python solves a grid of states once per process (``hip_states``) and ships points and numbers. No message
goes to the server while a slider moves, and nothing of anybody's result comes in here.
"""

import json
from functools import cache
from typing import Any

import streamlit as st

from screening.domain import figures as body
from screening.domain.figures import View
from screening.services.wording import Say, speaker
from screening.views import entry, figures, hip_states

_MOUNT = st.components.v2.component(
    "screening.hip_figure",
    html='<div class="hip-figure"></div>',
    css="hip_figure.css",
    js="hip_figure.mjs",
)

WORDS = (
    "strength",
    "activation",
    "strategy",
    "drop_end",
    "mostly_drop",
    "both",
    "mostly_lean",
    "lean_end",
    "task",
    "stand",
    "squat",
    "pelvis",
    "knee",
    "back",
    "pull",
    "kneecap",
    "reference",
    "yours",
    "compare",
    "no_change",
    "support",
    "per_cent",
    "reset",
    "unchanged",
    "more",
    "times_weight",
    "at_pelvis",
    "at_knee",
    "at_back",
    "load_line",
    "muscles",
)
"""What the figure says; ``{n}`` is filled in the browser."""


def show(*, key: str) -> None:
    """Draw the figure with its sliders. Nothing comes back: it moves in the browser only."""
    _MOUNT(data=_data(entry.language()), key=key)


@cache
def _data(language: str) -> bytes:
    """Return what the component is sent, written once: as text it would be written anew at each run."""
    told = {"model": hip_states.table(), "shapes": _shapes(), "words": _words(speaker(language))}
    return json.dumps(told, separators=(",", ":")).encode()


@cache
def _shapes() -> dict[str, Any]:
    """Return outlines and fixed places: lengths in metres, so that the browser can stretch a limb."""
    drawn = figures.standing(body.Pose(pelvis=(0, 0)), body.joints(body.Pose(pelvis=(0, 0)), View.FRONT))
    return {
        "paths": {part.name: [part.css, part.path] for part in drawn},
        "thigh_cm": body.THIGH,
        "shank_cm": body.SHANK,
        "upper_cm": body.UPPER_ARM,
        "fore_cm": body.FOREARM,
    }


def _words(say: Say) -> dict[str, str]:
    return {name: say(f"hip_figure.{name}", n="{n}") for name in WORDS}
