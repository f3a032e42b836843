"""Pain: how bad it is, and how it behaves. Without pain there is nothing to ask."""

import streamlit as st

from screening.views import frame, questions
from screening.views.words import say

st.title(say("title.pain"), anchor=False)
half, drawn = questions.pain_half()
frame.way_on(
    missing=questions.pain_missing(drawn),
    skipped=questions.any_open(drawn),
    part=half,
    parts=questions.PAIN_HALVES,
)
