"""A fee that is so many points of an amount less: 担保600万元，综合费率降低0.5个百分点 is 3万元 a year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.facts import Fact
from server.sums.left_to_pay import asks_what_is_left
from server.sums.likeness import Likeness
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working

__all__ = ["fee_points"]

#: What a rate of fees is of.
_LENT = re.compile(r"贷|担保|保函|融资|保额|借")
#: A fee that is paid already, or a price of anything else, is not what the rate is of.
_FEE = re.compile(r"费(?!率)|利息|工资|租|税|营收|收入|产值|注册资")
_SPOKEN = 0.1


def fee_points(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """By how much a fee is less in a year, where the clause that fits best lowers its rate by points.

    No sum where it states anything but the one amount that is lent or guaranteed, and the time.
    """
    index, question = likeness.retriever.index, retrieval.understanding.text
    if not retrieval.hits:
        return None
    address = retrieval.hits[0].passage.address
    rows = [row for row in index.measures(address) if row.rate and "百分点" in row.rate.span.text]
    money = [fact for fact in facts if fact.unit == MONEY]
    if not rows or not money:
        return None
    years = [f for f in facts if f.unit == "年" and not f.past]
    rest = [f for f in facts if f not in money and f not in years and f.value != 1]
    lent = [f for f in money if _LENT.search(f.words) and not _FEE.search(f.words)]
    text = index.clause(address)[1].text
    unsure = len(rows) != 1 or len(money) != 1 or len(lent) != 1 or len(years) > 1 or rest
    if unsure or asks_what_is_left(question) or likeness.share(text, question) < _SPOKEN:
        return STOPPED
    rate = rows[0].rate
    assert rate is not None
    working = Working()
    value = working.share(lent[0].value, rate)
    if years and years[0].value != 1:
        value = working.over(value, years[0].value)
    assumed = [] if years or re.search("每年|全年|年费|一年", question) else ["按1年算"]
    return worked_held(value, working, assumed)
