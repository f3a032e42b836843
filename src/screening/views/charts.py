"""Pictures of results, as values. Each has a sentence that says the same and a table twin in ``tables``.

A picture is made in two steps. ``strip`` and ``gaps`` build a Vega-Lite specification that holds nothing
of a person and is cached by what it depends on: the test, the published rows, the colours, the language.
``strip_with`` and ``gaps_with`` put the person's own numbers in at draw time. So no cache ever holds an
answer. ``chart_parts.as_altair`` gives any of them as an Altair chart, checked; drawing needs none.

Further right is better on every axis; where a lower number is better the axis is drawn reversed.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from screening.domain.answers import Ending, Side
from screening.domain.norms import NormRow, Status
from screening.domain.outcome import Difference, Score, SideVerdict
from screening.domain.selftests import BandSpec, ScoreRule, SelfTest
from screening.services.wording import Say, speaker
from screening.views import chart_parts as parts
from screening.views.chart_parts import Picture, Row, Spec
from screening.views.theme import Look

BARE_HEAD_PX = 4
HEAD_PX = 40
"""Above the lanes: two staggered lines of band words."""
CAP_PX = 16
"""Below the lanes: where the test ends."""
OTHERS_PX = 38
"""One lane of published people: its words, then its bar."""
YOU_PX = 52
"""One lane of this person: the words, then the mark with its margin."""
GAP_HEAD_PX = 44
GAP_PX = 52
"""One row of the left/right picture, under two lines of words."""
LANE_LABEL_PX = 56
"""Room for "Right" or "Others" left of the plot, on a screen 320 px wide too."""

LETTERS = "ABCDEF"
"""So many published groups fit on one picture; the table has room for no more either."""

SLIVER = 0.15
"""A stretch narrower than this part of the axis has its words beside it, with an arrow."""

CUT_ROOM = 1.5
"""An axis goes on half as far again beyond a published cut, so that both sides of it can be seen."""

LOWER_QUARTILE, MEDIAN, UPPER_QUARTILE = 25.0, 50.0, 75.0

NARROWEST_PX = 205
"""Width of the plot beside the lanes' words on a screen 320 px wide."""

BESIDE_PX = 5
"""Room between a line and the words beside it."""

LETTER_PX, BOLD_LETTER_PX = 6.6, 8.4
"""Width of an average letter, at 13 px and at 15 px bold."""

GAP_REACH = 3.0
"""The left/right picture shows gaps of up to three times the limit; larger ones lie on its edge."""

AROUND = ("middle", "start", "end")
"""How words may stand at a mark, best first."""

WAITING = ("marks", "margins", "ends", "notes", "labels_start", "labels_middle", "labels_end")
"""The layers of a strip that wait for a person's rows."""

YOUR_NUMBER: dict[str, Any] = {"fontSize": parts.NAME_PX, "fontWeight": "bold"}

