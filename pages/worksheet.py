"""Worksheet for the visit: what to check next, and numbers measured in the clinic."""

import streamlit as st

from screening.views import cards, worksheet_card
from screening.views.words import say

st.title(say("title.worksheet"), anchor=False)

if cards.may_show_more():
    worksheet_card.opening()
    worksheet_card.next_checks()
    worksheet_card.clinic_numbers()
    worksheet_card.way_back()
