"""The moving figure as the browser draws it: limbs keep their length, angles are the model's own."""

import csv
import json
import math
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from screening.domain.biomechanics import State, solve
from screening.services.model_reader import model
from screening.views import hip_states

HERE = Path(__file__).parent
CASES = HERE.parent / "reference_cases" / "hip_model.csv"
BODY = model().body
MOST_BYTES = 250_000

SHARES = [each / 1000 for each in range(90, 1441, 5)]
"""Every whole per cent of strength x activation the sliders reach, and half-way between."""

LEANS = [each / 100 for each in range(0, 101, 5)]
GRID = [(scene, share, lean) for scene in model().scenes for share in SHARES for lean in LEANS]

MM = 0.001
DRAWN = {
    "drop": "drop_deg",
    "lean": "lean_deg",
    "valgus": "knee_abduction_deg",
    "bend": "lumbar_bend_deg",
}
"""Angles the figure shows, and their names in the model."""


def looked_up(asked: list[tuple[str, float, float]]) -> list[dict[str, Any]]:
    """Return what the browser's own script makes of the shipped table at these slider positions."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node")
    told = json.dumps({"table": hip_states.table(), "asked": asked})
    done = subprocess.run(
        [node, str(HERE / "hip_states.check.mjs")], input=told, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def drawn() -> list[tuple[tuple[str, float, float], dict[str, Any], State]]:
    """Every state on the fine grid: slider position, what the browser draws, what the model says."""
    scenes = model().scenes
    return [
        (at, found, solve(BODY, scenes[at[0]], strength=at[1], activation=1, lean_share=at[2]))
        for at, found in zip(GRID, looked_up(GRID), strict=True)
    ]


def worst(drawn: list[Any], off: Any) -> tuple[float, Any]:
    return max((abs(off(found, state)), at) for at, found, state in drawn)


LENGTHS = {
    "thigh": BODY.thigh_m,
    "shank": BODY.shank_m,
    "pelvis": BODY.hip_spacing_m,
    "trunk": BODY.trunk_share * BODY.height_m - BODY.lumbosacral_m,
}


@pytest.mark.parametrize("limb", LENGTHS)
def test_every_limb_keeps_its_length_wherever_the_sliders_stand(drawn, limb):
    off, at = worst(drawn, lambda found, _: found[limb] - LENGTHS[limb])

    assert off < MM, at


def test_the_drawn_knee_has_the_angle_that_is_written_and_that_the_model_says(drawn):
    written, at = worst(drawn, lambda found, _: found["drawnKnee"] - found["valgus"])
    said, there = worst(drawn, lambda found, state: found["drawnKnee"] - state.knee_abduction_deg)

    assert written < 0.1, at
    assert said < 0.1, there


@pytest.mark.parametrize("angle", DRAWN)
def test_every_angle_is_the_models_to_a_tenth_of_a_degree(drawn, angle):
    off, at = worst(drawn, lambda found, state: found[angle] - getattr(state, DRAWN[angle]))

    assert off < 0.1, at


def test_force_pull_and_joints_are_the_models(drawn):
    force, at = worst(drawn, lambda found, state: found["force"] - state.abductor_force_bw)
    pull, there = worst(drawn, lambda found, state: found["pull"] - state.lateral_pull_rel)
    place, joint = worst(
        drawn,
        lambda found, state: max(
            math.dist(found["points"][name], state.points[name]) for name in hip_states.JOINTS
        ),
    )

    assert force < 0.02, at
    assert pull < 0.02, there
    assert place < MM, joint


def test_it_says_that_nothing_changed_exactly_where_the_model_does(drawn):
    for (scene, share, lean), found, state in drawn:
        task = model().scenes[scene]
        moved = (state.drop_deg, state.lean_deg) != (task.drop_deg, task.lean_deg)

        assert found["changed"] == moved, (scene, share, lean)


def test_it_reproduces_the_published_cases():
    with CASES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ids = {each.name: each.id for each in model().scenes.values()}
    reached = [
        row for row in rows if float(row["strength"]) * float(row["activation"]) >= hip_states.LOWEST**2
    ]
    asked = [
        (ids[row["scene"]], float(row["strength"]) * float(row["activation"]), float(row["lean_share"]))
        for row in reached
    ]

    assert len(asked) > 15
    for row, found in zip(reached, looked_up(asked), strict=True):
        for name, column in DRAWN.items():
            assert found[name] == pytest.approx(float(row[column]), abs=0.05), (row, name)
        assert found["pull"] == pytest.approx(float(row["lateral_pull_rel"]), abs=0.02)
        assert found["force"] == pytest.approx(float(row["abductor_force_bw"]), abs=0.02)


def test_the_whole_figure_weighs_less_than_a_quarter_of_a_megabyte():
    assert len(json.dumps(hip_states.table())) < MOST_BYTES


def test_the_table_that_says_the_same_has_five_slider_positions_from_full_to_little():
    for scene in model().scenes.values():
        shares = [share for share, _ in hip_states.positions(scene)]

        assert len(shares) == 5
        assert shares[0] == 1
        assert shares == sorted(shares, reverse=True)
