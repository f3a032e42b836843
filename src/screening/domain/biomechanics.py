"""The 2-D hip model: standing on one leg, seen from the front. A drawing to think with, never a measurement.

Plain statics in the frontal plane plus a few borrowed associations; every constant carries its source and
standing in ``data/model.toml``. A person's test result never drives it.

Signs: the stance foot is the origin, x is positive toward the swing side, y is up. Pelvic drop is positive
when the swing side is low, trunk lean when it goes toward the stance leg, knee abduction when the knee folds
in. Hip moments are divided by body weight, so they are lengths in metres.

Source: model.md sections 2-4; ids such as H23 point to the evidence table.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

BISECTIONS = 60
"""Steps of the search for the first state that holds: far beyond the last printed digit."""

STANDING_DROP_DEG = 1.2
"""The standing scene's own drop; passive stiffness is always taken from it (model.md step 5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """One constant with its unit, meaning, source and standing."""

    name: str
    symbol: str
    value: float
    unit: str
    what: str
    source: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One task and its own baseline, angles in degrees.

    ``kappa`` multiplies the demand; the two couplings are kept as exact fractions.
    """

    id: str
    name: str
    kappa: float
    drop_deg: float
    lean_deg: float
    hip_adduction_deg: float
    knee_abduction_deg: float
    adduction_per_drop: float
    abduction_per_adduction: float
    source: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One body's lengths (m), mass (kg) and shares; see ``Constant`` for what each is."""

    gravity_m_per_s2: float
    height_m: float
    mass_kg: float
    hip_spacing_share: float
    abductor_arm_share: float
    arm_loss_per_deg: float
    abductor_line_deg: float
    abductor_line_slope: float
    lumbosacral_share: float
    pelvis_com_share: float
    upper_body_com_share: float
    thigh_share: float
    shank_share: float
    trunk_share: float
    upper_body_mass_share: float
    pelvis_mass_share: float
    leg_mass_share: float
    leg_com_share: float
    below_knee_mass_share: float
    reference_torque_nm_per_kg: float
    hanging_drop_deg: float
    lean_range_deg: float
    drop_cap_deg: float
    lean_cap_deg: float
    arm_floor: float
    resting_q_deg: float
    pressure_per_deg: float
    pressure_limit_deg: float
    side_bend_range_deg: float
    lumbar_arm_m: float

    @property
    def hip_spacing_m(self) -> float:
        """Distance between the hip-joint centres."""
        return self.hip_spacing_share * self.height_m

    @property
    def abductor_arm_m(self) -> float:
        """Lever of the abductors, hip neutral."""
        return self.abductor_arm_share * self.height_m

    @property
    def lumbosacral_m(self) -> float:
        """Lumbosacral joint above the hip line."""
        return self.lumbosacral_share * self.height_m

    @property
    def thigh_m(self) -> float:
        """Thigh length."""
        return self.thigh_share * self.height_m

    @property
    def shank_m(self) -> float:
        """Shank length."""
        return self.shank_share * self.height_m

    def demand_m(self, drop_deg: float, lean_deg: float) -> float:
        """Return the external adduction moment about the stance hip per body weight, metres (step 1)."""
        drop, lean = math.radians(drop_deg), math.radians(lean_deg)
        half = 0.5 * self.hip_spacing_m * math.cos(drop)
        pelvis = self.pelvis_mass_share * (half + self.pelvis_com_share * self.height_m * math.sin(drop))
        upper = self.upper_body_mass_share * (
            half
            + self.lumbosacral_m * math.sin(drop)
            - self.upper_body_com_share * self.height_m * math.sin(lean)
        )
        return pelvis + upper + self.leg_mass_share * self.hip_spacing_m * math.cos(drop)

    def arm_factor(self, extra_drop_deg: float) -> float:
        """Return the share of the abductors' lever that is left after an extra drop (step 3)."""
        return max(self.arm_floor, 1 - self.arm_loss_per_deg * extra_drop_deg)

    def capacity_m(self, share: float, extra_drop_deg: float = 0.0) -> float:
        """Return what the abductors can supply per body weight, metres; share is strength x activation."""
        reference = self.reference_torque_nm_per_kg / self.gravity_m_per_s2
        return share * reference * self.arm_factor(extra_drop_deg)

    @property
    def stiffness_m_per_deg(self) -> float:
        """Passive stiffness per body weight: a fully paralysed hip hangs at ``hanging_drop_deg`` (step 5)."""
        return self.demand_m(STANDING_DROP_DEG + self.hanging_drop_deg, 0.0) / self.hanging_drop_deg


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One solved state. Angles in degrees, forces in body weights, moments in N·m/kg, the rest relative.

    ``holds`` is False where the person would need a hand for support.
    """

    drop_deg: float
    lean_deg: float
    hip_adduction_deg: float
    knee_abduction_deg: float
    utilisation: float
    abductor_force_bw: float
    hip_force_bw: float
    pf_pressure_rel: float
    lateral_pull_rel: float
    lumbar_bend_deg: float
    lumbar_bend_share: float
    pelvic_on_femoral_deg: float
    knee_moment_nm_per_kg: float
    spine_moment_nm: float
    spine_compression_n: float
    holds: bool
    points: Mapping[str, tuple[float, float]]
    """The stick figure, metres: ankle, knee, hip, swing_hip, pelvis, spine, neck."""


def threshold(body: Body, scene: Scene) -> float:
    """Return the strength x activation below which something visible changes."""
    need = scene.kappa * body.demand_m(scene.drop_deg, scene.lean_deg)
    return need * body.gravity_m_per_s2 / body.reference_torque_nm_per_kg


def solve(body: Body, scene: Scene, *, strength: float, activation: float, lean_share: float) -> State:
    """Solve one state.

    Args:
        body: The body.
        scene: The task.
        strength: Share of the reference, 0-1.2.
        activation: Share, 0-1.2. Strength and activation trade one for one.
        lean_share: 0 lets the pelvis drop, 1 leans the trunk.

    Source: model.md section 3, steps 6-19.
    """
    share = strength * activation
    extra_drop, extra_lean, holds = _compensation(body, scene, share, lean_share)
    drop, lean = scene.drop_deg + extra_drop, scene.lean_deg + extra_lean
    adduction = scene.hip_adduction_deg + scene.adduction_per_drop * extra_drop
    knee = scene.knee_abduction_deg + scene.abduction_per_adduction * (adduction - scene.hip_adduction_deg)
    demand = body.demand_m(drop, lean)
    needed = max(0.0, scene.kappa * demand - body.stiffness_m_per_deg * extra_drop)
    force = needed / (body.abductor_arm_m * body.arm_factor(extra_drop))
    line = math.radians(body.abductor_line_deg - body.abductor_line_slope * extra_drop)
    hip_force = math.hypot(
        scene.kappa * (1 - body.leg_mass_share) + force * math.cos(line), force * math.sin(line)
    )
    more_q = knee - scene.knee_abduction_deg
    pull = math.sin(math.radians(body.resting_q_deg + more_q)) / math.sin(math.radians(body.resting_q_deg))
    weight = body.mass_kg * body.gravity_m_per_s2 * body.upper_body_mass_share * scene.kappa
    moment = weight * body.upper_body_com_share * body.height_m * math.sin(math.radians(lean))
    points, outward_deg = _stick_figure(body, drop, lean, knee, demand)
    weight_above_knee = body.gravity_m_per_s2 * (1 - body.below_knee_mass_share)
    return State(
        drop_deg=drop,
        lean_deg=lean,
        hip_adduction_deg=adduction,
        knee_abduction_deg=knee,
        utilisation=utilisation(body, scene, share),
        abductor_force_bw=force,
        hip_force_bw=hip_force,
        pf_pressure_rel=1 + body.pressure_per_deg * min(max(more_q, 0.0), body.pressure_limit_deg),
        lateral_pull_rel=pull,
        lumbar_bend_deg=drop + lean,
        lumbar_bend_share=(drop + lean) / body.side_bend_range_deg,
        pelvic_on_femoral_deg=90 - drop - outward_deg,
        knee_moment_nm_per_kg=-points["knee"][0] * weight_above_knee,
        spine_moment_nm=moment,
        spine_compression_n=weight * math.cos(math.radians(lean)) + abs(moment) / body.lumbar_arm_m,
        holds=holds,
        points=points,
    )


def utilisation(body: Body, scene: Scene, share: float) -> float:
    """Return the baseline need as a share of capacity (step 6)."""
    need = scene.kappa * body.demand_m(scene.drop_deg, scene.lean_deg)
    return need / max(1e-9, body.capacity_m(share))


def shortage_m(
    body: Body, scene: Scene, share: float, *, extra_drop_deg: float, extra_lean_deg: float
) -> float:
    """Return what is missing to hold the pelvis there, per body weight, metres; 0 in balance (step 8)."""
    demand = body.demand_m(scene.drop_deg + extra_drop_deg, scene.lean_deg + extra_lean_deg)
    passive = body.stiffness_m_per_deg * extra_drop_deg
    return scene.kappa * demand - passive - body.capacity_m(share, extra_drop_deg)


def _compensation(body: Body, scene: Scene, share: float, lean_share: float) -> tuple[float, float, bool]:
    """Return extra drop and lean (degrees) and whether the state holds (steps 7-10)."""

    def at(x: float) -> tuple[float, float]:
        return (1 - lean_share) * x * body.hanging_drop_deg, lean_share * x * body.lean_range_deg

    def missing(x: float) -> float:
        drop, lean = at(x)
        return shortage_m(body, scene, share, extra_drop_deg=drop, extra_lean_deg=lean)

    x, holds = 0.0, True
    if missing(0.0) > 0:
        x, holds = 1.0, missing(1.0) <= 0
        if holds:
            low = 0.0
            for _ in range(BISECTIONS):
                middle = (low + x) / 2
                if missing(middle) > 0:
                    low = middle
                else:
                    x = middle
    drop, lean = at(x)
    most_drop, most_lean = body.drop_cap_deg - scene.drop_deg, body.lean_cap_deg - scene.lean_deg
    if drop > most_drop or lean > most_lean:
        drop, lean, holds = min(drop, most_drop), min(lean, most_lean), False
    return drop, lean, holds


def _stick_figure(
    body: Body, drop_deg: float, lean_deg: float, knee_deg: float, demand_m: float
) -> tuple[Mapping[str, tuple[float, float]], float]:
    """Return the joints (metres) and how far the ankle-hip line leans out, degrees (step 17)."""
    drop, lean, knee = (math.radians(each) for each in (drop_deg, lean_deg, knee_deg))
    thigh, shank = body.thigh_m, body.shank_m
    out = demand_m / (1 - body.leg_com_share * body.leg_mass_share)
    reach = math.sqrt(thigh**2 + shank**2 + 2 * thigh * shank * math.cos(knee))
    hip = (-out, math.sqrt(reach**2 - out**2))
    bent = math.atan2(thigh * math.sin(knee), shank + thigh * math.cos(knee))
    direction = math.pi - math.atan2(hip[1], out) - bent
    spacing = body.hip_spacing_m
    swing = (hip[0] + spacing * math.cos(drop), hip[1] - spacing * math.sin(drop))
    pelvis = ((hip[0] + swing[0]) / 2, (hip[1] + swing[1]) / 2)
    spine = (
        pelvis[0] + body.lumbosacral_m * math.sin(drop),
        pelvis[1] + body.lumbosacral_m * math.cos(drop),
    )
    above = body.trunk_share * body.height_m - body.lumbosacral_m
    points = {
        "ankle": (0.0, 0.0),
        "knee": (shank * math.cos(direction), shank * math.sin(direction)),
        "hip": hip,
        "swing_hip": swing,
        "pelvis": pelvis,
        "spine": spine,
        "neck": (spine[0] - above * math.sin(lean), spine[1] + above * math.cos(lean)),
    }
    return points, math.degrees(math.asin(out / reach))
