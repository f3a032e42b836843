"""The share store while the server runs: opened at start, purged every ten minutes, closed at the end."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.concurrency import run_in_threadpool

from screening.errors import SharingOff, StoreDown
from screening.services.desk import Desk
from screening.sharing.engine import path_of
from screening.sharing.store import Store

_log = logging.getLogger("screening.sharing")

EVERY_S = 600
"""How long ciphertext may outlive its link, in seconds."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def own_base(address: str | None, port: int) -> str | None:
    """Return the address of this server for this machine, or None where others can reach it, too."""
    if address not in LOOPBACK:
        return None
    return f"http://{f'[{address}]' if ':' in address else address}:{port}"


@asynccontextmanager
async def sharing(desk: Desk, base: str | None, *, every_s: float = EVERY_S) -> AsyncIterator[None]:
    """Open the desk and keep its store clean until the server stops.

    Args:
        desk: This process's desk.
        base: The address on this machine, see `own_base`.
        every_s: Seconds between two purges.
    """
    desk.begin(own_base=base)
    if desk.store is None:
        _log.info("sharing is off: no public address is set")
        yield
        return
    purging = asyncio.create_task(_purge_for_ever(desk.store, every_s))
    try:
        yield
    finally:
        purging.cancel()
        with suppress(asyncio.CancelledError):
            await purging
        await run_in_threadpool(desk.close)


async def _purge_for_ever(store: Store, every_s: float) -> None:
    said = ""
    while True:
        try:
            if _is_there(store):
                await run_in_threadpool(store.purge)
            said = ""
        except StoreDown:
            pass  # the store has said so, once
        except SharingOff as off:
            if str(off) != said:
                said = str(off)
                _log.warning("sharing is off: %s", off)
        await asyncio.sleep(every_s)


def _is_there(store: Store) -> bool:
    """A file that was never made has nothing to purge, and loading the database library is not free."""
    path = path_of(store.url)
    return path is None or path.exists()
