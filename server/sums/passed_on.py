"""What a higher level pays of what a lower one paid: 市县按1‰给予补贴，自治区按照市县实际补贴金额的50%给予奖励."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness, is_named_in
from server.sums.phrases import SENTENCE
from server.sums.result import STOPPED, Sum, worked_alone, worked_held
from server.sums.working import Working

__all__ = ["passed_on"]

_LEVEL = r"(?:中央|国家|自治区|省级?|市级?|州级?)(?:财政|本级)?"
_LOWER = r"(?:各)?(?:市县|市区|市州|县区|县市|地方|市级?|州|县级?|区级?|区县)(?:财政)?"
_RULE = re.compile(
    rf"(?P<giver>{_LEVEL})(?:再|另|可)?按照?(?:其|{_LOWER})?(?P<of>实际)?[^，。；\d]{{0,6}}?"
    r"(?P<what>补[助贴]|奖励|奖补|支持|支出|兑现|兑付|发放)(?:资?金?额?度?)的(?P<rate>\d{1,3}(?:\.\d)?[%％])"
    rf"(?:的?比例)?(?:给予|予以|对|补助|奖励)[^。；]{{0,12}}"
)
#: A share of what a lower level spent: 中央财政对地方财政按实际发生费用的60%予以补助.
_SPENT_RULE = re.compile(
    rf"(?P<giver>{_LEVEL})(?:对|给){_LOWER}按照?(?P<of>[^，。；\d]{{2,14}}?(?:费用?|支出|金额|资金|投入))的"
    r"(?P<rate>\d{1,3}(?:\.\d)?[%％])(?:的?比例)?(?:给予|予以)?补[助贴]"
)
_SPENT = re.compile(r"垫|支付|支出|花|付了|费")
_LOWER_GIVES = re.compile(rf"{_LOWER}[^，。；]{{0,30}}$")
#: A limit behind a share, and one that can be read.
_LIMITED = re.compile(r"(?:最高|最多)?(?:不超过|不得超过)|最高|最多|上限|封顶")
_LIMIT = re.compile(
    r"，(?:最高|最多)?(?:不超过|不得超过|最高|最多)为?(?P<most>\d{1,6}(?:\.\d{1,2})?\s?[万亿]?元)(?=[，；]|$)"
)
_NAMED = 0.6
#: What of a cost the clause is on: 个人负担部分.
_PART = re.compile(r"[，,](?P<part>[一-鿿]{2,8})部分")
_GIVES = r"(?:奖励?|补[助贴]?|给|拨|返|支持|承担|负担)"
_TO_LOWER = re.compile(rf"{_GIVES}[^，。；？?]{{0,6}}(?:市|县|区|州|地方|我们|咱们)")
#: What the lower level paid already, and not what that is a share of: 发了补贴3万元.
_PAID = re.compile(
    r"(?:补[助贴]|奖励|奖补|兑现|兑付|发放|发|付|支付)(?:资?金|金额|款)?(?:[了出共是为]|合计|一共|总共){0,3}$"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Who gives a share of what a lower level paid, and the sentence that says so: ``begins`` in its
    clause, and goes on with the rule at ``start``."""

    giver: str
    rate: Quantity
    sentence: str
    begins: int
    start: int
    of_spent: bool

    def holds(self, row: Entitlement) -> bool:
        """Whether a measure has its share before the rule, in the same sentence."""
        return row.rate is not None and self.begins <= row.rate.span.start < self.start

    def is_of_lower(self, row: Entitlement, text: str) -> bool:
        """Whether the sentence says that the lower level gives a measure."""
        end = row.rate.span.start if row.rate else self.begins
        return bool(_LOWER_GIVES.search(text, self.begins, end))


