"""Clauses that another document of the corpus has changed: what changed them is said first.

The corpus keeps texts as they were issued. A clause that was amended or deleted since is never
stated alone, and nothing is worked out by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from corpus.address import Address
from corpus.document import Change
from corpus.wording import reference
from indexer.clause_index import ClauseIndex
from server.answer import Claim, Draft
from server.case_days import CaseDays, case_days, falls_under, rules_for_before
from server.pieces import quoted
from server.sums.as_changed import AS_CHANGED

__all__ = ["CHANGED", "amended"]

#: What a note on a change begins with; an answer says these first.
CHANGED = "修改："
_DONE = {"replaced": "已作修改", "deleted": "已删去", "added": "已有增补"}
_AS_IT_WAS = "原条文："
_NOT_WORKED_OUT = "条文已有修改，没有按原条文测算。"
_ANOTHER_TIME = "所问时间不在此期间，按原条文。"


def amended(draft: Draft, index: ClauseIndex, day: date, question: str = "") -> Draft:
    """State what changed a clause in front of what it said; drop what was worked out by it.

    For a case that a change does not apply to, of an earlier time or after one for a while, the
    clause stands as it was, and what changed it is told behind.
    """
    days = case_days(question, day)
    own = {
        c: [change for change, holds in _of_claim(c, index, days) if holds] for c in draft.claims
    }
    others = _of_another_time(draft.claims, index, days) if days != CaseDays(day, day) else []
    if not any(own.values()):
        return _as_it_was(draft, others, index, days)
    claims = _with_changes(own, index)
    stale = any(change.kind != "added" for changes in own.values() for change in changes)
    # A sum that was made with the figures put in holds.
    held = draft.calculation and AS_CHANGED in draft.calculation.assumptions
    worked = draft.calculation if held or not stale else None
    table = draft.comparison if not stale else None
    unworked = (_NOT_WORKED_OUT,) if draft.calculation and not worked else ()
    said = [
        f"{_said(claim.address, change, index)}。"
        for claim in claims
        for change, holds in _of_claim(claim, index, days)
        if holds
    ]
    return replace(
        draft,
        claims=tuple(claims),
        calculation=worked,
        comparison=table,
        notes=(*dict.fromkeys(said), *unworked, *draft.notes),
    )


def _with_changes(own: Mapping[Claim, Sequence[Change]], index: ClauseIndex) -> list[Claim]:
    """Statements, each with the clauses that changed it in front of it, these once and whole."""
    claims: list[Claim] = []
    for claim, changes in own.items():
        claims += (quoted(index.clause(c.by)[1].text, c.by) for c in changes)
        kinds = {c.kind for c in changes} - {"added"}
        claims.append(replace(claim, lead=_AS_IT_WAS) if kinds else claim)
    whole = {change.by for changes in own.values() for change in changes}
    kept: dict[Claim | Address, Claim] = {}
    for c in claims:
        if c.address not in whole:
            kept.setdefault(c, c)
        elif c.quote == index.clause(c.address)[1].text.strip():
            # The clause that changed another one may have been found itself, under its title.
            kept.setdefault(c.address, c)
    return list(kept.values())


def _as_it_was(
    draft: Draft, others: Sequence[tuple[Address, Change]], index: ClauseIndex, days: CaseDays
) -> Draft:
    """A draft on a case that no change applies to, with the clauses that would have changed it.

    A sum holds only where these say that such a case keeps to what was.
    """
    said = [f"{_said(address, change, index)}；{_ANOTHER_TIME}" for address, change in others]
    stated = {claim.quote for claim in draft.claims}
    told, sure = [], True
    for change in dict.fromkeys(change for _, change in others):
        rules = rules_for_before(change, index, days)
        sure = sure and (bool(rules) or change.kind == "added")
        told += [quoted(index.clause(change.by)[1].text, change.by), *(quoted(*r) for r in rules)]
    worked = draft.calculation if sure else None
    return replace(
        draft,
        claims=tuple(dict.fromkeys((*draft.claims, *(c for c in told if c.quote not in stated)))),
        calculation=worked,
        notes=(
            *dict.fromkeys(said),
            *((_NOT_WORKED_OUT,) if draft.calculation and not worked else ()),
            *draft.notes,
        ),
    )


def _of_another_time(
    claims: Iterable[Claim], index: ClauseIndex, days: CaseDays
) -> list[tuple[Address, Change]]:
    """The changes that clauses stated have undergone, of no matter to the case."""
    return [
        (claim.address, change)
        for claim in claims
        for change, holds in _of_claim(claim, index, days)
        if not holds
    ]


def _of_claim(claim: Claim, index: ClauseIndex, days: CaseDays) -> Iterator[tuple[Change, bool]]:
    """The changes of a clause stated, itself, above or beneath it; whether one may hold then."""
    for address, _ in claim.sources:
        for change in index.document(address.document).changes:
            if change.touches(address.path):
                yield change, falls_under(change, days, index) is not False


def _said(address: Address, change: Change, index: ClauseIndex) -> str:
    """Which clause no longer reads as it did, since when, and by what."""
    own, by = index.document(address.document), index.document(change.by.document)
    clause = reference(own.title, own.doc_number, change.path)
    where = reference(by.title, by.doc_number, change.by.path)
    since = f"自{change.since.isoformat()}起" if change.since else ""
    until = f"至{change.until.isoformat()}" if change.until else ""
    return f"{CHANGED}{clause}{since}{until}{_DONE[change.kind]}，见{where}"
