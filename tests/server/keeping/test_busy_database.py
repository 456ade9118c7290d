"""An answer does not wait for its being kept, and does not fail with it."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from server.keeping.keeper import Keeper

QUESTION = "渝府办发〔2025〕56号第（十）条原文"


def test_a_locked_database_leaves_the_answer_and_logs_one_line(
    served: Callable[..., TestClient], keeper: Keeper, tmp_path: Path, caplog
) -> None:
    browser = served()
    chat = browser.post("/api/chats").json()["id"]
    body = {"question": QUESTION, "chat": chat}
    assert browser.post("/api/ask", json=body).json()["id"]
    lock = sqlite3.connect(tmp_path / "kept" / "tiaowen.db", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    with caplog.at_level(logging.WARNING, "tiaowen"):
        started = time.monotonic()
        answers = [browser.post("/api/ask", json=body).json() for _ in range(3)]
        answers.append(browser.post("/v1/chat/completions", json=openai()).json()["tiaowen"])
        assert time.monotonic() - started < 4
        assert browser.get(f"/api/chats/{chat}").status_code == 200
        busy = browser.post("/api/chats")
        for _ in range(100):
            if "locked" in caplog.text:
                break
            time.sleep(0.1)
    assert [answer["id"] for answer in answers] == [None] * 4
    assert answers[0]["status"] == "answered"
    assert (busy.status_code, busy.json()["error"]["code"]) == (503, "store_unavailable")
    record = next(r for r in caplog.records if "not kept" in r.getMessage())
    assert "database is locked" in record.getMessage()
    assert "\n" not in record.getMessage()
    assert QUESTION not in caplog.text
    lock.execute("ROLLBACK")
    lock.close()
    assert keeper.writer.put(lambda: None, wait=False) is False
    for _ in range(100):
        if answer_id(browser):
            return
        time.sleep(0.1)
    pytest.fail("nothing is kept after the lock is gone")


def answer_id(browser: TestClient) -> str | None:
    return browser.post("/api/ask", json={"question": QUESTION}).json()["id"]


def openai() -> dict:
    return {"model": "tiaowen", "messages": [{"role": "user", "content": QUESTION}]}


def test_a_full_database_leaves_the_answer(
    served: Callable[..., TestClient], keeper: Keeper, caplog
) -> None:
    @event.listens_for(keeper.database.engine, "checkout")
    def _full(connection, *_):
        connection.execute("PRAGMA max_page_count = 1").close()

    browser = served()
    ids = [answer_id(browser) for _ in range(40)]
    assert ids[-1] is None
    assert "full" in caplog.text