ORDINAL_UNITS = ("points", "grade", "stages")


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What a picture needs to know of a test: the part of it that a cache may hold on to."""

    test: str
    unit: str
    higher_is_better: bool
    each_side: bool
    whole: bool
    top: float
    cap: float | None
    rule: ScoreRule
    bands: tuple[BandSpec, ...]

    @classmethod
    def of(cls, test: SelfTest) -> "Axis":
        """Return the axis of one home test."""
        return cls(
            test=test.id,
            unit=test.unit,
            higher_is_better=test.higher_is_better,
            each_side=test.each_side,
            whole=test.whole,
            top=test.valid[1],
            cap=test.cap,
            rule=test.rule,
            bands=test.bands,
        )

    @property
    def ordinal(self) -> bool:
        """Points, grades and stages: the axis goes on for half a step beyond the outer marks."""
        return self.unit in ORDINAL_UNITS

    @property
    def low(self) -> float:
        """Where the axis begins, in the test's unit."""
        return -0.5 if self.ordinal else 0.0

    @property
    def sides(self) -> tuple[Side | None, ...]:
        """Its sides, left first; ``(None,)`` for both legs together."""
        return (Side.LEFT, Side.RIGHT) if self.each_side else (None,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A band on the axis: from ``low`` to ``high`` in the test's unit; None is open."""

    band: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One published row, as it is drawn: its middle and, where the paper gives one, its spread."""

    label: str
    words: str
    low: float | None
    middle: float | None
    high: float | None


def number(value: float) -> str:
    """Write a number as people do: one decimal at most, none when it is whole."""
    return f"{value:.1f}".removesuffix(".0")


# --- what the axis shows ---------------------------------------------------------------------------


def zones(axis: Axis, norms: Sequence[NormRow]) -> tuple[Zone, ...]:
    """Return the bands of a test as stretches of its axis, from low numbers to high ones.

    Between whole numbers the edge lies half-way, so that a mark is never on a line.
    """
    half = 0.5 if axis.whole else 0.0
    cut = _first(each.low_cut for each in norms)
    upper = _first(dict(each.percentiles).get(UPPER_QUARTILE) for each in norms)
    mean = _first(each.mean for each in norms)
    if axis.rule == ScoreRule.QUARTILES and cut is not None and upper is not None:
        return (
            Zone(band="lower", low=None, high=cut - half),
            Zone(band="similar", low=cut - half, high=upper + half),
            Zone(band="higher", low=upper + half, high=None),
        )
    if axis.rule == ScoreRule.MEAN_LINE and mean is not None:
        return (
            Zone(band="below-mean", low=None, high=mean),
            Zone(band="at-or-above-mean", low=mean, high=axis.cap),
        )
    if axis.rule == ScoreRule.SLOW_CUT and cut is not None:
        return Zone(band="not-slower", low=None, high=cut), Zone(band="slower", low=cut, high=None)
    return _fixed_zones(axis, half)


def _first(values: Iterable[float | None]) -> float | None:
    return next((each for each in values if each is not None), None)


def _fixed_zones(axis: Axis, half: float) -> tuple[Zone, ...]:
    """Bands at fixed values; one that starts at the cap is the end of the test, not a stretch."""
    stretches = [
        Zone(
            band=each.id,
            low=None if each.from_ is None else each.from_ - half,
            high=None if each.below is None else each.below - half,
        )
        for each in axis.bands
        if axis.rule in (ScoreRule.POINTS, ScoreRule.HOLD) and (axis.cap is None or each.from_ != axis.cap)
    ]
    return tuple(sorted(stretches, key=lambda zone: -math.inf if zone.low is None else zone.low))


def lanes(rows: Sequence[NormRow], say: Say) -> tuple[Lane, ...]:
    """Return the published rows that can be drawn, one lane each.

    A row worked out from another row of the same paper is left to the table.
    """
    found = drawn(rows)
    if len(found) == 1:
        return (_lane(found[0], say("chart.others"), say),)
    return tuple(
        _lane(each, say("chart.study", letter=letter), say)
        for letter, each in zip(LETTERS, found, strict=False)
    )


def drawn(rows: Sequence[NormRow]) -> tuple[NormRow, ...]:
    """Return the published rows that ``lanes`` draws, in the same order."""
    published = {each.source for each in rows if each.status != Status.CALCULATED and _drawable(each)}
    found = [
        each
        for each in rows
        if _drawable(each) and not (each.status == Status.CALCULATED and each.source in published)
    ]
    return tuple(found[: len(LETTERS)])


def _drawable(row: NormRow) -> bool:
    return row.mean is not None or MEDIAN in dict(row.percentiles) or _quartiles(row) is not None


def _quartiles(row: NormRow) -> tuple[float, float] | None:
    known = dict(row.percentiles)
    ends = known.get(LOWER_QUARTILE), known.get(UPPER_QUARTILE)
    return None if ends[0] is None or ends[1] is None else (min(ends[0], ends[1]), max(ends[0], ends[1]))


def _lane(row: NormRow, label: str, say: Say) -> Lane:
    quartiles = _quartiles(row)
    if quartiles is not None:
        low, high = quartiles
        words = say("chart.spread.quartiles", low=number(low), high=number(high))
        return Lane(label=label, words=words, low=low, middle=dict(row.percentiles).get(MEDIAN), high=high)
    if row.mean is not None and row.sd is not None:
        low, high = round(max(0.0, row.mean - row.sd), 2), round(row.mean + row.sd, 2)
        words = say("chart.spread.mean_sd", low=number(round(low)), high=number(round(high)))
        return Lane(label=label, words=words, low=low, middle=row.mean, high=high)
    middle = row.mean if row.mean is not None else dict(row.percentiles).get(MEDIAN)
    kind = "mean" if row.mean is not None else "middle"
    words = say(f"chart.spread.{kind}", value=number(middle or 0.0))
    return Lane(label=label, words=words, low=None, middle=middle, high=None)


def reach(axis: Axis, norms: Sequence[NormRow], scores: Sequence[Score] = ()) -> float:
    """Return where the axis ends, in the test's unit: everything shown lies left of it, rounded up."""
    if axis.ordinal:
        return axis.top + 0.5
    seen = [axis.top / 3, *(mark_of(each) or 0.0 for each in scores)]
    seen += [each.margin.high for each in scores if each.margin is not None]
    if axis.cap is not None and axis.higher_is_better:
        seen.append(axis.cap)
    for row in norms:
        low, high = _quartiles(row) or (0.0, 0.0)
        seen += [2 * high - low, (row.mean or 0.0) + (row.sd or 0.0), (row.low_cut or 0.0) * CUT_ROOM]
    step = 5 if max(seen) <= 50 else 10  # noqa: PLR2004 - ticks of 5 up to 50, of 10 beyond
    return float(step * math.ceil(max(seen) / step)) or float(step)


# --- the strip: one test, left and right ------------------------------------------------------------


@cache
def strip(axis: Axis, rows: tuple[NormRow, ...], *, judged: bool, look: Look, language: str) -> Picture:
    """Draw the axis of one test: the people in the studies, the bands in words, and lanes for marks.

    Args:
        axis: The test's axis.
        rows: The published rows to draw.
        judged: A band is shown for at least one side; without, no band is drawn.
        look: Colours.
        language: Language of the words in it.

    Returns:
        A picture 100 to 330 px tall, any width from 250 px, waiting for the layers of ``WAITING``.
        Words carry every meaning that colour has.
    """
    bands = zones(axis, rows) if judged else ()
    canvas = _Canvas(axis, lanes(rows, speaker(language)), bands, reach(axis, rows), look, speaker(language))
    return parts.picture(
        [*_other_layers(canvas), *_zone_layers(canvas), *_you_layers(canvas)],
        {"x": canvas.x, "y": canvas.y},
        height=canvas.height,
        heights=canvas.you_heights,
        reach=canvas.reach,
    )


def strip_with(blank: Picture, axis: Axis, scores: Sequence[Score], say: Say) -> Spec:
    """Put one person's scores into a strip. The cached specification stays as it is.

    Args:
        blank: From ``strip``.
        axis: The same axis.
        scores: At most one per side; a side without one reads "not done".
        say: This visit's language.
    """
    end = max(blank.reach, reach(axis, (), scores))
    data: dict[str, list[Row]] = {name: [] for name in WAITING}
    for side, y in zip(axis.sides, blank.heights, strict=True):
        score = next((each for each in scores if each.side == side), None)
        value = mark_of(score)
        if score is None or value is None:
            data["notes"].append({"y": y - 18, "label": not_scored(score, say)})
            continue
        data["marks"].append({"x": value, "y": y, "fill": 0 if score.band is None else 1})
        label = _label(score, value, axis, say)
        part = part_of_axis(value, axis, end)
        where = AROUND[place([(part, each) for each in AROUND], label, letter_px=BOLD_LETTER_PX)]
        data[f"labels_{where}"].append({"x": value, "y": y - 20, "label": label})
        if score.margin is not None:
            low, high = score.margin.low, score.margin.high
            data["margins"].append({"x": low, "x2": high, "y": y})
            data["ends"] += [{"x": low, "y": y}, {"x": high, "y": y}]
    return parts.filled(blank, data, reach=end)


def strip_alt(axis: Axis, scores: Sequence[Score], rows: Sequence[NormRow], say: Say) -> str:
    """Say what a strip shows: each side with its margin and band, then the people in the studies."""
    said = [say("chart.alt.strip", test=say(f"test.{axis.test}.name"))]
    for side in axis.sides:
        score = next((each for each in scores if each.side == side), None)
        who = say("chart.you") if side is None else say(f"side.{side.value}")
        said += _side_sentences(who, score, axis, say)
    said += [say("chart.alt.others", who=each.label, words=each.words) for each in lanes(rows, say)]
    return " ".join(said)


def _side_sentences(who: str, score: Score | None, axis: Axis, say: Say) -> list[str]:
    value = mark_of(score)
    if score is None or value is None:
        return [say("chart.alt.not_scored", who=who, words=not_scored(score, say))]
    said = [say("chart.alt.value", who=who, value=amount(value, axis, say))]
    if score.margin is not None:
        low, high = number(round(score.margin.low)), number(round(score.margin.high))
        said.append(say("chart.alt.margin", low=low, high=high))
    if score.band is not None:
        said.append(say("chart.alt.band", band=say(f"band_short.{score.band}")))
    return said


def _label(score: Score, value: float, axis: Axis, say: Say) -> str:
    return say("chart.mark_capped" if score.capped else "chart.mark", value=amount(value, axis, say))


def mark_of(score: Score | None) -> float | None:
    """Return the number a side is shown with. A try that pain ended has none, finished or not."""
    return score.value if score is not None and score.ending == Ending.DONE else None


def not_scored(score: Score | None, say: Say) -> str:
    """Say in a few words why a side has no mark. None means the side was not done."""
    return say("chart.row.not-done" if score is None else f"chart.row.{score.ending.value}")


def amount(value: float, axis: Axis, say: Say) -> str:
    """Write a value with its unit, as short as a chart needs it."""
    one = "_1" if value == 1 and axis.unit not in ("s", *ORDINAL_UNITS) else ""
    return say(f"chart.amount.{axis.unit}{one}", value=number(value), top=number(axis.top))


def place(spots: Sequence[tuple[float, str]], words: str, *, letter_px: float = LETTER_PX) -> int:
    """Return which of some spots cuts least off these words, the first of equals.

    Args:
        spots: Parts of the axis from the left, each with how the words stand there: start, middle, end.
        words: The words.
        letter_px: Width of one letter.
    """
    width = len(words) * letter_px
    before = {"start": 0.0, "middle": width / 2, "end": width}

    def cut(index: int) -> float:
        part, how = spots[index]
        left = part * NARROWEST_PX - before[how]
        return max(0.0, -left) + max(0.0, left + width - NARROWEST_PX)

    return min(range(len(spots)), key=cut)


def part_of_axis(x: float, axis: Axis, end: float) -> float:
    """Return where a value lies, as a part of the axis from the left."""
    part = (x - axis.low) / (end - axis.low)
    return part if axis.higher_is_better else 1.0 - part


@dataclass(frozen=True, slots=True)
class _Canvas:
    """Where everything lies on one strip; y in px from the top, x in the test's unit."""

    axis: Axis
    others: tuple[Lane, ...]
    bands: tuple[Zone, ...]
    reach: float
    look: Look
    say: Say

    @property
    def head(self) -> int:
        return HEAD_PX if self.bands else BARE_HEAD_PX

    @property
    def cap(self) -> float | None:
        """Where a hold ends by itself; a time limit is no place on an axis of times."""
        return self.axis.cap if self.axis.higher_is_better else None

    @property
    def other_heights(self) -> tuple[int, ...]:
        return tuple(self.head + OTHERS_PX * index + 26 for index in range(len(self.others)))

    @property
    def you_heights(self) -> tuple[int, ...]:
        top = self.head + OTHERS_PX * len(self.others)
        return tuple(top + YOU_PX * index + 34 for index in range(len(self.axis.sides)))

    @property
    def height(self) -> int:
        return self.you_heights[-1] + 20 + (CAP_PX if self.cap else 0)

    @property
    def lane_words(self) -> dict[str, str]:
        """The words left of each lane, by its y."""
        words = {str(y): lane.label for y, lane in zip(self.other_heights, self.others, strict=True)}
        for y, side in zip(self.you_heights, self.axis.sides, strict=True):
            words[str(y)] = self.say("chart.you") if side is None else self.say(f"side.{side.value}")
        return words

    @property
    def right(self) -> float:
        return self.reach if self.axis.higher_is_better else self.axis.low

    def part(self, x: float) -> float:
        return part_of_axis(x, self.axis, self.reach)

    @property
    def x(self) -> dict[str, Any]:
        way = "higher" if self.axis.higher_is_better else "lower"
        steps = {"values": list(range(int(self.axis.top) + 1))} if self.axis.ordinal else {"tickCount": 5}
        title = {
            "title": self.say(f"chart.axis.{self.axis.unit}.{way}"),
            "titleAnchor": "start" if self.axis.higher_is_better else "end",
            "titleAlign": "left",
        }
        scale = {
            "domain": [self.axis.low, {"expr": "reach"}],
            "nice": False,
            "zero": False,
            "reverse": not self.axis.higher_is_better,
        }
        return {"scale": scale, "axis": parts.axis(self.look, **title, **steps)}

    @property
    def y(self) -> dict[str, Any]:
        words = self.lane_words
        axis = parts.axis(
            self.look,
            values=[int(y) for y in words],
            labelExpr=f"{json.dumps(words, ensure_ascii=False)}[datum.value]",
            labelColor=self.look.ink,
            labelFontWeight="bold",
            labelLimit=LANE_LABEL_PX + 20,
            minExtent=LANE_LABEL_PX,
            title=None,
            ticks=False,
            domain=False,
        )
        return {"scale": {"domain": [self.height, 0], "nice": False, "zero": False}, "axis": axis}


def _other_layers(canvas: _Canvas) -> list[Any]:
    bars: list[Row] = []
    middles: list[Row] = []
    words: list[Row] = []
    for y, lane in zip(canvas.other_heights, canvas.others, strict=True):
        if lane.low is not None and lane.high is not None:
            bars.append({"x": lane.low, "x2": lane.high, "y": y})
        if lane.middle is not None:
            middles.append({"x": lane.middle, "y": y})
        words.append({**_words_at(canvas, lane), "y": y - 17, "label": lane.words})
    layers = []
    if bars:
        # The spread goes on behind the marks, faintly: it repeats the bar and means nothing by itself.
        layers.append(
            parts.layer(bars, "rect", {"color": canvas.look.others_zone}, x2="x2", y2=parts.TO_FOOT)
        )
        layers.append(parts.rule(bars, canvas.look.others, 10, x2="x2"))
    if middles:
        layers.append(parts.tick(middles, canvas.look.ink, 20))
    return [*layers, *parts.texts(words, canvas.look, canvas.look.muted, gap=0)]


def _words_at(canvas: _Canvas, lane: Lane) -> Row:
    """Words over a lane's bar: over its middle, else from its outer end, else up to the axis' own end."""
    known = sorted(each for each in (lane.low, lane.middle, lane.high) if each is not None)
    left, right = (known[0], known[-1]) if canvas.axis.higher_is_better else (known[-1], known[0])
    spots = [((left + right) / 2, "middle"), (left, "start"), (right, "end"), (canvas.right, "end")]
    return _best(canvas, spots, lane.words)


def _best(canvas: _Canvas, spots: Sequence[tuple[float, str]], words: str) -> Row:
    x, how = spots[place([(canvas.part(x), how) for x, how in spots], words)]
    return {"x": x, "place": how}


def _zone_layers(canvas: _Canvas) -> list[Any]:
    look, cap = canvas.look, canvas.cap
    edges = {edge for zone in canvas.bands for edge in (zone.low, zone.high) if edge is not None} - {cap}
    upright = {"y": parts.FROM_TOP, "y2": parts.TO_FOOT}
    layers = [parts.dashed([{"x": edge} for edge in sorted(edges)], look.line, **upright)] if edges else []
    layers += parts.texts(_band_words(canvas), look, look.ink, gap=BESIDE_PX)
    if cap is not None:
        words = canvas.say("chart.cap", cap=number(cap))
        at: list[Row] = [{**_beside(canvas, cap, words), "y": canvas.height - 10, "label": words}]
        layers += [
            parts.rule([{"x": cap}], look.line, 1.5, **upright),
            *parts.texts(at, look, look.muted, gap=BESIDE_PX),
        ]
    return layers


def _beside(canvas: _Canvas, x: float, words: str) -> Row:
    """Words right of a line, else left of it, else up to the end of the plot."""
    return _best(canvas, [(x, "start"), (x, "end"), (canvas.right, "end")], words)


def _band_words(canvas: _Canvas) -> list[Row]:
    """Write each band over its own stretch: from its left end, or up to its right end near the edge."""
    rows: list[Row] = []
    for index, zone in enumerate(canvas.bands):
        low = canvas.axis.low if zone.low is None else zone.low
        high = canvas.reach if zone.high is None else zone.high
        left, right = (low, high) if canvas.axis.higher_is_better else (high, low)
        words = canvas.say(f"chart.band.{zone.band}")
        at = _beside(canvas, left, words)
        if at["place"] == "end":
            at = {"x": right, "place": "end"}
        if high - low < SLIVER * canvas.reach:
            words = f"{words} \u2192" if at["place"] == "end" else f"\u2190 {words}"
        rows.append({**at, "y": 8 + 17 * (index % 2), "label": words})
    return rows


def _you_layers(canvas: _Canvas) -> list[Any]:
    look = canvas.look
    tracks: list[Row] = [{"y": y} for y in canvas.you_heights]
    return [
        parts.rule(tracks, look.track, 2, x=parts.FROM_LEFT, x2=parts.TO_RIGHT),
        parts.rule("margins", look.margin, 4, x2="x2"),
        parts.tick("ends", look.margin, 16),
        parts.dot("marks", look),
        *parts.text("labels_start", look, look.ink, "start", {"dx": -BESIDE_PX, **YOUR_NUMBER}),
        *parts.text("labels_middle", look, look.ink, "middle", YOUR_NUMBER),
        *parts.text("labels_end", look, look.ink, "end", {"dx": BESIDE_PX, **YOUR_NUMBER}),
        *parts.text("notes", look, look.caution, "start", {"dx": 4}, x=parts.FROM_LEFT),
    ]


# --- left against right -------------------------------------------------------------------------------


def comparable(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """Return the differences that can be drawn: both values known, and one limit to hold them against."""
    return tuple(
        each
        for each in found
        if each.verdict != SideVerdict.CANNOT_TELL
        and each.limit is not None
        and each.left is not None
        and each.right is not None
    )


@cache
def gaps(axes: tuple[Axis, ...], *, look: Look, language: str) -> Picture:
    """Draw the rows of the left/right picture: one per test, in units of the gap that counts there.

    Args:
        axes: The tests that can be compared, in battery order.
        look: Colours.
        language: Language of the words in it.

    Returns:
        A picture 52 px tall per test and 44 more, waiting for ``gaps`` and ``values``. The side that did
        more is said in words at both ends; inside the shaded zone a gap can be chance.
    """
    say = speaker(language)
    heights = tuple(GAP_HEAD_PX + GAP_PX * index + 34 for index in range(len(axes)))
    foot = GAP_HEAD_PX + GAP_PX * len(axes)
    names: list[Row] = [
        {"y": y - 18, "label": say(f"test.{axis.test}.name")} for y, axis in zip(heights, axes, strict=True)
    ]
    tracks: list[Row] = [{"y": y} for y in heights]
    across, down = {"x": parts.FROM_LEFT, "x2": parts.TO_RIGHT}, {"y2": parts.TO_FOOT}
    layers = [
        parts.layer(
            [{"x": -1, "x2": 1, "y": GAP_HEAD_PX}], "rect", {"color": look.others_zone}, x2="x2", **down
        ),
        parts.dashed([{"x": 0, "y": GAP_HEAD_PX}], look.line, **down),
        parts.rule(tracks, look.track, 2, **across),
        parts.rule("gaps", look.margin, 5, x2="x2"),
        parts.dot("gaps", look),
        *parts.text(names, look, look.ink, "start", x=parts.FROM_LEFT),
        *parts.text("values", look, look.ink, "end", x=parts.TO_RIGHT),
        *parts.text(
            [{"y": 12, "label": say("chart.gap.left_more")}], look, look.muted, "start", x=parts.FROM_LEFT
        ),
        *parts.text(
            [{"y": 12, "label": say("chart.gap.right_more")}], look, look.muted, "end", x=parts.TO_RIGHT
        ),
        *parts.text([{"x": 0, "y": 31, "label": say("chart.gap.chance")}], look, look.muted, "middle"),
    ]
    x_scale = {"domain": [-GAP_REACH, GAP_REACH], "nice": False, "zero": False, "clamp": True}
    y_scale = {"domain": [foot, 0], "nice": False, "zero": False}
    return parts.picture(
        layers,
        {"x": {"scale": x_scale, "axis": None}, "y": {"scale": y_scale, "axis": None}},
        height=foot,
        heights=heights,
        reach=GAP_REACH,
    )


def gaps_with(blank: Picture, axes: Sequence[Axis], found: Sequence[Difference], say: Say) -> Spec:
    """Put one person's gaps into the left/right picture; ``found`` is in the order of ``axes``."""
    data: dict[str, list[Row]] = {"gaps": [], "values": []}
    for y, axis, each in zip(blank.heights, axes, found, strict=True):
        data["gaps"].append({"x": gap(axis, each), "x2": 0, "y": y, "fill": 1})
        data["values"].append({"y": y - 18, "label": _both(axis, each, say)})
    return parts.filled(blank, data)


def gap(axis: Axis, found: Difference) -> float:
    """Return a gap in units of its limit, -3 to 3: above 0 the right side did more, below 0 the left.

    Where fewer is better, fewer is more. One or more either way is a gap that counts.
    """
    if found.left is None or found.right is None or not found.limit:
        return 0.0
    more = (found.right - found.left) / found.limit
    more = more if axis.higher_is_better else -more
    return max(-GAP_REACH, min(GAP_REACH, more))


def gaps_alt(axes: Sequence[Axis], found: Sequence[Difference], say: Say) -> str:
    """Say what the left/right picture shows, test by test."""
    said = [
        say(
            "chart.alt.gap",
            test=say(f"test.{axis.test}.name"),
            values=_both(axis, each, say),
            limit=amount(each.limit or 0.0, axis, say),
        )
        for axis, each in zip(axes, found, strict=True)
    ]
    return " ".join(said)


def _both(axis: Axis, found: Difference, say: Say) -> str:
    left, right = (
        say(f"chart.gap.{axis.unit}", value=number(each or 0.0)) for each in (found.left, found.right)
    )
    return say("chart.gap.values", left=left, right=right)
