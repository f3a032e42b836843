"""The result's card on how hip, knee and back may connect: where things sit, and the chain that is meant."""

import streamlit as st

from screening.domain.answers import Answers
from screening.domain.asking import marked
from screening.domain.connecting import Connected, connected
from screening.domain.outcome import Results
from screening.services.wording import speaker
from screening.views import chain, entry, frame, state, tables, where_figure
from screening.views.words import say


def draw(results: Results) -> None:
    """Draw the picture with its sentence and list, what the tests say about the hip, and the chain."""
    where(results)
    how(results)
    if st.button(say("where_figure.more"), key="to-how-it-connects"):
        frame.to_pictures("results")


def where(results: Results) -> None:
    """Draw the picture of where pain and findings sit, with its list; the joint first, where it must be."""
    told = state.visit().told
    st.header(say("results.connect.title"), anchor=False)
    _where(told, results)
    if connected(state.known().instruments, told, results).joint_first:
        joint = f"**{say('where_figure.joint.title')}.** {say('where_figure.joint.why')}"
        st.warning(joint)


def how(results: Results) -> None:
    """Draw what the tests say about the hip, and the chain that is meant."""
    told = state.visit().told
    _chain(connected(state.known().instruments, told, results), told)


def _where(told: Answers, results: Results) -> None:
    tell = speaker(entry.language())
    words = where_figure.picture_alt(told.spots, results.domains, tell)
    drawn = where_figure.picture(state.known().instruments, told.spots, results.domains, tell)
    st.image(drawn, alt=words, width="stretch")
    listed = "\n".join(
        f"- **{each.sign}** · {tables.plain(f'{each.place}: {each.what}')}"
        for each in where_figure.marks(told.spots, results.domains, tell)
    )
    st.markdown(f"{tell('where_figure.key')}\n\n{listed}")


def _chain(found: Connected, told: Answers) -> None:
    tell = speaker(entry.language())
    said = [tell(f"where_figure.sign.{found.sign}")]
    said += [tell(f"results.connect.{each}") for each in (*found.chains, "all")]
    if not found.chains:
        said.append(tell(f"where_figure.no_chain_{'elsewhere' if marked(told) else 'no_pain'}"))
    st.markdown("\n\n".join(said))
    if found.chains:
        st.subheader(tell("where_figure.chain_title"), anchor=False)
        st.markdown(tell("connect.chain_key"))
        chain.show(found.chains, key="result-chains")
