"""Amounts for each guest and night: 2000名境外游客，每人住4晚, at 每人每晚30元 and 最多计算3晚."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.address import Address
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from indexer.lexical import terms
from retriever.query import Retrieval
from server.sums.bounds import NOT_REACHED, as_written, holds, is_money
from server.sums.clause_figures import quantity_at
from server.sums.facets import conflict, facets_of
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text
from server.sums.money import plain, written
from server.sums.phrases import SENTENCE
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working

__all__ = ["nights"]

_NIGHT = "晚"
_PERSONS = ("人", "人次")
_EACH = re.compile(
    r"每(?:人|名|位)次?[^，。；]{0,4}?每[晚夜]|每[晚夜][^，。；]{0,4}?每(?:人|名|位)"
)
_MOST = re.compile(r"(?:最多|至多|不超过|不得超过|最高|最长)[^，。；\d一二三四五六七]{0,6}$")
#: Who is counted, right behind the number: 2000名境外游客来蓉.
_WHO = re.compile(r"[\u4e00-\u9fff]{1,10}?(?=[来过住到入赴游前进玩每的，,。；;、？?]|$)")
#: Where nothing is given, clauses this near may be meant, where as much of what is their own is named.
_NEAR, _NAMED = 4, 0.12
_ANYBODY = frozenset({"游客", "旅客", "客人", "客", "团队游客", "人", "散客"})


def nights(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What guests and their nights come to, no more nights of each than the clause counts.

    None where no nights are stated, or the clause that fits best has no such amount; no sum where it
    is not told who stayed how long, or which amount is for whom.
    """
    times = [f for f in facts if f.unit == _NIGHT]
    if not times or not retrieval.hits:
        return None
    address, index = retrieval.hits[0].passage.address, likeness.retriever.index
    rows = [row for row in index.measures(address) if _is_of_nights(row)]
    if not rows:
        return None
    persons = [f for f in facts if f.unit in _PERSONS and not f.past]
    pairs, question = _pairs(persons, times), retrieval.understanding.text
    taken = [*persons, *times, *(f for f in facts if f.unit == "日" and _is_trip(f, times))]
    rest = [f for f in facts if f not in taken and f.value != 1]
    if pairs is None or rest or any(f.part or f.vague for f in (*persons, *times)):
        return STOPPED
    asked = question if len(pairs) == 1 else ""
    meant = [_meant(who, rows, asked) for who, _ in pairs]
    text, working, values = index.clause(address)[1].text, Working(), []
    for (who, time), row in zip(pairs, meant, strict=True):
        same = [one for (one, _), other in zip(pairs, meant, strict=True) if other is row]
        value = _one(row, (who, time), same, text, rows, working) if row else None
        if value is None:
            return STOPPED
        values.append(value)
    total = working.plus(values)
    if not total and _more_of_another(retrieval, address, likeness):
        return STOPPED
    caps = {cap.quantity.span: cap for row in meant if row for cap in row.caps if total}
    for cap in caps.values():
        name = "每年上限" if cap.yearly else "上限"
        total = working.capped(total, cap.quantity.value, name, cap.quantity.span)
    for most in _most_behind(meant, index.measures(address), text) if total else ():
        total = working.capped(total, most.value, "上限", most.span)
    return worked_held(total, working)


def _most_behind(
    meant: Sequence[Entitlement | None], rows: Sequence[Entitlement], text: str
) -> list[Quantity]:
    """The most that the sentence of an amount gives in all, where it stands behind how many nights
    count: 每人最多计算3晚，单个团队最高20万元."""
    begin = max((row.amount.span.end for row in meant if row and row.amount), default=0)
    end = begin + len(re.split("[。；;\n]", text[begin:])[0])
    most = [r.amount for r in rows if r.amount and r.at_most and r.amount.unit == MONEY]
    return [q for q in most if begin < q.span.start < end]


def _more_of_another(retrieval: Retrieval, address: Address, likeness: Likeness) -> bool:
    """Whether the question names what a clause found near is for and this one is not: guests of a 包机."""
    question, retriever = retrieval.understanding.text, likeness.retriever
    said = set(terms(retriever.index.clause(address)[1].text))
    near = [hit.passage.address for hit in retrieval.hits[1:_NEAR]]
    for row in (
        row for other in near if other != address for row in retriever.index.measures(other)
    ):
        own = [term for term in terms(event_text(row)) if term not in said]
        if own and retriever.coverage(own, question) >= _NAMED:
            return True
    return False


def _is_of_nights(row: Entitlement) -> bool:
    """Whether a measure is an amount for one guest and one night."""
    amount = row.amount
    if amount is None or amount.low is not None or amount.unit.split("/")[0] != MONEY:
        return False
    units = set(amount.unit.split("/")[1:])
    return units == {"人", _NIGHT} or bool(not units and row.each and _EACH.search(row.each.text))


