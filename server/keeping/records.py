"""What is kept of an answer: the answer as it was shown, and a line of the audit log."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from server.keeping.moments import now, plain
from server.keeping.tables import ANSWERS, AUDIT, BROWSERS, CHATS

__all__ = ["Asked", "note_answer", "note_browser", "store_answer", "title_of"]

#: A chat is called after its first question.
_TITLE = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its limits, who asked, and by which door.

    ``owner`` is a browser or key that may see the answer again, ``chat`` the chat it belongs to.
    """

    question: str
    door: str
    as_of: str | None = None
    area: str | None = None
    documents: Sequence[str] = ()
    before: Sequence[str] = ()
    owner: str | None = None
    key: str | None = None
    chat: str | None = None


def note_browser(connection: Connection, owner: str) -> None:
    """Note that an owner of chats was here."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    seen = now()
    row = make(BROWSERS).values(id=owner, created=seen, seen=seen)
    connection.execute(row.on_conflict_do_update(index_elements=["id"], set_={"seen": seen}))


def store_answer(connection: Connection, id: str, asked: Asked, shown: Mapping[str, Any]) -> None:
    """Keep an answer as shown; of a chat that is gone meanwhile, without the chat."""
    chat, n, time = None, None, now()
    if asked.chat and asked.owner:
        note_browser(connection, asked.owner)
        n = _next_turn(connection, asked, time)
        chat = asked.chat if n else None
    texts = {"documents": list(asked.documents), "before": list(asked.before), "shown": dict(shown)}
    connection.execute(
        insert(ANSWERS).values(
            id=id, chat=chat, n=n, owner=asked.owner, asked=time, as_of=asked.as_of,
            question=plain(asked.question), area=plain(asked.area) if asked.area else None,
            # Written in ASCII, any character of a text can be kept and comes back as it was.
            **{name: json.dumps(value) for name, value in texts.items()},
        )
    )  # fmt: skip


def title_of(question: str) -> str:
    """The title of a chat that begins with a question."""
    return plain(" ".join(question.split()))[:_TITLE]


def _next_turn(connection: Connection, asked: Asked, time: str) -> int | None:
    mine = (CHATS.c.id == asked.chat) & (CHATS.c.owner == asked.owner)
    # Locked where the database knows rows to lock: two answers must not become the same turn.
    chat = connection.execute(select(CHATS.c.title).where(mine).with_for_update()).first()
    if chat is None:
        return None
    title = chat.title or title_of(asked.question)
    connection.execute(update(CHATS).where(mine).values(updated=time, title=title))
    last = select(func.max(ANSWERS.c.n)).where(ANSWERS.c.chat == asked.chat)
    return (connection.execute(last).scalar() or 0) + 1


def note_answer(
    connection: Connection, id: str | None, asked: Asked, shown: Mapping[str, Any], texts: bool
) -> None:
    """Write the line of the audit log; the question only where ``texts`` are kept."""
    trace = shown["trace"]
    addresses = list(dict.fromkeys(c["address"] for c in shown["citations"]))
    connection.execute(
        insert(AUDIT).values(
            at=now(), door=asked.door, key=asked.key, answer=id,
            question=plain(asked.question) if texts and asked.question else None,
            status=shown["status"], addresses=json.dumps(addresses),
            fingerprint=trace["index"], embedder=trace["embedder"],
            model=trace["model"], prompt=trace["prompt"], took_ms=shown["took_ms"],
            kind=_kind(asked, shown),
        )
    )  # fmt: skip


def _kind(asked: Asked, shown: Mapping[str, Any]) -> str:
    """What kind of question it was, by what it was answered with."""
    if shown.get("calculation"):
        return "sum"
    if shown.get("comparison"):
        return "comparison"
    return "follow_up" if asked.before else "clause"
