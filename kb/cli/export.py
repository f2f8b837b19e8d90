"""``kb export``: reading summaries, bibliographies, and the whole library."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.deliver import OfList, OfPaper, Overwrite, To, deliver, deliver_papers
from kb.cli.options import Json, desk

if TYPE_CHECKING:
    from kb.desk import Desk
    from kb.export.seal import Kind
    from kb.export.vault.writing import VaultReport
    from kb.models.summary import Summary

group = typer.Typer(no_args_is_help=True, help="Write reading summaries, bibliographies, and the whole library.")


class Format(StrEnum):
    """How a summary is written."""

    MARKDOWN = "markdown"
    HTML = "html"
    TEXT = "text"
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
    form: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.MARKDOWN,
    to: To = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> int:
    """Write what was read and noted as a summary that one can send to a colleague."""
    with desk() as opened:
        gathered = _gathered(opened, paper, in_list, week, agenda)
        text, kind = _written(gathered, Format.JSON if as_json else form, opened.home.root / "templates")
        return deliver(text, kind, to, overwrite)


def _gathered(
    opened: "Desk", paper: str | None, in_list: str | None, week: int | None, agenda: str | None
) -> "Summary":
    from kb.errors import UsageError
    from kb.export.gather import gather_agenda, gather_list, gather_paper
    from kb.noting import agenda_group
    from kb.shelving import sync_lists
    from kb.sources.lists import find_list

    if sum(chosen is not None for chosen in (paper, in_list, agenda)) != 1:
        raise UsageError("a summary is of one paper, one list or one agenda", next="kb export summary PAPER")
    if paper:
        return gather_paper(opened.record, opened.papers.find(paper).id)
    if in_list:
        sync_lists(opened)
        return gather_list(opened.record, find_list(opened.home, in_list).id, week)
    group = agenda_group(opened, agenda or "")
    return gather_agenda(opened.record, group.id, group.title, group.names)


def _written(gathered: "Summary", form: Format, templates: Path) -> "tuple[str, Kind]":
    from kb.export.html import render_html
    from kb.export.json import summary_data, to_json
    from kb.export.markdown import render_markdown
    from kb.export.text import render_text

    match form:
        case Format.JSON:
            return to_json(summary_data(gathered)), "json"
        case Format.HTML:
            return render_html(gathered, templates), "html"
        case Format.TEXT:
            return render_text(gathered, templates), "text"
        case Format.MARKDOWN:
            return render_markdown(gathered, templates), "markdown"


@group.command()
def bibtex(paper: OfPaper = None, in_list: OfList = None, to: To = None, overwrite: Overwrite = False) -> int:
    """Write the bibliography of the library, of a list, or of one paper as BibTeX; keys never change."""
    from kb.export.bibtex import bibliography

    return deliver_papers(bibliography, "bibtex", paper, in_list, to, overwrite)


@group.command()
def csl(paper: OfPaper = None, in_list: OfList = None, to: To = None, overwrite: Overwrite = False) -> int:
    """Write the bibliography as CSL-JSON, for pandoc, Zotero and word processors."""
    from kb.export.csl import csl_items
    from kb.export.json import to_json

    return deliver_papers(lambda papers: to_json(csl_items(papers)), "none", paper, in_list, to, overwrite)


@group.command()
def ris(paper: OfPaper = None, in_list: OfList = None, to: To = None, overwrite: Overwrite = False) -> int:
    """Write the bibliography as RIS, for EndNote, Mendeley and Zotero."""
    from kb.export import ris as as_ris

    return deliver_papers(as_ris.ris, "none", paper, in_list, to, overwrite)


@group.command()
def jsonl(to: To = None, overwrite: Overwrite = False) -> int:
    """Write the whole record as JSON Lines; kb import jsonl makes the same library of them."""
    from kb.export.jsonl import dump_library

    with desk() as opened:
        return deliver(dump_library(opened.record), "jsonl", to, overwrite)


@group.command()
def vault(
    folder: Annotated[Path, typer.Argument(help="A folder, such as an Obsidian vault; made if it is not there.")],
    as_json: Json = False,
) -> int:
    """Keep a folder of Markdown files in step with the library; what you write in it by hand stays."""
    from kb.cli.console import put_json
    from kb.export.vault.writing import export_vault

    with desk() as opened:
        report = export_vault(opened.record, folder)
    if as_json:
        put_json(report.model_dump(mode="json"))
    else:
        _tell(report, folder)
    return 1 if report.unreadable else 0


def _tell(report: "VaultReport", folder: Path) -> None:
    from kb.cli.console import put, say

    put(f"{len(report.created)} created, {len(report.updated)} updated, {report.unchanged} unchanged")
    for held in report.held:
        put(f"kept as you wrote it ({held.why}): {held.path}, {' '.join(held.name)}")
    for path in report.unreadable:
        say(f"not read, since it is no text in UTF-8: {path}")
    if any(held.why == "edited" for held in report.held):
        say(f"Next: kb import vault {folder}")
