"""Our edge without the check at start: for trying what happens if telemetry were on all the same."""

import streamlit as st

from screening import web

app = st.App("page.py", routes=web.ROUTES, middleware=web.middleware("first", "page"))
