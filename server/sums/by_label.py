"""The amount of the one case of a clause that a question names by its label: B类 of A类、B类、C类人才."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.sums.facts import Fact
from server.sums.likeness import Likeness, own_words
from server.sums.result import Sum, worked_alone
from server.sums.units import units_of
from server.sums.working import Working

__all__ = ["labelled_amount"]

#: What the money is called, with what stands before it: 启动资金, 购房补贴.
_CALLED = re.compile(r"[\u4e00-\u9fff]{2}(?:资金|补贴|补助|奖励|津贴|资助|奖金|费)")
#: A label has at most as many characters.
_SHORT = 6


def labelled_amount(level: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The amount of the clause that fits best for the label named, where the question calls the
    money as the clause does; None where it names none or two of them, or states a figure."""
    question = level.understanding.text
    if not level.hits or any(f.value != 1 and not f.past for f in facts):
        return None
    address, index = level.hits[0].passage.address, likeness.retriever.index
    text = index.clause(address)[1].text
    rows = [row for row in index.measures(address) if row.amount]
    plain = all(
        row.amount and row.amount.unit == MONEY and row.amount.low is None
        and not (row.rate or row.unread or row.increments or row.caps or set(units_of(row)) - {"人"})
        for row in rows
    )  # fmt: skip
    called = _CALLED.findall(question)
    if len(rows) < 2 or not plain or not called or not all(name in text for name in called):
        return None
    labels = [own_words(row, rows) for row in rows]
    named = [row for row, label in zip(rows, labels, strict=True) if label in question]
    if len(named) != 1 or len(set(labels)) < len(rows) or max(map(len, labels)) > _SHORT:
        return None
    working = Working()
    assert named[0].amount is not None
    working.times((), named[0].amount)
    return worked_alone(named[0].amount.value, MONEY, "", working)
