"""From the wish to leave to the process being gone: at rest, and while the engine indexes, beside an empty Textual app.

    python -m tests.benchmarks.quitting [--rounds 5] [--papers 2000] [--json]

Each round is a process of its own in a real pseudo-terminal; what was being indexed goes on at the next start.
"""

import statistics
import tempfile
import time
from pathlib import Path

from kb.config import Home
from tests.benchmarks.big_library import fill
from tests.benchmarks.first_paint import MARK, in_terminal
from tests.benchmarks.screen_driving import Report, add_texts, asked

EMPTY = """
from textual.app import App
class Empty(App):
    def on_mount(self):
        self.set_timer(0.5, self.leave)
    def leave(self):
        mark("left")
        self.exit()
Empty().run()
"""
OURS = """
import os, time
from pathlib import Path
from kb.config import Home
from tui.app import InsideView
from tui.run import run
BUSY = os.environ["BENCH_BUSY"]
shown = InsideView.first_data_shown
def watched(self):
    shown(self)
    if not hasattr(self, "began"):
        self.began = time.monotonic()
        self.set_interval(0.1, lambda: look(self))
def look(self):
    waited = time.monotonic() - self.began
    if (BUSY in self.engine_status.line if BUSY else waited > 0.5) or waited > 60:
        mark("left")
        self.exit()
InsideView.first_data_shown = watched
run(Home(Path(os.environ["BENCH_HOME"])))
"""


def gone(program: str, home: Path, out: Path, busy: str = "") -> float:
    """Milliseconds from the wish to leave to the end of the process."""
    out.unlink(missing_ok=True)
    marks = in_terminal(program, home, out, BENCH_BUSY=busy)
    return (time.clock_gettime(time.CLOCK_MONOTONIC) - marks["left"]) * 1000


def main(rounds: int, papers: int) -> Report:
    """Leave many times."""
    report = Report("quitting")
    with tempfile.TemporaryDirectory() as folder:
        home, out = Home(Path(folder) / "home"), Path(folder) / "marks.json"
        fill(home, papers)
        empty = [gone(MARK + EMPTY, home.root, out) for _ in range(rounds)]
        rest = [gone(MARK + OURS, home.root, out) for _ in range(rounds)]
        add_texts(home, 30)
        busy = [gone(MARK + OURS, home.root, out, "meaning") for _ in range(rounds)]
    report.times("leaving an empty app", empty)
    report.times(f"leaving kb with {papers} papers", rest)
    report.times("leaving kb while it indexes", busy, "goal: at once")
    report.number("ratio while it indexes", statistics.median(busy) / statistics.median(empty), "")
    return report


if __name__ == "__main__":
    options = asked(__doc__ or "", papers=2000)
    main(options.rounds or 5, options.papers).tell(options.json)
