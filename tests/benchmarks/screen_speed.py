"""How fast the screen answers: keys and filter over many papers, and opening a long paper.

Run it with ``python -m tests.benchmarks.screen_speed [PAPERS]``.
"""

import asyncio
import gc
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from kb.config import Home
from kb.models.text import Block, BlockKind
from tests.benchmarks.big_library import fill
from tui.app import InsideView
from tui.rows import filtered
from tui.screens.library import LibraryScreen
from tui.text.reflow import typeset
from tui.widgets.paper_list import PaperList
from tui.widgets.text_view import TextView

SENTENCE = "A reward model is trained on comparisons of two segments, and the policy is trained on the reward model. "
PAGES = 120


def long_paper() -> list[Block]:
    """A paper of 120 pages: a heading and five paragraphs a page."""
    blocks = []
    for page in range(1, PAGES + 1):
        blocks.append(Block(index=len(blocks), kind=BlockKind.HEADING, text=f"{page} A heading", page=page, level=1))
        for _ in range(5):
            blocks.append(Block(index=len(blocks), kind=BlockKind.TEXT, text=SENTENCE * 6, page=page))
    return blocks


def spent(work: Callable[[], object], rounds: int = 7) -> float:
    """Median milliseconds of a call."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


async def answered(app: InsideView, key: str, changed: Callable[[], object]) -> float:
    """Milliseconds from a key to the frame in which its effect is drawn."""
    before, done = changed(), asyncio.Event()
    began = time.perf_counter()
    app.post_message(events.Key(key, key if len(key) == 1 else None))
    while changed() == before:
        await asyncio.sleep(0)
    app.screen.call_after_refresh(done.set)
    await done.wait()
    return (time.perf_counter() - began) * 1000


def told(name: str, times: list[float], goal: str) -> None:
    """Print a line of the report."""
    ordered = sorted(times)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    print(f"{name:<34} median {statistics.median(times):6.1f} ms   p99 {p99:6.1f} ms   ({goal})")


async def measure(home: Home, papers: int) -> None:
    """Drive the real screens without a terminal."""
    app = InsideView(home)
    loaded = asyncio.Event()
    app.on_first_data = loaded.set
    async with app.run_test(size=(160, 48)) as pilot:
        await loaded.wait()
        await pilot.pause()
        library = app.screen
        assert isinstance(library, LibraryScreen)
        keys = [await answered(app, "j", lambda: library.papers.cursor) for _ in range(300)]
        told(f"a key in {papers} papers", keys, "goal p99 50 ms")
        await measure_filter(pilot, library.papers)
        await measure_text(pilot)
    app.shelf.settle()


async def measure_filter(pilot: Pilot[Any], papers: PaperList) -> None:
    """The filter's own work, with the list made ready to be drawn."""
    words = ["r", "re", "rew", "rewa", "reward", "reward mesa", "author7 19", "zzz", ""]
    told(
        f"filter of {papers.total} papers",
        [spent(lambda word=word: papers.narrow(word)) for word in words],
        "goal 30 ms",
    )  # type: ignore[misc]
    rows = tuple(papers.shown)
    hay = tuple(row.haystack for row in rows)
    told("the same, matching only", [spent(lambda word=word: filtered(rows, hay, word)) for word in words], "")  # type: ignore[misc]


async def measure_text(pilot: Pilot[Any]) -> None:
    """Setting and showing a long paper, and moving in it."""
    blocks = long_paper()
    print(f"{PAGES} pages, {sum(len(block.text) for block in blocks)} characters")
    told("set in lines", [spent(lambda: typeset(blocks, 76))], "goal 300 ms with showing")
    view = TextView(id="bench")
    await pilot.app.screen.mount(view)
    await pilot.pause()
    told("shown", [spent(lambda: view.show(blocks))], "")
    view.focus()
    await pilot.pause()
    app = pilot.app
    assert isinstance(app, InsideView)
    told("a line down", [await answered(app, "j", lambda: view.cursor) for _ in range(200)], "goal p99 50 ms")
    told("a page down", [await answered(app, "space", lambda: view.cursor) for _ in range(100)], "goal p99 50 ms")


def main(papers: int = 10_000) -> None:
    """Fill a library, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        fill(home, papers)
        gc.collect()
        asyncio.run(measure(home, papers))
    print(f"memory of this process at its highest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
