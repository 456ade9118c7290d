"""What is added where one amount is so large a share of another: 研发费用占营业收入比例达到6%以上."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY
from server.sums.bounds import is_money
from server.sums.facets import kinds_of_base
from server.sums.factors import likeness_of_names
from server.sums.facts import Fact
from server.sums.money import written
from server.sums.on_top import More, more_behind
from server.sums.working import Working

__all__ = ["Bonus", "bonus_behind", "whole_of"]

_OF = re.compile(
    r"占(?P<whole>[^，。；\d]{2,16}?)的?(?:比例|比重|比率)?(?:在|达到?|超过|不低于|高于)?$"
)
#: An amount is called what the clause says where its name is as much like it.
_CALLED = 0.5


@dataclass(frozen=True, slots=True)
class Bonus:
    """What is added in a further case. ``whole``: the amount that its case takes a share of,
    ``share``: the share itself, where the question says one of them."""

    more: More
    whole: Fact | None
    share: Fact | None

    def added_to(
        self,
        value: Decimal,
        row: Entitlement,
        part: Fact | None,
        working: Working,
        assumed: list[str],
    ) -> Decimal:
        """Add what is given if the case is stated, within the limits that are on both together."""
        least = self.more.least
        if least is None or (self.share is None and (self.whole is None or part is None)):
            assumed.append(f"没有“{self.more.case}”的情形")
            return value
        if not self._reached(part, least, working):
            return value
        value = working.plus([value, self.more.amount.value], [self.more.amount.span])
        for cap in (c for c in row.caps if is_money(c) and c.quantity.span.address != row.address):
            name = "每年上限" if cap.yearly else "上限"
            value = working.capped(value, cap.quantity.value, name, cap.quantity.span)
        return value

    def _reached(self, part: Fact | None, least: Quantity, working: Working) -> bool:
        if self.share:
            one, limit = self.share, least.value
            shown = written(limit, least.unit)
        else:
            assert self.whole and part
            one, limit = part, working.share(self.whole.value, least)
            shown = written(limit, MONEY)
        reached = one.value >= limit
        said = f"达到{shown}" if reached else f"未达到{shown}，不能享受增加的部分"
        working.says(f"{one.written} {said}", least.span)
        return reached


def bonus_behind(
    rows: Sequence[Entitlement], facts: Sequence[Fact], index: ClauseIndex
) -> Bonus | None:
    """What the clause behind some measures adds to them, with what is stated of its case."""
    found = [more for row in rows for more in more_behind(index, row)]
    if len(found) != 1:
        return None
    shares = [f for f in facts if f.unit == "%"]
    return Bonus(found[0], whole_of(found[0].case, facts), shares[0] if len(shares) == 1 else None)


def whole_of(case: str, facts: Sequence[Fact]) -> Fact | None:
    """The amount stated that a case takes a share of; None where it takes none, or none is called so.

    >>> from server.sums.facts import stated_facts
    >>> facts = stated_facts("研发费1500万，营业收入2亿元")
    >>> whole_of("研发费用占营业收入比例达到6%以上", facts).written
    '2亿元'
    """
    match = _OF.search(re.split(r"\d", case)[0])
    if match is None:
        return None
    name, kinds = match["whole"], kinds_of_base(match["whole"])
    called = [
        f
        for f in facts
        if f.unit == MONEY
        and (kinds & kinds_of_base(f.words) or likeness_of_names(name, f.words) >= _CALLED)
    ]
    return called[0] if len(called) == 1 else None
