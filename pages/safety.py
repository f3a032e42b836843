"""Safety: four tick lists, one on a screen. An urgent answer replaces everything once its list is left."""

import streamlit as st

from screening.views import frame, questions
from screening.views.words import say

st.title(say("title.safety"), anchor=False)
here = questions.safety_list()
frame.way_on(missing=questions.any_missing((here,)), part=here, parts=questions.safety_lists())
