"""Chats: a browser's questions with their answers as they were shown."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from corpus.errors import InputError, KeptError, StateError
from server.keeping.database import Database
from server.keeping.moments import new_id, now, plain
from server.keeping.records import note_browser, title_of
from server.keeping.tables import ANSWERS, AUDIT, BROWSERS, CHATS, FEEDBACK, SHARES

__all__ = [
    "cut_chat",
    "delete_chats",
    "list_chats",
    "make_chat",
    "owned_chat",
    "read_chat",
    "rename_chat",
    "share_chat",
    "shared_chat",
    "turn_of",
    "unshare_chat",
]

_LONGEST_TITLE = 100

Json = dict[str, Any]


def make_chat(database: Database, owner: str, title: str = "") -> Json:
    """Begin a chat; without a title it is called after its first question."""
    id, time = new_id(), now()
    row = {"id": id, "title": _title(title), "created": time, "updated": time}
    with database.writing() as connection:
        note_browser(connection, owner)
        connection.execute(insert(CHATS).values(owner=owner, **row))
    return row


def _title(text: str) -> str:
    title = plain(" ".join(text.split()))
    if len(title) > _LONGEST_TITLE:
        raise InputError(
            f"标题不超过 {_LONGEST_TITLE} 字 / a title has at most {_LONGEST_TITLE} characters",
            field="title",
        )
    return title


def list_chats(
    database: Database, owner: str, q: str = "", limit: int = 50, before: str | None = None
) -> list[Json]:
    """An owner's chats, the last one first; ``q`` are words of titles or questions."""
    turns = select(func.count()).where(ANSWERS.c.chat == CHATS.c.id).scalar_subquery()
    shared = select(SHARES.c.token).where(SHARES.c.chat == CHATS.c.id).exists()
    query = select(CHATS, turns.label("turns"), shared.label("shared"))
    query = query.where(CHATS.c.owner == owner)
    for word in plain(q).split():
        asked = ANSWERS.c.question.icontains(word, autoescape=True)
        said = select(ANSWERS.c.id).where((ANSWERS.c.chat == CHATS.c.id) & asked).exists()
        query = query.where(or_(CHATS.c.title.icontains(word, autoescape=True), said))
    if before:
        query = query.where(CHATS.c.updated < plain(before))
    with database.reading() as connection:
        rows = connection.execute(query.order_by(CHATS.c.updated.desc()).limit(limit))
        return [_head(row) | {"turns": row.turns, "shared": bool(row.shared)} for row in rows]


def _head(row: Row[Any]) -> Json:
    return {"id": row.id, "title": row.title, "created": row.created, "updated": row.updated}


def owned_chat(database: Database, owner: str | None, id: str) -> None:
    """Raise KeptError where an owner has no such chat."""
    with database.reading() as connection:
        _own(connection, owner, id)


def _own(connection: Connection, owner: str | None, id: str) -> Row[Any]:
    found = select(CHATS).where((CHATS.c.id == plain(id)) & (CHATS.c.owner == owner))
    row = connection.execute(found).first()
    if row is None:
        raise KeptError("没有这次对话 / there is no such chat", field="chat")
    return row


def read_chat(database: Database, owner: str | None, id: str) -> Json:
    """A chat with its turns, each with what was said of its answer."""
    with database.reading() as connection:
        row = _own(connection, owner, id)
        turns = _turns(connection, id)
        shared = connection.execute(select(SHARES.c.turns).where(SHARES.c.chat == id)).first()
        said = select(FEEDBACK.c.answer, FEEDBACK.c.verdict).join(
            ANSWERS, ANSWERS.c.id == FEEDBACK.c.answer
        )
        rows = connection.execute(said.where(ANSWERS.c.chat == id))
        verdicts = {each.answer: each.verdict for each in rows}
        turns = [turn | {"feedback": verdicts.get(turn["id"])} for turn in turns]
        return _head(row) | {"shared": shared is not None, "turns": turns}


def _turns(connection: Connection, chat: str, most: int | None = None) -> list[Json]:
    query = select(ANSWERS).where(ANSWERS.c.chat == chat).order_by(ANSWERS.c.n)
    if most is not None:
        query = query.where(ANSWERS.c.n <= most)
    return [turn_of(row) for row in connection.execute(query)]


