"""Works that another program kept come into the library: matched, joined, with their files, marks and notes.

First shown, then done. Nothing that is here is replaced, and an item that fails leaves the others as they are.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from kb.errors import KbError
from kb.importers.collection_lists import CollectionLists
from kb.importers.foreign_work import MOST, ForeignMark, ForeignWork, Unreadable
from kb.importers.matching import Matcher
from kb.importers.merge import add, join, kept
from kb.ingest.files import IncomingFile, parsed, put_text
from kb.library.anchors import QuoteLocator
from kb.library.quote_index import letters
from kb.library.record import now
from kb.models.base import Value
from kb.models.note import NoteContent, SummaryFields
from kb.models.note_kind import NoteKind
from kb.models.paper import Paper, VersionDraft
from kb.models.progress import Progress
from kb.models.provenance import Provenance
from kb.models.text import ParsedDocument
from kb.notes.from_mark import MarkedText, note_of_mark
from kb.notes.pdf_annotations import take_marks
from kb.sources.files import keep, sha256_of
from kb.workspace import Workspace

Words = tuple[str, str]
"""The letters of a quote, and what was written beside it."""

Dated = tuple[NoteContent, datetime | None]
"""What a note says, and when it was made, where the other program says so."""


class ImportResult(Value):
    """What becomes, or would become, of one item."""

    name: str
    title: str = ""
    outcome: Literal["new", "merged", "conflict", "skipped", "failed"]
    paper: str = ""
    """Id of the paper; empty for a new one that was only shown."""
    by: str = ""
    """By what it was recognised."""
    kept: tuple[str, ...] = ()
    """What the item says otherwise than the library, which stays as it is."""
    files: int = 0
    """PDFs that are new here."""
    marks: int = 0
    notes: int = 0
    here: int = 0
    """Files, marks and notes of it that are here already."""
    problems: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """What of it has no place here; nothing went wrong with it."""
    apart: str = ""
    """Why it is another work than one that looks like it."""
    lists: tuple[str, ...] = ()
    """The reading lists that its collections become."""


def take_over(
    workspace: Workspace, items: Iterable[ForeignWork | Unreadable], *, apply: bool = False
) -> Iterator[ImportResult]:
    """Each item in turn; without ``apply`` nothing is written."""
    matcher, kept_lists = Matcher(workspace.record), CollectionLists(workspace)
    for item in items:
        if isinstance(item, Unreadable):
            yield ImportResult(name=item.name, outcome="skipped", problems=(item.why,))
        elif item.size > MOST:
            yield ImportResult(name=item.name[:200], outcome="skipped", problems=("its texts are longer than a book",))
        else:
            done = _one(workspace, matcher, item, apply)
            kept_lists.put(item.collections, done.paper, item.draft)
            yield done
    if apply:
        for name, why in kept_lists.write():
            yield ImportResult(name=name, outcome="failed", problems=(why,))
        workspace.reading_lists.attach_known()


def _one(workspace: Workspace, matcher: Matcher, work: ForeignWork, apply: bool) -> ImportResult:
    told = ImportResult(
        name=work.name,
        title=work.draft.title,
        outcome="new",
        problems=work.problems,
        left_out=work.left_out,
        lists=work.collections,
    )
    try:
        hashes = {sha256_of(path): path for path in work.files}
        match = matcher.find(work.draft, tuple(hashes), work.key)
        if match.conflict:
            return told.model_copy(update={"outcome": "conflict", "problems": (match.conflict, *work.problems)})
        known = match.paper
        work = work.model_copy(update={"draft": work.draft.model_copy(update=dict.fromkeys(match.borrowed))})
        told = told.model_copy(update={"apart": match.apart})
        if known:
            told = told.model_copy(update={"outcome": "merged", "by": match.by, "kept": kept(known, work.draft)})
        if apply:
            paper = (
                join(workspace.record, known, work.draft, work.key)
                if known
                else add(workspace.record, work.draft, work.key)
            )
        else:
            paper = known or Paper(**work.draft.model_dump(), id="", key=work.key, added_at=now())
        matcher.learn(paper, hashes, work.name, work.key)
        told = told.model_copy(update={"paper": paper.id})
        return _filled(workspace, told, paper, work, hashes, apply)
    except KbError as error:
        return told.model_copy(update={"outcome": "failed", "problems": (str(error), *told.problems)})
    except OSError as error:
        why = error.strerror or str(error)
        return told.model_copy(update={"outcome": "failed", "problems": (why, *told.problems)})


def _filled(
    workspace: Workspace, told: ImportResult, paper: Paper, work: ForeignWork, hashes: dict[str, Path], apply: bool
) -> ImportResult:
    """The paper with its files, marks and notes, each counted; a file that cannot be read leaves the rest."""
    problems, added, inside = list(told.problems), 0, 0
    missing = {sha256: path for sha256, path in hashes.items() if workspace.papers.version(sha256) is None}
    for sha256, path in missing.items():
        try:
            if apply:
                inside += _take_file(workspace, paper, path, sha256)
            added += 1
        except KbError as error:
            problems.append(f"{path.name}: {error.what}")
    owner = {"kind": NoteKind.SUMMARY, "paper": paper.id or None, "fields": SummaryFields()}
    dated = [*_marked(workspace, paper, work.marks), *((NoteContent(body=text, **owner), None) for text in work.notes)]
    fresh = _unknown(workspace, paper, dated)
    for content, at in fresh if apply else ():
        workspace.notes.create(content, Provenance.IMPORT, at=at)
    marks = sum(content.kind is not NoteKind.SUMMARY for content, _ in fresh)
    counts = {"files": added, "marks": marks + inside, "notes": len(fresh) - marks, "problems": tuple(problems)}
    here = len(hashes) - len(missing) + len(dated) - len(fresh)
    return told.model_copy(update={**counts, "here": here})


def _take_file(workspace: Workspace, paper: Paper, path: Path, sha256: str) -> int:
    """A PDF as a version of the paper, parsed first; returns how many marks in it became notes."""
    found = IncomingFile(path=path, asked=str(path), source=str(path))
    document = finished(parsed(workspace, found, sha256, stage=1))
    size = keep(path, workspace.home, found.kind).bytes
    label = document.metadata.arxiv_version
    workspace.papers.add_version(paper.id, VersionDraft(sha256=sha256, bytes=size, source=str(path), label=label))
    put_text(workspace, paper.id, document, str(path))
    return sum(mark.outcome == "taken" for mark in take_marks(workspace, paper.id, apply=True))


def finished(steps: Generator[Progress, None, ParsedDocument]) -> ParsedDocument:
    """What a reading comes to once all its steps are done."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            document: ParsedDocument = done.value
            return document


