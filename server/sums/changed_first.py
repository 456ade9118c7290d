"""Clauses that the clause found best changes come first: what is worked out is what they grant."""

from __future__ import annotations

from dataclasses import replace

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap
from indexer.passages import whole_passage
from retriever.query import Retrieval
from server.case_days import case_days, falls_under, rules_for_before
from server.sums.as_changed import moves_figures, puts_in_whole

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
    if other := _of_the_time(retrieval, index):
        return _first(other, retrieval, index)
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
    return _first(changed[0], retrieval, index)


def _first(address: Address, retrieval: Retrieval, index: ClauseIndex) -> Retrieval:
    """A retrieval with one clause before the others."""
    found = [hit for hit in retrieval.hits if address.contains(hit.passage.address)]
    if not found:
        outline, document = (
            index.readings[address.document].outline,
            index.document(address.document),
        )
        passage = whole_passage(document, outline, address.path)
        found = [replace(retrieval.hits[0], passage=passage)]
    rest = tuple(hit for hit in retrieval.hits if hit not in found)
    return replace(retrieval, hits=(*found, *rest))


def _of_the_time(retrieval: Retrieval, index: ClauseIndex) -> Address | None:
    """The clause that holds for the case, where the best one is only its old or its new words.

    Of words put in as a whole, for a case of before the text must say that it keeps to what was.
    """
    own = _own(retrieval, index)
    days = case_days(retrieval.understanding.text, retrieval.query.as_of)
    put_in = [
        (Address(name, change.path), change) for name, change in index.changed_by.get(own, ())
    ]
    if (
        len(put_in) == 1
        and put_in[0][1].kind == "replaced"
        and put_in[0][0] in _changed_by(own, index)
    ):
        before = falls_under(put_in[0][1], days, index) is False
        return put_in[0][0] if before and rules_for_before(put_in[0][1], index, days) else None
    changes = [c for c in index.document(own.document).changes if c.touches(own.path)]
    if len(changes) != 1 or changes[0].kind != "replaced" or not changes[0].path.contains(own.path):
        return None
    by = changes[0].by
    whole = puts_in_whole(index.clause(by)[1].text) and len(index.changed_by.get(by, ())) == 1
    return by if whole and falls_under(changes[0], days, index) else None


def of_another_time(retrieval: Retrieval, index: ClauseIndex) -> bool:
    """Whether the clause that fits best puts new words into one that held for all or some of the case."""
    if not retrieval.hits:
        return False
    days = case_days(retrieval.understanding.text, retrieval.query.as_of)
    changes = index.changed_by.get(_own(retrieval, index), ())
    if (days.first.month, days.first.day, days.last.month, days.last.day) == (1, 1, 12, 31):
        # Of a case of some year nobody knows more: what holds from then on is what is asked for.
        return False
    return any(not falls_under(change, days, index) for _, change in changes)


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


def _own(retrieval: Retrieval, index: ClauseIndex) -> Address:
    """The clause found best, or the one near it that its text changes others by: 衔接 is said of it."""
    near = [hit.passage.address for hit in retrieval.hits[:_NEAR]]
    of = [address for address in near if address.document == near[0].document]
    return next((address for address in of if address in index.changed_by), near[0])


def _changed_by(by: Address, index: ClauseIndex) -> list[Address]:
    """The clauses of other documents that a clause puts other words or figures into."""
    return [
        Address(name, change.path)
        for name, change in index.changed_by.get(by, ())
        if change.kind == "replaced" and change.path.steps
        and change.path in index.readings[name].outline
    ]  # fmt: skip