def turn_of(row: Row[Any]) -> Json:
    """A kept answer with what was asked."""
    return {
        "n": row.n,
        "id": row.id,
        "asked": row.asked,
        "question": row.question,
        "as_of": row.as_of,
        "area": row.area,
        "documents": json.loads(row.documents),
        "answer": json.loads(row.shown),
    }


def rename_chat(database: Database, owner: str | None, id: str, title: str) -> Json:
    """Give a chat another title."""
    with database.writing() as connection:
        row = _own(connection, owner, id)
        connection.execute(update(CHATS).where(CHATS.c.id == id).values(title=_title(title)))
        return _head(row) | {"title": _title(title)}


def delete_chats(database: Database, owner: str | None, id: str | None = None) -> None:
    """Delete a chat, or all that is kept of an owner: chats, answers outside of them, the owner.

    The audit log keeps its lines, without the questions.
    """
    with database.writing() as connection:
        if id is not None:
            _own(connection, owner, id)
            _blank(connection, ANSWERS.c.chat == id)
            connection.execute(delete(CHATS).where(CHATS.c.id == id))
        elif owner is not None:
            _blank(connection, ANSWERS.c.owner == owner)
            connection.execute(delete(BROWSERS).where(BROWSERS.c.id == owner))
            connection.execute(delete(ANSWERS).where(ANSWERS.c.owner == owner))


def cut_chat(database: Database, owner: str | None, id: str, n: int) -> None:
    """Delete turn ``n`` of a chat and those after it; a share shows no more than is left.

    A chat that is called after its first question loses its title with it.
    """
    with database.writing() as connection:
        chat = _own(connection, owner, id)
        gone = (ANSWERS.c.chat == id) & (ANSWERS.c.n >= n)
        first = connection.execute(
            select(ANSWERS.c.question).where(gone, ANSWERS.c.n == 1)
        ).scalar()
        if first is not None and chat.title == title_of(first):
            connection.execute(update(CHATS).where(CHATS.c.id == id).values(title=""))
        _blank(connection, gone)
        if connection.execute(delete(ANSWERS).where(gone)).rowcount == 0:
            raise KeptError("没有这个提问 / there is no such turn", field="n")
        later_turns = (SHARES.c.chat == id) & (SHARES.c.turns >= n)
        connection.execute(update(SHARES).where(later_turns).values(turns=n - 1))


def _blank(connection: Connection, which: Any) -> None:
    answers = select(ANSWERS.c.id).where(which)
    connection.execute(update(AUDIT).where(AUDIT.c.answer.in_(answers)).values(question=None))


def share_chat(database: Database, owner: str | None, id: str) -> str:
    """Share a chat as it is now and return the token; shared again, the link stays the same."""
    with database.writing() as connection:
        _own(connection, owner, id)
        last = select(func.max(ANSWERS.c.n)).where(ANSWERS.c.chat == id)
        turns = connection.execute(last).scalar()
        if not turns:
            raise StateError("对话还没有提问，不能分享 / nothing to share yet", field="chat")
        mine = SHARES.c.chat == id
        known = connection.execute(select(SHARES.c.token).where(mine)).scalar()
        if known:
            connection.execute(update(SHARES).where(mine).values(turns=turns))
            return str(known)
        token = new_id(24)
        row = insert(SHARES).values(token=token, chat=id, turns=turns, created=now())
        connection.execute(row)
        return token


def unshare_chat(database: Database, owner: str | None, id: str) -> None:
    """End the link of a chat."""
    with database.writing() as connection:
        _own(connection, owner, id)
        connection.execute(delete(SHARES).where(SHARES.c.chat == id))


def shared_chat(database: Database, token: str) -> Json:
    """What a link shows: the turns that there were when it was made."""
    joined = select(CHATS, SHARES.c.turns.label("most"), SHARES.c.created.label("since"))
    joined = joined.join(SHARES, SHARES.c.chat == CHATS.c.id)
    with database.reading() as connection:
        row = connection.execute(joined.where(SHARES.c.token == plain(token))).first()
        if row is None:
            raise KeptError("没有这个分享，或已取消 / there is no such link", field="token")
        return {
            "title": row.title,
            "since": row.since,
            "turns": _turns(connection, row.id, row.most),
        }
