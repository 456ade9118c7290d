"""Rewards of several articles that a question calls by their names and adds, each by a figure of its own:
培育、增长、国际化三项加起来; an amount of the step reached, or one for each full step of growth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from corpus.numerals import read_numeral
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from retriever.query import Retrieval
from server.sums.apart import forbidden_together
from server.sums.awards import limits_of_all
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working

__all__ = ["named_rewards"]

_NAMES = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,8}(?:[、和及][\u4e00-\u9fff]{2,8}){1,3})这?(?P<n>[两二三四])(?:项|笔|样|种|块)(?:奖励|补助|补贴|奖补|资金|钱)?(?:都|全)?(?:加起来|加一[起块]|合起来|一共|合计|总共)"
)
_KIND = re.compile(r"(?:奖励|补助|补贴|奖补|资金|资助)$")
_TITLE = re.compile(r"^(?:支持|鼓励)?(?P<title>[\u4e00-\u9fff]{3,12})。")
_LAST = re.compile(r"上一?[届年期次]|去年|上年度?|往届")
#: 比上届每增加5000平方米，奖励10万元，不足5000平方米的部分不计.
_GROWTH = re.compile(
    r"[比较]上一?(?:届|年度?|期|次)每(?:净?增[加长]|新增|多)(?P<step>\d[\d.,]{0,9}\s?万?(?:平方米|人次|人|个|家|吨))[，,](?:再)?(?:给予|奖励|补助|补贴)(?P<amount>\d[\d.,]{0,9}\s?万?元)(?P<full>[^。；]{0,8}不足[^。；，]{1,20}不(?:计|予)[^。；，]{0,4})?"
)
_FROM_ON = re.compile(r"(?:[（(]含[）)])?(?:的)?(?:(?P<to>至|到|-|—|～|~)|及?以上)")
_CAP = re.compile(r"(?:最高|不超过|不得超过){1,2}$")
_GIVES = re.compile(r"(?:给予|奖励|补助|补贴)[^，。；\d每高超]{0,6}$")


@dataclass(frozen=True, slots=True)
class _Step:
    """An amount from a figure on, up to another one."""

    least: Quantity
    most: Quantity | None
    amount: Quantity


def named_rewards(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What the rewards come to that a question names, within what the document gives in all.

    None where it names none by as many articles; no sum where one of them is not read, only one may
    be had, or a figure is none of theirs.
    """
    match = _NAMES.search(retrieval.understanding.text)
    if match is None or not retrieval.hits:
        return None
    names = [_KIND.sub("", name) for name in re.split("[、和及]", match["names"])]
    index, document = likeness.retriever.index, retrieval.hits[0].passage.address.document
    articles = [_called(name, document, index) for name in names]
    places = [article for article in articles if article]
    if len(names) != read_numeral(match["n"]) or len(set(places)) < len(names):
        return None
    if forbidden_together(places, index):
        return STOPPED
    working, used = Working(), list[Fact]()
    values = [_one(place, facts, index, working, used) for place in places]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or any(f not in used and f.value != 1 for f in facts):
        return STOPPED
    total = working.plus(known)
    for limit, sentence in limits_of_all(document, index):
        if "除外" in sentence:
            return STOPPED
        total = working.capped(total, limit.value, "合计上限", limit.span)
    return worked_held(total, working)


def _called(name: str, document: str, index: ClauseIndex) -> Address | None:
    """The clause that begins the one article whose title holds a name."""
    found = []
    for clause in index.readings[document].outline.clauses:
        title = _TITLE.match(clause.text)
        begins = clause.path.steps[-1].rank in ("art", "para")
        if title and name in title["title"] and begins:
            found.append(Address(document, clause.path))
    return found[0] if len(found) == 1 else None


