"""What of a cost is deducted: the part within 12% of the profit, or 60% of it up to 5‰ of the income."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.laws.penalties import is_called
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["deductible"]

_RATE = r"(?:\d{1,3}(?:\.\d{1,2})?[%％‰]|[百千]分之[一二三四五六七八九十点\d]{1,6})"
_WITHIN = re.compile(
    rf"(?:在|[不未]超过|不得超过)(?P<of>[^，。；\d]{{2,20}}?)的?(?P<rate>{_RATE})(?:以内|之内)?的?部分，"
    r"[^。；]{0,12}?(?:准予|(?<![不认许])可|予以|允许)[^。；]{0,20}?扣除"
)
_SHARE = re.compile(
    rf"按照?(?:实际)?发生额的(?P<share>{_RATE})扣除，但?(?:最高)?不(?:得)?超过(?P<of>[^，。；\d]{{2,20}}?)的?(?P<rate>{_RATE})"
)
_CARRIED = re.compile(r"超过[^。；]{0,20}部分，?[^。；]{0,6}(?:结转|在以后)[^。；]{0,24}扣除")
_ASKED = re.compile(r"扣|结转")
#: 有多少得结转 asks for what is left.
_TAKEN_ASKED = re.compile(r"扣除?[^，。；？?]{0,2}(?:多少|几)")
_CARRIED_ASKED = re.compile(r"多少[^，。；？?扣]{0,6}结转|结转[^，。；？?扣]{0,8}多少")
#: Costs of other years, or rules for some only.
_OTHER = re.compile(r"全额|加计|往年|以前年度|上年结转|去年结转|亏损")
_LOOSE = set("的了是花给和在我们公司企业今年当年度全共用出去支额元万亿一")
_NEAR, _BELOW = 4, 0.03
_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is deducted: up to a share of something, of the whole cost or of a share of it."""

    lead: str
    of: str
    limit: Quantity
    share: Quantity | None
    carried: Span | None


def deductible(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is deducted of a cost, where the question states it and what its limit is a share of.

    None where no clause near sets such a limit for that cost; what the limit is of is asked where it
    is not said.
    """
    question = retrieval.understanding.text
    money = [f for f in facts if f.unit == MONEY]
    if not retrieval.hits or not money or not _ASKED.search(question):
        return None
    rules = list(_rules(retrieval, likeness))
    fit = [(rule, *found) for rule in rules if (found := _facts_of(rule, money))]
    if len(fit) != 1:
        return STOPPED if fit else None
    rule, cost, base = fit[0]
    rest = [f for f in facts if f not in money and f.value != 1]
    if rest or len(money) > 2 or _OTHER.search(question) or cost.part:
        return STOPPED
    if base is None:
        missing = (f"{rule.of}是多少？",)
        return Sum(Calculation(None, MONEY, "", (), missing=missing), (rule.limit.span,))
    return _worked(rule, cost, base, question)


def _rules(retrieval: Retrieval, likeness: Likeness) -> Iterator[_Rule]:
    best = retrieval.hits[0]
    near = [h for h in retrieval.hits[:_NEAR] if h.score >= best.score - _BELOW]
    document = best.passage.address.document
    for address in dict.fromkeys(h.passage.address for h in near):
        if address.document != document:
            continue
        text = likeness.retriever.index.clause(address)[1].text
        found = [m for p in (_WITHIN, _SHARE) for m in p.finditer(text)]
        if len(found) == 1:
            yield _rule(address, text, found[0])


def _rule(address: Address, text: str, match: re.Match[str]) -> _Rule:
    groups = match.groupdict()
    carried = _CARRIED.search(text, match.end())
    lead = re.split(r"[。\n]", text[: match.start()])[-1]
    return _Rule(
        lead,
        match["of"],
        _quantity(address, match, "rate"),
        _quantity(address, match, "share") if "share" in groups else None,
        Span(address, carried.start(), carried.end(), carried[0]) if carried else None,
    )


def _quantity(address: Address, match: re.Match[str], name: str) -> Quantity:
    q = find_quantities(match[name])[0]
    return quantity_at(address, match[name], q, match.start(name))


def _facts_of(rule: _Rule, money: Sequence[Fact]) -> tuple[Fact, Fact | None] | None:
    """The cost that a rule is on and what its limit is a share of, where the question says it."""
    bases = [f for f in money if is_called(rule.of, _words(f))]
    costs = [f for f in money if f not in bases and _is_cost(rule, f)]
    if len(costs) != 1 or len(bases) > 1 or len(money) != 1 + len(bases):
        return None
    return costs[0], bases[0] if bases else None


def _is_cost(rule: _Rule, fact: Fact) -> bool:
    """Whether an amount is called what the limit is on."""
    said = set(re.sub(r"[^一-鿿]", "", _words(fact))) - _LOOSE
    of = set(rule.of)
    own = said - of
    return bool(own) and len(own & set(rule.lead)) / len(said) >= _SHARED


def _words(fact: Fact) -> str:
    return fact.words.replace(fact.written, "")


def _worked(rule: _Rule, cost: Fact, base: Fact, question: str) -> Sum:
    working = Working()
    value = cost.value
    if rule.share:
        value = working.share(value, rule.share)
    limit = working.share(base.value, rule.limit)
    kept = working.capped(value, limit, "限额", rule.limit.span)
    display = written(kept, MONEY)
    if value > limit and rule.carried:
        left = working.minus(value, limit, rule.carried)
        later = f"结转{written(left, MONEY)}以后扣除"
        asked = _CARRIED_ASKED.search(question) and not _TAKEN_ASKED.search(question)
        kept, display = (
            (left, f"{later}（当年扣除{display}）") if asked else (kept, f"扣除{display}，{later}")
        )
    steps, caps = tuple(working.steps), tuple(working.caps)
    return Sum(Calculation(kept, MONEY, display, steps, caps), unique(working.sources))
