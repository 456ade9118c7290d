"""BM25 in Milvus: each passage is a sparse vector of what its terms score, a question one of terms.

Milvus can score BM25 itself, from text. It takes the rarity of a term from a shard or segment
though, not from the whole, and tokenisers differ between Milvus and milvus-lite: the same question
would score otherwise here and there. What a term scores in a passage is known when an index is
built; the inner product adds it up, and is the score that the postings give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.lexical import LexicalIndex
from indexer.milvus.collection import MOST, Collection, only
from indexer.vectors import Found, Mask, best_first

__all__ = ["MilvusLexical"]

#: Sums of the same terms differ by less, whatever their order.
_SAME = 1e-4


class MilvusLexical(LexicalIndex):
    """Passages are searched in a collection; what is asked of single terms, in the folder."""

    collection: Collection

    @classmethod
    def over(
        cls, folder: Path, documents: NDArray[np.int32], collection: Collection
    ) -> MilvusLexical:
        """Open the postings of a folder, and search in a collection."""
        index = cls.open(folder, documents)
        index.collection = collection
        return index

    def search(self, query_terms: Sequence[str], k: int, within: Mask | None = None) -> Found:
        """Return the passages with the best scores; see LexicalIndex."""
        asked = {
            number: float(count)
            for term, count in Counter(query_terms).items()
            if (number := self.number(term)) is not None
        }
        if not asked or (within is not None and not within.any()):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        limits = "" if within is None else only("document", within)
        wanted = min(MOST, 2 * k)
        while True:
            rows, scores = self.collection.nearest("words", asked, wanted, limits)
            # Which ones of equal scores are the last ones is not left to the engine.
            whole = len(rows) < wanted or wanted >= MOST
            if whole or scores[-1] < scores[k - 1] - _SAME:
                return best_first(rows, scores, k)
            wanted = min(MOST, 2 * wanted)
