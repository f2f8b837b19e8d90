"""What changed in the reader's own head and hand since some day: notes, links, credences, and passes over papers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

import sqlalchemy as sa

from kb.insight.credence_log import steps
from kb.library.credences import Credences
from kb.library.record import Record
from kb.library.schema import links, note_revisions, notes, papers, reading_passes

What = Literal["note", "link", "credence", "pass"]
_DONE = {
    "create": "wrote",
    "edit": "changed",
    "undo": "took back a change to",
    "trash": "put away",
    "restore": "brought back",
}


class LoggedChange(NamedTuple):
    """One thing that was done."""

    at: datetime
    what: What
    text: str
    note: str = ""
    """The note that it was done to, where it was one."""


def changes(record: Record, since: datetime) -> tuple[LoggedChange, ...]:
    """Everything since then, newest first."""
    found = [*_notes(record, since), *_links(record, since), *_credences(record, since), *_passes(record, since)]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _notes(record: Record, since: datetime) -> Iterator[LoggedChange]:
    """Each note once, with its newest change: of ten edits of one note the last tells enough."""
    newest = sa.and_(note_revisions.c.note_id == notes.c.id, note_revisions.c.number == notes.c.head)
    query = sa.select(notes.c.id, notes.c.kind, notes.c.headline, note_revisions.c.action, note_revisions.c.at)
    query = query.join(note_revisions, newest).where(note_revisions.c.at > since)
    with record.read() as connection:
        for note, kind, headline, action, at in connection.execute(query):
            yield LoggedChange(at, "note", f"{_DONE[action]} the {kind} “{headline}”", note)


def _links(record: Record, since: datetime) -> Iterator[LoggedChange]:
    source, target = notes.alias("source_note"), notes.alias("target_note")
    query = (
        sa.select(links.c.kind, links.c.at, links.c.removed_at, source.c.headline, target.c.headline, links.c.source)
        .join(source, source.c.id == links.c.source)
        .join(target, target.c.id == links.c.target)
        .where(sa.or_(links.c.at > since, links.c.removed_at > since))
    )
    with record.read() as connection:
        for kind, at, removed_at, first, second, note in connection.execute(query):
            said = f"“{first}” {kind} “{second}”"
            if removed_at is None or at > since:
                yield LoggedChange(at, "link", f"linked: {said}", note)
            if removed_at is not None:
                yield LoggedChange(removed_at, "link", f"took away the link: {said}", note)


def _credences(record: Record, since: datetime) -> Iterator[LoggedChange]:
    for step in steps(Credences(record).history()):
        if step.credence.at > since:
            why = f", because {step.credence.reason}" if step.credence.reason else ""
            yield LoggedChange(
                step.credence.at, "credence", f"{step.words} for “{step.credence.subject.statement}”{why}"
            )


def _passes(record: Record, since: datetime) -> Iterator[LoggedChange]:
    query = sa.select(reading_passes.c.depth, reading_passes.c.at, papers.c.title)
    query = query.join(papers, papers.c.id == reading_passes.c.paper_id).where(reading_passes.c.at > since)
    with record.read() as connection:
        for depth, at, title in connection.execute(query):
            yield LoggedChange(at, "pass", f"{depth} pass over {title}")
