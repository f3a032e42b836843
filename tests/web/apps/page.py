"""A page that greets, breaks when its address says so, and tells about its own process when asked."""

import gc
import os
import socket
from collections.abc import Iterator

import streamlit as st


def served() -> Iterator[socket.socket]:
    """Yield every connection this process serves: an event loop in C has no Python sockets for them."""
    for number in range(1024):
        try:
            found = socket.socket(fileno=os.dup(number))
        except OSError:
            continue
        if found.family in {socket.AF_INET, socket.AF_INET6} and found.type == socket.SOCK_STREAM:
            if not found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                yield found
        else:
            found.close()


if "process" in st.query_params:
    accepted = list(served())
    without_delay = [each.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for each in accepted]
    st.text(f"accepted {len(accepted)}, of them without delay {sum(map(bool, without_delay))}")
    st.text(f"frozen {gc.get_freeze_count()}")
else:
    st.write("hi")
if "break" in st.query_params:
    raise ValueError("MARKER-7f3a " + st.query_params["break"])
