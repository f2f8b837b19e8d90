"""Where an export goes: to standard output, or into a file that no hand has changed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kb.export.document import Document
    from kb.export.seal import Kind
    from kb.export.write import Written
    from kb.models.paper import Paper
    from kb.workspace import Workspace


_FORMAT = "Such as markdown, html or pdf, a wrong one is told which there are; else by the file's name."
To = Annotated[Path | None, typer.Option("--to", "-o", help="A file; standard output if left out.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file edited by hand, keeping it beside.")]
AsSummary = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=_FORMAT)]
AsPage = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=_FORMAT)]
AsTable = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=_FORMAT)]
OfPaper = Annotated[str | None, typer.Argument(metavar="[PAPER]", help="A paper.")]
OfList = Annotated[str | None, typer.Option("--list", help="A reading list.")]


def deliver(text: str, kind: "Kind", to: Path | None, overwrite: bool) -> int:
    """Print a text, or write it to a file and say what became of that."""
    from kb.cli.console import put, say
    from kb.export.write import write_file

    if to is None:
        put(text.rstrip("\n"))
        return 0
    written = write_file(to, text, kind, overwrite=overwrite)
    say(_told(written))
    return 0


def deliver_document(document: "Document", to: Path | None, overwrite: bool) -> int:
    """Print a summary, or write it to a file with its pictures beside it; a PDF is never shown as text."""
    import sys

    from kb.cli.console import say
    from kb.errors import UsageError
    from kb.export.service import write_document

    if to is None and isinstance(document.data, bytes):
        if sys.stdout.isatty():
            raise UsageError("a PDF is not shown in a terminal", next="kb export summary … --to summary.pdf")
        sys.stdout.buffer.write(document.data)
        return 0
    if to is None:
        return deliver(str(document.data), document.kind, None, overwrite)
    written = write_document(document, to, overwrite=overwrite)
    if document.folder and document.files:
        say(f"{len(document.files)} pictures are in {document.folder}")
    say(_told(written))
    return 0


def _told(written: "Written") -> str:
    return f"{written.outcome} {written.path}" + (
        f"; what stood there is kept in {written.kept}" if written.kept else ""
    )


def deliver_papers(
    form: "Callable[[tuple[Paper, ...]], str]",
    kind: "Kind",
    paper: str | None,
    in_list: str | None,
    to: Path | None,
    overwrite: bool,
) -> int:
    """The papers of the library, of a list, or one of them, in some form."""
    from kb.cli.options import workspace

    with workspace() as opened:
        return deliver(form(papers_of(opened, paper, in_list)), kind, to, overwrite)


def papers_of(opened: "Workspace", paper: str | None, in_list: str | None) -> "tuple[Paper, ...]":
    """One paper, those of a list, or all."""
    from kb.ingest.list_sync import sync_lists
    from kb.sources.lists import find_list

    if paper:
        return (opened.papers.find(paper),)
    if in_list is None:
        return opened.papers.all()
    sync_lists(opened)
    return opened.papers.all(list_id=find_list(opened.home, in_list).id)
