"""The tables. Times are UTC texts of one length, so that they sort alike in every database.

Lists and answers are JSON texts: an answer is given back as it was shown, character by character.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = [
    "ACTIONS",
    "ANSWERS",
    "API_KEYS",
    "AUDIT",
    "BROWSERS",
    "CHATS",
    "FEEDBACK",
    "METADATA",
    "SESSIONS",
    "SHARES",
]

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _maybe(name: str) -> Column[str | None]:
    return Column(name, Text, nullable=True)


#: A key is known by its digest only; ``scopes`` and ``origins`` have spaces between.
API_KEYS = Table(
    "api_keys",
    METADATA,
    Column("id", Text, primary_key=True),
    _text("name"),
    _text("digest"),
    _text("scopes"),
    _text("created"),
    _maybe("expires"),
    _maybe("used"),
    _maybe("revoked"),
    _maybe("origins"),
)

#: Signed-in browsers; a session lives no longer than its key.
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("key", Text, ForeignKey(API_KEYS.c.id, ondelete="CASCADE"), nullable=False, index=True),
    _text("created"),
    _text("expires"),
)

#: Whose chats are whose: a browser by the digest of its cookie, or a program by its key.
BROWSERS = Table(
    "browsers",
    METADATA,
    Column("id", Text, primary_key=True),
    _text("created"),
    _text("seen"),
)

CHATS = Table(
    "chats",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("owner", Text, ForeignKey(BROWSERS.c.id, ondelete="CASCADE"), nullable=False),
    _text("title"),
    _text("created"),
    _text("updated"),
    Index(None, "owner", "updated"),
)

#: Answers as shown; those with a chat are its turns. ``before`` are the questions before.
ANSWERS = Table(
    "answers",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("chat", Text, ForeignKey(CHATS.c.id, ondelete="CASCADE"), nullable=True),
    Column("n", Integer, nullable=True),
    Column("owner", Text, nullable=True, index=True),
    Column("asked", Text, nullable=False, index=True),
    _text("question"),
    _maybe("as_of"),
    _maybe("area"),
    _text("documents"),
    _text("before"),
    _text("shown"),
    UniqueConstraint("chat", "n"),
)

#: A share shows the first ``turns`` turns: what is asked later was not shared.
SHARES = Table(
    "shares",
    METADATA,
    Column("token", Text, primary_key=True),
    Column("chat", Text, ForeignKey(CHATS.c.id, ondelete="CASCADE"), nullable=False, unique=True),
    Column("turns", Integer, nullable=False),
    _text("created"),
)

#: What users said of answers, with what maintainers need to look at it; outlives the chat.
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("answer", Text, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    _text("verdict"),
    _maybe("note"),
    _text("question"),
    _text("before"),
    _maybe("as_of"),
    _maybe("area"),
    _text("documents"),
    _text("status"),
    _text("addresses"),
    Column("state", Text, nullable=False, server_default="new"),
)

#: What maintainers did: one row an action, written before it is done and again at its end.
ACTIONS = Table(
    "actions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    _text("key"),
    _text("action"),
    _text("target"),
    _text("outcome"),
    _maybe("detail"),
    _maybe("ended"),
)

#: One row an answer, without what it says.
AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    _text("door"),
    _maybe("key"),
    Column("answer", Text, nullable=True, index=True),
    _maybe("question"),
    _text("status"),
    _text("addresses"),
    _text("fingerprint"),
    _text("embedder"),
    _maybe("model"),
    _maybe("prompt"),
    Column("took_ms", Float, nullable=False),
    _maybe("kind"),
)
