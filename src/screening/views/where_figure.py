"""Where a person's own pain and findings sit: front and back of the body, a sentence and a list.

The picture shows places, never angles: nobody's result moves the figure of "How it connects".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from screening.domain import figures as body
from screening.domain.answers import NO_PAIN, Side
from screening.domain.figures import View
from screening.domain.instruments import Instruments, Spot
from screening.domain.outcome import DomainFinding, Finding
from screening.services.poses import body_map
from screening.services.wording import Say
from screening.views import figures

WIDTH, TOP, HEIGHT = 240, 34, 352
"""One view of the body: wide enough for a hip, a knee and their marks; the sides' names stand below."""

VIEWS = ("front", "back")
PAPER, INK, PAIN, SHOWN, CLEAR = "#f4f1ea", "#22302f", "#b3261e", "#7a4300", "#0b5c60"
FILLS = {"skin": "#d9b59d", "shirt": "#a9c4c2", "shorts": "#8d9cab", "hair": "#6d615b"}
MARK = 15
SIDE_NAME = 84

LETTERS = {"side_of_hip": "A", "back_of_hip": "B", "control": "C", "trunk": "D"}
"""The domains' letters on the picture and in its list."""

_ZONES = {
    "side_of_hip": ("front", (50, -14, 17, 34), (72, -54)),
    "back_of_hip": ("back", (34, 4, 26, 28), (66, -30)),
    "control": ("front", (72, 107, 25, 30), (30, 98)),
    "trunk": ("front", (36, -80, 15, 28), (62, -92)),
}
"""Domain: the view, its zone (middle and radii) and its letter's place, on the body map's right side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark of the picture and its line in the list."""

    sign: str
    place: str
    what: str


def picture(known: Instruments, spots: Sequence[str], domains: Sequence[DomainFinding], say: Say) -> str:
    """Return the picture as SVG text, on its own paper in light and dark.

    Args:
        known: For the spots' sides.
        spots: Where it hurts, as marked.
        domains: The four domains, left and right.
        say: The visit's sentences.
    """
    views = "".join(_view(name, known, spots, domains, say) for name in VIEWS)
    words = escape(picture_alt(spots, domains, say))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {HEIGHT}" role="img">'
        f"<title>{words}</title>"
        f'<rect width="{2 * WIDTH}" height="{HEIGHT}" rx="14" fill="{PAPER}"/>{views}</svg>'
    )


def picture_alt(spots: Sequence[str], domains: Sequence[DomainFinding], say: Say) -> str:
    """Say what the picture shows."""
    hurting = [say(f"spot.{each}") for each in spots if each != NO_PAIN]
    pain = (
        say("where_figure.alt_pain", places="; ".join(hurting))
        if hurting
        else say("where_figure.alt_no_pain")
    )
    shown = [
        _place(each, Finding.WORTH_SHOWING, say) for each in domains if Finding.WORTH_SHOWING in _both(each)
    ]
    found = (
        say("where_figure.alt_found", places="; ".join(shown)) if shown else say("where_figure.alt_no_found")
    )
    return say("where_figure.alt", pain=pain, found=found)


def marks(spots: Sequence[str], domains: Sequence[DomainFinding], say: Say) -> tuple[Mark, ...]:
    """Return every mark in words: first where it hurts, then what the tests looked at."""
    hurting = [each for each in spots if each != NO_PAIN]
    told = [
        Mark(sign=str(n), place=say(f"spot.{each}"), what=say("where_figure.pain"))
        for n, each in enumerate(hurting, start=1)
    ]
    seen = [
        Mark(sign=LETTERS[each.id], place=_place(each, found, say), what=say(f"finding.{found}"))
        for each in domains
        for found in dict.fromkeys(_both(each))
        if found != Finding.NOT_TESTED
    ]
    return (*told, *seen)


def _both(domain: DomainFinding) -> tuple[Finding, Finding]:
    return domain.left, domain.right


def _place(domain: DomainFinding, found: Finding, say: Say) -> str:
    name = say(f"domain.{domain.id}.name")
    if domain.left == domain.right:
        return say("where_figure.both_sides", left=name)
    side = Side.LEFT if domain.left == found else Side.RIGHT
    return f"{name}, {say(f'side.{side}').lower()}"


# --- the drawing --------------------------------------------------------------------------------------


def _view(
    name: str, known: Instruments, spots: Sequence[str], domains: Sequence[DomainFinding], say: Say
) -> str:
    hip_x, hip_y = body_map()["hip"]
    shapes = [_body(name), *_zones(name, domains), *_spots(name, known, spots), *_names(name, say)]
    return (
        f'<svg x="{WIDTH * VIEWS.index(name)}" y="0" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="{hip_x - WIDTH / 2} {TOP} {WIDTH} {HEIGHT}">'
        f'<g transform="translate({hip_x} {hip_y})">{"".join(shapes)}</g></svg>'
    )


