"""Clauses that another document of the corpus has changed: what changed them is said first.

The corpus keeps texts as they were issued. A clause that was amended or deleted since is never
stated alone, and nothing is worked out by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from corpus.address import Address
from corpus.document import Change
from corpus.wording import reference
from indexer.clause_index import ClauseIndex
from server.answer import Claim, Draft
from server.pieces import quoted
from server.sums.as_changed import AS_CHANGED

__all__ = ["CHANGED", "amended"]

#: What a note on a change begins with; an answer says these first.
CHANGED = "修改："
_DONE = {"replaced": "已作修改", "deleted": "已删去", "added": "已有增补"}
_AS_IT_WAS = "原条文："
_NOT_WORKED_OUT = "条文已有修改，没有按原条文测算。"


def _changes_of(index: ClauseIndex, address: Address, day: date) -> Iterator[Change]:
    """The changes that a clause has undergone by a day, itself, above or beneath it."""
    for change in index.document(address.document).changes:
        if change.touches(address.path) and (change.since is None or change.since <= day):
            yield change


def amended(draft: Draft, index: ClauseIndex, day: date) -> Draft:
    """State what changed a clause in front of what it said; drop what was worked out by it."""
    own = {c: list(_of_claim(c, index, day)) for c in draft.claims}
    if not any(own.values()):
        return draft
    claims: list[Claim] = []
    for claim, changes in own.items():
        claims += (quoted(index.clause(c.by)[1].text, c.by) for c in changes)
        kinds = {c.kind for c in changes} - {"added"}
        claims.append(replace(claim, lead=_AS_IT_WAS) if kinds else claim)
    whole = {change.by for changes in own.values() for change in changes}
    full = (
        c
        for c in claims
        if c.address not in whole or c.quote == index.clause(c.address)[1].text.strip()
    )
    claims = list(dict.fromkeys(full))
    stale = any(change.kind != "added" for changes in own.values() for change in changes)
    # A sum that was made with the figures put in holds.
    held = draft.calculation and AS_CHANGED in draft.calculation.assumptions
    worked = draft.calculation if held or not stale else None
    table = draft.comparison if not stale else None
    unworked = (_NOT_WORKED_OUT,) if draft.calculation and not worked else ()
    return replace(
        draft,
        claims=tuple(claims),
        calculation=worked,
        comparison=table,
        notes=(*_said(claims, index, day), *unworked, *draft.notes),
    )


def _of_claim(claim: Claim, index: ClauseIndex, day: date) -> Iterator[Change]:
    for address, _ in claim.sources:
        yield from _changes_of(index, address, day)


def _said(claims: Iterable[Claim], index: ClauseIndex, day: date) -> list[str]:
    """Which clauses no longer read as they did, since when, and by what."""
    said: dict[str, None] = {}
    for claim in claims:
        for change in _of_claim(claim, index, day):
            own, by = index.document(claim.address.document), index.document(change.by.document)
            clause = reference(own.title, own.doc_number, change.path)
            where = reference(by.title, by.doc_number, change.by.path)
            since = f"自{change.since.isoformat()}起" if change.since else ""
            said[f"{CHANGED}{clause}{since}{_DONE[change.kind]}，见{where}。"] = None
    return list(said)
