"""A shared tablet: "Next person" on every screen, a countdown when nobody is there; nothing stays."""

import streamlit as st

from screening.services.settings import settings
from screening.views import entry, sitemap, state
from screening.views.components import kiosk
from screening.views.sitemap import Screen
from screening.views.words import say

WARN_S = 30
"""How long the countdown lasts: time enough to get up from the floor and touch the screen."""


def begin() -> None:
    """Settle whether this is a shared tablet; once it is, it stays one for as long as the tab lives."""
    if entry.kiosk_asked():
        state.become_kiosk()


def watch(here: Screen) -> None:
    """Mount the watch; when it says that nobody is there, forget everything and go to the start."""
    current = state.visit()
    if not current.kiosk:
        return
    order = kiosk.mount(
        armed=_something_to_forget(here),
        idle_s=settings().kiosk_idle_s,
        warn_s=WARN_S,
        anew=current.anew,
        words={
            "title": say("kiosk.still_there"),
            "text": say("kiosk.countdown"),
            "stay": say("kiosk.stay"),
        },
    )
    if order is not None and order != state.have(kiosk.KEY):
        state.take(kiosk.KEY, order)
        _forget()


def _something_to_forget(here: Screen) -> bool:
    current = state.visit()
    return here != sitemap.START or bool(current.consented or current.keep or current.example)


def next_person() -> None:
    """Draw the button for the next person; it asks once more before it forgets."""
    current = state.visit()
    if not current.kiosk:
        return
    with st.container(key="next-person"):
        if not current.handing_over:
            st.button(say("kiosk.next"), key="kiosk-next", on_click=state.hand_over)
            return
        st.markdown(say("kiosk.sure"))
        if st.button(say("kiosk.yes"), key="kiosk-yes", type="primary"):
            _forget()
        st.button(say("kiosk.no"), key="kiosk-no", on_click=state.not_yet)


def _forget() -> None:
    state.next_person()
    entry.go_to(sitemap.START.name)
