"""Facts in their places: as what each goes into which measure, and which of them say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.entitlements import Entitlement
from server.sums.bounds import holds, nearest
from server.sums.facts import Fact
from server.sums.likeness import Likeness

__all__ = ["Matched", "Role", "Use", "counts_apart", "in_part", "not_in_part", "real_ones"]

Role = Literal["base", "count", "unit", "bound", "deduction", "ceiling"]

_AGREED = re.compile(r"合同|约定|计划|预计|预算|写的|签的")
_REAL = re.compile(r"实际|到账|实付|已付|付了|到位")
#: Two likenesses this far apart are told apart.
_APART = 0.08


@dataclass(frozen=True, slots=True)
class Use:
    """A fact, the measure it goes into, and as what; ``less`` are parts of it that
    do not count, or count apart."""

    fact: Fact
    row: Entitlement
    role: Role
    score: float
    less: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """Facts in their places; ``unclear`` are groups of measures that the words do not tell apart,
    ``aside`` amounts only agreed on where what was really paid is stated too.
    """

    uses: tuple[Use, ...]
    unused: tuple[Fact, ...]
    unclear: tuple[tuple[Entitlement, ...], ...]
    aside: tuple[Fact, ...] = ()

    def of(self, row: Entitlement, *roles: Role) -> list[Use]:
        """The facts that go into a measure as one of some roles."""
        return [use for use in self.uses if use.row is row and use.role in roles]


def counts_apart(uses: Sequence[Use]) -> list[Use]:
    """Leave out counts that only say of how many things the amounts stated are: 两个项目，分别是…."""
    bases = [use for use in uses if use.role in ("base", "unit")]
    if not bases:
        return list(uses)
    there = {use.row.address for use in bases}
    return [
        use
        for use in uses
        if use.role != "count" or (use.row.address in there and use.fact.value != len(bases))
    ]


def real_ones(uses: Sequence[Use]) -> list[Use]:
    """Of several amounts for a base that is what was really paid, leave out what is only agreed."""
    kept = []
    for use in uses:
        base = use.row.base.text if use.role == "base" and use.row.base else ""
        if "实际" in base and _AGREED.search(use.fact.words) and not _REAL.search(use.fact.words):
            rivals = [u for u in uses if u.row is use.row and u.role == "base" and u is not use]
            if any(_REAL.search(u.fact.words) for u in rivals):
                continue
        kept.append(use)
    return kept


def in_part(uses: Sequence[Use], facts: Sequence[Fact], likeness: Likeness) -> list[Use]:
    """Hold amounts and counts to the part of them that counts: 7个完成备案，其中5个….

    A part that does not count is taken off. Of things counted the part alone is meant, unless the
    measure adds something in a further case: then the part is one of its own, to be told apart.
    """
    for part in [fact for fact in facts if fact.part]:
        same = [u for u in uses if u.fact.unit == part.unit and u.fact.start < part.start]
        wholes = [u for u in same if u.role in ("base", "count", "unit") and not u.fact.part]
        nearest = max((u.fact.start for u in wholes), default=0)
        wholes = [u for u in wholes if u.fact.start == nearest and u.fact.value > part.value]
        if wholes and (part.left_out or _falls_short(part, wholes[0].row, facts, likeness)):
            uses = [u for u in uses if u in wholes or not part.covers(u.fact)]
            uses = [replace(u, less=(*u.less, part)) if u in wholes else u for u in uses]
        elif part.is_count and wholes:
            own = [replace(u, fact=part) for u in wholes]
            rest = [replace(u, less=(*u.less, part)) for u in wholes if u.row.increments]
            uses = [u for u in uses if u not in wholes and u.fact is not part] + rest + own
    return list(uses)


def _falls_short(part: Fact, row: Entitlement, facts: Sequence[Fact], likeness: Likeness) -> bool:
    """Whether a figure said of a part does not reach a threshold of its own measure: 其中400万元是
    单台30万元的设备 where 单台50万元以上 counts."""
    inside = [f for f in facts if f is not part and part.covers(f)]
    return any(
        nearest(bound, row, fact, likeness) and not holds(fact.value, bound)
        for fact in inside
        for bound in row.bounds
        if bound.of and likeness.mutual(bound.of.text, fact.words)
    )


def not_in_part(uses: list[Use], unused: list[Fact], likeness: Likeness) -> list[Use]:
    """Of an amount and one that is a part of it (其中…) only one is a base: the more alike.

    Where neither is, what the part means is for the asker to say: both stay unused.
    """
    for part in [use for use in uses if use.role == "base" and use.fact.part]:
        same = [u for u in uses if u.row is part.row and u.role == "base" and u is not part]
        if not same:
            continue
        base = part.row.base.text if part.row.base else ""
        own = likeness.mutual(base, part.fact.words)
        whole = max(likeness.mutual(base, use.fact.words) for use in same)
        if abs(own - whole) < _APART:
            unused.append(part.fact)
        uses = (
            [u for u in uses if u is not part]
            if own <= whole
            else [u for u in uses if u not in same]
        )
    return uses
