"""Statistics of the audit log and of feedback, for the maintainers."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from server.keeping.database import Database
from server.keeping.moments import later
from server.keeping.tables import AUDIT, FEEDBACK
from server.keeping.usage import usage_json

__all__ = ["statistics_json"]

_CITED = 20
#: Shares of answers that took no longer.
_SHARES = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}

Json = dict[str, Any]


def statistics_json(database: Database, days: int) -> Json:
    """What was asked in the last days: by day and status, kind, time taken, feedback, documents."""
    sums = usage_json(database, days)
    since = later(timedelta(days=-days))
    with database.reading() as connection:
        kinds = connection.execute(
            select(AUDIT.c.kind, AUDIT.c.status, func.count().label("n"))
            .where(AUDIT.c.at >= since)
            .group_by(AUDIT.c.kind, AUDIT.c.status)
        ).all()
        said = connection.execute(
            select(FEEDBACK.c.verdict, FEEDBACK.c.state, func.count().label("n"))
            .where(FEEDBACK.c.at >= since)
            .group_by(FEEDBACK.c.verdict, FEEDBACK.c.state)
        ).all()
        took = _took(connection, since, sums["answers"])
        cited = _cited(connection, since)
    by_kind: dict[str, dict[str, int]] = {}
    for row in kinds:
        by_kind.setdefault(row.kind or "unknown", {})[row.status] = row.n
    return sums | {
        "kinds": [
            {"kind": kind, "answers": sum(statuses.values()), "statuses": statuses}
            for kind, statuses in sorted(by_kind.items(), key=lambda pair: -sum(pair[1].values()))
        ],
        "latency": took,
        "feedback": sorted(
            ({"verdict": r.verdict, "state": r.state, "count": r.n} for r in said),
            key=lambda one: (one["verdict"], one["state"]),
        ),
        "cited_documents": [{"document": name, "answers": n} for name, n in cited],
    }


def _took(connection: Connection, since: str, answers: int) -> Json:
    """How long answers took; null where there is none."""
    column, recent = AUDIT.c.took_ms, AUDIT.c.at >= since
    mean = connection.execute(select(func.avg(column)).where(recent)).scalar()
    took: Json = {"mean_ms": round(mean, 1) if mean is not None else None}
    for name, share in _SHARES.items():
        place = min(int(answers * share), max(answers - 1, 0))
        query = select(column).where(recent).order_by(column).offset(place).limit(1)
        value = connection.execute(query).scalar()
        took[name] = round(value, 1) if value is not None else None
    return took


def _cited(connection: Connection, since: str) -> list[tuple[str, int]]:
    """The documents that most answers cite; an answer counts once for each."""
    counts: Counter[str] = Counter()
    rows = connection.execute(
        select(AUDIT.c.addresses).where((AUDIT.c.at >= since) & (AUDIT.c.addresses != "[]"))
    )
    for row in rows.yield_per(2000):
        counts.update({address.partition("#")[0] for address in json.loads(row.addresses)})
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_CITED]
