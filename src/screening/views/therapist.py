"""A therapist beside the person: the switch, what it opens one test at a time, and what it says.

It lasts for this visit, stands in no file, and hides no safety text. Ruling 8 of the pack.
"""

import streamlit as st

from screening.domain.battery import BY_LEVEL_V, Beside, Offer
from screening.domain.levels import Level
from screening.domain.outcome import Results
from screening.services import assessment
from screening.views import state
from screening.views.words import say


def beside() -> None:
    """Draw the switch where it would open something; once it is on, each test that may be added back."""
    current = state.visit()
    if current.beside is None:
        if _offers(Beside()) or _waits_for_pain():
            with st.container(border=True, key="therapist"):
                st.markdown(say("therapist.what"))
                switch()
        return
    with st.container(border=True, key="therapist"):
        st.markdown(f"**{say('therapist.on')}**")
        _cards()
        found = _offers(current.beside)
        if found:
            st.markdown(say("therapist.one_at_a_time"))
        for each in found:
            _offer(each)
        switch()


def switch() -> None:
    """Draw the button that says that a therapist is here, or that they have gone."""
    if state.visit().beside is None:
        st.button(
            say("therapist.here"), key="therapist-here", width="stretch", on_click=state.therapist_comes
        )
    else:
        st.button(
            say("therapist.gone"), key="therapist-gone", width="stretch", on_click=state.therapist_leaves
        )


def stated() -> None:
    """Draw on the result that a therapist was there, and what they added back."""
    added = state.visit().beside
    if added is None:
        return
    names = [say(f"test.{each.id}.name") for each in state.known().selftests if each.id in added.added]
    what = say("therapist.added", names=", ".join(names)) if names else ""
    st.markdown(f"{say('therapist.stated')} {what}".strip())


def _offers(here: Beside) -> tuple[Offer, ...]:
    return assessment.offers(state.visit().told, state.known(), here)


def _waits_for_pain() -> bool:
    """Say whether a level would be opened, once the pain right now is told."""
    outcome = state.assessment()
    return isinstance(outcome, Results) and outcome.level == Level.V and outcome.pain.now is None


def _cards() -> None:
    """Repeat the card of level V: what is opened stands beside its warning."""
    outcome = state.assessment()
    for card in outcome.cards if isinstance(outcome, Results) else ():
        if card.level == Level.V:
            reasons = "\n".join(f"- {say(each)}" for each in card.reasons)
            st.warning(f"{say(card.header)}\n\n{say(card.action)}\n\n{reasons}")


def _offer(each: Offer) -> None:
    name = say(f"test.{each.test}.name")
    why = " ".join(say(f"reason.{caution}") for caution in each.cautions if caution != BY_LEVEL_V)
    if why:
        st.markdown(f"**{name}.** {why}")
    st.button(
        say("therapist.add", name=name),
        key=f"add-back-{each.test}",
        width="stretch",
        on_click=state.add_back,
        args=(each.test,),
    )
