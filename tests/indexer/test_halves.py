"""Cosines in half precision, and FAISS on the thread that asks."""

from __future__ import annotations

import faiss
import numpy as np
import pytest

from indexer.vectors.halves import cosines, on_one_thread


@pytest.mark.parametrize("size", [0, 1, 700])
def test_cosines_are_those_of_the_vectors_in_their_order(size: int):
    random = np.random.default_rng(size)
    vectors = random.normal(size=(size, 32)).astype(np.float16)
    vector = random.normal(size=(1, 32)).astype(np.float32)
    expected = vectors.astype(np.float32) @ vector[0]
    assert cosines(vectors, vector) == pytest.approx(expected, abs=1e-4)


def test_alike_vectors_have_the_same_cosine_wherever_they_stand():
    vectors = np.tile(np.random.default_rng(0).normal(size=(1, 384)), (501, 1)).astype(np.float16)
    assert len(set(cosines(vectors, vectors[:1].astype(np.float32)).tolist())) == 1


def test_threads_are_as_before_behind_a_search_and_a_failure():
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(3)
    try:
        with pytest.raises(ValueError, match="stop"), on_one_thread():
            assert faiss.omp_get_max_threads() == 1
            raise ValueError("stop")
        assert faiss.omp_get_max_threads() == 3
    finally:
        faiss.omp_set_num_threads(before)
