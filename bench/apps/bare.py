"""The smallest Streamlit page there is: what everything else is measured against."""

import streamlit as st

st.write("hi")
