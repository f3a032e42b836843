"""Pictures that explain, as values: threshold, overlap, trials, exercises. Nobody's answers are in them.

Each picture has a sentence that says the same (``<name>_alt``) and rows for a table (``<name>_rows``).
Specifications are cached by colours and language, the only things they depend on.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt

from screening.domain.biomechanics import solve, threshold
from screening.domain.evidence import Exercise, Forest, Overlap, out_of_100
from screening.services.evidence_reader import connections
from screening.services.model_reader import model
from screening.services.wording import Say, speaker
from screening.views.chart_parts import FIT_WIDTH
from screening.views.theme import Look

Spec = dict[str, Any]

PER_CENT = 100
DOTS = 100
NAME_PX = 14
FONT = "system-ui, sans-serif"
"""The reader's own font, as on the page."""
DOT_ROW = 20
FULL_EFFORT_PCT = 110
SHOWN_STRENGTHS = tuple(range(120, 24, -1))
TABLE_STRENGTHS = (100, 80, 60, 50, 40, 30)
COMMONLY_HIGH_PCT, MAY_STRENGTHEN_PCT = 60, 40
"""How most authors read muscle activity: over 40 may strengthen, over 60 is high. evidence.md section 8."""


def _inline(rows: Sequence[Mapping[str, object]]) -> alt.InlineData:
    """Return rows as data inside the specification."""
    return alt.InlineData(values=[dict(each) for each in rows])


def _legend(look: Look) -> alt.Legend:
    """Return what shapes and colours mean, under the picture, one below the other."""
    return alt.Legend(
        title=None,
        orient="bottom",
        direction="vertical",
        labelLimit=320,
        labelFontSize=13,
        labelColor=look.ink,
    )


def _names(rows: Sequence[Mapping[str, object]], y: alt.Y, field: str, look: Look) -> list[Any]:
    """Write a name above each row, first thick in the page's colour: no line can cross it out."""
    words = alt.Chart(_inline(rows))
    ways = (
        {"color": look.page, "stroke": look.page, "strokeWidth": 5, "strokeJoin": "round"},
        {"color": look.ink},
    )
    return [
        words.mark_text(align="left", baseline="bottom", dy=-10, fontSize=NAME_PX, **way).encode(
            y=y, x=alt.value(2), text=f"{field}:N"
        )
        for way in ways
    ]


def _finished(chart: alt.LayerChart, look: Look, height: int) -> Spec:
    """Return the specification, one width for every screen, in the visit's colours."""
    spec: Spec = (
        chart.properties(width="container", height=height, autosize=FIT_WIDTH)
        .configure_view(stroke="transparent")
        .configure_axis(
            labelColor=look.ink,
            titleColor=look.muted,
            labelFontSize=13,
            titleFontSize=13,
            gridColor=look.track,
            domainColor=look.line,
            tickColor=look.line,
            titleFontWeight="normal",
            labelLimit=240,
        )
        .configure_text(fontSize=13, color=look.ink)
        .configure(background="transparent", font=FONT)
        .to_dict()
    )
    spec.pop("$schema", None)
    return _with_data_inside(spec)


def _with_data_inside(spec: Spec) -> Spec:
    """Put each data set where it is used: Streamlit reads those of the whole picture anew at each run."""
    sets = spec.pop("datasets", {})
    for part in (spec, *spec.get("layer", ())):
        name = part.get("data", {}).get("name")
        if name in sets:
            part["data"] = {"values": sets[name]}
    return spec


# --- the threshold --------------------------------------------------------------------------------------


