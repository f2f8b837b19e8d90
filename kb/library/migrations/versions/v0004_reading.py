"""How long papers were read, which parts of them, and bookmarks in them."""

import sqlalchemy as sa
from alembic import op

from kb.library.schema import Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "reading_times",
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_reading_times_paper_id")),
        sa.PrimaryKeyConstraint("paper_id", "day", name=op.f("pk_reading_times")),
    )
    op.create_table(
        "reading_progress",
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("ranges", sa.JSON(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_reading_progress_paper_id")),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_reading_progress")),
    )
    op.create_table(
        "bookmarks",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_bookmarks_paper_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_bookmarks")),
    )
    op.create_index(op.f("ix_bookmarks_paper_id"), "bookmarks", ["paper_id"], unique=False)
