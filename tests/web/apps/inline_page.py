"""A page with an inline component."""

import streamlit as st

st.write("hi")
st.components.v2.component(
    "inline",
    html="<p></p>",
    js="export default ({ parentElement }) => { parentElement.querySelector('p').textContent = 'ran' }\n",
)(key="inline")
