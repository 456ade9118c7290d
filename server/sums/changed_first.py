"""Clauses that the clause found best changes come first: what is worked out is what they grant."""

from __future__ import annotations

from dataclasses import replace

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap
from indexer.passages import whole_passage
from retriever.query import Retrieval
from server.case_days import case_days, falls_under
from server.sums.as_changed import moves_figures

__all__ = ["changed_first", "of_another_time", "with_limits_beside"]

#: Clauses beside the best one, among as many.
_NEAR = 3


def changed_first(retrieval: Retrieval, index: ClauseIndex) -> Retrieval:
    """A retrieval with the one clause of which those found best change figures before them.

    提高…规定的补助比例 says figures alone; what they are of, and for whom, is in the clause changed.
    """
    if not retrieval.hits or retrieval.understanding.addresses:
        return retrieval
    best = retrieval.hits[0]
    own = best.passage.address
    # 前项所称开工，以…认定 is said of the clause beside it, which says the change.
    beside = [
        hit.passage.address
        for hit in retrieval.hits[:_NEAR]
        if hit.passage.address.document == own.document
        and hit.passage.address.path.parent == own.path.parent
    ]
    by = next((address for address in beside if _changed_by(address, index)), own)
    changed = _changed_by(by, index)
    if len(changed) != 1 or not moves_figures(index.clause(by)[1].text):
        return retrieval
    found = [hit for hit in retrieval.hits if changed[0].contains(hit.passage.address)]
    if not found:
        outline = index.readings[changed[0].document].outline
        document = index.document(changed[0].document)
        found = [replace(best, passage=whole_passage(document, outline, changed[0].path))]
    rest = tuple(hit for hit in retrieval.hits if hit not in found)
    return replace(retrieval, hits=(*found, *rest))


def of_another_time(retrieval: Retrieval, index: ClauseIndex) -> bool:
    """Whether the clause that fits best puts new words into one that held for some of the case."""
    if not retrieval.hits:
        return False
    days = case_days(retrieval.understanding.text, retrieval.query.as_of)
    changes = index.changed_by.get(retrieval.hits[0].passage.address, ())
    if (days.first.month, days.first.day, days.last.month, days.last.day) == (1, 1, 12, 31):
        # Of a case of some year nobody knows more: what holds from then on is what is asked for.
        return False
    return any(falls_under(change, days, index) is None for _, change in changes)


def with_limits_beside(row: Entitlement, index: ClauseIndex) -> Entitlement:
    """A measure of new words with the limits that other clauses set for the words they replaced:
    本条支持合计不超过1000万元 holds on for the new （二） of its article."""
    extra: list[Cap] = []
    for name, change in index.changed_by.get(row.address, ()):
        replaced = Address(name, change.path)
        for old in index.measures(replaced) if change.kind == "replaced" else ():
            extra += [cap for cap in old.caps if not replaced.contains(cap.quantity.span.address)]
    new = [cap for cap in dict.fromkeys(extra) if cap not in row.caps]
    return replace(row, caps=(*row.caps, *new)) if new else row


def _changed_by(by: Address, index: ClauseIndex) -> list[Address]:
    """The clauses of other documents that a clause puts other words or figures into."""
    return [
        Address(name, change.path)
        for name, change in index.changed_by.get(by, ())
        if change.kind == "replaced" and change.path.steps
        and change.path in index.readings[name].outline
    ]  # fmt: skip
