"""Keys of widgets: the sites that they are for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the sites of a key; those made before have none."""
    op.add_column("api_keys", sa.Column("origins", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("api_keys") as table:
        table.drop_column("origins")
