"""The log of maintainers, the inbox and the statistics, in both databases."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import insert

from corpus.errors import KeptError
from server.keeping.actions import end_action, list_actions, note_action
from server.keeping.database import Database
from server.keeping.inbox import inbox, mark_feedback, read_feedback
from server.keeping.keys import make_key
from server.keeping.moments import now
from server.keeping.statistics import statistics_json
from server.keeping.tables import AUDIT, FEEDBACK


def test_what_was_begun_stands_before_it_ends(database: Database) -> None:
    key = make_key(database, "维护", ["admin"])[0]
    first = note_action(database, key.id, "add", "a\0.txt" + "长" * 600)
    second = note_action(database, "gone", "reindex", "")
    end_action(database, first, "failed", "为何")
    found = list_actions(database, 10)
    assert [(a["id"], a["outcome"], a["key_name"]) for a in found] == [
        (second, "begun", None), (first, "failed", "维护"),
    ]  # fmt: skip
    assert found[1]["detail"] == "为何" and found[1]["ended"] and len(found[1]["target"]) == 500
    assert [a["id"] for a in list_actions(database, 1)] == [second]
    assert [a["id"] for a in list_actions(database, 9, found[0]["at"])] == [first]


def test_feedback_without_its_answer_and_sums(database: Database) -> None:
    said = {
        "at": now(), "note": None, "question": "问", "before": "[]", "as_of": None, "area": None,
        "documents": "[]", "status": "answered", "addresses": '["a#art1"]',
    }  # fmt: skip
    asked = {
        "at": now(), "door": "ask", "question": "问", "fingerprint": "f", "embedder": "e",
        "took_ms": 5.0,
    }  # fmt: skip
    with database.writing() as connection:
        for n, verdict in enumerate(("right", "outdated")):
            row = {"answer": str(n), "verdict": verdict} | said
            connection.execute(insert(FEEDBACK).values(**row))
        for kind, status, cited in (
            ("sum", "answered", ["a#art1", "a#art2", "b#art1"]), (None, "refused", []),
            ("clause", "answered", ["a#art9"]),
        ):  # fmt: skip
            row = {"kind": kind, "status": status, "addresses": json.dumps(cited)} | asked
            connection.execute(insert(AUDIT).values(**row))
    assert mark_feedback(database, "1", "dismissed") == {"answer": "1", "state": "dismissed"}
    with pytest.raises(KeptError):
        mark_feedback(database, "2", "taken")
    found = inbox(database, state="dismissed")
    assert [(f["answer"], f["shown"], f["citations"]) for f in found["feedback"]] == [
        ("1", None, [])
    ]
    assert len(found["counts"]) == 2
    assert [f["answer"] for f in read_feedback(database, verdict="right")] == ["0"]
    sums = statistics_json(database, 30)
    assert {k["kind"]: k["statuses"] for k in sums["kinds"]} == {
        "sum": {"answered": 1}, "unknown": {"refused": 1}, "clause": {"answered": 1},
    }  # fmt: skip
    assert sums["latency"] == {"mean_ms": 5.0, "p50_ms": 5.0, "p95_ms": 5.0, "p99_ms": 5.0}
    assert sums["cited_documents"] == [
        {"document": "a", "answers": 2}, {"document": "b", "answers": 1},
    ]  # fmt: skip
    assert statistics_json(database, 1)["feedback"][0] == {
        "verdict": "outdated", "state": "dismissed", "count": 1,
    }  # fmt: skip