def passed_on(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What a higher level gives of what a lower one pays, where the question asks what it gives.

    What the lower one pays is stated, or worked out by the share that the same sentence sets for it;
    no sum where neither can be told. None where the clause that fits best has no such rule.
    """
    question, index = retrieval.understanding.text, likeness.retriever.index
    money = [f for f in facts if f.unit == MONEY]
    if not retrieval.hits or not money:
        return None
    address = retrieval.hits[0].passage.address
    text = index.clause(address)[1].text
    asked = [(rule, at) for rule in _rules(address, text) if (at := _is_asked(rule, question))]
    if not asked:
        return None
    rules = [r for r, at in asked if r.of_spent or _TO_LOWER.search(question, at.start())]
    rows, paid = index.measures(address), bool(_PAID.search(money[0].before))
    meant = None if paid else _meant(rows, money[0], likeness)
    if not rules:
        # What the lower level pays is none of the higher one's.
        by_lower = meant and any(r.holds(meant) and r.is_of_lower(meant, text) for r, _ in asked)
        return STOPPED if by_lower else None
    if spent := [rule for rule in rules if rule.of_spent]:
        return _of_spent(spent, text, facts, question)
    if meant and not any(rule.holds(meant) for rule in rules):
        # A share of what the lower level has (周转规模的5%) is a measure as any other.
        return None
    spoken = [(likeness.share(rule.sentence, question), rule) for rule in rules]
    spoken.sort(key=lambda pair: -pair[0])
    if len(spoken) > 1 and spoken[0][0] == spoken[1][0]:
        return STOPPED
    rest = [f for f in facts if f not in money and f.value != 1 and f.unit != "年"]
    if len(money) > 1 or rest or money[0].part or money[0].vague:
        return STOPPED
    return _worked(spoken[0][1], meant, money[0], paid, text)


def _of_spent(rules: Sequence[_Rule], text: str, facts: Sequence[Fact], question: str) -> Sum:
    """A share of what a lower level spent, of just the part of a cost that the clause is on."""
    stated = [f for f in facts if f.value != 1]
    parts = [match["part"] for match in _PART.finditer(text[: rules[0].start])]
    told = "垫" in question or all(is_named_in(part, question, _NAMED) for part in parts)
    plain = len(stated) == 1 and stated[0].unit == MONEY and not stated[0].vague
    if len(rules) > 1 or not plain or not told or not _SPENT.search(stated[0].words):
        return STOPPED
    working = Working()
    return _held(working.share(stated[0].value, rules[0].rate), rules[0], text, working)


def _meant(rows: Sequence[Entitlement], fact: Fact, likeness: Likeness) -> Entitlement | None:
    """The measure with a share of what an amount is called."""
    shares = [(likeness.mutual(r.base.text, fact.words), r) for r in rows if r.rate and r.base]
    best, row = max(shares, key=lambda pair: pair[0], default=(0, None))
    return row if best > 0 else None


def _rules(address: Address, text: str) -> list[_Rule]:
    found = []
    for sentence in SENTENCE.finditer(text):
        begins = sentence.start()
        for pattern in (_RULE, _SPENT_RULE):
            for match in pattern.finditer(sentence[0]):
                start = begins + match.start("rate")
                rate = quantity_at(address, match["rate"], find_quantities(match["rate"])[0], start)
                spent = pattern is _SPENT_RULE
                found.append(_Rule(match["giver"], rate, sentence[0], begins, start, spent))
    return found


def _is_asked(rule: _Rule, question: str) -> re.Match[str] | None:
    """Where a question asks what the higher level gives: 自治区财政会奖给市里多少."""
    level = re.sub(r"财政|本级|级$", "", rule.giver)
    return re.search(
        rf"{level}(?:里|级|财政|本级|政府|这边|还|会|能|可以?|再|应该?|要|得|给){{0,5}}{_GIVES}",
        question,
    )


def _worked(rule: _Rule, row: Entitlement | None, fact: Fact, paid: bool, text: str) -> Sum:
    working, value = Working(), fact.value
    if not paid:
        if row is None or row.rate is None or not rule.holds(row):
            return STOPPED
        if row.caps or row.bounds or row.tiers or row.increments or row.unread or row.ceilings:
            return STOPPED
        value = working.share(value, row.rate)
    return _held(working.share(value, rule.rate), rule, text, working)


def _held(value: Decimal, rule: _Rule, text: str, working: Working) -> Sum:
    """A share held to the limit that stands behind it; no sum where it is not read."""
    end = rule.rate.span.end
    behind = text[end:].split("。")[0]
    if not _LIMITED.search(behind):
        return worked_alone(value, MONEY, "", working)
    limits = list(_LIMIT.finditer(behind))
    if len(limits) != 1 or len(_LIMITED.findall(behind)) != 1:
        return STOPPED
    q = find_quantities(limits[0]["most"])[0]
    most = quantity_at(rule.rate.span.address, limits[0]["most"], q, end + limits[0].start("most"))
    return worked_held(working.capped(value, most.value, "上限", most.span), working)
