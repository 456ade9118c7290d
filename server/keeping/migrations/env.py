"""Run by Alembic: the steps go over the connection that the caller holds, in its transaction."""

from __future__ import annotations

from alembic import context

from server.keeping.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite changes a table by making it anew.
    render_as_batch=True,
)
context.run_migrations()
