"""The clicker: keys that turn the pages of the presenter view, and a bright spot that follows the pointer."""

import streamlit as st

_PRESENTER = st.components.v2.component("screening.presenter", js="presenter.mjs")


def mount(*, following: str, before: str, close: str, picture: str) -> None:
    """Mount the clicker. It presses native buttons and sends nothing of its own.

    Args:
        following: Key of the button that shows what follows.
        before: Key of the button that goes back.
        close: Key of the button that ends it.
        picture: Key of the container over which the bright spot is shown.
    """
    _PRESENTER(
        key="presenter",
        data={"next": following, "back": before, "close": close, "picture": picture},
    )
