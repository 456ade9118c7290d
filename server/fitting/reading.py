"""The profile in a request, checked: every wrong figure is named by its field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from server.fitting.company import Amount, Area, Company, Product
from server.fitting.schemas import AmountIn, MatchBody
from server.fitting.wordlist import STEPS, found, pattern, plain_text
from server.inputs import read_area, read_date
from server.sums.facets import STAGE, facets_of, names_of

__all__ = ["company_of"]

_STEPS = {"I期": "I", "II期": "II", "III期": "III", "上市申请受理": "受理"}


def company_of(body: MatchBody, index: ClauseIndex) -> Company:
    """Read a profile; a product that only the free text names is taken from it."""
    text = body.text.strip()
    products = tuple(Product(p.name.strip(), _steps(p.stages)) for p in body.products)
    return Company(
        as_of=read_date(body.as_of) or date.today(),
        area=read_area(body.area, index),
        kinds=tuple(kind.strip() for kind in body.kind if kind.strip()),
        products=products or tuple(_products(text)),
        amounts=tuple(_amount(one) for one in (*body.spending, *body.income)),
        areas=tuple(Area(a.of.strip(), a.value) for a in body.floor_area if a.value),
        employees=body.employees,
        text=text,
        answers=tuple(body.answers.items()),
    )


def _steps(stages: Sequence[str]) -> tuple[str, ...]:
    return tuple(_STEPS.get(stage, stage) for stage in stages)


def _amount(one: AmountIn) -> Amount:
    stage = _STEPS.get(one.stage, one.stage) if one.stage else None
    return Amount(one.kind.strip(), Decimal(one.value), one.unit, stage, one.product or None)


def _products(text: str) -> Iterator[Product]:
    """Products by the names of kinds and classes in the free text, with what it says they reached.

    A sentence that plans or denies something tells no step.
    """
    sentences = [s for s in plain_text(text).replace("，", "。").split("。") if s]
    steps: set[str] = set()
    for sentence in sentences:
        if pattern("open").search(sentence):
            continue
        for match in STAGE.finditer(sentence):
            steps |= facets_of(match[0]).get("stage", frozenset()) & set(STEPS)
        steps |= set(found("milestone", sentence))
    plain = plain_text(text)
    for group in ("drug", "class"):
        for _, start, end in names_of(plain, group):
            yield Product(plain[start:end], tuple(sorted(steps)))
