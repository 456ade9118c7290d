"""Amounts that only meet a threshold, beside the one that the rate is of: 固投5000万, 设备款4500万."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.sums.each_thing import item_bounds
from server.sums.kinds import is_paid_for
from server.sums.likeness import Likeness
from server.sums.units import SHARED_UNITS, full_of, units_of
from server.sums.uses import Use

__all__ = ["only_thresholds"]

#: Two likenesses this far apart are told apart.
_APART = 0.05
_MORE = re.compile(r"另|还有|又|再")


def only_thresholds(uses: Sequence[Use], likeness: Likeness) -> list[Use]:
    """Of several amounts in the base of a measure with a threshold of something else, put those
    that are called what the threshold is of there.

    Where the words of one of them do not tell which it is, none is a base: the sum would be of
    the wrong one, or of both.
    """
    kept = [use for use in uses if not _goes_on(use, uses, likeness)]
    for row in {id(use.row): use.row for use in uses}.values():
        same = [u for u in kept if u.row is row and u.role == "base" and not u.fact.part]
        of = _other_amount(same[0]) if len(same) > 1 else ""
        if not of or row.base is None:
            continue
        lean = {id(u): _leans(u, of, row.base.text, likeness) for u in same}
        if all(value > 0 for value in lean.values()):
            # 两个项目，设备款1000万和2000万: nothing is said of the threshold.
            continue
        if not any(value > 0 for value in lean.values()) or 0 in lean.values():
            kept = [u for u in kept if id(u) not in lean]
            continue
        kept = [replace(u, role="bound") if lean.get(id(u), 1) < 0 else u for u in kept]
    return [*kept, *_multiplied_too(kept)]


def _multiplied_too(uses: Sequence[Use]) -> list[Use]:
    """Figures of a threshold that the amount of its measure is multiplied by as well: 展览面积1万平方米
    以上的，按展览面积每平方米20元."""
    taken = {id(use.row) for use in uses if use.role in ("unit", "count")}
    return [
        replace(use, role="unit")
        for use in uses
        if use.role == "bound" and use.fact.unit in _multiplied(use.row)
        and use.fact.unit not in SHARED_UNITS and id(use.row) not in taken
    ]  # fmt: skip


def _multiplied(row: Entitlement) -> tuple[str, ...]:
    """The units by which an amount is multiplied, also by how often a figure holds so much (每满5000万元)."""
    full = full_of(row)
    return (*units_of(row), full.unit) if full else units_of(row)


def _goes_on(use: Use, uses: Sequence[Use], likeness: Likeness) -> bool:
    """Whether an amount only goes on with one that a threshold took: 固投一笔4000万、另一笔2500万."""
    if use.role != "base" or not _MORE.match(use.fact.words):
        return False
    base = use.row.base.text if use.row.base else ""
    bounds = [u.fact for u in uses if u.row is use.row and u.role == "bound"]
    after = any(f.start < use.fact.start and f.unit == use.fact.unit for f in bounds)
    return after and not likeness.mutual(base, use.fact.words)


def _other_amount(use: Use) -> str:
    """What a threshold in money is of that is neither what the rate is of nor one thing's price."""
    row = use.row
    base, priced = row.base.text if row.base else "", item_bounds(row, use.fact)
    own = [b for b in row.bounds if b.quantity.unit == MONEY and b not in priced]
    found = [b.of.text for b in own if b.of]
    found = [of for of in found if of not in base and base not in of]
    found = [of for of in found if not is_paid_for(of, base)]
    return found[0] if found else ""


def _leans(use: Use, of: str, base: str, likeness: Likeness) -> int:
    """1 where an amount is called what the rate is of, -1 where what the threshold is of, 0 where
    its words do not tell."""
    apart = likeness.mutual(base, use.fact.words) - likeness.mutual(of, use.fact.words)
    return 0 if abs(apart) < _APART else 1 if apart > 0 else -1
