"""The table of measures as a file: Excel with links and a sheet of explanations, or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import quote

from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap, Quantity
from indexer.entitlements.quantities import MONEY
from server.downloads import XLSX, download_headers
from server.entitlements import entitlement_json, rows_wanted
from server.filtering import Filters
from server.fitting.shown import DISCLAIMER
from server.notes import STATUS_WORDS
from server.sums.money import plain
from server.workbook import Sheet, clean, is_like_formula, workbook_bytes

__all__ = ["MEDIA", "Format", "as_text", "attachment", "table_file"]

Format = Literal["xlsx", "csv"]
Cell = str | Decimal | None

MEDIA = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
}
_WAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    width: int


_COLUMNS = (
    _Column("地区", 12), _Column("支持事项", 44), _Column("支持对象", 18), _Column("条件", 36),
    _Column("形式", 10), _Column("计算基数", 22), _Column("比例", 9), _Column("比例至", 9),
    _Column("比例单位", 9), _Column("数额", 12), _Column("数额单位", 12),
    _Column("单项上限", 12), _Column("单项上限单位", 12), _Column("单位上限", 12),
    _Column("单位上限单位", 12), _Column("单位上限周期", 12), _Column("是否最高限额", 12),
    _Column("分档", 30), _Column("另行提高", 30), _Column("频次", 10), _Column("年限", 10),
    _Column("扣除与不重复", 36), _Column("叠加规则", 40), _Column("牵头单位", 16),
    _Column("责任单位", 20), _Column("有效性", 12), _Column("施行日期", 12),
    _Column("有效期至", 12), _Column("文件", 36), _Column("文号", 20), _Column("条款", 18),
    _Column("条文原文", 60), _Column("地址", 30),
)  # fmt: skip


def table_file(index: ClauseIndex, filters: Filters, format: Format, base_url: str) -> bytes:
    """The measures that are wanted, as the bytes of a file."""
    rows = [
        (_cells(row, entitlement_json(index, row, filters.day)), _link(index, row, base_url))
        for row in rows_wanted(index, filters.wanted)
    ]
    if format == "csv":
        return _csv(rows)
    return _xlsx(rows, _explained(filters, len(rows)))


def attachment(day: date, format: Format) -> dict[str, str]:
    """The header that names the file, in ASCII and, after RFC 5987, in Chinese."""
    name = f"支持措施-{day.isoformat()}.{format}"
    return download_headers(f"measures-{day.isoformat()}.{format}", name)


def as_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> as_text("=1+1"), as_text("@SUM(A1)"), as_text("创新药")
    ("'=1+1", "'@SUM(A1)", '创新药')
    """
    kept = clean(text)
    return f"'{kept}" if is_like_formula(kept) else kept


def _link(index: ClauseIndex, row: Entitlement, base_url: str) -> str:
    address = row.address
    place = f"documents/{quote(address.document, safe='')}#{address.path}"
    return f"{base_url.rstrip('/')}/{place}"


def _cells(row: Entitlement, shown: dict[str, Any]) -> list[Cell]:
    """One row: texts as they stand in the clause, figures as numbers beside their units."""
    rate = row.rate
    validity = shown["validity"]
    charge = shown["responsible_unit"]
    return [
        shown["area"], shown["event"], shown["subject"], shown["condition"],
        shown["form"], shown["base"],
        rate and (rate.value if rate.low is None else rate.low),
        None if rate is None or rate.low is None else rate.value,
        rate and rate.unit,
        *_figure(row.amount),
        *_cap(row.caps, "item"), *_cap(row.caps, "recipient"),
        _period(row.caps), "是" if row.at_most else None,
        _tiers(shown["tiers"]), _increments(shown["increments"]),
        shown["frequency"], row.years and row.years.span.text,
        "；".join([*shown["deductions"], *shown["exclusions"]]) or None,
        "；".join(rule["text"] for rule in shown["stacking"]) or None,
        "、".join(charge["lead"]) or None, "、".join(charge["responsible"]) or None,
        _status(shown), validity["from"], validity["to"],
        shown["title"], shown["doc_number"], shown["label"], shown["text"], shown["address"],
    ]  # fmt: skip


