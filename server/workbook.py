"""Sheets to the bytes of an Excel file: frozen head, widths, wrapped text, links, no formulas."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # Imported where a file is written: no question needs it.
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Sheet", "clean", "is_like_formula", "workbook_bytes"]

#: Characters that no file of this kind can hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
#: What a spreadsheet takes for the beginning of a formula, in half and full width.
_FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
#: Excel holds no more characters in a cell.
_LONGEST = 32_000
_NUMBER = "#,##0.######"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: names and widths of its columns, rows of texts and numbers, a link for each row
    in its last cell (or none at all)."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str | Decimal | None]]
    links: Sequence[str]


def clean(text: str) -> str:
    """A text without characters that no cell can hold, no longer than a cell."""
    return _CONTROL.sub("", text)[:_LONGEST]


def is_like_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula."""
    return bool(_FORMULA.search(text))


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Write sheets; texts stay texts whatever they begin with."""
    from openpyxl import Workbook

    book = Workbook()
    first: Any = book.active
    book.remove(first)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    head, top = PatternFill("solid", fgColor="E9EDF1"), Alignment(vertical="top", wrap_text=True)
    for place, (name, width) in enumerate(sheet.columns, 1):
        cell = page.cell(1, place, name)
        cell.font, cell.fill, cell.alignment = Font(bold=True), head, top
        page.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(sheet.rows, 2):
        for place, value in enumerate(row, 1):
            if value not in (None, ""):
                filled = page.cell(number, place)
                filled.alignment = top
                _put(filled, value)
        if sheet.links:
            last_cell = page.cell(number, len(sheet.columns))
            last_cell.hyperlink = sheet.links[number - 2]
            last_cell.font = Font(color="17487A", underline="single")
    page.freeze_panes = "A2" if not sheet.links else "C2"
    last = get_column_letter(len(sheet.columns))
    page.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}" if sheet.links else None
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    page.print_title_rows = "1:1"


def _put(cell: Any, value: str | Decimal | None) -> None:
    if isinstance(value, Decimal):
        cell.value = int(value) if value == value.to_integral_value() else float(value)
        cell.number_format = _NUMBER
        return
    text = clean(value or "")
    cell.value = text
    # What begins like a formula is marked as text, in the file and for whoever edits the cell.
    cell.data_type = "s"
    cell.quotePrefix = is_like_formula(text)
