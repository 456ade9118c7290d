"""What a list or a table is said of: its items and rows hold hardly any words of a question."""

from __future__ import annotations

from dataclasses import replace

from corpus.address import Address, Step
from retriever.query import Retrieval
from retriever.retriever import Retriever

__all__ = ["led"]

#: Clauses among which the lead is looked for.
_LOOKED_AT = 50


def led(retrieval: Retrieval, retriever: Retriever) -> Retrieval:
    """Return a retrieval with the lead of a list or table in place of its items, if these are best.

    What they are (基金支付下列费用：, 租用厂房的，按下表给予补助) only the lead says; that of a table is a
    paragraph beside it.
    """
    first = retrieval.hits[0]
    parent = first.passage.address.path.parent
    while parent and parent.steps[-1].rank == "table":
        parent = parent.parent
    if 1 not in (first.signals.get("listed"), first.signals.get("row")) or parent is None:
        return retrieval
    lead = Address(first.passage.address.document, parent)
    beside = Address(lead.document, parent.child(Step("para", 1)))
    deeper = retriever.retrieve(replace(retrieval.query, k=_LOOKED_AT)).hits
    found = [hit for hit in deeper if hit.passage.address in (lead, beside)]
    others = [hit for hit in deeper if not lead.contains(hit.passage.address)]
    hits = (*found, *others)[: retrieval.query.k]
    return replace(retrieval, hits=hits) if found else retrieval
