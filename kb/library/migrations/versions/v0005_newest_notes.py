"""The newest notes first, without sorting all of them."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Index notes by age."""
    op.create_index("ix_notes_newest", "notes", ["trashed", "created_at"], unique=False)
