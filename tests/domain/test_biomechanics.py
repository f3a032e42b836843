"""The hip model agrees with its published cases and keeps the promises of its specification."""

import csv
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.domain.biomechanics import shortage_m, solve, threshold
from screening.services.model_reader import model

BODY = model().body
STAND, SQUAT = model().scenes["stand"], model().scenes["squat"]
CASES = Path(__file__).parents[1] / "reference_cases" / "hip_model.csv"
ROUNDED_TO = 1e-4
"""The published cases are rounded to four decimals."""

SCENES = st.sampled_from([STAND, SQUAT])
SHARES = st.integers(0, 120).map(lambda n: n / 100)
LEANS = st.integers(0, 20).map(lambda n: n / 20)


def cases():
    with CASES.open(encoding="utf-8") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            yield pytest.param(row, id=f"{CASES.name}:{line}")


@pytest.mark.parametrize("case", list(cases()))
def test_agrees_with_the_published_case(case):
    scene = next(each for each in model().scenes.values() if each.name == case["scene"])
    given_ = ("strength", "activation", "lean_share")

    state = solve(BODY, scene, **{name: float(case[name]) for name in given_})

    assert str(state.holds) == case["holds"]
    for name in case.keys() - {"scene", "holds", *given_}:
        assert getattr(state, name) == pytest.approx(float(case[name]), abs=ROUNDED_TO), name


def test_standing_level_the_lever_is_half_the_hip_spacing_whatever_the_masses():
    shifted = replace(BODY, pelvis_mass_share=0.3, upper_body_mass_share=0.5, leg_mass_share=0.1)

    assert BODY.demand_m(0, 0) == pytest.approx(BODY.hip_spacing_m / 2)
    assert shifted.demand_m(0, 0) == pytest.approx(BODY.hip_spacing_m / 2)


def test_mass_shares_add_up():
    total = BODY.upper_body_mass_share + BODY.pelvis_mass_share + 2 * BODY.leg_mass_share

    assert total == pytest.approx(1)


def test_the_lever_is_the_one_pauwels_drew():
    tall = replace(BODY, height_m=1.80)

    assert 0.095 <= tall.demand_m(0, 0) / (1 - tall.leg_mass_share) <= 0.12


def test_leaning_unloads_and_dropping_does_not():
    assert BODY.demand_m(0, 10) < BODY.demand_m(0, 0) < BODY.demand_m(10, 0)


def test_at_full_strength_the_standing_hip_carries_what_was_measured_in_people():
    state = solve(BODY, STAND, strength=1, activation=1, lean_share=0.5)

    assert 2.1 <= state.hip_force_bw <= 2.8
    assert 77 <= state.pelvic_on_femoral_deg <= 89
    assert 0.29 <= state.knee_moment_nm_per_kg <= 0.51


def test_half_the_strength_can_go_before_anything_shows():
    assert 0.40 <= threshold(BODY, STAND) <= 0.60
    assert solve(BODY, STAND, strength=0.55, activation=1, lean_share=0).drop_deg == STAND.drop_deg


def test_with_no_strength_at_all_the_pelvis_hangs_on_passive_tissue():
    state = solve(BODY, STAND, strength=0, activation=1, lean_share=0)

    assert state.holds
    assert 15 <= state.drop_deg <= 25
    assert state.abductor_force_bw == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("lean_share", [0, 0.5, 1])
def test_the_squat_at_full_strength_is_its_own_baseline(lean_share):
    state = solve(BODY, SQUAT, strength=1, activation=1, lean_share=lean_share)

    assert (state.drop_deg, state.lean_deg) == (7.4, 6.7)
    assert (state.hip_adduction_deg, state.knee_abduction_deg) == pytest.approx((10.8, 5.8))


@given(SCENES, SHARES, LEANS)
def test_less_capacity_never_gives_less_compensation(scene, share, lean_share):
    weaker = solve(BODY, scene, strength=max(0.0, share - 0.01), activation=1, lean_share=lean_share)

    stronger = solve(BODY, scene, strength=share, activation=1, lean_share=lean_share)

    for name in ("drop_deg", "lean_deg", "pf_pressure_rel"):
        assert getattr(weaker, name) >= getattr(stronger, name) - 1e-9


@given(SCENES, SHARES, LEANS)
def test_nothing_changes_above_the_threshold(scene, share, lean_share):
    state = solve(BODY, scene, strength=share, activation=1, lean_share=lean_share)

    changed = (state.drop_deg, state.lean_deg) != (scene.drop_deg, scene.lean_deg)
    assert changed == (share < threshold(BODY, scene))


@given(SCENES, SHARES, SHARES, LEANS)
def test_moments_balance_at_every_solved_state(scene, strength, activation, lean_share):
    state = solve(BODY, scene, strength=strength, activation=activation, lean_share=lean_share)
    drop, lean = state.drop_deg - scene.drop_deg, state.lean_deg - scene.lean_deg

    missing = shortage_m(BODY, scene, strength * activation, extra_drop_deg=drop, extra_lean_deg=lean)

    if not state.holds:
        assert missing > -1e-9
    elif drop or lean:
        assert missing == pytest.approx(0, abs=1e-9)
    else:
        assert missing <= 1e-9


@given(SCENES, SHARES, LEANS)
def test_the_drawn_limbs_keep_their_length_and_the_knee_its_angle(scene, share, lean_share):
    state = solve(BODY, scene, strength=share, activation=1, lean_share=lean_share)
    ankle, knee, hip = (state.points[name] for name in ("ankle", "knee", "hip"))

    assert math.dist(knee, hip) == pytest.approx(BODY.thigh_m)
    assert math.dist(ankle, knee) == pytest.approx(BODY.shank_m)
    thigh = math.atan2(hip[0] - knee[0], hip[1] - knee[1])
    shank = math.atan2(knee[0] - ankle[0], knee[1] - ankle[1])
    assert math.degrees(shank - thigh) == pytest.approx(state.knee_abduction_deg, abs=1e-6)


@given(SCENES, SHARES, SHARES, LEANS)
def test_strength_and_activation_trade_one_for_one(scene, strength, activation, lean_share):
    one = solve(BODY, scene, strength=strength, activation=activation, lean_share=lean_share)

    other = solve(BODY, scene, strength=activation, activation=strength, lean_share=lean_share)

    assert one == other


@given(SCENES, SHARES, LEANS)
def test_every_picture_stays_inside_its_limits(scene, share, lean_share):
    state = solve(BODY, scene, strength=share, activation=1, lean_share=lean_share)

    assert state.drop_deg <= BODY.drop_cap_deg + 1e-9
    assert state.lean_deg <= BODY.lean_cap_deg + 1e-9
    assert 1 <= state.pf_pressure_rel <= 1.45 + 1e-9
    assert state.lumbar_bend_deg == state.drop_deg + state.lean_deg
    if lean_share == 0:
        assert state.lean_deg == scene.lean_deg
    if lean_share == 1:
        assert state.drop_deg == scene.drop_deg
