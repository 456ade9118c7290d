"""A cost paid in steps that are items of one clause: （一）1000万元以内的部分，按6%；（二）超过的部分，按8%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Tier
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.bounds import is_money
from server.sums.clause_figures import quantity_at
from server.sums.facets import kinds_of_base
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.listing import Listing, Piece, listings_near
from server.sums.money import written
from server.sums.result import STOPPED, Sum, unique
from server.sums.steps_up import LIMIT, PARTS_SAID, PAYS, is_of, is_otherwise, joined, step_ends
from server.sums.working import Working

__all__ = ["bands", "bands_of"]

_PART = re.compile(r"部分")
_YEARLY = re.compile(r"年度|每年|全年|一年|累计")
#: A limit that is for some of those who get anything.
_OF_SOME = re.compile(r"其他|其余|其中|分别|提高|上浮|降低")
_FROM_ON = re.compile(r"(?:超过|达到?|不低于|不少于|高于)[^，。；\d]{0,4}$")
_OVER = re.compile(r"(?:超过|高于)[^，。；\d]{0,4}$")
_ALSO = re.compile(r"\s*(?:[（(]含[）)])?(?:及|或|和)?以上")
#: As much of what the list hangs on is asked for.
_SPOKEN = 0.1


@dataclass(frozen=True, slots=True)
class _Limits:
    """From where on anything is paid, and what it is held to; ``unread``: an amount is neither."""

    least: tuple[tuple[Quantity, bool], ...] = ()
    caps: tuple[tuple[Quantity, bool], ...] = ()
    unread: bool = False


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
    limits = _limits(listing, index)
    if limits.unread or len(limits.least) > 1:
        return STOPPED
    working = Working()
    low = [(tiers[0].low, True)] if tiers[0].low else []
    for least, over in [*limits.least, *low]:
        if least and (cost.value < least.value or (over and cost.value == least.value)):
            short = "未超过" if over else "未达到"
            limit = written(least.value, MONEY)
            working.says(f"{cost.written} {short}{limit}，不能享受", least.span)
            return _sum(Decimal(0), tiers, working)
    value = working.tiers(cost.value, tiers, from_zero=False)
    for cap, yearly in limits.caps:
        name = "每年上限" if yearly else "上限"
        value = working.capped(value, cap.value, name, cap.span)
    return _sum(value, tiers, working)


def _sum(value: Decimal, tiers: Sequence[Tier], working: Working) -> Sum:
    display = f"{'最高' if working.caps and value else ''}{written(value, MONEY)}"
    return Sum(
        Calculation(value, MONEY, display, tuple(working.steps), tuple(working.caps)),
        unique([*working.sources, *(tier.rate.span for tier in tiers)]),
    )


def _limits(listing: Listing, index: ClauseIndex) -> _Limits:
    """The limits that the clause above the steps and the paragraphs beside them state."""
    least: list[tuple[Quantity, bool]] = []
    caps: list[tuple[Quantity, bool]] = []
    for piece in (listing.lead, *listing.beside):
        for sentence in re.finditer(r"[^。；;\n]+", piece.words):
            if piece is not listing.lead and _OF_SOME.search(sentence[0]):
                continue
            for q in find_quantities(sentence[0]):
                if q.unit != MONEY:
                    continue
                figure = quantity_at(piece.address, sentence[0], q, piece.at + sentence.start())
                before = re.split("[，,]", sentence[0][: q.start])[-1]
                if LIMIT.search(before):
                    caps.append((figure, bool(_YEARLY.search(before))))
                elif piece is listing.lead and _begins(sentence[0], q):
                    least.append((figure, bool(_OVER.search(before))))
                else:
                    return _Limits(unread=True)
    for item in listing.items:
        for row in index.measures(item.address):
            caps += [(c.quantity, c.yearly) for c in row.caps if is_money(c)]
    once = {cap.span: (cap, yearly) for cap, yearly in caps}
    return _Limits(tuple(least), tuple(once.values()))


def _begins(words: str, q: Measured) -> bool:
    return bool(_FROM_ON.search(words[: q.start]) or _ALSO.match(words[q.end :]))
