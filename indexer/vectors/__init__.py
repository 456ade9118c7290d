"""Vector indexes behind one small protocol."""

from indexer.vectors.base import Found, Mask, Rows, Scores, VectorIndex
from indexer.vectors.inverted import Inverted, train
from indexer.vectors.local import FLAT, LocalVectors

__all__ = [
    "FLAT",
    "Found",
    "Inverted",
    "LocalVectors",
    "Mask",
    "Rows",
    "Scores",
    "VectorIndex",
    "train",
]
