"""FAISS behind its seam: every key it gives is one that it was given."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.address import Address
from corpus.errors import IndexFolderError
from indexer.embedder import Matrix
from indexer.vectors import FaissFlat

KEYS = [Address.parse(text) for text in ("a#art1", "a#art2", "a#art2", "b#art1", "c#closing")]


def unit(*rows: list[float]) -> Matrix:
    matrix = np.asarray(rows, np.float32)
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)


VECTORS = unit([1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 0, 1], [1, 0, 1])
QUERY = unit([1, 0, 0])


@pytest.fixture
def index() -> FaissFlat:
    return FaissFlat.build(KEYS, VECTORS)


def test_nearest_come_first_and_each_once(index: FaissFlat):
    hits = index.search(QUERY, 10)
    assert [str(address) for address, _ in hits[:1]] == ["a#art1"]
    assert len(hits) == len({address for address, _ in hits}) == 4
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert dict(hits)[KEYS[2]] == pytest.approx(2**-0.5)


@pytest.mark.parametrize("k", [1, 2, 3, 4, 5, 50])
@pytest.mark.parametrize(
    ("within", "allowed"),
    [
        pytest.param(None, {"a", "b", "c"}, id="all"),
        pytest.param(["b"], {"b"}, id="one-row"),
        pytest.param(["b", "c"], {"b", "c"}, id="two-rows"),
        pytest.param(["b", "none"], {"b"}, id="with-an-unknown-one"),
        pytest.param(["none"], set(), id="unknown-document"),
        pytest.param([], set(), id="no-document"),
    ],
)
def test_rows_that_do_not_exist_yield_no_key(
    index: FaissFlat, k: int, within: list[str] | None, allowed: set[str]
):
    hits = index.search(QUERY, k, within)
    known = {key for key in KEYS if key.document in allowed}
    assert {address for address, _ in hits} <= known
    assert len(hits) == min(k, len(known))


def test_scores_of_given_addresses(index: FaissFlat):
    absent = Address.parse("a#art9")
    assert index.score(QUERY, [KEYS[1], absent, KEYS[3]]) == pytest.approx([2**-0.5, -1.0, 0.0])
    assert index.rows_score(QUERY, KEYS[1]) == pytest.approx((0.0, 2**-0.5))
    assert index.rows_score(QUERY, absent) == ()


def test_save_and_open(index: FaissFlat, tmp_path: Path):
    index.save(tmp_path / "x.faiss")
    again = FaissFlat.open(tmp_path / "x.faiss", KEYS)
    assert again.search(QUERY, 3) == index.search(QUERY, 3)
    assert np.array_equal(again.vectors, VECTORS)


def test_index_that_does_not_fit_its_keys_is_refused(index: FaissFlat, tmp_path: Path):
    index.save(tmp_path / "x.faiss")
    with pytest.raises(IndexFolderError, match="does not fit"):
        FaissFlat.open(tmp_path / "x.faiss", KEYS[:-1])


@pytest.mark.parametrize("content", [b"", b"not an index"], ids=["empty", "noise"])
def test_damaged_file_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "x.faiss").write_bytes(content)
    with pytest.raises(IndexFolderError, match="damaged"):
        FaissFlat.open(tmp_path / "x.faiss", KEYS)
