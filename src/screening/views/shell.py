"""The script Streamlit runs: sitemap, frame, page inside. Nobody imports it.

A run after a tap is as small as what it changes: the draft alone, the screen, or the frame as well.
"""

import streamlit as st
from streamlit.navigation.page import StreamlitPage as Page

from screening.views import frame, kiosk, sitemap, state, words
from screening.views.words import say


def _navigate() -> Page:
    pages = state.pages(words.begin(), frame.pages)
    return st.navigation(list(pages.values()), position="hidden")


def _begin() -> None:
    kiosk.begin()
    state.begin(_here.name)


@st.fragment(key=frame.SCREEN)
def _screen() -> None:
    page = _page
    if not _whole:
        page = _navigate()
        _begin()
        if page.url_path != _page.url_path:
            st.rerun()  # the address has changed since; what was tapped is collected
    try:
        _draw(page)
    finally:
        state.end()


def _draw(page: Page) -> None:
    corner = st.container(key="keeper")
    with corner:
        mounted = frame.heard_early(_here, page.title)
        kiosk.watch(_here)
    try:
        if not frame.instead_of_page(_here):
            page.run()
        state.page_done()
    finally:
        state.collect_late()
        if not mounted:
            with corner:
                frame.keep_draft(_here, say("title.card") if state.ended() else page.title)


_page = _navigate()
_here = sitemap.screen(_page.url_path or sitemap.START.name)
st.set_page_config(page_title=f"{_page.title} · {say('app.name')}")
_whole = True
_begin()
try:
    with frame.around_page(_here):
        _screen()
finally:
    _whole = False
