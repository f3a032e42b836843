"""Start: what this is and is not, what it takes, the consent, and the way back to kept answers."""

import streamlit as st

from screening.views import examples, frame, questions
from screening.views.words import say

frame.logo()
st.title(say("title.start"), anchor=False)
st.markdown(say("text.I0"))
frame.sign_off()
frame.kept_answers()
st.markdown(say("start.time"))
st.header(say("start.you_need_title"), anchor=False)
st.markdown(say("start.you_need"))
questions.consent()
frame.way_on(missing=questions.consent_missing())
st.header(say("demo.look_first"), anchor=False)
examples.one()
frame.for_therapists()
