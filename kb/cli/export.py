"""``kb export``: reading summaries, bibliographies, and the whole library."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.export_output import (
    AsSummary,
    OfList,
    OfPaper,
    Overwrite,
    To,
    deliver,
    deliver_document,
    deliver_papers,
    papers_of,
)
from kb.cli.options import Json, workspace
from kb.cli.summary_scope import Since, Until
from kb.export.scope import NamedPeriod, Scope

if TYPE_CHECKING:
    from kb.export.vault.writing import VaultReport

group = typer.Typer(no_args_is_help=True, help="Write reading summaries, bibliographies, and the whole library.")


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(group, name="export")


@group.command()
def summary(
    paper: OfPaper = None,
    in_list: OfList = None,
    week: Annotated[int | None, typer.Option(help="Only this week of the list.")] = None,
    agenda: Annotated[str | None, typer.Option(help="What was noted on this agenda.")] = None,
    since: Since = None,
    until: Until = None,
    period: Annotated[NamedPeriod | None, typer.Option(help="The last seven or thirty days.")] = None,
    form: AsSummary = None,
    to: To = None,
    pictures: Annotated[bool, typer.Option(help="With the figures that notes refer to, and plots of runs.")] = True,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> int:
    """Write what was read and noted as a summary that one can send to a colleague.

    Of one paper, a list or a week of it, an agenda, or a period. To change how it reads, put a template of your own
    into the folder templates of your library (summary.md.j2, parts.md.j2, page.html.j2, page.css, page.tex.j2);
    kb export template NAME prints the one that is used now.
    """
    from kb.export.service import SummaryRequest, make_summary

    with workspace() as opened:
        scope = Scope(paper=paper, in_list=in_list, week=week, agenda=agenda, since=since, until=until, period=period)
        request = SummaryRequest(scope, "json" if as_json else form, to, pictures)
        return deliver_document(make_summary(opened, request), to, overwrite)


@group.command()
def template(name: Annotated[str, typer.Argument(help="Such as summary.md.j2.")] = "summary.md.j2") -> int:
    """Print a template of summaries as it is used now, to begin one of your own with."""
    from kb.cli.console import put, say
    from kb.export.rendering import source_of

    with workspace() as opened:
        own = opened.home.templates
        put(source_of(own, name).rstrip("\n"))
        say(f"Next: kb export template {name} > {own / name}, and change it")
    return 0


@group.command()
def bibtex(paper: OfPaper = None, in_list: OfList = None, to: To = None, overwrite: Overwrite = False) -> int:
    """Write the bibliography of the library, of a list, or of one paper as BibTeX; keys never change."""
    from kb.export.bibtex import bibliography

    return deliver_papers(bibliography, "bibtex", paper, in_list, to, overwrite)


@group.command()
def biblatex(paper: OfPaper = None, in_list: OfList = None, to: To = None, overwrite: Overwrite = False) -> int:
    """Write the bibliography as BibLaTeX; a citation by a key that a paper once had still finds it."""
    from kb.export import biblatex as as_biblatex

    with workspace() as opened:
        text = as_biblatex.biblatex(papers_of(opened, paper, in_list), opened.papers.aliases())
        return deliver(text, "bibtex", to, overwrite)


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

    with workspace() as opened:
        return deliver(dump_library(opened.record), "jsonl", to, overwrite)


@group.command()
def jsonld(to: To = None, overwrite: Overwrite = False) -> int:
    """Write claims, evidence, questions, sources and their relations as JSON-LD in the terms of Discourse Graphs."""
    from kb.export.json import to_json
    from kb.export.jsonld import discourse_graph

    with workspace() as opened:
        return deliver(to_json(discourse_graph(opened.record)), "none", to, overwrite)


@group.command()
def anki(
    to: Annotated[Path, typer.Option("--to", "-o", help="The package to write, such as cards.apkg.")],
    overwrite: Overwrite = False,
) -> int:
    """Write terms, answered questions and rated beliefs as an Anki package; imported again, it updates its cards."""
    from kb.export.anki import anki_package
    from kb.export.document import Document

    with workspace() as opened:
        return deliver_document(Document(anki_package(opened.record), "apkg"), to, overwrite)


@group.command()
def vault(
    folder: Annotated[Path, typer.Argument(help="A folder, such as an Obsidian vault; made if it is not there.")],
    as_json: Json = False,
) -> int:
    """Keep a folder of Markdown files in step with the library; what you write in it by hand stays."""
    from kb.cli.console import put_json
    from kb.export.vault.writing import export_vault

    with workspace() as opened:
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
