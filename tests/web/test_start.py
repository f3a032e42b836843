"""How the process starts, when it refuses to, and what it never writes down."""

import asyncio
import os
import re
import socket
import subprocess
import time
from pathlib import Path

import pytest
from tests.client import opened, together
from tests.server import ROOT, Server, command, free_port, running
from tests.web.conftest import APPS
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from screening.services import wording
from screening.web.lifespan import no_delay


def start_that_ends(*options: str, **env: str) -> tuple[int, str]:
    """Start, wait for the end; return the exit code and everything it wrote."""
    ended = subprocess.run(
        command(APPS / "edge.py", free_port(), options),
        check=False,
        cwd=ROOT,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return ended.returncode, ended.stdout


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("browser.gatherUsageStats", "true"),
        ("server.enableAgentApi", "true"),
        ("server.enableCORS", "false"),
        ("client.allowedOrigins", "https://a.example"),
        ("logger.enableRich", "true"),
    ],
)
def test_a_host_who_switches_a_promise_off_by_flag_is_told_which_and_nothing_is_served(
    option: str, value: str
) -> None:
    more = ["--server.enableXsrfProtection", "false"] if option == "server.enableCORS" else []

    code, output = start_that_ends(f"--{option}", value, *more)

    assert code != 0
    assert f"the option {option} must be" in output
    assert "File " not in output


def test_a_settings_file_with_a_mistake_stops_the_start_and_the_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "host.toml").write_text('emergency_number = "call the nurse"\n')

    code, output = start_that_ends(HIP_CHECK_SETTINGS=str(tmp_path / "host.toml"))

    assert code != 0
    assert "host.toml: emergency_number: must be digits" in output


def test_a_clinic_that_frames_the_app_is_named_in_the_policy_and_nobody_else(tmp_path: Path) -> None:
    (tmp_path / "host.toml").write_text('frame_ancestors = ["https://clinic.example"]\n')
    env = {"HIP_CHECK_SETTINGS": str(tmp_path / "host.toml")}

    with running(tmp_path / "log", entry=APPS / "edge.py", env=env) as server:
        policy = server.get("/").headers["content-security-policy"]

    assert policy.endswith("; frame-ancestors https://clinic.example")


def test_a_page_that_breaks_says_sorry_and_no_word_of_the_error_is_written_anywhere(
    edge: Server,
) -> None:
    said = opened(edge.port, query="break=ANSWER-OF-A-PERSON")

    assert wording.speaker("en")("edge.script_error") in said.words
    assert "hi" in said.words
    whole = " ".join(str(message) for message in said.messages) + edge.output
    assert "MARKER-7f3a" not in " ".join(str(message) for message in said.messages)
    assert "MARKER-7f3a" not in edge.output
    assert "ANSWER-OF-A-PERSON" not in edge.output
    assert not list(said.elements("exception"))
    assert "Manage app" not in whole
    assert re.search(r"ValueError at .*page\.py:\d+", edge.output)


def test_no_request_is_written_down(edge: Server) -> None:
    edge.get("/page?secret=SHARE-ID-91")

    assert "SHARE-ID-91" not in edge.output
    assert "GET /" not in edge.output


def test_a_served_connection_waits_for_nothing_and_the_collector_rests(edge: Server) -> None:
    told = " ".join(opened(edge.port, query="process=1").words)

    accepted, without_delay = map(int, re.findall(r"accepted (\d+), of them without delay (\d+)", told)[0])
    assert accepted == without_delay >= 1
    assert int(re.findall(r"frozen (\d+)", told)[0]) > 50_000


def test_an_accepted_socket_inherits_what_the_listening_one_was_told() -> None:
    with socket.socket() as listening, socket.socket() as caller:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        caller.connect(listening.getsockname())

        assert no_delay() >= 1

        with socket.socket() as second:
            second.connect(listening.getsockname())
            listening.accept()[0].close()
            accepted, _ = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def refused(port: int, origin: str) -> bool:
    try:
        async with connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=origin,  # type: ignore[arg-type]
            proxy=None,
        ):
            return False
    except InvalidStatus as error:
        return error.response.status_code == 403


FOREIGN = (
    "https://foreign.example",
    "http://127.0.0.1",
    "http://localhost.foreign.example",
    "null",
    "",
    "1://127.0.0.1:{port}",
    "http://[127.0.0.1:{port}",
    "HTTPS://127.0.0.1:{port}@foreign.example",
    "file://",
    "https://127.0.0.1:{port}.foreign.example",
)


def test_ten_foreign_pages_are_refused_at_once_and_keep_nobody_waiting(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()  # takes every call and never says a word
        nowhere = f"http://127.0.0.1:{silent.getsockname()[1]}"
        env = {"http_proxy": nowhere, "https_proxy": nowhere, "HTTP_PROXY": nowhere, "HTTPS_PROXY": nowhere}

        with running(tmp_path / "log", entry=APPS / "edge.py", env={**env, "no_proxy": ""}) as server:

            async def attack() -> tuple[list[bool], float, float]:
                begun = time.perf_counter()
                calls = [
                    asyncio.create_task(refused(server.port, each.format(port=server.port)))
                    for each in FOREIGN
                ]
                asked = time.perf_counter()
                await asyncio.to_thread(server.get, "/healthz")
                waited = time.perf_counter() - asked
                return await asyncio.gather(*calls), time.perf_counter() - begun, waited

            all_refused, whole, waited = together(attack())

            assert all_refused == [True] * len(FOREIGN)
            assert whole < 0.5
            assert waited < 0.2
            assert opened(server.port).words == ["hi"]


def test_without_the_gate_the_same_foreign_page_is_seen_to_hold_the_server_up(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        nowhere = f"http://127.0.0.1:{silent.getsockname()[1]}"
        env = {"http_proxy": nowhere, "https_proxy": nowhere, "no_proxy": ""}

        with running(tmp_path / "log", entry=APPS / "page.py", env=env, ready="/_stcore/health") as server:
            begun = time.perf_counter()
            assert together(refused(server.port, FOREIGN[0]))

            assert time.perf_counter() - begun > 0.9
