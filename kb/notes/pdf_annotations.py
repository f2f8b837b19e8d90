"""Marks that a reader made in a PDF become notes, and notes become marks in a copy of the PDF."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from kb.errors import ItemFailedError, NotFoundError
from kb.library.anchors import QuoteLocator
from kb.models.anchor import Anchor, AnchorState
from kb.models.base import Value
from kb.models.note import NoteContent
from kb.models.paper import Paper, Version, VersionKind
from kb.models.provenance import Provenance
from kb.notes.from_mark import MarkedText, note_of_mark
from kb.reading.marks import MarksWritten, MarkToWrite, PdfMark
from kb.workspace import Workspace


class ImportedMark(Value):
    """One mark of a PDF, and what becomes of it."""

    outcome: Literal["new", "taken", "here"]
    page: int
    quote: str
    comment: str
    state: AnchorState | None = None
    note: str = ""


def take_marks(workspace: Workspace, paper_id: str, *, apply: bool = False) -> Iterator[ImportedMark]:
    """Every mark in the paper's current PDF as a highlight; one that is a note already is left alone.

    Without ``apply`` nothing is written. Raises NotFoundError for a paper without a PDF.
    """
    version = _pdf_of(workspace, paper_id)
    locator = QuoteLocator(workspace.texts.blocks(version.sha256), version.sha256)
    known = {(quote, note.body) for note in workspace.notes.all(paper=paper_id) for quote in _quotes(note.anchors)}
    for mark in workspace.parser.marks(workspace.home.paper_file(version.sha256, "pdf")):
        content = _content(mark, paper_id, locator)
        if content is None:
            continue
        state = content.anchors[0].state if content.anchors else None
        facts = {"page": mark.page, "quote": mark.quote, "comment": mark.comment, "state": state}
        if any((quote, content.body) in known for quote in _quotes(content.anchors)):
            yield ImportedMark(outcome="here", **facts)
        elif apply:
            note = workspace.notes.create(content, Provenance.IMPORT)
            yield ImportedMark(outcome="taken", note=note.id, **facts)
        else:
            yield ImportedMark(outcome="new", **facts)


def _quotes(anchors: tuple[Anchor, ...]) -> tuple[str, ...]:
    return tuple(anchor.quote for anchor in anchors) or ("",)


def _content(mark: PdfMark, paper_id: str, locator: QuoteLocator) -> NoteContent | None:
    marked = MarkedText(mark.quote, mark.comment, mark.page, mark.colour, mark.author, mark.boxes)
    return note_of_mark(marked, paper_id, locator)


def write_marks(workspace: Workspace, paper_id: str, target: Path) -> MarksWritten:
    """Mark every quote of the paper's notes in a copy of its PDF; the library's own file stays as it is.

    Raises NotFoundError where there is nothing to mark, ItemFailedError where the copy exists already.
    """
    version = _pdf_of(workspace, paper_id)
    if target.exists():
        raise ItemFailedError(f"{target} exists already", "marks go into a new copy", "name another file with --to")
    marks = [
        MarkToWrite(quote=anchor.found or anchor.quote, page=anchor.page, comment=f"{note.kind.value}: {note.headline}")
        for note in workspace.notes.all(paper=paper_id)
        for anchor in note.anchors
        if anchor.state is not AnchorState.ORPHANED
    ]
    if not marks:
        raise NotFoundError("no note on this paper has a quote", next="kb note add PAPER --kind highlight --quote …")
    return workspace.parser.write_marks(workspace.home.paper_file(version.sha256, "pdf"), target, marks)


def _pdf_of(workspace: Workspace, paper_id: str) -> Version:
    paper: Paper = workspace.papers.get(paper_id)
    for version in workspace.papers.versions(paper.id):
        if version.kind is VersionKind.PDF:
            return version
    raise NotFoundError(f"no PDF of {paper.title} is here", next="kb fetch, or kb add FILE")
