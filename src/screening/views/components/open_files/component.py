"""Open files of the device: the browser reads them, the page gets their bytes once, nobody keeps them."""

from collections.abc import Mapping

import streamlit as st

from screening.services.answers_file import LARGEST
from screening.views.components.open_files.sent import MOST_FILES, read

_OPEN = st.components.v2.component("screening.open_files", css="open_files.css", js="open_files.mjs")


def open_files(*, key: str, label: str) -> tuple[bytes, ...]:
    """Draw a button that opens files, and return what was just opened, once.

    No upload address is used and no name of a file leaves the browser: a name may be a person's. A file
    that is too big arrives one byte too big, and no longer.

    Args:
        key: Of this button.
        label: What it says.
    """
    out: Mapping[str, object] = _OPEN(
        key=key,
        data={"label": label, "bytes": LARGEST + 1, "most": MOST_FILES},
        on_files_change=lambda: None,
    )
    return read(out.get("files"))
