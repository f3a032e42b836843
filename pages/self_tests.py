"""Tests: the list for this person, then one test and side at a time, then the end."""

import streamlit as st

from screening.views import self_test
from screening.views.words import say

st.title(say("title.self_tests"), anchor=False)
self_test.screen()
