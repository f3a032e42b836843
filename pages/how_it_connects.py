"""How it connects: six short scenes about hip, knee and back. Works without having answered anything."""

import streamlit as st

from screening.views import connect, frame, present
from screening.views.words import say

st.title(say("title.how_it_connects"), anchor=False)
st.markdown(say("how_it_connects.lead"))
st.caption(say("how_it_connects.no_answers_needed"))

present.from_scenes()

for number in connect.NUMBERS:
    connect.scene(number)

frame.back_from_pictures()