def _marked(workspace: Workspace, paper: Paper, marks: Sequence[ForeignMark]) -> Iterator[Dated]:
    """Marks as highlights on their quote, with their time; a comment without one is a question of the reader's."""
    if not marks:
        return
    version = workspace.papers.current(paper.id) if paper.id else None
    locator = QuoteLocator(workspace.texts.blocks(version.sha256) if version else (), version.sha256 if version else "")
    for mark in marks:
        marked = MarkedText(mark.quote, mark.comment, mark.page, mark.colour)
        content = note_of_mark(marked, paper.id or None, locator)
        if content is not None:
            yield content, mark.at


def _unknown(workspace: Workspace, paper: Paper, dated: Sequence[Dated]) -> list[Dated]:
    """Those that never came in yet, each once; what the reader edited since, or threw away, does not come again."""
    known = _known(workspace, paper.id) if paper.id and dated else []
    fresh = []
    for content, at in dated:
        words = _words_of(content)
        if not any(_covers(one, words) for one in known):
            known.append(words)
            fresh.append((content, at))
    return fresh


def _known(workspace: Workspace, paper_id: str) -> list[Words]:
    """The words of every note on a paper, as it is now and, if it was imported, as it came."""
    notes = (*workspace.notes.all(paper=paper_id), *workspace.notes.all(paper=paper_id, trashed=True))
    imported = [note.id for note in notes if note.provenance is Provenance.IMPORT]
    first = [workspace.notes.history(note)[0].content for note in imported]
    return [_words_of(content) for content in (*notes, *first)]


def _words_of(content: NoteContent) -> Words:
    """By which a note is known again: its letters, however they are set, and what was written, without tags."""
    quote = content.anchors[0].quote if content.anchors else ""
    said = " ".join(word for word in content.body.split() if not word.startswith("#"))
    return letters(quote), said


def _covers(known: Words, new: Words) -> bool:
    """The same passage, with nothing written beside it that is not there already."""
    return known[0] == new[0] and (new[1] == known[1] or (bool(new[0]) and new[1] in known[1]))
