"""Opening a parsed paper of 120 pages: from the wish to the frame that shows it, and setting its lines alone.

python -m tests.benchmarks.opening [--rounds 9] [--json]
"""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from kb.config import Home
from tests.benchmarks.screen_driving import PAGES, SIZE, Report, add_texts, asked, long_paper
from tui.app import InsideView
from tui.messages import OpenPaper
from tui.screens.reader.screen import ReaderScreen
from tui.text.reflow import typeset


async def measure(report: Report, home: Home, papers: list[str]) -> None:
    """Open each paper once, after one that loads what is loaded once."""
    app, loaded = InsideView(home), asyncio.Event()
    app.on_first_data = loaded.set
    async with app.run_test(size=SIZE):
        await loaded.wait()
        times = [await shown(app, paper) for paper in papers]
    app.library.settle()
    report.number("the first paper of a session", times[0], "ms")
    report.times(f"a paper of {PAGES} pages", times[1:], "goal 300 ms")


async def shown(app: InsideView, paper: str) -> float:
    """Milliseconds until the paper is drawn."""
    began = time.perf_counter()
    app.post_message(OpenPaper(paper))
    while not (isinstance(app.place, ReaderScreen) and app.place.opened and app.place.opened.paper.id == paper):
        await asyncio.sleep(0)
    while not app.place.text.page.lines:
        await asyncio.sleep(0)
    drawn = asyncio.Event()
    app.screen.call_after_refresh(drawn.set)
    await drawn.wait()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Make the papers, measure, print."""
    options = asked(__doc__ or "")
    report = Report("opening")
    blocks = long_paper("0" * 64).blocks
    times = []
    for _ in range(9):
        began = time.perf_counter()
        typeset(blocks, 76)
        times.append((time.perf_counter() - began) * 1000)
    report.number("setting its lines alone", statistics.median(times), "ms")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        asyncio.run(measure(report, home, add_texts(home, 1 + (options.rounds or 9))))
    report.tell(options.json)


if __name__ == "__main__":
    main()