def _pairs(persons: Sequence[Fact], times: Sequence[Fact]) -> list[tuple[Fact, Fact]] | None:
    """The numbers of guests, each with how long they stayed; None where that is not told."""
    if not persons:
        return None
    if len(times) == 1 and times[0].start > persons[-1].start:
        return [(who, times[0]) for who in persons]
    order = sorted([*persons, *times], key=lambda fact: fact.start)
    told = len(persons) == len(times) and [f.unit == _NIGHT for f in order] == [False, True] * len(
        times
    )
    return list(zip(order[::2], order[1::2], strict=True)) if told else None


def _is_trip(days: Fact, times: Sequence[Fact]) -> bool:
    """三天两夜 are two nights."""
    return any(days.value == time.value + 1 for time in times)


def _meant(who: Fact, rows: Sequence[Entitlement], question: str) -> Entitlement | None:
    """The measure for those who are counted, by what they are called behind their number, else by the
    question where they are the only ones; None where it is not told."""
    match = _WHO.match(who.region.removeprefix(who.written).removeprefix("的"))
    name = match[0] if match and match[0] not in _ANYBODY else ""
    kinds = [(row, kind[0] if (kind := _WHO.match(event_text(row))) else "") for row in rows]
    named = [row for row, _ in kinds if name and name in _said(row)]
    if not name and question:
        named = [row for row, kind in kinds if kind and kind in question]
        # Of one amount for anybody nothing tells another.
        named = named or [r for r in rows if len(rows) == 1 and not _conflict(r, question)]
    # 国外游客 are 境外游客.
    found = named or [row for row in rows if _alike(row, name)]
    return found[0] if len(found) == 1 else None


def _said(row: Entitlement) -> str:
    """What a measure is for, with what its thresholds are of: 奖励旅游团队住宿不少于2晚."""
    return " ".join([event_text(row), *(bound.of.text for bound in row.bounds if bound.of)])


def _alike(row: Entitlement, name: str) -> bool:
    own = facets_of(event_text(row))
    return any(values & own.get(group, frozenset()) for group, values in facets_of(name).items())


def _conflict(row: Entitlement, words: str) -> bool:
    return conflict(facets_of(words), facets_of(event_text(row)))


def _one(
    row: Entitlement,
    pair: tuple[Fact, Fact],
    same: Sequence[Fact],
    text: str,
    rows: Sequence[Entitlement],
    working: Working,
) -> Decimal | None:
    """What guests of one kind come to, of whom ``same`` are all; None where a threshold or a limit is not
    read for certain."""
    who, time = pair
    limits = _limits(row, text, rows)
    if row.amount is None or row.unread or len(limits) > 1 or not all(map(is_money, row.caps)):
        return None
    for bound in row.bounds:
        of_time = bound.quantity.unit == _NIGHT
        if not of_time and bound.quantity.unit not in _PERSONS:
            return None
        number = time.value if of_time else sum((one.value for one in same), Decimal(0))
        if holds(number, bound):
            continue
        if not of_time and (len(same) > 1 or holds(number * time.value, bound)):
            # Whether one guest of three nights is counted three times nobody knows.
            return None
        short = (
            f"{(time if of_time else who).written} {NOT_REACHED[bound.relation]}{as_written(bound)}"
        )
        working.says(f"{short}，不能享受", bound.quantity.span)
        return Decimal(0)
    value = time.value
    for most in limits:
        over, limit = value > most.value, written(most.value, _NIGHT)
        end = f"超过上限{limit}，按{limit}" if over else f"未超过上限{limit}"
        working.says(f"{plain(value)}{_NIGHT} {end}", most.span)
        value = min(value, most.value)
    return working.times([(who.value, who.unit), (value, _NIGHT)], row.amount)


def _limits(row: Entitlement, text: str, rows: Sequence[Entitlement]) -> list[Quantity]:
    """How many nights of one guest count at most: as the part of the sentence with the amount says,
    else one without any amount."""
    amounts = [one.amount.span.start for one in rows if one.amount]
    own = row.amount.span.start if row.amount else 0
    here, beside = list[Quantity](), list[Quantity]()
    for segment in SENTENCE.finditer(text):
        found = [
            quantity_at(row.address, segment[0], q, segment.start())
            for q in find_quantities(segment[0])
            if q.unit == _NIGHT and _MOST.search(segment[0][: q.start])
        ]
        start, end = segment.span()
        if start <= own < end:
            here += found
        elif not any(start <= at < end for at in amounts):
            beside += found
    return here or beside
