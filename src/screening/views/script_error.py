"""What a person reads when a page broke: our sentence, in place of Streamlit's."""

import streamlit as st

from screening.views.words import say


def draw(_: Exception) -> bool:
    """Say that it is our fault and what to do. What the page drew before stays.

    Returns:
        True: Streamlit draws nothing of its own.
    """
    st.error(say("edge.script_error"))
    return True
