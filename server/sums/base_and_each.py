"""An amount for the thing itself, and one for each person it brings: 创业补贴1万元；每带动1人加发2000元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.address import Address
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.bounds import RELATIONS, as_written, holds
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working

__all__ = ["base_and_each"]

_EACH = re.compile(
    r"[。；;，,]\s*(?:对)?每(?:带动|吸纳|招用|吸收|新增)[^，。；;\d]{0,6}(?:1|一)?(?:人|名|个)[^。；;]{0,40}?"
    r"(?:加发|增发|增加|加奖|另(?:外)?(?:给予|予以|奖励|补助|补贴|发放)|再(?:给予|予以|奖励|补助|补贴|发放|增加))[^，。；;\d]{0,8}?(?P<more>\d[\d.,]{0,9}\s?万?元)"
)
_LIMIT = re.compile(r"最高|最多|不超过|不得超过|为限|封顶|上限")
_OF_MORE = re.compile(r"(?:加发|增发|增加|加奖|带动)[^，。；;\d]{0,10}$")
_LEADS = re.compile(r"(?:部分|金额|最高|最多|不得?超过|以){1,4}$")
_OF_ALL = re.compile(r"累计|合计|总额|总计|单个|每户|每家")
_OF_ONE = re.compile(r"每[户家个]|[单一]个|单[户家]")
_MONTHS = {"年": 12, "月": 1}
#: As much of the clause must be asked for.
_SPOKEN = 0.1


@dataclass(frozen=True, slots=True)
class _Clause:
    """The base with its thresholds, what each more brings, and what limits that and the total."""

    row: Entitlement
    more: Quantity
    most: Quantity | None
    total: Quantity | None


def base_and_each(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What the clause that fits best gives for itself and for a number of persons.

    None where it says no such thing, or the question states no persons.
    """
    if not retrieval.hits or not any(fact.unit == "人" for fact in facts):
        return None
    index, question = likeness.retriever.index, retrieval.understanding.text
    address = retrieval.hits[0].passage.address
    text = index.clause(address)[1].text
    match = _EACH.search(text)
    if match is None or likeness.share(text[: match.end()], question) < _SPOKEN:
        return None
    clause = _read(address, text, match, index.measures(address))
    persons = [f for f in facts if f.unit == "人" and not f.part]
    left = [f for f in facts if f.unit not in ("人", *_MONTHS) and f.value != 1]
    if clause is None or len(persons) != 1 or left:
        return STOPPED
    return _worked(clause, persons[0], facts) or STOPPED


def _read(
    address: Address, text: str, match: re.Match[str], rows: Sequence[Entitlement]
) -> _Clause | None:
    """The clause; None where it has no single amount before, or a figure behind is not read."""
    before = [r for r in rows if r.amount and r.amount.span.start < match.start()]
    others = [i for r in before for i in r.increments if i.amount.span.start < match.start()]
    if len(before) != 1 or before[0].unread or others:
        return None
    if before[0].each and not _OF_ONE.match(before[0].each.text):
        return None
    found = find_quantities(match["more"])[0]
    more = quantity_at(address, match["more"], found, match.start("more"))
    most: Quantity | None = None
    total: Quantity | None = None
    behind = text[match.end() :]
    for q in find_quantities(behind):
        if q.unit.split("/")[0] != MONEY:
            continue
        phrase = re.split(r"[，,。；;]", behind[: q.start])[-1]
        tail = re.match(r"[^，,。；;]{0,8}", behind[q.end :])
        if not _LIMIT.search(phrase + (tail[0] if tail else "")):
            return None
        figure = quantity_at(address, behind, q, match.end())
        if _OF_ALL.search(phrase) and total is None:
            total = figure
        elif _is_of_more(phrase) and most is None:
            most = figure
        else:
            # 最高2万元 may be one of the total or of what is added.
            return None
    return _Clause(before[0], more, most, total)


def _is_of_more(phrase: str) -> bool:
    return bool(_OF_MORE.search(_LEADS.sub("", phrase)))


def _worked(clause: _Clause, persons: Fact, facts: Sequence[Fact]) -> Sum | None:
    assert clause.row.amount is not None
    behind = [f.value * _MONTHS[f.unit] for f in facts if f.unit in _MONTHS]
    assumed = []
    for bound in clause.row.bounds:
        months, of = _MONTHS.get(bound.quantity.unit), bound.of.text if bound.of else ""
        if months is None or not behind:
            assumed.append(f"{of}{RELATIONS[bound.relation]}{as_written(bound)}")
        elif not holds(min(behind) / months, bound):
            return None
    working = Working()
    base = working.times((), clause.row.amount)
    value = working.times([(persons.value, "人")], clause.more)
    if clause.most:
        value = working.capped(value, clause.most.value, "上限", clause.most.span)
    value = working.plus([base, value])
    if clause.total:
        value = working.capped(value, clause.total.value, "上限", clause.total.span)
    return worked_held(value, working, assumed)
