"""What of a cost is deducted on top of it: 按实际发生额的75%加计扣除."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.working import Working

__all__ = ["added_deduction"]

_RULE = re.compile(
    r"按照?(?:其)?(?:实际)?(?:发生|支付)(?:的?金?额|费用)?的(?P<rate>\d{2,3}(?:\.\d)?[%％])(?:在?税前|在计算应纳税所得额时)?加计扣除"
)
_ASKED = re.compile(r"扣")
_ADDED = re.compile(r"加计|额外|另外?|再|多扣|多抵|之外|除了|除这")
_TOTAL = re.compile(r"一共|总共|合计|总计|加起来|全部")
#: What is capitalised is written off over years; what is saved in tax is another sum.
_OTHER = re.compile(
    r"无形资产|资本化|摊销|委托|境外|(?:省|(?<!多)少)[^，。；？?]{0,6}税|税[^，。；？?]{0,4}(?:省|(?<!多)少)|亏损|其中"
)
#: 未形成无形资产 is the plain case.
_NOT_FORMED = re.compile(r"(?:没有?|未|不)形成无形资产")
_SPENT = re.compile(r"研发|研究|开发|费用|投入|支出|花")


def added_deduction(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is deducted on top of a cost that a question states, or with it where all is asked for.

    None where the clause that fits best adds nothing.
    """
    question = retrieval.understanding.text
    money = [f for f in facts if f.unit == MONEY and f.value]
    if not retrieval.hits or not money or not _ASKED.search(question):
        return None
    address = retrieval.hits[0].passage.address
    text = likeness.retriever.index.clause(address)[1].text
    found = list(_RULE.finditer(text))
    if not found:
        return None
    costs = {f.value for f in money}
    rest = [f for f in facts if f not in money and f.value != 1]
    added, total = bool(_ADDED.search(question)), bool(_TOTAL.search(question))
    unsure = (
        len(found) > 1
        or len(costs) > 1
        or rest
        or money[0].vague
        or _OTHER.search(_NOT_FORMED.sub("", question))
    )
    if unsure or not (added or total) or not any(_SPENT.search(f.words) for f in money):
        return STOPPED
    rate = find_quantities(found[0]["rate"])[0]
    working = Working()
    value = working.share(
        money[0].value, quantity_at(address, found[0]["rate"], rate, found[0].start("rate"))
    )
    if total and not added:
        value = working.plus([money[0].value, value])
    return worked_alone(value, MONEY, "", working)
