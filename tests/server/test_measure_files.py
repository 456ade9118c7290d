"""GET /api/entitlements/export: the table as Excel and CSV, safe for spreadsheets."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from server.exporting import as_text
from server.workbook import Sheet, workbook_bytes

DAY = "2026-11-24"


@pytest.fixture(scope="module")
def export(client):
    def _export(format: str, **params) -> bytes:
        response = client.get(
            "/api/entitlements/export", params={"format": format, "as_of": DAY} | params
        )
        assert response.status_code == 200, response.text
        return response.content

    return _export


def test_excel_has_numbers_units_links_and_explanations(export, client) -> None:
    book = load_workbook(io.BytesIO(export("xlsx")))
    table, notes = book.worksheets
    rows = list(table.iter_rows(min_row=2))
    head = [cell.value for cell in table[1]]
    body = client.get("/api/entitlements", params={"as_of": DAY}).json()
    assert len(rows) == body["count"]
    assert table.freeze_panes
    for row, shown in zip(rows, body["entitlements"], strict=True):
        cells = dict(zip(head, row, strict=True))
        assert cells["地址"].value == shown["address"]
        assert cells["地址"].hyperlink.target.endswith(shown["url"])
        assert cells["条文原文"].alignment.wrap_text
        if shown["amount"] and shown["amount"]["unit"] == "元":
            assert cells["数额"].value * 10_000 == shown["amount"]["value"]
            assert cells["数额单位"].value == "万元"
    said = {row[0].value: row[1].value for row in notes.iter_rows()}
    assert said["判断日"] == DAY
    assert "主管部门" in said["声明"]


def test_csv_opens_in_excel_and_keeps_the_filters(export, client) -> None:
    data = export("csv", area="重庆高新区", stage="II期", at_least="150", in_force="true")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    params = {"area": "重庆高新区", "stage": "II期", "at_least": "150", "in_force": "true"}
    body = client.get("/api/entitlements", params=params | {"as_of": DAY}).json()
    assert len(rows) == body["count"] > 0
    assert {row["地区"] for row in rows} == {"重庆高新区"}


def test_the_file_is_named_in_ascii_and_in_chinese(client) -> None:
    header = client.get("/api/entitlements/export").headers["content-disposition"]
    assert header.isascii()
    assert unquote(header.split("''")[1]).startswith("支持措施-")


@pytest.mark.parametrize(
    "evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "=cmd|' /C calc'!A0"]
)
def test_what_looks_like_a_formula_is_text(evil: str) -> None:
    assert as_text(evil).startswith("'")
    book = load_workbook(io.BytesIO(workbook_bytes([Sheet("a", [("b", 9)], [[evil]], [])])))
    cell = book.worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_a_document_with_formulas_gives_a_file_without(assistant_over) -> None:
    from fastapi.testclient import TestClient

    from server.app import create_app

    text = "=HYPERLINK办法\n\n第一条 对=cmd企业研发投入，给予10%补助，最高100万元。\n第二条 本办法自2024年1月1日起施行。\n"
    client = TestClient(create_app(assistant_over(text)))
    rows = csv.reader(io.StringIO(client.get("/api/entitlements/export?format=csv").text))
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]
    data = client.get("/api/entitlements/export").content
    kinds = {c.data_type for row in load_workbook(io.BytesIO(data)).worksheets[0] for c in row}
    assert "f" not in kinds


def test_numbers_and_control_characters(export) -> None:
    sheet = Sheet(
        "a",
        [("b", 9)],
        [
            [
                Decimal("175.1"),
            ],
            ["a\x00\x0bb"],
        ],
        [],
    )
    page = load_workbook(io.BytesIO(workbook_bytes([sheet]))).worksheets[0]
    assert page["A2"].value == 175.1
    assert page["A3"].value == "ab"


@pytest.mark.parametrize(
    "params", [{"format": "pdf"}, {"at_least": "1e9"}, {"at_least": "多"}, {"stage": "x"}]
)
def test_wrong_filters_are_400(client, params: dict) -> None:
    assert client.get("/api/entitlements/export", params=params).status_code == 400
