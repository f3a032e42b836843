"""The drawn person as a value: pose data in, shapes and their places out, as SVG or for the browser.

Every part is one smooth outline in its own frame (origin at its upper joint, y toward its lower joint, cm)
and one transform per frame of the motion. Python does all the geometry; the browser only moves parts.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from screening.domain import figures as body
from screening.domain.answers import Side
from screening.domain.figures import Point, Pose, View
from screening.services.datafiles import toml_of_package

FRAMES = 13
"""Frames from one position to the next; between them a straight line is near enough on a phone."""

Place = tuple[float, float, float, float]
"""x and y in the drawing (y down, cm), angle in degrees clockwise, stretch along the part."""


@dataclass(frozen=True, slots=True)
class Part:
    """One outline: its class (colour), its path in its own frame, and its place in every frame."""

    name: str
    css: str
    path: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing with its motion.

    Attributes:
        box: ``(x, y, width, height)`` of the view box, cm, y down.
        scenery: Fixed outlines behind the person: ``(class, path)``.
        parts: Outlines of the person, back to front.
        stops: Indices of the frames where the person rests (start, end, and any stage between).
    """

    box: tuple[float, float, float, float]
    scenery: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    stops: tuple[int, ...]

    def data(self) -> dict[str, Any]:
        """Return plain values for the drawing component; numbers rounded to 0.1."""
        return {
            "box": list(self.box),
            "scenery": [list(each) for each in self.scenery],
            "parts": [
                {
                    "css": part.css,
                    "path": part.path,
                    "places": [[round(n, 3 if i == 3 else 1) for i, n in enumerate(p)] for p in part.places],  # noqa: PLR2004
                }
                for part in self.parts
            ],
            "stops": list(self.stops),
        }

    def svg(self, frame: int, *, title: str) -> str:
        """Return one frame as SVG text with a title for assistive technology."""
        x, y, width, height = self.box
        shapes = [f'<path class="{css}" d="{path}"/>' for css, path in self.scenery]
        shapes += [
            f'<path class="{part.css}" d="{part.path}" transform="{transform(part.places[frame])}"/>'
            for part in self.parts
        ]
        named = title.replace("&", "&amp;").replace("<", "&lt;")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {width} {height}" role="img">'
            f"<title>{named}</title><style>{STYLE}</style>{''.join(shapes)}</svg>"
        )


INK = {
    "skin": "#d3a184",
    "skin far": "#b98a70",
    "shirt": "#3d8a8f",
    "shirt far": "#2f6f74",
    "shorts": "#33475b",
    "shorts far": "#283848",
    "hair": "#4a3b34",
    "muscle": "#e4572e",
    "floor": "#8b9490",
    "thing": "#c9b79c",
    "thing dark": "#a8977d",
    "wall": "#dcd8cc",
    "mat": "#9db8b0",
}
"""Fill colours by what is drawn, the same in light and dark: the drawing has its own paper."""

STYLE = "".join(f".{css.replace(' ', '.')}{{fill:{colour}}}" for css, colour in INK.items())


def drawing(data: Mapping[str, Any], side: Side | None) -> Drawing:
    """Build the drawing of one test for one side from its pose data.

    The data are drawn for the side named in ``drawn_for``; the other side is mirrored.

    Args:
        data: One table of ``data/poses/<test>.toml`` as the catalogue reads it.
        side: The side being tested, or None for both legs together.
    """
    view = View(data["view"])
    drawn_for = Side(data["drawn_for"])
    poses = [pose(each) for each in data["pose"]]
    turned = side is not None and side != drawn_for
    if turned and view == View.FRONT:
        poses = [body.mirrored(each) for each in poses]
    frames, stops = _frames(poses)
    found = [body.joints(each, view) for each in frames]
    if view == View.FRONT:
        parts = _front(frames, found, data, side or drawn_for)
    else:
        parts = _side(frames, found, data, drawn_for)
        if turned:
            parts = tuple(_turned_round(part) for part in parts)
    u0, y0, u1, y1 = data["box"]
    if turned:
        u0, u1 = -u1, -u0
    scenery = tuple(_scenery(each, flipped=turned) for each in data.get("scenery", ()))
    return Drawing(box=(u0, -y1, u1 - u0, y1 - y0), scenery=scenery, parts=parts, stops=stops)


def standing(one: Pose, found: Mapping[str, Point]) -> tuple[Part, ...]:
    """Return the parts of one still pose seen from the front, no muscle marked."""
    return _front([one], [found], {}, Side.LEFT)


