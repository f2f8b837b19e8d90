"""The record's tables, the same on SQLite and PostgreSQL. Alembic migrations create them; a test holds both equal."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

HEAD = "0005"
"""The newest migration; a record stamped otherwise is migrated when it is opened."""


class Moment(sa.types.TypeDecorator[datetime]):
    """A point in time, kept in UTC, since SQLite forgets time zones."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Naive UTC for the database."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any | None, dialect: sa.Dialect) -> datetime | None:
        """Aware UTC for the program."""
        return value.replace(tzinfo=UTC) if value else None


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _paper_reference(nullable: bool = False) -> sa.Column[str]:
    return sa.Column("paper_id", sa.String, sa.ForeignKey("papers.id"), nullable=nullable, index=True)


papers = sa.Table(
    "papers",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("key", sa.String, nullable=False, unique=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("authors", sa.JSON, nullable=False),
    sa.Column("year", sa.Integer),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("arxiv_id", sa.String, unique=True),
    sa.Column("doi", sa.String, index=True),
    sa.Column("url", sa.String, index=True),
    sa.Column("venue", sa.String, nullable=False),
    sa.Column("abstract", sa.Text, nullable=False),
    sa.Column("bibtex", sa.JSON(none_as_null=True)),
    sa.Column("provenance", sa.String, nullable=False),
    sa.Column("state", sa.String, nullable=False, index=True),
    sa.Column("added_at", Moment, nullable=False),
)

paper_aliases = sa.Table(
    "paper_aliases",
    metadata,
    sa.Column("alias", sa.String, primary_key=True),
    _paper_reference(),
)

versions = sa.Table(
    "versions",
    metadata,
    sa.Column("sha256", sa.String, primary_key=True),
    _paper_reference(),
    sa.Column("label", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("added_at", Moment, nullable=False),
)

reading_places = sa.Table(
    "reading_places",
    metadata,
    sa.Column("paper_id", sa.String, sa.ForeignKey("papers.id"), primary_key=True),
    sa.Column("block", sa.Integer, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

reading_times = sa.Table(
    "reading_times",
    metadata,
    sa.Column("paper_id", sa.String, sa.ForeignKey("papers.id"), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("seconds", sa.Integer, nullable=False),
)

reading_progress = sa.Table(
    "reading_progress",
    metadata,
    sa.Column("paper_id", sa.String, sa.ForeignKey("papers.id"), primary_key=True),
    sa.Column("ranges", sa.JSON, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

bookmarks = sa.Table(
    "bookmarks",
    metadata,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    _paper_reference(),
    sa.Column("block", sa.Integer, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("page", sa.Integer),
    sa.Column("at", Moment, nullable=False),
)

lists = sa.Table(
    "lists",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("edition", sa.String, nullable=False),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("date", sa.String, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
)

entries = sa.Table(
    "entries",
    metadata,
    sa.Column("list_id", sa.String, sa.ForeignKey("lists.id"), primary_key=True),
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("data", sa.JSON, nullable=False),
    sa.Column("listed", sa.Boolean, nullable=False),
)

entry_papers = sa.Table(
    "entry_papers",
    metadata,
    sa.Column("list_id", sa.String, primary_key=True),
    sa.Column("entry_id", sa.String, primary_key=True),
    sa.Column("paper_id", sa.String, sa.ForeignKey("papers.id"), primary_key=True, index=True),
    sa.ForeignKeyConstraint(["list_id", "entry_id"], ["entries.list_id", "entries.id"]),
)

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("kind", sa.String, nullable=False, index=True),
    _paper_reference(nullable=True),
    sa.Column("provenance", sa.String, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("revised_at", Moment, nullable=False),
    sa.Column("head", sa.Integer, nullable=False),
    sa.Column("trashed", sa.Boolean, nullable=False),
    sa.Column("headline", sa.Text, nullable=False, server_default=""),
    sa.Column("evidence_kind", sa.String, nullable=False, server_default=""),
    sa.Index("ix_notes_newest", "trashed", "created_at"),
)

note_revisions = sa.Table(
    "note_revisions",
    metadata,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("note_id", sa.String, sa.ForeignKey("notes.id"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("action", sa.String, nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("parent", sa.Integer),
    sa.Column("origin", sa.Integer, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("note_id", "number"),
)

note_agendas = sa.Table(
    "note_agendas",
    metadata,
    sa.Column("note_id", sa.String, sa.ForeignKey("notes.id"), primary_key=True),
    sa.Column("agenda", sa.String, primary_key=True, index=True),
    sa.Column("bearing", sa.String, nullable=False),
)

anchors = sa.Table(
    "anchors",
    metadata,
    sa.Column("note_id", sa.String, sa.ForeignKey("notes.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("version", sa.String, nullable=False, index=True),
    sa.Column("state", sa.String, nullable=False, index=True),
    sa.Column("data", sa.JSON, nullable=False),
)

links = sa.Table(
    "links",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("source", sa.String, sa.ForeignKey("notes.id"), nullable=False, index=True),
    sa.Column("target", sa.String, sa.ForeignKey("notes.id"), nullable=False, index=True),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("strength", sa.Float, nullable=False),
    sa.Column("doubt", sa.Text, nullable=False),
    sa.Column("provenance", sa.String, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("removed_at", Moment),
)

agenda_revisions = sa.Table(
    "agenda_revisions",
    metadata,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("agenda", sa.String, nullable=False, index=True),
    sa.Column("action", sa.String, nullable=False),
    sa.Column("origin", sa.String, nullable=False),
    sa.Column("content", sa.JSON),
    sa.Column("at", Moment, nullable=False),
)

credences = sa.Table(
    "credences",
    metadata,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("subject_kind", sa.String, nullable=False),
    sa.Column("subject", sa.String, nullable=False, index=True),
    sa.Column("statement", sa.Text, nullable=False),
    sa.Column("low", sa.Float, nullable=False),
    sa.Column("high", sa.Float, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("trigger_kind", sa.String, nullable=False),
    sa.Column("trigger_ref", sa.String, nullable=False),
    sa.Column("provenance", sa.String, nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
)

known_concepts = sa.Table(
    "known_concepts",
    metadata,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("concept", sa.String, nullable=False),
    sa.Column("known", sa.Boolean, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

reading_passes = sa.Table(
    "reading_passes",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    _paper_reference(),
    sa.Column("depth", sa.String, nullable=False),
    sa.Column("answers", sa.JSON, nullable=False),
    sa.Column("prediction", sa.JSON),
    sa.Column("at", Moment, nullable=False),
)

review_log = sa.Table(
    "review_log",
    metadata,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("card", sa.String, nullable=False, index=True),
    sa.Column("action", sa.String, nullable=False),
    sa.Column("data", sa.JSON, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("what", sa.String, nullable=False),
    sa.Column("ref", sa.String, nullable=False),
    sa.Column("op", sa.String, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

marks = sa.Table(
    "marks",
    metadata,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)

NOTES_FTS = (
    "CREATE VIRTUAL TABLE notes_fts USING fts5(note_id UNINDEXED, headline, body, quote, tokenize='porter unicode61')"
)
"""Full text of the notes; SQLite only, and written in the same transaction as the note."""
