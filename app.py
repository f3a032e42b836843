"""The web application: one Streamlit script inside our own routes and headers."""

import streamlit as st

from screening import web
from screening.views import script_error, sitemap

app = st.App(
    "src/screening/views/shell.py",
    routes=web.ROUTES,
    middleware=web.middleware(*(screen.name for screen in sitemap.SCREENS)),
    lifespan=web.lifespan,
    on_script_error=script_error.draw,
)
