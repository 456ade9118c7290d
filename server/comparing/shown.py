"""A comparison as it is shown: columns by name and number, cells as texts, what to mind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.wording import label, reference
from indexer.entitlements.entitlement import Span
from server.answer import Cell, Citation, Column, Comparison, Part, Row
from server.checks import squeeze

__all__ = ["comparison_json", "markdown_table"]

Json = dict[str, Any]

#: Notes quote no cell with more parts.
_FEW = 2
#: Nor names longer than this.
_LONG = 24
_CIRCLED = ord("①") - 1


def comparison_json(comparison: Comparison | None, citations: Sequence[Citation]) -> Json | None:
    """The table: ``text`` of a cell is None where nothing of a field was read from the clause."""
    if comparison is None:
        return None
    columns = [_column(column, citations) for column in comparison.columns]
    return {
        "columns": columns,
        "rows": [
            {"field": row.field, "cells": [_cell(cell) for cell in row.cells]}
            for row in comparison.rows
        ],
        "notes": list(_notes(comparison, columns, citations)),
    }


def markdown_table(table: Json | None) -> Json | None:
    """The table with its texts as the cells of a Markdown table take them."""
    if table is None:
        return None
    heads = [f"{c['name']} {c['label']}[{c['citation']}]" for c in table["columns"]]
    rows = [[row["field"], *(_marked(cell) for cell in row["cells"])] for row in table["rows"]]
    return {
        "heads": [_escaped(head.strip()) for head in heads],
        "rows": [[_escaped(text) for text in row] for row in rows],
        "notes": table["notes"],
    }


def _column(column: Column, citations: Sequence[Citation]) -> Json:
    """A side by its place or title, whichever tells the sides apart, and its own words."""
    found = next(c for c in citations if c.address == column.address)
    document = found.document
    return {
        "label": label(column.address.path),
        "title": f"《{document.title}》",
        "area": document.area,
        "citation": found.n,
        "address": str(column.address),
        "name": _joined(column.of) or document.area or f"《{document.title}》",
    }


def _cell(cell: Cell) -> Json:
    parts = [{"of": _of(part), "text": _own(part)} for part in cell.parts]
    texts = [_told(_of(part), _own(part)) for part in cell.parts]
    return {"text": "；".join(texts) or None, "higher": cell.higher, "parts": parts}


def _of(part: Part) -> str | None:
    """Which measure a part is of: its number or its words."""
    number = chr(_CIRCLED + part.number) if part.number else ""
    return number + _joined(part.of) or None


def _told(of: str | None, text: str) -> str:
    """Words with a colon, a number without."""
    return f"{of or ''}{'：' if of and len(of) > 1 else ''}{text}"


def _own(part: Part) -> str:
    return part.glue.join(squeeze(span.text) for span in part.spans)


def _joined(spans: Sequence[Span]) -> str:
    return "，".join(squeeze(span.text) for span in spans)


def _notes(
    comparison: Comparison, columns: Sequence[Json], citations: Sequence[Citation]
) -> list[str]:
    """Where figures are not of one kind, and what other clauses limit."""
    said = [_differing(row, columns) for row in comparison.rows if row.differs]
    documents = {c.address.document: c.document for c in citations}
    for claim in comparison.also:
        document = documents[claim.address.document]
        printed = reference(document.title, document.doc_number, claim.address.path)
        said.append(f"另有限制：{claim.text}（{printed}）")
    return said


def _differing(row: Row, columns: Sequence[Json]) -> str:
    """口径不同 with the very words of each side, where they are few."""
    # Numbers mean nothing without the row of what they number.
    many = any(len(c.parts) > _FEW or any(p.number for p in c.parts) for c in row.cells)
    if many or max(len(column["name"]) for column in columns) > _LONG:
        return f"口径不同：{row.field}，见表中该行。"
    apart = len({column["name"] for column in columns}) == len(columns)
    sides = [
        f"{column['name' if apart else 'label']}“{_cell(cell)['text']}”"
        for column, cell in zip(columns, row.cells, strict=True)
        if cell.parts
    ]
    return f"口径不同：{row.field}，{'，'.join(sides)}。"


def _marked(cell: Json) -> str:
    return f"{cell['text'] or '—'}{'（较高）' if cell['higher'] else ''}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")
