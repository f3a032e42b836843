"""Results: one main message, what was told, the four domains, left and right, patterns, limits, help."""

import streamlit as st

from screening.views import cards, result_cards
from screening.views.words import say

st.title(say("title.results"), anchor=False)

if results := result_cards.results_or_why_not():
    result_cards.main_message(results)
    result_cards.told(results)
    result_cards.domains(results)
    result_cards.sides(results)
    result_cards.patterns(results)
    result_cards.connect(results)
    result_cards.limits()
    result_cards.help_when(results)
    cards.clinic()
    result_cards.sources(results)
    result_cards.take_away()
