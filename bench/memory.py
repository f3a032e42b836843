"""What an idle visit costs the server."""

from contextlib import AsyncExitStack
from pathlib import Path

from tests.client import Visit
from tests.server import Server

VISITS = 100


def _resident_mb(server: Server) -> float:
    for line in Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError("this system does not tell a process's memory")


async def _open(stack: AsyncExitStack, server: Server, count: int) -> None:
    for _ in range(count):
        visit = await stack.enter_async_context(Visit(server.port))
        await visit.run()


async def per_visit(server: Server) -> tuple[float, float]:
    """Return the process's megabytes before, and per visit that has opened the first page and waits."""
    async with AsyncExitStack() as stack:
        await _open(stack, server, 20)  # what grows once, whoever comes
        before = _resident_mb(server)
        await _open(stack, server, VISITS)
        return before, (_resident_mb(server) - before) / VISITS
