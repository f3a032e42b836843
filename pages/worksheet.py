"""Worksheet for the visit: what to check next, and numbers measured in the clinic."""

import streamlit as st

from screening.views import worksheet_card
from screening.views.words import say

st.title(say("title.worksheet"), anchor=False)

if worksheet_card.may_show():
    worksheet_card.opening()
    worksheet_card.next_checks()
    worksheet_card.clinic_numbers()
    worksheet_card.way_back()
