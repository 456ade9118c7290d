"""What the audit log says in sum."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, literal_column, select

from server.keeping.database import Database
from server.keeping.moments import later
from server.keeping.tables import AUDIT

__all__ = ["usage_json"]

_TOP = 20
#: The statuses of answers; checks and matches, which the log holds too, have others.
_ANSWERS = ("answered", "not_stated", "informational", "refused")


def usage_json(database: Database, days: int) -> dict[str, Any]:
    """Answers by day and status, and the questions refused most often, of the last days (UTC)."""
    since = later(timedelta(days=-days))
    # Written out: two parameters are two expressions to PostgreSQL, which then cannot group.
    day = func.substr(AUDIT.c.at, literal_column("1"), literal_column("10"))
    times = func.count()
    recent = AUDIT.c.at >= since
    answered = recent & AUDIT.c.status.in_(_ANSWERS)
    by_day = select(day.label("day"), AUDIT.c.status, times.label("n")).where(answered)
    refused = (AUDIT.c.status == "refused") & AUDIT.c.question.is_not(None)
    asked = select(AUDIT.c.question, times.label("n")).where(recent & refused)
    took = select(AUDIT.c.door, times.label("n"), func.avg(AUDIT.c.took_ms).label("ms"))
    with database.reading() as connection:
        counts = connection.execute(by_day.group_by(day, AUDIT.c.status).order_by(day)).all()
        top = connection.execute(
            asked.group_by(AUDIT.c.question).order_by(times.desc(), AUDIT.c.question).limit(_TOP)
        ).all()
        doors = connection.execute(took.where(recent).group_by(AUDIT.c.door)).all()
    statuses: dict[str, int] = {}
    rows: dict[str, dict[str, int]] = {}
    for row in counts:
        rows.setdefault(row.day, {})[row.status] = row.n
        statuses[row.status] = statuses.get(row.status, 0) + row.n
    return {
        "since": since,
        "answers": sum(statuses.values()),
        "statuses": statuses,
        "refused": statuses.get("refused", 0),
        "days": [
            {"day": name, "answers": sum(row.values()), "statuses": row}
            for name, row in rows.items()
        ],
        "doors": [{"door": d.door, "answers": d.n, "mean_ms": round(d.ms, 1)} for d in doors],
        "refused_questions": [{"question": row.question, "times": row.n} for row in top],
    }
