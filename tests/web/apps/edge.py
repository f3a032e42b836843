"""Our edge around a script of the tests' own: what `app.py` does, over another page."""

import streamlit as st

from screening import web
from screening.views import script_error

app = st.App(
    "page.py",
    routes=web.ROUTES,
    middleware=web.middleware("first", "page"),
    lifespan=web.lifespan,
    on_script_error=script_error.draw,
)
