"""What happens once per process, before the first visitor: check, warm up, freeze."""

import gc
import importlib
import json
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from streamlit import config

from screening.errors import ScreeningError, SettingsError
from screening.services import catalogue, wording
from screening.services.desk import desk
from screening.services.settings import settings
from screening.web.headers import security_headers
from screening.web.index_page import first_files, pages
from screening.web.logs import quiet_logs
from screening.web.share_life import own_base, sharing
from screening.web.static_files import compressed_file, file_of

MUST_BE: dict[str, Any] = {
    "browser.gatherUsageStats": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.enableStaticServing": False,
    "server.baseUrlPath": "",
    "client.allowedOrigins": [],
    "logger.enableRich": False,
}
"""Streamlit options without which our promises do not hold, whoever set them and wherever."""

_state = {"ready": False}


def is_ready() -> bool:
    """Return whether the start is through and the stop has not begun."""
    return _state["ready"]


def check_options(get: Callable[[str], Any]) -> None:
    """Look at Streamlit's options as they really are: flags and other files override ours.

    Raises:
        SettingsError: Names the first option that must not be as it is.
    """
    for name, wanted in MUST_BE.items():
        found = get(name)
        if found != wanted:
            raise SettingsError(
                f"the option {name} must be {json.dumps(wanted)}, and it is {json.dumps(found)}: not started"
            )


def wear_colours(set_option: Callable[[str, Any], None]) -> None:
    """Put the clinic's colours on the theme; they were checked when the settings were read."""
    host = settings()
    for mode, colour in (("light", host.colour), ("dark", host.colour_dark)):
        if colour is not None:
            set_option(f"theme.{mode}.primaryColor", colour)


def no_delay() -> int:
    """Switch Nagle's delay off on listening sockets; accepted ones inherit it.

    Streamlit makes its socket without a protocol number, so that asyncio leaves the delay on and
    every rerun waits some 40 ms for the browser's acknowledgement.

    Returns:
        How many sockets were found.
    """
    found = 0
    for each in gc.get_objects():
        # By type: asking a dead proxy for its class raises.
        if issubclass(type(each), socket.socket) and _listens(each):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            found += 1
    return found


def _listens(each: socket.socket) -> bool:
    return (
        each.fileno() >= 0
        and each.type == socket.SOCK_STREAM
        and each.family in {socket.AF_INET, socket.AF_INET6}
        and bool(each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    )


def warm_up() -> None:
    """Do now, once, what the first visitor would otherwise wait for.

    Raises:
        ScreeningError: A data file, the wording or the settings cannot be used.
    """
    for language in settings().languages:
        wording.sentences(language)
    catalogue.load()
    pages()
    security_headers()
    for path in first_files():
        if found := file_of(path):
            compressed_file(found)
    _draw_a_chart()


def _draw_a_chart() -> None:
    # By name: the web floor draws nothing, it only has the libraries loaded before they are needed.
    pandas, altair = importlib.import_module("pandas"), importlib.import_module("altair")
    altair.Chart(pandas.DataFrame({"x": [1.0]})).mark_point().encode(x="x:Q").to_dict()


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Check the options, quiet the logs, warm up, freeze; then serve.

    Raises:
        ScreeningError: The app must not start; the message says why. The process ends with an error.
    """
    try:
        check_options(config.get_option)
        quiet_logs()
        warm_up()
        wear_colours(config.set_option)
    except ScreeningError:
        sys.tracebacklimit = 0  # the host reads one sentence, not the way it took
        raise
    no_delay()
    gc.collect()
    gc.freeze()
    base = own_base(config.get_option("server.address"), config.get_option("server.port"))
    async with sharing(desk(), base):
        _state["ready"] = True
        try:
            yield
        finally:
            _state["ready"] = False
