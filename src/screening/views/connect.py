"""How it connects: six short scenes. Each is one idea, one picture, one sentence, and why we think so.

Every scene is three containers, words, picture and reasons: one below the other on a phone, side by side on
a clinic's screen (``app.css``).
"""

from collections.abc import Callable, Iterable
from functools import partial

import streamlit as st

from screening.domain.evidence import Certainty
from screening.services.evidence_reader import connections
from screening.services.model_reader import model
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
            folds.fold(
                say("connect.why"),
                lambda: f"{say(f'connect.scene.{number}.why')}\n\n{_sources(WHY[number])}",
                key=f"why-{number}",
            )


def seesaw_picture() -> None:
    """Scene 1: the see-saw, to scale."""
    st.image(seesaw.picture(entry.language()), alt=seesaw.picture_alt(say), width="stretch")
    _twin("seesaw", lambda: seesaw.picture_rows(say))


def figure() -> None:
    """Scene 2: the figure that moves."""
    st.info(say("connect.banner"))
    hip_figure.show(key="hip-figure")
    st.markdown(say("connect.figure_sentence"))
    folds.fold(
        say("connect.as_table"),
        lambda: "\n\n".join(
            f"**{say(f'hip_figure.{each}')}**\n\n{markdown(_positions(each))}" for each in ("stand", "squat")
        ),
        key="table-figure",
    )


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
        _twin(f"threshold-{scene_id}", partial(connect_charts.threshold_chart_rows, scene_id, say))


def overlap() -> None:
    """Scene 5: 100 dots."""
    words = connect_charts.overlap_chart_alt(ON_PAGE, say)
    _chart(connect_charts.overlap_chart(ON_PAGE, _look(), entry.language()), words)
    st.markdown(connect_charts.overlap_chart_alt("before_knee", say))
    _twin("overlap", lambda: connect_charts.overlap_chart_rows(say))


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
    _twin("exercises", lambda: connect_charts.exercise_chart_rows(say))


def trials(forest_id: str) -> None:
    """Scene 6: the trials of one complaint, ``knee`` or ``back``."""
    with st.container(key=f"forest-{forest_id}"):
        st.subheader(say(f"connect.forest.{forest_id}"), anchor=False)
        words = connect_charts.forest_chart_alt(forest_id, say)
        _chart(connect_charts.forest_chart(forest_id, _look(), entry.language()), words)
        _twin(f"forest-{forest_id}", partial(connect_charts.forest_chart_rows, forest_id, say))


_SCENES = (seesaw_picture, _figure_and_causes, _chains, threshold, overlap, _trials)

NUMBERS = range(1, len(_SCENES) + 1)
"""The scenes, in order."""


def _look() -> Look:
    return look(st.context.theme.type)


def _chart(spec: connect_charts.Spec, words: str) -> None:
    st.vega_lite_chart(spec, alt=words, width="stretch", theme=None)
    st.markdown(words)


def _twin(picture: str, rows: Callable[[], list[dict[str, str]]]) -> None:
    """Fold away the table that says the same as a picture."""
    folds.fold(say("connect.as_table"), lambda: _table(rows()), key=f"table-{picture}")


def _table(rows: list[dict[str, str]]) -> str:
    return markdown(Table(head=tuple(rows[0]), rows=tuple(tuple(row.values()) for row in rows)))


def _sources(claims: Iterable[str]) -> str:
    """List what was found, in whom, how surely, and where it is written."""
    known = connections().claims
    rows = tuple(
        (
            known[each].claim,
            known[each].population,
            _sure(known[each].certainty),
            f"{known[each].citation} {known[each].doi} ({each})",
        )
        for each in claims
    )
    heads = ("connect.table.what", "connect.study", "connect.table.certainty", "connect.table.source")
    return markdown(Table(head=tuple(say(key) for key in heads), rows=rows))


def _positions(scene_id: str) -> Table:
    """Return five slider positions: the table that says what the figure shows."""
    keys = ("strength", "pelvis", "lean", "knee", "back", "kneecap")
    rows = tuple(
        (
            say("hip_figure.per_cent", n=round(100 * share)),
            f"{state.drop_deg:.0f}°",
            f"{state.lean_deg:.0f}°",
            f"{state.knee_abduction_deg:.0f}°",
            f"{state.lumbar_bend_deg:.0f}°",
            f"+{100 * (state.lateral_pull_rel - 1):.0f} %",
        )
        for share, state in hip_states.positions(model().scenes[scene_id])
    )
    return Table(head=tuple(say(f"connect.position.{key}") for key in keys), rows=rows)


def _sure(certainty: Certainty) -> str:
    return say(f"connect.certainty.{certainty.name.lower()}")
