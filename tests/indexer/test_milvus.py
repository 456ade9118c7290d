"""An index whose vectors lie in Milvus: built, opened, built again, and what can go wrong."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import CatalogueError, IndexFolderError
from indexer.build import build, index_readings, open_fresh, open_whole, read_corpus
from indexer.clause_index import ClauseIndex
from indexer.embedder import Matrix
from indexer.index_folder import current_generation
from indexer.kept_vectors import keys_of
from indexer.milvus import Collection, Engine, MilvusVectors, drop_collections, name_of

FIRST = "某市人才办法\n某府发〔2024〕1号\n第一条 为了引进人才，制定本办法。\n第二条 对入选人才给予一百万元奖励。\n"
SECOND = "某市租金办法\n某府发〔2024〕2号\n第一条 为了降低成本，制定本办法。\n第二条 对租用厂房的企业给予补贴。\n"


class Digests:
    """An embedder without a model: the same unit vector for the same text, and a count."""

    name = "digests"

    def __init__(self) -> None:
        self.embedded = 0

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Matrix:
        self.embedded += len(texts)
        return np.concatenate([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Matrix:
        vector = np.random.default_rng(int(keys_of([text])[0])).normal(size=(1, 12))
        return np.asarray(vector / np.linalg.norm(vector), np.float32)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST, "utf-8")
    (folder / "b.txt").write_text(SECOND, "utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def embedder() -> Digests:
    return Digests()


def collections(engine: Engine, out: Path) -> set[str]:
    """The collections that lie in the engine for the generations in a folder, or for none."""
    listed = set(engine.connect().list_collections())
    here = {name_of(g.name, k) for g in out.glob("g-*") for k in ("clauses", "sentences")}
    return listed & here


def everything(engine: Engine) -> set[str]:
    return set(engine.connect().list_collections())


def refresh(corpus: Path, out: Path, embedder: Any, engine: Engine | None, text: str = "") -> Any:
    if text:
        (corpus / "b.txt").write_text(SECOND.replace("补贴", text), "utf-8")
    return build(corpus, out, embedder, engine=engine)


def test_vectors_leave_the_folder_and_answers_stay(
    corpus: Path, out: Path, embedder: Digests, engine: Engine
):
    refresh(corpus, out, embedder, engine)
    refresh(corpus, out.with_name("local"), embedder, None)
    there, here = ClauseIndex.open(out, engine), ClauseIndex.open(out.with_name("local"))
    assert isinstance(there.clauses, MilvusVectors) and len(there.passages) == 4
    left = {path.name for path in current_generation(out).rglob("*")}
    assert {"clauses.keys.npy", "sentences.keys.npy", "lexical"} <= left
    assert not {"clauses.npy", "sentences.npy", "clauses.faiss"} & left
    written = (current_generation(out) / "manifest.json").read_text("utf-8")
    assert there.manifest.collections["clauses"] in written and engine.uri not in written
    for kind in ("clauses", "sentences"):
        ours, theirs = getattr(there, kind), getattr(here, kind)
        assert np.array_equal(np.asarray(ours.vectors), np.asarray(theirs.vectors))
        for within in (None, np.array([False, True])):
            query = embedder.embed_query("奖励")
            rows, scores = ours.search(query, 3, within)
            wanted, best = theirs.search(query, 3, within)
            assert rows.tolist() == wanted.tolist() and scores == pytest.approx(best, abs=1e-5)
    rows, _ = there.lexical.search(["奖励"], 5)
    assert rows.tolist() == [1]


def test_only_what_changed_is_embedded_again_and_old_collections_go(
    corpus: Path, out: Path, embedder: Digests, engine: Engine
):
    before = everything(engine)
    report = refresh(corpus, out, embedder, engine)
    assert report.embedded == embedder.embedded == 8
    first = current_generation(out)
    assert not refresh(corpus, out, embedder, engine).changed and embedder.embedded == 8
    reader = ClauseIndex.open(out, engine)
    report = refresh(corpus, out, embedder, engine, "补贴和奖励")
    # The clause with its context, and its sentence.
    assert (report.embedded, report.reused, embedder.embedded) == (2, 6, 10)
    # The generation before stays for readers that have it open.
    assert len(everything(engine) - before) == 4
    assert len(reader.clauses.search(embedder.embed_query("奖励"), 9)[0]) == 4
    refresh(corpus, out, embedder, engine, "租金补贴")
    assert len(everything(engine) - before) == 4 and not first.exists()
    assert everything(engine) - before == collections(engine, out)
    (corpus / "b.txt").unlink()
    assert refresh(corpus, out, embedder, engine).documents == 1
    assert len(ClauseIndex.open(out, engine).passages) == 2
    assert everything(engine) - before == collections(engine, out)


@pytest.mark.parametrize("turned", ["on", "off"])
def test_turning_the_engine_on_or_off_builds_anew(
    corpus: Path, out: Path, embedder: Digests, engine: Engine, turned: str
):
    first, second = (None, engine) if turned == "on" else (engine, None)
    refresh(corpus, out, embedder, first)
    assert open_fresh(corpus, out, embedder.name, engine=first)
    assert not open_fresh(corpus, out, embedder.name, engine=second)
    report = refresh(corpus, out, embedder, second)
    # Vectors in the folder can be read by any build, those in an engine only by one that knows it.
    assert report.changed and report.reused == (8 if turned == "on" else 0)
    index = ClauseIndex.open(out, second)
    assert isinstance(index.clauses, MilvusVectors) == (turned == "on")


def test_readings_of_no_corpus_are_not_mistaken_either(
    corpus: Path, out: Path, embedder: Digests, engine: Engine
):
    readings, _ = read_corpus(corpus)
    made = [index_readings(readings, out, embedder, "same", engine=e) for e in (None, engine)]
    again = index_readings(readings, out, embedder, "same", engine=engine)
    assert [bool(index.manifest.collections) for index in (*made, again)] == [False, True, True]
    assert again.folder == made[1].folder != made[0].folder


def test_without_the_setting_it_is_named(
    corpus: Path, out: Path, embedder: Digests, engine: Engine
):
    refresh(corpus, out, embedder, engine)
    with pytest.raises(IndexFolderError, match=r"请设置 TIAOWEN_MILVUS / .*set TIAOWEN_MILVUS"):
        ClauseIndex.open(out)


def test_missing_and_incomplete_collections_are_told_and_built_anew(
    corpus: Path, out: Path, embedder: Digests, engine: Engine
):
    refresh(corpus, out, embedder, engine)
    name = ClauseIndex.open(out, engine).manifest.collections["sentences"]
    client = engine.connect()
    client.delete(name, ids=[0])
    with pytest.raises(IndexFolderError, match=r"行数与索引不符.*do not fit.*3 ≠ 4"):
        ClauseIndex.open(out, engine)
    drop_collections(engine, current_generation(out).name)
    with pytest.raises(IndexFolderError, match=r"没有这个索引的向量.*holds no vectors.*clauses"):
        ClauseIndex.open(out, engine)
    assert open_whole(out, engine) is None
    assert refresh(corpus, out, embedder, engine).embedded == 8
    assert len(ClauseIndex.open(out, engine).passages) == 4


@pytest.mark.parametrize("stage", ["insert", "flush", "write_manifest"])
def test_a_build_that_fails_leaves_no_collections(
    corpus: Path, out: Path, embedder: Digests, engine: Engine,
    monkeypatch: pytest.MonkeyPatch, stage: str,
):  # fmt: skip
    refresh(corpus, out, embedder, engine)
    before, generation = everything(engine), current_generation(out)

    def fail(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if stage == "write_manifest":
            patch.setattr("indexer.generation.write_manifest", fail)
        else:
            patch.setattr(f"pymilvus.MilvusClient.{stage}", fail)
        with pytest.raises(KeyboardInterrupt):
            refresh(corpus, out, embedder, engine, "补贴和奖励")
    assert everything(engine) == before and current_generation(out) == generation
    assert len(ClauseIndex.open(out, engine).passages) == 4


def test_what_a_killed_build_left_goes_with_the_next(
    corpus: Path, out: Path, embedder: Digests, engine: Engine
):
    refresh(corpus, out, embedder, engine)
    (out / "g-killed").mkdir()
    left = Collection(engine, name_of("g-killed", "clauses"), 3)
    left.create(12, words=True)
    refresh(corpus, out, embedder, engine, "补贴和奖励")
    assert left.name not in everything(engine) and not (out / "g-killed").exists()


@pytest.fixture
def refusing() -> Engine:
    """A server at a port where nothing listens."""
    pytest.importorskip("pymilvus", reason="pymilvus is missing: pip install 'tiaowen[milvus]'")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return Engine(f"http://user:secret@127.0.0.1:{port}", "another-secret")


def test_a_server_that_cannot_be_reached_is_told_before_anything_is_embedded(
    corpus: Path, out: Path, embedder: Digests, refusing: Engine, capfd: pytest.CaptureFixture[str]
):
    started = time.perf_counter()
    with pytest.raises(IndexFolderError, match="Milvus 不可用 / Milvus cannot be used") as caught:
        refresh(corpus, out, embedder, refusing)
    assert time.perf_counter() - started < 12 and embedder.embedded == 0
    assert "secret" not in f"{caught.value}{refusing!s}" and "127.0.0.1" in caught.value.message
    # The client would print tracebacks of its own.
    assert "Traceback" not in "".join(capfd.readouterr())


@pytest.mark.parametrize("uri", ["milvus:19530", "localhost", "index.milvus"])
def test_an_address_of_no_known_form_is_refused(uri: str):
    with pytest.raises(IndexFolderError, match="TIAOWEN_MILVUS must be"):
        Engine(uri).connect()


@pytest.mark.parametrize("module", ["pymilvus", "milvus_lite"])
def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, module: str):
    if module == "milvus_lite":
        pytest.importorskip("pymilvus", reason="pymilvus is missing: pip install 'tiaowen[milvus]'")
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(IndexFolderError, match=r"pip install 'tiaowen\[milvus\]'") as caught:
        Engine(str(tmp_path / "x.db")).connect()
    assert caught.value.message.startswith(f"缺少 {module}")


def test_a_corpus_without_words_leaves_the_engine_alone(
    tmp_path: Path, out: Path, embedder: Digests, engine: Engine
):
    before = everything(engine)
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "x.txt").write_bytes(b"")
    with pytest.raises(CatalogueError):
        build(tmp_path / "bad", out, embedder, engine=engine)
    assert everything(engine) == before


def test_replicas_share_the_vectors_under_addresses_of_their_own(
    corpus: Path, out: Path, embedder: Digests, tmp_path: Path
):
    """A server of its own; copies of the folder are opened through another name of it."""
    for module in ("pymilvus", "milvus_lite"):
        pytest.importorskip(module, reason=f"{module} is missing: pip install 'tiaowen[milvus]'")
    from milvus_lite.adapter.grpc.server import start_server_in_thread

    server, database, port = start_server_in_thread(str(tmp_path / "server"), "127.0.0.1", 0)
    try:
        refresh(corpus, out, embedder, Engine(f"http://127.0.0.1:{port}"))
        copies = [Path(shutil.copytree(out, tmp_path / f"copy-{n}")) for n in range(2)]
        replicas = [ClauseIndex.open(c, Engine(f"http://localhost:{port}")) for c in copies]
        query = embedder.embed_query("奖励")
        found = [replica.sentences.search(query, 4) for replica in replicas]
        assert len(found[0][0]) == 4 and found[0][0].tolist() == found[1][0].tolist()
        assert found[0][1] == pytest.approx(found[1][1])
    finally:
        server.stop(grace=None).wait()
        database.close()
    # The server is gone: a search says so, in a time that a caller waits for.
    with pytest.raises(IndexFolderError, match="Milvus cannot be used"):
        replicas[0].clauses.search(embedder.embed_query("补贴"), 1)
