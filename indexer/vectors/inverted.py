"""Approximate search for many vectors: an inverted file with 8-bit codes, tuned by its recall.

Inverted lists (Sivic and Zisserman, 2003; Jégou et al., 2011) with scalar quantisation: they train
in minutes on two cores, map into memory and take a filter. How many lists a search visits is set by
measurement, not by belief: the fewest that reach the wanted recall on vectors of questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexFolderError
from indexer.embedder import Matrix
from indexer.vectors.base import Mask
from indexer.vectors.halves import on_one_thread, selected

__all__ = ["CANDIDATES", "Inverted", "train"]

#: Vectors that each list is trained on; FAISS warns below 39.
_EACH = 64
_BLOCK = 100_000
#: As deep as most searches go.
_DEPTH = 100
#: So many times as many candidates are taken as are wanted: the codes put them in order only about.
CANDIDATES = 4
_WANTED = 0.995
#: Cosines no further apart are of the same text.
_ALIKE = 1e-4
#: More lists than these are visited in any case: they cost little, and what users ask lies further
#: from the texts than what is tuned on.
_LEAST = 48


@dataclass(frozen=True, slots=True)
class Inverted:
    """An inverted file, and how many of its lists to visit for ``recall``."""

    index: Any
    probes: int

    @classmethod
    def open(cls, path: Path, probes: int) -> Inverted:
        """Map a saved file into memory; raise IndexFolderError for a damaged one."""
        try:
            index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
        except RuntimeError as error:
            raise IndexFolderError(
                f"向量索引损坏 / the vector index is damaged: {path.name}"
            ) from error
        # FAISS would begin 32 threads with each question, to read its lists beforehand.
        lists: Any = faiss.downcast_InvertedLists(index.invlists)
        lists.prefetch_nthread = 0
        return cls(index, probes)

    def candidates(self, vector: Matrix, k: int, mask: Mask | None) -> NDArray[np.int64]:
        """Return the rows that are about the ``k`` nearest, in no certain order."""
        chosen: Any = {"nprobe": self.probes}
        if mask is not None:
            chosen["sel"] = selected(mask)
        parameters: Any = faiss.SearchParametersIVF
        with on_one_thread():
            _, rows = self.index.search(vector, k, params=parameters(**chosen))
        # FAISS pads short results with row -1, which would be a wrong but plausible passage.
        return np.asarray(rows[0][rows[0] >= 0], np.int64)


def train(vectors: NDArray[np.float16], questions: Matrix, path: Path) -> tuple[int, float]:
    """Write an inverted file of unit vectors; return how many lists to visit, and the recall.

    ``questions`` are vectors of questions of shape (n, dimension): those of passages lie nearer
    to each other than any question does, and would promise too much.
    """
    size, dimension = vectors.shape
    lists = int(4 * np.sqrt(size))
    index: Any = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.cp.min_points_per_centroid = 1
    sample = np.random.default_rng(0).choice(size, min(size, _EACH * lists), replace=False)
    index.train(vectors[np.sort(sample)].astype(np.float32))
    for start in range(0, size, _BLOCK):
        index.add(vectors[start : start + _BLOCK].astype(np.float32))
    faiss.write_index(index, str(path))
    return _probes(index, lists, questions, vectors)


def _probes(
    index: Any, lists: int, questions: Matrix, vectors: NDArray[np.float16]
) -> tuple[int, float]:
    """The fewest lists, in steps of a third, that find nearly all that all of them find."""
    depth = min(_DEPTH, len(vectors))
    wanted = _exact(vectors, questions, depth) - _ALIKE
    # What the codes allow: where many texts are almost alike, no number of lists finds more.
    most = _recall(index, lists, questions, vectors, wanted, depth)
    probes, recall = _LEAST, 0.0
    while recall < _WANTED * most and probes < lists:
        probes = min(4 * probes // 3, lists)
        recall = _recall(index, probes, questions, vectors, wanted, depth)
    return probes, round(recall, 4)


def _recall(
    index: Any,
    probes: int,
    questions: Matrix,
    vectors: NDArray[np.float16],
    wanted: NDArray[np.float32],
    depth: int,
) -> float:
    """The share of the nearest ``depth`` of each question that a search finds.

    By cosines of at least ``wanted``, not by rows: the same sentence may stand in a thousand
    documents, and which of them are found is all the same.
    """
    parameters: Any = faiss.SearchParametersIVF
    _, rows = index.search(questions, CANDIDATES * depth, params=parameters(nprobe=probes))
    near = np.stack(
        [
            np.where(own >= 0, vectors[own].astype(np.float32) @ question, -1)
            for own, question in zip(rows, questions, strict=True)
        ]
    )
    held = np.minimum((near >= wanted[:, None]).sum(1), depth)
    return float(held.mean()) / depth


def _exact(vectors: NDArray[np.float16], questions: Matrix, depth: int) -> NDArray[np.float32]:
    """The cosine of the last one of the nearest of each question, by all of them; shape (n,)."""
    best = np.zeros((len(questions), 0), np.float32)
    for start in range(0, len(vectors), _BLOCK):
        block = questions @ vectors[start : start + _BLOCK].astype(np.float32).T
        best = np.hstack([best, block])
        best = -np.partition(-best, min(depth, best.shape[1]) - 1, axis=1)[:, :depth]
    return np.asarray(best.min(1), np.float32)
