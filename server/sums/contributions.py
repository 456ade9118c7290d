"""What a share of pay that a clause lowers to a floor comes to: 缴存比例下限5%，40人，每人基数6000元."""

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
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.working import Working

__all__ = ["contributions"]

_FLOOR = re.compile(
    r"(?:缴存|缴费|缴纳)比例[^。；\d]{0,16}?(?:下限|最低|降至|降低至|降到)[^。；\d]{0,10}?(?P<share>\d{1,2}(?:\.\d{1,2})?[%％])"
)
_LOWEST = re.compile(r"最低|下限|最少|底线")
_PAID = re.compile(r"[缴交付]\S{0,4}(?:多少|几)")
#: Both sides pay alike: what both together pay is twice as much, and how much less it is takes the share before.
_BOTH_OR_LESS = re.compile(r"一共缴|合计|两边|双方|个人[和加]|少[缴交付]|省|原来|原先")
_EACH = re.compile(r"每人|人均|每个|基数|工资")


def contributions(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What a company pays at the lowest share, where the question asks for that and states the pay
    and the persons; None where the clause that fits best sets no such share."""
    question = retrieval.understanding.text
    if not retrieval.hits or not _LOWEST.search(question) or not _PAID.search(question):
        return None
    address = retrieval.hits[0].passage.address
    share = _share(likeness.retriever.index.clause(address)[1].text, address)
    if share is None:
        return None
    money = [f for f in facts if f.unit == MONEY and _EACH.search(f.words)]
    persons = [f for f in facts if f.unit == "人" and f.value > 1]
    others = [f for f in facts if f not in money and f not in persons and f.value != 1]
    if len(money) != 1 or len(persons) != 1 or others or _BOTH_OR_LESS.search(question):
        return STOPPED
    working = Working()
    pay = Quantity(money[0].value, f"{MONEY}/人", share.span)
    whole = working.times([(persons[0].value, "人")], pay)
    return worked_alone(working.share(whole, share), MONEY, "", working)


def _share(text: str, address: Address) -> Quantity | None:
    """The one share that a clause says such contributions may be lowered to."""
    found = list(_FLOOR.finditer(text))
    if len(found) != 1:
        return None
    q = find_quantities(found[0]["share"])[0]
    return quantity_at(address, found[0]["share"], q, found[0].start("share"))
