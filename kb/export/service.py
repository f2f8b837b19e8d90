"""Exports of reading summaries: the one service behind command line, engine, screen and demo."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kb.export.document import Document
from kb.export.format_registry import USUAL, format_for
from kb.export.scope import Scope, gathered_for

if TYPE_CHECKING:
    from kb.export.write import Written
    from kb.workspace import Workspace


@dataclass(frozen=True)
class SummaryRequest:
    """A summary as it was asked for."""

    scope: Scope = field(default_factory=Scope)
    form: str | None = None
    """A format's name; else the file's name says it, else it is Markdown."""
    to: Path | None = None
    pictures: bool = True


def make_summary(workspace: "Workspace", request: SummaryRequest) -> Document:
    """What was read and noted, by the reader's own templates, with pictures where the format has them.

    Raises UsageError for a scope or format that there is not, NotFoundError for nothing noted on it.
    """
    from kb.export.summary_files import summary_document

    summary = gathered_for(workspace, request.scope)
    form = format_for("summary", request.form, request.to)
    return summary_document(workspace, summary, form, request.to, pictures=request.pictures)


def write_document(document: Document, to: Path, *, overwrite: bool = False) -> "Written":
    """Put a document where it was asked for, with its pictures beside it; what a hand has changed is kept."""
    from kb.export.write import keep_beside, write_file

    written = write_file(to, document.data, document.kind, overwrite=overwrite)
    if document.folder and document.files:
        keep_beside(document.folder, document.files)
    return written


def summary_of_paper(workspace: "Workspace", paper: str, to: Path | None = None, form: str = USUAL) -> "Written":
    """Write the summary of a paper; among the exports of the library, by the paper's key, where no file is named."""
    found = workspace.papers.find(paper)
    if to is None:
        workspace.home.exports.mkdir(parents=True, exist_ok=True)
        to = workspace.home.exports / f"{found.key}{format_for('summary', form).suffixes[0]}"
    return write_document(make_summary(workspace, SummaryRequest(Scope(paper=found.id), form, to)), to)
