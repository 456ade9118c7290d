"""The log of what maintainers do. A row is there before anything is done."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import insert, select, update

from server.keeping.database import Database
from server.keeping.moments import new_id, now, plain
from server.keeping.tables import ACTIONS, API_KEYS

__all__ = ["Outcome", "end_action", "list_actions", "note_action"]

Outcome = Literal["begun", "done", "failed"]
_LONGEST = 500


def note_action(
    database: Database, key: str, action: str, target: str, outcome: Outcome = "begun"
) -> str:
    """Write down that something is done, and by which key; return the id of the row."""
    id, time = new_id(), now()
    with database.writing() as connection:
        connection.execute(
            insert(ACTIONS).values(
                id=id, at=time, key=key, action=action, target=plain(target)[:_LONGEST],
                outcome=outcome, ended=None if outcome == "begun" else time,
            )
        )  # fmt: skip
    return id


def end_action(database: Database, id: str, outcome: Outcome, detail: str) -> None:
    """Write down how something ended."""
    values = {"outcome": outcome, "detail": plain(detail)[:_LONGEST] or None, "ended": now()}
    with database.writing() as connection:
        connection.execute(update(ACTIONS).where(ACTIONS.c.id == id).values(**values))


def list_actions(database: Database, limit: int, before: str | None = None) -> list[dict[str, Any]]:
    """What was done, the latest first; ``key_name`` is null for a key that is no longer known."""
    joined = ACTIONS.outerjoin(API_KEYS, API_KEYS.c.id == ACTIONS.c.key)
    query = select(ACTIONS, API_KEYS.c.name.label("key_name")).select_from(joined)
    if before:
        query = query.where(ACTIONS.c.at < plain(before))
    query = query.order_by(ACTIONS.c.at.desc()).limit(limit)
    with database.reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]
