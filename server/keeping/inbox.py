"""Feedback as maintainers see to it: what is new, what was taken up, what was dismissed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, select, true, update

from corpus.errors import KeptError
from server.keeping.database import Database
from server.keeping.moments import plain
from server.keeping.tables import ANSWERS, FEEDBACK

__all__ = ["STATES", "State", "candidate", "inbox", "mark_feedback", "read_feedback"]

State = Literal["new", "taken", "dismissed"]
STATES: tuple[State, ...] = ("new", "taken", "dismissed")
_LISTS = ("before", "documents", "addresses")

Json = dict[str, Any]


def inbox(
    database: Database,
    verdict: str | None = None,
    state: str | None = None,
    limit: int = 50,
    before: str | None = None,
) -> Json:
    """Feedback, the latest first, with the answer as it was shown where that is still kept.

    ``counts`` is of all there is, by verdict and state.
    """
    wanted = _wanted(verdict, state)
    wanted = and_(wanted, FEEDBACK.c.at < plain(before)) if before else wanted
    joined = FEEDBACK.outerjoin(ANSWERS, ANSWERS.c.id == FEEDBACK.c.answer)
    query = select(FEEDBACK, ANSWERS.c.shown).select_from(joined).where(wanted)
    counted = select(FEEDBACK.c.verdict, FEEDBACK.c.state, func.count().label("n"))
    with database.reading() as connection:
        rows = connection.execute(query.order_by(FEEDBACK.c.at.desc()).limit(limit)).mappings()
        found = [_row(dict(row)) for row in rows]
        counts = connection.execute(counted.group_by(FEEDBACK.c.verdict, FEEDBACK.c.state))
        sums = [{"verdict": c.verdict, "state": c.state, "count": c.n} for c in counts]
    sums.sort(key=lambda one: (one["state"], one["verdict"]))
    return {"feedback": found, "counts": sums}


def _wanted(verdict: str | None, state: str | None) -> ColumnElement[bool]:
    given = (FEEDBACK.c.verdict, verdict), (FEEDBACK.c.state, state)
    return and_(true(), *(column == plain(value) for column, value in given if value))


def _row(row: Json) -> Json:
    shown = json.loads(row.pop("shown") or "null")
    row |= {name: json.loads(row[name]) for name in _LISTS}
    return row | {
        "shown": shown["answer"] if shown else None,
        "citations": shown["citations"] if shown else [],
    }


def mark_feedback(database: Database, answer: str, state: State) -> Json:
    """Say where feedback stands."""
    name = plain(answer)
    with database.writing() as connection:
        mine = FEEDBACK.c.answer == name
        if connection.execute(update(FEEDBACK).where(mine).values(state=state)).rowcount == 0:
            raise KeptError("没有这条评价 / there is no such feedback", field="answer")
    return {"answer": name, "state": state}


def read_feedback(
    database: Database, verdict: str | None = None, state: str | None = None
) -> Sequence[Json]:
    """Feedback, oldest first, as it becomes candidates for gold questions."""
    query = select(FEEDBACK).where(_wanted(verdict, state)).order_by(FEEDBACK.c.at)
    with database.reading() as connection:
        rows = connection.execute(query).mappings()
        return [dict(row) | {name: json.loads(row[name]) for name in _LISTS} for row in rows]


def candidate(row: Json) -> str:
    """A gold question without what nobody has checked: a set that holds it is refused as it is."""
    said = f"{row['verdict']}: {row['note']}" if row["note"] else row["verdict"]
    question = {
        "id": f"feedback-{row['answer']}",
        "question": row["question"],
        "type": "follow_up" if row["before"] else "",
        "expect": {"status": None, "addresses": [], "facts": []},
        "as_of": row["as_of"],
        "area": row["area"],
        "conversation": row["before"],
        "note": f"{said}（当时 / then: {row['status']} {' '.join(row['addresses'])}）",
    }
    return json.dumps(question, ensure_ascii=False) + "\n"
