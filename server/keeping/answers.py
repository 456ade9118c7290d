"""Single answers that are kept, and what users say of them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, insert, or_, select

from corpus.errors import KeptError
from server.keeping.chats import turn_of
from server.keeping.database import Database
from server.keeping.moments import now, plain
from server.keeping.tables import ANSWERS, FEEDBACK, SHARES

__all__ = ["VERDICTS", "give_feedback", "read_answer"]

#: What can be said of an answer.
VERDICTS = ("right", "wrong_figure", "wrong_article", "outdated", "not_answered")

Json = dict[str, Any]


def read_answer(database: Database, id: str, owner: str | None, share: str | None = None) -> Json:
    """A kept answer with what was asked, for its owner or by the link of its chat.

    One without an owner, asked by a program without a key or cookie, is for whoever has its id.
    """
    mine = or_(ANSWERS.c.owner == owner, ANSWERS.c.owner.is_(None))
    if share:
        linked = (SHARES.c.token == plain(share)) & (SHARES.c.turns >= ANSWERS.c.n)
        linked &= SHARES.c.chat == ANSWERS.c.chat
        mine = or_(mine, select(SHARES.c.token).where(linked).exists())
    with database.reading() as connection:
        row = connection.execute(select(ANSWERS).where(ANSWERS.c.id == plain(id), mine)).first()
    if row is None:
        raise _no_answer()
    return turn_of(row)


def _no_answer() -> KeptError:
    return KeptError("没有保存这个回答 / this answer is not kept", field="answer")


def give_feedback(database: Database, answer: str, verdict: str, note: str | None) -> Json:
    """Keep what a user says of an answer, with the question; said again, the last word counts."""
    given = {"answer": plain(answer), "verdict": verdict, "note": plain(note) if note else None}
    with database.writing() as connection:
        row = connection.execute(select(ANSWERS).where(ANSWERS.c.id == given["answer"])).first()
        if row is None:
            raise _no_answer()
        shown = json.loads(row.shown)
        addresses = list(dict.fromkeys(c["address"] for c in shown["citations"]))
        connection.execute(delete(FEEDBACK).where(FEEDBACK.c.answer == row.id))
        given["at"] = now()
        connection.execute(
            insert(FEEDBACK).values(
                **given, question=row.question, before=row.before, as_of=shown["as_of"],
                area=row.area, documents=row.documents, status=shown["status"],
                addresses=json.dumps(addresses),
            )
        )  # fmt: skip
    return given
