"""Amounts that come on top of one for each thing, for some of them: 每完成1家诊断给予3万元；诊断后实施改造且投资达到500万元的，
每家再给予2万元; and the cases of which nothing is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.sums.bounds import RELATIONS, as_written, meets
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.unit_amounts import UnitAmount, Uplift
from server.sums.unit_kinds import MEASURED, is_said, share_said, units_of_amount

__all__ = ["cases_left", "on_top", "said_on_top", "thresholds_left", "without_met"]

#: A number with the factors that it is made of.
_Number = tuple[tuple[tuple[Decimal, str], ...], Fact]
#: A case said of each of several things: 三个列入目录，都是前三家.
_ALL = re.compile("都|均|全部")
_NOT = re.compile(r"没|未|不|还差|除外")
#: So much of the name of a case is said of a part of those counted (其中4家后来真的改造了).
_OF_PART = 0.25
_SPOKEN = 0.3


def without_met(
    facts: Sequence[Fact],
    amounts: Sequence[UnitAmount],
    rows: Sequence[Entitlement],
    likeness: Likeness,
) -> Sequence[Fact]:
    """The figures without an amount that only meets a threshold of what comes on top."""
    spans = [one.amount.span.start for one in amounts if one.added]
    bounds = [
        b for r in rows if r.amount and r.amount.span.start in spans
        for b in r.bounds if b.quantity.unit == MONEY
    ]  # fmt: skip
    met = [
        fact
        for fact in facts
        for b in bounds
        if fact.unit == MONEY
        and b.of
        and likeness.mutual(b.of.text, fact.words) >= _SPOKEN
        and meets(fact, b, likeness)
    ]
    return [fact for fact in facts if fact not in met]


def said_on_top(
    amounts: Sequence[UnitAmount], numbers: Sequence[_Number], question: str
) -> list[UnitAmount]:
    """The amounts on top whose case the question names; the only one, where a part of those counted is
    told apart by some of its name."""
    added = [one for one in amounts if one.added]
    named = [one for one in added if is_said(one.label, question)]
    if named or len(added) != 1:
        return named
    parts = [fact for _, fact in numbers if fact.part and _is_of(fact, added[0])]
    return added if len(parts) == 1 else []


def _is_of(fact: Fact, amount: UnitAmount) -> bool:
    said = fact.words + fact.region
    # 实施改造且投资达到500万元: each demand by itself.
    told = max(share_said(part, said) for part in re.split("且|并", amount.label)) >= _OF_PART
    return told and not _NOT.search(said) and fact.unit in units_of_amount(amount)


def on_top(
    amount: UnitAmount, numbers: Sequence[_Number], question: str
) -> Sequence[_Number] | None:
    """The part that gets an amount on top, by its name, else the first figure behind the name; None
    where that is not told."""
    parts = [(p, f) for p, f in numbers if f.part and share_said(amount.label, f.words + f.region)]
    if not parts:
        place = max(question.find(amount.label[-3:]), 0)
        behind = [(p, f) for p, f in numbers if f.start > place and not f.part]
        parts = behind[:1] if amount.unit in MEASURED or len(numbers) == 1 else []
        if len(numbers) == 1 and _ALL.search(question[numbers[0][1].start : place]):
            parts = list(numbers)
    if len(parts) != 1:
        return None
    number = Decimal(1)
    for value, _ in parts[0][0]:
        number *= value
    return [] if amount.least and number < amount.least.value else parts


def cases_left(
    used: Sequence[UnitAmount],
    amounts: Sequence[UnitAmount],
    uplifts: Sequence[Uplift],
    question: str,
) -> tuple[str, ...]:
    """The further cases of a clause that the question does not name."""
    cases = [one.label for one in amounts if one.added] + [one.label for one in uplifts]
    labels = [one.label for one in used]
    return tuple(
        f"没有“{label}”的情形"
        for label in dict.fromkeys(cases)
        if label not in labels and not is_said(label, question)
    )


def thresholds_left(
    used: Sequence[UnitAmount], rows: Sequence[Entitlement], facts: Sequence[Fact]
) -> tuple[str, ...]:
    """Thresholds in money of what comes on top, where the question states no amount."""
    spans = [one.amount.span.start for one in used if one.added]
    if any(fact.unit == MONEY for fact in facts):
        return ()
    return tuple(
        f"{b.of.text}{RELATIONS[b.relation]}{as_written(b)}"
        for r in rows if r.amount and r.amount.span.start in spans
        for b in r.bounds if b.quantity.unit == MONEY and b.of
    )  # fmt: skip
