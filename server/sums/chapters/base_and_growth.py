"""A support of two parts that are items of one article: a base, in steps or at one rate, and a share of what
is more than the year before, held together to the limit beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.beside import held_to, limits_of
from server.sums.bounds import is_money
from server.sums.chapters.years_compared import Compared, compared
from server.sums.facets import kinds_of_base
from server.sums.facts import Fact
from server.sums.growth import growth
from server.sums.likeness import Likeness
from server.sums.listing import Listing, Piece, listings_near
from server.sums.money import plain
from server.sums.one_more import adds_another
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.steps_up import is_otherwise, joined
from server.sums.workable import can_be_worked
from server.sums.working import Working

__all__ = ["base_and_growth"]

_MORE = re.compile(r"增量|增[长加]的?部分|新增部分|增加额|增长额|净增")
_SAME = re.compile(r"持平|一样多|没[有]?(?:增长|增加|变化|涨)|没变|相同|未增长")
#: What it takes is another question.
_BACKWARDS = re.compile(r"还差|拿满|领满|顶格|至少|封顶|才能")
_NAME = re.compile(r"^(?P<name>[\u4e00-\u9fff]{2,10}?(?:补助|补贴|奖励|资助|奖补))[。：:]")


def base_and_growth(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What both parts come to, or the one that alone is asked for.

    None where no article found is of these two parts; no sum where the question does not say whether
    there is more.
    """
    index, question = likeness.retriever.index, retrieval.understanding.text
    for listing in [] if _BACKWARDS.search(question) else listings_near(retrieval, index):
        parts = _parts(listing, index)
        asked = [_asks_for(piece, question) for piece in parts or ()]
        if parts is None or not (listing.best or any(asked)):
            continue
        (base, more), amounts = parts, compared(question, facts)
        row = _row(base.address, index)
        if row is None or not any(f.unit == MONEY for f in facts):
            return None
        limits = limits_of(listing, index)
        if adds_another(question) and asked != [True, True]:
            # 基础补助加增量补助 adds the two parts; anything else is of another clause.
            return STOPPED
        if amounts is None or not _is_of(base, listing, amounts.this) or limits.unread:
            return STOPPED
        if limits.least or limits.counts or is_otherwise(listing.lead.address, question, index):
            return STOPPED
        working, assumed = Working(), list[str]()
        only_more, only_base = asked == [False, True], asked == [True, False]
        values = [] if only_more else [_base(row, amounts.this, working)]
        if not only_base:
            grown = _grown(more, amounts, retrieval, likeness, facts)
            if grown is None:
                return STOPPED
            values += _taken_over(grown, working, assumed)
        value = working.plus(values)
        if not only_base:
            value = held_to(value, limits, facts, working, assumed)
        return worked_held(value, working, tuple(dict.fromkeys(assumed)))
    return None


def _parts(listing: Listing, index: ClauseIndex) -> tuple[Piece, Piece] | None:
    """The base and what is given for more of it; None where a list is not of just these two."""
    giving = [p for p in listing.items if any(_figures(p.address, index))]
    more = [p for p in giving if _MORE.search(p.words)]
    base = [p for p in giving if p not in more]
    return (base[0], more[0]) if len(base) == len(more) == 1 else None


def _figures(address: Address, index: ClauseIndex) -> list[Entitlement]:
    rows = [row for row in index.measures(address) if row.address == address]
    return [row for row in rows if row.rate or row.amount or row.tiers]


def _row(address: Address, index: ClauseIndex) -> Entitlement | None:
    """The one measure of a clause, in steps that follow each other or at one rate of an amount."""
    rows = _figures(address, index)
    if len(rows) != 1 or not can_be_worked(rows[0]) or rows[0].amount:
        return None
    row = rows[0]
    more = row.increments or row.bounds or row.deductions or row.ceilings
    plain_rate = row.rate is not None and row.rate.unit == "%" and row.rate.low is None
    return row if not more and (joined(row.tiers) if row.tiers else plain_rate) else None


def _is_of(base: Piece, listing: Listing, cost: Fact) -> bool:
    """Whether an amount is what the base is of."""
    called, own = kinds_of_base(cost.words), kinds_of_base(f"{listing.lead.words}{base.words}")
    return not called or not own or bool(called & own)


def _asks_for(piece: Piece, question: str) -> bool:
    """Whether a question calls a part by its name."""
    match = _NAME.match(piece.words)
    return bool(match and match["name"] in question)


def _base(row: Entitlement, cost: Fact, working: Working) -> Decimal:
    if row.tiers:
        value = working.tiers(cost.value, row.tiers, from_zero=False)
        working.sources += [tier.rate.span for tier in row.tiers]
    else:
        assert row.rate is not None
        value = working.share(cost.value, row.rate)
    for cap in row.caps:
        if is_money(cap) and cap.quantity.span.address == row.address:
            value = working.capped(value, cap.quantity.value, "上限", cap.quantity.span)
    return value


def _grown(
    more: Piece,
    amounts: Compared,
    retrieval: Retrieval,
    likeness: Likeness,
    facts: Sequence[Fact],
) -> Sum | None:
    """What is given for more; None where that is not told. Nothing where there is none."""
    rows = _figures(more.address, likeness.retriever.index)
    least = [b.quantity for row in rows for b in row.bounds if b.quantity.unit == "%"]
    if amounts.trend == -1 or _SAME.search(retrieval.understanding.text):
        return worked_held(Decimal(0), Working())
    if amounts.percent:
        if len(rows) == len(least) == 1 and amounts.percent.value < least[0].value:
            working = Working()
            short = f"{plain(amounts.percent.value)}% 未达到{plain(least[0].value)}%，不能享受"
            working.says(short, least[0].span)
            return worked_held(Decimal(0), working)
        return None
    hits = [hit for hit in retrieval.hits if hit.passage.address == more.address]
    if amounts.last is None or not hits:
        return None
    found = growth(replace(retrieval, hits=tuple(hits)), likeness, facts)
    return found if found and found.calculation.result is not None else None


def _taken_over(found: Sum, working: Working, assumed: list[str]) -> list[Decimal]:
    """The lines of a part in the working of the whole; no amount where it comes to nothing."""
    calculation = found.calculation
    working.steps += calculation.steps
    working.caps += calculation.caps
    working.sources += found.sources
    assumed += calculation.assumptions
    return [calculation.result] if calculation.result else []
