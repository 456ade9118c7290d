"""Tables of a DOCX: rows, heads, merged cells; frames that are no tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx_files import cell, lines, paragraph, plain_table, rows_of, table


def test_table_has_rows_and_a_head(tmp_path: Path):
    found = lines(tmp_path, paragraph("附表"), plain_table(("地区", "平均税额"), ("上海", "45"), ("北京", "40")),
        plain_table(("序号", "事项", "单位"), ("1", "备案", "市\n局")),
    )  # fmt: skip
    assert rows_of(found) == [
        (("地区", "平均税额"), True), (("上海", "45"), False), (("北京", "40"), False),
        (("序号", "事项", "单位"), True), (("1", "备案", "市\n局"), False),
    ]  # fmt: skip
    assert [line.row.table for line in found if line.row] == [1, 1, 1, 2, 2]
    assert found[-1].text == "1\t备案\t市\n局"


def test_merged_cells_stand_in_all_they_cover(tmp_path: Path):
    two, top, below = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = lines(tmp_path, table(
            cell("税目", top) + cell("税率", two), cell("", below) + cell("1年") + cell("90日"),
            cell("小船") + cell("12.6") + cell("4.2"), cell("大船") + cell("24.0") + cell("8.0"),
        )
    )  # fmt: skip
    assert rows_of(found) == [
        (("税目", "税率", "税率"), True), (("税目", "1年", "90日"), True),
        (("小船", "12.6", "4.2"), False), (("大船", "24.0", "8.0"), False),
    ]  # fmt: skip


def test_header_flag_of_the_format_is_kept(tmp_path: Path):
    flag = "<w:trPr><w:tblHeader/></w:trPr>"
    found = lines(tmp_path, table(flag + cell("甲") + cell("乙"), cell("丙") + cell("丁")))
    assert [header for _, header in rows_of(found)] == [True, False]


def test_card_of_labelled_cells_has_no_head(tmp_path: Path):
    found = lines(
        tmp_path,
        plain_table(
            ("依据文件", "某市政府令第3号"), ("办理方式", "到窗口或者网上申请，五日内办结。")
        ),
    )
    assert [header for _, header in rows_of(found)] == [False, False]


def test_title_row_stands_over_the_table(tmp_path: Path):
    span = '<w:gridSpan w:val="2"/>'
    found = lines(
        tmp_path, table(cell("补助标准表", span), *(cell(a) + cell(b) for a, b in ("名额", "甲5")))
    )
    assert (found[0].text, found[0].row) == ("补助标准表", None)
    assert len(rows_of(found)) == 2


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param(plain_table(("第一条　甲。\n第二条　乙。",)), id="one-cell"),
        pytest.param(
            plain_table(("第一条　甲。",), ("第二条　乙。",)), id="articles-in-one-column"
        ),
        pytest.param(plain_table(("第一条　甲。", "第二条　乙。")), id="one-row"),
    ],
)
def test_table_that_only_lays_out_is_text(tmp_path: Path, frame: str):
    found = lines(tmp_path, frame)
    assert [line.text for line in found] == ["第一条　甲。", "第二条　乙。"]
    assert not rows_of(found)


def test_masthead_in_a_table_is_text(tmp_path: Path):
    joint = plain_table(("某市发展改革委", "文件"), ("某市财政局", ""))
    assert [line.text for line in lines(tmp_path, joint)] == [
        "某市发展改革委",
        "文件",
        "某市财政局",
    ]


def test_inner_table_stays_in_its_cell(tmp_path: Path):
    inner = f"<w:tc>{plain_table(('子', '丑'), ('寅', '卯'))}<w:p/></w:tc>"
    found = lines(tmp_path, table(cell("项目") + cell("内容"), cell("甲") + inner))
    assert rows_of(found)[1][0] == ("甲", "子 丑\n寅 卯")
