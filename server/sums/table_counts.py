"""Things counted at the amounts of a table: 5个高级工、2个技师, each row of the table one kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from corpus.outline import Clause
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities, read_number
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.facts import COUNTED, Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["table_counts"]

_HEAD = re.compile(r"[（(](?P<scale>万?)元(?:/(?P<unit>[^）)]{1,3}))?[）)]\s*$")
_BRACKETS = re.compile(r"[（(][^（()）]{0,40}[)）]")
_NOT = re.compile(r"(?:不是|不属于?|非|没有?|未|不在)[^，,。；;]{0,4}$")
_CASE_END = re.compile(r"(?:补贴|补助|奖励|资助|支付)?(?:标准|金额|限额)$")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
#: As much of the line above a table is asked for.
_SPOKEN = 0.1


@dataclass(frozen=True, slots=True)
class _Column:
    """The amounts of a column by the names of their rows; ``case``: what tells it from the others."""

    case: str
    head: Span
    amounts: tuple[tuple[str, Quantity], ...]


def table_counts(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What things counted come to by the table of the article that fits best.

    None where it has no table with amounts for one, or not every number is of a row of it; no sum
    where an amount beside the table is not part of it.
    """
    if not retrieval.hits or any(f.unit == MONEY for f in facts):
        return None
    index, question = likeness.retriever.index, retrieval.understanding.text
    first = retrieval.hits[0].passage.address
    clauses = [c for c in index.readings[first.document].outline.clauses
               if c.path.article == first.path.article]  # fmt: skip
    lead = "".join(c.text for c in clauses if c.kind != "table")
    columns = _columns(first.document, clauses)
    counted = [f for f in facts if f.unit in ("人", *COUNTED) and not f.past]
    rest = [f for f in facts if f not in counted and not f.past and f.value != 1]
    if not columns or not counted or rest or likeness.share(lead[:80], question) < _SPOKEN:
        return None
    column = _meant(columns, question)
    if column is None:
        return STOPPED
    lines = [(fact, _amount(fact, column)) for fact in counted]
    known = [(fact, amount) for fact, amount in lines if amount]
    if len(known) < len(lines):
        return STOPPED if known else None
    if any(f.part for f in counted) or any(q.unit == MONEY for q in find_quantities(lead)):
        return STOPPED
    working = Working()
    total = working.plus([working.times([(f.value, f.unit)], amount) for f, amount in known])
    cases = [one.case for one in columns if one.case and one is not column]
    assumed = tuple(f"没有“{case}”的情形" for case in cases if not column.case)
    return Sum(
        Calculation(total, MONEY, written(total, MONEY), tuple(working.steps), assumptions=assumed),
        unique([column.head, *working.sources]),
    )


def _columns(document: str, clauses: Sequence[Clause]) -> list[_Column]:
    """The columns of amounts of the one table of an article."""
    tables = [c for c in clauses if c.kind == "table" and c.path.steps[-1].rank == "table"]
    if len(tables) != 1:
        return []
    head = tables[0].text.split("\t")
    rows = [c for c in clauses if c.path.parent == tables[0].path]
    found = []
    for place, name in enumerate(head):
        match = _HEAD.search(name)
        if not place or not match:
            continue
        scale = Decimal(10_000 if match["scale"] else 1)
        amounts = [
            a for row in rows if (a := _cell(Address(document, row.path), row, place, scale))
        ]
        if len(amounts) < len(rows):
            return []
        case = _CASE_END.sub("", _BRACKETS.sub("", _HEAD.sub("", name)))
        start = sum(len(cell) + 1 for cell in head[:place])
        span = Span(Address(document, tables[0].path), start, start + len(name), name)
        found.append(_Column(case, span, tuple(amounts)))
    return found


def _cell(address: Address, row: Clause, place: int, scale: Decimal) -> tuple[str, Quantity] | None:
    cells = row.text.split("\t")
    if place >= len(cells) or not _NUMBER.fullmatch(cells[place].strip()):
        return None
    start = sum(len(cell) + 1 for cell in cells[:place])
    span = Span(address, start, start + len(cells[place]), cells[place])
    value = read_number(cells[place].strip()) * scale
    return _BRACKETS.sub("", cells[0]).strip(), Quantity(value, MONEY, span)


def _meant(columns: Sequence[_Column], question: str) -> _Column | None:
    """The column that is named, else the one that is for no case; None where neither is told."""
    named = [c for c in columns if c.case and _is_said(c.case, question)]
    plain = [c for c in columns if not c.case]
    if len(named) == 1:
        return named[0]
    if named or len(columns) == 1:
        return columns[0] if len(columns) == 1 else None
    return plain[0] if len(plain) == 1 else None


def _is_said(case: str, question: str) -> bool:
    place = question.find(case[:2])
    return place >= 0 and not _NOT.search(question[:place])


def _amount(fact: Fact, column: _Column) -> Quantity | None:
    """The amount of the row whose name is said beside a number: 高级技师 is no 技师."""
    said = [(name, amount) for name, amount in column.amounts if name in fact.words]
    longest = [one for one in said if all(other in one[0] for other, _ in said)]
    return longest[0][1] if len(longest) == 1 else None
