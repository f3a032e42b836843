"""How it connects: six short scenes. Each is one idea, one picture, one sentence, and why we think so.

Every scene is three containers, words, picture and reasons: one below the other on a phone, side by side on
a clinic's screen (``app.css``).
"""

from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType

import streamlit as st

from screening.services.evidence_reader import connections
from screening.services.model_reader import model
from screening.services.wording import Say, speaker
from screening.views import chain, connect_charts, entry, folds, hip_figure, hip_states, seesaw
from screening.views.tables import Table, markdown
from screening.views.theme import Look, look
from screening.views.words import say

ON_PAGE = "abductors_back"
"""The overlap drawn large; the others stand in its table."""

LEVELS = (1, 2, 3)

WHY = {
    1: ("H16", "H17", "H23"),
    2: ("H10", "H21", "H22", "H23", "H24", "K16", "K17", "K18", "K19"),
    3: ("K03", "K04", "K06", "K07", "B04", "B05"),
    4: ("B17", "K31"),
    5: ("B04", "B05", "K07", "K16", "K18", "K19"),
    6: ("K40", "K41", "K44", "B20", "B21", "B24", "B26", "B29"),
}
"""The claims each scene rests on, as its reasons list them."""


def scene(number: int) -> None:
    """Draw one scene of the story, 1 to 6."""
    with st.container(key=f"scene-{number}"):
        with st.container(key=f"scene-{number}-words"):
            st.header(
                say("connect.heading", number=number, title=say(f"connect.scene.{number}.title")),
                anchor=False,
            )
            st.markdown(f"**{say(f'connect.scene.{number}.say')}**")
        with st.container(key=f"scene-{number}-picture"):
            _SCENES[number - 1]()
        with st.container(key=f"scene-{number}-why"):
            folds.fold(say("connect.why"), _reasons(number, entry.language()), key=f"why-{number}")


def seesaw_picture() -> None:
    """Scene 1: the see-saw, to scale."""
    st.image(seesaw.picture(entry.language()), alt=seesaw.picture_alt(say), width="stretch")
    _twin("seesaw")


def figure() -> None:
    """Scene 2: the figure that moves."""
    st.info(say("connect.banner"))
    hip_figure.show(key="hip-figure")
    st.markdown(say("connect.figure_sentence"))
    _twin("figure")


def _figure_and_causes() -> None:
    """Scene 2: the figure, and the causes that its sliders stand for."""
    figure()
    st.subheader(say("connect.causes.title"), anchor=False)
    chain.show_causes(key="causes")


def _chains() -> None:
    """Scene 3: two chains; every arrow carries how sure it is, and why."""
    st.markdown(say("connect.chain_key"))
    chain.show(("knee", "back"), key="chains")


def threshold(scenes: tuple[str, ...] = ("stand", "squat")) -> None:
    """Scene 4: how much strength can go before anything shows."""
    for scene_id in scenes:
        st.subheader(say(f"hip_figure.{scene_id}"), anchor=False)
        words = connect_charts.threshold_chart_alt(scene_id, say)
        _chart(connect_charts.threshold_chart(scene_id, _look(), entry.language()), words)
        _twin(f"threshold-{scene_id}")


def overlap() -> None:
    """Scene 5: 100 dots."""
    words = connect_charts.overlap_chart_alt(ON_PAGE, say)
    _chart(connect_charts.overlap_chart(ON_PAGE, _look(), entry.language()), words)
    st.markdown(connect_charts.overlap_chart_alt("before_knee", say))
    _twin("overlap")


def _trials() -> None:
    """Scene 6: what trials found, and the exercises therapists choose from."""
    with st.container(key="forests"):
        for forest in connections().forests:
            trials(forest.id)
    st.markdown(f"{say('connect.forest.dashed')} {say('connect.forest.equal')}")
    st.subheader(say("connect.exercises.title"), anchor=False)
    st.info(say("connect.exercises.not_a_plan"))
    with st.container(key="exercises"):
        for level in LEVELS:
            with st.container(key=f"exercises-{level}"):
                st.markdown(f"**{say(f'connect.exercises.level_{level}')}**")
                words = connect_charts.exercise_chart_alt(level, say)
                _chart(connect_charts.exercise_chart(level, _look(), entry.language()), words)
    _twin("exercises")


