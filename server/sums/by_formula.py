"""A sum by a formula that a clause writes: each factor by name, then line by line what it comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal, localcontext

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.factors import Bound, Given, bind, likeness_of_names
from server.sums.facts import Fact
from server.sums.formulas import Chain, Constant, Factor, Formula, Term, formulas_of, names_in
from server.sums.money import plain, written
from server.sums.result import Sum, unique, worked_alone
from server.sums.units import SHARED_UNITS
from server.sums.working import Working

__all__ = ["by_formula"]

#: Of the clauses found, those near which a formula is looked for; how much of its name is asked for.
_NEAR, _NAMED = 3, 0.6
_MONTHLY = re.compile(r"^月|每月|每户每月|元\s*[／/]\s*月")
_LEAST = re.compile(
    r"(?:公式|计算)[^。；]{0,30}?不足(?P<low>[^，。；]{2,12}?)的?，[^。；]{0,8}?按照?(?P<same>[^，。；]{2,12})"
)
_MOST = re.compile(r"不超过|不得超过|最高|上限|封顶|超出|以内")
_MOST_ASKED = 2


@dataclass(frozen=True, slots=True)
class _Place:
    """A formula and the clause that it stands in."""

    formula: Formula
    address: Address
    named: float


def by_formula(retrieval: Retrieval, index: ClauseIndex, facts: Sequence[Fact]) -> Sum | None:
    """What a formula of the clauses found comes to; None where none is asked for.

    A factor that nobody says is asked back, at most two; whatever the question states and no
    factor takes stops the sum.
    """
    found = list(_places(retrieval, index))
    question = retrieval.understanding.text
    ranked = []
    for place in found:
        if place.named < _NAMED:
            continue
        beside = list(_beside(place, index))
        term = _spelt_out(place.formula.term, found, place)
        bound = bind(names_in(term), question, facts, beside)
        said = sum(bool(given.fact or given.said) for given in bound.given.values())
        if said and _left_over(bound.unused, place, beside) is not None:
            ranked.append(((said, place.named), place, term, bound, beside))
    best = max((rank for rank, *_ in ranked), default=None)
    near = [one for one in ranked if one[0] == best]
    if len(near) != 1:
        return None
    _, place, term, bound, beside = near[0]
    if bound.missing:
        return _asked_back(place, bound) if len(bound.missing) <= _MOST_ASKED else None
    return _worked(place, term, bound, beside)


def _places(retrieval: Retrieval, index: ClauseIndex) -> Iterator[_Place]:
    """The formulas of the articles that fit best, each with how much of its name is asked for."""
    if not retrieval.hits:
        return
    question = retrieval.understanding.text
    document = retrieval.hits[0].passage.address.document
    hits = [h.passage.address for h in retrieval.hits[:_NEAR]]
    articles = {a.path.article for a in hits if a.document == document}
    for clause in index.readings[document].outline.clauses:
        if clause.path.article in articles and (
            "＝" in clause.text or "=" in clause.text or "等于" in clause.text
        ):
            for formula in formulas_of(clause.text):
                named = likeness_of_names(formula.name, question)
                yield _Place(formula, Address(document, clause.path), named)


def _beside(place: _Place, index: ClauseIndex) -> Iterator[tuple[Span, str]]:
    """The clauses whose sentences may say what a factor is: those of the article, then all."""
    own = place.address.path
    for clause in index.readings[place.address.document].outline.clauses:
        if clause.text and clause.path.article == own.article:
            text = clause.text
            if clause.path == own:
                # The formula itself says of no factor what it is.
                text = (
                    text[: place.formula.start]
                    + "。" * (place.formula.end - place.formula.start)
                    + text[place.formula.end :]
                )
            yield Span(Address(place.address.document, clause.path), 0, len(text), ""), text


def _spelt_out(term: Term, places: Sequence[_Place], own: _Place, depth: int = 2) -> Term:
    """A formula with factors that have a formula of their own written out."""
    if isinstance(term, Chain):
        parts = ((sign, _spelt_out(part, places, own, depth)) for sign, part in term.parts)
        return Chain(tuple(parts))
    for place in places if depth else ():
        if isinstance(term, Factor) and place is not own and place.formula.name == term.name:
            return _spelt_out(place.formula.term, places, own, depth - 1)
    return term


def _asked_back(place: _Place, bound: Bound) -> Sum:
    asked = tuple(f"{name}是多少？" for name in bound.missing)
    span = _span(place)
    spans = [span, *(given.span for given in bound.given.values() if given.span)]
    return Sum(Calculation(None, MONEY, "", (), missing=asked), unique(spans))


def _span(place: _Place) -> Span:
    return Span(place.address, place.formula.start, place.formula.end, "")


def _left_over(
    unused: Sequence[Fact], place: _Place, beside: Sequence[tuple[Span, str]]
) -> Decimal | None:
    """Over how many months the outcome goes; None where a fact is left that would change it."""
    months = Decimal(1)
    monthly = _MONTHLY.search(place.formula.name) or any(
        _MONTHLY.search(text) for _, text in beside
    )
    for fact in unused:
        if fact.unit in ("年", "月") and monthly and not fact.past:
            months = fact.value * (12 if fact.unit == "年" else 1)
        elif not (fact.past or (fact.value == 1 and (fact.is_count or fact.unit in SHARED_UNITS))):
            return None
    return months


def _worked(
    place: _Place, term: Term, bound: Bound, beside: Sequence[tuple[Span, str]]
) -> Sum | None:
    working = Working()
    working.sources.append(_span(place))
    for name, given in bound.given.items():
        spans = [given.span] if given.span else []
        said = f"（您说“{given.said}”）" if given.said else ""
        working.says(f"{name}：{_shown(given.value, given.unit)}{said}", *spans)
    try:
        value, unit = _Lines(bound.given, working, _span(place)).of(term)
    except ValueError:
        return None
    if unit != MONEY or value < 0 or (limited := _limited(value, beside, working)) is None:
        return None
    months = _left_over(bound.unused, place, beside) or Decimal(1)
    if months > 1:
        outcome = limited * months
        working.says(
            f"{written(limited, MONEY)}/月 × {written(months, '月')} = {written(outcome, MONEY)}"
        )
        limited = outcome
    return worked_alone(limited, MONEY, "", working)


def _limited(
    value: Decimal, beside: Sequence[tuple[Span, str]], working: Working
) -> Decimal | None:
    """Hold to the least amount that is paid; None where an upper limit is not read for certain."""
    for span, text in beside:
        for sentence in re.finditer(r"[^。；;\n]+", text):
            words = sentence[0]
            figures = find_quantities(words)
            if match := _LEAST.search(words):
                low = find_quantities(match["low"])
                if len(low) == 1 and value < low[0].value:
                    least = written(low[0].value, MONEY)
                    start = sentence.start()
                    at = Span(span.address, start, start + len(words), words)
                    working.says(f"{written(value, MONEY)} 低于最低{least}，按{least}", at)
                    value = low[0].value
            elif "公式" in words and _MOST.search(words) and figures:
                return None
    return value


@dataclass(frozen=True, slots=True)
class _Lines:
    """Works a formula out, a line for each of its chains."""

    given: Mapping[str, Given]
    working: Working
    span: Span
    exact: list[bool] = field(default_factory=list)

    def of(self, term: Term) -> tuple[Decimal, str]:
        """The value of a term with its unit; ValueError where the units do not go together."""
        if isinstance(term, Factor):
            return self.given[term.name].value, self.given[term.name].unit
        if isinstance(term, Constant):
            return term.value, term.unit
        parts = [(sign, *self.of(part)) for sign, part in term.parts]
        unit = _unit([(sign, unit) for sign, _, unit in parts])
        value = _chained(parts)
        if value < 0:
            raise ValueError(value)
        shown, equal = value, "="
        if value != value.quantize(Decimal("0.0001")):
            shown, equal = value.quantize(Decimal(1), ROUND_DOWN), "≈"
        words = "".join(
            (f" {sign} " if place else "") + _shown(v, u)
            for place, (sign, v, u) in enumerate(parts)
        )
        self.working.says(f"{words} {equal} {_shown(shown, unit)}", self.span)
        if equal == "≈" and (unit != MONEY or self.exact):
            raise ValueError(words)
        return shown, unit


def _chained(parts: Sequence[tuple[str, Decimal, str]]) -> Decimal:
    total = Decimal(0)
    with localcontext() as context:
        context.prec = 40
        for place, (sign, value, unit) in enumerate(parts):
            own = value / {"%": 100, "‰": 1000}.get(unit, 1)
            if not place:
                total = own
            elif sign == "÷" and not own:
                raise ValueError(sign)
            else:
                total = {
                    "+": total + own,
                    "−": total - own,
                    "×": total * own,
                    "÷": total / own if own else total,
                }[sign]
    return total


def _unit(parts: Sequence[tuple[str, str]]) -> str:
    """The unit of a chain: of a sum the one that all have, of a product the money's."""
    units = [unit for _, unit in parts]
    if parts[1][0] in "+−":
        if len(set(units)) > 1 or units[0] in ("", "%", "‰"):
            raise ValueError(units)
        return units[0]
    if units.count(MONEY) > 1 or any(s == "÷" and u == MONEY for s, u in parts):
        raise ValueError(units)
    named = [unit for unit in units if unit not in ("", "%", "‰")]
    if not named:
        raise ValueError(units)
    return MONEY if MONEY in named else named[0]


def _shown(value: Decimal, unit: str) -> str:
    return written(value, unit) if unit else plain(value)
