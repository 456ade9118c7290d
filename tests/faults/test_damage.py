"""Damaged files, two writers, a clock that moves: the generation before goes on and says so."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.errors import IndexFolderError
from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.index_folder import current_generation
from server.app import create_app
from server.assembly import open_served
from server.settings import Settings

QUESTION = {"question": "入选人才奖励多少？"}


def flipped(path: Path) -> bytes:
    """Change one bit in the middle of a file; return what it was."""
    whole = path.read_bytes()
    place = len(whole) // 2
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    return whole


def files(index: Path) -> list[Path]:
    return sorted(
        p for p in current_generation(index).rglob("*") if p.is_file() and p.stat().st_size
    )


def test_one_bit_in_any_file_keeps_the_generation_out(home) -> None:
    settings = Settings(index=home.index)
    assistant, problem = open_served(settings)
    assert problem is None
    app = create_app(assistant, settings=settings)
    client, live = TestClient(app), app.state.live
    home.write("二百万元")
    home.build()
    named = files(home.index)
    assert len(named) > 12
    for path in named:
        whole = flipped(path)
        with pytest.raises(IndexFolderError) as caught:
            live.refresh()
        assert " / " in caught.value.message
        ready = client.get("/readyz").json()
        assert ready["ready"] and ready["problem"]["message"] == caught.value.message
        path.write_bytes(whole)
    assert "一百万元" in client.post("/api/ask", json=QUESTION).json()["answer"]
    assert live.refresh() and client.get("/readyz").json()["problem"] is None
    assert "二百万元" in client.post("/api/ask", json=QUESTION).json()["answer"]


def test_a_server_starts_with_the_generation_before(home) -> None:
    home.write("二百万元")
    home.build()
    path = current_generation(home.index) / "readings.jsonl"
    whole = flipped(path)
    settings = Settings(index=home.index)
    assistant, problem = open_served(settings)
    app = create_app(assistant, settings=settings, problem=problem)
    client = TestClient(app)
    assert client.get("/readyz").json()["problem"]["code"] == "bad_index"
    assert "一百万元" in client.post("/api/ask", json=QUESTION).json()["answer"]
    path.write_bytes(whole)
    assert app.state.live.refresh()
    assert "二百万元" in client.post("/api/ask", json=QUESTION).json()["answer"]


def test_without_a_whole_generation_nothing_is_served(home) -> None:
    flipped(current_generation(home.index) / "readings.jsonl")
    with pytest.raises(IndexFolderError, match=" / "):
        open_served(Settings(index=home.index))


def test_two_builds_at_once_leave_one_whole_index(home) -> None:
    home.write("二百万元")
    with ThreadPoolExecutor(2) as pool:
        builds = [pool.submit(build, home.corpus, home.index, home.embedder) for _ in range(2)]
    # The lock of the folder is one of the system's: threads and processes are the same to it.
    assert sorted(each.result().changed for each in builds) == [False, True]
    assert "二百万元" in list(ClauseIndex.open(home.index).readings["a"].outline)[1].text


@pytest.mark.parametrize("days", [-400, 400])
def test_files_of_another_time_are_built_as_they_are(home, days: int) -> None:
    moment = time.time() + days * 86400
    for path in (*home.corpus.rglob("*"), *home.index.rglob("*")):
        os.utime(path, (moment, moment))
    home.write("二百万元")
    os.utime(home.corpus / "a.txt", (moment, moment))
    home.build()
    assistant, problem = open_served(Settings(index=home.index))
    assert problem is None
    assert (
        "二百万元"
        in TestClient(create_app(assistant)).post("/api/ask", json=QUESTION).json()["answer"]
    )
