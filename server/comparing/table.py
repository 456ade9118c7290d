"""A comparing question with the statements that answer it to measures side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import find_quantities
from indexer.passages import sentences
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.answer import Cell, Claim, Column, Comparison, Row
from server.asking import Asking
from server.comparing.fields import CHARGE, FIELDS, cell_of, charge_cell, is_within
from server.comparing.kinds import differs, highest
from server.comparing.sides import Side, Sides
from server.wanted import wanted

__all__ = ["compared", "side_by_side"]

#: Also asks for things side by side, in words that alone do not make two clauses of one.
_APART = re.compile(r"分别|各[是给有奖补能多]|各自|相差|差[在几]")
#: Kinds of values that measures of support have.
_OF_MEASURES = (None, "rate", "money")


def compared(
    claims: Sequence[Claim], retrieval: Retrieval, ask: Asking, retriever: Retriever
) -> Comparison | None:
    """Return the measures that a question compares, None where it asks for something else."""
    text = retrieval.understanding.text
    if not (ask.compare or _APART.search(text)) or not _of_support(ask, text):
        return None
    sides = Sides(retriever, retrieval).of(claims)
    return side_by_side(sides, retriever.index) if sides else None


def _of_support(ask: Asking, text: str) -> bool:
    """Whether what is compared is support: not who leads, not until when, not a whole clause."""
    if ask.validity or ask.deadline or ask.procedure or ask.contact:
        return False
    if ask.lookup and not ask.compare:
        return False
    return ask.amount or not (ask.unit or ask.end or wanted(text) not in _OF_MEASURES)


def side_by_side(sides: Sequence[Side], index: ClauseIndex) -> Comparison | None:
    """Set sides against each other, field by field; None where none of them has a figure."""
    rows = [_row(field, sides, index) for field in FIELDS]
    charges = [charge_cell(side.column.address, index) for side in sides]
    rows.append(Row(CHARGE, tuple(charges)))
    columns = tuple(side.column for side in sides)
    told = tuple(row for row in rows if _tells(row, columns))
    if not any(_has_figure(cell) for row in told for cell in row.cells):
        return None
    return Comparison(columns, told, tuple(dict.fromkeys(_also(sides, index))))


def _tells(row: Row, columns: Sequence[Column]) -> bool:
    """Whether a row says something, and not only what stands above its columns."""
    said = [tuple(span for part in cell.parts for span in part.spans) for cell in row.cells]
    return any(said) and said != [column.of for column in columns]


def _has_figure(cell: Cell) -> bool:
    return any(find_quantities(span.text) for part in cell.parts for span in part.spans)


def _row(field: str, sides: Sequence[Side], index: ClauseIndex) -> Row:
    cells = [cell_of(field, side, index) for side in sides]
    best = highest(field, sides, index)
    marked = [Cell(cell.parts, place == best) for place, cell in enumerate(cells)]
    return Row(field, tuple(marked), differs(field, sides))


def _also(sides: Sequence[Side], index: ClauseIndex) -> Iterator[Claim]:
    """The sentences of other clauses that cap a side or take something off."""
    for side in sides:
        for row in side.rows:
            spans = [*(cap.quantity.span for cap in row.caps), *row.deductions, *row.exclusions]
            for span in spans:
                if is_within(span, side.column.address):
                    continue
                if piece := _sentence_of(span, index):
                    yield Claim(piece, span.address, piece)


def _sentence_of(span: Span, index: ClauseIndex) -> str | None:
    text = index.clause(span.address)[1].text
    for piece in sentences(text):
        start = text.index(piece)
        if start <= span.start < start + len(piece):
            return piece.strip()
    return None
