"""Save a file and print the page, in the browser: no address of ours ever leads to a personal file."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
    """One file that can be asked for: what it is, what its button says, its name and type."""

    what: str
    label: str
    name: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A button of a row was pressed: which file, and a random id of this press."""

    what: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The file that was asked for last: the wish, and the bytes it came to."""

    wish: Wish
    content: bytes


def wish_of(reported: object) -> Wish | None:
    """Return what a row reports as its last press, or None for nothing, or for anything odd."""
    if not isinstance(reported, Mapping):
        return None
    what, wish_id = reported.get("what"), reported.get("id")
    return Wish(what=what, id=wish_id) if isinstance(what, str) and isinstance(wish_id, str) else None


def save_files(
    *, key: str, files: Sequence[File], ready: Ready | None, say: Callable[[str], str], prints: bool = False
) -> None:
    """Draw a button for each file. None is built before its button is pressed.

    A press reruns the page, which builds that one file and hands it over; the browser then saves it.
    What was asked for last stays with the page, so a rerun cut short loses nothing.

    Args:
        key: Of this row of buttons; its last press is reported under ``wanted``.
        files: In the order of their buttons.
        ready: The file that was asked for last, or None.
        say: This visit's words.
        prints: Add a button that prints the page.
    """
    _SAVE(
        key=key,
        data={
            "saved": say("results.saved"),
            "making": say("share.page.making"),
            "files": [_offered(each, ready) for each in files],
            **({"print": say("results.print")} if prints else {}),
        },
        default={"wanted": None},
        on_wanted_change=lambda: None,
    )


def _offered(file: File, ready: Ready | None) -> dict[str, Any]:
    said = {"what": file.what, "label": file.label, "name": file.name, "type": file.media_type}
    if ready is None or ready.wish.what != file.what:
        return said
    return {**said, "id": ready.wish.id, "base64": b64encode(ready.content).decode("ascii")}
