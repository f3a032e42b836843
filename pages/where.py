"""Where it hurts: the list of places with left and right, "no pain", and the worst spot."""

import streamlit as st

from screening.views import frame, questions
from screening.views.words import say

st.title(say("title.where"), anchor=False)
st.markdown(say("text.Q1"))
st.markdown(say("where.left_is_yours"))
questions.spots()
open_ = questions.worst()
frame.way_on(missing=questions.any_missing(("spots",)), skipped=open_)
