"""The moving figure: a person on one leg, every state solved by the tested model, moved in the browser.

Python solves a grid of states once per process and ships points and numbers; the browser looks them up and
draws between neighbours. The model exists once, in ``domain/biomechanics.py``. Nobody's result drives it.
"""

from functools import cache
from typing import Any

import streamlit as st

from screening.domain import figures as body
from screening.domain.biomechanics import Scene, State, solve, threshold, utilisation
from screening.domain.figures import View
from screening.services.model_reader import model
from screening.services.wording import Say, speaker
from screening.views import entry, figures

_MOUNT = st.components.v2.component(
    "screening.hip_figure",
    html='<div class="hip-figure"></div>',
    css="hip_figure.css",
    js="hip_figure.mjs",
)

LOWEST, HIGHEST = 0.30, 1.20
"""Slider range of strength and activation, shares of the reference."""

STEP = 0.01
"""Grid step of strength x activation: the sliders move in whole per cent."""

LEANS = tuple(n / 10 for n in range(11))
"""Grid of the strategy slider: 0 lets the pelvis drop, 1 leans the trunk."""

JOINTS = ("knee", "hip", "swing_hip", "spine", "neck")
NUMBERS = (
    "drop_deg",
    "lean_deg",
    "knee_abduction_deg",
    "abductor_force_bw",
    "lateral_pull_rel",
    "lumbar_bend_deg",
)
TENTHS_OF_MM = 10_000
HUNDREDTHS = 100


def show(*, compare: bool, key: str) -> None:
    """Draw the figure with its sliders. Nothing comes back: it moves in the browser only."""
    _MOUNT(data=_data(entry.language()) | {"compare": compare}, key=key)


@cache
def _data(language: str) -> dict[str, Any]:
    return {"model": table(), "shapes": _shapes(), "words": _words(speaker(language))}


@cache
def table() -> dict[str, Any]:
    """Return the solved states.

    Keys: ``from``, ``step``, ``leans`` describe the grid; per scene ``states[lean][share]`` is a row of
    joint coordinates (x, y of ``JOINTS``, tenths of a millimetre), then ``NUMBERS`` in hundredths, then 1
    when the state holds. ``used`` is the share of capacity needed (hundredths), over the whole slider range.
    Above ``threshold`` nothing changes and the last state stands for all.
    """
    known = model()
    scenes = {}
    for scene in known.scenes.values():
        limit = threshold(known.body, scene)
        shares = _shares(LOWEST * LOWEST, limit + STEP)
        scenes[scene.id] = {
            "threshold": round(limit, 4),
            "states": [
                [
                    _row(solve(known.body, scene, strength=share, activation=1.0, lean_share=lean))
                    for share in shares
                ]
                for lean in LEANS
            ],
            "used": [
                round(HUNDREDTHS * utilisation(known.body, scene, share))
                for share in _shares(LOWEST * LOWEST, HIGHEST * HIGHEST)
            ],
        }
    return {"from": LOWEST * LOWEST, "step": STEP, "leans": list(LEANS), "scenes": scenes}


def positions(scene: Scene) -> list[tuple[float, State]]:
    """Return five slider positions for the table that says the same: strength share and state."""
    known = model().body
    return [
        (share, solve(known, scene, strength=share, activation=1.0, lean_share=0.5))
        for share in (1.0, 0.8, 0.6, 0.45, 0.3)
    ]


def _shares(low: float, high: float) -> list[float]:
    return [low + STEP * n for n in range(int((high - low) / STEP) + 2)]


def _row(state: State) -> list[int]:
    points = [round(TENTHS_OF_MM * n) for name in JOINTS for n in state.points[name]]
    return [*points, *(round(HUNDREDTHS * getattr(state, name)) for name in NUMBERS), int(state.holds)]


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
    names = (
        "strength",
        "activation",
        "strategy",
        "drop_end",
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
        "no_change",
        "support",
        "per_cent",
        "reset",
        "unchanged",
        "more",
        "times_weight",
    )
    return {name: say(f"hip_figure.{name}", n="{n}") for name in names}
