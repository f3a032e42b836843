"""How it connects: six short scenes. Each is one idea, one picture, one sentence, and why we think so."""

from collections.abc import Iterable

import streamlit as st

from screening.domain.evidence import Arrow, Certainty
from screening.services.evidence_reader import connections
from screening.services.model_reader import model
from screening.views import connect_charts, entry, hip_figure, seesaw
from screening.views.tables import Table, markdown
from screening.views.theme import Look, look
from screening.views.words import say

ON_PAGE = "abductors_back"
"""The overlap drawn large; the others stand in its table."""

LEVELS = (1, 2, 3)


def scene(number: int) -> None:
    """Draw one scene of the story, 1 to 6."""
    st.header(say("connect.heading", number=number, title=say(f"connect.scene.{number}.title")), anchor=False)
    st.markdown(f"**{say(f'connect.scene.{number}.say')}**")
    _SCENES[number - 1]()


def seesaw_scene() -> None:
    """Scene 1: the see-saw, to scale."""
    st.image(seesaw.picture(entry.language()), alt=seesaw.picture_alt(say), width="stretch")
    _why(1, ("H16", "H17", "H23"))


def figure_scene() -> None:
    """Scene 2: the figure that moves, and the causes that its sliders stand for."""
    st.info(say("connect.banner"))
    compare = st.toggle(say("connect.compare"), key="connect:compare")
    hip_figure.show(compare=compare, key="hip-figure")
    st.caption(say("connect.figure_sentence"))
    with st.expander(say("connect.as_table")):
        for scene_id in ("stand", "squat"):
            st.markdown(f"**{say(f'hip_figure.{scene_id}')}**")
            st.markdown(markdown(_positions(scene_id)))
    _causes()
    _why(2, ("H10", "H21", "H22", "H23", "H24", "K16", "K17", "K18", "K19"))


def chain_scene() -> None:
    """Scene 3: two chains; every arrow carries how sure it is, and why."""
    for chain in connections().chains:
        with st.container(border=True):
            st.subheader(say(f"connect.chain.{chain.id}"), anchor=False)
            for index, step in enumerate(chain.steps):
                st.markdown(f"**{say(f'connect.step.{step}')}**")
                if index < len(chain.arrows):
                    _arrow(chain.id, chain.arrows[index])
            st.caption(say("connect.chain.back_way"))
            for arrow in chain.back:
                _arrow(chain.id, arrow)
    _why(3, ("K03", "K04", "K06", "K07", "B04", "B05"))


def threshold_scene() -> None:
    """Scene 4: how much strength can go before anything shows."""
    for scene_id in ("stand", "squat"):
        st.subheader(say(f"hip_figure.{scene_id}"), anchor=False)
        words = connect_charts.threshold_chart_alt(scene_id, say)
        _chart(connect_charts.threshold_chart(scene_id, _look(), entry.language()), words)
        _twin(connect_charts.threshold_chart_rows(scene_id, say))
    _why(4, ("B17", "K31"))


def overlap_scene() -> None:
    """Scene 5: 100 dots."""
    words = connect_charts.overlap_chart_alt(ON_PAGE, say)
    _chart(connect_charts.overlap_chart(ON_PAGE, _look(), entry.language()), words)
    st.markdown(connect_charts.overlap_chart_alt("before_knee", say))
    _twin(connect_charts.overlap_chart_rows(say))
    _why(5, ("B04", "B05", "K07", "K16", "K18", "K19"))


def trials_scene() -> None:
    """Scene 6: what trials found, and the exercises therapists choose from."""
    for forest in connections().forests:
        words = connect_charts.forest_chart_alt(forest.id, say)
        _chart(connect_charts.forest_chart(forest.id, _look(), entry.language()), words)
        _twin(connect_charts.forest_chart_rows(forest.id, say))
    st.markdown(f"{say('connect.forest.dashed')} {say('connect.forest.equal')}")
    st.subheader(say("connect.exercises.title"), anchor=False)
    st.info(say("connect.exercises.not_a_plan"))
    for level in LEVELS:
        st.markdown(f"**{say(f'connect.exercises.level_{level}')}**")
        words = connect_charts.exercise_chart_alt(level, say)
        _chart(connect_charts.exercise_chart(level, _look(), entry.language()), words)
    _twin(connect_charts.exercise_chart_rows(say))
    _why(6, ("K40", "K41", "K44", "B20", "B21", "B24", "B26", "B29"))


_SCENES = (seesaw_scene, figure_scene, chain_scene, threshold_scene, overlap_scene, trials_scene)

NUMBERS = range(1, len(_SCENES) + 1)
"""The scenes, in order."""


def _look() -> Look:
    return look(st.context.theme.type)


def _chart(spec: connect_charts.Spec, words: str) -> None:
    st.vega_lite_chart(spec, alt=words, width="stretch")
    st.caption(words)


def _twin(rows: list[dict[str, str]]) -> None:
    with st.expander(say("connect.as_table")):
        st.markdown(markdown(Table(head=tuple(rows[0]), rows=tuple(tuple(row.values()) for row in rows))))


def _why(number: int, claims: Iterable[str]) -> None:
    with st.expander(say("connect.why")):
        st.markdown(say(f"connect.scene.{number}.why"))
        _sources(claims)


def _sources(claims: Iterable[str]) -> None:
    """List what was found, in whom, how surely, and where it is written."""
    known = connections().claims
    rows = tuple(
        (
            known[each].claim,
            known[each].population,
            _sure(known[each].certainty),
            f"{known[each].citation} ({each})",
        )
        for each in claims
    )
    heads = ("connect.table.what", "connect.study", "connect.table.certainty", "connect.table.source")
    st.markdown(markdown(Table(head=tuple(say(key) for key in heads), rows=rows)))


def _arrow(chain: str, arrow: Arrow) -> None:
    sign = "↑" if arrow.back else "↓"
    label = f"{sign} {say('connect.how_sure', certainty=_sure(arrow.certainty))}"
    with st.popover(label, key=f"connect:{chain}:{arrow.id}"):
        st.markdown(say(f"connect.arrow.{arrow.id}"))
        _sources(arrow.claims)


def _causes() -> None:
    st.subheader(say("connect.causes.title"), anchor=False)
    for cause in connections().causes:
        sure = say("connect.how_sure", certainty=_sure(cause.certainty))
        st.markdown(
            f"**{say(f'connect.cause.{cause.id}.name')}** · {sure}  \n{say(f'connect.cause.{cause.id}.say')}"
        )
    with st.expander(say("connect.why")):
        _sources(dict.fromkeys(claim for cause in connections().causes for claim in cause.claims))


def _positions(scene_id: str) -> Table:
    """Return five slider positions: the table that says what the figure shows."""
    keys = ("strength", "pelvis", "lean", "knee", "back")
    rows = tuple(
        (
            say("hip_figure.per_cent", n=round(100 * share)),
            f"{state.drop_deg:.0f}°",
            f"{state.lean_deg:.0f}°",
            f"{state.knee_abduction_deg:.0f}°",
            f"{state.lumbar_bend_deg:.0f}°",
        )
        for share, state in hip_figure.positions(model().scenes[scene_id])
    )
    return Table(head=tuple(say(f"connect.position.{key}") for key in keys), rows=rows)


def _sure(certainty: Certainty) -> str:
    return say(f"connect.certainty.{certainty.name.lower()}")
