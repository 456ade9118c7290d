"""Vector indexes behind one small protocol."""

from indexer.vectors.base import VectorIndex
from indexer.vectors.faiss_flat import FaissFlat

__all__ = ["FaissFlat", "VectorIndex"]