def _names(name: str, say: Say) -> Iterable[str]:
    """Name the view under its middle and the sides under its legs."""
    below = HEIGHT + TOP - body_map()["hip"][1] - 10
    yield _word(0, below, 16, say(f"body_map.view.{name}"))
    for side in Side:
        yield _word(_turn(name, side) * SIDE_NAME, below, 18, say(f"side.{side}"))


def _word(x: float, y: float, size: int, words: str) -> str:
    return f'<text x="{x}" y="{y}" {_text(size)} fill="{INK}">{escape(words)}</text>'


@cache
def _body(name: str) -> str:
    """Return the outlines of the body, the same as on the map where the spots were tapped."""
    places = body_map()
    pose = figures.pose(places["pose"])
    parts = figures.standing(pose, body.joints(pose, View.FRONT))
    shapes = "".join(
        f'<path d="{part.path}" transform="{figures.transform(part.places[0])}" '
        f'fill="{FILLS["hair" if name == "back" and part.name == "head" else part.css]}"/>'
        for part in parts
        if not (name == "back" and part.name == "hair")
    )
    return f'<g transform="scale({places["scale"]})">{shapes}</g>'


def _turn(name: str, side: Side) -> int:
    """Return the sign of x: seen from the front a person's right is on the viewer's left."""
    return -1 if (name == "front") == (side == Side.RIGHT) else 1


def _zones(name: str, domains: Sequence[DomainFinding]) -> Iterable[str]:
    for each in domains:
        view, (x, y, rx, ry), (at_x, at_y) = _ZONES[each.id]
        if view != name:
            continue
        for side, found in ((Side.LEFT, each.left), (Side.RIGHT, each.right)):
            if found == Finding.NOT_TESTED:
                continue
            turn = _turn(name, side)
            yield _zone(turn * x, y, rx, ry, found)
            yield _letter(turn * at_x, at_y, LETTERS[each.id], found)


_LINES = {
    Finding.WORTH_SHOWING: (SHOWN, 4, ""),
    Finding.NO_SIGNAL: (CLEAR, 2, ""),
    Finding.CANNOT_TELL: (INK, 2, "4 5"),
}


def _zone(x: float, y: float, rx: float, ry: float, found: Finding) -> str:
    colour, width, dash = _LINES[found]
    fill = f'fill="{colour}" fill-opacity="{0.45 if found == Finding.WORTH_SHOWING else 0.12}"'
    return (
        f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" {fill} stroke="{colour}" '
        f'stroke-width="{width}" stroke-dasharray="{dash}"/>'
    )


def _letter(x: float, y: float, letter: str, found: Finding) -> str:
    colour, _, dash = _LINES[found]
    full = found == Finding.WORTH_SHOWING
    size = 2 * MARK - 2
    return (
        f'<rect x="{x - MARK + 1}" y="{y - MARK + 1}" width="{size}" height="{size}" rx="6" '
        f'fill="{colour if full else PAPER}" stroke="{colour}" stroke-width="3" stroke-dasharray="{dash}"/>'
        f'<text x="{x}" y="{y + 7}" {_text(20)} fill="{"#fff" if full else colour}">{letter}</text>'
    )


def _spots(name: str, known: Instruments, spots: Sequence[str]) -> Iterable[str]:
    places = body_map()[name]
    hurting = [each for each in spots if each != NO_PAIN]
    for number, each in enumerate(hurting, start=1):
        stem = each.removeprefix("spot-").removesuffix("-left").removesuffix("-right")
        if stem not in places:
            continue
        x, y, *leads_to = places[stem]
        spot: Spot = known.spots[each]
        turn = _turn(name, Side(spot.side)) if spot.side in set(Side) else 1
        if leads_to:
            end = f'x2="{turn * leads_to[0]}" y2="{leads_to[1]}"'
            yield f'<line x1="{turn * x}" y1="{y}" {end} stroke="{INK}" stroke-width="2.5"/>'
        yield (
            f'<circle cx="{turn * x}" cy="{y}" r="{MARK}" fill="{PAIN}" stroke="#fff" stroke-width="2.5"/>'
            f'<text x="{turn * x}" y="{y + 7}" {_text(20)} fill="#fff">{number}</text>'
        )


def _text(size: int) -> str:
    return f'font-family="system-ui, sans-serif" font-size="{size}" font-weight="700" text-anchor="middle"'
