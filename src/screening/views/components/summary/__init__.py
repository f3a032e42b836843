"""A document as its recipient will see it: the same script draws the viewer, and this preview."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from screening.services.summary_drawing import drawing_kit
from screening.services.wording import Say

_MOUNT = st.components.v2.component(
    "screening.summary", html='<div class="summary"></div>', css="summary.css", js="summary.mjs"
)


def show(document: Mapping[str, Any], *, key: str, language: str, say: Say) -> None:
    """Draw a document that is about to be sealed, whole; a long one is folded, and unfolds on a press.

    Args:
        document: The very bundle that the link will hold.
        key: Of this place on the page.
        language: Of every word in it.
        say: This visit's words, for the button.
    """
    kit = drawing_kit(language)
    more = {"preview_all": say("share.page.preview_all"), "preview_less": say("share.page.preview_less")}
    _MOUNT(key=key, data={**kit, "words": {**kit["words"], **more}, "document": dict(document)})
