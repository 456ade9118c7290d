"""The audit log holds what every door answered: batches, matches and checks too."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
import sqlalchemy
from starlette.testclient import TestClient

from server.app import create_app
from server.assistant import Assistant
from server.keeping.database import open_database
from server.keeping.gate import Access
from server.keeping.keeper import Keeper
from server.keeping.keys import make_key
from server.keeping.tables import AUDIT
from server.keeping.usage import usage_json

TEXT = "高新区办法第六条：单个品种奖励80万元。"
QUESTIONS = ["中药经典名方奖励多少？", "上海张江的补贴"]
PROFILE = {"area": "重庆高新区", "products": [{"class": "创新药"}]}


@pytest.fixture(params=[True, False], ids=["texts", "no texts"])
def keeper(request, tmp_path: Path):
    keeper = Keeper(open_database(f"sqlite:///{tmp_path}/kept/tiaowen.db"), request.param)
    yield keeper
    keeper.close()


def noted(keeper: Keeper) -> list:
    keeper.writer.put(lambda: None)
    with keeper.database.reading() as connection:
        return connection.execute(sqlalchemy.select(AUDIT).order_by(AUDIT.c.id)).all()


def test_batches_matches_and_checks(assistant: Assistant, keeper: Keeper, tmp_path: Path) -> None:
    key, text = make_key(keeper.database, "team", ("read", "batch"))
    app = create_app(assistant, access=Access(keeper), batches=tmp_path / "jobs")
    with TestClient(app, headers={"x-api-key": text}) as client:
        assert client.post("/api/check", json={"text": TEXT}).status_code == 200
        matched = client.post("/api/match", json=PROFILE)
        assert matched.status_code == 200, matched.text
        name = client.post("/api/batches", json={"questions": QUESTIONS}).json()["id"]
        for _ in range(300):
            if client.get(f"/api/batches/{name}").json()["state"] == "done":
                break
            time.sleep(0.1)
        # The last answer is noted behind the state that says it is there.
        for _ in range(300):
            if len(rows := noted(keeper)) >= 2 + len(QUESTIONS):
                break
            time.sleep(0.1)
        # Pages of forms, without a key.
        page = TestClient(app)
        assert page.post("/check", data={"text": TEXT}).status_code == 200
        doors = [row.door for row in noted(keeper)]
    assert doors == ["check", "match", "batch", "batch", "check_page"]
    check, match, first, refused = rows
    assert {row.key for row in rows} == {key.id}
    assert {row.fingerprint for row in rows} == {assistant.index.manifest.fingerprint[:16]}
    assert {row.embedder for row in rows} == {assistant.index.manifest.embedder}
    assert all(row.took_ms > 0 and row.answer is None for row in rows)
    assert (check.status, json.loads(check.addresses)) == ("wrong", ["cqgxq-2024-31#art6"])
    shown = matched.json()
    found = {one["address"] for group in ("fits", "may_fit") for one in shown[group]}
    assert found and set(json.loads(match.addresses)) == found and match.status == "matched"
    assert first.status == "answered"
    assert "cqgxq-2024-31#art6" in json.loads(first.addresses)
    assert (refused.status, refused.addresses) == ("refused", "[]")
    # A company's profile is in it nowhere; texts only where they are kept.
    assert match.question is None
    asked = [check.question, first.question, refused.question]
    assert asked == ([TEXT, *QUESTIONS] if keeper.texts else [None] * 3)
    sums = usage_json(keeper.database, 1)
    assert (sums["answers"], sums["refused"]) == (2, 1)
    assert {row["door"]: row["answers"] for row in sums["doors"]}["check"] == 1
