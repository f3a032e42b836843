"""What every picture is made of: layers of marks and words, as plain Vega-Lite values.

A layer's rows hold ``x``, ``x2``, ``y``, ``y2`` and ``label``; the picture says once what they mean. A
layer whose rows are a name waits for a person's rows; ``filled`` puts them in, or leaves the layer out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from screening.views.theme import Look

Spec = dict[str, Any]
"""A Vega-Lite specification, as plain values."""

Row = dict[str, float | str]
"""One row of a layer's data."""

Layer = dict[str, Any]
"""One Vega-Lite layer."""

LABEL = {"field": "label", "type": "nominal"}

NOTHING: Mapping[str, Any] = MappingProxyType({})

FROM_LEFT, TO_RIGHT = {"value": 0}, {"value": "width"}
"""The two ends of the plot, for lines and words that lie beside the axis' values."""

FROM_TOP, TO_FOOT = {"value": 0}, {"value": "height"}

TEXT_PX = 13
"""The smallest words in a picture, on the narrowest screen too: nothing in it is scaled down."""

NAME_PX = 15
"""Words a person looks for first: her own numbers."""

ALIGN = {"start": "left", "middle": "center", "end": "right"}

FIT_WIDTH = {"type": "fit-x", "contains": "padding"}
"""The height is the plot's own: an axis title never squeezes the lanes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A specification without a person's value, and where the values go.

    Attributes:
        spec: Vega-Lite; layers with ``data: {"name": ...}`` wait for their rows.
        heights: Where each of this person's rows lies, in px from the top.
        reach: Where the axis ends when no value lies further out, in its unit.
    """

    spec: Spec
    heights: tuple[int, ...]
    reach: float


def layer(rows: Sequence[Row] | str, mark: str, more: Mapping[str, Any], **channels: Any) -> Layer:
    """Return one layer.

    Args:
        rows: Fixed rows, or the name of rows that are filled in later.
        mark: Vega-Lite mark.
        more: Its properties.
        channels: What differs from the picture's own ``x`` and ``y``: a field's name, or a dictionary.
    """
    data = {"name": rows} if isinstance(rows, str) else {"values": list(rows)}
    encoding = {name: {"field": each} if isinstance(each, str) else each for name, each in channels.items()}
    return {"data": data, "mark": {"type": mark, **more}, **({"encoding": encoding} if encoding else {})}


def text(
    rows: Sequence[Row] | str,
    look: Look,
    color: str,
    place: str,
    more: Mapping[str, Any] = NOTHING,
    **channels: Any,
) -> list[Layer]:
    """Write words twice, first thick in the page's colour: a line behind them cannot cross them out.

    Args:
        rows: Rows with ``x``, ``y`` and ``label``.
        look: Colours.
        color: Colour of the words.
        place: How they stand at ``x``: start, middle or end.
        more: Further properties of the mark, such as ``dx``.
        channels: As in ``layer``.
    """
    halo = {"color": look.page, "stroke": look.page, "strokeWidth": 4, "strokeJoin": "round"}
    plain = {"align": ALIGN[place], "fontSize": TEXT_PX, **more}
    return [layer(rows, "text", {**plain, **ink}, text=LABEL, **channels) for ink in (halo, {"color": color})]


def texts(rows: Sequence[Row], look: Look, color: str, *, gap: int) -> list[Layer]:
    """Write fixed words; each row names its ``place``, which cannot come from data in Vega-Lite.

    ``gap`` is the room between ``x`` and words that start or end there, in px.
    """
    layers = []
    for place, dx in (("start", gap), ("middle", 0), ("end", -gap)):
        mine: list[Row] = [
            {name: value for name, value in row.items() if name != "place"}
            for row in rows
            if row["place"] == place
        ]
        if mine:
            layers += text(mine, look, color, place, {"dx": dx})
    return layers


def dot(rows: Sequence[Row] | str, look: Look, *, shape: str = "circle") -> Layer:
    """Draw this person's own mark; rows whose ``fill`` is 0 are rings: a number as it is, not compared."""
    mark = {
        "size": 170,
        "shape": shape,
        "fill": look.you,
        "stroke": look.you,
        "strokeWidth": 3,
        "opacity": 1,
    }
    filling = {"field": "fill", "type": "quantitative", "scale": None, "legend": None}
    return layer(rows, "point", mark, fillOpacity=filling)


def rule(rows: Sequence[Row] | str, color: str, thickness: float, **channels: Any) -> Layer:
    """Draw lines; those along the axis have ``x2``."""
    return layer(rows, "rule", {"color": color, "strokeWidth": thickness}, **channels)


def dashed(rows: Sequence[Row], color: str, **channels: Any) -> Layer:
    """Draw thin dashed lines: where one stretch ends and the next begins."""
    return layer(rows, "rule", {"color": color, "strokeWidth": 1.5, "strokeDash": [5, 4]}, **channels)


def tick(rows: Sequence[Row] | str, color: str, length: int) -> Layer:
    """Draw short upright strokes: the end of a margin, the middle of a spread."""
    stroke = {"orient": "vertical", "color": color, "size": length, "thickness": 3, "opacity": 1}
    return layer(rows, "tick", stroke)


def picture(
    layers: Sequence[Layer],
    shared: Mapping[str, Mapping[str, Any]],
    *,
    height: int,
    heights: tuple[int, ...],
    reach: float,
) -> Picture:
    """Put layers together over one pair of axes.

    Args:
        layers: From bottom to top.
        shared: What ``x`` and ``y`` mean, as Vega-Lite channel definitions without field and type.
        height: Of the plot, in px.
        heights: Where each row of the person's lies.
        reach: Where the axis ends, in its unit.
    """
    encoding = {name: {"field": name, "type": "quantitative", **how} for name, how in shared.items()}
    spec: Spec = {
        "width": "container",
        "height": height,
        "autosize": FIT_WIDTH,
        "params": [{"name": "reach", "value": reach}],
        "encoding": encoding,
        "layer": list(layers),
    }
    return Picture(spec=spec, heights=heights, reach=reach)


def as_altair(spec: Spec) -> Any:
    """Return a specification as an ``altair.LayerChart``, checked against Vega-Lite's schema.

    For tests and notebooks. Built with Altair in the first place, the eight strips of a result took 1.5 s
    of a first visitor's time; as plain values they take none.

    Raises:
        altair.utils.schemapi.SchemaValidationError: Not a Vega-Lite specification.
    """
    import altair  # noqa: PLC0415 - not needed to draw

    return altair.LayerChart.from_dict(spec)


def filled(blank: Picture, rows: Mapping[str, Sequence[Row]], *, reach: float | None = None) -> Spec:
    """Return the specification with a person's rows; a layer without any is left out.

    The cached specification stays as it is.
    """
    layers = []
    for each in blank.spec["layer"]:
        name = each["data"].get("name")
        if name is None:
            layers.append(each)
        elif rows[name]:
            layers.append({**each, "data": {"values": list(rows[name])}})
    end = blank.reach if reach is None else reach
    return {**blank.spec, "layer": layers, "params": [{"name": "reach", "value": end}]}


def axis(look: Look, **more: Any) -> dict[str, Any]:
    """Return an axis in our type and colours, without a grid."""
    return {
        "titleColor": look.muted,
        "titleFontSize": TEXT_PX,
        "titleFontWeight": "normal",
        "titlePadding": 7,
        "labelColor": look.muted,
        "labelFontSize": TEXT_PX,
        "labelPadding": 5,
        "tickMinStep": 1,
        "ticks": True,
        "tickColor": look.line,
        "domain": True,
        "domainColor": look.line,
        "grid": False,
        **more,
    }
