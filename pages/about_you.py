"""About you: age, sex as the published values use it, and usual activity."""

import streamlit as st

from screening.views import frame, questions
from screening.views.words import say

st.title(say("title.about_you"), anchor=False)
st.markdown(say("about_you.why"))
questions.age()
questions.sex()
st.header(say("about_you.activity_title"), anchor=False)
st.markdown(say("about_you.activity_why"))
questions.activity()
frame.way_on(missing=questions.any_missing(("age", "sex")))
