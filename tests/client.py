"""A visit without a browser: Streamlit's own messages over its web socket.

It sees what the server sends and how fast, and may send what no browser would. It draws nothing.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeVar

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

_T = TypeVar("_T")

_WORDS: dict[str, Callable[[Any], Iterable[str]]] = {
    "markdown": lambda it: [it.body],
    "heading": lambda it: [it.body],
    "alert": lambda it: [it.body],
    "text": lambda it: [it.body],
    "button": lambda it: [it.label],
    "checkbox": lambda it: [it.label],
    "radio": lambda it: [it.label, *it.options],
    "button_group": lambda it: [it.label, *(each.content for each in it.options)],
    "text_input": lambda it: [it.label],
    "number_input": lambda it: [it.label],
    "exception": lambda it: [it.message],
}


@dataclass(frozen=True)
class Said:
    """What the server sent for one run.

    Attributes:
        messages: Every message, in order, up to the end of the run.
        seconds: From sending the request to the end of the run.
    """

    messages: tuple[ForwardMsg, ...]
    seconds: float

    def _drawn(self) -> Iterator[tuple[str, str, Any]]:
        """Yield the fragment, the kind and the value of each new element."""
        for message in self.messages:
            if message.HasField("delta") and message.delta.HasField("new_element"):
                element: Element = message.delta.new_element
                name = str(element.WhichOneof("type"))
                yield message.delta.fragment_id, name, getattr(element, name)

    def elements(self, kind: str | None = None) -> Iterator[Any]:
        """Yield the new elements; of one kind, such as "radio", or all."""
        return (each for _, name, each in self._drawn() if kind in {None, name})

    @property
    def kinds(self) -> list[str]:
        """The kind of each new element, in the order they came."""
        return [name for _, name, _ in self._drawn()]

    @property
    def fragments(self) -> dict[str, str]:
        """The fragment that each new widget is a part of, by the widget's id."""
        return {each.id: part for part, _, each in self._drawn() if part and getattr(each, "id", "")}

    def button(self, label: str) -> str:
        """Return the id of the button that says so."""
        return str(next(each.id for each in self.elements("button") if each.label == label))

    @property
    def words(self) -> list[str]:
        """Every text a person could read, in the order it came."""
        found: list[str] = []
        for name, words in _WORDS.items():
            for each in self.elements(name):
                found.extend(words(each))
        return found

    @property
    def headings(self) -> list[str]:
        return [each.body for each in self.elements("heading")]

    @property
    def title(self) -> str | None:
        """The browser title this run asked for, if it did."""
        titles = [m.page_config_changed.title for m in self.messages if m.HasField("page_config_changed")]
        return next((each for each in reversed(titles) if each), None)

    @property
    def not_found(self) -> bool:
        """Whether Streamlit said that there is no such page."""
        return any(m.HasField("page_not_found") for m in self.messages)

    def component(self, name: str) -> dict[str, Any] | None:
        """Return the data sent to a browser component, by the end of its name."""
        for each in self.elements("bidi_component"):
            if each.component_name.endswith(name):
                return json.loads(each.json)  # type: ignore[no-any-return]
        return None


@dataclass
class Visit:
    """One person's session, opened straight on a page. Use as an async context manager.

    Attributes:
        port: The server's port on 127.0.0.1.
        page: The page's name, as in its address; "" is the first page.
        query: What stands behind the question mark.
        states: Widget values by id, sent with every run, as a browser does.
        fragments: The part of the page that each widget reruns, by the widget's id; the rest rerun all of it.
    """

    port: int
    page: str = ""
    query: str = ""
    states: dict[str, WidgetState] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)
    _socket: ClientConnection | None = None
    _page_hash: str = ""
    _pages: dict[str, str] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        address = f"127.0.0.1:{self.port}"
        self._socket = await connect(
            f"ws://{address}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=f"http://{address}",  # type: ignore[arg-type]
            max_size=None,
            proxy=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._socket is not None:
            await self._socket.close()

    def set(self, widget_id: str, **value: Any) -> None:
        """Keep a widget's value for the coming runs, such as `int_value=2`."""
        state = WidgetState(id=widget_id)
        for name, each in value.items():
            if name.endswith("_array_value"):
                getattr(state, name).data.extend(each)
            else:
                setattr(state, name, each)
        self.states[widget_id] = state

    async def run(
        self, *, press: str | None = None, page: str | None = None, moved: str | None = None
    ) -> Said:
        """Ask for one run and wait for its end.

        Args:
            press: The id of a button to press with it.
            page: Go to this page with it, as a link would.
            moved: The id of the widget that asks for it: only its part of the page is run again.
        """
        assert self._socket is not None
        ask = self._request(press, page)
        ask.rerun_script.fragment_id = self.fragments.get(press or moved or "", "")
        since = time.perf_counter()
        await self._socket.send(ask.SerializeToString())
        said = await self._heard(since)
        self._adopt(said)
        return said

    def _adopt(self, said: Said) -> None:
        """Take over the values the server sets, and where each widget stands, as a browser does."""
        self.fragments.update(said.fragments)
        for radio in said.elements("radio"):
            if radio.set_value:
                self.set(radio.id, string_value=radio.raw_value)
        for group in said.elements("button_group"):
            if group.set_value:
                self.set(group.id, string_array_value=list(group.raw_values))
        for kind, value in (("checkbox", "bool_value"), ("text_input", "string_value")):
            for each in said.elements(kind):
                if each.set_value:
                    self.set(each.id, **{value: each.value})

    def _request(self, press: str | None, page: str | None) -> BackMsg:
        if page is not None:
            self.page, self._page_hash = page, self._pages.get(page, "")
        ask = BackMsg()
        ask.rerun_script.query_string = self.query
        if self._page_hash:
            ask.rerun_script.page_script_hash = self._page_hash
        else:
            ask.rerun_script.page_name = self.page
        ask.rerun_script.context_info.timezone = "UTC"
        ask.rerun_script.context_info.locale = "en-US"
        ask.rerun_script.context_info.url = f"http://127.0.0.1:{self.port}/{self.page}"
        ask.rerun_script.context_info.color_scheme = "light"
        ask.rerun_script.widget_states.widgets.extend(self.states.values())
        if press is not None:
            ask.rerun_script.widget_states.widgets.append(WidgetState(id=press, trigger_value=True))
        return ask

    async def _heard(self, since: float) -> Said:
        assert self._socket is not None
        messages: list[ForwardMsg] = []
        while True:
            message = ForwardMsg.FromString(bytes(await self._socket.recv(decode=False)))
            if message.HasField("new_session"):
                messages.clear()
            if message.HasField("navigation"):
                self._page_hash = message.navigation.page_script_hash
                self._pages = {
                    each.url_pathname: each.page_script_hash for each in message.navigation.app_pages
                }
            messages.append(message)
            if message.HasField("script_finished") and message.script_finished != (
                ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return Said(tuple(messages), time.perf_counter() - since)


async def _alone(port: int, page: str, query: str) -> Said:
    async with Visit(port, page, query) as visit:
        return await visit.run()


def opened(port: int, page: str = "", query: str = "") -> Said:
    """Open one session straight on a page, and return what its first run sent."""
    return together(_alone(port, page, query))


def together(work: Awaitable[_T], *, timeout: float = 60) -> _T:
    """Run a coroutine from a test that is not one."""

    async def whole() -> _T:
        return await asyncio.wait_for(work, timeout)

    return asyncio.run(whole())
