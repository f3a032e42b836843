"""Solved states of the hip model on a grid, as plain values for the moving figure.

The model exists once, in ``domain/biomechanics.py``; the browser only looks states up and draws between
neighbours. Nobody's result is in here.
"""

import math
from collections.abc import Iterable
from functools import cache
from typing import Any

from screening.domain.biomechanics import Scene, State, solve, threshold, utilisation
from screening.services.model_reader import model

LOWEST, HIGHEST = 0.30, 1.20
"""Slider range of strength and activation, shares of the reference."""

STEP = 0.0055
"""Grid step of strength x activation: between two states the browser draws a straight line."""

USED_STEP = 0.01
"""Grid step of the share of capacity needed, which only colours the muscles."""

TABLE_SHARES = (1.0, 0.8, 0.6, 0.45, 0.3)
"""Slider positions of the table that says the same."""

LEANS = tuple(n / 20 for n in range(21))
"""Every position of the strategy slider: 0 lets the pelvis drop, 1 leans the trunk."""

JOINTS = ("knee", "hip", "swing_hip", "spine", "neck")
NUMBERS = (
    "drop_deg",
    "lean_deg",
    "knee_abduction_deg",
    "abductor_force_bw",
    "lateral_pull_rel",
)
TENTHS_OF_MM = 10_000
HUNDREDTHS = 100


@cache
def table() -> dict[str, Any]:
    """Return the solved states.

    Keys: ``step``, ``used_step`` and ``leans`` describe the grid. Per scene ``states[lean][n]`` is the
    state at ``threshold`` less ``n`` steps of strength x activation: joint coordinates (x, y of ``JOINTS``,
    tenths of a millimetre), ``NUMBERS`` in hundredths, and 1 when the state holds. Every row but the first
    is told as its difference from the row before. Above the threshold nothing changes. ``used`` is the
    share of capacity needed (hundredths), ``from`` the lowest share on.
    """
    known = model()
    scenes = {}
    for scene in known.scenes.values():
        limit = threshold(known.body, scene)
        steps = math.ceil((limit - LOWEST * LOWEST) / STEP)
        scenes[scene.id] = {
            "threshold": round(limit, 6),
            "states": [
                _differences(
                    _row(solve(known.body, scene, strength=limit - STEP * n, activation=1, lean_share=lean))
                    for n in range(steps + 1)
                )
                for lean in LEANS
            ],
            "used": [
                round(HUNDREDTHS * utilisation(known.body, scene, LOWEST * LOWEST + USED_STEP * n))
                for n in range(round((HIGHEST * HIGHEST - LOWEST * LOWEST) / USED_STEP) + 1)
            ],
        }
    return {
        "from": LOWEST * LOWEST,
        "step": STEP,
        "used_step": USED_STEP,
        "leans": list(LEANS),
        "scenes": scenes,
    }


@cache
def positions(scene: Scene) -> list[tuple[float, State]]:
    """Return five slider positions for the table that says the same: strength share and state."""
    known = model().body
    return [
        (share, solve(known, scene, strength=share, activation=1.0, lean_share=0.5)) for share in TABLE_SHARES
    ]


def _differences(rows: Iterable[list[int]]) -> list[list[int]]:
    told: list[list[int]] = []
    before: list[int] = []
    for row in rows:
        told.append([now - was for now, was in zip(row, before, strict=True)] if before else row)
        before = row
    return told


def _row(state: State) -> list[int]:
    points = [round(TENTHS_OF_MM * n) for name in JOINTS for n in state.points[name]]
    return [*points, *(round(HUNDREDTHS * getattr(state, name)) for name in NUMBERS), int(state.holds)]
