"""What insurance pays of a cost: what is over the deductible, times the share, for the case asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.cells import Cell, Kind, cells_of
from server.sums.facets import conflict, facets_of
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["copay"]

_ASKED = re.compile(r"报|付|出多少|赔|补多少|补贴多少|能补|承担多少")
#: Schemes of their own, which take more than a deductible and a share.
_SPECIAL = re.compile(
    r"慢特病|慢性病|特殊病|特病|高血压|糖尿病|大病|大额|生育|分娩|剖宫产|顺产|类包括|透析|化疗|放疗|救助|护理"
)
#: Elsewhere other rates hold.
_ELSEWHERE = re.compile(r"转诊|转院|异地|外地|市外|省外|跨省|境外|自行外出|自己跑")
_AGAIN = re.compile(r"第二[次回趟]|又住|再次住院|两次住院")
_MORE_OFTEN = re.compile(r"第[三四五六][次回趟]")
#: The deductible of a year is used up, or in part.
_BEFORE = re.compile(
    r"(?:前面|之前|已经?|先前|早前)[^，。]{0,6}(?:报|花|用|付|看)|起付[线标准]{0,2}[^，。]{0,3}(?:已|过了|用)|累计|还剩"
)
_HALVED = re.compile(r"第二次[^，。；]{0,8}的?[，,]起付(?:标准|线)(?:减半|降低一半|降低50%)")
#: The groups of kinds that tell one figure from another, and how they are asked for.
_GROUPS = {
    "ward": "住院还是门诊",
    "insured": "职工医保还是居民医保",
    "grade": "几级医院",
    "work": "在职还是退休",
}
_KINDS: tuple[Kind, ...] = ("deductible", "share", "more", "limit")
_NEAR = 8


@dataclass(frozen=True, slots=True)
class _Plan:
    """The figures for one case."""

    deductible: Cell
    share: Cell
    more: Cell | None
    limit: Cell | None


def copay(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is paid of one cost by the document that fits best.

    Kinds that tell its figures apart and that nobody says are asked back.
    """
    question = retrieval.understanding.text
    costs = [fact for fact in facts if fact.unit == MONEY and not fact.part]
    said = retrieval.query.text
    if len(costs) != 1 or not retrieval.hits or not _ASKED.search(said) or _SPECIAL.search(said):
        return None
    asked = {k: v for k, v in {**facets_of(question), **facets_of(said)}.items() if k in _GROUPS}
    if "ward" not in asked and "grade" not in asked:
        return None
    index = likeness.retriever.index
    document = retrieval.hits[0].passage.address.document
    cells = [c for c in cells_of(index, document) if not _SPECIAL.search(" ".join(c.words))]
    every = [c for c in cells if "ward" in c.facets]
    cells = [c for c in every if not conflict(asked, c.facets)]
    near = {h.passage.address.path.article for h in retrieval.hits[:_NEAR]}
    if not any(c.quantity.span.address.path.article in near for c in cells):
        return None
    kinds: dict[Kind, list[Cell]] = {kind: _best(kind, cells, asked) for kind in _KINDS}
    if kinds["more"]:
        # 退休人员分别提高5个百分点 is on top of what is said of 在职人员.
        others = {group: named for group, named in asked.items() if group != "work"}
        rest = [c for c in every if not conflict(others, c.facets)]
        kinds["share"] = kinds["share"] or _best("share", rest, others)
    if not kinds["deductible"] or not kinds["share"]:
        return None
    if _ELSEWHERE.search(said) or any(f.unit in ("月", "年") and f.value > 1 for f in facts):
        return STOPPED
    return _of_kinds(kinds, asked, costs[0], _halving(index, document), said)