@cache
def threshold_chart(scene_id: str, look: Look, language: str) -> Spec:
    """Draw pelvic drop and trunk lean against strength, the zone without visible change in grey.

    Strength falls to the right, as it does in the story; both lines are labelled, one is dashed.
    """
    say = speaker(language)
    known = model()
    scene = known.scenes[scene_id]
    rows = [
        {
            "strength": percent,
            "angle": getattr(state, f"{name}_deg"),
            "what": say(f"connect.threshold.{name}"),
        }
        for percent in SHOWN_STRENGTHS
        for state in (solve(known.body, scene, strength=percent / PER_CENT, activation=1, lean_share=0.5),)
        for name in ("drop", "lean")
    ]
    limit = threshold(known.body, scene) * PER_CENT
    x = alt.X(
        "strength:Q",
        title=say("connect.threshold.axis"),
        scale=alt.Scale(domain=[SHOWN_STRENGTHS[0], SHOWN_STRENGTHS[-1]], nice=False),
        axis=alt.Axis(values=[120, 100, 80, 60, 40], grid=False),
    )
    zone = (
        alt.Chart(_inline([{"strength": SHOWN_STRENGTHS[0], "to": limit}]))
        .mark_rect(color=look.others_zone)
        .encode(x=x, x2="to:Q")
    )
    words = (
        alt.Chart(_inline([{"strength": (SHOWN_STRENGTHS[0] + limit) / 2, "say": ""}]))
        .mark_text(
            text=say("connect.threshold.zone").split("|"), baseline="top", y=8, color=look.ink, fontSize=13
        )
        .encode(x=x)
    )
    base = alt.Chart(_inline(rows))
    lines = base.mark_line(strokeWidth=3).encode(
        x=x,
        y=alt.Y(
            "angle:Q", title=say("connect.threshold.degrees"), scale=alt.Scale(domain=[0, 24], nice=False)
        ),
        strokeDash=alt.StrokeDash(
            "what:N",
            legend=alt.Legend(
                title=None, orient="bottom", labelFontSize=13, labelColor=look.ink, symbolStrokeWidth=3
            ),
        ),
        color=alt.Color(
            "what:N", scale=alt.Scale(range=[look.you, look.caution]), legend=alt.Legend(title=None)
        ),
    )
    return _finished(alt.LayerChart(layer=[zone, words, lines]), look, 240)


def threshold_chart_alt(scene_id: str, say: Say) -> str:
    """Say what the threshold picture shows."""
    known = model()
    limit = round(threshold(known.body, known.scenes[scene_id]) * PER_CENT)
    return say(f"connect.threshold.alt_{scene_id}", limit=limit)


def threshold_chart_rows(scene_id: str, say: Say) -> list[dict[str, str]]:
    """Return the table twin: strength, drop, lean."""
    known = model()
    found = []
    for percent in TABLE_STRENGTHS:
        state = solve(
            known.body, known.scenes[scene_id], strength=percent / PER_CENT, activation=1, lean_share=0.5
        )
        found.append(
            {
                say("connect.threshold.axis"): f"{percent} %",
                say("connect.threshold.drop"): f"{state.drop_deg:.0f}°",
                say("connect.threshold.lean"): f"{state.lean_deg:.0f}°",
            }
        )
    return found


# --- overlap --------------------------------------------------------------------------------------------


@cache
def overlap_chart(overlap_id: str, look: Look, language: str) -> Spec:
    """Draw 100 pairs as dots: filled where the one with pain has less, ringed where not."""
    say = speaker(language)
    count = round(out_of_100(_overlap(overlap_id).d))
    rows = [
        {
            "x": n % DOT_ROW,
            "y": n // DOT_ROW,
            "who": say("connect.overlap.with" if n < count else "connect.overlap.without"),
        }
        for n in range(DOTS)
    ]
    order = [say("connect.overlap.with"), say("connect.overlap.without")]
    dots = (
        alt.Chart(_inline(rows))
        .mark_point(size=90, strokeWidth=2)
        .encode(
            x=alt.X("x:O", axis=None),
            y=alt.Y("y:O", axis=None),
            stroke=alt.Stroke(
                "who:N", sort=order, legend=None, scale=alt.Scale(domain=order, range=[look.you, look.others])
            ),
            fill=alt.Fill(
                "who:N",
                sort=order,
                scale=alt.Scale(domain=order, range=[look.you, "transparent"]),
                legend=alt.Legend(
                    title=None,
                    orient="bottom",
                    direction="vertical",
                    labelFontSize=13,
                    labelColor=look.ink,
                    labelLimit=320,
                    symbolStrokeColor=look.others,
                ),
            ),
        )
    )
    return _finished(alt.LayerChart(layer=[dots]), look, 130)


