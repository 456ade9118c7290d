"""A measure of support as a row: each field with the characters that it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corpus.address import Address

__all__ = [
    "Bound",
    "Cap",
    "Entitlement",
    "Increment",
    "Quantity",
    "Relation",
    "Scope",
    "Span",
    "Tier",
]

#: What a cap holds for: one thing supported (单个品种, 单场活动), or one recipient (单个企业).
Scope = Literal["item", "recipient"]
Relation = Literal[">", ">=", "<", "<="]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a clause's own text, from ``start`` up to ``end``, as they stand there."""

    address: Address
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit: 200万元 is 2000000 元, 10% is 10 %, 300 元/㎡ is 300 元/平方米.

    ``low`` is the lower end where a range is given (40%—100%).
    """

    value: Decimal
    unit: str
    span: Span
    low: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A threshold: what is measured (年开票收入) must stand in a relation to a quantity."""

    of: Span | None
    relation: Relation
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Cap:
    """An upper limit: for one thing or one recipient, and whether it is one for each year."""

    quantity: Quantity
    scope: Scope
    yearly: bool


@dataclass(frozen=True, slots=True)
class Tier:
    """A part of the base, above ``low`` and up to ``high``, with the rate for this part."""

    low: Quantity | None
    high: Quantity | None
    rate: Quantity


@dataclass(frozen=True, slots=True)
class Increment:
    """What is added to the amount, and to its cap, in a further case."""

    event: tuple[Span, ...]
    amount: Quantity


@dataclass(frozen=True, slots=True)
class Entitlement:
    """One measure, with one amount or one rate: what 分别 pairs are several measures.

    ``event`` is what it is given for, in the pieces it is made of (在研创新药 + 完成III期…);
    ``subject`` who gets it; ``base`` what a rate is of; ``each`` what an amount is for (单个品种,
    平方米, 人). ``at_most``: the amount or the outcome of the rate is an upper bound, not a
    promise. ``years`` is for how long, ``name`` what it is called (住房补贴), ``ceilings`` the words
    of what it may not exceed where no figure is said (实际装修费用). What could not be read for
    certain is empty, and its name is in ``unread``.
    """

    address: Address
    event: tuple[Span, ...]
    subject: Span | None = None
    conditions: tuple[Span, ...] = ()
    bounds: tuple[Bound, ...] = ()
    form: Span | None = None
    base: Span | None = None
    rate: Quantity | None = None
    amount: Quantity | None = None
    each: Span | None = None
    at_most: bool = False
    tiers: tuple[Tier, ...] = ()
    caps: tuple[Cap, ...] = ()
    increments: tuple[Increment, ...] = ()
    frequency: Span | None = None
    years: Quantity | None = None
    deductions: tuple[Span, ...] = ()
    exclusions: tuple[Span, ...] = ()
    unread: tuple[str, ...] = ()
    name: Span | None = None
    ceilings: tuple[Span, ...] = ()
