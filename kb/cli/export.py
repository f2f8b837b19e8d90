"""``kb export``: reading summaries and bibliographies."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kb.cli.options import Json, desk

if TYPE_CHECKING:
    from kb.desk import Desk
    from kb.models.paper import Paper
    from kb.models.summary import Summary

group = typer.Typer(no_args_is_help=True, help="Write reading summaries and bibliographies.")
To = Annotated[Path | None, typer.Option("--to", "-o", help="A file; standard output if left out.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file edited by hand, keeping it beside.")]
OfPaper = Annotated[str | None, typer.Argument(metavar="[PAPER]", help="A paper.")]
OfList = Annotated[str | None, typer.Option("--list", help="A reading list.")]


class Format(StrEnum):
    """How a summary is written."""

    MARKDOWN = "markdown"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(group, name="export")


@group.command()
def summary(
    paper: OfPaper = None,
    in_list: OfList = None,
    week: Annotated[int | None, typer.Option(help="Only this week of the list.")] = None,
    agenda: Annotated[str | None, typer.Option(help="What was noted on this agenda.")] = None,
    form: Annotated[Format, typer.Option("--format", help="Markdown or JSON.")] = Format.MARKDOWN,
    to: To = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> int:
    """Write what was read and noted as a summary that one can send to a colleague."""
    from kb.export.json import summary_data, to_json
    from kb.export.markdown import render_markdown

    with desk() as opened:
        gathered = _gathered(opened, paper, in_list, week, agenda)
        if as_json or form is Format.JSON:
            return _deliver(to_json(summary_data(gathered)), "json", to, overwrite)
        return _deliver(render_markdown(gathered, opened.home.root / "templates"), "markdown", to, overwrite)


def _gathered(
    opened: "Desk", paper: str | None, in_list: str | None, week: int | None, agenda: str | None
) -> "Summary":
    from kb.errors import UsageError
    from kb.export.gather import gather_agenda, gather_list, gather_paper
    from kb.shelving import sync_lists
    from kb.sources.lists import find_list

    if sum(chosen is not None for chosen in (paper, in_list, agenda)) != 1:
        raise UsageError("a summary is of one paper, one list or one agenda", next="kb export summary PAPER")
    if paper:
        return gather_paper(opened.record, opened.papers.find(paper).id)
    if in_list:
        sync_lists(opened)
        return gather_list(opened.record, find_list(opened.home, in_list).id, week)
    return gather_agenda(opened.record, agenda or "")


@group.command()
def bibtex(
    paper: OfPaper = None,
    in_list: OfList = None,
    to: To = None,
    overwrite: Overwrite = False,
) -> int:
    """Write the bibliography of the library, of a list, or of one paper; keys never change."""
    from kb.export.bibtex import bibliography

    with desk() as opened:
        return _deliver(bibliography(_papers(opened, paper, in_list)), "bibtex", to, overwrite)


def _papers(opened: "Desk", paper: str | None, in_list: str | None) -> "tuple[Paper, ...]":
    from kb.sources.lists import find_list

    if paper:
        return (opened.papers.find(paper),)
    return opened.papers.all(list_id=find_list(opened.home, in_list).id if in_list else None)


def _deliver(text: str, kind: 'Literal["markdown", "bibtex", "json"]', to: Path | None, overwrite: bool) -> int:
    from kb.cli.console import put, say
    from kb.export.write import write_file

    if to is None:
        put(text.rstrip("\n"))
        return 0
    written = write_file(to, text, kind, overwrite=overwrite)
    say(f"{written.outcome} {written.path}" + (f"; what stood there is kept in {written.kept}" if written.kept else ""))
    return 0
