"""The first run that a connection asks for is a whole one.

After a restart the browser goes on with the page it shows, and asks for the part of it that was tapped.
The new session knows no parts yet: Streamlit would run nothing, and the tap would be lost.
"""

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg


class WholeFirst:
    """Let the first run of each web socket draw the whole page, whichever part of it was asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Watch a web socket until its first run is asked for; hand everything on."""
        asked = False

        async def watched() -> Message:
            nonlocal asked
            message = await receive()
            if not asked and message.get("bytes"):
                asked, message["bytes"] = _whole(message["bytes"])
            return message

        await self.app(scope, watched if scope["type"] == "websocket" else receive, send)


def _whole(sent: bytes) -> tuple[bool, bytes]:
    """Return whether a run is asked for, and the message, asking for all of the page."""
    try:
        message = BackMsg.FromString(sent)
    except DecodeError:
        return False, sent  # Streamlit says what it thinks of it
    if not message.HasField("rerun_script"):
        return False, sent
    message.rerun_script.ClearField("fragment_id")
    return True, message.SerializeToString()
