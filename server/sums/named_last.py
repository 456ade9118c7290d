"""Whether a sum is of the thing that a follow-up names last: 创新药呢 is not worked out as 器械."""

from __future__ import annotations

from indexer.entitlements.quantities import find_quantities
from indexer.lexical import terms
from retriever.followup import named_anew, tiers
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.sums.result import Sum
from server.sums.too_late import read_sentences

__all__ = ["is_of_another"]


def is_of_another(found: Sum, retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether the sentences that a sum was read from say nothing of the thing named anew, while
    others of their clauses do.

    A place, a figure or a tier takes the place of another one, and is judged elsewhere.
    """
    name = named_anew(retrieval.query.latest)
    if not name or find_quantities(name) or tiers(name) or retriever.understand(name).areas:
        return False
    index, own = retriever.index, terms(name)
    whole = {span.address: index.clause(span.address)[1].text for span in found.sources}
    held = retriever.coverage(own, "\n".join(read_sentences(found, index)))
    return not held and retriever.coverage(own, "\n".join(whole.values())) > 0
