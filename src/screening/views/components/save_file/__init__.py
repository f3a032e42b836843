"""Save a file and print the page, in the browser: no address of ours ever leads to a personal file."""

from collections.abc import Callable

import streamlit as st

_SAVE = st.components.v2.component("screening.save_file", css="save_file.css", js="save_file.mjs")

MEDIA_TYPE = "application/json"


def save_file(*, text: str, name: str, say: Callable[[str], str]) -> None:
    """Draw two buttons: save this text as a file on the device, and print the page.

    The file is made by the browser from what the page already holds; nothing is sent back and nothing
    lies under an address (``/media/...``) that another browser could open.

    Args:
        text: What the file holds, in full.
        name: Name of the file, e.g. ``hip-check-2026-11-22.json``.
        say: This visit's words.
    """
    _SAVE(
        key="save_file",
        data={
            "text": text,
            "name": name,
            "type": MEDIA_TYPE,
            "save": say("results.save"),
            "saved": say("results.saved"),
            "print": say("results.print"),
        },
    )
