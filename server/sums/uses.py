"""Facts in their places: as what each goes into which measure, and which of them say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound, Span
from server.sums.bounds import holds, nearest
from server.sums.exclusions import is_excluded
from server.sums.facts import Fact
from server.sums.likeness import Likeness, row_text
from server.sums.related import counts_others_only, is_related, is_unrelated

__all__ = [
    "WHOLES",
    "Matched",
    "Role",
    "Use",
    "counts_apart",
    "in_part",
    "not_in_part",
    "part_beside_whole",
    "real_ones",
]

Role = Literal["base", "count", "unit", "bound", "deduction", "ceiling"]

_AGREED = re.compile(r"合同|约定|计划|预计|预算|写的|签[的了]")
_REAL = re.compile(r"实际|到账|兑现|收到|进账|实付|已付|付了|到位|(?:又|先|已)?到了?(?=\d)")
#: A base that is what was really paid.
_PAID = re.compile(r"实际|实付|实缴|到位|到账|支付的?")
#: Where a clause may not count what is done.
_ELSEWHERE = re.compile(r"外[地省市区县]|[省市区县境国]外|海外")
#: Two likenesses this far apart are told apart.
_APART = 0.08
#: What any amount may be called tells no part from its whole.
_OF_ANY_AMOUNT = frozenset({"金额", "费用", "资金", "年度", "投入", "支出", "收入"})

#: What a fact goes in as where a part of it may be told apart.
WHOLES = ("base", "count", "unit", "bound")


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
    ``aside`` amounts only agreed on where what was really paid is stated too, ``small`` amounts
    for things of which each costs too little, with that price and the threshold, ``excluded``
    what the clause says does not count, ``unmet`` what is said not to meet a condition of it.
    """

    uses: tuple[Use, ...]
    unused: tuple[Fact, ...]
    unclear: tuple[tuple[Entitlement, ...], ...]
    aside: tuple[Fact, ...] = ()
    small: tuple[tuple[Use, Fact, Bound], ...] = ()
    excluded: tuple[tuple[Fact, Span], ...] = ()
    unmet: tuple[tuple[Fact, Span], ...] = ()

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
    """Leave out what is only agreed (合同3600万) where what was really paid of it is stated too,
    and goes into a base that is what was really paid."""
    bases = [use for use in uses if use.role == "base" and use.row.base]
    real = [u for u in bases if u.row.base and _PAID.search(u.row.base.text) and _is_real(u.fact)]

    def is_agreed(use: Use) -> bool:
        # 合同实际缴纳保费130万 is how a contract's 保费130万 is written out.
        words = re.sub(r"实际(?:缴纳|支付|发生)(?=[\u4e00-\u9fff]{1,4}\d)", "", use.fact.words)
        agreed = use.role in ("base", "bound") and bool(_AGREED.search(words))
        agreed = agreed and not _REAL.search(words)
        return agreed and any(u.row is use.row or _next_to(use, u) for u in real)

    return [use for use in uses if not is_agreed(use)]


def _is_real(fact: Fact) -> bool:
    return bool(_REAL.search(fact.words)) and not fact.part


def _next_to(agreed: Use, real: Use) -> bool:
    """Whether what was paid is said right behind what was agreed."""
    behind = agreed.fact.start + len(agreed.fact.region)
    return agreed.fact.start < real.fact.start <= behind and real.fact.value <= agreed.fact.value


def in_part(uses: Sequence[Use], facts: Sequence[Fact], likeness: Likeness) -> list[Use]:
    """Hold amounts and counts to the part of them that counts: 7个完成备案，其中5个….

    A part that does not count is taken off. Of things counted the part alone is meant, unless the
    measure adds something in a further case: then the part is one of its own, to be told apart.
    """
    # 其中单台50万元以上的设备2600万元: what each costs is no part itself.
    for part in [f for f in facts if f.part and not (f.of_one and f.is_threshold)]:
        same = [u for u in uses if u.fact.unit == part.unit and u.fact.start < part.start]
        wholes = [u for u in same if u.role in WHOLES and not u.fact.part]
        nearest = max((u.fact.start for u in wholes), default=0)
        wholes = [u for u in wholes if u.fact.start == nearest and u.fact.value > part.value]
        row, said = wholes[0].row if wholes else None, part.words + part.region
        others = row is not None and _of_others_only(row, likeness)
        if others and is_unrelated(said):
            # What alone counts stands in the place of all.
            own = [] if _ELSEWHERE.search(said) else [replace(u, fact=part) for u in wholes]
            uses = [u for u in uses if u not in wholes and u.fact is not part] + own
        elif row and (part.left_out or _falls_short(part, row, facts, likeness)
                    or (others and is_related(said))
                    or is_excluded(part, row_text(row), row.address, likeness.retriever)):  # fmt: skip
            uses = [u for u in uses if u in wholes or not part.covers(u.fact)]
            uses = [replace(u, less=(*u.less, part)) if u in wholes else u for u in uses]
        elif part.is_count and wholes:
            own = [replace(u, fact=part) for u in wholes]
            rest = [replace(u, less=(*u.less, part)) for u in wholes if u.row.increments]
            uses = [u for u in uses if u not in wholes and u.fact is not part] + rest + own
    # 厂房7000万 of which the whole is not stated for a measure is no amount of its own either.
    return [u for u in uses if not (u.role == "base" and u.fact.left_out)]


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


def _of_others_only(row: Entitlement, likeness: Likeness) -> bool:
    return counts_others_only(likeness.retriever.index.clause(row.address)[1].text)


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
        if _says_more(part, same, base):
            uses = [u for u in uses if u not in same]
            continue
        if abs(own - whole) < _APART:
            unused.append(part.fact)
        uses = (
            [u for u in uses if u is not part]
            if own <= whole
            else [u for u in uses if u not in same]
        )
    return uses


def _says_more(part: Use, wholes: Sequence[Use], base: str) -> bool:
    """Whether a part is called something of the base that its whole is not: 里面新增的6000万."""
    pairs = {base[at : at + 2] for at in range(len(base) - 1)} - _OF_ANY_AMOUNT
    said = {pair for pair in pairs if pair in part.fact.words}
    return any(all(pair not in use.fact.words for use in wholes) for pair in said)


def part_beside_whole(matched: Matched) -> bool:
    """Whether an amount is the base of one clause's measure, and a part of it of another one's:
    what is counted once already; or whether things that each cost too little are a part of it
    (其中单台30万的花了500万)."""
    bases = [use for use in matched.uses if use.role == "base"]
    return any(price.part for _, price, _ in matched.small) or any(
        part.fact.part
        and whole.row.address != part.row.address
        and whole.fact.start < part.fact.start
        and whole.fact.value > part.fact.value
        for part in bases
        for whole in bases
    )
