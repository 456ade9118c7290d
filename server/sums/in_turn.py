"""The first, second, third of several things, each with a share of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.bounds import is_money
from server.sums.clause_figures import Figure, figures_of
from server.sums.facts import COUNTED, Fact
from server.sums.likeness import Likeness, event_text
from server.sums.money import written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["in_turn"]

_ORDER = (r"首[件套台次个]|第一|头一", r"第二", r"第三", r"第四", r"第五")
_IN_ORDER = re.compile(r"按顺序|依次|先后|按次序|顺次")
_NO_MORE = re.compile(r"不得超过|不超过|最多|限")
#: A limit on what is given for all things together.
_ON_ALL = re.compile(
    r"(?:累计|合计|总额|总共|共计)[^，。；]{0,8}(?:不超过|不得超过|最高|上限|封顶)[^，。；]{0,3}$"
)


def in_turn(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is given for several things in turn; one more than is allowed gets nothing.

    Only where the question says which is which, or that they stand in their order.
    """
    if not retrieval.hits:
        return None
    address = retrieval.hits[0].passage.address
    shares = _shares(likeness, retrieval)
    costs = _ordered([f for f in facts if f.unit == MONEY], retrieval.understanding.text)
    if len(shares) < 2 or len(costs) < 2:
        return None
    rest = [f for f in facts if f.unit != MONEY and f.value != 1]
    if any(not (f.unit in COUNTED and f.value == len(costs)) for f in rest):
        return None
    most = _most(likeness, address.document, retrieval) if len(costs) > len(shares) else None
    if len(costs) > len(shares) and (most is None or most[0] > len(shares)):
        return STOPPED
    others = _other_limits(likeness, shares)
    if not all(_ON_ALL.search(limit.own) for limit in others):
        return STOPPED
    working = Working()
    values = [working.share(cost.value, rate) for cost, row in zip(costs, shares, strict=False)
              if (rate := row.rate)]  # fmt: skip
    for cost in costs[len(shares) :]:
        assert most is not None
        working.says(f"{cost.written}：超出{most[0]}{most[1]}，不予补贴", most[2])
    total = working.plus(values)
    caps = {cap.quantity.span: cap for row in shares for cap in row.caps if is_money(cap)}
    for span, cap in caps.items():
        total = working.capped(total, cap.quantity.value, "上限", span)
    for limit in others:
        total = working.capped(total, limit.value, "上限", limit.quantity.span)
    return Sum(
        Calculation(total, MONEY, written(total, MONEY), tuple(working.steps), tuple(working.caps)),
        unique(working.sources),
    )


def _shares(likeness: Likeness, retrieval: Retrieval) -> list[Entitlement]:
    """The measures of the clause that fits best by their order, from the first on."""
    rows = likeness.retriever.index.measures(retrieval.hits[0].passage.address)
    found = []
    for said in _ORDER:
        own = [row for row in rows if row.rate and re.search(said, event_text(row))]
        if len(own) != 1 or own[0].unread or own[0].tiers:
            break
        found += own
    return found


def _other_limits(likeness: Likeness, shares: Sequence[Entitlement]) -> list[Figure]:
    """The amounts of the clause that are read as no cap of its measures."""
    address = shares[0].address
    caps = {cap.quantity.span.start for row in shares for cap in row.caps}
    return [
        f
        for f in figures_of(likeness.retriever.index, address.document, address.__eq__)
        if f.quantity.unit.split("/")[0] == MONEY and f.quantity.span.start not in caps
    ]


def _ordered(costs: Sequence[Fact], question: str) -> list[Fact]:
    """The costs in the order that the question gives them; none where it gives none."""
    told = []
    for said in _ORDER:
        own = [cost for cost in costs if re.search(said, cost.words)]
        told += own if len(own) == 1 else []
    if len(told) == len(costs):
        return told
    return list(costs) if not told and _IN_ORDER.search(question) else []


def _most(likeness: Likeness, document: str, retrieval: Retrieval) -> tuple[int, str, Span] | None:
    """How many things at most get anything, where the clauses found say so."""
    near = {h.passage.address for h in retrieval.hits[:4]}
    found = [
        (int(f.value), f.quantity.unit, f.quantity.span)
        for f in figures_of(likeness.retriever.index, document, near.__contains__)
        if f.quantity.unit in COUNTED and _NO_MORE.search(f.own[-6:])
    ]
    return found[0] if found and len({number for number, _, _ in found}) == 1 else None
