"""What all tests share: the real model, the real corpus, one index for the session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.catalogue import bundled_corpus
from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.embedder import open_embedder
from indexer.milvus import Engine
from indexer.readings import Reading
from retriever.retriever import Retriever
from server.assembly import open_assistant
from server.assistant import Assistant
from server.settings import Settings

#: The day on which tests that judge validity ask.
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session", autouse=True)
def database_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests keep nothing among what the user of this machine keeps."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIAOWEN_DATABASE", f"sqlite:///{folder}/tiaowen.db")
        yield


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    return open_assistant(Settings())


@pytest.fixture(scope="session")
def assistant_over(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Assistant]:
    """Builds an assistant over one document given as text, or over several by their names."""

    def _over(text: str = "", **texts: str) -> Assistant:
        folder = tmp_path_factory.mktemp("small")
        (folder / "corpus").mkdir()
        for name, words in (texts or {"a": text}).items():
            (folder / "corpus" / f"{name}.txt").write_text(words, "utf-8")
        settings = Settings()
        embedder = open_embedder(settings.embedder, settings.models)
        build(folder / "corpus", folder / "index", embedder)
        index = ClauseIndex.open(folder / "index")
        return Assistant(index, Retriever(index, embedder))

    return _over


@pytest.fixture(scope="session")
def readings(assistant: Assistant) -> dict[str, Reading]:
    return assistant.index.readings


@pytest.fixture(scope="session")
def corpus_folder() -> Path:
    return bundled_corpus()


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Milvus in one file, ended with the module that asked for it."""
    for module in ("pymilvus", "milvus_lite"):
        pytest.importorskip(module, reason=f"{module} is missing: pip install 'tiaowen[milvus]'")
    from milvus_lite.server_manager import server_manager_instance

    path = tmp_path_factory.mktemp("milvus") / "engine.db"
    yield Engine(str(path))
    server_manager_instance.release_server(str(path))
