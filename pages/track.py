"""Then and now: earlier checks opened beside today's, what likely changed, and when to check again."""

import streamlit as st

from screening.views import cards, track_card
from screening.views.words import say

st.title(say("title.track"), anchor=False)

if cards.may_show_more():
    if shown := track_card.choose_checks():
        track_card.main_message(shown)
        track_card.pain(shown)
        track_card.tests(shown)
    track_card.next_time()
    track_card.way_back()