def overlap_chart_alt(overlap_id: str, say: Say) -> str:
    """Say how often the one with pain is the one with less."""
    return say(f"connect.overlap.{overlap_id}", count=round(out_of_100(_overlap(overlap_id).d)))


def overlap_chart_rows(say: Say) -> list[dict[str, str]]:
    """Return the table twin for all overlaps: what, how many of 100, range, source."""
    known = connections()
    return [
        {
            say("connect.table.what"): say(f"connect.overlap.name.{each.id}"),
            say("connect.table.of_100"): str(round(out_of_100(each.d))),
            say("connect.table.range"): ""
            if each.d_low is None or each.d_high is None
            else f"{out_of_100(each.d_low):.0f}-{out_of_100(each.d_high):.0f}",
            say("connect.table.source"): _cited(each.claim),
        }
        for each in known.overlaps
    ]


def _overlap(overlap_id: str) -> Overlap:
    return next(each for each in connections().overlaps if each.id == overlap_id)


# --- trials ---------------------------------------------------------------------------------------------


@cache
def forest_chart(forest_id: str, look: Look, language: str) -> Spec:
    """Draw the trials of one region: estimate and interval on a 0-10 pain scale, further right is better.

    The dashed line is the smallest change people notice.
    """
    say = speaker(language)
    forest = _forest(forest_id)
    rows = [
        {
            "trial": say(f"connect.trial.{each.claim}"),
            "better": -each.estimate,
            "low": -each.high,
            "high": -each.low,
        }
        for each in forest.trials
    ]
    order = [say(f"connect.trial.{each.claim}") for each in forest.trials]
    widest = 6 if forest_id == "knee" else 3
    x = alt.X(
        "better:Q",
        title=say("connect.forest.axis"),
        scale=alt.Scale(domain=[-1.5, widest], nice=False),
        axis=alt.Axis(grid=False, tickMinStep=1, titleLimit=320),
    )
    y = alt.Y("trial:N", sort=order, axis=None)
    base = alt.Chart(_inline(rows))
    spans = base.mark_rule(strokeWidth=3, color=look.margin).encode(
        x=alt.X("low:Q", title=say("connect.forest.axis")), x2="high:Q", y=y
    )
    marks = base.mark_point(size=110, filled=True, shape="diamond", color=look.you, opacity=1).encode(
        x=x, y=y
    )
    names = _names(rows, y, "trial", look)
    lines = [
        alt.Chart(_inline([{"at": at}]))
        .mark_rule(strokeDash=dash, strokeWidth=2, color=look.line)
        .encode(x=alt.X("at:Q", title=say("connect.forest.axis")))
        for at, dash in ((0.0, [1, 0]), (forest.noticed, [5, 4]))
    ]
    return _finished(alt.LayerChart(layer=[*lines, spans, marks, *names]), look, 60 * len(rows) + 14)


def forest_chart_alt(forest_id: str, say: Say) -> str:
    """Say what the trials of one region found."""
    return say(f"connect.forest.{forest_id}_alt", noticed=f"{_forest(forest_id).noticed:.2g}")


def forest_chart_rows(forest_id: str, say: Say) -> list[dict[str, str]]:
    """Return the table twin: trial, points better, range, certainty, source."""
    return [
        {
            say("connect.table.trial"): say(f"connect.trial.{each.claim}"),
            say("connect.table.better"): f"{-each.estimate + 0.0:.1f}",
            say("connect.table.range"): f"{-each.high:.1f} to {-each.low:.1f}",
            say("connect.table.certainty"): say(f"connect.certainty.{_certainty(each.claim)}"),
            say("connect.table.source"): _cited(each.claim),
        }
        for each in _forest(forest_id).trials
    ]


