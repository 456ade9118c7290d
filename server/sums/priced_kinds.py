"""Things of several kinds, so many of each at a price of its own, paid by a share of the price of one: 30台本市产的每台
24万元, 20台外地的每台25万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap, Quantity
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.bounds import is_money
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text, own_words
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.unit_kinds import is_said
from server.sums.workable import can_be_worked
from server.sums.working import Working

__all__ = ["priced_kinds"]

#: What a rate is of: the price of one thing.
_PRICE_OF_ONE = re.compile(r"[每单][台套辆件架艘个]")
_HERE = re.compile(r"本[市地区县省]|当地|[市区县省]内")
_AWAY = re.compile(r"外[地省市国]|[省市区县境国]外|异地|进口")
_OTHERS = re.compile(r"其[他它余]|非本|外[地省市]|[省市区县]外")
_BUYS = re.compile(r"[每单][台套辆件架艘个]|购[置买]|采购|生产|使用|企业|的")


@dataclass(frozen=True, slots=True)
class _Lot:
    """So many things at one price each."""

    count: Fact
    price: Fact

    @property
    def words(self) -> str:
        """What the question says of them: behind their number, up to the price."""
        own = self.count.region
        return own[: own.find(self.price.written)] if self.price.written in own else own


def priced_kinds(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What several lots come to, each by the rate of its kind; None where there are not several, or no
    clause found pays by the price of one thing. No sum where the kind of a lot is not told.
    """
    lots = _lots(facts)
    if len(lots) < 2 or not retrieval.hits:
        return None
    address = retrieval.hits[0].passage.address
    rows = [r for r in likeness.retriever.index.measures(address) if r.address == address]
    rows = [row for row in rows if row.rate and row.base and _PRICE_OF_ONE.search(row.base.text)]
    if len(rows) < 2:
        return None
    taken = [fact for lot in lots for fact in (lot.count, lot.price)]
    if any(
        f.value != 1 and f.unit != "年" and all(f.start != t.start for t in taken) for f in facts
    ):
        return STOPPED
    plain = all(can_be_worked(r) and not (r.bounds or r.increments or r.tiers) for r in rows)
    kinds = [_kind(lot, rows) for lot in lots]
    if not plain or not all(kinds):
        return STOPPED
    working = Working()
    values = [_worth(lot, row, working) for lot, row in zip(lots, kinds, strict=True) if row]
    total = working.plus(values)
    caps = {c.quantity.span: c for row in rows for c in row.caps if c.scope == "recipient"}
    for cap in filter(is_money, caps.values()):
        name = "每年上限" if cap.yearly else "上限"
        total = working.capped(total, cap.quantity.value, name, cap.quantity.span)
    return worked_held(total, working)


def _lots(facts: Sequence[Fact]) -> list[_Lot]:
    """The numbers of things, each with the price said behind it; none where one has no such price."""
    prices = {f.start: f for f in facts if f.unit == MONEY}
    counts = [f for f in facts if f.is_count and f.value > 1]
    found = []
    for place, count in enumerate(counts):
        end = counts[place + 1].start if place + 1 < len(counts) else None
        own = [p for at, p in prices.items() if at > count.start and (end is None or at < end)]
        if len(own) != 1 or not own[0].of_one or own[0].vague:
            return []
        found.append(_Lot(count, own[0]))
    return found if len(found) == len(prices) else []


def _kind(lot: _Lot, rows: Sequence[Entitlement]) -> Entitlement | Literal[False]:
    """The measure of the kind that a lot is said to be of; False where that is not told."""
    names = {id(row): own_words(row, rows) or event_text(row) for row in rows}
    here = [row for row in rows if _HERE.search(names[id(row)])]
    away = [row for row in rows if _OTHERS.search(names[id(row)])]
    if len(here) == len(away) == 1 and here[0] is not away[0]:
        told = bool(_HERE.search(lot.words)), bool(_AWAY.search(lot.words))
        return False if told[0] == told[1] else here[0] if told[0] else away[0]
    named = [r for r in rows if (k := _BUYS.sub("", names[id(r)])) and is_said(k, lot.words)]
    return named[0] if len(named) == 1 else False


def _worth(lot: _Lot, row: Entitlement, working: Working) -> Decimal:
    """What a lot comes to: the share of one price, held to the limit for one, as often as there are."""
    assert row.rate is not None
    value = working.share(lot.price.value, row.rate)
    for cap in (c for c in row.caps if _for_one(c)):
        value = working.capped(value, cap.quantity.value, "上限", cap.quantity.span)
    one = Quantity(value, MONEY, row.rate.span)
    return working.times([(lot.count.value, lot.count.unit)], one)


def _for_one(cap: Cap) -> bool:
    return cap.scope == "item" and is_money(cap)
