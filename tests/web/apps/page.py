"""A page that greets, and breaks when its address says so."""

import streamlit as st

st.write("hi")
if "break" in st.query_params:
    raise ValueError("MARKER-7f3a " + st.query_params["break"])
