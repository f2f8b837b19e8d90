"""Time from process start to the first frame, beside that of an empty Textual app in the same run.

    python -m tests.benchmarks.first_paint [--rounds 9] [--papers 200] [--json]

Both run in a real pseudo-terminal, one after the other in turn; medians are printed. Ours is ``kb`` without arguments.
"""

import fcntl
import json
import os
import pty
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

from kb.config import Home
from tests.benchmarks.big_library import fill
from tests.benchmarks.screen_driving import Report, asked

SIZE = struct.pack("HHHH", 48, 160, 0, 0)
ROOT = Path(__file__).parents[2]

EMPTY = """
from textual.app import App
class Empty(App):
    def on_mount(self):
        self.call_after_refresh(self.painted)
    def painted(self):
        mark("frame")
        self.exit()
Empty().run()
"""
OURS = """
import os
os.environ["KB_HOME"] = os.environ["BENCH_HOME"]
from kb import __main__ as entry
def watched():
    from tui.app import InsideView
    from tui.screens.library import LibraryScreen
    load = LibraryScreen.load
    def painted(self):
        mark("frame")
        load(self)
    def filled(self):
        mark("data")
        self.exit()
    LibraryScreen.load = painted
    InsideView.first_data_shown = filled
screen = entry._screen
def opened():
    watched()
    return screen()
entry._screen = opened
entry.run([])
"""
"""``kb`` itself, without arguments, with its first frame and its first data watched."""
MARK = """
import json, os, time
marks = {}
def mark(name):
    marks[name] = time.clock_gettime(time.CLOCK_MONOTONIC)
    marks[name + "_work"] = time.process_time()
"""
TELL = """
open(os.environ["BENCH_OUT"], "w").write(json.dumps(marks))
"""


def in_terminal(program: str, home: Path, out: Path, **more: str) -> dict[str, float]:
    """Run a program in a pseudo-terminal until it ends; its marks."""
    child, terminal = pty.fork()
    if child == 0:
        environment = os.environ | {"BENCH_OUT": str(out), "BENCH_HOME": str(home), "TERM": "xterm-256color"} | more
        os.chdir(ROOT)
        os.execve(sys.executable, [sys.executable, "-c", program + TELL], environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, SIZE)
    while True:
        try:
            if not os.read(terminal, 65536):
                break
        except OSError:
            break
    os.waitpid(child, 0)
    os.close(terminal)
    marks: dict[str, float] = json.loads(out.read_text())
    return marks


def measured(program: str, home: Path, out: Path) -> dict[str, float]:
    """Seconds from the start of a process to each of its marks, and the processor time that it had used by then."""
    began = time.clock_gettime(time.CLOCK_MONOTONIC)
    marks = in_terminal(MARK + program, home, out)
    return {name: at if name.endswith("_work") else at - began for name, at in marks.items()}


def main(rounds: int, papers: int) -> Report:
    """Measure both in turn."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        fill(home, papers)
        out = Path(folder) / "marks.json"
        measured(OURS, home.root, out)
        empty, ours = [], []
        for _ in range(rounds):
            empty.append(measured(EMPTY, home.root, out))
            ours.append(measured(OURS, home.root, out))
    report = Report("first_paint")
    report.times("first frame of an empty app", [one["frame"] * 1000 for one in empty])
    report.times("first frame of kb", [one["frame"] * 1000 for one in ours])
    report.times(f"{papers} papers shown", [one["data"] * 1000 for one in ours])
    work = [mine["frame_work"] / theirs["frame_work"] for mine, theirs in zip(ours, empty, strict=True)]
    report.number("ratio in processor time", statistics.median(work), "", "for a busy machine")
    ratios = [mine["frame"] / theirs["frame"] for mine, theirs in zip(ours, empty, strict=True)]
    report.number("ratio", statistics.median(ratios), "", "goal 1.5")
    return report


if __name__ == "__main__":
    options = asked(__doc__ or "", papers=200)
    main(options.rounds or 9, options.papers).tell(options.json)
