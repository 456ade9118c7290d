"""Whether a sum is of the thing that a follow-up names last: 创新药呢 is not worked out as 器械."""

from __future__ import annotations

from indexer.entitlements.quantities import find_quantities
from indexer.lexical import terms
from indexer.passages import sentences
from retriever.followup import named_anew, tiers
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.sums.result import Sum

__all__ = ["is_of_another"]


def is_of_another(found: Sum, retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether the sentences that a sum was read from say nothing of the thing named anew, while
    others of their clauses do.

    A place, a figure or a tier takes the place of another one, and is judged elsewhere.
    """
    name = named_anew(retrieval.query.latest)
    if not name or find_quantities(name) or tiers(name) or retriever.understand(name).areas:
        return False
    own, read, whole = terms(name), [], []
    for address in {span.address for span in found.sources}:
        text = retriever.index.clause(address)[1].text
        starts = [span.start for span in found.sources if span.address == address]
        at = 0
        for piece in sentences(text):
            start = text.index(piece, at)
            at = start + len(piece)
            read += [piece for s in starts if start <= s < at]
        whole.append(text)
    held = retriever.coverage(own, "\n".join(read))
    return not held and retriever.coverage(own, "\n".join(whole)) > 0
