"""The see-saw of standing on one leg, drawn to scale from the model: two arms, two pulls."""

from functools import cache
from html import escape

from screening.domain.answers import Side
from screening.domain.biomechanics import solve
from screening.domain.figures import Limb, Pose, View, joints
from screening.services.model_reader import model
from screening.services.wording import Say, speaker
from screening.views import figures

PX_PER_CM = 8.0
PX_PER_BODY_WEIGHT = 46.0
PIVOT = (134.0, 150.0)
PAPER, INK, MUSCLE, WEIGHT, BONE = "#f4f1ea", "#22302f", "#b3261e", "#33475b", "#d9c9ae"


@cache
def picture(language: str) -> str:
    """Return the see-saw as SVG text, 360 wide and 280 high, on its own paper in light and dark.

    Lengths of the arms and of the arrows are those of the model for a person of 1.70 m.
    """
    say = speaker(language)
    short_cm, long_cm, pull = arms()
    x, y = PIVOT
    left, right = x - short_cm * PX_PER_CM, x + long_cm * PX_PER_CM
    weight = (1 - model().body.leg_mass_share) * PX_PER_BODY_WEIGHT
    return "".join(
        (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 280" role="img">',
            f"<title>{escape(picture_alt(say))}</title>",
            f'<rect width="360" height="280" rx="12" fill="{PAPER}"/>',
            _hips(right, y),
            f'<g font-family="system-ui, sans-serif" font-size="13" fill="{INK}">',
            f'<rect x="{left}" y="{y - 5}" width="{right - left}" height="10" rx="5" fill="{INK}"/>',
            f'<circle cx="{x}" cy="{y}" r="12" fill="{BONE}" stroke="{INK}" stroke-width="3"/>',
            _arrow(left, y, pull * PX_PER_BODY_WEIGHT, MUSCLE),
            _arrow(right, y, weight, WEIGHT),
            _arm(left, x, y - 26, f"{short_cm:.1f} cm"),
            _arm(x, right, y - 26, f"{long_cm:.1f} cm"),
            _words(12, 24, say("connect.seesaw.muscle"), MUSCLE, "start"),
            _words(12, 42, say("connect.seesaw.pull", n=f"{pull:.1f}"), INK, "start"),
            _words(348, 24, say("connect.seesaw.weight"), WEIGHT, "end"),
            _words(x + 12, y + 42, say("connect.seesaw.hip"), INK, "start"),
            "</g></svg>",
        )
    )


@cache
def _hips(middle: float, hip_line: float) -> str:
    """Return the person behind the see-saw, pale: hips, trunk and thighs at the scale of the arms."""
    pose = Pose(pelvis=(0, 0), legs={Side.LEFT: Limb(flex=40, abd=4, bend=60)})
    parts = figures.standing(pose, joints(pose, View.FRONT))
    shapes = "".join(
        f'<path d="{part.path}" fill="{figures.INK[part.css]}" '
        f'transform="{figures.transform(part.places[0])}"/>'
        for part in parts
    )
    return (
        '<svg x="0" y="0" width="360" height="280" viewBox="0 0 360 280">'
        f'<g opacity="0.22" transform="translate({middle} {hip_line}) scale({PX_PER_CM})">{shapes}</g></svg>'
    )


def picture_alt(say: Say) -> str:
    """Say what the see-saw shows."""
    short_cm, long_cm, pull = arms()
    return say("connect.seesaw.alt", short=f"{short_cm:.1f}", long=f"{long_cm:.1f}", n=f"{pull:.1f}")


def arms() -> tuple[float, float, float]:
    """Return the short and the long arm in cm, and the muscles' pull in body weights, standing level."""
    known = model()
    state = solve(known.body, known.scenes["stand"], strength=1.0, activation=1.0, lean_share=0.5)
    return known.body.abductor_arm_m * 100, known.body.hip_spacing_m * 50, state.abductor_force_bw


def _arrow(x: float, y: float, length: float, colour: str) -> str:
    tip = y + 8 + length
    return (
        f'<path d="M{x} {y + 8}V{tip - 8}" stroke="{colour}" stroke-width="7"/>'
        f'<path d="M{x - 9} {tip - 10}h18l-9 12z" fill="{colour}"/>'
    )


def _arm(start: float, end: float, y: float, text: str) -> str:
    return (
        f'<path d="M{start} {y - 5}v10M{end} {y - 5}v10M{start} {y}H{end}" stroke="{INK}" fill="none"/>'
        + _words((start + end) / 2, y - 9, text, INK, "middle")
    )


def _words(x: float, y: float, text: str, colour: str, anchor: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}" font-weight="600">{escape(text)}</text>'
