"""Questions of a file: JSON lines, CSV, XLSX, or plain text with one a line."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from corpus.errors import InputError

__all__ = ["COLUMNS", "LONGEST", "Asked", "read_questions"]

#: Names of columns, and what they are called in Chinese.
COLUMNS = {
    "question": ("question", "问题", "提问"),
    "as_of": ("as_of", "判断日", "日期"),
    "area": ("area", "地区"),
    "documents": ("documents", "文件", "文号"),
}
#: The longest text of a cell.
LONGEST = 4_000
#: A workbook that unpacks to more than this is no list of questions.
_UNPACKED = 32 * 1024 * 1024
#: A row may say that it is the billionth; those before it are then made up one by one.
_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a file with its limits, as they are written; they are read when it is asked."""

    question: str
    as_of: str | None = None
    area: str | None = None
    documents: tuple[str, ...] = ()


def read_questions(content: bytes, most: int) -> tuple[Asked, ...]:
    """Read the questions of a file, whose kind is told by its content; raise InputError."""
    if content.startswith(b"PK\x03\x04"):
        rows: Iterable[Mapping[str, Any]] = _of_sheet(content, max(_MOST_ROWS, 2 * most))
    else:
        rows = _of_text(_decoded(content))
    found: list[Asked] = []
    for row in rows:
        asked = _asked(row)
        if asked.question:
            found.append(asked)
        if len(found) > most:
            raise InputError(
                f"问题过多，一次最多 {most} 个 / too many questions, at most {most}", field="file"
            )
    if not found:
        raise InputError("文件里没有问题 / the file holds no question", field="file")
    return tuple(found)


def _decoded(content: bytes) -> str:
    for coding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputError("文件不是文本、CSV、JSON 行或 XLSX / not a list of questions", field="file")


def _of_text(text: str) -> Iterator[Mapping[str, Any]]:
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    if first.lstrip().startswith("{"):
        yield from (_json_row(n, line) for n, line in enumerate(lines, 1) if line.strip())
        return
    try:
        heads = [cell.strip().lower() for cell in next(csv.reader([first]), [])]
        if any(head in COLUMNS["question"] for head in heads):
            yield from csv.DictReader(io.StringIO(text, newline=""), strict=True)
            return
    except csv.Error as error:
        raise InputError(f"CSV 有误 / bad CSV: {error}", field="file") from error
    yield from ({"question": line} for line in lines)


def _json_row(number: int, line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise InputError(f"第 {number} 行不是 JSON 对象 / line {number} is no object", field="file")
    return row


def _of_sheet(content: bytes, most: int) -> Iterator[Mapping[str, Any]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _UNPACKED:
                raise InputError("工作簿过大 / the workbook is too large", field="file")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        heads = [str(cell or "").strip() for cell in next(rows, ())]
        named = any(head.lower() in COLUMNS["question"] for head in heads)
        if not named:
            yield {"question": heads[0] if heads else ""}
        for number, row in enumerate(rows):
            if number > most:
                raise InputError("工作簿行数过多 / the workbook has too many rows", field="file")
            cells = row if named else row[:1]
            yield dict(zip(heads if named else ("question",), cells, strict=False))
        book.close()
    except InputError:
        raise
    # A broken workbook fails anywhere inside the reader, with errors of many kinds.
    except Exception as error:
        raise InputError("无法读取工作簿 / cannot read the workbook", field="file") from error


def _asked(row: Mapping[str, Any]) -> Asked:
    cells = {str(key or "").strip().lower(): value for key, value in row.items()}

    def cell(name: str) -> Any:
        return next((cells[known] for known in COLUMNS[name] if cells.get(known) is not None), None)

    return Asked(
        _text(cell("question")), _text(cell("as_of")) or None, _text(cell("area")) or None,
        tuple(_names(cell("documents"))),
    )  # fmt: skip


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).strip()[:LONGEST]


def _names(value: Any) -> Iterator[str]:
    """Documents: a list, or names with ; between."""
    parts = value if isinstance(value, list) else _text(value).replace("；", ";").split(";")
    yield from (_text(part) for part in parts[:50] if _text(part))
