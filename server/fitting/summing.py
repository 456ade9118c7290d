"""What a measure comes to for a company, where its figures are certain; else what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Span
from retriever.retriever import Retriever
from server.answer import Calculation
from server.fitting.company import Amount, Company, Product
from server.fitting.conditions import place_of
from server.fitting.judging import Ask
from server.fitting.named import named
from server.fitting.wordlist import plain_text
from server.sums.alone import Given, work_alone
from server.sums.facets import conflict, facets_of
from server.sums.likeness import event_text
from server.sums.ratios import ratio_units
from server.sums.units import units_of
from server.sums.uses import Role
from server.sums.workable import can_be_worked

__all__ = ["Found", "sum_for"]


@dataclass(frozen=True, slots=True)
class Found:
    """A checked calculation, or the questions that would make it one.

    ``taken`` says which figures of the company stand for which of the clause, ``further`` asks for
    cases in which there is more.
    """

    calculation: Calculation | None = None
    high: Decimal | None = None
    missing: tuple[Ask, ...] = ()
    taken: tuple[str, ...] = ()
    further: tuple[Ask, ...] = ()


@dataclass(slots=True)
class _Places:
    """Figures in their places, and those that are not said."""

    given: list[Given] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    missing: list[Ask] = field(default_factory=list)


def sum_for(
    retriever: Retriever, row: Entitlement, company: Company, product: Product | None
) -> Found:
    """Work a measure out with the amounts of a company that are called as the clause calls them."""
    if not can_be_worked(row) or not (row.rate or row.tiers or row.amount):
        return Found()
    places = _Places()
    if row.rate or row.tiers:
        _base(row, company, product, places)
    else:
        _units(row, company, places)
    if places.missing:
        return Found(missing=tuple(places.missing))
    _beside(row, company, places)
    worked = work_alone(retriever, row, places.given, _cases(row, company))
    if worked is None or worked.unfounded is not None:
        return Found()
    calculation = worked.sum.calculation
    if calculation.result is None:
        asks = tuple(Ask(f"sum:{text}", text, "text") for text in calculation.missing)
        return Found(missing=asks)
    further = tuple(_further(row, company))
    taken = [*places.taken, *(f"没有计入另行提高的情形：{ask.name}" for ask in further)]
    return Found(calculation, worked.sum.high, (), tuple(taken), further)


def _base(row: Entitlement, company: Company, product: Product | None, places: _Places) -> None:
    """The one amount that is called what the rate is of, in the measure's own stage."""
    name = row.base.text if row.base else ""
    stage = facets_of(event_text(row)).get("stage", frozenset())
    fitting = [a for a in company.amounts if named(a, row.base, stage) == "same"]
    fitting = [a for a in fitting if _is_of(a, product)]
    if len(fitting) == 1:
        amount = fitting[0]
        places.given.append(Given("base", name, amount.value, amount.unit))
        places.taken.append(f"您填的{amount.words}就是这一事项的“{name}”")
        return
    own = "、".join(sorted(stage))
    shown = own if own in ("", "临床前") else f"{own}期"
    of = f"{shown}的" if shown else ""
    several = "只能是一笔，" if fitting else ""
    text = f"{several}{of}“{name}”是多少？" if name else "计算基数是多少？"
    ask = Ask(f"amount:{of}{name}", text, "amount", name, "万元", shown or None)
    places.missing.append(ask)


def _is_of(amount: Amount, product: Product | None) -> bool:
    """Whether an amount is of a product, or of none by name."""
    if amount.product is None or product is None:
        return True
    return not conflict(facets_of(amount.product), product.facets)


def _units(row: Entitlement, company: Company, places: _Places) -> None:
    """The area that an amount is for each square metre of; persons and months are asked for."""
    for unit in units_of(row):
        if unit == "平方米":
            event = plain_text(event_text(row))
            areas = [a for a in company.areas if a.of and plain_text(a.of) in event]
            if len(areas) == 1:
                places.given.append(Given("unit", areas[0].of, areas[0].value, unit))
                continue
            name = event_text(row)
            text = f"“{name}”的面积是多少平方米？"
            places.missing.append(Ask(f"area:{name}", text, "number", name, unit))
        elif unit != "年":
            text = f"要算多少{ {'月': '个月', '日': '天'}.get(unit, unit) }？"
            places.missing.append(Ask(f"{row.address}:{unit}", text, "number", None, unit))


def _beside(row: Entitlement, company: Company, places: _Places) -> None:
    """What a threshold, a ceiling or the area rented is, where that is said."""
    stage = facets_of(event_text(row)).get("stage", frozenset())
    asked: list[tuple[Role, Span]] = [("bound", b.of) for b in row.bounds if b.of]
    asked += [("ceiling", span) for span in row.ceilings]
    for role, span in asked:
        for amount in company.amounts:
            if named(amount, span, stage if amount.stage else frozenset()) == "same":
                places.given.append(Given(role, span.text, amount.value, amount.unit))
    places.given = list(dict.fromkeys(places.given))
    if ratio_units(row):
        if company.employees is not None:
            places.given.append(Given(None, "人数", Decimal(company.employees), "人"))
        if len(company.areas) == 1:
            places.given.append(Given(None, "面积", company.areas[0].value, "平方米"))


def _cases(row: Entitlement, company: Company) -> list[str]:
    """Further cases that an answer says hold."""
    return [
        "".join(span.text for span in increment.event)
        for increment in row.increments
        if increment.event and company.answer(place_of(increment.event)) is True
    ]


def _further(row: Entitlement, company: Company) -> Iterator[Ask]:
    """Further cases of which nothing was said."""
    for increment in row.increments:
        if increment.event and company.answer(place_of(increment.event)) is None:
            name = "".join(span.text for span in increment.event)
            text = f"是否有这种情形：“{name}”？（条文：再提高{increment.amount.span.text}）"
            yield Ask(place_of(increment.event), text, "yes_no", name)