def pose(table: Mapping[str, Any]) -> Pose:
    """Read one pose from its table."""

    def limb(each: Mapping[str, Any]) -> body.Limb:
        values = dict(each)
        for name in ("reach", "pole"):
            if name in values:
                values[name] = tuple(float(n) for n in values[name])
        return body.Limb(**values)

    return Pose(
        pelvis=tuple(float(n) for n in table["pelvis"]),
        roll=float(table.get("roll", 0)),
        trunk=float(table.get("trunk", 0)),
        head=float(table.get("head", 0)),
        legs={Side(name): limb(each) for name, each in table.get("leg", {}).items()},
        arms={Side(name): limb(each) for name, each in table.get("arm", {}).items()},
    )


def _frames(poses: Sequence[Pose]) -> tuple[list[Pose], tuple[int, ...]]:
    frames, stops = [poses[0]], [0]
    for start, end in pairwise(poses):
        frames += [body.between(start, end, step / (FRAMES - 1)) for step in range(1, FRAMES)]
        stops.append(len(frames) - 1)
    return frames, tuple(stops)


def transform(place: Place) -> str:
    """Return the SVG transform of a place; a negative stretch mirrors the outline across its own line."""
    x, y, angle, stretch = place
    across = -1 if stretch < 0 else 1
    return f"translate({x:.1f} {y:.1f}) rotate({angle:.1f}) scale({across} {abs(stretch):.3f})"


def _turned_round(part: Part) -> Part:
    """Turn a side view round: the person faces the other way. A negative stretch mirrors the outline."""
    return Part(
        part.name,
        part.css,
        part.path,
        tuple((-x, y, -angle, -stretch) for x, y, angle, stretch in part.places),
    )


# --- where parts go -----------------------------------------------------------------------------------


def _bone(start: Point, end: Point, length: float) -> Place:
    """Place a part drawn along +y on the line from start to end, shortened as the viewer sees it."""
    du, dy = end[0] - start[0], -(end[1] - start[1])
    seen = math.hypot(du, dy)
    angle = math.degrees(math.atan2(-du, dy)) if seen > 1e-6 else 0.0  # noqa: PLR2004 - a point has no direction
    return (start[0], -start[1], angle, max(seen / length, 0.05))


def _frame(at: Point, roll: float) -> Place:
    return (at[0], -at[1], -roll, 1.0)


def _smooth(places: Sequence[Place]) -> tuple[Place, ...]:
    """Keep angles continuous from frame to frame, so that nothing spins."""
    found = [places[0]]
    for x, y, angle, stretch in places[1:]:
        before = found[-1][2]
        found.append((x, y, before + (angle - before + 180) % 360 - 180, stretch))
    return tuple(found)


class _Figure:
    """Collects the parts of one person over all frames, back to front."""

    def __init__(self, frames: Sequence[Pose], found: Sequence[Mapping[str, Point]]) -> None:
        self.frames = frames
        self.found = found
        self.parts: list[Part] = []

    def bone(self, name: str, css: str, path: str, ends: tuple[str, str], length: float) -> None:
        places = [_bone(at[ends[0]], at[ends[1]], length) for at in self.found]
        self.parts.append(Part(name, css, path, _smooth(places)))

    def fixed(self, name: str, css: str, path: str, joint: str, angles: Sequence[float]) -> None:
        places = [_frame(at[joint], angle) for at, angle in zip(self.found, angles, strict=True)]
        self.parts.append(Part(name, css, path, _smooth(places)))

    @property
    def rolls(self) -> list[float]:
        return [each.roll for each in self.frames]

    @property
    def trunks(self) -> list[float]:
        return [each.roll + each.trunk for each in self.frames]

    @property
    def heads(self) -> list[float]:
        return [each.roll + each.trunk + each.head for each in self.frames]

    def feet(self, side: Side) -> list[float]:
        return [each.legs[side].foot if side in each.legs else 0.0 for each in self.frames]

    def leg(self, side: Side, view: View, *, far: bool = False) -> None:
        shade = " far" if far else ""
        shape = _shapes(view)
        upper, lower = (f"hip_{side}", f"knee_{side}"), (f"knee_{side}", f"ankle_{side}")
        self.fixed(f"foot_{side}", f"skin{shade}", shape["foot"], f"ankle_{side}", self.feet(side))
        self.bone(f"shank_{side}", f"skin{shade}", shape["shank"], lower, body.SHANK)
        self.bone(f"thigh_{side}", f"skin{shade}", shape["thigh"], upper, body.THIGH)
        self.bone(f"short_{side}", f"shorts{shade}", shape["short"], upper, body.THIGH)

    def arm(self, side: Side, view: View, *, far: bool = False) -> None:
        shade = " far" if far else ""
        shape = _shapes(view)
        upper, lower = (f"shoulder_{side}", f"elbow_{side}"), (f"elbow_{side}", f"wrist_{side}")
        self.bone(f"upper_{side}", f"skin{shade}", shape["upper"], upper, body.UPPER_ARM)
        self.bone(f"fore_{side}", f"skin{shade}", shape["fore"], lower, body.FOREARM)
        self.bone(f"sleeve_{side}", f"shirt{shade}", shape["sleeve"], upper, body.UPPER_ARM)

    def middle(self, view: View) -> None:
        shape = _shapes(view)
        self.fixed("neck", "skin", shape["neck"], "neck", self.heads)
        self.fixed("pelvis", "shorts", shape["pelvis"], "pelvis", self.rolls)
        self.fixed("torso", "shirt", shape["torso"], "spine", self.trunks)
        self.fixed("head", "skin", shape["head"], "head", self.heads)
        self.fixed("hair", "hair", shape["hair"], "head", self.heads)

    def muscles(self, names: Sequence[str], view: View, tested: Side) -> None:
        for name in names:
            path = _muscle(name, view, tested)
            on_trunk = name.startswith("trunk")
            joint, angles = ("spine", self.trunks) if on_trunk else ("pelvis", self.rolls)
            self.fixed(name, "muscle", path, joint, angles)


