"""Measures told apart by a threshold of one thing: 500人以下…，500人以上1000人以下…，1000人以上…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound
from indexer.entitlements.quantities import MONEY
from server.sums.bounds import as_written, holds, meets
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.uses import Matched, Use
from server.sums.working import Working

__all__ = ["are_steps", "base_of", "in_bracket", "in_own_bracket", "in_tier", "tell"]

#: A threshold is on the base of its rate where their names have this much in common.
_SAME = 0.5
_FROM_ON = re.compile(
    r"(?:不低于|不少于|达到?|超过|高于|大于|在)?(?:及|（含）|\(含\))*(?:以上)?的?"
)
#: 3个月应缴社会保险费用 is 社会保险费 as well.
_BOTH_ENDS = re.compile(
    r"(?:不低于|不少于|不足|不满|不超过|达到|超过|高于|低于|大于|小于|在|及|且|[（(]不?含[）)]|以[上下内]|[、，至到—～~-]|的|之间)*"
)
_COUNTED = re.compile(r"^(?:\d{1,2}|[一二三四五六])个月的?|(?<=费)用$")
_INCLUDED = re.compile(r"\s*(?:[（(]含|及以|（含）|或以)")
_ENDS = {">": "以上", ">=": "以上", "<": "以下", "<=": "以下"}


def in_bracket(
    rows: Sequence[Entitlement], uses: Sequence[Use], likeness: Likeness
) -> tuple[list[Entitlement], list[Entitlement]]:
    """Return the measures whose bracket a stated figure falls in, and their sisters, which are
    then not meant.

    A figure that two brackets hold chooses neither, unless both only say from where on they
    begin: then the one reached last counts.
    """
    chosen: list[Entitlement] = []
    dropped: list[Entitlement] = []
    for fact in dict.fromkeys(use.fact for use in uses if use.role == "bound"):
        bound = [use.row for use in uses if use.fact is fact and use.role == "bound"]
        for address in dict.fromkeys(row.address for row in bound):
            sisters = [row for row in rows if row.address == address and row in bound]
            if not _are_brackets(sisters, fact):
                continue
            own = _own_bracket(sisters, fact, likeness)
            chosen += [own] if own else []
            dropped += [row for row in sisters if row is not own]
    return chosen, dropped


def in_own_bracket(
    uses: Sequence[Use],
    rows: Sequence[Entitlement],
    unclear: Sequence[tuple[Entitlement, ...]],
    likeness: Likeness,
) -> tuple[list[Use], list[tuple[Entitlement, ...]]]:
    """Amounts put into the share whose bracket holds (增长20%以内的补30%，20%以上的补50%), and what
    is unclear but for the brackets; where none holds, the amount goes into none."""
    chosen, dropped = in_bracket(rows, uses, likeness)
    own = {row.address: row for row in chosen if row.rate}
    moved = []
    for use in uses:
        if use.role == "base" and any(use.row is row for row in dropped):
            if use.row.address not in own:
                continue
            use = replace(use, row=own[use.row.address])
        moved.append(use)
    told = {row.address for row in chosen}
    return moved, [group for group in unclear if group[0].address not in told]


def in_tier(uses: Sequence[Use], rows: Sequence[Entitlement], likeness: Likeness) -> list[Use]:
    """Amounts put into the rate whose threshold they reach: 500万元以上的按8%…；5000万元以上的按10%.

    Only rates of one clause with the same thing as base and threshold; the one reached last counts.
    """
    return [_in_own_tier(use, rows, likeness) for use in uses]


def _in_own_tier(use: Use, rows: Sequence[Entitlement], likeness: Likeness) -> Use:
    row, fact = use.row, use.fact
    base = base_of(row)
    if use.role != "base" or not base:
        return use
    steps = [
        other
        for other in rows
        if _beside(other, row)
        and other.rate
        and not other.unread
        and (other is row or _same_occasion(other, row))
        and _lower(other, fact, base, likeness)
    ]

    def begins(one: Entitlement) -> Decimal:
        return _lower(one, fact, base, likeness)[-1].quantity.value

    own = [
        one for one in steps if all(holds(fact.value, b) for b in _lower(one, fact, base, likeness))
    ]
    if own:
        return replace(use, row=max(own, key=begins))
    # What does not reach the first step is held against that one.
    listed = len(steps) > 1 and any(other.address != row.address for other in steps)
    return replace(use, row=min(steps, key=begins)) if listed else use


def _beside(other: Entitlement, row: Entitlement) -> bool:
    """Whether two measures are of one clause, or of items of one list."""
    paths = (other.address.path, row.address.path)
    listed = all(path.steps[-1].rank not in ("art", "para") for path in paths)
    one_list = listed and paths[0].parent == paths[1].parent is not None
    return other.address == row.address or (
        one_list and other.address.document == row.address.document
    )


def are_steps(one: Entitlement, other: Entitlement, fact: Fact, likeness: Likeness) -> bool:
    """Whether two rates of a clause are of one thing, each from another amount of it on."""
    base = base_of(one)
    if not (one.rate and other.rate and base and base == base_of(other)):
        return False
    left, right = (_lower(row, fact, base, likeness) for row in (one, other))
    return bool(left and right and left[-1].quantity.value != right[-1].quantity.value)


def base_of(row: Entitlement) -> str:
    """What a rate is of: where it does not say, what its threshold is of (投资500万元以上的，按8%)."""
    if row.base:
        return row.base.text
    of = {bound.of.text for bound in row.bounds if bound.of and bound.quantity.unit == MONEY}
    return of.pop() if row.rate and len(of) == 1 else ""


def _same_occasion(other: Entitlement, row: Entitlement) -> bool:
    """Whether a measure is another step of the same occasion: all that it says is said there too,
    or is its threshold."""
    if other.base and row.base and other.base.text != row.base.text:
        return False
    said = [span.text for span in row.event] + [b.of.text for b in other.bounds if b.of]
    own = [s.text for s in other.event if not _is_threshold(s.text, other)]
    return all(any(text in words for words in said) for text in own)


def _is_threshold(text: str, row: Entitlement) -> bool:
    """Whether words of an occasion say nothing but a threshold: 设备投资额不低于500万元."""
    for bound in row.bounds:
        limit = bound.quantity.span.text
        if text.startswith(limit):
            return True
        rest = text.replace(bound.of.text if bound.of else "", "", 1).replace(limit, "", 1)
        if limit in text and _FROM_ON.fullmatch(rest):
            return True
        for other in row.bounds:
            rest = rest.replace(other.quantity.span.text, "", 1)
        if limit in text and _BOTH_ENDS.fullmatch(rest):
            return True
    return False


def _lower(row: Entitlement, fact: Fact, base: str, likeness: Likeness) -> list[Bound]:
    """The thresholds of a measure on its base from where on it holds, the highest one last."""
    own = [b for b in _of(row, fact) if b.of and b.relation in (">", ">=")]
    own = [
        b
        for b in own
        if b.of and ((base and base in b.of.text) or likeness.mutual(b.of.text, base) > _SAME)
    ]
    return sorted(own, key=lambda bound: bound.quantity.value)


def tell(
    rows: Sequence[Entitlement], matched: Matched, likeness: Likeness, working: Working
) -> None:
    """Say which bracket a figure falls in."""
    for row in in_bracket(rows, matched.uses, likeness)[0]:
        fact = next(use.fact for use in matched.uses if use.row is row and use.role == "bound")
        limits = _of(row, fact)
        said = "、".join(as_written(bound) + _ENDS[bound.relation] for bound in limits)
        working.says(f"{fact.written}，适用{said}一档", *(b.quantity.span for b in limits))


def _are_brackets(rows: Sequence[Entitlement], fact: Fact) -> bool:
    """Whether several measures of an amount, or shares of one base, each have a threshold of
    their own for a figure."""
    limits = [tuple((b.relation, b.quantity.value) for b in _of(row, fact)) for row in rows]
    # Behind a semicolon the base need not be said again.
    bases = [_COUNTED.sub("", base) for row in rows if (base := base_of(row))]
    one = bool(bases) and all(bases[0] in base or base in bases[0] for base in bases)
    shares = all(row.rate for row in rows) and one
    alike = shares or all(row.amount for row in rows)
    return len(rows) > 1 and len(set(limits)) == len(rows) and alike


def _own_bracket(rows: Sequence[Entitlement], fact: Fact, likeness: Likeness) -> Entitlement | None:
    held = [row for row in rows if all(meets(fact, bound, likeness) for bound in _of(row, fact))]
    if len(held) > 1 and all(b.relation in (">", ">=") for row in held for b in _of(row, fact)):
        return max(held, key=lambda row: max(b.quantity.value for b in _of(row, fact)))
    at_edge = [[b for b in _of(row, fact) if b.quantity.value == fact.value] for row in held]
    if len(held) == 2 and all(at_edge):
        # 20%以下的…；20%及以上的…: 20% is of the one that says so.
        pairs = zip(held, at_edge, strict=True)
        held = [row for row, edge in pairs if any(_includes(b, likeness) for b in edge)]
    return held[0] if len(held) == 1 else None


def _includes(bound: Bound, likeness: Likeness) -> bool:
    """Whether a threshold says that its figure counts: 20%及以上, 20%（含）以下."""
    span = bound.quantity.span
    text = likeness.retriever.index.clause(span.address)[1].text
    return bool(_INCLUDED.match(text, span.end))


def _of(row: Entitlement, fact: Fact) -> list[Bound]:
    return [bound for bound in row.bounds if bound.quantity.unit == fact.unit]
