"""/readyz is false with reasons, /healthz only says that the process lives; gauges tell the rest."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from starlette.testclient import TestClient

from corpus.errors import IndexFolderError, ModelError
from indexer.clause_index import ClauseIndex
from retriever.retriever import Retriever
from server.app import create_app
from server.assistant import Assistant
from server.keeping.database import open_database
from server.keeping.gate import Access
from server.keeping.keeper import Keeper
from server.operating import readiness
from server.operating.rechecking import Rechecking


@pytest.fixture
def client(assistant: Assistant, tmp_path: Path, monkeypatch) -> TestClient:
    """An application over a copy of the index, which tests may harm."""
    monkeypatch.setattr(readiness, "_HOLDS", 0.0)
    folder = tmp_path / "index"
    shutil.copytree(assistant.index.folder, folder / assistant.index.folder.name)
    (folder / "current").write_text(assistant.index.folder.name, "utf-8")
    index = ClauseIndex.open(folder)
    copied = Assistant(index, Retriever(index, assistant.retriever.embedder))
    keeper = Keeper(open_database(f"sqlite:///{tmp_path}/kept.db"))
    yield TestClient(create_app(copied, access=Access(keeper)), raise_server_exceptions=False)
    keeper.close()


def reasons(client: TestClient) -> list[str]:
    response = client.get("/readyz")
    body = response.json()
    assert response.status_code == (503 if body["reasons"] else 200)
    assert body["ready"] is (not body["reasons"])
    assert all(" / " in reason["message"] for reason in body["reasons"])
    assert client.get("/healthz").json() == {"ok": True}
    return [reason["code"] for reason in body["reasons"]]


def test_a_byte_that_changes_while_it_is_asked_is_told(client, tmp_path: Path) -> None:
    again: Rechecking = client.app.state.rechecking
    generation = tmp_path / "index" / (tmp_path / "index" / "current").read_text("utf-8")
    place = generation / "readings.jsonl"
    whole = place.read_bytes()
    place.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    # Its size is what it was.
    assert reasons(client) == []
    assert pass_over(again) == 1
    assert reasons(client) == ["index_damaged"]
    assert gauge(client, "tiaowen_index_files_damaged") == 1
    place.write_bytes(whole)
    assert pass_over(again) == 0
    assert reasons(client) == []
    assert gauge(client, "tiaowen_index_files_damaged") == 0


def pass_over(again: Rechecking) -> int:
    for _ in range(again.step()):
        again.step()
    return again.damaged


def gauge(client: TestClient, name: str) -> float:
    families = text_string_to_metric_families(client.get("/metrics").text)
    (found,) = [family for family in families if family.name == name]
    return found.samples[0].value


def test_a_thread_looks_by_itself_and_ends(client, tmp_path: Path) -> None:
    assistant = client.app.state.assistant
    (assistant.index.folder / "glossary.json").write_text("{}", "utf-8")
    again = Rechecking(lambda: assistant, 0.2)
    again.start()
    last = time.monotonic() + 20
    while not again.damaged and time.monotonic() < last:
        time.sleep(0.01)
    again.stop()
    assert again.damaged == 1
    with pytest.raises(IndexFolderError, match=r"glossary\.json"):
        again.check()


def test_an_index_that_goes_is_told_and_comes_back(client, tmp_path: Path) -> None:
    assert reasons(client) == []
    pointer = tmp_path / "index" / "current"
    pointer.rename(tmp_path / "away")
    assert reasons(client) == ["no_index"]
    (tmp_path / "away").rename(pointer)
    assert reasons(client) == []
    generation = tmp_path / "index" / pointer.read_text("utf-8")
    (generation / "glossary.json").write_text("{}", "utf-8")
    assert reasons(client) == ["index_damaged"]
    (generation / "manifest.json").unlink()
    assert reasons(client) == ["index_damaged"]
    assert str(tmp_path) not in client.get("/readyz").text


def test_a_database_that_takes_no_writes(client, tmp_path: Path) -> None:
    assert reasons(client) == []
    (tmp_path / "kept.db").rename(tmp_path / "other.db")
    assert reasons(client) == ["database_not_writable"]


def test_a_model_that_cannot_embed(client, assistant) -> None:
    class Broken:
        """A model whose files are gone."""

        name, dimension = assistant.retriever.embedder.name, assistant.retriever.embedder.dimension

        def embed_query(self, text: str) -> Any:
            raise ModelError("无法加载 / cannot load")

    index = client.app.state.assistant.index
    broken = Assistant(index, Retriever(index, Broken()))
    assert reasons(TestClient(create_app(broken))) == ["model_not_loaded"]


def test_a_server_that_ends(client) -> None:
    client.app.state.readiness.leaving = lambda: True
    assert reasons(client) == ["shutting_down"]


def gauges(client: TestClient) -> dict[str, float]:
    found = {}
    for family in text_string_to_metric_families(client.get("/metrics").text):
        for sample in family.samples:
            labels = ",".join(sample.labels.values())
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def test_gauges_tell_of_errors_the_index_and_the_database(client) -> None:
    client.post("/api/ask", json={"question": " "})
    index = client.app.state.assistant.index
    found = gauges(client)
    assert found["tiaowen_errors_total{bad_input}"] == 1
    # The request for the metrics itself.
    assert found["tiaowen_http_requests_in_progress"] == 1
    assert f'generation="{index.folder.name}"' in client.get("/metrics").text
    assert found["tiaowen_not_kept_total"] == found["tiaowen_database_errors_total{write}"] == 0
    with client.app.state.keeper.database.writing() as connection:
        connection.execute(text("DROP TABLE audit"))
    answer = client.post("/api/ask", json={"question": "渝府办发〔2025〕56号第（十）条原文"})
    assert answer.json()["id"] is None
    for _ in range(50):
        if gauges(client)["tiaowen_not_kept_total"]:
            break
        time.sleep(0.02)
    found = gauges(client)
    assert found["tiaowen_not_kept_total"] == found["tiaowen_database_errors_total{write}"] == 1