def _front(
    frames: Sequence[Pose], found: Sequence[Mapping[str, Point]], data: Mapping[str, Any], tested: Side
) -> tuple[Part, ...]:
    figure = _Figure(frames, found)
    in_front = bool(data.get("arms_in_front", False))
    if not in_front:
        for side in Side:
            figure.arm(side, View.FRONT)
    for side in (tested.other, tested):
        figure.leg(side, View.FRONT, far=side != tested and bool(data.get("other_leg_behind", False)))
    figure.middle(View.FRONT)
    if in_front:
        for side in Side:
            figure.arm(side, View.FRONT)
    figure.muscles(data.get("muscles", ()), View.FRONT, tested)
    return tuple(figure.parts)


def _side(
    frames: Sequence[Pose], found: Sequence[Mapping[str, Point]], data: Mapping[str, Any], near: Side
) -> tuple[Part, ...]:
    figure = _Figure(frames, found)
    figure.arm(near.other, View.SIDE, far=True)
    figure.leg(near.other, View.SIDE, far=True)
    figure.middle(View.SIDE)
    figure.leg(near, View.SIDE)
    figure.muscles(data.get("muscles", ()), View.SIDE, near)
    figure.arm(near, View.SIDE)
    return tuple(figure.parts)


# --- outlines -----------------------------------------------------------------------------------------


def outline(points: Sequence[Sequence[float]]) -> str:
    """Return a smooth closed path through the points (Catmull-Rom)."""
    count = len(points)
    path = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for i in range(count):
        p0, p1, p2, p3 = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        c1 = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        c2 = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        path.append(f"C{c1[0]:.1f} {c1[1]:.1f} {c2[0]:.1f} {c2[1]:.1f} {p2[0]:.1f} {p2[1]:.1f}")
    return "".join(path) + "Z"


def _along_bone(length: float, stations: Sequence[Sequence[float]], cap: float) -> str:
    """Return the outline of a limb: stations are (share of length, width at +x, width at -x)."""
    front = [(w, t * length) for t, w, _ in stations]
    back = [(-w, t * length) for t, _, w in reversed(stations)]
    first, last = stations[0], stations[-1]
    top = (0.0, first[0] * length - cap * first[1])
    bottom = (0.0, last[0] * length + cap * last[1])
    return outline([top, *front, bottom, *back])


@cache
def _shapes(view: View) -> Mapping[str, str]:
    """Return the outlines of all parts, from ``data/body.toml``."""
    known = toml_of_package("body.toml")
    lengths = {
        "upper": body.UPPER_ARM, "sleeve": body.UPPER_ARM, "fore": body.FOREARM,
        "thigh": body.THIGH, "short": body.THIGH, "shank": body.SHANK,
    }  # fmt: skip
    limbs = known["limb"]["both"] | known["limb"][view]
    shapes = {name: _along_bone(lengths[name], limb["stations"], limb["cap"]) for name, limb in limbs.items()}
    return shapes | {name: outline(points) for name, points in known["part"][view].items()}


def _muscle(name: str, view: View, tested: Side) -> str:
    """Return a muscle's outline in the frame of pelvis or trunk, on the tested side."""
    sign = -1.0 if view == View.FRONT and tested == Side.RIGHT else 1.0
    points = toml_of_package("body.toml")["muscle"][view][name]
    return outline([(sign * x, y) for x, y in points])


def _scenery(table: Mapping[str, Any], *, flipped: bool) -> tuple[str, str]:
    """Return (class, path) of one fixed thing: a polygon in cm with rounded joins drawn as is."""
    sign = -1.0 if flipped else 1.0
    points = [(sign * float(u), -float(y)) for u, y in table["points"]]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"
    return str(table["css"]), path
