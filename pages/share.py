"""Share or save: this screen, paper and files for the device, and a link; each from one built document."""

import streamlit as st

from screening.views import frame, result_cards, share_card
from screening.views.words import say

st.title(say("title.share"), anchor=False)

if shown := result_cards.results_or_why_not():
    share_card.on_this_screen(shown)
    summary = share_card.what_goes_in(shown)
    share_card.files(shown, summary)
    share_card.link(shown)
    frame.back_to("results")
