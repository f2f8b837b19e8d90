"""The progress report of a study group: week by week who read what, claimed and asked what, and changed their mind."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from kb.config import Home
from kb.errors import NotFoundError
from kb.escape.markdown import markdown_text
from kb.export.gather import moves_within
from kb.export.jsonl import load_library
from kb.export.markdown import markdown_filters, tidied
from kb.export.overview import cited
from kb.export.period import Period
from kb.export.rendering import environment, render
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.passes import Passes
from kb.library.record import Record
from kb.models.base import Value
from kb.models.note import Note, QuestionFields
from kb.models.note_kind import NoteKind
from kb.models.paper import Paper
from kb.models.summary import Move


class PaperRead(Value):
    """A paper that somebody worked on within a week."""

    cited: str
    title: str
    depth: str = ""
    """How closely it was read, where a pass was written down: ``skim``, ``read``, ``study``."""
    notes: int


class ReaderWeek(Value):
    """What one reader did within a week."""

    reader: str
    papers: tuple[PaperRead, ...]
    claims: tuple[Note, ...]
    questions: tuple[Note, ...]
    """Those without an answer."""
    moves: tuple[Move, ...]


class Week(Value):
    """A week with everybody who did something in it."""

    period: Period
    readers: tuple[ReaderWeek, ...]


def weeks(readers: Sequence[tuple[str, Record]], period: Period) -> tuple[Week, ...]:
    """The weeks of a period in which anything was done, newest last; raises NotFoundError where there is none."""
    found = []
    logs = [_Log(name, record) for name, record in readers]
    for week in period.weeks():
        done = tuple(one for log in logs if (one := log.week(week)))
        if done:
            found.append(Week(period=week, readers=done))
    if not found:
        raise NotFoundError(f"nothing was noted from {period.words}", next="kb export progress --since 2026-01-31")
    return tuple(found)


def render_progress(title: str, found: Sequence[Week], own_templates: Path | None = None) -> str:
    """The report as Markdown; raises UsageError where a template of the reader's own is at fault."""
    env = environment(own_templates, markdown_text, markdown_filters())
    return tidied(render(env, "progress.md.j2", {"title": title, "weeks": found}))


def library_in(text: str, folder: str) -> Record:
    """A library from its JSON Lines, in a folder of its own that may be thrown away; raises KbError."""
    record = Record.open(Home(Path(tempfile.mkdtemp(dir=folder))))
    load_library(record, text)
    return record


class _Log:
    """What one reader did, read once for all weeks."""

    def __init__(self, reader: str, record: Record) -> None:
        self._reader = reader
        self._record = record
        self._notes = Notes(record).all()[::-1]
        self._passes = Passes(record).all()

    def week(self, week: Period) -> ReaderWeek | None:
        """What was done within a week; None for nothing."""
        notes = [note for note in self._notes if week.holds(note.created_at)]
        passes = {one.paper: one.depth.value for one in self._passes if week.holds(one.at)}
        ids = dict.fromkeys([*(note.paper for note in notes if note.paper), *passes])
        papers = Papers(self._record).many(list(ids))
        made = ReaderWeek(
            reader=self._reader,
            papers=tuple(_read(papers[one], notes, passes) for one in ids if one in papers),
            claims=tuple(note for note in notes if note.kind is NoteKind.CLAIM),
            questions=tuple(
                note for note in notes if isinstance(note.fields, QuestionFields) and not note.fields.answer
            ),
            moves=moves_within(self._record, week),
        )
        return made if made.papers or notes or made.moves else None


def _read(paper: Paper, notes: Sequence[Note], passes: dict[str, str]) -> PaperRead:
    count = sum(note.paper == paper.id for note in notes)
    return PaperRead(cited=cited(paper), title=paper.title, depth=passes.get(paper.id, ""), notes=count)
