"""What an address may carry: a language. No answer ever travels in it."""

import streamlit as st

from screening.services.settings import settings
from screening.services.wording import DEFAULT_LANGUAGE, languages


def language() -> str:
    """Return the language asked for: ``?lang=`` first, then the browser's, else the default.

    Only languages that the host offers and that have wording count.
    """
    offered = [each for each in languages() if each in settings().languages]
    asked = (st.query_params.get("lang", ""), st.context.locale or "")
    for wish in asked:
        short = wish.replace("_", "-").split("-")[0].lower()
        if short in offered:
            return short
    return offered[0] if offered else DEFAULT_LANGUAGE
