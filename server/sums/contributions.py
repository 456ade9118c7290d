"""What a share of pay that a clause lowers to a floor comes to: 缴存比例下限5%，40人，每人基数6000元; or one
that a company may choose, no less than a lowest amount for each person: 单方209元/月."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.working import Working

__all__ = ["contributions"]

_FLOOR = re.compile(
    r"(?:缴存|缴费|缴纳)比例[^。；\d]{0,16}?(?:下限|最低|降至|降低至|降到)[^。；\d]{0,10}?(?P<share>\d{1,2}(?:\.\d{1,2})?[%％])"
)
#: The company chooses the share, up to a limit.
_CHOSEN = re.compile(
    r"(?P<most>\d{1,2}(?:\.\d{1,2})?[%％])(?:以内|以下|（含）以内)?[^。；\d]{0,8}?自[主行](?:确定|选择)[^。；\d]{0,10}(?:缴存|缴费|缴纳)比例"
)
#: What each side pays at least each month.
_LEAST = re.compile(
    r"缴[存纳]?额[^。；\d]{0,6}(?:不得?低于|不少于)[^。；\d]{0,60}?(?:单方|单位)[^。；\d]{0,4}(?P<least>\d[\d.]*元)(?:/月|每月)"
)
_LOWEST = re.compile(r"最低|下限|最少|底线")
_PAID = re.compile(r"[缴交付]\S{0,4}(?:多少|几)")
#: Both sides pay alike: what both together pay is twice as much, and how much less it is takes the share before;
#: pay is that of a month.
_BOTH_OR_LESS = re.compile(
    r"一共缴|合计|两边|双方|个人[和加]|少[缴交付]|省|原来|原先|[一全每半]年|季度"
)
_EACH = re.compile(r"每人|人均|每个|基数|工资")


def contributions(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What a company pays at the lowest share, where the question asks for that and states the pay
    and the persons, or at the share it chooses; None where the clause that fits best sets no such
    share."""
    question = retrieval.understanding.text
    if not retrieval.hits or not _PAID.search(question):
        return None
    address = retrieval.hits[0].passage.address
    text = likeness.retriever.index.clause(address)[1].text
    shares = [f for f in facts if f.unit == "%"]
    if shares and (most := _figure(_CHOSEN, text, address)):
        return _at_share(shares, most, _figure(_LEAST, text, address), facts, question)
    share = _figure(_FLOOR, text, address) if _LOWEST.search(question) else None
    if share is None:
        return None
    stated = _stated(facts, question)
    if stated is None:
        return STOPPED
    working, (pay, persons) = Working(), stated
    each = Quantity(pay.value, f"{MONEY}/人", share.span)
    whole = working.times([(persons.value, "人")], each)
    return worked_alone(working.share(whole, share), MONEY, "", working)


def _at_share(
    shares: Sequence[Fact],
    most: Quantity,
    least: Quantity | None,
    facts: Sequence[Fact],
    question: str,
) -> Sum:
    """What is paid at a share that a company chooses, for each person no less than the lowest."""
    stated = _stated([f for f in facts if f not in shares], question)
    if stated is None or least is None or len(shares) > 1 or shares[0].value > most.value:
        return STOPPED
    working, (pay, persons) = Working(), stated
    each = working.share(pay.value, Quantity(shares[0].value, "%", most.span))
    if each < least.value:
        lowest = written(least.value, MONEY)
        working.says(f"{written(each, MONEY)} 低于最低{lowest}，按{lowest}", least.span)
        each = least.value
    whole = working.times([(persons.value, "人")], Quantity(each, f"{MONEY}/人", least.span))
    return worked_alone(whole, MONEY, "", working)


def _stated(facts: Sequence[Fact], question: str) -> tuple[Fact, Fact] | None:
    """The pay and the persons that a question states; None where it states others too, or asks for
    what both sides pay."""
    money = [f for f in facts if f.unit == MONEY and _EACH.search(f.words)]
    persons = [f for f in facts if f.unit == "人" and f.value > 1]
    others = [f for f in facts if f not in money and f not in persons and f.value != 1]
    if len(money) != 1 or len(persons) != 1 or others or _BOTH_OR_LESS.search(question):
        return None
    return money[0], persons[0]


def _figure(pattern: re.Pattern[str], text: str, address: Address) -> Quantity | None:
    """The one figure that a clause states in such words."""
    found = list(pattern.finditer(text))
    if len(found) != 1:
        return None
    figure = found[0][1]
    q = find_quantities(figure)[0]
    return quantity_at(address, figure, q, found[0].start(1))
