"""A support with what other articles of its chapter say of it: raised for some, cut where its base
fell, given on top for growth, limited for each class."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY
from indexer.lexical import terms
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.beside import held_to
from server.sums.chapters.chapter_rules import Fall, More, Rules
from server.sums.chapters.chapter_supports import Support, support_meant
from server.sums.chapters.years_compared import Compared, compared
from server.sums.facets import kinds_of_base
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum, unique, worked_held
from server.sums.steps_up import is_otherwise
from server.sums.unit_amounts import unit_amounts
from server.sums.unit_kinds import units_of_amount
from server.sums.working import Working

__all__ = ["by_chapter"]

#: What is given on top is asked for as well, or alone.
_MORE_TOO = re.compile(r"基础|合计|一共|总共|加起来|总额")
_CLASS_END = re.compile(r"(?:企业|单位|机构|产业|领域|行业|类|等){1,2}$")
_NOT = re.compile(r"(?:不是|不属于|非|没(?:有|评上|认定)?|未)[^，,。；;]{0,6}$")
#: Words of a case that the question says nothing of.
_HARDLY = 0.15


@dataclass(slots=True)
class _Case:
    """What a question states, with the working so far."""

    question: str
    amounts: Compared
    likeness: Likeness
    working: Working = field(default_factory=Working)
    assumed: list[str] = field(default_factory=list)


def by_chapter(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What a support comes to by all articles of its chapter; None where there are no rules
    beside it, STOPPED where one of them cannot be held against what the question states."""
    money = [f for f in facts if f.unit == MONEY]
    if not retrieval.hits or not money:
        return None
    support = support_meant(retrieval, money, likeness)
    if support is None or not (support.rules.any or support.rules.unread):
        return None
    index = likeness.retriever.index
    if support.rules.unread and _is_of_another(retrieval, support, facts, index):
        return None
    question = retrieval.understanding.text
    if "增量" in question and not _MORE_TOO.search(question):
        # Only what comes on top is asked for.
        return None
    amounts = compared(question, facts)
    otherwise = is_otherwise(support.lead.address, question, index)
    if support.rules.unread or amounts is None or otherwise:
        return STOPPED
    return _worked(support, _Case(question, amounts, likeness)) or STOPPED


def _is_of_another(
    retrieval: Retrieval, support: Support, facts: Sequence[Fact], index: ClauseIndex
) -> bool:
    """Whether the clause found first gives something else, for what the question counts (每完成1家诊断) or for
    another kind of money than the support is of (贷款)."""
    first = retrieval.hits[0].passage.address
    if first.path.article == support.lead.address.path.article:
        return False
    text = index.clause(first)[1].text
    units = {unit for one in unit_amounts(first, text) for unit in units_of_amount(one)}
    if any(fact.unit in units and fact.value > 1 for fact in facts):
        return True
    others = kinds_of_base(text) - kinds_of_base(support.lead.words)
    given = any(row.amount or row.rate for row in index.measures(first))
    return given and any(kinds_of_base(f.words) & others for f in facts if f.unit == MONEY)


def _worked(support: Support, case: _Case) -> Sum | None:
    """The sum, line by line; None where a rule cannot be decided."""
    rules = support.rules
    if _falls_short(rules, case):
        return None
    only_base = _asks_for_base(support, case.question)
    value = _itself(support, case)
    value = _raised(value, support, case) if value is not None else None
    value = _fallen(value, rules, case) if value is not None else None
    for more in rules.more if not only_base else ():
        value = _with_more(value, more, rules, case) if value is not None else None
    return None if value is None else _limited(value, rules, case)


def _itself(support: Support, case: _Case) -> Decimal | None:
    """What a support comes to by its own article; None where a limit of its own would come before
    or after what others change."""
    cost, limits = case.amounts.this, support.limits
    if limits.unread or limits.least or (support.tiers and support.tiers[0].low):
        return None
    if support.rate:
        value = case.working.share(cost.value, support.rate)
    else:
        value = case.working.tiers(cost.value, support.tiers, from_zero=False)
        case.working.sources += [tier.rate.span for tier in support.tiers]
    held = held_to(value, limits, [cost], case.working, case.assumed)
    changed = support.rules.raises or support.rules.falls or support.rules.more
    return None if held < value and changed else held


def _falls_short(rules: Rules, case: _Case) -> bool:
    """Whether the amount does not reach what the chapter says of it in a condition."""
    kinds, value = kinds_of_base(case.amounts.this.words), case.amounts.this.value
    return any(value < least.value for of, least in rules.least if kinds & kinds_of_base(of))


def _asks_for_base(support: Support, question: str) -> bool:
    """Whether only the support itself is asked for, and not what comes on top: 基础补助是多少."""
    return "基础" in question and "基础" in support.lead.words and "增量" not in question


def _raised(value: Decimal, support: Support, case: _Case) -> Decimal | None:
    """What a support comes to for those for whom it is raised; None where it may be for the asker."""
    common = set(terms(support.lead.words))
    for one in support.rules.raises:
        if _is_one_of(one.who, case.question):
            more = case.working.share(value, one.rate)
            value = case.working.plus([value, more], [one.rate.span])
        elif not _denied(one.who, case.question):
            own = [term for term in terms(one.who) if term not in common]
            if own and case.likeness.retriever.coverage(own, case.question) >= _HARDLY:
                return None
            case.assumed.append(f"不属于“{one.who}”")
    return value


