"""Measure everything in one go and print a table: `python -m bench`."""

import asyncio
import sys
import time

from bench.browser import chromium, on_a_slow_phone, while_tapping
from bench.memory import per_visit
from bench.reruns import MANY, PICTURES, QUESTIONS, medians, throughput
from bench.servers import Servers, all_three
from bench.sharing import sharing
from bench.sizes import explaining_pictures, moving_figure
from bench.table import Line, printed


def _server_side(servers: Servers) -> list[Line]:
    took = asyncio.run(medians(servers))
    plain, tuned = took["plain"], took["tuned"]
    lines = [
        Line("rerun: bare page, plain", f"{plain:.1f} ms"),
        Line("rerun: bare page, our edge", f"{tuned:.1f} ms", f"{plain / tuned:.1f} x faster than plain"),
    ]
    for page, factor in (*((page, 2) for page in QUESTIONS), ("results", 4)):
        lines += _beside(f"rerun: {page}, after a tap", took[page], tuned, plain, factor)
    for page in (*QUESTIONS, "results", PICTURES):
        lines += _beside(f"rerun: {page}, whole", took[f"{page}, whole"], tuned, plain)
    return lines


def _beside(what: str, ms: float, tuned: float, plain: float, factor: int | None = None) -> list[Line]:
    """Return one time beside both bare pages. Without a factor only the plain one is a bar."""
    bar = () if factor is None else (f"<= {factor} x", ms <= factor * tuned)
    return [
        Line(what, f"{ms:.1f} ms", f"{ms / tuned:.2f} x bare, our edge", *bar),
        Line(what, "", f"{ms / plain:.2f} x bare, plain", "< 1 x", ms < plain),
    ]


def _load(servers: Servers) -> list[Line]:
    many = asyncio.run(throughput(servers))
    lines = [Line("100 visits at once: bare page, plain", f"{many['plain']:.0f} reruns/s")]
    named = {"tuned": "bare page, our edge", MANY: f"{MANY}, after a tap"}
    for page, each in many.items():
        what, share = f"100 visits at once: {named.get(page, page)}", each / many["plain"]
        bar = (">= 4 x", share >= 4) if page == MANY else ()
        if page != "plain":
            lines.append(Line(what, f"{each:.0f} reruns/s", f"{share:.1f} x plain", *bar))
    return lines


def _memory(servers: Servers) -> list[Line]:
    before, each = asyncio.run(per_visit(servers.ours))
    return [
        Line("memory of the process", f"{before:.0f} MB"),
        Line("memory per idle visit", f"{each:.3f} MB", "", "<= 0.2 MB", each <= 0.2),
    ]


def _browser(servers: Servers) -> list[Line]:
    with chromium() as browser:
        during, after = while_tapping(browser, servers)
        phone = on_a_slow_phone(browser, servers)
    (plain_paint, plain), (tuned_paint, tuned), (paint, start) = (
        phone[k] for k in ("plain", "tuned", "start")
    )
    return [
        Line("messages while tapping answers", str(during), "", "0", during == 0),
        Line("messages after the last tap", str(after), "", "1", after == 1),
        Line("slow phone, first paint: bare page, plain", f"{plain_paint:.2f} s"),
        Line("slow phone, first paint: bare page, our edge", f"{tuned_paint:.2f} s"),
        Line("slow phone, first paint: Start", f"{paint:.2f} s", "", "<= 1.5 s", paint <= 1.5),
        Line("slow phone, usable: bare page, plain", f"{plain:.2f} s"),
        Line("slow phone, usable: bare page, our edge", f"{tuned:.2f} s"),
        Line(
            "slow phone, usable: Start",
            f"{start:.2f} s",
            f"{start / tuned:.2f} x bare, our edge",
            "<= 1.25 x",
            start <= 1.25 * tuned,
        ),
        Line(
            "slow phone, usable: Start",
            "",
            f"{start / plain:.2f} x bare, plain",
            "< 0.5 x",
            start < plain / 2,
        ),
    ]


def _sizes(_: Servers) -> list[Line]:
    pictures = explaining_pictures()
    return [
        *(Line(f"size: {name}", f"{size / 1000:.1f} kB") for name, size in pictures.items()),
        Line(
            "size: the moving figure's states",
            f"{(size := moving_figure()) / 1000:.1f} kB",
            "",
            "<= 250 kB",
            size <= 250_000,
        ),
    ]


def main() -> None:
    """Measure and print; parts named on the command line only, or all."""
    parts = {
        "memory": _memory,
        "reruns": _server_side,
        "load": _load,
        "browser": _browser,
        "sizes": _sizes,
        "sharing": sharing,
    }
    chosen = [each for each in sys.argv[1:] if each in parts] or list(parts)
    begun = time.monotonic()
    with all_three() as servers:
        lines = [line for part in chosen for line in parts[part](servers)]
    print(printed(lines))
    print(f"took {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
