"""For therapists: invented people to show, the presenter view, "my therapist is with me", shared tablets."""

import streamlit as st

from screening.views import examples, frame, present, therapist, worksheet_card
from screening.views.words import say

st.title(say("title.therapists"), anchor=False)
st.markdown(say("therapist.lead"))
frame.sign_off()

st.header(say("demo.title"), anchor=False)
st.markdown(say("demo.lead"))
examples.everyone()

st.header(say("present.title"), anchor=False)
st.markdown(say("present.lead"))
present.to_show(came_from="therapists")

st.header(say("title.worksheet"), anchor=False)
worksheet_card.ways()

st.header(say("therapist.title"), anchor=False)
st.markdown(say("therapist.rules"))
therapist.switch()

st.header(say("kiosk.title"), anchor=False)
st.markdown(say("kiosk.about"))
frame.back_to("start")
