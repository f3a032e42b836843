"""The three servers that are compared: the bare page plain, the bare page in our edge, and the app."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.server import Server, running

APPS = Path(__file__).resolve().parent / "apps"

_AS_SHIPPED = [
    "--server.headless=true",
    "--server.address=127.0.0.1",
    "--browser.gatherUsageStats=false",
]
"""Only what keeps a plain `streamlit run` on this machine and off the network."""


@dataclass(frozen=True)
class Servers:
    """Running, each in a process of its own."""

    plain: Server
    tuned: Server
    ours: Server
    shares: Path
    """The app's own store of shared summaries, a SQLite file."""


@contextmanager
def all_three() -> Iterator[Servers]:
    """Run the three servers; the plain one in a folder without our options."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        logs = Path(folder)
        elsewhere = logs / "elsewhere"
        elsewhere.mkdir()
        plain = running(
            logs / "plain",
            entry=APPS / "bare.py",
            options=_AS_SHIPPED,
            ready="/_stcore/health",
            cwd=elsewhere,
        )
        tuned = running(logs / "tuned", entry=APPS / "tuned.py")
        state = logs / "state"
        ours = running(logs / "ours", env={"XDG_STATE_HOME": str(state)})
        first, second, third = (stack.enter_context(each) for each in (plain, tuned, ours))
        yield Servers(first, second, third, state / "hip-check" / "share.db")
