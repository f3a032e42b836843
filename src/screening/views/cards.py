"""Native pieces of a screen: the cards that replace a result, and the call to action."""

from collections.abc import Callable

import streamlit as st

from screening.domain.levels import Level
from screening.domain.outcome import GetSeen, NotYet
from screening.services.settings import settings
from screening.views import entry, state
from screening.views.words import say


def get_seen(outcome: GetSeen, *, back: Callable[[], None] | None = None) -> None:
    """Draw the card that replaces every score: what to do, how fast, and why. No link leads further.

    Args:
        outcome: An emergency, a same-day level, or under 18.
        back: Called by "I ticked this by mistake". Without it that button leads to the screen of
            the answer.
    """
    with st.container(border=True, key="card-get-seen"):
        st.header(say(outcome.card.header), anchor=False)
        st.markdown(say(outcome.card.action))
        if outcome.card.reasons:
            reasons = "\n".join(f"- {say(reason)}" for reason in outcome.card.reasons)
            st.markdown(f"{say('level.because')}\n\n{reasons}")
        if outcome.level != Level.E:
            st.markdown(say("results.emergency"))
    with st.container(horizontal=True):
        if st.button(say("results.mistake"), key="get-seen-mistake", on_click=back) and back is None:
            under_age = outcome.level == Level.UNDER_AGE
            entry.go_to("about_you" if under_age else "safety")
        start_over("get-seen-start-over")


def may_show_more() -> bool:
    """Say whether a page about results may be shown; draw why not.

    An urgent answer comes before any number, of today or of another day.
    """
    if not state.visit().heard:
        st.info(say("results.loading"))
        return False
    outcome = state.assessment()
    if isinstance(outcome, GetSeen):
        get_seen(outcome)
        return False
    return True


def ask_first(not_yet: NotYet) -> None:
    """Draw what is still to be answered, and the way there. No score is shown beside it."""
    st.info(say(f"results.ask_first.{not_yet.page}"))
    if st.button(say("results.go_there"), key="ask-first", type="primary", width="stretch"):
        entry.go_to(not_yet.page)


def clinic(*, alone: bool = False) -> None:
    """Draw the call to action. It is the same whatever the score: nobody is frightened into a visit.

    Args:
        alone: Nothing stands above it: its heading is the page's own.
    """
    host = settings()
    with st.container(border=True, key="card-clinic"):
        heading = st.header if alone else st.subheader
        heading(say("results.clinic.title"), anchor=False)
        st.markdown(say("results.clinic.why"))
        if host.logo is not None and host.clinic_name:
            with st.container(key="logo-card"):
                st.image(host.logo, alt=host.clinic_name, width=200)
        if host.clinic_name:
            st.markdown(f"**{host.clinic_name}**")
        if host.phone:
            st.markdown(say("results.clinic.phone", phone=host.phone))
        if host.booking_url and state.visit().kiosk:
            st.markdown(say("kiosk.book", address=host.booking_url))
        elif host.booking_url:
            st.link_button(say("results.clinic.book"), host.booking_url, width="stretch")


@st.fragment
def start_over(key: str) -> None:
    """Draw the button that forgets every answer and leads back to the start; it asks once more first.

    To ask, only this button is drawn again, not the page it stands on.
    """
    if state.visit().example:
        if st.button(say("demo.leave"), key=f"{key}-leave"):
            state.leave_example()
            entry.go_to("therapists")
        return
    if not state.asked_to_erase():
        st.button(say("results.start_over"), key=key, on_click=state.ask_to_erase)
        return
    st.markdown(say("start.sure"))
    if st.button(say("start.erase"), key=f"{key}-erase"):
        state.start_over()
        entry.go_to("start")
    st.button(say("start.keep_them"), key=f"{key}-keep", on_click=state.keep_answers)
