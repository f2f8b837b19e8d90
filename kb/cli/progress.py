"""Progress of slow work on stderr: a live line with an estimate on a terminal, one line an item otherwise."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.cli.console import safe, say
from kb.models.progress import Failure, Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

_VERBS = {
    "find": "looking up",
    "download": "downloading",
    "check": "checking",
    "parse": "reading",
    "words": "indexing words",
    "layout": "reading the layout",
    "meaning": "indexing meaning",
    "note": "placing notes",
    "export": "writing",
}


def narrate(events: Iterator[Progress]) -> Iterator[Progress]:
    """Pass events on, showing each on stderr as it comes."""
    if sys.stderr.isatty():
        yield from _live(events)
    else:
        yield from _lines(events)


def _lines(events: Iterator[Progress]) -> Iterator[Progress]:
    for event in events:
        if line := _line(event):
            say(line)
        yield event


def _line(event: Progress) -> str:
    """The line that an event leaves behind; empty for the small steps between."""
    name = event.title or event.source
    if event.failure:
        return _failed(event.failure)
    if event.stage == "meaning":
        return f"  ✓ {event.done} texts indexed by meaning" if event.what == "done" and event.done else ""
    if event.what == "done":
        return f"  ✓ {name}" + (f"  ({event.message})" if event.message else "")
    if event.what == "skipped":
        return f"  · {name}  ({event.message})"
    return f"  {event.message}" if event.message and event.what == "start" else ""


def _failed(failure: Failure) -> str:
    then = f"\n      next: {failure.next}" if failure.next else ""
    return f"  ✗ {failure.source}: {failure.message}{then}"


def _live(events: Iterator[Progress]) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}", markup=False), BarColumn(bar_width=24), MofNCompleteColumn())
    console = Console(stderr=True, markup=False, highlight=False)
    with Bars(*columns, TimeRemainingColumn(), console=console, transient=True) as bars:
        task = bars.add_task("", total=None)
        for event in events:
            _show(bars, task, event)
            yield event


def _show(bars: "Bars", task: "TaskID", event: Progress) -> None:
    if line := _line(event):
        bars.console.print(safe(line), markup=False, highlight=False)
    description = f"{_VERBS[event.stage]} {safe(event.title or event.source)}"[:60]
    bars.update(task, description=description, completed=event.done, total=event.total or None)
