"""The smallest page inside our edge."""

import streamlit as st

from screening import web

app = st.App(
    "bare.py",
    routes=web.ROUTES,
    middleware=web.middleware("bare"),
    lifespan=web.lifespan,
)