def _of_kinds(
    kinds: Mapping[Kind, Sequence[Cell]],
    asked: Mapping[str, frozenset[str]],
    cost: Fact,
    rule: Quantity | None,
    said: str,
) -> Sum:
    """The sum of one case, or what must still be said to tell it."""
    both = (kinds["deductible"], kinds["share"])
    if missing := _missing(both[0], asked) or _missing(both[1], asked):
        spans = unique([c.quantity.span for cells in both for c in cells])
        return Sum(Calculation(None, MONEY, "", (), missing=missing), spans)
    if any(len({c.quantity.value for c in cells}) > 1 for cells in both):
        return STOPPED
    if _MORE_OFTEN.search(said) or _BEFORE.search(said) or (_AGAIN.search(said) and rule is None):
        return STOPPED
    limits = {c.quantity.value: c for c in kinds["limit"]}
    more = [c for c in kinds["more"] if c.facets.get("work") == asked.get("work")]
    # 70周岁以上老年人提高5个百分点 is for those of whom it is said.
    others = [c for c in more if "work" not in c.facets]
    if any(_is_of_others(c, said) for c in others):
        return STOPPED
    more = [c for c in more if c not in others]
    plan = _Plan(
        kinds["deductible"][0], kinds["share"][0], more[0] if len(more) == 1 else None,
        next(iter(limits.values())) if len(limits) == 1 else None,
    )  # fmt: skip
    return _worked(cost, plan, rule, said)


def _is_of_others(cell: Cell, said: str) -> bool:
    """Whether a question may be on those for whom more is paid: it names them, or says an age."""
    who = "".join(re.findall(r"[\u4e00-\u9fff]", cell.words[-2]))
    aged = re.search(r"岁|老", who) and re.search(r"\d岁|老|爷|奶|外公|外婆|姥", said)
    runs = {who[at : at + 2] for at in range(len(who) - 1)} - {"提高", "相应", "增加", "分别"}
    return bool(aged) or any(run in said for run in runs)


def _halving(index: ClauseIndex, document: str) -> Quantity | None:
    """The half of a deductible that a second stay pays, where a document says so."""
    for clause in index.readings[document].outline.clauses:
        if match := _HALVED.search(clause.text):
            span = Span(Address(document, clause.path), match.start(), match.end(), match[0])
            return Quantity(Decimal(50), "%", span)
    return None


def _best(kind: Kind, cells: Sequence[Cell], asked: Mapping[str, frozenset[str]]) -> list[Cell]:
    """The figures of a kind that say most of the case."""
    own = [c for c in cells if c.kind == kind]
    worth = [sum(group in c.facets for group in asked) for c in own]
    best = max(worth, default=0)
    return [c for c, value in zip(own, worth, strict=True) if value == best]


def _missing(cells: Sequence[Cell], asked: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """What the question must still say where the figures of a kind differ."""
    if len({c.quantity.value for c in cells}) < 2:
        return ()
    open_ = [
        group
        for group in _GROUPS
        if group not in asked and len({c.facets.get(group) for c in cells}) > 1
    ]
    return tuple(f"您说的是{_GROUPS[group]}？" for group in open_[:2])


def _worked(cost: Fact, plan: _Plan, rule: Quantity | None, said: str) -> Sum:
    working = Working()
    start = plan.deductible.quantity
    low = start.value
    working.says(f"起付标准{written(low, MONEY)}", start.span)
    again = rule is not None and bool(_AGAIN.search(said))
    if rule and again:
        working.says(rule.span.text, rule.span)
        low = working.share(low, rule)
    assumed = ["费用都在政策范围内"] if not re.search(r"政策(?:范围)?内|合规|能报的", said) else []
    stay = "住院" in plan.deductible.facets.get("ward", ())
    if rule and stay and not again and not re.search(r"第一[次回]|首次|头一[次回]", said):
        assumed.append("本年度第一次住院")
    if cost.value <= low:
        working.says(f"{cost.written} 未超过起付标准{written(low, MONEY)}，不能享受", start.span)
        value = Decimal(0)
    else:
        over = working.minus(cost.value, low, start.span)
        parts = [working.share(over, plan.share.quantity)]
        if plan.more:
            parts.append(working.share(over, plan.more.quantity))
        value = working.plus(parts)
        if plan.limit:
            limit = plan.limit.quantity
            value = working.capped(value, limit.value, "年度限额", limit.span)
    return Sum(
        Calculation(
            value,
            MONEY,
            written(value, MONEY),
            tuple(working.steps),
            tuple(working.caps),
            tuple(assumed),
        ),
        unique(working.sources),
    )
