"""How this check works: every rule, number and source, generated from the data files."""

import streamlit as st

from screening.views import method_cards
from screening.views.words import say

st.title(say("title.methods"), anchor=False)

method_cards.opening()
for name in method_cards.SECTIONS:
    method_cards.section(name)
