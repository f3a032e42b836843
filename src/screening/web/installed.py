"""Where the installed Streamlit keeps what it serves to browsers. Streamlit itself is not imported."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def served_folder() -> Path:
    """Return the folder with Streamlit's index page and, below `static/`, its scripts.

    Raises:
        FileNotFoundError: Streamlit is not installed as a plain folder.
    """
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("streamlit is not installed")
    return Path(spec.origin).resolve().parent / "static"
