"""Alembic's entry point: it runs inside the transaction that the caller opened."""

from alembic import context

from kb.library.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
