"""Solved states of the hip model on a grid, as plain values for the moving figure.

The model exists once, in ``domain/biomechanics.py``; the browser only looks states up and draws between
neighbours. Nobody's result is in here.
"""

from functools import cache
from typing import Any

from screening.domain.biomechanics import Scene, State, solve, threshold, utilisation
from screening.services.model_reader import model

LOWEST, HIGHEST = 0.30, 1.20
"""Slider range of strength and activation, shares of the reference."""

STEP = 0.01
"""Grid step of strength x activation: the sliders move in whole per cent."""

TABLE_SHARES = (1.0, 0.8, 0.6, 0.45, 0.3)
"""Slider positions of the table that says the same."""

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
        (share, solve(known, scene, strength=share, activation=1.0, lean_share=0.5)) for share in TABLE_SHARES
    ]


def _shares(low: float, high: float) -> list[float]:
    return [low + STEP * n for n in range(int((high - low) / STEP) + 2)]


def _row(state: State) -> list[int]:
    points = [round(TENTHS_OF_MM * n) for name in JOINTS for n in state.points[name]]
    return [*points, *(round(HUNDREDTHS * getattr(state, name)) for name in NUMBERS), int(state.holds)]
