"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_access()
    _make_chats()
    _make_reports()


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _make_access() -> None:
    op.create_table(
        "api_keys",
        *map(_text, ("id", "name", "digest", "scopes", "created")),
        *(_text(name, nullable=True) for name in ("expires", "used", "revoked")),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
    )
    op.create_table(
        "sessions",
        *map(_text, ("digest", "key", "created", "expires")),
        sa.PrimaryKeyConstraint("digest", name="pk_sessions"),
        sa.ForeignKeyConstraint(
            ["key"], ["api_keys.id"], name="fk_sessions_key", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_sessions_key", "sessions", ["key"])


def _make_chats() -> None:
    op.create_table(
        "browsers",
        *map(_text, ("id", "created", "seen")),
        sa.PrimaryKeyConstraint("id", name="pk_browsers"),
    )
    op.create_table(
        "chats",
        *map(_text, ("id", "owner", "title", "created", "updated")),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
        sa.ForeignKeyConstraint(
            ["owner"], ["browsers.id"], name="fk_chats_owner", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_chats_owner_updated", "chats", ["owner", "updated"])
    op.create_table(
        "answers",
        *map(_text, ("id", "asked", "question", "documents", "before", "shown")),
        *(_text(name, nullable=True) for name in ("chat", "owner", "as_of", "area")),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.ForeignKeyConstraint(["chat"], ["chats.id"], name="fk_answers_chat", ondelete="CASCADE"),
        sa.UniqueConstraint("chat", "n", name="uq_answers_chat_n"),
    )
    op.create_index("ix_answers_owner", "answers", ["owner"])
    op.create_index("ix_answers_asked", "answers", ["asked"])
    op.create_table(
        "shares",
        *map(_text, ("token", "chat", "created")),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_shares"),
        sa.ForeignKeyConstraint(["chat"], ["chats.id"], name="fk_shares_chat", ondelete="CASCADE"),
        sa.UniqueConstraint("chat", name="uq_shares_chat"),
    )


def _make_reports() -> None:
    op.create_table(
        "feedback",
        *map(_text, ("answer", "at", "verdict", "question", "before", "documents", "status")),
        _text("addresses"),
        *(_text(name, nullable=True) for name in ("note", "as_of", "area")),
        sa.PrimaryKeyConstraint("answer", name="pk_feedback"),
    )
    op.create_index("ix_feedback_at", "feedback", ["at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        *map(_text, ("at", "door", "status", "addresses", "fingerprint", "embedder")),
        *(_text(name, nullable=True) for name in ("key", "answer", "question", "model", "prompt")),
        sa.Column("took_ms", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_answer", "audit", ["answer"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("audit", "feedback", "shares", "answers", "chats", "browsers", "sessions"):
        op.drop_table(table)
    op.drop_table("api_keys")
