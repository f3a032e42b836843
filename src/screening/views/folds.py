"""What is folded away."""

from collections.abc import Callable

import streamlit as st


def fold(label: str, content: str, *, key: str) -> None:
    """Draw a fold, closed at first. It is sent with the page: opening it asks nothing of the server.

    Args:
        label: What stands on it.
        content: What is in it, as Markdown.
        key: Its key, one on a page.
    """
    st.expander(label, key=key).markdown(content)


def long_fold(label: str, content: Callable[[], str], *, key: str) -> None:
    """Draw a fold that holds much and is seldom read: worked out and sent only while it is open."""
    box = st.expander(label, key=key, on_change="rerun")
    if box.open:
        box.markdown(content())
