"""One suite for every index of vectors: whatever finds them, the answers are those of a look at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from corpus.errors import IndexFolderError
from indexer.embedder import Matrix
from indexer.milvus import Collection, Engine, MilvusVectors
from indexer.vectors import Inverted, LocalVectors, VectorIndex, exact, train

RANDOM = np.random.default_rng(7)
DIMENSION, PASSAGES, DOCUMENTS = 16, 150, 9
#: One to five vectors for each passage; rather the passages of a document lie beside each other.
COUNTS = RANDOM.integers(1, 6, PASSAGES)
STARTS = np.concatenate([[0], np.cumsum(COUNTS)])
OF = np.sort(RANDOM.integers(0, DOCUMENTS, PASSAGES)).astype(np.int32)


def unit(matrix: np.ndarray) -> Matrix:
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)


VECTORS = unit(RANDOM.normal(size=(int(STARTS[-1]), DIMENSION))).astype(np.float16)
QUERIES = unit(RANDOM.normal(size=(5, DIMENSION)))
MASKS = {
    "none": None,
    "all": np.ones(DOCUMENTS, bool),
    "most": np.arange(DOCUMENTS) != 4,
    "some": np.arange(DOCUMENTS) % 3 == 1,
    "one": np.arange(DOCUMENTS) == 2,
    "no-document": np.zeros(DOCUMENTS, bool),
}


def uploaded(engine: Engine, name: str) -> Collection:
    collection = Collection(engine, name, len(VECTORS))
    collection.create(DIMENSION, words=False)
    owners = np.repeat(OF, COUNTS)
    # In two parts: numbers go on where the part before ended.
    for part in (slice(0, 200), slice(200, None)):
        vectors = VECTORS[part].astype(np.float32)
        collection.insert(part.start, owners[part].tolist(), vectors, None)
    collection.finish()
    return collection


@pytest.fixture(scope="module", params=["flat", "inverted", "milvus", "milvus-graph"])
def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[VectorIndex]:
    kind = request.param
    if kind == "flat":
        yield LocalVectors(VECTORS, STARTS, OF)
    elif kind == "inverted":
        path = tmp_path_factory.mktemp("inverted") / "x.faiss"
        probes, _ = train(VECTORS, QUERIES, path)
        yield LocalVectors(VECTORS, STARTS, OF, Inverted.open(path, probes))
    else:
        with pytest.MonkeyPatch.context() as patch:
            if kind == "milvus-graph":
                patch.setattr("indexer.milvus.collection.FLAT", 10)
            collection = uploaded(request.getfixturevalue("engine"), kind.replace("-", "_"))
            yield MilvusVectors(collection, STARTS, OF)


def expected(query: Matrix, within: np.ndarray | None) -> dict[int, float]:
    """The best cosine of each passage that is searched, one by one."""
    return {
        row: max(float(VECTORS[n].astype(np.float32) @ query) for n in range(start, end))
        for row, (start, end) in enumerate(pairwise(STARTS))
        if within is None or within[OF[row]]
    }


@pytest.mark.parametrize("k", [1, 7, 60, 10 * PASSAGES])
@pytest.mark.parametrize("mask", MASKS)
def test_search_finds_the_nearest_that_the_limit_lets_pass(index: VectorIndex, mask: str, k: int):
    for query in QUERIES:
        cosines = expected(query, MASKS[mask])
        rows, scores = index.search(query[None], k, MASKS[mask])
        assert len(rows) == len(scores) == min(k, len(cosines))
        assert rows.tolist() == sorted(cosines, key=lambda row: (-cosines[row], row))[:k]
        assert scores == pytest.approx([cosines[row] for row in rows.tolist()], abs=1e-5)
        assert rows.dtype == np.int64


def test_cosines_of_given_passages(index: VectorIndex):
    for query in QUERIES:
        cosines = expected(query, None)
        for rows in (np.array([3]), np.array([149, 0, 77]), np.arange(PASSAGES)):
            wanted = [cosines[row] for row in rows.tolist()]
            assert index.cosines(query[None], rows) == pytest.approx(wanted, abs=1e-5)
    assert index.cosines(QUERIES[:1], np.zeros(0, np.int64)).shape == (0,)


def test_all_cosines_of_one_passage_in_their_order(index: VectorIndex):
    assert COUNTS.max() > 1
    for row in range(0, PASSAGES, 7):
        own = VECTORS[STARTS[row] : STARTS[row + 1]].astype(np.float32)
        assert index.all_cosines(QUERIES[1:2], row) == pytest.approx(own @ QUERIES[1], abs=1e-5)


def test_what_is_stored_comes_back_as_it_was(index: VectorIndex):
    assert index.vectors.shape == VECTORS.shape and len(index.vectors) == len(VECTORS)
    assert np.array_equal(np.asarray(index.vectors), VECTORS)
    places = np.array([300, 2, 2, 11])
    assert np.array_equal(index.vectors[places], VECTORS[places])
    rows, scores = exact(index, QUERIES[:1], 20)
    found, best = index.search(QUERIES[:1], 20)
    assert rows.tolist() == found.tolist() and scores == pytest.approx(best, abs=1e-5)


def test_equal_cosines_come_in_row_order(engine: Engine):
    same = np.tile(unit(np.ones((1, DIMENSION))), (5, 1))
    collection = Collection(engine, "same", 5)
    collection.create(DIMENSION, words=False)
    collection.insert(0, [0] * 5, same, None)
    collection.finish()
    rows, _ = MilvusVectors(collection, np.arange(6), np.zeros(5, np.int32)).search(same[:1], 5)
    assert rows.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("few", [0, 3])
def test_rows_that_a_graph_passes_over_are_scored_all_the_same(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, few: int
):
    index = MilvusVectors(uploaded(engine, f"passed_over_{few}"), STARTS, OF)
    nearest = Collection.nearest

    def short(self, field, query, limit, within=""):
        numbers, scores = nearest(self, field, query, limit, within)
        return numbers[:few], scores[:few]

    monkeypatch.setattr(Collection, "nearest", short)
    rows = np.array([5, 6, 120])
    cosines = expected(QUERIES[0], None)
    assert index.cosines(QUERIES[:1], rows) == pytest.approx(
        [cosines[row] for row in rows.tolist()], abs=1e-5
    )


@pytest.mark.parametrize("wrong", ["vectors", "documents"])
def test_vectors_that_do_not_fit_their_passages_are_refused(engine: Engine, wrong: str):
    collection = Collection(engine, "unfit", len(VECTORS) + (wrong == "vectors"))
    documents = OF[1:] if wrong == "documents" else OF
    with pytest.raises(IndexFolderError, match="does not fit"):
        MilvusVectors(collection, STARTS, documents)
