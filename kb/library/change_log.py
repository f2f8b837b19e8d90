"""What was done since some day, row by row: notes, links and passes over papers."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from kb.library.record import Record
from kb.library.schema import links, note_revisions, notes, papers, reading_passes


class NoteChange(NamedTuple):
    """The newest change of one note."""

    note: str
    kind: str
    headline: str
    action: str
    at: datetime


class LinkChange(NamedTuple):
    """A link that was made or taken away."""

    kind: str
    at: datetime
    removed_at: datetime | None
    source: str
    """Headline of the note that it starts from."""
    target: str
    """Headline of the note that it points to."""
    note: str
    """Id of the note that it starts from."""


class PassDone(NamedTuple):
    """A pass over a paper."""

    depth: str
    at: datetime
    title: str


def notes_changed(record: Record, since: datetime) -> list[NoteChange]:
    """Each note once, with its newest change."""
    newest = sa.and_(note_revisions.c.note_id == notes.c.id, note_revisions.c.number == notes.c.head)
    query = sa.select(notes.c.id, notes.c.kind, notes.c.headline, note_revisions.c.action, note_revisions.c.at)
    query = query.join(note_revisions, newest).where(note_revisions.c.at > since)
    with record.read() as connection:
        return [NoteChange(*row) for row in connection.execute(query)]


def links_changed(record: Record, since: datetime) -> list[LinkChange]:
    """Links that were made or taken away."""
    source, target = notes.alias("source_note"), notes.alias("target_note")
    query = (
        sa.select(links.c.kind, links.c.at, links.c.removed_at, source.c.headline, target.c.headline, links.c.source)
        .join(source, source.c.id == links.c.source)
        .join(target, target.c.id == links.c.target)
        .where(sa.or_(links.c.at > since, links.c.removed_at > since))
    )
    with record.read() as connection:
        return [LinkChange(*row) for row in connection.execute(query)]


def passes_done(record: Record, since: datetime) -> list[PassDone]:
    """Passes over papers."""
    query = sa.select(reading_passes.c.depth, reading_passes.c.at, papers.c.title)
    query = query.join(papers, papers.c.id == reading_passes.c.paper_id).where(reading_passes.c.at > since)
    with record.read() as connection:
        return [PassDone(*row) for row in connection.execute(query)]
