"""How fast papers come in: pages a second into the record by ``kb add``'s own code, and layouts by one and two workers.

Beside each time by the clock stands the processor time of every process, since other programs stretch only the first.
"""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.config import Home
from kb.ingest.pipeline import add
from kb.models.progress import Progress
from kb.reading.channel import Channel
from kb.reading.parser import ParserChild
from kb.workspace import Workspace

WORKERS = 2


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and processor seconds of this process and of each child."""

    wall_s: float
    parent_s: float
    children_s: tuple[float, ...]

    @property
    def processor_s(self) -> float:
        """Of all processes together."""
        return self.parent_s + sum(self.children_s)

    @property
    def own_core_s(self) -> float:
        """What it takes where every process has a core of its own: as long as the busiest one computes."""
        return max(self.parent_s, *self.children_s)


class Watch:
    """Measures from its making to each :meth:`spent`."""

    def __init__(self, children: Sequence[int]) -> None:
        self._children = tuple(children)
        self._before = [_processor_seconds(child) for child in self._children]
        self._wall, self._parent = time.perf_counter(), time.process_time()

    def spent(self) -> Spent:
        """What was used since."""
        now = [_processor_seconds(child) for child in self._children]
        children = tuple(after - before for after, before in zip(now, self._before, strict=True))
        return Spent(time.perf_counter() - self._wall, time.process_time() - self._parent, children)


def into_record(files: Sequence[Path]) -> dict[str, Any]:
    """All files through ``kb add``, into an empty home; program, model and child are loaded before the clock starts."""
    with _workspace() as workspace:
        workspace.parser.inspect(files[0])
        workspace.spans("warm up")
        _ = workspace.record, workspace.texts
        watch = Watch(children_of(workspace.parser))
        events = list(add(workspace, [str(file) for file in files]))
        spent = watch.spent()
        added = [event.version for event in events if event.what == "done"]
        pages = sum(report.pages for sha256 in added if (report := workspace.texts.report(sha256)))
        peak = max(peak_mb(child) for child in children_of(workspace.parser))
    return {
        "pages": pages,
        "pages_per_second": round(pages / spent.wall_s, 1),
        "pages_per_second_on_own_cores": round(pages / spent.own_core_s, 1),
        "pages_per_processor_second": round(pages / spent.processor_s, 1),
        **_told(spent),
        "peak_mb": peak,
    }


def workers(files: Sequence[Path], most_pages: int) -> dict[str, Any]:
    """The same pages by one worker and by two, each on one core; models are loaded before the clock starts."""
    chosen = _enough(files, most_pages)
    result: dict[str, Any] = {}
    spent: dict[int, Spent] = {}
    for count in (1, WORKERS):
        with ParserChild(workers=count) as parser:
            warm(parser, files[0], count)
            watch = Watch(children_of(parser))
            pages = sum(_layout(parser, file) for file in chosen)
            spent[count] = watch.spent()
            peak = max(peak_mb(child) for child in children_of(parser))
        rate = round(pages / spent[count].wall_s, 2)
        result[str(count)] = {"pages": pages, "pages_per_second": rate, **_told(spent[count]), "peak_mb": peak}
    one, two = spent[1], spent[WORKERS]
    result["times_as_fast"] = round(one.wall_s / two.wall_s, 2)
    result["times_as_fast_on_own_cores"] = round(sum(one.children_s) / max(two.children_s), 2)
    return result


def peak_mb(pid: int) -> int:
    """The most memory that a process has held."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def _told(spent: Spent) -> dict[str, Any]:
    return {
        "wall_s": round(spent.wall_s, 2),
        "parent_processor_s": round(spent.parent_s, 2),
        "child_processor_s": [round(seconds, 2) for seconds in spent.children_s],
    }


@contextmanager
def _workspace() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder, Workspace(Home(Path(folder) / "home")) as workspace:
        yield workspace


def children_of(parser: ParserChild) -> list[int]:
    """The ids of the parser's processes."""
    return [channel.process_id for channel in parser.channels if channel.process_id]


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _enough(files: Sequence[Path], most_pages: int) -> list[Path]:
    """The first files that have so many pages together."""
    chosen: list[Path] = []
    pages = 0
    with ParserChild() as parser:
        for file in files:
            if pages >= most_pages:
                break
            chosen.append(file)
            pages += parser.inspect(file).pages
    return chosen


def warm(parser: ParserChild, file: Path, count: int) -> None:
    """Every worker loads its model."""
    for channel in parser.channels[:count]:
        _one_page(parser, channel, file)


def _one_page(parser: ParserChild, channel: Channel, file: Path) -> None:
    request = parser.layout_request(file, pages=1)
    for _ in channel.ask({**request, "pages": [1]}, 120):
        pass  # the page itself is of no interest


def _layout(parser: ParserChild, file: Path) -> int:
    """One file through the second stage; returns its pages."""
    steps = parser.parse(file, "0" * 64, lambda text: [(0, len(text))], stage=2)
    return sum(isinstance(step, Progress) and step.stage == "layout" for step in steps)
