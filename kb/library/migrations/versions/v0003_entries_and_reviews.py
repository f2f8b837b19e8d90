"""The bibliography entry that a paper was imported from, and the log of reviews."""

import sqlalchemy as sa
from alembic import op

from kb.library.schema import Moment

revision = "0003"
down_revision = "0002"

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column, empty for every paper that is here, and the table."""
    with op.batch_alter_table("papers") as papers:
        papers.add_column(sa.Column("bibtex", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "review_log",
        sa.Column("seq", _SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_review_log")),
    )
    op.create_index(op.f("ix_review_log_card"), "review_log", ["card"], unique=False)
