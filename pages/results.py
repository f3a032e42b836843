"""Results: one main message, what was told, the four domains, left and right, patterns, limits, help."""

import streamlit as st

from screening.views import cards, present, result_cards
from screening.views.words import say

st.title(say("title.results"), anchor=False)

if shown := result_cards.results_or_why_not():
    present.from_result()
    result_cards.main_message(shown)
    result_cards.told(shown)
    result_cards.domains(shown)
    result_cards.sides(shown)
    result_cards.patterns(shown)
    result_cards.connect(shown)
    result_cards.limits(shown)
    result_cards.help_when(shown)
    cards.clinic()
    result_cards.sources(shown)
    result_cards.take_away(shown)
