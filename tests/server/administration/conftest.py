"""A small library of its own for each module, served and administrated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from administrating import FIRST, Client, Place
from serving import serving

from indexer.build import build
from indexer.clause_index import ClauseIndex
from retriever.retriever import Retriever
from server.assistant import Assistant
from server.settings import Settings


@pytest.fixture(scope="session")
def make_place(assistant: Assistant, tmp_path_factory) -> Callable[..., Place]:
    def _make(**settings: Any) -> Place:
        folder = tmp_path_factory.mktemp("library")
        (folder / "corpus").mkdir()
        (folder / "corpus" / "first.txt").write_text(FIRST, "utf-8")
        named = {"corpus": folder / "corpus", "index": folder / "index", "home": folder / "home"}
        embedder = assistant.retriever.embedder
        build(named["corpus"], named["index"], embedder)
        index = ClauseIndex.open(named["index"])
        return Place(Settings(**named | settings), Assistant(index, Retriever(index, embedder)))

    return _make


@pytest.fixture(scope="module")
def place(make_place) -> Place:
    return make_place(max_document=300_000)


@pytest.fixture(scope="module")
def server(place: Place, tmp_path_factory) -> Iterator[tuple[str, str]]:
    folder = tmp_path_factory.mktemp("served")
    with serving(place.assistant, folder, settings=place.settings) as (url, key):
        yield url, key


@pytest.fixture(scope="module")
def client(server: tuple[str, str]) -> Iterator[Client]:
    url, key = server
    headers = {"Authorization": f"Bearer {key}"}
    with Client(base_url=url, headers=headers, timeout=60) as client:
        yield client
