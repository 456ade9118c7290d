"""Vector indexes behind one small protocol."""

from indexer.vectors.base import (
    ByNumber,
    Found,
    Mask,
    Rows,
    Scores,
    Stored,
    VectorIndex,
    best_first,
    numbers_of,
)
from indexer.vectors.inverted import Inverted, train
from indexer.vectors.local import FLAT, LocalVectors, exact

__all__ = [
    "FLAT",
    "ByNumber",
    "Found",
    "Inverted",
    "LocalVectors",
    "Mask",
    "Rows",
    "Scores",
    "Stored",
    "VectorIndex",
    "best_first",
    "exact",
    "numbers_of",
    "train",
]
