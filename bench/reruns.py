"""Server side: how long one rerun takes, and how many a hundred visits get at once."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from functools import partial
from statistics import median

from tests.client import Said, Visit

from bench.servers import Servers
from bench.visits import Tapper, go_on

ROUNDS = 120
VISITS = 100
EACH = 4
WARM = 5

QUESTIONS = ("about_you", "where", "safety", "pain")
"""The pages of questions. The bar holds for each."""

MANY = "about_you"
"""The one that a hundred visits answer at once."""

PICTURES = "how_it_connects"
"""The page with the pictures that explain."""

Again = Callable[[], Awaitable[Said]]
Opened = Callable[[AsyncExitStack], Awaitable[Again]]


async def _bare(stack: AsyncExitStack, port: int) -> Again:
    visit = await stack.enter_async_context(Visit(port))
    await visit.run()
    return visit.run


async def _questions(stack: AsyncExitStack, port: int, page: str) -> Again:
    visit = await stack.enter_async_context(Visit(port, page))
    return Tapper(visit, await go_on(visit)).tap


async def _connects(stack: AsyncExitStack, port: int) -> Again:
    visit = await stack.enter_async_context(Visit(port, PICTURES))
    said = await visit.run()
    if not any(said.elements("vega_lite_chart")):
        raise LookupError("the page with the pictures drew no chart")
    return visit.run


async def _results(stack: AsyncExitStack, port: int) -> Again:
    visit = await stack.enter_async_context(Visit(port, "results"))
    said = await go_on(visit)
    if not any(said.elements("vega_lite_chart")):
        raise LookupError("the results page drew no chart for the invented person")
    return visit.run


def _pages(
    servers: Servers, questions: Iterable[str]
) -> dict[str, Callable[[AsyncExitStack], Awaitable[Again]]]:
    ours = servers.ours.port
    return {
        "plain": lambda stack: _bare(stack, servers.plain.port),
        "tuned": lambda stack: _bare(stack, servers.tuned.port),
        **{page: partial(_questions, port=ours, page=page) for page in questions},
        "results": lambda stack: _results(stack, ours),
        PICTURES: lambda stack: _connects(stack, ours),
    }


async def medians(servers: Servers) -> dict[str, float]:
    """Return the median time of a rerun in milliseconds, by page; the pages take turns."""
    async with AsyncExitStack() as stack:
        pages = {name: await opened(stack) for name, opened in _pages(servers, QUESTIONS).items()}
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
    pages = _pages(servers, (MANY,))
    pages.pop(PICTURES)  # a therapist's page: nobody opens it a hundred times at once
    for name, opened in pages.items():
        async with AsyncExitStack() as stack:
            visits = [await opened(stack) for _ in range(VISITS)]

            async def one(again: Again) -> None:
                for _ in range(EACH):
                    await again()

            begun = time.perf_counter()
            await asyncio.gather(*(one(again) for again in visits))
            found[name] = VISITS * EACH / (time.perf_counter() - begun)
    return found
