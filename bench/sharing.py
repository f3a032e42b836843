"""How fast links are made and opened on each store, beside one slow hash, and how small the viewer is.

`python -m bench.sharing` prints the table; `BENCH_POSTGRES` names an empty PostgreSQL database to add it.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.table import Line, printed
from screening.services.settings import Settings
from screening.sharing import codes, crypto, link
from screening.sharing.store import Store
from screening.web.viewer_page import VIEWER_FILES, viewer_file

PROCESSES = 4
EACH = 60
DOCUMENT = json.dumps({"resourceType": "Bundle", "text": "x" * 28_000}).encode()
"""As large as the summary of a whole battery."""


@dataclass(frozen=True)
class Took:
    """Seconds of making and of opening, one each."""

    making: tuple[float, ...]
    opening: tuple[float, ...]


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def one_process(url: str) -> Took:
    """Make and open `EACH` links, as one server process would."""
    store = Store(url)
    store.migrate()
    making, opening = [], []
    for _ in range(EACH):
        made: list[tuple[str, str]] = []
        jwe = crypto.seal(DOCUMENT, link.decode(link.new_secret()))
        making.append(_timed(lambda jwe=jwe, made=made: made.append(store.create(jwe, 4_000_003_200))))  # type: ignore[misc]
        opening += [_timed(lambda made=made: store.fetch(made[0][0])) for _ in range(2)]  # type: ignore[misc]
    store.close()
    return Took(tuple(making), tuple(opening))


def on_store(name: str, url: str, slow_hash_s: float) -> Iterator[Line]:
    """Run four processes at once against one store."""
    began = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES) as pool:
        took = list(pool.map(one_process, [url] * PROCESSES))
    whole = time.perf_counter() - began
    bars = {"SQLite": (0.25, 1.5), "PostgreSQL": (0.75, None)}[name]
    for what, times in (
        ("make", sorted(each for one in took for each in one.making)),
        ("open", sorted(each for one in took for each in one.opening)),
    ):
        middle, late = statistics.median(times), times[int(len(times) * 0.95)]
        bar = f"<= {bars[0]} hashes" + (f", p95 <= {bars[1]}" if bars[1] else "")
        good = middle <= bars[0] * slow_hash_s and (bars[1] is None or late <= bars[1] * slow_hash_s)
        yield Line(
            f"{what} on {name}, {PROCESSES} processes",
            f"p50 {middle * 1000:.1f} ms, p95 {late * 1000:.1f} ms",
            f"{middle / slow_hash_s:.2f} hashes",
            bar,
            good,
        )
    yield Line(f"make + 2 x open on {name}", f"{PROCESSES * EACH / whole:.0f} a second")


def viewer() -> Line:
    """Return the bytes of the viewer's three files, as served."""
    size = sum(len(viewer_file(name, Settings())[0]) for name in VIEWER_FILES)
    return Line(
        "viewer: 3 files and the document", f"{size:,} bytes", "4 requests", "<= 30 KiB", size <= 30 * 1024
    )


def lines() -> list[Line]:
    """Measure everything about sharing."""
    slow_hash_s = statistics.median(_timed(lambda: codes.digest("123456", bytes(16))) for _ in range(7))
    found = [Line("one slow hash", f"{slow_hash_s * 1000:.0f} ms")]
    with tempfile.TemporaryDirectory() as folder:
        found += on_store("SQLite", f"sqlite:///{Path(folder) / 'share.db'}", slow_hash_s)
    if url := os.environ.get("BENCH_POSTGRES"):
        found += on_store("PostgreSQL", url, slow_hash_s)
    return [*found, viewer()]


if __name__ == "__main__":
    table = lines()
    sys.stdout.write(printed(table))
