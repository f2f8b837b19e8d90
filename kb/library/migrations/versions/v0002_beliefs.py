"""Credences, the reader's own agendas, what is known already, and reading passes; a note's one line beside it."""

import sqlalchemy as sa
from alembic import op

from kb.library.schema import Moment
from kb.models.note import NoteContent

revision = "0002"
down_revision = "0001"

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, then sum up the notes that are there."""
    _agenda_revisions()
    _credences()
    _known_concepts()
    _reading_passes()
    with op.batch_alter_table("notes") as notes:
        notes.add_column(sa.Column("headline", sa.Text(), nullable=False, server_default=""))
        notes.add_column(sa.Column("evidence_kind", sa.String(), nullable=False, server_default=""))
    _sum_up_notes(op.get_bind())


def _agenda_revisions() -> None:
    op.create_table(
        "agenda_revisions",
        sa.Column("seq", _SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("agenda", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_agenda_revisions")),
    )
    op.create_index(op.f("ix_agenda_revisions_agenda"), "agenda_revisions", ["agenda"], unique=False)


def _credences() -> None:
    op.create_table(
        "credences",
        sa.Column("seq", _SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("trigger_kind", sa.String(), nullable=False),
        sa.Column("trigger_ref", sa.String(), nullable=False),
        sa.Column("provenance", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_credences")),
    )
    op.create_index(op.f("ix_credences_subject"), "credences", ["subject"], unique=False)
    op.create_index(op.f("ix_credences_at"), "credences", ["at"], unique=False)


def _known_concepts() -> None:
    op.create_table(
        "known_concepts",
        sa.Column("seq", _SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_known_concepts")),
    )


def _reading_passes() -> None:
    op.create_table(
        "reading_passes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("depth", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("prediction", sa.JSON(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_reading_passes_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_passes")),
    )
    op.create_index(op.f("ix_reading_passes_paper_id"), "reading_passes", ["paper_id"], unique=False)


def _sum_up_notes(connection: sa.Connection) -> None:
    notes = sa.table("notes", *map(sa.column, ("id", "head", "headline", "evidence_kind")))
    revisions = sa.table("note_revisions", sa.column("note_id"), sa.column("number"), sa.column("content", sa.JSON()))
    query = sa.select(notes.c.id, revisions.c.content).join(
        revisions, sa.and_(revisions.c.note_id == notes.c.id, revisions.c.number == notes.c.head)
    )
    for note_id, stored in connection.execute(query).all():
        content = NoteContent.model_validate(stored)
        kind = getattr(content.fields, "evidence_kind", "")
        connection.execute(
            notes.update().where(notes.c.id == note_id).values(headline=content.headline, evidence_kind=kind)
        )
