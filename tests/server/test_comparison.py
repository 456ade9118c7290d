"""Measures side by side: the table's fields, what is marked higher, and what is dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from corpus.address import Address, ClausePath
from corpus.outline import Clause, Outline
from indexer.entitlements.entitlement import Span
from indexer.entitlements.reader import ClauseReader
from retriever.query import Query
from server.answer import Cell, Column, Part
from server.assistant import Assistant
from server.checks import squeeze
from server.comparing.check import held
from server.comparing.shown import comparison_json, markdown_table
from server.comparing.sides import Side
from server.comparing.table import side_by_side
from server.composer import ExtractiveComposer
from server.verifier import begun, verify

CITY, ZONE = Address.parse("city#art1"), Address.parse("zone#art1")
TODAY = date(2026, 11, 24)


def library(**texts: str):
    """An index of documents of one clause each."""
    outlines = {
        name: Outline((Clause(ClausePath.parse("art1"), "article", text),), ())
        for name, text in texts.items()
    }
    readings = {name: SimpleNamespace(outline=outline) for name, outline in outlines.items()}
    return SimpleNamespace(
        readings=readings,
        clause=lambda address: (
            readings[address.document],
            outlines[address.document][address.path],
        ),
    )


def set_against(city: str, zone: str):
    """The comparison of two clauses with the index they are read from."""
    sides = [
        Side(Column(address), tuple(row.frozen() for row in ClauseReader(address, text).rows))
        for address, text in ((CITY, city), (ZONE, zone))
    ]
    assert all(side.rows for side in sides)
    index = library(city=city, zone=zone)
    return side_by_side(sides, index), index


def cells(city: str, zone: str) -> dict[str, list[str]]:
    """What each field says, the higher one with a star."""
    comparison, index = set_against(city, zone)
    kept, problems = held(comparison, {CITY, ZONE}, index)
    assert kept == comparison
    assert not problems
    return {
        row.field: [("*" if cell.higher else "") + "；".join(map(said, cell.parts)) for cell in row.cells]
        for row in kept.rows
    }  # fmt: skip


def said(part: Part) -> str:
    told = "".join(span.text for span in part.of) or (f"({part.number})" if part.number else "")
    return told + part.glue.join(squeeze(span.text) for span in part.spans)


def differing(city: str, zone: str) -> list[str]:
    comparison, _ = set_against(city, zone)
    return [row.field for row in comparison.rows if row.differs]


RATE_3 = "对承接委托生产业务的企业，按年度委托服务收入的3%给予奖励，最高不超过500万元。"
RATE_5 = "对承接委托生产业务的企业，按年度委托服务收入的5%给予奖励，最高不超过300万元。"


def test_higher_is_marked_where_kind_unit_and_base_are_the_same() -> None:
    told = cells(RATE_3, RATE_5)
    assert told["标准"] == ["3%", "*5%"]
    assert told["上限"] == ["*最高不超过500万元", "最高不超过300万元"]
    assert told["计算基数"] == ["年度委托服务收入", "年度委托服务收入"]
    assert not differing(RATE_3, RATE_5)


def test_equal_figures_are_not_marked() -> None:
    told = cells(RATE_3, RATE_3)
    assert told["标准"] == ["3%", "3%"]
    assert told["上限"] == ["最高不超过500万元"] * 2


def test_rates_of_different_bases_are_not_marked() -> None:
    other = RATE_5.replace("年度委托服务收入", "年度新增合同金额")
    assert cells(RATE_3, other)["标准"] == ["3%", "5%"]
    assert differing(RATE_3, other) == ["计算基数"]


def test_words_that_leave_a_base_the_same_do_not_part_it() -> None:
    other = RATE_5.replace("年度委托服务收入", "年度实际委托服务收入")
    assert cells(RATE_3, other)["标准"] == ["3%", "*5%"]
    assert not differing(RATE_3, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("最高不超过500万元", "单个企业每年最高不超过300万元", id="for-one-a-year"),
        pytest.param("最高不超过500万元", "单个企业最高不超过300万元", id="for-a-recipient"),
    ],
)
def test_caps_of_different_kinds_are_not_marked(one: str, other: str) -> None:
    zone = RATE_5.replace("最高不超过300万元", other)
    assert cells(RATE_3, zone)["上限"] == [one, other]
    assert differing(RATE_3, zone) == ["上限"]


def test_an_amount_and_a_limit_are_not_marked() -> None:
    told = cells(
        "对获批的品种，给予每个品种奖励100万元。", "对获批的品种，给予每个品种最高50万元奖励。"
    )
    assert not any(text.startswith("*") for texts in told.values() for text in texts)
    assert "最高50万元" in told["标准"][1]


def test_an_amount_and_a_rate_are_not_marked() -> None:
    told = cells("对获批的品种，给予每个品种奖励100万元。", RATE_3)
    assert told["标准"] == ["每个品种奖励100万元", "3%"]


def test_amounts_a_month_and_a_year_are_not_marked() -> None:
    month = "在基地连续就业满1年的青年，可领取每人每月1500元住房补贴。"
    year = month.replace("每月1500", "每年3000")
    assert cells(month, year)["标准"] == ["每人每月1500元", "每人每年3000元"]
    assert "标准" in differing(month, year)


def test_a_field_that_one_side_lacks_is_empty_there() -> None:
    told = cells(RATE_3.replace("，最高不超过500万元", ""), RATE_5)
    assert told["上限"] == ["", "最高不超过300万元"]
    assert "叠加规则" not in told


TIERS = (
    "对服务平台建设，固定资产投资超过1000万元（含），不超过5000万元（含）部分，按照固定资产投资额的10%给予支持；"
    "超过5000万元部分，按照固定资产投资额的20%给予支持。单个企业最高支持额度不超过1000万元。"
)


def test_tiers_stand_whole_and_are_not_marked() -> None:
    told = cells(TIERS, "对服务平台建设，按照固定资产投资额的15%给予支持。")
    assert told["标准"] == [
        "固定资产投资超过1000万元（含），不超过5000万元（含）部分，按照固定资产投资额的10%；超过5000万元部分，按照固定资产投资额的20%",
        "15%",
    ]


LISTED = (
    "对完成一期、二期、三期临床试验的，分别按研发投入的10%、20%、30%，"
    "分别给予不超过200万元、300万元、700万元的补助。"
)


def test_each_measure_of_a_list_is_told_apart() -> None:
    told = cells(LISTED, "对完成三期临床试验的，按研发投入的25%，给予不超过800万元的补助。")
    rates, caps = told["标准"][0].split("；"), told["上限"][0].split("；")
    assert [rate[-3:] for rate in rates] == ["10%", "20%", "30%"]
    assert len({rate[:-3] for rate in rates}) == 3
    assert [cap[-5:] for cap in caps] == ["200万元", "300万元", "700万元"]
    assert told["标准"][1] == "25%"


def test_long_words_give_way_to_numbers() -> None:
    text = (
        "对企业通过注册申请或者引进方式取得药品批准文号并实现产业化的，给予奖励100万元；"
        "对企业建设面向全行业开放的公共技术服务平台并投入使用的，给予奖励300万元。"
    )
    told = cells(text, "对企业建设公共技术服务平台的，给予奖励200万元。")
    assert told["标准"][0] == "(1)100万元；(2)300万元"
    assert told["支持事项"][0].startswith("(1)")


def test_a_cell_that_is_not_in_its_clause_is_dropped() -> None:
    comparison, index = set_against(RATE_3, RATE_5)
    place = [row.field for row in comparison.rows].index("上限")
    row = comparison.rows[place]
    invented = Part((Span(CITY, 0, 5, "900万元"),))
    forged = replace(row, cells=(Cell((invented,), higher=True), row.cells[1]))
    rows = (*comparison.rows[:place], forged, *comparison.rows[place + 1 :])
    kept, problems = held(replace(comparison, rows=rows), {CITY, ZONE}, index)
    assert [p.check for p in problems] == ["cell_in_its_clause"]
    assert problems[0].claim == "900万元"
    cap = next(row for row in kept.rows if row.field == "上限")
    assert cap.cells[0] == Cell()
    assert not any(cell.higher for cell in cap.cells)


def test_a_cell_of_the_other_columns_clause_is_dropped() -> None:
    comparison, index = set_against(RATE_3, RATE_5)
    rows = tuple(replace(row, cells=row.cells[::-1]) for row in comparison.rows)
    kept, problems = held(replace(comparison, rows=rows), {CITY, ZONE}, index)
    assert kept is None
    assert {p.check for p in problems} == {"cell_in_its_clause"}


def test_a_mark_on_the_lower_figure_is_taken_away() -> None:
    comparison, index = set_against(RATE_3, RATE_5)
    rows = tuple(
        replace(row, cells=tuple(replace(c, higher=not c.higher) for c in row.cells))
        if row.field == "上限"
        else row
        for row in comparison.rows
    )
    kept, problems = held(replace(comparison, rows=rows), {CITY, ZONE}, index)
    cap = next(row for row in kept.rows if row.field == "上限")
    assert not any(cell.higher for cell in cap.cells)
    assert [p.check for p in problems] == ["higher_follows"]


def test_a_column_whose_clause_is_not_cited_ends_the_table() -> None:
    comparison, index = set_against(RATE_3, RATE_5)
    assert held(comparison, {CITY}, index) == (None, ())


# The real index

LEVELS = "中药经典名方拿到批文，市级和高新区分别奖多少"
STAGE = "创新药三期临床的研发补助，市里和高新区对比，比例和上限各是多少"
CLASSES = "高新区二类证和三类证的奖励有什么区别"
QUESTIONS = [
    LEVELS,
    STAGE,
    CLASSES,
    "CRO平台建设市级和高新区固定资产支持对比",
    "国内和海外临床试验责任险补贴分别多少",
    "高新区装修厂房和GMP车间补贴标准分别是多少",
    "高新区首台套采购和国家集采的奖励比例哪个高",
    "56号文第（五）条和31号文第十一条有什么区别",
    "临床前研究和三期临床，56号文支持的上限哪个高",
]


def field(answer, name: str) -> list[tuple[str | None, bool]]:
    row = next(row for row in answer["comparison"]["rows"] if row["field"] == name)
    return [(cell["text"], cell["higher"]) for cell in row["cells"]]


def test_two_levels_side_by_side(ask) -> None:
    answer = ask(LEVELS)
    columns = {c["area"]: i for i, c in enumerate(answer["comparison"]["columns"])}
    city, zone = columns["重庆市"], columns["重庆高新区"]
    assert field(answer, "标准")[city] == ("每个奖励100万元", True)
    assert field(answer, "标准")[zone] == ("单个品种奖励50万元", False)
    assert field(answer, "上限")[city] == (None, False)
    cited = {c["n"]: c for c in answer["citations"]}
    for column in answer["comparison"]["columns"]:
        assert cited[column["citation"]]["label"] == column["label"]
        assert cited[column["citation"]]["title"] == column["title"]
    assert len(answer["claims"]) == 2
    assert any(note.startswith("叠加") for note in answer["notes"])


def test_the_measure_that_is_named_is_chosen_and_other_clauses_limits_are_noted(ask) -> None:
    answer = ask(STAGE)
    assert {text for text, _ in field(answer, "标准")} == {"30%", "不超过研发投入总经费20%"}
    assert not any(higher for _, higher in field(answer, "标准"))
    assert sorted(field(answer, "上限")) == [("1000万元/项", True), ("700万元", False)]
    notes = answer["comparison"]["notes"]
    assert "口径不同：计算基数" in notes[0]
    assert any("不超过1000万元" in n and "第四条第（二）项" in n for n in notes)


def test_two_measures_of_one_clause_side_by_side(ask) -> None:
    answer = ask(CLASSES)
    names = [column["name"] for column in answer["comparison"]["columns"]]
    assert ["三类" in names[0], "二类" in names[1]] == [True, True]
    assert field(answer, "标准") == [
        ("单个品种一次性资金奖励200万元", True),
        ("单个品种一次性资金奖励50万元", False),
    ]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_cell_stands_in_the_clause_of_its_column(ask, assistant, question: str) -> None:
    answer = ask(question)
    columns = [Address.parse(c["address"]) for c in answer["comparison"]["columns"]]
    for row in answer["comparison"]["rows"]:
        assert any(cell["text"] for cell in row["cells"])
        assert sum(cell["higher"] for cell in row["cells"]) <= 1
    retrieval = assistant.retrieve(Query(question, TODAY))
    comparison = assistant.answer(retrieval).comparison
    for row in comparison.rows:
        for address, cell in zip(columns, row.cells, strict=True):
            text = squeeze(assistant.index.readings[address.document].outline.text(address.path))
            for part in cell.parts:
                assert all(squeeze(s.text) in text for s in (*part.of, *part.spans))
    assert not answer["trace"]["problems"]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("56号文和31号文的有效期有什么区别", id="terms"),
        pytest.param("CRO平台建设，市级和高新区分别由谁牵头", id="who-leads"),
        pytest.param("市级和高新区首台套奖励哪个高", id="one-level-has-none"),
        pytest.param("市级和高新区对租厂房、装修厂房的补贴有什么区别", id="on-something-else"),
        pytest.param("高新区三类证奖励多少", id="compares-nothing"),
    ],
)
def test_no_table_where_there_is_nothing_to_set_against(ask, question: str) -> None:
    answer = ask(question)
    assert answer["comparison"] is None
    assert "| ---" not in answer["answer"]


def test_the_answer_text_holds_a_table_behind_the_statements(ask) -> None:
    answer = ask(LEVELS)
    lines = answer["answer"].splitlines()
    head = next(i for i, line in enumerate(lines) if line.startswith("| 对照 |"))
    assert "[1]" in lines[head]
    assert "[2]" in lines[head]
    assert lines[head + 1].count("---") == 3
    assert any("100万元（较高）" in line for line in lines[head:])
    assert any(line.endswith("| — |") or "| — |" in line for line in lines[head:])
    table = [line for line in lines[head:] if line.startswith("|")]
    assert table == lines[head : head + len(table)]
    assert lines.index("**依据**") > head


def test_a_forged_cell_never_reaches_the_answer(assistant: Assistant) -> None:
    retrieval = assistant.retrieve(Query(LEVELS, TODAY))
    composer = ExtractiveComposer(assistant.index, assistant.retriever, assistant.threshold)
    draft = composer.compose(retrieval)
    address = draft.comparison.columns[0].address
    forged = Cell((Part((Span(address, 0, 6, "9999万元"),)),))
    rows = tuple(
        replace(row, cells=(forged, *row.cells[1:])) if row.field == "标准" else row
        for row in draft.comparison.rows
    )
    answer = verify(
        replace(draft, comparison=replace(draft.comparison, rows=rows)), retrieval, assistant.index
    )
    assert "9999" not in answer.text
    assert "cell_in_its_clause" in [p.check for p in answer.trace.problems]


def test_the_stream_ends_with_the_same_table(client) -> None:
    body = {"question": LEVELS, "as_of": "2026-11-24"}
    stream = client.post("/api/ask/stream", json=body).text
    whole = client.post("/api/ask", json=body).json()
    assert stream.count("event: delta") == len(whole["claims"])
    assert '"comparison": {"columns"' in stream.split("event: answer")[1]


def test_what_is_told_first_is_how_the_answer_with_the_table_begins(assistant: Assistant) -> None:
    retrieval = assistant.retrieve(Query(LEVELS, TODAY))
    composer = ExtractiveComposer(assistant.index, assistant.retriever, assistant.threshold)
    draft = composer.compose(retrieval)
    whole = verify(draft, retrieval, assistant.index).text
    for n in range(1, len(draft.claims) + 1):
        assert whole.startswith(begun(draft.claims[:n], draft, retrieval, assistant.index))


def test_a_cell_cannot_break_the_markdown_table() -> None:
    column = {"name": "甲|乙", "label": "第一条", "citation": 1}
    cell = {"text": "一|二", "higher": True}
    table = {"columns": [column], "rows": [{"field": "标准", "cells": [cell]}], "notes": []}
    shown = markdown_table(table)
    assert shown["heads"] == ["甲\\|乙 第一条[1]"]
    assert shown["rows"] == [["标准", "一\\|二（较高）"]]
    assert comparison_json(None, ()) is None
    assert markdown_table(None) is None


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        pytest.param(
            "市里对CRO平台的支持和高新区的比哪个多",
            {"cqzfb-2025-56#item5", "cqgxq-2024-31#art11.item1"},
            id="a measure before a plan",
        ),
        pytest.param(
            "高新区的经典名方奖励跟市里的差多少",
            {"cqgxq-2024-31#art6", "cqzfb-2025-56#item10"},
            id="what the second is asked for is left out",
        ),
        pytest.param(
            "集采中标和委托别人生产都是3%，高新区这两样封顶有啥不一样？",
            {"cqgxq-2024-31#art10.item2", "cqgxq-2024-31#art9"},
            id="two of one document",
        ),
    ],
)
def test_both_sides_are_stated_with_their_figures(
    assistant: Assistant, question: str, cited: set[str]
) -> None:
    answer = assistant.ask(Query(question, TODAY))
    assert {str(citation.address) for citation in answer.citations} == cited
    assert answer.comparison is not None
