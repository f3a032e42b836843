"""What every picture is made of: layers of marks and words, as plain Vega-Lite values.

A layer's rows hold ``x``, ``x2``, ``y``, ``y2`` and ``label``; the picture says once what they mean. A
layer whose rows are a name waits for a person's rows; ``filled`` puts them in, or leaves the layer out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from screening.views.theme import Look

Spec = dict[str, Any]
"""A Vega-Lite specification, as plain values."""

Row = dict[str, float | str]
"""One row of a layer's data."""

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


def layer(rows: Sequence[Row] | str) -> Any:
    """Start a layer on fixed rows, or on the name of rows that are filled in later."""
    return alt.Chart(alt.NamedData(name=rows) if isinstance(rows, str) else alt.InlineData(values=list(rows)))


def text(rows: Sequence[Row] | str, look: Look, color: str, place: str, **more: Any) -> list[Any]:
    """Write words twice, first thick in the page's colour: a line behind them cannot cross them out.

    Args:
        rows: Rows with ``x``, ``y`` and ``label``.
        look: Colours.
        color: Colour of the words.
        place: How they stand at ``x``: start, middle or end.
        more: Further properties of a Vega-Lite text mark, such as ``dx``.
    """
    halo = {"color": look.page, "stroke": look.page, "strokeWidth": 4, "strokeJoin": "round"}
    return [
        layer(rows)
        .mark_text(**{"align": ALIGN[place], "fontSize": TEXT_PX, **more, **ink})
        .encode(text="label:N")
        for ink in (halo, {"color": color})
    ]


def texts(rows: Sequence[Row], look: Look, color: str, *, gap: int) -> list[Any]:
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
            layers += text(mine, look, color, place, dx=dx)
    return layers


def dot(rows: Sequence[Row] | str, look: Look) -> Any:
    """Draw this person's own mark; rows whose ``fill`` is 0 are rings: a number as it is, not compared."""
    filling = alt.FillOpacity("fill", type="quantitative", scale=None, legend=None)
    mark = layer(rows).mark_point(
        size=170, shape="circle", fill=look.you, stroke=look.you, strokeWidth=3, opacity=1
    )
    return mark.encode(fillOpacity=filling)


def rule(rows: Sequence[Row] | str, color: str, thickness: float, **more: Any) -> Any:
    """Draw lines; those along the axis have ``x2``."""
    return layer(rows).mark_rule(color=color, strokeWidth=thickness, **more)


def tick(rows: Sequence[Row] | str, color: str, length: int) -> Any:
    """Draw short upright strokes: the end of a margin, the middle of a spread."""
    return layer(rows).mark_tick(orient="vertical", color=color, size=length, thickness=3, opacity=1)


def picture(
    layers: Sequence[Any],
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
    chart: Any = alt.LayerChart(layer=list(layers), height=height, width="container", autosize=FIT_WIDTH)
    chart = chart.add_params(alt.param(name="reach", value=reach))
    spec: Spec = chart.to_dict()
    rows = spec.pop("datasets", {})
    for unwanted in ("$schema", "config"):
        spec.pop(unwanted, None)
    for each in spec["layer"]:
        name = each["data"].get("name")
        if name in rows:
            each["data"] = {"values": rows[name]}
    encoding = {name: {"field": name, "type": "quantitative", **how} for name, how in shared.items()}
    return Picture(spec={**spec, "encoding": encoding}, heights=heights, reach=reach)


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
