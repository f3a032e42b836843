"""Server side: how long one rerun takes, and how many a hundred visits get at once."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from statistics import median

from tests.client import Said, Visit
from tests.sitting import Sitting

from bench.servers import Servers
from bench.visits import PERSON, Tapper, Wavering

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


async def _opened(stack: AsyncExitStack, port: int, page: str) -> tuple[Sitting, Said]:
    sitting = Sitting(await stack.enter_async_context(Visit(port, page)))
    said = await sitting.open(PERSON)
    if page in {"results", PICTURES} and not any(said.elements("vega_lite_chart")):
        raise LookupError(f"{page} drew no chart for the invented person")
    return sitting, said


async def _whole(stack: AsyncExitStack, port: int, page: str) -> Again:
    sitting, _ = await _opened(stack, port, page)
    return sitting.visit.run


async def _tapped(stack: AsyncExitStack, port: int, page: str) -> Again:
    return Tapper(*await _opened(stack, port, page)).tap


async def _pressed(stack: AsyncExitStack, port: int, page: str) -> Again:
    return Wavering(*await _opened(stack, port, page)).press


def _after_a_tap(servers: Servers) -> dict[str, Opened]:
    """Return what follows a tap, by page: the results have nothing to tap but "Start over"."""
    ours = servers.ours.port
    return {
        **{page: partial(_tapped, port=ours, page=page) for page in QUESTIONS},
        "results": partial(_pressed, port=ours, page="results"),
    }


def _drawn_whole(servers: Servers) -> dict[str, Opened]:
    """Return whole runs, by page: what coming to a page costs."""
    pages = (*QUESTIONS, "results", PICTURES)
    return {f"{page}, whole": partial(_whole, port=servers.ours.port, page=page) for page in pages}


def _bare_pages(servers: Servers) -> dict[str, Opened]:
    return {
        "plain": partial(_bare, port=servers.plain.port),
        "tuned": partial(_bare, port=servers.tuned.port),
    }


async def medians(servers: Servers) -> dict[str, float]:
    """Return the median time of a rerun in milliseconds, by page; the pages take turns."""
    async with AsyncExitStack() as stack:
        all_ = {**_bare_pages(servers), **_after_a_tap(servers), **_drawn_whole(servers)}
        pages = {name: await opened(stack) for name, opened in all_.items()}
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
    taps, whole = _after_a_tap(servers), _drawn_whole(servers)
    many = {MANY: taps[MANY], **{f"{page}, whole": whole[f"{page}, whole"] for page in (MANY, "results")}}
    for name, opened in {**_bare_pages(servers), **many}.items():
        async with AsyncExitStack() as stack:
            visits = [await opened(stack) for _ in range(VISITS)]

            async def one(again: Again) -> None:
                for _ in range(EACH):
                    await again()

            begun = time.perf_counter()
            await asyncio.gather(*(one(again) for again in visits))
            found[name] = VISITS * EACH / (time.perf_counter() - begun)
    return found
