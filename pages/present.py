"""The presenter view: how it connects, or the current result, for a clinic's screen."""

import streamlit as st

from screening.views import present
from screening.views.words import say

st.title(say("title.present"), anchor=False)
present.screen()
