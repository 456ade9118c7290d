"""A cost paid in steps: 1.5万元以上至5万元支付60%，5万元以上至10万元支付70%，10万元以上支付80%.

The steps stand in one sentence, or each is an item of its own (（一）1000万元以内的部分，按6%).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity, Tier
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.bounds import is_money
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.phrases import SENTENCE
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = [
    "PARTS_SAID",
    "PAYS",
    "is_of",
    "is_otherwise",
    "joined",
    "step_ends",
    "steps_in",
    "steps_up",
]

PARTS_SAID = re.compile(r"分段|分档|分级|各段|累进")
PAYS = re.compile(r"支付|报销|补[助贴]|给予|按")
_LIMIT = re.compile(r"(?:限额|最高|不超过|封顶线?)[^，。；\d]{0,6}$")
#: Who is treated otherwise, in a sentence of its own beside the steps.
_OTHERWISE = re.compile(r"降低|提高|不设|减半|倾斜|增加")
_WHO = re.compile(
    r"^(?P<who>[^，。；\d]{2,40}?)(?:的)?(?:起付|各段|支付|报销|单个|补[助贴]|奖励|上限|比例|，)"
)
#: Schemes beside the basic one; what is paid a second time is paid by the first of them.
_SCHEME = re.compile(r"大病|大额|救助|补充医疗|公务员")
_AGAIN = re.compile(r"二次(?:报|补)|再报一次")
#: At least this much of what the clause is on is asked for.
_SPOKEN = 0.1
_NEAR = 3


def steps_up(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is paid of one cost by the steps of the clause that is asked for.

    No sum for persons whom a sentence beside it treats otherwise.
    """
    money = [f for f in facts if f.unit == MONEY]
    if len(money) != 1 or any(f not in money and f.value != 1 for f in facts):
        return None
    question, index = retrieval.understanding.text, likeness.retriever.index
    for address in _addresses(retrieval, index):
        text = index.clause(address)[1].text
        for sentence in SENTENCE.finditer(text):
            tiers = steps_in(address, sentence[0], sentence.start())
            lead = re.split("[：:]", sentence[0])[0]
            if tiers and likeness.share(lead, question) >= _SPOKEN and is_of(lead, question):
                if is_otherwise(address, question, index):
                    return STOPPED
                beside = _limits_beside(index.measures(address))
                return _worked(money[0], tiers, address, sentence[0], sentence.start(), beside)
    return None


def is_of(lead: str, question: str, named: bool = False) -> bool:
    """Whether steps are of the scheme that is asked for: those of 大病保险 are not what a stay in
    hospital is paid by. ``named``: only where they are of one."""
    schemes = set(_SCHEME.findall(lead))
    asked = set(_SCHEME.findall(question))
    if _AGAIN.search(question):
        asked.add("大病")
    if named and not schemes:
        return False
    return schemes <= asked and ("住院" in lead or "住院" not in question)


def _addresses(retrieval: Retrieval, index: ClauseIndex) -> list[Address]:
    """The clauses of the articles that fit best."""
    found: list[Address] = []
    for hit in retrieval.hits[:_NEAR]:
        own = hit.passage.address
        if own.document == retrieval.hits[0].passage.address.document:
            clauses = index.readings[own.document].outline.clauses
            found += [Address(own.document, c.path) for c in clauses
                      if c.text and c.path.article == own.path.article]  # fmt: skip
    return list(dict.fromkeys(found))


def steps_in(address: Address, words: str, at: int) -> list[Tier]:
    """The steps of a sentence that says that it has some; none unless each begins where the one
    before it ends."""
    if not PARTS_SAID.search(words) or not PAYS.search(words):
        return []
    tiers: list[Tier] = []
    limits: list[Measured] = []
    for q in find_quantities(words):
        if q.unit == MONEY:
            limits.append(q)
        elif q.unit == "%" and limits:
            ends = step_ends(words, limits)
            if ends is None:
                return []
            low, high = (quantity_at(address, words, x, at) if x else None for x in ends)
            rate = quantity_at(address, words, q, at)
            tiers.append(Tier(low, high, rate))
            limits = []
    return tiers if joined(tiers) else []


def joined(tiers: Sequence[Tier]) -> bool:
    """Whether there are several steps, each of which begins where the one before it ends."""
    return len(tiers) > 1 and all(
        left.high and right.low and left.high.value == right.low.value
        for left, right in pairwise(tiers)
    )


def step_ends(
    words: str, limits: Sequence[Measured]
) -> tuple[Measured | None, Measured | None] | None:
    """From where to where a step goes, by the amounts before its rate; None where that is not told."""
    last = limits[-1]
    if last.low is not None:
        return Measured(last.low, last.unit, last.start, last.end), last
    behind = words[last.end : last.end + 8]
    above = re.match(r"(?:（不?含）)?(?:及|或)?以上|(?:（不?含）)?的?部分", behind)
    over = re.search(r"超过\s*$", words[: last.start])
    if len(limits) > 1 and re.fullmatch(
        r"(?:（不?含）)?(?:以上)?[，、]?(?:至|到|—|-|且)?(?:不超过|低于)?",
        words[limits[-2].end : last.start],
    ):
        return limits[-2], last
    if (above and "以上" in behind) or over:
        return last, None
    return (None, last) if re.match(r"(?:（不?含）)?(?:及|或)?以[下内]", behind) else None


def is_otherwise(address: Address, question: str, index: ClauseIndex) -> bool:
    """Whether a question is on persons for whom the steps are changed; 不是低保户 is not."""
    for clause in index.readings[address.document].outline.clauses:
        if clause.path.article != address.path.article:
            continue
        for sentence in SENTENCE.finditer(clause.text):
            match = _WHO.match(sentence[0].strip())
            if match is None or not _OTHERWISE.search(sentence[0]):
                continue
            for name in re.split("、|和|或者?|及", match["who"]):
                name = re.sub(r"[“”\"]", "", name)
                key = re.sub(r"(?:对象|人员|人口|家庭|居民|企业|单位|项目)$", "", name)[-2:]
                if key in question and not re.search(
                    rf"(?:不是|非|没有?)[^，。]{{0,16}}{key}", question
                ):
                    return True
    return False


def _limits_beside(rows: Sequence[Entitlement]) -> list[Quantity]:
    """The limits on what a clause gives that stand in one beside it: 单个项目补助最高不超过1200万元."""
    caps = [
        cap.quantity
        for row in rows
        for cap in row.caps
        if is_money(cap) and cap.quantity.span.address != row.address
    ]
    return list({cap.span: cap for cap in caps}.values())


def _worked(
    cost: Fact,
    tiers: Sequence[Tier],
    address: Address,
    words: str,
    at: int,
    beside: Sequence[Quantity],
) -> Sum:
    working = Working()
    first = tiers[0].low
    if first and cost.value <= first.value:
        short = f"{cost.written} 未超过{written(first.value, MONEY)}，不能享受"
        working.says(short, first.span)
        value = Decimal(0)
    else:
        value = working.tiers(cost.value, tiers, from_zero=False)
        for q in find_quantities(words):
            if q.unit == MONEY and _LIMIT.search(words[: q.start]):
                limit = quantity_at(address, words, q, at)
                value = working.capped(value, limit.value, "年度限额", limit.span)
        for cap in beside:
            value = working.capped(value, cap.value, "上限", cap.span)
    display = f"{'最高' if beside and value else ''}{written(value, MONEY)}"
    return Sum(
        Calculation(value, MONEY, display, tuple(working.steps), tuple(working.caps)),
        unique([*working.sources, *(tier.rate.span for tier in tiers)]),
    )
