"""What all stages of one product come to at most, where a question states no amount: 从I期一路做到拿批文，全程最多
能拿多少."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.address import Address
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.bounds import is_money
from server.sums.facets import Facets, conflict, facets_of
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text
from server.sums.money import written
from server.sums.result import Sum, unique
from server.sums.supposed import both, supposed_from
from server.sums.to_the_limit import asks_for_the_limit, needed_for
from server.sums.working import Working

__all__ = ["all_stages"]

_ALL = re.compile(
    r"全程|全部|全流程|全过程|一路|从头到尾|走完|做完整个|三[个期]?(?:期|阶段|步)|[四两几4](?:个期|个?阶段|步)|各(?:期|阶段)|每一?[个期](?:期|阶段)?|(?:从|由)[^，,。；？?]{0,10}(?:到|至)"
)
_MOST = re.compile(
    r"最[多高]|[拿领吃用]满|顶格|上限|封顶|满打满算|总共|一共|合计|总数|累计|加起来|共[能可]"
)
#: The product itself, once it may be made: what is given for that comes on top of the stages.
_MADE = re.compile(r"批文|批件|上市|投产|产业化|落地|注册证书?")
_ORDER = ("临床前", "I", "II", "III")
#: Of the clauses found, those whose measures may be of stages.
_NEAR = 5
_FEW = 2


def all_stages(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The limits of the stages of one kind of product together, and what making it gets.

    None unless the question asks for all of it and states no amount; each kind that a question
    names would be a sum of its own, so it names one at most.
    """
    question = retrieval.understanding.text
    counted = [f for f in facts if f.is_count and f.value > 1 and "阶段" not in f.region[:5]]
    plain = not counted and not any(f.unit == MONEY for f in facts)
    if not (plain and _ALL.search(question) and _MOST.search(question) and retrieval.hits):
        return None
    start = supposed_from(question)
    asked = facets_of(question if start is None else question[:start])
    first = _of_kind(retrieval, likeness, asked, question)
    if first is None or start is None:
        return first
    # 换成改良型新药又是多少 is on another kind of product all along.
    other = {**asked, **facets_of(question[start:])}
    second = _of_kind(retrieval, likeness, other, question)
    return both(first, second, retrieval.query.text) if other != asked else None


def _of_kind(retrieval: Retrieval, likeness: Likeness, asked: Facets, question: str) -> Sum | None:
    """What all stages of one kind of product come to."""
    if len(asked.get("drug", ())) > 1:
        return None
    index = likeness.retriever.index
    document = retrieval.hits[0].passage.address.document
    near = [h.passage.address for h in retrieval.hits[:_NEAR]]
    near = [a for a in near if a.document == document]
    stages = _stages([index.measures(a) for a in near], asked)
    if len(stages) < _FEW:
        return None
    made = _made(near, [row.address for row, _ in stages], likeness, asked, question)
    found = _added(stages, made)
    return _with_spent(found, stages) if asks_for_the_limit(question) else found


def _stages(
    clauses: Sequence[Sequence[Entitlement]], asked: Facets
) -> list[tuple[Entitlement, Cap]]:
    """The measures of the stages asked for, of the first clause that has several, with their limits.

    Nothing where a stage has two, which the question does not tell apart.
    """
    wanted = _between(asked.get("stage", frozenset()))
    kind = {name: values for name, values in asked.items() if name != "stage"}
    for rows in clauses:
        found: dict[str, tuple[Entitlement, Cap]] = {}
        for row in rows:
            own = facets_of(event_text(row))
            limit = next((c for c in row.caps if c.scope == "item" and is_money(c)), None)
            (stage, *more) = own.get("stage", ("",))
            if not stage or more or limit is None or conflict(kind, own):
                continue
            if stage in found:
                return []
            if not wanted or stage in wanted:
                found[stage] = (row, limit)
        if len(found) >= _FEW:
            return [found[stage] for stage in _ORDER if stage in found]
    return []


def _between(named: frozenset[str]) -> frozenset[str]:
    """The stages from the first to the last one that are named; all where one or none is."""
    places = sorted(_ORDER.index(stage) for stage in named if stage in _ORDER)
    return frozenset(_ORDER[places[0] : places[-1] + 1]) if len(places) > 1 else frozenset()


def _made(
    near: Sequence[Address],
    taken: Sequence[Address],
    likeness: Likeness,
    asked: Facets,
    question: str,
) -> Entitlement | None:
    """The one amount for the product once it is made, of another clause beside the stages."""
    if not _MADE.search(question):
        return None
    index = likeness.retriever.index
    found = [
        row
        for address in near
        if address not in taken and address.path.parent == taken[0].path.parent
        for row in index.measures(address)
        if row.amount and row.amount.unit == MONEY and not row.bounds
        and "drug" in facets_of(event_text(row)) and not conflict(asked, facets_of(event_text(row)))
        and _MADE.search(index.clause(address)[1].text)
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _added(stages: Sequence[tuple[Entitlement, Cap]], made: Entitlement | None) -> Sum:
    working, assumed = Working(), ["各阶段都达到上限"]
    spans = [cap.quantity.span for _, cap in stages]
    total = working.plus([cap.quantity.value for _, cap in stages], spans)
    yearly = [c for row, _ in stages for c in row.caps if c.yearly and is_money(c)]
    lowest = min((c.quantity.value for c in yearly), default=None)
    if made and made.amount:
        working.sources.append(made.amount.span)
        total = working.plus([total, made.amount.value], [made.amount.span])
    if lowest is not None and total > lowest:
        assumed.append("各阶段在不同年度申报")
    caps = tuple(f"上限{written(cap.quantity.value, MONEY)}" for _, cap in stages)
    display = f"最高{written(total, MONEY)}"
    calculation = Calculation(
        total, MONEY, display, tuple(working.steps), tuple(dict.fromkeys(caps)), tuple(assumed)
    )
    return Sum(calculation, unique([*working.sources, *spans]))


def _with_spent(found: Sum, stages: Sequence[tuple[Entitlement, Cap]]) -> Sum:
    """What must be spent at least to get all of it, where the limits are of plain shares."""
    needed = [needed_for(row) for row, _ in stages]
    working = Working(list(found.calculation.steps))
    each = [one for one, (_, cap) in zip(needed, stages, strict=True) if one and one[2] == cap]
    if len(each) < len(stages):
        return found
    for _, line, cap in each:
        working.says(line, cap.quantity.span)
    spent = working.plus([value for value, _, _ in each])
    display = f"{found.calculation.display}，至少要花{written(spent, MONEY)}"
    steps = tuple(working.steps)
    return replace(found, calculation=replace(found.calculation, display=display, steps=steps))
