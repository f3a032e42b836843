"""The drawn person: a skeleton in centimetres, posed by joint angles or by where hands and feet are.

One skeleton serves every drawing. Coordinates are the drawing's own: ``u`` to the right, ``y`` up, ``w``
toward the viewer, in centimetres, the floor at ``y = 0``. Seen from the front the person's left is at
``+u`` and forward is ``+w``; seen from the side the person faces ``+u`` and the right side is near.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from screening.domain.answers import Side

Point = tuple[float, float, float]

HEIGHT = 170.0
"""Body height in cm. Segment shares are those of the hip model (``model.md`` section 2)."""

THIGH = 0.245 * HEIGHT
SHANK = 0.246 * HEIGHT
HIP_WIDTH = 0.092 * HEIGHT
TRUNK = 0.288 * HEIGHT
"""Hip line to base of neck."""
LUMBOSACRAL = 0.082 * HEIGHT
"""Hip line to the joint where the spine begins."""
UPPER_ARM = 0.172 * HEIGHT
FOREARM = 0.157 * HEIGHT
SHOULDER_WIDTH = 0.2 * HEIGHT
NECK = 0.05 * HEIGHT
ANKLE_HEIGHT = 0.041 * HEIGHT


class View(StrEnum):
    """Where the viewer stands."""

    FRONT = "front"
    SIDE = "side"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limb:
    """How one leg or arm lies: by angles in degrees, or by the point its ankle or wrist reaches.

    Attributes:
        flex: Hip or shoulder, forward of straight down.
        abd: Hip or shoulder, away from the middle.
        bend: Knee (back) or elbow (forward), 0 is straight.
        lower_abd: Sideways angle of the shank or forearm, when not the same as ``abd``.
        reach: ``(u, y)`` or ``(u, y, w)`` of the ankle or wrist; overrules the angles.
        pole: Which way the knee or elbow points when reaching, as ``(u, y, w)``.
        foot: Pitch of the foot on the page, degrees: 0 is flat on the floor, 90 is toes up.
    """

    flex: float = 0.0
    abd: float = 0.0
    bend: float = 0.0
    lower_abd: float | None = None
    reach: tuple[float, ...] | None = None
    pole: Point | None = None
    foot: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """One position of the body.

    Attributes:
        pelvis: ``(u, y)`` or ``(u, y, w)`` of the middle between the hips, cm.
        roll: Turn of the pelvis on the page, degrees, anticlockwise; 90 lies the person down.
        trunk: Further turn of the trunk against the pelvis, degrees, anticlockwise.
        head: Further turn of the head against the trunk.
        legs: Left and right leg.
        arms: Left and right arm.
    """

    pelvis: tuple[float, ...]
    roll: float = 0.0
    trunk: float = 0.0
    head: float = 0.0
    legs: Mapping[Side, Limb] = field(default_factory=lambda: MappingProxyType({}))
    arms: Mapping[Side, Limb] = field(default_factory=lambda: MappingProxyType({}))


def joints(pose: Pose, view: View) -> dict[str, Point]:
    """Return where every joint is, by name, in cm.

    Names: ``pelvis, spine, neck, head`` and, per side, ``hip_, knee_, ankle_, shoulder_, elbow_, wrist_``
    followed by ``left`` or ``right``. A point out of reach is approached as far as the limb goes.
    """
    up, forward, left = _axes(pose.roll, view)
    pelvis = _point(pose.pelvis)
    found = {"pelvis": pelvis, "spine": _along(pelvis, up, LUMBOSACRAL)}
    trunk_up, trunk_forward, trunk_left = _axes(pose.roll + pose.trunk, view)
    found["neck"] = _along(found["spine"], trunk_up, TRUNK - LUMBOSACRAL)
    head_up, _, _ = _axes(pose.roll + pose.trunk + pose.head, view)
    found["head"] = _along(found["neck"], head_up, NECK)
    for side in Side:
        sign = 1.0 if side == Side.LEFT else -1.0
        out = _scaled(left, sign)
        hip = _along(pelvis, out, HIP_WIDTH / 2)
        leg = pose.legs.get(side, Limb())
        found[f"hip_{side}"] = hip
        found[f"knee_{side}"], found[f"ankle_{side}"] = _limb(
            hip, leg, (up, forward, out), (THIGH, SHANK), bends=-1.0
        )
        arm_out = _scaled(trunk_left, sign)
        shoulder = _along(_along(found["neck"], arm_out, SHOULDER_WIDTH / 2), trunk_up, -3.5)
        arm = pose.arms.get(side, Limb(abd=6.0))
        found[f"shoulder_{side}"] = shoulder
        found[f"elbow_{side}"], found[f"wrist_{side}"] = _limb(
            shoulder, arm, (trunk_up, trunk_forward, arm_out), (UPPER_ARM, FOREARM), bends=1.0
        )
    return found


def between(start: Pose, end: Pose, share: float) -> Pose:
    """Return the pose a share (0-1) of the way from start to end. Both must describe limbs alike."""

    def mix(a: float, b: float) -> float:
        return a + (b - a) * share

    def mixed(a: Limb, b: Limb) -> Limb:
        reach = None
        if a.reach is not None and b.reach is not None:
            reach = tuple(mix(x, y) for x, y in zip(_point(a.reach), _point(b.reach), strict=True))
        pole = a.pole
        if a.pole is not None and b.pole is not None:
            pole = (mix(a.pole[0], b.pole[0]), mix(a.pole[1], b.pole[1]), mix(a.pole[2], b.pole[2]))
        return Limb(
            flex=mix(a.flex, b.flex),
            abd=mix(a.abd, b.abd),
            bend=mix(a.bend, b.bend),
            lower_abd=mix(
                a.abd if a.lower_abd is None else a.lower_abd,
                b.abd if b.lower_abd is None else b.lower_abd,
            ),
            reach=reach,
            pole=pole,
            foot=mix(a.foot, b.foot),
        )

    def limbs(a: Mapping[Side, Limb], b: Mapping[Side, Limb], rest: Limb) -> Mapping[Side, Limb]:
        return {side: mixed(a.get(side, rest), b.get(side, rest)) for side in Side}

    return Pose(
        pelvis=tuple(mix(x, y) for x, y in zip(_point(start.pelvis), _point(end.pelvis), strict=True)),
        roll=mix(start.roll, end.roll),
        trunk=mix(start.trunk, end.trunk),
        head=mix(start.head, end.head),
        legs=limbs(start.legs, end.legs, Limb()),
        arms=limbs(start.arms, end.arms, Limb(abd=6.0)),
    )


def mirrored(pose: Pose) -> Pose:
    """Return a pose seen from the front with left and right exchanged, as in a mirror.

    A side view needs no such thing: its drawing is turned round instead.
    """

    def limb(each: Limb) -> Limb:
        return replace(
            each,
            reach=each.reach and (-each.reach[0], *each.reach[1:]),
            pole=each.pole and (-each.pole[0], each.pole[1], each.pole[2]),
            foot=-each.foot,
        )

    return Pose(
        pelvis=(-pose.pelvis[0], *pose.pelvis[1:]),
        roll=-pose.roll,
        trunk=-pose.trunk,
        head=-pose.head,
        legs={side.other: limb(each) for side, each in pose.legs.items()},
        arms={side.other: limb(each) for side, each in pose.arms.items()},
    )


def _axes(roll_deg: float, view: View) -> tuple[Point, Point, Point]:
    """Return up, forward and the person's left, turned on the page by roll."""
    turn = math.radians(roll_deg)
    up = (-math.sin(turn), math.cos(turn), 0.0)
    across = (math.cos(turn), math.sin(turn), 0.0)
    if view == View.FRONT:
        return up, (0.0, 0.0, 1.0), across
    return up, across, (0.0, 0.0, -1.0)


