"""Exact cosines of vectors in half precision, by FAISS as they are: none is made longer first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.embedder import Matrix
from indexer.vectors.base import Mask, Scores

__all__ = ["cosines", "flat", "on_one_thread", "selected"]


def flat(vectors: NDArray[np.float16]) -> Any:
    """Return an index that looks at each of some vectors, and takes no more room than they do."""
    kind = faiss.ScalarQuantizer.QT_fp16
    index: Any = faiss.IndexScalarQuantizer(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    index.add_sa_codes(np.ascontiguousarray(vectors).view(np.uint8))
    return index


def cosines(vectors: NDArray[np.float16], vector: Matrix) -> Scores:
    """Return the cosine of each of some unit vectors with one of shape (1, dimension).

    NumPy takes ten times as long to turn them into single precision as the products take.
    """
    scores = np.empty(len(vectors), np.float32)
    if len(vectors):
        with on_one_thread():
            found, places = flat(vectors).search(vector, len(vectors))
        scores[places[0]] = found[0]
    return scores


def selected(mask: Mask) -> Any:
    """What tells FAISS which of the vectors may be found."""
    selector: Any = faiss.IDSelectorBitmap
    return selector(np.packbits(mask, bitorder="little"))


@contextmanager
def on_one_thread() -> Iterator[None]:
    """Let FAISS work on the thread that asks, alone.

    The work of one question is a millisecond or two. Shared out, all of it waits for the last
    thread, which a core that is busy with another question gives no turn for twenty.
    """
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