def _one(
    article: Address, facts: Sequence[Fact], index: ClauseIndex, working: Working, used: list[Fact]
) -> Decimal | None:
    """What one article comes to; None where it is not read, or the question states no figure of it."""
    text = index.clause(article)[1].text
    if match := _GROWTH.search(text):
        return _grown(article, text, match, facts, working, used)
    steps = list(_steps(article, index))
    units = {step.least.unit for step in steps}
    now = [f for f in facts if f.unit in units and not _LAST.search(f.words)]
    leads = [q for q in find_quantities(_lead(text)) if q.unit in units]
    if not steps or len(units) > 1 or len(now) != 1:
        return None
    value, unit = now[0].value, units.pop()
    used.append(now[0])
    reached = [s for s in steps if s.least.value <= value and not (s.most and value > s.most.value)]
    if not reached or any(value < q.value for q in leads):
        least = min(steps, key=lambda one: one.least.value).least
        if value >= least.value:
            return None
        short = f"{written(value, unit)} 未达到{written(least.value, unit)}，不能享受"
        working.says(short, least.span)
        return Decimal(0)
    best = max(reached, key=lambda one: one.least.value)
    end = f"至{written(best.most.value, unit)}" if best.most else "以上"
    said = f"{written(value, unit)}，适用{written(best.least.value, unit)}{end}一档"
    working.says(said, best.least.span)
    return working.times((), best.amount)


def _lead(text: str) -> str:
    """The line that the items of an article hang on; nothing where its steps stand in itself."""
    line = text.split("\n")[0]
    return line if line.rstrip().endswith(("：", ":")) else ""


def _grown(
    article: Address, text: str, match: re.Match[str], facts: Sequence[Fact],
    working: Working, used: list[Fact],
) -> Decimal | None:  # fmt: skip
    """An amount for each full step by which a figure is more than the last one."""
    step, amount = _figure(article, match, "step"), _figure(article, match, "amount")
    same = [f for f in facts if f.unit == step.unit]
    last = [f for f in same if _LAST.search(f.words)]
    if len(same) != 2 or len(last) != 1:
        return None
    this = next(f for f in same if f is not last[0])
    used += same
    if this.value <= last[0].value:
        working.says(f"{this.written}，没有增加，不能享受", step.span)
        return Decimal(0)
    more = working.minus(this.value, last[0].value, unit=step.unit)
    if more % step.value and not match["full"]:
        # Whether 12000平方米 are two steps or more than two is not said.
        return None
    value = working.full(more, step, amount)
    if not value:
        return value
    behind = text[match.end() :].split("。")[0]
    for q in (q for q in find_quantities(behind) if q.unit == MONEY):
        if not _CAP.search(behind[: q.start]):
            return None
        cap = quantity_at(article, behind, q, match.end())
        value = working.capped(value, cap.value, "上限", cap.span)
    return value


def _steps(begin: Address, index: ClauseIndex) -> Iterator[_Step]:
    """The steps of an article: items, or what stands between its semicolons."""
    article = Address(begin.document, begin.path.article)
    for clause in index.readings[article.document].outline.clauses:
        own = Address(article.document, clause.path)
        if not article.contains(own):
            continue
        for part in re.finditer(r"[^。；;\n]+", clause.text):
            found = find_quantities(part[0])
            money = [q for q in found if q.unit == MONEY]
            if len(money) != 1 or not _GIVES.search(part[0][: money[0].start]):
                continue
            yield from _step(own, part, [q for q in found if q.end <= money[0].start], money[0])


def _step(
    own: Address, part: re.Match[str], before: Sequence[Measured], money: Measured
) -> Iterator[_Step]:
    marked = [(q, m) for q in before if (m := _FROM_ON.match(part[0], q.end))]
    if len({q.unit for q in before}) != 1 or not 1 <= len(before) <= 2 or not marked:
        return
    least, *most = (quantity_at(own, part[0], q, part.start()) for q in before)
    if most and not marked[0][1]["to"]:
        return
    amount = quantity_at(own, part[0], money, part.start())
    yield _Step(least, most[0] if most else None, amount)


def _figure(article: Address, match: re.Match[str], name: str) -> Quantity:
    found = find_quantities(match[name])[0]
    return quantity_at(article, match[name], found, match.start(name))