def _limb(
    root: Point, limb: Limb, axes: tuple[Point, Point, Point], lengths: tuple[float, float], *, bends: float
) -> tuple[Point, Point]:
    """Return the middle joint and the end of a two-part limb."""
    upper, lower = lengths
    if limb.reach is not None:
        pole = limb.pole or _scaled(axes[1], -bends)
        return _reach(root, _point(limb.reach, root[2]), pole, upper, lower)
    middle = _along(root, _direction(limb.flex, limb.abd, axes), upper)
    lower_abd = limb.abd if limb.lower_abd is None else limb.lower_abd
    return middle, _along(middle, _direction(limb.flex + bends * limb.bend, lower_abd, axes), lower)


def _direction(flex_deg: float, abd_deg: float, axes: tuple[Point, Point, Point]) -> Point:
    up, forward, out = axes
    flex, abd = math.radians(flex_deg), math.radians(abd_deg)
    down = math.cos(flex) * math.cos(abd)
    side = math.cos(flex) * math.sin(abd)
    ahead = math.sin(flex)
    return (
        -down * up[0] + side * out[0] + ahead * forward[0],
        -down * up[1] + side * out[1] + ahead * forward[1],
        -down * up[2] + side * out[2] + ahead * forward[2],
    )


def _reach(root: Point, target: Point, pole: Point, upper: float, lower: float) -> tuple[Point, Point]:
    """Solve a two-part limb that ends at target, its middle joint pushed toward pole."""
    line = _minus(target, root)
    wanted = _length(line) or 1e-9
    ahead = _scaled(line, 1 / wanted)
    distance = min(max(wanted, abs(upper - lower) + 1e-6), upper + lower - 1e-6)
    end = _along(root, ahead, distance)
    foot_of_middle = (upper**2 - lower**2 + distance**2) / (2 * distance)
    out = math.sqrt(max(upper**2 - foot_of_middle**2, 0.0))
    dot = sum(a * b for a, b in zip(pole, ahead, strict=True))
    across = _minus(pole, _scaled(ahead, dot))
    size = _length(across) or 1e-9
    middle = _along(_along(root, ahead, foot_of_middle), _scaled(across, 1 / size), out)
    return middle, end


def _point(values: tuple[float, ...], depth: float = 0.0) -> Point:
    return (values[0], values[1], values[2] if len(values) > 2 else depth)  # noqa: PLR2004 - (u, y[, w])


def _along(start: Point, direction: Point, by: float) -> Point:
    return (start[0] + by * direction[0], start[1] + by * direction[1], start[2] + by * direction[2])


def _scaled(vector: Point, by: float) -> Point:
    return (vector[0] * by, vector[1] * by, vector[2] * by)


def _minus(a: Point, b: Point) -> Point:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def _length(vector: Point) -> float:
    return math.sqrt(sum(each * each for each in vector))
