"""One measure worked out with figures that somebody puts in their places by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from retriever.retriever import Retriever
from server.sums.check import unfounded_line
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain
from server.sums.one_document import OneDocument
from server.sums.result import Sum
from server.sums.uses import Matched, Role, Use
from server.sums.working import Working

__all__ = ["SCALES", "Given", "Worked", "work_alone"]

#: Units of money that figures may be given in.
SCALES = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_WRITTEN = {"月": "个月", "日": "天"}


@dataclass(frozen=True, slots=True)
class Given:
    """A figure in the place that it takes in a measure: of what it is, and in which unit.

    Without a role it is one that the measure looks at by its unit: persons, months, an area
    that a rent is for.
    """

    role: Role | None
    name: str
    value: Decimal
    unit: str

    @property
    def written(self) -> str:
        """The figure with its unit, as the working writes it."""
        return f"{plain(self.value)}{_WRITTEN.get(self.unit, self.unit)}"

    @property
    def words(self) -> str:
        """What is said of it."""
        return f"{self.name}{self.written}"


@dataclass(frozen=True, slots=True)
class Worked:
    """A sum that passed the check, or the line that did not."""

    sum: Sum
    unfounded: str | None = None


def work_alone(
    retriever: Retriever, row: Entitlement, given: Sequence[Given], cases: Sequence[str] = ()
) -> Worked | None:
    """Work out one measure and check the working; None where nothing comes of it.

    ``cases`` are the words of the further cases that hold (国家优先审批程序). The figures take the
    places that they are given; everything else is done as for a question.
    """
    question = "，".join([*(one.words for one in given), *cases])
    facts = _facts(given, question)
    uses = [
        Use(fact, row, one.role, 1.0) for fact, one in zip(facts, given, strict=True) if one.role
    ]
    case = OneDocument(Likeness(retriever), question, tuple(facts), [(row, 1.0)])
    found = case.total([row], Matched(tuple(uses), (), ()), Working())
    if found is None:
        return None
    index = retriever.index
    addresses = dict.fromkeys(span.address for span in found.sources)
    quotes = [index.clause(address)[1].text for address in addresses]
    return Worked(found, unfounded_line(found.calculation, question, quotes))


def _facts(given: Sequence[Given], question: str) -> list[Fact]:
    facts, start = [], 0
    for one in given:
        place = question.index(one.words, start)
        start = place + len(one.words)
        scale = SCALES.get(one.unit)
        facts.append(
            Fact(
                one.value * scale if scale else one.value,
                MONEY if scale else one.unit,
                one.words,
                one.written,
                place + len(one.name),
                region=one.written,
            )
        )
    return facts
