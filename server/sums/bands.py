"""A cost paid in steps that are items of one clause: （一）1000万元以内的部分，按6%；（二）超过的部分，按8%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Tier
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.beside import Least, held_to, limits_of
from server.sums.clause_figures import quantity_at
from server.sums.facets import kinds_of_base
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.listing import Listing, Piece, listings_near
from server.sums.money import written
from server.sums.result import STOPPED, Sum, unique, worked_held
from server.sums.steps_up import PARTS_SAID, PAYS, is_of, is_otherwise, joined, step_ends
from server.sums.working import Working

__all__ = ["bands", "bands_of"]

_PART = re.compile(r"部分")
#: As much of what the list hangs on is asked for.
_SPOKEN = 0.1


def bands(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is paid of one cost by the steps that are listed where the question is answered.

    No sum for those whom a sentence beside the steps treats otherwise, nor where an amount beside
    them is not read as a limit.
    """
    money = [f for f in facts if f.unit == MONEY]
    if len(money) != 1 or any(f not in money and f.value != 1 for f in facts):
        return None
    index = likeness.retriever.index
    for listing in listings_near(retrieval, index):
        tiers = bands_of(listing)
        if tiers and _is_meant(listing, retrieval, likeness, money[0]):
            if is_otherwise(listing.lead.address, retrieval.understanding.text, index):
                return STOPPED
            return _worked(money[0], tiers, listing, index)
    return None


def bands_of(listing: Listing) -> list[Tier]:
    """The steps of a list, one for each item; none unless each begins where the one before ends."""
    said = PARTS_SAID.search(listing.lead.words)
    if not said and not all(_PART.search(item.words) for item in listing.items):
        return []
    tiers = [_tier(item) for item in listing.items if PAYS.search(listing.lead.words + item.words)]
    known = [tier for tier in tiers if tier]
    return known if len(known) == len(listing.items) and joined(known) else []


def _tier(item: Piece) -> Tier | None:
    found = find_quantities(item.words)
    limits = [q for q in found if q.unit == MONEY]
    rates = [q for q in found if q.unit == "%"]
    if (
        len(rates) != 1
        or not limits
        or len(found) != len(limits) + 1
        or limits[-1].end > rates[0].start
    ):
        return None  # fmt: skip
    ends = step_ends(item.words, limits)
    if ends is None:
        return None
    low, high = (quantity_at(item.address, item.words, q, item.at) if q else None for q in ends)
    return Tier(low, high, quantity_at(item.address, item.words, rates[0], item.at))


def _is_meant(listing: Listing, retrieval: Retrieval, likeness: Likeness, cost: Fact) -> bool:
    """Whether the question is on what a list hangs on: it fits best, or its scheme is named."""
    lead, question = listing.lead.words, retrieval.understanding.text
    called, base = kinds_of_base(cost.words), kinds_of_base(lead)
    if (called and base and called.isdisjoint(base)) or not is_of(lead, question):
        return False
    spoken = listing.best and likeness.share(lead, question) >= _SPOKEN
    return spoken or is_of(lead, question, named=True)


def _worked(cost: Fact, tiers: Sequence[Tier], listing: Listing, index: ClauseIndex) -> Sum:
    limits = limits_of(listing, index)
    least = [one for one in limits.least if one.quantity.unit == MONEY]
    if limits.unread or len(least) > 1:
        return STOPPED
    working, assumed = Working(), list[str]()
    for one in [*least, *([Least(tiers[0].low, over=True)] if tiers[0].low else [])]:
        limit = one.quantity.value
        if cost.value < limit or (one.over and cost.value == limit):
            short = "未超过" if one.over else "未达到"
            said = f"{cost.written} {short}{written(limit, MONEY)}，不能享受"
            working.says(said, one.quantity.span)
            return _sum(Decimal(0), tiers, working, assumed)
    value = working.tiers(cost.value, tiers, from_zero=False)
    value = held_to(value, limits, [cost], working, assumed)
    return _sum(value, tiers, working, assumed)


def _sum(value: Decimal, tiers: Sequence[Tier], working: Working, assumed: Sequence[str]) -> Sum:
    found = worked_held(value, working, assumed)
    return replace(found, sources=unique([*found.sources, *(tier.rate.span for tier in tiers)]))
