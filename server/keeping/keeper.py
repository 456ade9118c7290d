"""What the doors of the server hold to keep answers, and the rule by which things are forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from indexer.index_folder import Manifest
from server.keeping.database import Database
from server.keeping.moments import later, new_id, now
from server.keeping.records import Asked, note_answer, store_answer
from server.keeping.tables import ACTIONS, ANSWERS, AUDIT, BROWSERS, CHATS, FEEDBACK, SESSIONS
from server.keeping.writer import Writer

__all__ = ["Keeper", "forget_old"]


class Keeper:
    """Keeps answers over a database. Without ``texts`` only the audit log, and no question in it."""

    def __init__(self, database: Database, texts: bool = True, days: int = 180) -> None:
        self.database = database
        self.texts = texts
        self._days = days
        self.writer = Writer(daily=self._forget)

    def keep(self, asked: Asked, shown: Mapping[str, Any], store: bool = True) -> dict[str, Any]:
        """Keep an answer and return it with its id: null where it is not certain to be kept.

        Without ``store`` it is only noted in the audit log.
        """
        answer = {**shown, "id": new_id() if self.texts and store else None}
        done = self.writer.put(lambda: self._write(asked, answer), wait=store)
        return answer if done else {**answer, "id": None}

    def note(
        self,
        asked: Asked,
        status: str,
        addresses: Iterable[str | None],
        manifest: Manifest,
        took_ms: float,
    ) -> None:
        """Write a line of the audit log on what is no answer to a question."""
        trace = {"index": manifest.fingerprint[:16], "embedder": manifest.embedder}
        self.keep(
            asked,
            {
                "status": status,
                "citations": [{"address": name} for name in addresses if name],
                "trace": {**trace, "model": None, "prompt": None},
                "took_ms": round(took_ms, 1),
            },
            store=False,
        )

    def _write(self, asked: Asked, answer: dict[str, Any]) -> None:
        with self.database.writing() as connection:
            if answer["id"]:
                store_answer(connection, answer["id"], asked, answer)
            note_answer(connection, answer["id"], asked, answer, self.texts)

    def _forget(self) -> None:
        forget_old(self.database, self._days)

    def close(self) -> None:
        """Write what is waiting, and close the database."""
        self.writer.close()
        self.database.close()


def forget_old(database: Database, days: int) -> None:
    """Delete what is older than so many days (0: nothing) and sessions that are over.

    A chat is as old as its last turn: its turns go together.
    """
    with database.writing() as connection:
        connection.execute(delete(SESSIONS).where(SESSIONS.c.expires <= now()))
        if not days:
            return
        limit = later(timedelta(days=-days))
        connection.execute(delete(AUDIT).where(AUDIT.c.at < limit))
        connection.execute(delete(ACTIONS).where(ACTIONS.c.at < limit))
        connection.execute(delete(FEEDBACK).where(FEEDBACK.c.at < limit))
        connection.execute(delete(CHATS).where(CHATS.c.updated < limit))
        connection.execute(
            delete(ANSWERS).where(ANSWERS.c.chat.is_(None) & (ANSWERS.c.asked < limit))
        )
        with_chats = select(CHATS.c.owner)
        gone = (BROWSERS.c.seen < limit) & BROWSERS.c.id.not_in(with_chats)
        connection.execute(delete(BROWSERS).where(gone))
