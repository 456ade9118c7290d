"""Whether another measure may be meant, where those chosen come to nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.sums.bounds import holds, meets
from server.sums.facts import Fact
from server.sums.kinds import of_kind
from server.sums.likeness import event_text
from server.sums.matching import Matcher
from server.sums.uses import Matched

__all__ = ["another_meant"]

#: A question speaks of what a measure is for where it holds this share of it.
_SPOKEN = 0.1
#: What is said to be more is no amount just reached.
_OVER = re.compile(r"(?:超过了?|大于|高于|多于|突破了?)$")
#: Of an occasion that lists its kinds (实验动物、检测检验、医药供应链等) one is enough, and a quarter of it.
_KINDS, _MANY, _NAMED = re.compile(r"[、，,；;（）()]|等"), 3, 0.25


def another_meant(
    chosen: Sequence[Entitlement], matched: Matched, matcher: Matcher, facts: Sequence[Fact]
) -> bool:
    """Whether something else than the measures chosen may be asked for: a measure of another clause,
    one beside them that is reached, or none, where an amount only says a threshold."""
    return (
        _of_another_clause(chosen, matcher, facts)
        or _of_a_sister(chosen, matched, matcher)
        or _of_a_step(chosen, matched, matcher)
        or _restates(chosen, facts)
    )


def _of_another_clause(
    chosen: Sequence[Entitlement], matcher: Matcher, facts: Sequence[Fact]
) -> bool:
    """Whether an amount is called the kind of money that a measure of another clause is of,
    and the question does not speak of what the measures chosen are for."""
    if any(_speaks_of(row, matcher) for row in chosen):
        return False
    addresses = {row.address for row in chosen}
    others = [row for row, _ in matcher.rows if row.address not in addresses]
    amounts = [fact for fact in facts if fact.unit == MONEY]
    return any(of_kind(f.words, row.base, matcher.question) for f in amounts for row in others)


def _speaks_of(row: Entitlement, matcher: Matcher) -> bool:
    """Whether the question speaks of what a measure is for, or of one of many kinds of it."""
    share, event, question = matcher.likeness.share, event_text(row), matcher.question
    kinds = [kind for kind in _KINDS.split(event) if len(kind) > 1]
    named = len(kinds) > _MANY and any(share(k, question) >= _NAMED for k in kinds)
    return named or share(event, question) >= _SPOKEN


def _restates(chosen: Sequence[Entitlement], facts: Sequence[Fact]) -> bool:
    """Whether an amount only says the threshold of a measure: 收入超过1000万元的按多少奖."""
    limits = {b.quantity.value for row in chosen for b in row.bounds}
    return any(fact.value in limits and _OVER.search(fact.before) for fact in facts)


def _of_a_sister(chosen: Sequence[Entitlement], matched: Matched, matcher: Matcher) -> bool:
    """Whether a share stated reaches the threshold of another measure of the clause, of the
    same kind of support: then that may be meant, however its threshold is worded."""
    facts = [use.fact for use in matched.uses if use.role == "bound" and use.fact.unit == "%"]
    addresses = {row.address for row in chosen}
    return any(
        meets(fact, bound, matcher.likeness)
        for row, _ in matcher.rows
        if row.address in addresses and row not in chosen
        for bound in row.bounds
        if bound.quantity.unit == "%"
        for fact in facts
    )


def _of_a_step(chosen: Sequence[Entitlement], matched: Matched, matcher: Matcher) -> bool:
    """Whether a figure reaches the thresholds on the same thing of a measure in an item beside the one
    chosen: 500万元以上、不足2000万元 is a step of its own."""
    steps = [
        (use.fact, bound.of.text, use.row.address)
        for use in matched.uses
        if use.role == "bound" and any(use.row is row for row in chosen)
        for bound in use.row.bounds
        if bound.of and bound.quantity.unit == use.fact.unit
    ]
    for fact, of, address in steps:
        for row, _ in matcher.rows:
            own = [b for b in row.bounds if b.of and b.of.text == of]
            beside = row.address != address and row.address.path.parent == address.path.parent
            if beside and own and all(holds(fact.value, bound) for bound in own):
                return True
    return False
