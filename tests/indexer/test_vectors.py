"""Vectors behind their seam: every row that comes out exists, filters never starve a search."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexFolderError
from indexer.embedder import Matrix
from indexer.vectors import FLAT, Inverted, LocalVectors, train


def unit(rows: object) -> Matrix:
    matrix = np.asarray(rows, np.float32)
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)


VECTORS = unit([[1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 0, 1], [1, 0, 1]]).astype(np.float16)
#: Passage 1 has two vectors; the passages are of three documents.
STARTS = np.array([0, 1, 3, 4, 5])
DOCUMENTS = np.array([0, 0, 1, 2], np.int32)
QUERY = unit([[1, 0, 0]])


@pytest.fixture
def vectors() -> LocalVectors:
    return LocalVectors(VECTORS, STARTS, DOCUMENTS)


def test_nearest_come_first_and_each_once(vectors: LocalVectors):
    rows, scores = vectors.search(QUERY, 10)
    assert rows.tolist() == [0, 1, 3, 2]
    assert scores == pytest.approx([1, 2**-0.5, 2**-0.5, 0], abs=1e-3)


@pytest.mark.parametrize("k", [1, 2, 3, 4, 5, 50])
@pytest.mark.parametrize(
    ("within", "allowed"),
    [
        pytest.param(None, {0, 1, 2, 3}, id="all"),
        pytest.param([0, 1, 0], {2}, id="one-row"),
        pytest.param([0, 1, 1], {2, 3}, id="two-rows"),
        pytest.param([0, 0, 0], set(), id="no-document"),
    ],
)
def test_a_limit_acts_before_the_top_k(
    vectors: LocalVectors, k: int, within: list[int] | None, allowed: set[int]
):
    mask = None if within is None else np.array(within, bool)
    rows, scores = vectors.search(QUERY, k, mask)
    assert set(rows.tolist()) <= allowed
    assert len(rows) == len(scores) == min(k, len(allowed))


def test_cosines_of_given_passages(vectors: LocalVectors):
    assert vectors.cosines(QUERY, np.array([1, 2])) == pytest.approx([2**-0.5, 0], abs=1e-3)
    assert vectors.cosines(QUERY, np.zeros(0, np.int64)).shape == (0,)
    assert vectors.all_cosines(QUERY, 1) == pytest.approx([0, 2**-0.5], abs=1e-3)


@pytest.mark.parametrize("starts", [[0, 1, 3, 4, 6], [0, 1, 3, 5]], ids=["vectors", "documents"])
def test_vectors_that_do_not_fit_their_passages_are_refused(starts: list[int]):
    with pytest.raises(IndexFolderError, match="does not fit"):
        LocalVectors(VECTORS, np.array(starts), DOCUMENTS)


@pytest.mark.parametrize("content", [b"", b"not an index"], ids=["empty", "noise"])
def test_damaged_file_is_refused(tmp_path: Path, content: bytes):
    for name in ("x.npy", "x.faiss"):
        (tmp_path / name).write_bytes(content)
    with pytest.raises(IndexFolderError, match="damaged"):
        LocalVectors.open(tmp_path / "x.npy", STARTS, DOCUMENTS, None)
    with pytest.raises(IndexFolderError, match="damaged"):
        Inverted.open(tmp_path / "x.faiss", 4)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[LocalVectors, LocalVectors]:
    """More vectors than are searched one by one, in clusters as texts are: inverted, and exact."""
    random = np.random.default_rng(0)
    size, dimension = FLAT + 10_000, 32
    centres = random.normal(size=(300, dimension))
    vectors = unit(centres[random.integers(0, 300, size)] + 0.6 * random.normal(size=(size, 32)))
    questions = unit(vectors[::500] + 0.1 * random.normal(size=(size // 500, 32)))
    half = vectors.astype(np.float16)
    path = tmp_path_factory.mktemp("vectors") / "x.faiss"
    probes, recall = train(half, questions, path)
    assert recall >= 0.99
    starts = np.arange(size + 1)
    documents = (np.arange(size) % 1000).astype(np.int32)
    inverted = LocalVectors(half, starts, documents, Inverted.open(path, probes))
    return inverted, LocalVectors(half, starts, documents)


def test_inverted_search_finds_what_the_exact_one_does(many: tuple[LocalVectors, LocalVectors]):
    inverted, exact = many
    queries = unit(inverted.vectors[7::900].astype(np.float32) + 0.05)
    shares = []
    for query in queries:
        expected, _ = exact.search(query[None], 50)
        rows, scores = inverted.search(query[None], 50)
        assert len(rows) == 50 and (np.diff(scores) <= 0).all()
        assert scores == pytest.approx(exact.cosines(query[None], rows))
        shares.append(np.isin(expected, rows).mean())
    assert np.mean(shares) >= 0.99


@pytest.mark.parametrize("share", [1, 10, 700], ids=["few", "some", "most"])
def test_a_limit_never_starves_a_large_index(many: tuple[LocalVectors, LocalVectors], share: int):
    inverted, exact = many
    mask = np.arange(1000) < share
    query = unit(inverted.vectors[:1].astype(np.float32) + 0.1)
    rows, _ = inverted.search(query, 40, mask)
    expected, _ = exact.search(query, 40, mask)
    assert len(rows) == 40 and (rows % 1000 < share).all()
    assert np.isin(expected, rows).mean() >= 0.95
