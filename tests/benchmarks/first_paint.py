"""Time from process start to the first frame, beside that of an empty Textual app in the same run.

Both run in a real pseudo-terminal, one after the other in turn; medians are printed. Run it with
``python -m tests.benchmarks.first_paint [ROUNDS]``.
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
from pathlib import Path
from kb.config import Home
from tui.app import InsideView
from tui.screens.library import LibraryScreen
load = LibraryScreen.load
def painted(self):
    mark("frame")
    load(self)
LibraryScreen.load = painted
app = InsideView(Home(Path(os.environ["BENCH_HOME"])))
def filled():
    mark("data")
    app.exit()
app.on_first_data = filled
app.run()
"""
MARK = """
import json, os, time
marks = {}
def mark(name):
    marks[name] = time.clock_gettime(time.CLOCK_MONOTONIC)
"""
TELL = """
open(os.environ["BENCH_OUT"], "w").write(json.dumps(marks))
"""


def measured(program: str, home: Path, out: Path) -> dict[str, float]:
    """Seconds from the start of a process to each of its marks."""
    began = time.clock_gettime(time.CLOCK_MONOTONIC)
    child, terminal = pty.fork()
    if child == 0:
        environment = os.environ | {"BENCH_OUT": str(out), "BENCH_HOME": str(home), "TERM": "xterm-256color"}
        os.chdir(ROOT)
        os.execve(sys.executable, [sys.executable, "-c", MARK + program + TELL], environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, SIZE)
    while True:
        try:
            if not os.read(terminal, 65536):
                break
        except OSError:
            break
    os.waitpid(child, 0)
    os.close(terminal)
    return {name: at - began for name, at in json.loads(out.read_text()).items()}


def main(rounds: int = 9, papers: int = 200) -> dict[str, float]:
    """Measure, print, and return the medians in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        fill(home, papers)
        out = Path(folder) / "marks.json"
        measured(OURS, home.root, out)
        empty, ours = [], []
        for _ in range(rounds):
            empty.append(measured(EMPTY, home.root, out))
            ours.append(measured(OURS, home.root, out))
    result = {
        "empty_frame": statistics.median(one["frame"] for one in empty),
        "frame": statistics.median(one["frame"] for one in ours),
        "data": statistics.median(one["data"] for one in ours),
    }
    result["ratio"] = result["frame"] / result["empty_frame"]
    print(f"first frame of an empty app {result['empty_frame'] * 1000:.0f} ms, of ours {result['frame'] * 1000:.0f} ms")
    print(f"ratio {result['ratio']:.2f} (goal 1.5); papers shown after {result['data'] * 1000:.0f} ms")
    return result


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
