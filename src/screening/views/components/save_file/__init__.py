"""Save a file and print the page, in the browser: no address of ours ever leads to a personal file."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """One file of text: what the button says, its name and type, and what it holds."""

    label: str
    name: str
    media_type: str
    text: str


def save_text(*, key: str, file: TextFile, saved: str) -> None:
    """Draw one button that saves a text the page holds already; see `save_file` for where it is made.

    Args:
        key: Of this button.
        file: The file.
        saved: What is said once it was saved.
    """
    data = {"text": file.text, "name": file.name, "type": file.media_type, "save": file.label}
    _SAVE(key=key, data={**data, "saved": saved})


def print_page(*, key: str, label: str) -> None:
    """Draw one button that prints the page."""
    _SAVE(key=key, data={"files": [], "saved": "", "print": label})


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file for the device: what the button says, its name and type, and its bytes."""

    label: str
    name: str
    media_type: str
    content: bytes


def save_files(*, key: str, files: Sequence[File], saved: str) -> None:
    """Draw a button for each file; see `save_file` for where they are made.

    Args:
        key: Of this row of buttons.
        files: In the order of their buttons.
        saved: What is said once one was saved.
    """
    _SAVE(
        key=key,
        data={
            "saved": saved,
            "files": [
                {
                    "label": each.label,
                    "name": each.name,
                    "type": each.media_type,
                    "base64": b64encode(each.content).decode("ascii"),
                }
                for each in files
            ],
        },
    )
