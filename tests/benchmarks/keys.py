"""From a key to the frame that shows its effect: in a large library, in a long paper, and while the engine indexes.

    python -m tests.benchmarks.keys [--papers 10000] [--rounds 300] [--json]

Beside each time stands what a key costs in processor time, and how long the same takes in an empty Textual app of the
same run: a key waits for the next frame there too.
"""

import asyncio
import gc
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult
from textual.widgets import Static

from kb.config import Home
from tests.benchmarks.big_library import fill
from tests.benchmarks.screen_driving import SIZE, Report, add_texts, answered, asked
from tui.app import InsideView
from tui.data.paper_filter import facts_of, filtered, filters_of_library, read_filter
from tui.engine_port import LateEngine
from tui.messages import OpenPaper
from tui.screens.library import LibraryScreen
from tui.screens.reader.screen import ReaderScreen
from tui.widgets.paper_list import PaperList

GOAL = "goal p99 50 ms"
WARMING = 40.0
"""Seconds that the engine gets to load its model before keys are measured beside its work."""
WORDS = ["r", "re", "rew", "rewa", "reward", "reward mesa", "author7 19", "zzz", ""]
CONDITIONS = ["state:queued", "year:2016-2018 reward", "-state:read author:author7", "agenda:debate", "has:notes"]


class Empty(App[None]):
    """An app that shows one line and counts a key."""

    BINDINGS = [("j", "count", "Count")]  # noqa: RUF012 - Textual's own form

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def compose(self) -> ComposeResult:
        """One line."""
        yield Static("0")

    def action_count(self) -> None:
        """Show how often the key was pressed."""
        self.count += 1
        self.query_one(Static).update(str(self.count))


async def pressed(app: App[Any], key: str, changed: Callable[[], object], rounds: int) -> tuple[list[float], float]:
    """The times of many key presses, and the processor time of one in milliseconds."""
    for _ in range(10):
        await answered(app, key, changed)
    began = time.process_time()
    times = [await answered(app, key, changed) for _ in range(rounds)]
    return times, (time.process_time() - began) * 1000 / rounds


async def measure_empty(report: Report, rounds: int) -> None:
    """What Textual itself takes."""
    app = Empty()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        times, _ = await pressed(app, "j", lambda: app.count, rounds)
    report.times("a key in an empty app", times)


async def measure_screens(report: Report, home: Home, paper: str, papers: int, rounds: int) -> None:
    """The library and the reader, with nothing else going on."""
    app, loaded = InsideView(home), asyncio.Event()
    app.on_first_data = loaded.set
    async with app.run_test(size=SIZE) as pilot:
        await loaded.wait()
        await pilot.pause()
        library = app.screen
        assert isinstance(library, LibraryScreen)
        times, cost = await pressed(app, "j", lambda: library.papers.cursor, rounds)
        report.times(f"a key in {papers} papers", times, GOAL)
        report.number("  its processor time", cost, "ms")
        library.papers.filters = await app.library.read(filters_of_library)
        measure_filter(report, library.papers)
        reader = await opened(app, paper)
        for key, name in (("j", "a line down in 120 pages"), ("space", "a page down in 120 pages")):
            times, cost = await pressed(app, key, lambda: reader.text.cursor, min(rounds, 100))
            report.times(name, times, GOAL)
            report.number("  its processor time", cost, "ms")
    app.library.settle()


def measure_filter(report: Report, papers: PaperList) -> None:
    """The filter's own work, with the list made ready to be drawn; the matching alone beside it."""
    asked = [*WORDS, *CONDITIONS]
    report.times(f"filter of {papers.total} papers", [spent(papers.narrow, one) for one in asked], "goal 30 ms")
    rows = tuple(papers.shown)
    hay, filters = tuple(row.search_text for row in rows), papers.filters
    assert filters is not None
    facts = facts_of(rows, filters)
    spend = [spent(lambda one: filtered(rows, hay, read_filter(one, filters), facts), one) for one in asked]
    report.times("  matching alone", spend)


def spent(work: Callable[[str], object], word: str, rounds: int = 7) -> float:
    """Median milliseconds of a call."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work(word)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


async def opened(app: InsideView, paper: str) -> ReaderScreen:
    """The reader with a paper in it."""
    app.post_message(OpenPaper(paper))
    while not isinstance(app.place, ReaderScreen) or app.place.opened is None:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)
    return app.place


async def measure_indexing(report: Report, home: Home, papers: int, rounds: int) -> None:
    """The library again, with the real engine indexing long papers beside it."""
    engine, loaded = LateEngine(home), asyncio.Event()
    app = InsideView(home, engine=engine)
    app.on_first_data = loaded.set
    try:
        async with app.run_test(size=SIZE) as pilot:
            await loaded.wait()
            await pilot.pause()
            began = time.monotonic()
            while "meaning" not in app.engine_status.line and time.monotonic() - began < WARMING:
                await asyncio.sleep(0.1)
            library = app.screen
            assert isinstance(library, LibraryScreen)
            before = app.engine_status.line
            times, cost = await pressed(app, "j", lambda: library.papers.cursor, rounds)
            report.data["indexing"] = {"before": before, "after": app.engine_status.line}
            report.times(f"a key in {papers} papers, indexing", times, GOAL)
            report.number("  its processor time", cost, "ms")
            report.lines.append(
                f"  the engine meanwhile: {before or 'nothing'} -> {app.engine_status.line or 'nothing'}"
            )
    finally:
        engine.stop()
        app.library.settle()


def main() -> None:
    """Fill a library, measure, print."""
    options = asked(__doc__ or "")
    rounds, report = options.rounds or 300, Report("keys")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        fill(home, options.papers)
        paper = add_texts(home, 12)[0]
        gc.collect()
        asyncio.run(measure_empty(report, rounds))
        asyncio.run(measure_screens(report, home, paper, options.papers, rounds))
        report.number("memory of this process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB", "150")
        asyncio.run(measure_indexing(report, home, options.papers, rounds))
    report.tell(options.json)


if __name__ == "__main__":
    main()
