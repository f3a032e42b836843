"""A text to hand on: copied, shared or mailed in the browser. Nothing of it comes back to the server."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import streamlit as st

_MOUNT = st.components.v2.component("screening.to_copy", css="to_copy.css", js="to_copy.mjs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What goes along with a link that is to be sent. Never an answer, never a code.

    Attributes:
        subject: Of a mail.
        text: One or two sentences.
        ends: When the link ends, in epoch seconds; said in the person's own time.
        language: For that day and time.
        fresh: The link was made just now: bring it into view, and the focus to its first button.
    """

    subject: str
    text: str
    ends: int
    language: str
    fresh: bool = False

    def message(self, link: str) -> str:
        """Return the whole message: the sentences, then the link on a line of its own."""
        return f"{self.text}\n\n{link}"

    def mailto(self, link: str) -> str:
        """Return an address that opens the person's own mail program, with no recipient."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.message(link))}"


def to_copy(
    *, key: str, label: str, text: str, say: Callable[..., str], sending: Sending | None = None
) -> None:
    """Draw a text with a button that copies it.

    Args:
        key: Of this place on the page.
        label: What the text is.
        text: The text, e.g. a link.
        say: This visit's words.
        sending: For a link: draw the ways to send it too, the share sheet only where the device has one.
    """
    data: dict[str, Any] = {
        "label": label,
        "text": text,
        "copy": say("share.page.copy"),
        "copied": say("share.page.copied"),
        "by_hand": say("share.page.copy_by_hand"),
    }
    if sending is not None:
        data["ends"] = {
            "at": sending.ends,
            "say": say("share.page.ends", day="{day}"),
            "language": sending.language,
        }
        data["fresh"] = sending.fresh
        data["send"] = {
            "share": say("share.page.send"),
            "mail": say("share.page.mail"),
            "whole": say("share.page.copy_message"),
            "subject": sending.subject,
            "text": sending.text,
            "message": sending.message(text),
            "mailto": sending.mailto(text),
        }
    _MOUNT(key=key, data=data)