def _cited(claim_id: str) -> str:
    claim = connections().claims[claim_id]
    return f"{claim.citation} {claim.doi} ({claim_id})"


def _certainty(claim_id: str) -> str:
    return connections().claims[claim_id].certainty.name.lower()


def _forest(forest_id: str) -> Forest:
    return next(each for each in connections().forests if each.id == forest_id)


# --- exercises ------------------------------------------------------------------------------------------


def exercises_shown() -> Sequence[Exercise]:
    """Return the exercises with at least one number read at its source, easiest first."""
    known = [
        each
        for each in connections().exercises
        if each.gluteus_medius_pct is not None or each.gluteus_maximus_pct is not None
    ]
    return sorted(known, key=lambda each: (each.level, -(each.gluteus_medius_pct or 0)))


@cache
def exercise_chart(level: int, look: Look, language: str) -> Spec:
    """Draw how hard both hip muscles work in the exercises of one level; a dot and a square, joined."""
    say = speaker(language)
    rows = [
        {
            "exercise": say(f"connect.exercise.{each.key}"),
            "muscle": say(f"connect.muscle.{muscle}"),
            "percent": value,
        }
        for each in exercises_shown()
        if each.level == level
        for muscle, value in (
            ("gluteus_medius", each.gluteus_medius_pct),
            ("gluteus_maximus", each.gluteus_maximus_pct),
        )
        if value is not None
    ]
    order = list(dict.fromkeys(str(row["exercise"]) for row in rows))
    muscles = [say("connect.muscle.gluteus_medius"), say("connect.muscle.gluteus_maximus")]
    y = alt.Y("exercise:N", sort=order, axis=None)
    x = alt.X(
        "percent:Q",
        title=say("connect.exercise_axis"),
        scale=alt.Scale(domain=[0, FULL_EFFORT_PCT], nice=False),
        axis=alt.Axis(values=[0, MAY_STRENGTHEN_PCT, COMMONLY_HIGH_PCT, 100], titleLimit=320),
    )
    base = alt.Chart(_inline(rows))
    marks = base.mark_point(size=130, filled=True, opacity=1).encode(
        x=x,
        y=y,
        shape=alt.Shape(
            "muscle:N",
            sort=muscles,
            scale=alt.Scale(domain=muscles, range=["circle", "square"]),
            legend=_legend(look),
        ),
        color=alt.Color(
            "muscle:N",
            sort=muscles,
            scale=alt.Scale(domain=muscles, range=[look.you, look.caution]),
            legend=_legend(look),
        ),
    )
    spans = [
        {"exercise": each, "low": min(found), "high": max(found)} for each, found in _spans(rows).items()
    ]
    joined = (
        alt.Chart(_inline(spans))
        .mark_rule(strokeWidth=2, color=look.line)
        .encode(x=alt.X("low:Q", title=say("connect.exercise_axis")), x2="high:Q", y=y)
    )
    one_each = [{"exercise": each} for each in order]
    names = _names(one_each, y, "exercise", look)
    return _finished(alt.LayerChart(layer=[joined, marks, *names]), look, 48 * len(order) + 10)


def _spans(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for row in rows:
        found.setdefault(row["exercise"], []).append(row["percent"])
    return found


def exercise_chart_alt(level: int, say: Say) -> str:
    """Say what the exercise picture of one level shows."""
    return say(f"connect.exercises_alt.{level}")


def exercise_chart_rows(say: Say) -> list[dict[str, str]]:
    """Return the table twin for all levels."""
    return [
        {
            say("connect.table.exercise"): say(f"connect.exercise.{each.key}"),
            say("connect.table.level"): str(each.level),
            say("connect.muscle.gluteus_medius"): _percent(each.gluteus_medius_pct),
            say("connect.muscle.gluteus_maximus"): _percent(each.gluteus_maximus_pct),
            say("connect.table.source"): each.citation,
        }
        for each in exercises_shown()
    ]


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0f} %"
