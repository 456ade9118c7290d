"""Write the vectors and words of a generation into Milvus."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.kept_vectors import Keys, KnownVectors
from indexer.lexical import LexicalIndex
from indexer.milvus.collection import Collection
from indexer.milvus.engine import Engine, name_of

__all__ = ["upload"]

#: Rows that are in memory at once.
_BLOCK = 10_000


def upload(
    engine: Engine,
    generation: Path,
    held: Mapping[str, tuple[Keys, NDArray[np.int32]]],
    known: KnownVectors,
) -> dict[str, str]:
    """Write the vectors of each kind, whose keys and documents are given; return where they lie.

    The words go with the clauses; they are taken from the postings in the folder. What a failure
    leaves is dropped with the generation; see ``publish``.
    """
    names: dict[str, str] = {}
    for kind, (keys, documents) in held.items():
        names[kind] = name_of(generation.name, kind)
        words = None
        if kind == "clauses":
            words = LexicalIndex.open(generation / "lexical", documents)
        collection = Collection(engine, names[kind], len(keys))
        collection.create(known.dimension, words is not None)
        for start in range(0, len(keys), _BLOCK):
            end = min(start + _BLOCK, len(keys))
            vectors = known.take(keys[start:end]).astype(np.float32)
            of_rows = words.of_rows(start, end) if words else None
            collection.insert(start, documents[start:end].tolist(), vectors, of_rows)
        collection.finish()
    return names
