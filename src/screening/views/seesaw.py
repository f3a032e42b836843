"""The see-saw of standing on one leg, drawn to scale from the model: two arms, two pulls."""

from functools import cache
from html import escape

from screening.domain.answers import Side
from screening.domain.biomechanics import solve
from screening.domain.figures import Limb, Pose, View, joints
from screening.services.model_reader import model
from screening.services.wording import Say, speaker
from screening.views import figures

PX_PER_CM = 10.0
PX_PER_BODY_WEIGHT = 62.0
PIVOT = (120.0, 108.0)
WIDTH, HEIGHT = 360, 292
PAPER, INK, MUSCLE, WEIGHT, BONE = "#f4f1ea", "#22302f", "#b3261e", "#33475b", "#d9c9ae"
HALO = f'paint-order="stroke" stroke="{PAPER}" stroke-width="4" stroke-linejoin="round"'
CREST_CM = ((-14.0, -11.0), (-11.0, -14.0), (-7.5, -15.0))
"""Where the muscle starts on the pelvis, from the middle between the hips, y down."""


@cache
def picture(language: str) -> str:
    """Return the see-saw as SVG text, on its own paper in light and dark.

    Arms and arrows are those of the model for a person of 1.70 m, each kind on one scale: the weight of
    the body times the long arm is the pull of the muscle times the short one.
    """
    say = speaker(language)
    short_cm, long_cm, pull = arms()
    x, y = PIVOT
    left, right = x - short_cm * PX_PER_CM, x + long_cm * PX_PER_CM
    tip, far_tip = _tip(y, pull), _tip(y, 1.0)
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
            f"<title>{escape(picture_alt(say))}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" rx="12" fill="{PAPER}"/>',
            _hips(right, y),
            _muscle(left, right, y),
            f'<g font-family="system-ui, sans-serif" font-size="15" fill="{INK}">',
            f'<rect x="{left}" y="{y - 5}" width="{right - left}" height="10" rx="5" fill="{INK}"/>',
            f'<circle cx="{x}" cy="{y}" r="12" fill="{BONE}" stroke="{INK}" stroke-width="3"/>',
            _arrow(left, y, tip, MUSCLE),
            _arrow(right, y, far_tip, WEIGHT),
            _arm(left, x, y - 26, f"{short_cm:.1f} cm"),
            _arm(x, right, y - 26, f"{long_cm:.1f} cm"),
            _words(left, tip + 20, say("connect.seesaw.muscle"), MUSCLE, "middle"),
            _words(left, tip + 39, say("connect.seesaw.pull", n=f"{pull:.1f}"), INK, "middle"),
            _words(right, far_tip + 20, say("connect.seesaw.weight"), WEIGHT, "middle"),
            _words(right, far_tip + 39, say("connect.seesaw.pull", n="1"), INK, "middle"),
            _words((x + right) / 2, y + 34, say("connect.seesaw.hip"), INK, "middle"),
            "</g></svg>",
        )
    )


def picture_rows(say: Say) -> list[dict[str, str]]:
    """Return the table twin: arm and pull of muscle and weight."""
    short_cm, long_cm, pull = arms()
    heads = [say(f"connect.seesaw.{each}") for each in ("what", "arm", "how_hard")]
    rows = (
        (say("connect.seesaw.muscle"), f"{short_cm:.1f} cm", say("connect.seesaw.pull", n=f"{pull:.1f}")),
        (say("connect.seesaw.weight"), f"{long_cm:.1f} cm", say("connect.seesaw.pull", n="1")),
    )
    return [dict(zip(heads, row, strict=True)) for row in rows]


def _tip(beam: float, pull: float) -> float:
    return beam + 8 + pull * PX_PER_BODY_WEIGHT


def _muscle(trochanter: float, middle: float, hip_line: float) -> str:
    crest = "".join(f"L{middle + dx * PX_PER_CM:.0f} {hip_line + dy * PX_PER_CM:.0f}" for dx, dy in CREST_CM)
    return (
        f'<path d="M{trochanter:.0f} {hip_line:.0f}{crest}Z" fill="{MUSCLE}" stroke="{MUSCLE}" '
        'stroke-width="14" stroke-linejoin="round" opacity="0.3"/>'
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
        f'<svg x="0" y="0" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<g opacity="0.28" transform="translate({middle} {hip_line}) scale({PX_PER_CM})">{shapes}</g></svg>'
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


def _arrow(x: float, y: float, tip: float, colour: str) -> str:
    return (
        f'<path d="M{x:.1f} {y + 8}V{tip - 8:.1f}" stroke="{colour}" stroke-width="7"/>'
        f'<path d="M{x - 9:.1f} {tip - 10:.1f}h18l-9 12z" fill="{colour}"/>'
    )


def _arm(start: float, end: float, y: float, text: str) -> str:
    return (
        f'<path d="M{start} {y - 5}v10M{end} {y - 5}v10M{start} {y}H{end}" stroke="{INK}" fill="none"/>'
        + _words((start + end) / 2, y - 9, text, INK, "middle")
    )


def _words(x: float, y: float, text: str, colour: str, anchor: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}" font-weight="600" {HALO}>{escape(text)}</text>'
