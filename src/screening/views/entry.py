"""What an address may carry: a language, and that this is a shared tablet. No answer ever travels in it."""

from typing import NoReturn

import streamlit as st

from screening.services.settings import settings
from screening.services.wording import DEFAULT_LANGUAGE, languages
from screening.views import sitemap

CARRIED = ("lang", "kiosk")
"""What goes along from page to page. Everything else in an address is dropped."""


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


def kiosk_asked() -> bool:
    """Say whether this is a shared tablet: the host says so, or lets the address say so and it does."""
    host = settings()
    return host.kiosk == "always" or (host.kiosk == "link" and st.query_params.get("kiosk") == "1")


def go_to(name: str) -> NoReturn:
    """Show another screen, with what the address carries. The run ends here."""
    along = {key: st.query_params[key] for key in CARRIED if key in st.query_params}
    st.switch_page(sitemap.path_of(name), query_params=along)
