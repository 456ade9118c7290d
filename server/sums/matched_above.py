"""A share of what a higher level gave, by that level, with what room its limit on all levels leaves: 对获得国家、省、市
立项的，分别按上级资助金额的100%、70%、50%给予配套，各级财政资助总额不得超过项目总投入."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Cap, Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.bounds import is_money
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.phrases import PHRASE
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working
from server.sums.written_out import spelt_out

__all__ = ["matched_above"]

_LEVEL = r"(?:国家|中央|省|市|区|县)级?"
_MATCHED = re.compile(r"配套|匹配|配比")
#: 对获得国家、省、市科技计划立项的，分别按上级资助金额的100%、70%、50%.
_LISTED = re.compile(
    rf"(?P<levels>{_LEVEL}(?:[、和或及]{_LEVEL}){{1,3}})[^。；\d]{{0,40}}分别(?:按照?|给予)?(?P<base>[^。；，\d]{{0,20}}?)的?(?P<shares>\d{{1,3}}%(?:[、和]\d{{1,3}}%){{1,3}})"
)
#: 按省级资助金额的70%给予配套.
_ALONE = re.compile(
    rf"按照?(?P<levels>{_LEVEL})[^。；，、\d]{{0,12}}(?:资助|补助|奖励|支持|拨付)[^。；，、\d]{{0,8}}的?(?P<shares>\d{{1,3}}%)"
)
#: What all levels give together is no more than what a project costs, or a share of it.
_ROOM = re.compile(
    r"(?:各级|上下级|[省市区县两三]级|上级(?:资助|补助|资金)?[与和及]本级|累计|合计)[^。；\d]{0,24}?(?:总额|总和|合计|之和|累计|资金|资助|补助)[^。；，\d]{0,4}?不(?:得|应|能|可)?(?:超过|高于|超出)(?P<cost>[^。；，\d]{0,10}?(?:总?投[入资]额?|费用|成本|支出|经费))(?:的(?P<share>\d{1,2}%))?"
)
#: What was given, and what all of it costs.
_GIVEN = re.compile(r"资助|补[助贴]|奖励|支持|拨付?|拿|领|获|得到|批|给")
_GRANTED = re.compile(r"资助|补[助贴]|奖励|支持|拨付|到账|立项经费")
_COST = re.compile(r"总?投[入资]|费用|成本|支出|经费|造价")
_ASKED = re.compile(r"配|还能|再[给拿补]|[能可][^，。；？?]{0,4}[拿补给]")
#: A level where one is meant: 上市, 城市 and 节省 name none.
_NAMED = (
    ("国家", re.compile(r"国家|中央")),
    ("省", re.compile(r"(?<!节)省(?!会|心|下|了|钱)")),
    ("市", re.compile(r"(?<![上城都超门股])市(?!场|值|面|外|内)")),
    ("区", re.compile(r"(?<![园地社片景])区(?!域|内|外|块)")),
    ("县", re.compile(r"县")),
)


@dataclass(frozen=True, slots=True)
class _Said:
    """An amount that a question states, with its phrase."""

    value: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class _Room:
    """What all levels give together at most: what a project costs, or a share of it."""

    span: Span
    share: Quantity | None


def matched_above(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What the clause that fits best adds to what one higher level gave; None where it is no such
    clause, or the question states no such amount; STOPPED where it states anything else too."""
    if not retrieval.hits:
        return None
    index, question = likeness.retriever.index, retrieval.understanding.text
    address = retrieval.hits[0].passage.address
    text = index.clause(address)[1].text
    shares, room = _shares(address, text), _room(address, text)
    if not shares or not _MATCHED.search(text) or not _ASKED.search(question):
        return None
    if len(shares) == 1 and room is None:
        return None
    money = _said(question)
    costs = [m for m in money if _COST.search(m.words) and not _GIVEN.search(m.words)]
    given = [m for m in money if m not in costs and _levels_in(m.words) and _GIVEN.search(m.words)]
    if not given:
        return None
    levels = _levels_in(given[0].words)
    rest = (
        len(money) - len(given) - len(costs) + sum(f.unit != MONEY and f.value > 1 for f in facts)
    )
    share = shares.get(levels[0]) if len(levels) == 1 else None
    if len(given) > 1 or len(costs) > 1 or rest or share is None:
        return STOPPED
    cost = costs[0].value if costs else None
    return _worked(given[0].value, cost, share, room, _caps(address, index))


def _said(question: str) -> list[_Said]:
    """The amounts of a question, each with its phrase: 获得省级奖励90万元 is no claim here."""
    return [
        _Said(q.value, phrase)
        for phrase in PHRASE.findall(spelt_out(question))
        for q in find_quantities(phrase)
        if q.unit == MONEY
    ]


def _levels_in(words: str) -> list[str]:
    return [name for name, said in _NAMED if said.search(words)]


def _shares(address: Address, text: str) -> dict[str, Quantity]:
    """The share of each level; none where levels and shares are not as many."""
    match = _LISTED.search(text)
    if match and match["base"] and not _GRANTED.search(match["base"]):
        # 分别按设备投入的20%、10% is of no support.
        return {}
    match = match or _ALONE.search(text)
    if match is None:
        return {}
    levels = [name for part in re.split("[、和或及]", match["levels"]) for name in _levels_in(part)]
    at = match.start("shares")
    own = [q for q in find_quantities(match["shares"]) if q.unit == "%"]
    if len(levels) != len(own) or len(set(levels)) < len(levels):
        return {}
    return {
        level: quantity_at(address, text[at:], q, at) for level, q in zip(levels, own, strict=True)
    }


def _room(address: Address, text: str) -> _Room | None:
    match = _ROOM.search(text)
    if match is None:
        return None
    share = None
    if match["share"]:
        at = match.start("share")
        share = quantity_at(address, text[at:], find_quantities(match["share"])[0], at)
    return _Room(Span(address, match.start(), match.end(), match[0]), share)


def _caps(address: Address, index: ClauseIndex) -> list[Cap]:
    caps = [cap for row in index.measures(address) for cap in row.caps if is_money(cap)]
    return list({cap.quantity.span: cap for cap in caps}.values())


def _worked(
    given: Decimal, cost: Decimal | None, share: Quantity, room: _Room | None, caps: Sequence[Cap]
) -> Sum:
    working, assumed = Working(), []
    value = working.share(given, share)
    for cap in caps:
        name = "每年上限" if cap.yearly else "上限"
        value = working.capped(value, cap.quantity.value, name, cap.quantity.span)
    if room and cost is not None:
        most = working.share(cost, room.share) if room.share else cost
        left = working.minus(most, given, room.span)
        value = working.capped(value, left, "余额", room.span) if left else Decimal(0)
    elif room:
        assumed.append(room.span.text)
    return worked_held(value, working, assumed)