def trials(forest_id: str) -> None:
    """Scene 6: the trials of one complaint, ``knee`` or ``back``."""
    with st.container(key=f"forest-{forest_id}"):
        st.subheader(say(f"connect.forest.{forest_id}"), anchor=False)
        words = connect_charts.forest_chart_alt(forest_id, say)
        _chart(connect_charts.forest_chart(forest_id, _look(), entry.language()), words)
        _twin(f"forest-{forest_id}")


_SCENES = (seesaw_picture, _figure_and_causes, _chains, threshold, overlap, _trials)

NUMBERS = range(1, len(_SCENES) + 1)
"""The scenes, in order."""


def _look() -> Look:
    return look(st.context.theme.type)


def _chart(spec: connect_charts.Spec, words: str) -> None:
    st.vega_lite_chart(spec, alt=words, width="stretch", theme=None)
    st.markdown(words)


def _twin(picture: str) -> None:
    """Fold away the table that says the same as a picture."""
    folds.fold(say("connect.as_table"), _table(picture, entry.language()), key=f"table-{picture}")


_Rows = list[dict[str, str]]

_ROWS: Mapping[str, Callable[[Say], _Rows]] = MappingProxyType(
    {
        "seesaw": seesaw.picture_rows,
        "threshold-stand": partial(connect_charts.threshold_chart_rows, "stand"),
        "threshold-squat": partial(connect_charts.threshold_chart_rows, "squat"),
        "overlap": connect_charts.overlap_chart_rows,
        "forest-knee": partial(connect_charts.forest_chart_rows, "knee"),
        "forest-back": partial(connect_charts.forest_chart_rows, "back"),
        "exercises": connect_charts.exercise_chart_rows,
    }
)
"""The rows of each picture's table; the figure has a table for each of its scenes."""


@cache
def _table(picture: str, language: str) -> str:
    tell = speaker(language)
    if picture == "figure":
        return "\n\n".join(
            f"**{tell(f'hip_figure.{each}')}**\n\n{markdown(_positions(each, tell))}"
            for each in ("stand", "squat")
        )
    rows = _ROWS[picture](tell)
    return markdown(Table(head=tuple(rows[0]), rows=tuple(tuple(row.values()) for row in rows)))


@cache
def _reasons(number: int, language: str) -> str:
    """Return why a scene is thought to be so: what was found, in whom, how surely, and where to read it."""
    tell, known = speaker(language), connections().claims
    rows = tuple(
        (
            known[each].claim,
            known[each].population,
            tell(f"connect.certainty.{known[each].certainty.name.lower()}"),
            f"{known[each].citation} {known[each].doi} ({each})",
        )
        for each in WHY[number]
    )
    heads = ("connect.table.what", "connect.study", "connect.table.certainty", "connect.table.source")
    table = markdown(Table(head=tuple(tell(key) for key in heads), rows=rows))
    return f"{tell(f'connect.scene.{number}.why')}\n\n{table}"


def _positions(scene_id: str, tell: Say) -> Table:
    """Return five slider positions: the table that says what the figure shows."""
    keys = ("strength", "pelvis", "lean", "knee", "back", "kneecap")
    rows = tuple(
        (
            tell("hip_figure.per_cent", n=round(100 * share)),
            f"{state.drop_deg:.0f}°",
            f"{state.lean_deg:.0f}°",
            f"{state.knee_abduction_deg:.0f}°",
            f"{state.lumbar_bend_deg:.0f}°",
            f"+{100 * (state.lateral_pull_rel - 1):.0f} %",
        )
        for share, state in hip_states.positions(model().scenes[scene_id])
    )
    return Table(head=tuple(tell(f"connect.position.{key}") for key in keys), rows=rows)
