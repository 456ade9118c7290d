"""An amount given once for each country, in so many countries at most: 每件给予2万元，同一件专利最多资助3个国家."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import MONEY, read_number
from retriever.query import Retrieval
from server.sums.bounds import is_money
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.result import STOPPED, Sum, asking, worked_held
from server.sums.units import units_of
from server.sums.working import Working

__all__ = ["by_country"]

_NUMBER = r"[\d一二两三四五六七八九十]{1,2}"
_COUNTRY = r"(?:个国家|国(?!家?(?:级|际|内|专利|标准|知识)))"
#: 每个国家（地区）只资助一次.
_EACH = re.compile(r"每一?(?:个国家|国)(?!级)")
#: 同一件专利最多资助2个国家（地区）; 每件最高不超过3个国家.
_MOST = re.compile(
    rf"(?:最多|最高|至多|不超过|不得超过|限)[^，,。；;\d]{{0,8}}?(?P<n>{_NUMBER}){_COUNTRY}"
)
_NAMES = re.compile(
    r"美国|欧盟|欧洲|日本|韩国|英国|德国|法国|意大利|瑞士|瑞典|荷兰|西班牙|俄罗斯|印度|巴西|墨西哥|加拿大|澳大利亚|新西兰|新加坡|马来西亚|泰国|越南|印度尼西亚|南非|以色列|香港|澳门|台湾"
)
_SAME = {"欧洲": "欧盟"}
_SAID = re.compile(
    rf"(?P<n>{_NUMBER})(?:个国家|国(?=[都均全拿获授，,、（(])|地(?=[都均全拿获授])|个地区)"
)
#: Each of several things is in all of the countries; 分别 may share them out.
_ALL_OF = re.compile(r"每[件项个]|都|均|各自?|全部?")
#: Not in each of those named, or in some of them only.
_UNEVEN = re.compile(r"没有?|未|还在|尚|驳回|除了|除外|只在|分别|其中|或者?|另外|其余|剩下")


def by_country(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What things come to in the countries that a question names, no more of them than the clause
    supports.

    None where the clause that fits best gives nothing by the country. It asks back where no
    country is named, and gives no sum where it is not certain in which of them each thing is.
    """
    if not retrieval.hits:
        return None
    index, address = likeness.retriever.index, retrieval.hits[0].passage.address
    text, question = index.clause(address)[1].text, retrieval.understanding.text
    rows, most = index.measures(address), _MOST.search(text)
    if not rows or not (most or _EACH.search(text)) or not any(f.is_count for f in facts):
        return None
    things = [f for f in facts if f.is_count and f.unit not in ("家", "户")]
    things = [f for f in things if not _SAID.match(question, f.start) and not _is_country(f)]
    named = _countries(question, text)
    if named == 0 and len(rows) != 1:
        return None
    if named is None or len(rows) != 1 or not _is_plain(rows[0]) or len(things) != 1:
        return STOPPED
    left = [f for f in facts if f not in things and not _is_country(f) and f.value != 1]
    if left or _UNEVEN.search(question):
        return STOPPED
    if not named:
        return asking(("在几个国家（地区）？",), rows)
    if named > 1 and things[0].value > 1 and not _ALL_OF.search(question[things[0].start :]):
        return STOPPED
    return _worked(things[0], named, rows[0], _limit(address, most))


def _is_country(fact: Fact) -> bool:
    return fact.region[len(fact.written) :].startswith(("国", "地区"))


def _countries(question: str, text: str) -> int | None:
    """How many countries are named, none twice; None where their number is told otherwise, or
    one is not of those that the clause lists."""
    names = {_SAME.get(name, name) for name in _NAMES.findall(question)}
    listed = {_SAME.get(name, name) for name in _NAMES.findall(text)}
    said = {int(read_number(m["n"])) for m in _SAID.finditer(question)}
    if len(said) > 1 or (names and said and said != {len(names)}):
        return None
    if listed and not re.search(r"等|其他|其它", text) and not names <= listed:
        return None
    number = len(names) or next(iter(said), 0)
    return None if listed and number > len(listed) else number


def _is_plain(row: Entitlement) -> bool:
    """Whether a measure is one amount for a thing, with nothing but limits for one recipient."""
    amount = row.amount
    plain = amount is not None and amount.unit.split("/")[0] == MONEY and amount.low is None
    more = row.unread or row.bounds or row.increments or row.tiers or row.rate
    limits = all(is_money(cap) and cap.scope == "recipient" for cap in row.caps)
    return plain and not more and limits and set(units_of(row)) <= {"次", "件", "项", "个"}


def _limit(address: Address, most: re.Match[str] | None) -> tuple[int, Span] | None:
    if most is None:
        return None
    span = Span(address, most.start(), most.end(), most[0])
    return int(read_number(most["n"])), span


def _worked(thing: Fact, named: int, row: Entitlement, limit: tuple[int, Span] | None) -> Sum:
    assert row.amount is not None
    working = Working()
    if limit and named > limit[0]:
        working.says(f"同一{thing.unit}{limit[1].text}", limit[1])
        named = limit[0]
    value = working.times([(thing.value, thing.unit)], row.amount)
    value = working.plus([value] * named)
    for cap in row.caps:
        name = "每年上限" if cap.yearly else "上限"
        value = working.capped(value, cap.quantity.value, name, cap.quantity.span)
    return worked_held(value, working)
