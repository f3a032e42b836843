"""Then and now as a picture: one line per side, and how far a test can wobble. As values, like ``charts``.

Higher up is better on every picture; where a lower number is better the scale is turned round. A person's
numbers are put in at draw time; no cache holds any.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from screening.domain.selftests import SelfTest
from screening.services.wording import Say
from screening.views import chart_parts as parts
from screening.views.chart_parts import Row, Spec
from screening.views.charts import ORDINAL_UNITS, number
from screening.views.theme import Look

HEAD_PX, PLOT_PX, FOOT_PX = 64, 112, 44
"""The name of a side over it, the plot, and the days under it."""

EDGE = {1: 0.12, 2: 0.2}
"""Room for a number left and right of a line, as a part of a panel, by how many panels there are."""

ABOVE_PX, BELOW_PX = -17, 18
"""From a mark to its number."""

HIGHEST_PAIN = 10.0

STEP = 5
"""A scale without a fixed end begins and ends at a multiple of this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What is measured: its words, its direction, and the ends of what is drawn, in its unit."""

    title: str
    higher_is_better: bool
    whole: bool
    low: float
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One check in one panel.

    Attributes:
        at: Place in time, 0 for the first check to 1 for the last.
        when: The day, or the place, as the sentence beside the picture says it.
        label: What stands under it: then, now, or a place.
        value: In the scale's unit; None where there is no number.
        clinic: Measured in the clinic: drawn as a diamond.
    """

    at: float
    when: str
    label: str
    value: float | None
    clinic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One side: its checks, and how far the number of ``then`` can wobble.

    Attributes:
        name: "Left", "Right", or "" for one panel alone.
        points: Oldest first; the last is now.
        then: Which of them is compared with.
        limit: Change that counts from here, in the scale's unit; None where nobody knows.
        told: A verdict is given: else marks are rings and lines are broken.
    """

    name: str
    points: tuple[Point, ...]
    then: int
    limit: float | None
    told: bool

    @property
    def values(self) -> tuple[float, ...]:
        """Every number in it."""
        return tuple(each.value for each in self.points if each.value is not None)


def scale_of(test: SelfTest, panels: Sequence[Panel], say: Say) -> Scale:
    """Return the scale of a test: holds, points and grades whole; counts and times as far as they go."""
    reach = [
        value + sign * (each.limit or 0.0) for each in panels for value in each.values for sign in (-1, 1)
    ]
    whole = test.unit in ORDINAL_UNITS or (test.cap is not None and test.higher_is_better)
    low, top = (0.0, test.valid[1]) if whole else (STEP * each for each in _steps(reach))
    way = "higher" if test.higher_is_better else "lower"
    return Scale(
        title=say(f"track.axis.{test.unit}.{way}"),
        higher_is_better=test.higher_is_better,
        whole=test.whole,
        low=float(low),
        top=float(top),
    )


def _steps(reach: Sequence[float]) -> tuple[int, int]:
    low = max(0, math.floor((min(reach, default=0.0) - 1) / STEP))
    return low, max(low + 1, math.ceil((max(reach, default=0.0) + 1) / STEP))


def pain_scale(say: Say, *, whole: bool) -> Scale:
    """Return the scale of a pain number, 0 to 10; less is better. An answer is whole, a mean is not."""
    return Scale(title=say("track.axis.pain"), higher_is_better=False, whole=whole, low=0.0, top=HIGHEST_PAIN)


def slope(scale: Scale, panels: Sequence[Panel], look: Look, say: Say) -> Spec:
    """Draw one line per side over a shaded stretch: a number inside it can be chance.

    Args:
        scale: What is measured.
        panels: One or two, side by side; each about 130 px wide on a screen 320 px wide.
        look: Colours.
        say: This visit's language.

    Returns:
        A picture 220 px tall. Words and shapes carry every meaning that colour has.
    """
    ends = [HEAD_PX + PLOT_PX, HEAD_PX]
    domain = [scale.low, scale.top] if scale.higher_is_better else [scale.top, scale.low]
    across = {"x": parts.FROM_LEFT}
    layers = [
        *parts.text([{"label": scale.title}], look, look.muted, "start", y={"value": 12}, **across),
        *(
            layer
            for place, panel in enumerate(panels)
            for layer in _panel(_Canvas(scale, panel, place, EDGE[len(panels)], look, say))
        ),
    ]
    picture = parts.picture(
        layers,
        {
            "x": {"scale": {"domain": [0, len(panels)], "nice": False, "zero": False}, "axis": None},
            "y": {"scale": {"domain": domain, "range": ends, "nice": False, "zero": False}, "axis": None},
        },
        height=HEAD_PX + PLOT_PX + FOOT_PX,
        heights=(),
        reach=scale.top,
    )
    return picture.spec


@dataclass(frozen=True, slots=True)
class _Canvas:
    """Where one panel lies: the n-th from the left, one unit of x wide."""

    scale: Scale
    panel: Panel
    place: int
    edge: float
    look: Look
    say: Say

    @property
    def xs(self) -> tuple[float, ...]:
        """Where each check lies."""
        return tuple(self.place + self.edge + (1 - 2 * self.edge) * each.at for each in self.panel.points)

    def marks(self, *, clinic: bool) -> list[Row]:
        """Return the numbers measured in the clinic, or at home."""
        return [
            {"x": x, "y": each.value, "fill": int(self.panel.told)}
            for x, each in zip(self.xs, self.panel.points, strict=True)
            if each.value is not None and each.clinic == clinic
        ]


def _panel(canvas: _Canvas) -> list[parts.Layer]:
    home, clinic = canvas.marks(clinic=False), canvas.marks(clinic=True)
    return [
        *_zone(canvas),
        *_frame(canvas),
        *_lines(canvas),
        *([parts.dot(home, canvas.look)] if home else []),
        *([parts.dot(clinic, canvas.look, shape="diamond")] if clinic else []),
        *_numbers(canvas),
    ]


def _zone(canvas: _Canvas) -> list[parts.Layer]:
    """Shade what can be chance: short of the limit each way, for whole numbers half-way to the next."""
    scale, panel, look = canvas.scale, canvas.panel, canvas.look
    start, now = panel.points[panel.then].value, panel.points[-1].value
    if start is None or panel.limit is None:
        return []
    reach = panel.limit - (0.5 if scale.whole else 0.0)
    low, high = max(scale.low, start - reach), min(scale.top, start + reach)
    right = canvas.place + 1 - canvas.edge / 4
    area: list[Row] = [{"x": canvas.xs[panel.then], "x2": right, "y": low, "y2": high}]
    pair = (start, start if now is None else now)
    low_is_free = min(pair) - low >= high - max(pair)
    words: Row = {"x": right, "y": low if low_is_free else high, "label": canvas.say("track.chart.chance")}
    at_foot = low_is_free == scale.higher_is_better
    edge = {"fill": look.others_zone, "stroke": look.others, "strokeDash": [3, 3]}
    beside = {"dx": -4, "dy": -9 if at_foot else 10}
    return [
        parts.layer(area, "rect", edge, x2="x2", y2="y2"),
        *(parts.text([words], look, look.muted, "end", beside) if canvas.place == 0 else []),
    ]


def _frame(canvas: _Canvas) -> list[parts.Layer]:
    """Draw the name over a panel, a line left of it, and what stands under its ends."""
    panel, look, place = canvas.panel, canvas.look, canvas.place
    layers: list[parts.Layer] = []
    if place:
        upright = {"y": {"value": HEAD_PX - 36}, "y2": parts.TO_FOOT}
        layers.append(parts.rule([{"x": place}], look.track, 1, **upright))
    if panel.name:
        bold = {"fontWeight": "bold", "dx": 8 if place else 0}
        named: list[Row] = [{"x": place, "label": panel.name}]
        layers += parts.text(named, look, look.ink, "start", bold, y={"value": 34})
    ends = sorted({panel.then, len(panel.points) - 1})
    days: list[Row] = [{"x": canvas.xs[each], "label": panel.points[each].label} for each in ends]
    return [*layers, *parts.text(days, look, look.muted, "middle", y={"value": HEAD_PX + PLOT_PX + 36})]


def _lines(canvas: _Canvas) -> list[parts.Layer]:
    """Draw the way from number to number; broken where no verdict is given."""
    known = [
        (x, each.value)
        for x, each in zip(canvas.xs, canvas.panel.points, strict=True)
        if each.value is not None
    ]
    rows: list[Row] = [{"x": one[0], "y": one[1], "x2": two[0], "y2": two[1]} for one, two in pairwise(known)]
    broken = {} if canvas.panel.told else {"strokeDash": [5, 4]}
    stroke = {"color": canvas.look.margin, "strokeWidth": 3, **broken}
    return [parts.layer(rows, "rule", stroke, x2="x2", y2="y2")] if rows else []


def _numbers(canvas: _Canvas) -> list[parts.Layer]:
    """Write the two numbers that are compared away from the line between; where there is none, say so."""
    panel, look = canvas.panel, canvas.look
    layers: list[parts.Layer] = []
    pair = panel.points[panel.then].value, panel.points[-1].value
    for index, value, other in ((panel.then, *pair), (len(panel.points) - 1, *pair[::-1])):
        x = canvas.xs[index]
        if value is None:
            none: Row = {"x": x, "label": canvas.say("track.chart.no_number")}
            layers += parts.text([none], look, look.caution, "middle", y={"value": HEAD_PX + PLOT_PX / 2})
            continue
        below = other is not None and other != value and (other > value) == canvas.scale.higher_is_better
        how = {"fontSize": parts.NAME_PX, "fontWeight": "bold", "dy": BELOW_PX if below else ABOVE_PX}
        row: Row = {"x": x, "y": value, "label": number(value)}
        layers += parts.text([row], look, look.ink, "middle", how)
    return layers


def slope_alt(name: str, scale: Scale, panels: Sequence[Panel], say: Say) -> str:
    """Say what a slope shows: for each side every number, and from which change on it counts."""
    said = [say("chart.alt.strip", test=name), say("chart.alt.strip", test=scale.title)]
    for panel in panels:
        numbers = joined((_told(each, say) for each in panel.points), say)
        said.append(say("track.chart.alt", who=panel.name or say("chart.you"), numbers=numbers))
        if panel.limit is not None:
            said.append(say("track.chart.alt_limit", limit=number(panel.limit)))
    return " ".join(said)


def joined(numbers: Iterable[str], say: Say) -> str:
    """Return numbers of several checks as words: "22, then 40, then 58"."""
    return reduce(lambda before, after: say("track.then", before=before, after=after), numbers)


def _told(point: Point, say: Say) -> str:
    value = say("track.chart.no_number") if point.value is None else number(point.value)
    return say("track.chart.alt_point", when=point.when, value=value)
