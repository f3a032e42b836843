"""Server side: how long one rerun takes, and how many a hundred visits get at once."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from statistics import median

from tests.client import Said, Visit

from bench.servers import Servers
from bench.visits import Tapper, go_on

ROUNDS = 120
VISITS = 100
EACH = 6
WARM = 5

QUESTIONS = "about_you"
"""The page with the most questions on one screen."""

Again = Callable[[], Awaitable[Said]]


async def _bare(stack: AsyncExitStack, port: int) -> Again:
    visit = await stack.enter_async_context(Visit(port))
    await visit.run()
    return visit.run


async def _questions(stack: AsyncExitStack, port: int) -> Again:
    visit = await stack.enter_async_context(Visit(port, QUESTIONS))
    return Tapper(visit, await go_on(visit)).tap


async def _results(stack: AsyncExitStack, port: int) -> Again:
    visit = await stack.enter_async_context(Visit(port, "results"))
    said = await go_on(visit)
    if not any(said.elements("vega_lite_chart")):
        raise LookupError("the results page drew no chart for the invented person")
    return visit.run


def _pages(servers: Servers) -> dict[str, Callable[[AsyncExitStack], Awaitable[Again]]]:
    return {
        "plain": lambda stack: _bare(stack, servers.plain.port),
        "tuned": lambda stack: _bare(stack, servers.tuned.port),
        "questions": lambda stack: _questions(stack, servers.ours.port),
        "results": lambda stack: _results(stack, servers.ours.port),
    }


async def medians(servers: Servers) -> dict[str, float]:
    """Return the median time of a rerun in milliseconds, by page; the pages take turns."""
    async with AsyncExitStack() as stack:
        pages = {name: await opened(stack) for name, opened in _pages(servers).items()}
        times: dict[str, list[float]] = {name: [] for name in pages}
        for turn in range(WARM + ROUNDS):
            for name, again in pages.items():
                said = await again()
                if turn >= WARM:
                    times[name].append(said.seconds * 1000)
    return {name: median(each) for name, each in times.items()}


async def throughput(servers: Servers) -> dict[str, float]:
    """Return the reruns per second of a hundred visits that all want one at once, by page."""
    found = {}
    for name, opened in _pages(servers).items():
        async with AsyncExitStack() as stack:
            visits = [await opened(stack) for _ in range(VISITS)]

            async def one(again: Again) -> None:
                for _ in range(EACH):
                    await again()

            begun = time.perf_counter()
            await asyncio.gather(*(one(again) for again in visits))
            found[name] = VISITS * EACH / (time.perf_counter() - begun)
    return found
