"""An amount for each person above a share of all: 达到职工总数1.5%后，每超比例安排1名奖励6000元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.bounds import RELATIONS, as_written, is_money
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["over_ratio"]

_RATIO = re.compile(
    r"(?:达到?|超过|高于)[^，。；\d]{0,16}?(?:职工|员工|用工|从业人员|人员)[^，。；\d]{0,6}?(?P<share>\d{1,2}(?:\.\d{1,2})?%)"
)
_EACH = re.compile(r"每(?:超[^，。；\d]{0,10}|多[^，。；\d]{0,8})1?(?:人|名)")
_STAFF = re.compile(r"公司|企业|单位|厂|店|员工|职工|总共|一共|全部|在职|号人")
_TAKEN = re.compile(r"安置|安排|招用?|吸纳|录用|残疾人")
_SPOKEN = 0.1


def over_ratio(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is given for the persons above a share of all who work there; None where the clause that
    fits best gives nothing of the kind, no sum where the question does not state both numbers."""
    if not retrieval.hits:
        return None
    index, question = likeness.retriever.index, retrieval.understanding.text
    address = retrieval.hits[0].passage.address
    text = index.clause(address)[1].text
    rows = [row for row in index.measures(address) if row.amount and not row.unread]
    ratio = _RATIO.search(text)
    if ratio is None or not _EACH.search(text) or len(rows) != 1:
        return None
    persons = [f for f in facts if f.unit == "人" and not f.past]
    numbers = _numbers(persons)
    if not persons:
        return None
    if numbers is None or likeness.share(text, question) < _SPOKEN:
        return STOPPED
    q = find_quantities(ratio["share"])[0]
    share = quantity_at(address, ratio["share"], q, ratio.start("share"))
    return _worked(rows[0], share, *numbers, any(f.past for f in facts))


def _worked(
    row: Entitlement, share: Quantity, taken: Decimal, staff: Decimal, over_time: bool
) -> Sum:
    """The lines of a sum; ``over_time``: the question says for how long they have been there."""
    least = staff * share.value / 100
    if least != least.to_integral_value() or row.amount is None:
        # Whether a part of a person counts is not said.
        return STOPPED
    least = least.to_integral_value()
    working = Working()
    working.says(f"{written(staff, '人')} × {plain(share.value)}% = {plain(least)}人", share.span)
    over = working.minus(taken, least, share.span, unit="人")
    if not over:
        return _sum(Decimal(0), working, ())
    value = working.times([(over, "人")], row.amount)
    for cap in (cap for cap in row.caps if is_money(cap)):
        name = "每年上限" if cap.yearly else "上限"
        value = working.capped(value, cap.quantity.value, name, cap.quantity.span)
    bounds = [b for b in row.bounds if b.quantity.unit != "%" and not over_time]
    assumed = [f"{b.of.text if b.of else ''}{RELATIONS[b.relation]}{as_written(b)}" for b in bounds]
    return _sum(value, working, assumed)


def _numbers(persons: Sequence[Fact]) -> tuple[Decimal, Decimal] | None:
    """How many were taken on and how many work there in all; None where that is not told."""
    found = [f for f in persons if _TAKEN.search(f.words)]
    taken = [f for f in found if not _STAFF.search(f.words)] or found
    staff = [f for f in persons if f not in taken and _STAFF.search(f.words)]
    if len(persons) != 2 or len(taken) != 1 or len(staff) != 1 or taken[0].value > staff[0].value:
        return None
    return taken[0].value, staff[0].value


def _sum(value: Decimal, working: Working, assumed: Sequence[str]) -> Sum:
    steps, caps = tuple(working.steps), tuple(working.caps)
    return Sum(
        Calculation(value, MONEY, written(value, MONEY), steps, caps, tuple(assumed)),
        unique(working.sources),
    )
