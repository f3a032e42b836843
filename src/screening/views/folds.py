"""What is folded away: worked out and sent only while it is open, so a closed fold costs next to nothing."""

from collections.abc import Callable

import streamlit as st


def fold(label: str, content: Callable[[], str], *, key: str) -> None:
    """Draw a fold, closed at first.

    Args:
        label: What stands on it.
        content: Returns its content as Markdown; called only while the fold is open.
        key: Its key, one on a page.
    """
    box = st.expander(label, key=key, on_change="rerun")
    if box.open:
        with box:
            st.markdown(content())
