"""A running server takes the next generation of its index, and stays with the one it can read."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.errors import IndexFolderError
from indexer.build import build
from indexer.embedder import open_embedder
from indexer.index_folder import current_generation, generations
from server.app import create_app
from server.assembly import open_assistant, open_served, remembering
from server.live import Live
from server.settings import Settings

TEXT = "某市人才办法\n某府发〔2024〕1号\n第一条 为了引进人才，制定本办法。\n第二条 对入选人才给予{}奖励。\n"
QUESTION = {"question": "入选人才奖励多少？"}


class Place:
    """A corpus of one document with its index, and an application over it."""

    def __init__(self, folder: Path) -> None:
        self.corpus, self.index = folder / "corpus", folder / "index"
        self.corpus.mkdir()
        self.settings = Settings(index=self.index, reload=0.05)
        self.embedder = open_embedder(self.settings.embedder, self.settings.models)
        self.write("一百万元")
        assistant = remembering(open_assistant(self.settings), self.settings)
        # What maintainers have under way is not kept in the usual place.
        served = self.settings.model_copy(update={"home": folder / "home"})
        self.app = create_app(assistant, settings=served)
        self.live: Live = self.app.state.live

    def write(self, amount: str) -> None:
        (self.corpus / "a.txt").write_text(TEXT.format(amount), "utf-8")
        build(self.corpus, self.index, self.embedder)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_the_next_generation_is_asked(place: Place) -> None:
    client = TestClient(place.app)
    assert "一百万元" in client.post("/api/ask", json=QUESTION).json()["answer"]
    before = client.get("/readyz").json()["index"]
    assert place.live.refresh() is False
    place.write("二百万元")
    assert "一百万元" in client.post("/api/ask", json=QUESTION).json()["answer"]
    assert place.live.refresh() is True
    assert "二百万元" in client.post("/api/ask", json=QUESTION).json()["answer"]
    ready = client.get("/readyz").json()
    assert ready["index"] != before and ready["problem"] is None
    assert f'index="{ready["index"]}"' in client.get("/metrics").text


def test_a_server_looks_by_itself(place: Place) -> None:
    with TestClient(place.app) as client:
        place.write("三百万元")
        end, found = time.monotonic() + 30, ""
        while "三百万元" not in found and time.monotonic() < end:
            found = client.post("/api/ask", json=QUESTION).json()["answer"]
    assert "三百万元" in found


def test_who_began_on_an_old_generation_ends_on_it(place: Place) -> None:
    old = place.app.state.assistant
    for amount in ("二百万元", "三百万元", "四百万元"):
        place.write(amount)
    place.live.refresh()
    assert not old.index.folder.exists()
    # Nothing of it was read before: all comes from files that are gone.
    assert "一百万元" in list(old.index.readings["a"].outline)[1].text


@pytest.mark.parametrize("name", ["manifest.json", "readings.jsonl", "clauses.npy"])
def test_a_damaged_generation_is_not_taken(place: Place, name: str, caplog) -> None:
    client = TestClient(place.app)
    place.write("二百万元")
    path = current_generation(place.index) / name
    whole = path.read_bytes()
    path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    with pytest.raises(IndexFolderError):
        place.live.refresh()
    assert place.live.look() is False and place.live.look() is False
    assert caplog.text.count("not served") == 1
    ready = client.get("/readyz").json()
    assert ready["ready"] is True and ready["problem"]["code"] == "bad_index"
    assert "/" in ready["problem"]["message"]
    assert "一百万元" in client.post("/api/ask", json=QUESTION).json()["answer"]
    path.write_bytes(whole)
    assert place.live.refresh() is True
    assert client.get("/readyz").json()["problem"] is None


def test_generations_are_swapped_under_questions(place: Place) -> None:
    client, stop = TestClient(place.app), threading.Event()
    failed: list[object] = []

    def _ask() -> None:
        while not stop.is_set():
            answer = client.post("/api/ask", json=QUESTION)
            if answer.status_code != 200 or "百万元" not in answer.json()["answer"]:
                failed.append(answer.text)

    threads = [threading.Thread(target=_ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for amount in ("二百万元", "三百万元", "四百万元", "五百万元"):
        place.write(amount)
        place.live.refresh()
    stop.set()
    for thread in threads:
        thread.join()
    assert not failed
    assert "五百万元" in client.post("/api/ask", json=QUESTION).json()["answer"]


def test_who_went_back_is_not_served_what_was_left(place: Place) -> None:
    place.write("二百万元")
    place.write("一百万元")
    current = current_generation(place.index)
    later = next(one for one in generations(place.index) if not one.current)
    assert current.name.rpartition("-")[2] < later.name.rpartition("-")[2]
    path = current / "readings.jsonl"
    whole = path.read_bytes()
    path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    with pytest.raises(IndexFolderError):
        open_served(place.settings)
