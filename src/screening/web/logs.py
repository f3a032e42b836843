"""What a log line may hold: of an exception its class and its places, never its words."""

import logging
import traceback
from pathlib import Path
from typing import Any

_PLACES = 6

_plain = logging.LogRecord


def without_texts(  # noqa: PLR0913, PLR0917 - the signature logging calls
    name: str,
    level: int,
    path: str,
    line: int,
    msg: object,
    args: Any,
    exc_info: Any,
    func: str | None = None,
    sinfo: str | None = None,
    **more: Any,
) -> logging.LogRecord:
    """Make a log record in which an exception is its class and the last places it passed.

    An exception's words may quote an answer. Streamlit logs them before any handler of ours runs.
    """
    if exc_info and exc_info[1] is not None:
        places = [
            f"{Path(each.filename).name}:{each.lineno}"
            for each in traceback.extract_tb(exc_info[1].__traceback__)[-_PLACES:]
        ]
        args = (str(msg).strip(), type(exc_info[1]).__name__, " > ".join(places) or "nowhere")
        msg, exc_info = "%s: %s at %s", None
    return _plain(name, level, path, line, msg, args, exc_info, func, sinfo, **more)


def quiet_logs() -> None:
    """From now on no log record holds an exception's words, and no request is logged."""
    logging.setLogRecordFactory(without_texts)
    logging.getLogger("uvicorn.access").disabled = True