def _status(shown: dict[str, Any]) -> str:
    if shown["authority"] != "normative":
        return "非政策文件，不作依据"
    return STATUS_WORDS[shown["validity"]["status"]]


def _figure(quantity: Quantity | None) -> tuple[Decimal | None, str | None]:
    """A value and its unit; 元 as 万元, exact."""
    if quantity is None:
        return None, None
    name, _, each = quantity.unit.partition("/")
    if name == MONEY and each not in ("平方米", "人", "月", "日", "天", "次", "年"):
        return quantity.value / _WAN, "万元" + (f"/{each}" if each else "")
    return quantity.value, quantity.unit


def _cap(caps: Sequence[Cap], scope: str) -> tuple[Decimal | None, str | None]:
    """The lowest cap in money of a scope."""
    money = [c.quantity for c in caps if c.scope == scope and c.quantity.unit.startswith(MONEY)]
    return _figure(min(money, key=lambda q: q.value, default=None))


def _period(caps: Sequence[Cap]) -> str | None:
    whole = [cap for cap in caps if cap.scope == "recipient"]
    return ("每年" if any(cap.yearly for cap in whole) else "未写周期") if whole else None


def _tiers(tiers: Sequence[dict[str, Any]]) -> str | None:
    def edge(one: dict[str, Any] | None, word: str) -> str:
        return f"{one['text']}{word}" if one else ""

    lines = [f"{edge(t['from'], '起')}{edge(t['to'], '止')}：{t['rate']['text']}" for t in tiers]
    return "；".join(lines) or None


def _increments(increments: Sequence[dict[str, Any]]) -> str | None:
    return "；".join(f"{i['event'] or ''} +{i['text']}" for i in increments) or None


def _explained(filters: Filters, count: int) -> list[tuple[str, str]]:
    """The second sheet: for which day, limited by what, what the columns mean, what it is not."""
    wanted = filters.wanted
    limits = [
        f"文件 {'、'.join(sorted(wanted.documents))}" if wanted.documents else "",
        f"地区 {wanted.area}" if wanted.area else "",
        f"阶段 {wanted.stage}" if wanted.stage else "",
        f"词 {wanted.subject}" if wanted.subject else "",
        f"数额不少于 {plain(wanted.at_least / _WAN)}万元" if wanted.at_least is not None else "",
        "只要现行有效或有效性待核的" if wanted.in_force else "",
    ]
    return [
        ("判断日", filters.day.isoformat()),
        ("筛选条件", "；".join(filter(None, limits)) or "无"),
        ("措施数", str(count)),
        ("数字", "单位在右边一栏；1万元即10000元。空格是条文没有写，或没有能读出来"),
        ("单项上限、单位上限", "单项：一个品种、项目、活动；单位：一家企业或机构"),
        ("有效性", "按判断日，依据文件自己写明的施行日、有效期和废止"),
        ("地址", "点开是条文所在的页面"),
        ("声明", DISCLAIMER),
    ]


def _csv(rows: Sequence[tuple[list[Cell], str]]) -> bytes:
    """With a byte order mark: without it Excel reads Chinese in another encoding."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*(column.name for column in _COLUMNS), "链接"])
    for cells, link in rows:
        writer.writerow([*(_plain_cell(cell) for cell in cells), as_text(link)])
    return out.getvalue().encode("utf-8-sig")


def _plain_cell(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return plain(cell)
    return as_text(cell or "")


def _xlsx(rows: Sequence[tuple[list[Cell], str]], explained: list[tuple[str, str]]) -> bytes:
    columns = [(column.name, column.width) for column in _COLUMNS]
    table = Sheet("支持措施", columns, [cells for cells, _ in rows], [link for _, link in rows])
    notes = Sheet("说明", [("项目", 22), ("内容", 90)], [list(line) for line in explained], [])
    return workbook_bytes([table, notes])
