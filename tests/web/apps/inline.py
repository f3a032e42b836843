"""Our edge around a page whose component brings its script as a string: the policy must stop it."""

import streamlit as st

from screening import web

app = st.App(
    "inline_page.py",
    routes=web.ROUTES,
    middleware=web.middleware("first", "page"),
    lifespan=web.lifespan,
)
