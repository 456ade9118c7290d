"""Builds with the real model on a tiny corpus: what is embedded, what a crash leaves, what is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import CatalogueError, IndexFolderError, IndexMismatch
from indexer.build import BuildReport, build, open_fresh
from indexer.clause_index import ClauseIndex
from indexer.embedder import SentenceTransformerEmbedder
from indexer.index_folder import current_generation, has_index, publish

FIRST = "某市人才办法\n某府发〔2024〕1号\n第一条 为了引进人才，制定本办法。\n第二条 对入选人才给予一百万元奖励。\n"
SECOND = "某市租金办法\n某府发〔2024〕2号\n第一条 为了降低成本，制定本办法。\n第二条 对租用厂房的企业给予补贴。\n"


@pytest.fixture(scope="module")
def built(
    tmp_path_factory: pytest.TempPathFactory, embedder: SentenceTransformerEmbedder
) -> tuple[Path, BuildReport]:
    """A home with ``corpus`` and its index ``index``; tests change copies of it."""
    home = tmp_path_factory.mktemp("home")
    corpus = home / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(FIRST, "utf-8")
    (corpus / "b.txt").write_text(SECOND, "utf-8")
    return home, build(corpus, home / "index", embedder)


@pytest.fixture
def home(built: tuple[Path, BuildReport], tmp_path: Path) -> Path:
    return Path(shutil.copytree(built[0], tmp_path / "home"))


def test_build_and_open(built: tuple[Path, BuildReport], embedder: SentenceTransformerEmbedder):
    home, report = built
    assert (report.documents, report.clauses, report.passages) == (2, 4, 4)
    assert report.changed and report.embedded > 4 and report.reused == 0 and not report.skipped
    index = ClauseIndex.open(home / "index")
    assert [document.title for document in index.documents] == ["某市人才办法", "某市租金办法"]
    assert index.manifest.embedder == embedder.name
    assert open_fresh(home / "corpus", home / "index", embedder.name)
    assert not open_fresh(home / "corpus", home / "index", "another")
    (best,), _ = index.clauses.search(embedder.embed_query("人才奖励多少钱"), 1)
    assert str(index.passages[best].address) == "a#art2"


def test_second_build_changes_nothing(home: Path, embedder: SentenceTransformerEmbedder):
    before = current_generation(home / "index")
    report = build(home / "corpus", home / "index", embedder)
    assert (report.changed, report.embedded) == (False, 0)
    assert current_generation(home / "index") == before


def test_only_changed_texts_are_embedded_again(home: Path, embedder: SentenceTransformerEmbedder):
    before = ClauseIndex.open(home / "index")
    (home / "corpus" / "b.txt").write_text(SECOND.replace("补贴", "补贴和奖励"), "utf-8")
    told: list[tuple[str, int, int]] = []
    report = build(
        home / "corpus", home / "index", embedder, lambda *progress: told.append(progress)
    )
    # The clause with its context, and its sentence.
    assert (report.changed, report.embedded) == (True, 2)
    assert told[-1] == ("embed", 2, 2)
    after = ClauseIndex.open(home / "index")
    assert np.array_equal(before.clauses.vectors[:3], after.clauses.vectors[:3])
    assert not np.array_equal(before.clauses.vectors[3], after.clauses.vectors[3])
    assert after.passages[3].text == "对租用厂房的企业给予补贴和奖励。"


def test_removed_file_leaves_the_index(home: Path, embedder: SentenceTransformerEmbedder):
    (home / "corpus" / "b.txt").unlink()
    report = build(home / "corpus", home / "index", embedder)
    assert (report.documents, report.embedded) == (1, 0)
    assert {p.address.document for p in ClauseIndex.open(home / "index").passages} == {"a"}


def test_bad_file_is_reported_and_the_others_go_on(
    home: Path, embedder: SentenceTransformerEmbedder
):
    (home / "corpus" / "bad.txt").write_bytes(b"")
    report = build(home / "corpus", home / "index", embedder)
    assert (report.documents, report.embedded) == (2, 0)
    assert len(report.skipped) == 1 and "bad.txt" in report.skipped[0]


def test_corpus_of_bad_files_keeps_the_index(home: Path, embedder: SentenceTransformerEmbedder):
    for path in (home / "corpus").iterdir():
        path.write_bytes(b"")
    with pytest.raises(CatalogueError, match="no document could be read"):
        build(home / "corpus", home / "index", embedder)
    assert len(ClauseIndex.open(home / "index").documents) == 2


def test_failing_write_leaves_the_old_generation(home: Path):
    index = home / "index"
    before = sorted(path.name for path in index.iterdir())

    def fail(generation: Path) -> None:
        (generation / "half.json").write_text("{", "utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        publish(index, "g-new", fail)
    assert sorted(path.name for path in index.iterdir()) == before
    assert len(ClauseIndex.open(index).documents) == 2


def test_older_generations_are_removed(home: Path):
    index = home / "index"
    first = current_generation(index)
    for name in ("g-2", "g-3"):
        publish(index, name, lambda folder: (folder / "x").touch())
    assert current_generation(index).name == "g-3"
    assert not first.exists() and (index / "g-2").is_dir()


def generation_files(index: Path) -> list[str]:
    generation = current_generation(index)
    paths = (path for path in generation.rglob("*") if path.is_file())
    return sorted(str(path.relative_to(generation)) for path in paths)


def test_one_wrong_byte_in_any_file_is_noticed(home: Path):
    index = home / "index"
    names = generation_files(index)
    assert {"manifest.json", "readings.jsonl", "clauses.npy", "sentences.npy"} < {*names}
    assert any(name.startswith("lexical/") for name in names)
    for name in names:
        path = current_generation(index) / name
        content = path.read_bytes()
        # A brace instead of the manifest's first; elsewhere any byte must count.
        path.write_bytes(bytes([content[0] ^ 1]) + content[1:] if content else b"x")
        with pytest.raises(IndexFolderError):
            ClauseIndex.open(index)
        path.unlink()
        with pytest.raises(IndexFolderError):
            ClauseIndex.open(index)
        path.write_bytes(content)
    assert len(ClauseIndex.open(index).documents) == 2


def test_damaged_index_is_built_anew(home: Path, embedder: SentenceTransformerEmbedder):
    path = current_generation(home / "index") / "clauses.npy"
    path.write_bytes(path.read_bytes()[:-1])
    report = build(home / "corpus", home / "index", embedder)
    assert report.changed and report.embedded > 4
    assert len(ClauseIndex.open(home / "index").documents) == 2


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param({"format": 0}, IndexMismatch, id="older-format"),
        pytest.param({"format": 99}, IndexMismatch, id="newer-format"),
        pytest.param({"surprise": 1}, IndexFolderError, id="unknown-field"),
        pytest.param({"skipped": None}, IndexFolderError, id="wrong-type"),
        pytest.param(
            {"files": None},
            IndexFolderError,
            id="no-files",
        ),
    ],
)
def test_manifest_of_another_make(home: Path, change: dict[str, object], error: type[Exception]):
    path = current_generation(home / "index") / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")
    with pytest.raises(error) as caught:
        ClauseIndex.open(home / "index")
    assert caught.type is error


@pytest.mark.parametrize("pointer", ["", "none", "../home", "g-\n\n", "."])
def test_pointer_to_nothing_is_refused(home: Path, pointer: str):
    (home / "index" / "current").write_text(pointer, "utf-8")
    with pytest.raises(IndexFolderError):
        ClauseIndex.open(home / "index")


def test_folder_without_an_index(tmp_path: Path):
    with pytest.raises(IndexFolderError, match="no index here") as caught:
        ClauseIndex.open(tmp_path)
    assert caught.value.field == "index"


class _Failing:
    """The real embedder, until it has embedded so many texts."""

    def __init__(self, embedder: SentenceTransformerEmbedder, left: int) -> None:
        self.name, self.embed_query = embedder.name, embedder.embed_query
        self._embedder, self.left = embedder, left

    def embed_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None):
        self.left -= len(texts)
        if self.left < 0:
            raise KeyboardInterrupt
        return self._embedder.embed_passages(texts, progress)


def test_a_build_that_was_cut_off_goes_on_where_it_was(
    home: Path, embedder: SentenceTransformerEmbedder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("indexer.generation._WINDOW", 3)
    shutil.rmtree(home / "index")
    with pytest.raises(KeyboardInterrupt):
        build(home / "corpus", home / "index", _Failing(embedder, 4))
    assert not has_index(home / "index")
    report = build(home / "corpus", home / "index", embedder)
    assert report.reused >= 3 and report.embedded + report.reused == 8
    assert not (home / "index" / "journal").exists()
    whole = ClauseIndex.open(home / "index")
    shutil.rmtree(home / "index")
    build(home / "corpus", home / "index", embedder)
    again = ClauseIndex.open(home / "index")
    assert np.array_equal(whole.clauses.vectors, again.clauses.vectors)
    assert np.array_equal(whole.sentences.vectors, again.sentences.vectors)
