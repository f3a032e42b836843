"""A page that greets, breaks when its address says so, and tells about its own process when asked."""

import gc
import socket

import streamlit as st

if "process" in st.query_params:
    accepted = [
        each
        for each in gc.get_objects()
        if isinstance(each, socket.socket)
        and each.fileno() >= 0
        and each.family in {socket.AF_INET, socket.AF_INET6}
        and not each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        and each.type == socket.SOCK_STREAM
    ]
    without_delay = [each.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for each in accepted]
    st.text(f"accepted {len(accepted)}, of them without delay {sum(map(bool, without_delay))}")
    st.text(f"frozen {gc.get_freeze_count()}")
else:
    st.write("hi")
if "break" in st.query_params:
    raise ValueError("MARKER-7f3a " + st.query_params["break"])
