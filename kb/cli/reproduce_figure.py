"""The plot of a run or of a sweep in a file of the reader's choice."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from kb.config import Home
    from kb.reproductions.figure import Figure
    from kb.reproductions.model import Reproduction

FigureFile = Annotated[
    Path | None, typer.Option("--figure", metavar="FILE", help="Write the plot to a file: .png, .svg or .pdf.")
]


def check_figure_file(to: Path | None) -> None:
    """Raise UsageError for a name that no plot can be written to, before anything is computed for it."""
    from kb.errors import UsageError
    from kb.reproductions.plot_file import check_format

    if to is None:
        return
    check_format(to.suffix)
    if not to.expanduser().parent.is_dir():
        raise UsageError(f"the folder {to.parent} does not exist", next=f"mkdir -p {to.parent}")


def write_figure(figure: "Figure", to: Path) -> None:
    """Write a plot, and say so; raises ItemFailedError where another file has the name."""
    from kb.cli.console import say
    from kb.errors import ItemFailedError
    from kb.export.write import replace_bytes
    from kb.reproductions.plot_file import plot_bytes

    target = to.expanduser()
    data = plot_bytes(figure, target.suffix)
    if target.is_file() and target.read_bytes() == data:
        say(f"unchanged {to}")
        return
    if target.exists():
        raise ItemFailedError(f"{to} was left as it is", "it holds something else", "give another file name")
    replace_bytes(target, data, None)
    say(f"created {to}")


def write_run_figure(one: "Reproduction", run: dict[str, Any], to: Path) -> None:
    """Draw a run from the numbers that were kept with it, whenever it was made."""
    from kb.reproductions.figure import kept_figure

    write_figure(kept_figure(one, run), to)


def needs_a_run(home: "Home", one: "Reproduction", to: Path) -> Exception:
    """What to say where a plot was asked of an experiment."""
    from kb.errors import UsageError
    from kb.reproductions.store import past_runs

    runs = past_runs(home, one.id)
    then = f"kb reproduce show {runs[-1]['run']} --figure {to}" if runs else f"kb reproduce run {one.id}"
    return UsageError(f"{one.id} is an experiment", "a plot shows one of its runs", then)