def _fallen(value: Decimal, rules: Rules, case: _Case) -> Decimal | None:
    """What is left where the amount fell, or nothing where it fell too much."""
    amounts = case.amounts
    if amounts.trend != -1:
        if amounts.trend is None and (rules.falls or rules.ends):
            case.assumed.append("没有同比下降")
        return value
    for limit, over in rules.ends:
        reached = _reaches(amounts, limit, over, case, "下降")
        if reached:
            case.working.says("下降超过条文的幅度，不能享受", limit.span)
            return Decimal(0)
    return _cut(value, rules.falls, case)


def _cut(value: Decimal, falls: Sequence[Fall], case: _Case) -> Decimal | None:
    for fall in falls:
        if fall.least and case.amounts.last is None and case.amounts.percent is None:
            return None
        if fall.least and not _reaches(case.amounts, fall.least, False, case, "下降"):
            continue
        part = case.working.share(value, fall.rate)
        value = part if fall.keeps else case.working.minus(value, part, fall.rate.span)
    return value


def _with_more(value: Decimal, more: More, rules: Rules, case: _Case) -> Decimal | None:
    """A support with what is given on top for growth; None where it cannot be told how much."""
    amounts = case.amounts
    if amounts.trend in (-1, 0) or (amounts.trend is None and not amounts.last):
        if amounts.trend != -1:
            case.assumed.append(f"没有“{more.case}”的情形")
        return value
    if amounts.last is None:
        if amounts.percent is None or amounts.percent.value >= more.least.value:
            return None
        said = f"{amounts.percent.written} 未达到{plain(more.least.value)}%，没有增量部分"
        case.working.says(said, more.least.span)
        return value
    if not _reaches(amounts, more.least, False, case, "增长"):
        return value
    grown = amounts.this.value - amounts.last.value
    part = case.working.share(grown, more.rate)
    if more.most:
        part = case.working.capped(part, more.most.value, "上限", more.most.span)
    if any(_denies(unless, case.question) for unless in rules.unless):
        return None
    case.assumed += [f"没有“{unless}”的情形" for unless in rules.unless]
    return case.working.plus([value, part])


def _reaches(amounts: Compared, limit: Quantity, over: bool, case: _Case, verb: str) -> bool:
    """Whether an amount changed by a share or more; a change that is not stated is taken for less."""
    if amounts.last:
        change = abs(amounts.this.value - amounts.last.value)
        least = case.working.share(amounts.last.value, limit)
        one, shown = written(change, MONEY), written(least, MONEY)
        low, high = sorted((amounts.this.value, amounts.last.value))
        case.working.minus(high, low)
    elif amounts.percent:
        change, least = amounts.percent.value, limit.value
        one, shown = amounts.percent.written, f"{plain(least)}%"
    else:
        case.assumed.append(f"{verb}没有超过{plain(limit.value)}%")
        return False
    reached = change > least or (change == least and not over)
    said = f"{verb}达到" if reached else f"{verb}未达到"
    case.working.says(f"{one} {said}{shown}", limit.span)
    return reached


def _limited(value: Decimal, rules: Rules, case: _Case) -> Sum | None:
    """The sum within the limit of the class that the question names; asked back where it decides."""
    classes = rules.classes
    if classes and value:
        named = [one for one in classes if _is_one_of(one[0], case.question)]
        if len(named) > 1 and not rules.highest:
            return None
        chosen = max(named or (), key=lambda one: one[1].value, default=None)
        if chosen is None:
            chosen = min(classes, key=lambda one: one[1].value)
            if value > chosen[1].value:
                names = "，还是".join(name for name, _ in classes)
                missing = (f"您说的是哪一种：{names}？",)
                spans = unique([one.span for _, one in classes])
                return Sum(Calculation(None, MONEY, "", (), missing=missing), spans)
        value = case.working.capped(value, chosen[1].value, "上限", chosen[1].span)
    return worked_held(value, case.working, tuple(dict.fromkeys(case.assumed)))


def _is_one_of(names: str, question: str) -> bool:
    """Whether a question names one of some kinds, and does not say that it is none."""
    return any(
        not _NOT.search(question[: m.start()])
        for key in _keys(names)
        for m in re.finditer(re.escape(key), question)
    )


def _denied(names: str, question: str) -> bool:
    """Whether a question says that none of some kinds is meant."""
    return not _is_one_of(names, question) and any(key in question for key in _keys(names))


def _keys(names: str) -> list[str]:
    keys = (_CLASS_END.sub("", name) for name in re.split(r"、|和|或者?|以及|及", names))
    return [key for key in keys if len(key) > 1]


def _denies(unless: str, question: str) -> bool:
    """Whether a question says what takes an increment away: 前年没有申报加计扣除."""
    match = re.search(r"(?:未|没有?)(?P<what>[^，]{2,4})", unless)
    return bool(
        match and re.search(rf"(?:未|没)[^，。？?]{{0,4}}{re.escape(match['what'][:2])}", question)
    )
