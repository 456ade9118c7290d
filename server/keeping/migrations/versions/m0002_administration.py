"""What maintainers do: their actions, where feedback stands, kinds of questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of actions; tell feedback that is new from what was seen to."""
    op.create_table(
        "actions",
        *(sa.Column(n, sa.Text(), nullable=False) for n in ("id", "at", "key", "action")),
        *(sa.Column(n, sa.Text(), nullable=False) for n in ("target", "outcome")),
        *(sa.Column(n, sa.Text(), nullable=True) for n in ("detail", "ended")),
        sa.PrimaryKeyConstraint("id", name="pk_actions"),
    )
    op.create_index("ix_actions_at", "actions", ["at"])
    op.add_column("feedback", sa.Column("state", sa.Text(), nullable=False, server_default="new"))
    op.add_column("audit", sa.Column("kind", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("audit") as audit:
        audit.drop_column("kind")
    with op.batch_alter_table("feedback") as feedback:
        feedback.drop_column("state")
    op.drop_index("ix_actions_at", "actions")
    op.drop_table("actions")
