"""The script Streamlit runs at every rerun: sitemap, frame, page inside. Nobody imports it."""

import streamlit as st

from screening.views import frame, kiosk, sitemap, state, words
from screening.views.words import say

_pages = state.pages(words.begin(), frame.pages)
_page = st.navigation(list(_pages.values()), position="hidden")
_here = next(sitemap.screen(name) for name, each in _pages.items() if each == _page)
st.set_page_config(page_title=f"{_page.title} · {say('app.name')}")

kiosk.begin()
state.begin(_here.name)
try:
    _corner = st.container(key="keeper")
    with _corner:
        _mounted = frame.hear_early(_here, _page.title)
        kiosk.watch(_here)
    try:
        with frame.around_page(_here):
            if not frame.instead_of_page(_here):
                _page.run()
        state.page_done()
    finally:
        state.collect_late()
        if not _mounted:
            with _corner:
                frame.mount_keeper(_here, say("title.card") if state.ended() else _page.title)
finally:
    state.end()
