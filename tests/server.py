"""A real server for tests that need one: started on a free port, waited for, ended by its process id."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import urllib.response
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "app.py"


def free_port() -> int:
    """Return a port that nothing on this machine listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    """One HTTP answer; header names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Server:
    """A running `streamlit run`.

    Attributes:
        port: Where it listens, on 127.0.0.1.
        process: The process; its output goes to `log`.
        log: Everything it has written, so far.
    """

    port: int
    process: subprocess.Popen[bytes]
    log: Path
    command: Sequence[str]
    env: Mapping[str, str]
    cwd: Path = ROOT

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def get(self, path: str, *, method: str = "GET", timeout: float = 30, **headers: str) -> Answer:
        """Ask for a path, following nothing. `accept_encoding="gzip"` sets that header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        asked = urllib.request.Request(self.url + path, headers=named, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
        try:
            with opener.open(asked, timeout=timeout) as said:
                return _answer(said)
        except urllib.error.HTTPError as said:
            with said:
                return _answer(said)

    def kill(self) -> None:
        """End it at once, as a crash would; the port stays known for `restart`."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=30)

    def restart(self, *, timeout: float = 60) -> None:
        """Start it again on the same port, and wait until it is ready."""
        self.kill()
        self.process = _started(self.command, self.env, self.log, self.cwd)
        self.wait(timeout=timeout)

    def wait(self, *, path: str = "/readyz", timeout: float = 60) -> None:
        """Wait until the path answers 200."""
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{self.output}")
            try:
                if self.get(path, timeout=2).status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise RuntimeError(f"the server was not ready in {timeout} s:\n{self.output}")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _answer(said: urllib.response.addinfourl) -> Answer:
    headers = {name.lower(): value for name, value in said.headers.items()}
    return Answer(int(said.status or 0), headers, said.read())


def _started(command: Sequence[str], env: Mapping[str, str], log: Path, cwd: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(command, cwd=cwd, env=dict(env), stdout=out, stderr=subprocess.STDOUT)


def command(entry: Path, port: int, options: Sequence[str] = ()) -> list[str]:
    """Return the one way to start: `streamlit run`, in the top folder."""
    return [sys.executable, "-m", "streamlit", "run", str(entry), "--server.port", str(port), *options]


@contextmanager
def running(  # noqa: PLR0913
    log: Path,
    *,
    entry: Path = APP,
    options: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
    ready: str = "/readyz",
    cwd: Path = ROOT,
    timeout: float = 60,
) -> Iterator[Server]:
    """Run a server for the length of a `with` block.

    Args:
        log: File for its output, such as `tmp_path / "log"`.
        entry: What to run; another entry file than `app.py` has no `/readyz`: say what is ready.
        options: More options for `streamlit run`.
        env: Environment variables to add.
        ready: The address that answers 200 once it is ready.
        cwd: The folder to start in; another one than the top folder means other Streamlit options.
        timeout: How long to wait for that, in seconds.
    """
    port = free_port()
    started = command(entry, port, options)
    whole = {**os.environ, **(env or {})}
    server = Server(port, _started(started, whole, log, cwd), log, started, whole, cwd)
    try:
        server.wait(path=ready, timeout=timeout)
        yield server
    finally:
        server.kill()


def json_of(answer: Answer) -> object:
    return json.loads(answer.body)
