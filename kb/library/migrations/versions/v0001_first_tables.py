"""The first tables: papers, lists, notes with their history, links and the outbox."""

import sqlalchemy as sa
from alembic import op

from kb.library.schema import NOTES_FTS, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table, in the order that their references need."""
    _lists()
    _marks()
    _outbox()
    _papers()
    _entries()
    _notes()
    _paper_aliases()
    _reading_places()
    _versions()
    _anchors()
    _entry_papers()
    _links()
    _note_agendas()
    _note_revisions()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(NOTES_FTS)


def _lists() -> None:
    op.create_table(
        "lists",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lists")),
    )


def _marks() -> None:
    op.create_table(
        "marks",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_marks")),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )


def _papers() -> None:
    op.create_table(
        "papers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("arxiv_id", sa.String(), nullable=True),
        sa.Column("doi", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("provenance", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("arxiv_id", name=op.f("uq_papers_arxiv_id")),
        sa.UniqueConstraint("key", name=op.f("uq_papers_key")),
    )
    op.create_index(op.f("ix_papers_doi"), "papers", ["doi"], unique=False)
    op.create_index(op.f("ix_papers_state"), "papers", ["state"], unique=False)
    op.create_index(op.f("ix_papers_url"), "papers", ["url"], unique=False)


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("list_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name=op.f("fk_entries_list_id")),
        sa.PrimaryKeyConstraint("list_id", "id", name=op.f("pk_entries")),
    )


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("paper_id", sa.String(), nullable=True),
        sa.Column("provenance", sa.String(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("revised_at", Moment(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("trashed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_notes_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_kind"), "notes", ["kind"], unique=False)
    op.create_index(op.f("ix_notes_paper_id"), "notes", ["paper_id"], unique=False)


def _paper_aliases() -> None:
    op.create_table(
        "paper_aliases",
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_paper_aliases_paper_id")),
        sa.PrimaryKeyConstraint("alias", name=op.f("pk_paper_aliases")),
    )
    op.create_index(op.f("ix_paper_aliases_paper_id"), "paper_aliases", ["paper_id"], unique=False)


def _reading_places() -> None:
    op.create_table(
        "reading_places",
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_reading_places_paper_id")),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_reading_places")),
    )


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_versions_paper_id")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_versions")),
    )
    op.create_index(op.f("ix_versions_paper_id"), "versions", ["paper_id"], unique=False)


def _anchors() -> None:
    op.create_table(
        "anchors",
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_anchors_note_id")),
        sa.PrimaryKeyConstraint("note_id", "position", name=op.f("pk_anchors")),
    )
    op.create_index(op.f("ix_anchors_state"), "anchors", ["state"], unique=False)
    op.create_index(op.f("ix_anchors_version"), "anchors", ["version"], unique=False)


def _entry_papers() -> None:
    op.create_table(
        "entry_papers",
        sa.Column("list_id", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id", "entry_id"], ["entries.list_id", "entries.id"], name=op.f("fk_entry_papers_list_id_entry_id")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_entry_papers_paper_id")),
        sa.PrimaryKeyConstraint("list_id", "entry_id", "paper_id", name=op.f("pk_entry_papers")),
    )
    op.create_index(op.f("ix_entry_papers_paper_id"), "entry_papers", ["paper_id"], unique=False)


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("strength", sa.Float(), nullable=False),
        sa.Column("doubt", sa.Text(), nullable=False),
        sa.Column("provenance", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["source"], ["notes.id"], name=op.f("fk_links_source")),
        sa.ForeignKeyConstraint(["target"], ["notes.id"], name=op.f("fk_links_target")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_source"), "links", ["source"], unique=False)
    op.create_index(op.f("ix_links_target"), "links", ["target"], unique=False)


def _note_agendas() -> None:
    op.create_table(
        "note_agendas",
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("agenda", sa.String(), nullable=False),
        sa.Column("bearing", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_note_agendas_note_id")),
        sa.PrimaryKeyConstraint("note_id", "agenda", name=op.f("pk_note_agendas")),
    )
    op.create_index(op.f("ix_note_agendas_agenda"), "note_agendas", ["agenda"], unique=False)


def _note_revisions() -> None:
    op.create_table(
        "note_revisions",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_note_revisions_note_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_note_revisions")),
        sa.UniqueConstraint("note_id", "number", name=op.f("uq_note_revisions_note_id_number")),
    )
