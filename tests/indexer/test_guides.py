"""Guides, tables and question-and-answer pages: measures, rows and pairs under addresses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.address import ClausePath
from corpus.outline import Outline
from corpus.wording import label
from indexer.clean import Paragraph
from indexer.loaders import Row
from indexer.parse import parse
from indexer.segments import part_texts

OutlineOf = Callable[[str], Outline]


def lay(*blocks: str | list[tuple[str, ...]], header: bool = True) -> Outline:
    """Read texts and tables in turn; a table of more than two columns has a header."""
    paragraphs: list[Paragraph] = []
    table = 0
    for block in blocks:
        if isinstance(block, str):
            for text in block.split("\n"):
                paragraphs.append(Paragraph(text, len(paragraphs) + 1, 1))
            continue
        table += 1
        for number, cells in enumerate(block):
            row = Row(table, cells, header and number == 0 and len(cells) > 2)
            paragraphs.append(Paragraph("\t".join(cells), len(paragraphs) + 1, 1, row=row))
    texts = part_texts(paragraphs)
    return parse(texts.main, others=texts.others, listed=texts.listed)


CARD = [
    ("依据文件", "《某市若干措施》（某府发〔2024〕3号）"),
    ("发布日期", "2024年5月6日"),
    ("服务对象", "在某市注册的企业。"),
    ("服务内容", "对首次获批的，给予最高200万元"),
]
REST = [
    ("", "奖励。"),
    ("条件要求", "1．依法纳税；\n2．未列入失信名单。"),
    ("办理流程", "网上申报。"),
]


def test_measure_under_a_numbered_heading():
    outline = lay("第一部分 惠企政策", "一、创新药", "（一）首次获批奖励", [*CARD, *REST[1:]])
    paths = [str(clause.path) for clause in outline]
    assert paths == [
        "sec1", "sec1.item1", *(f"sec1.item1.cell{n}" for n in range(1, 7)),
    ]  # fmt: skip
    measure = outline[ClausePath.parse("sec1.item1")]
    assert dict(measure.details) == {
        "依据文件": "《某市若干措施》（某府发〔2024〕3号）",
        "发布日期": "2024年5月6日",
    }
    cell = outline[ClausePath.parse("sec1.item1.cell5")]
    assert (cell.title, cell.text) == ("条件要求", "1．依法纳税；\n2．未列入失信名单。")
    assert label(cell.path) == "一、（一）第5栏"


def test_measure_that_runs_on_over_the_page():
    outline = lay("（一）首次获批奖励", CARD, REST, "（二）扩产奖励", [*CARD, *REST[1:]])
    paths = [str(clause.path) for clause in outline]
    assert paths[:7] == ["item1", *(f"item1.cell{n}" for n in range(1, 7))]
    assert paths[7] == "item2"
    cut = outline[ClausePath.parse("item1.cell4")]
    assert cut.text == "对首次获批的，给予最高200万元奖励。"


def test_measure_with_its_title_in_the_table():
    title = [("首次获批奖励", "首次获批奖励")]
    outline = lay("惠企政策如下", [*title, *CARD], [("扩产奖励", "扩产奖励"), *CARD])
    assert [str(c.path) for c in outline if c.kind == "item"] == ["measure1", "measure2"]
    assert [c.title for c in outline if c.kind == "item"] == ["首次获批奖励", "扩产奖励"]
    assert label(ClausePath.parse("measure2.cell3")) == "第2项措施第3栏"
    assert outline[ClausePath.parse("measure2.cell3")].headings[-1] == "扩产奖励"


def test_four_columns_of_labels():
    row = ("发文机构", "某市科技局", "发文字号", "某科发〔2024〕7号")
    outline = lay("（一）甲类奖励", [row, ("服务对象", "企业。", "企业。", "企业。")], header=False)
    assert [(c.title, c.text) for c in outline if c.kind == "subitem"] == [
        ("发文机构", "某市科技局"),
        ("发文字号", "某科发〔2024〕7号"),
        ("服务对象", "企业。"),
    ]


def test_measures_named_beside_their_labels():
    def beside(title: str) -> list[tuple[str, ...]]:
        return [(title, *cells) for cells in [*CARD, *REST[1:]]]

    outline = lay("惠企政策如下", [*beside("首次获批奖励"), *beside("扩产奖励")], header=False)
    assert [(str(c.path), c.title) for c in outline if c.kind == "item"] == [
        ("measure1", "首次获批奖励"),
        ("measure2", "扩产奖励"),
    ]
    texts = [c.text for c in outline if c.path.steps[0].number == 2 and c.kind == "subitem"]
    assert texts == [text for _, text in [*CARD, *REST[1:]]]


def test_ordinary_table_is_no_measure():
    rows = [("依据文件", "服务对象", "服务内容"), ("甲", "乙", "丙"), ("丁", "戊", "己")]
    assert [c.kind for c in lay("一、甲。", rows)][1:] == ["table"] * 3
    assert [c.kind for c in lay("一、甲。", rows, header=False)][1:] == ["table"] * 4


def test_numbers_start_anew_in_each_part():
    outline = lay(
        "第一部分 市级\n一、甲\n（一）子。\n（二）丑。\n二、乙\n（一）寅。\n第二部分 区级\n一、丙\n（一）卯。\n二、丁\n（一）辰。"
    )
    paths = [str(clause.path) for clause in outline]
    assert paths[0] == "part1.sec1" and "part2.sec2.item1" in paths
    assert len(paths) == len(set(paths)) and not outline.findings
    assert label(ClausePath.parse("part2.sec2.item1")) == "第二部分二、（一）"


def test_table_rows_are_clauses_under_their_column_names():
    outline = lay(
        "一、标准\n奖励标准见下表。\n表1 奖励标准",
        [("类别", "阶段", "金额"), ("1类", "I期", "200万元"), ("1类", "III期", "700万元")],
        "二、附则。",
    )
    paths = [str(clause.path) for clause in outline]
    assert paths == ["sec1", "sec1.table1", "sec1.table1.row1", "sec1.table1.row2", "sec2"]
    table, row = outline[ClausePath.parse("sec1.table1")], outline.clauses[3]
    assert (table.kind, table.title, table.text) == ("table", "表1 奖励标准", "类别\t阶段\t金额")
    assert row.text == "1类\tIII期\t700万元" and row.headings[-1] == "类别\t阶段\t金额"
    assert label(row.path) == "一、表1第2行"


def test_annex_that_is_a_table():
    outline = lay(
        "一、甲。\n二、乙。\n附件2\n支持标准", [("序号", "项目", "标准"), ("1", "丙", "5万元")]
    )
    assert [str(c.path) for c in outline][2:] == ["annex2", "annex2.table1", "annex2.table1.row1"]
    assert outline.clauses[-1].headings == ("附件2 支持标准", "序号\t项目\t标准")


ASKED = {
    "numbered-questions": (
        "1．谁可以申报？\n在本市注册的企业。\n2．何时申报？\n每年3月。\n需提前准备。\n3．找谁咨询？\n市科技局。",
        {"qa1": "谁可以申报？", "qa2": "何时申报？", "qa3": "找谁咨询？"},
    ),
    "问-and-答": (
        "问：谁可以申报？\n答：企业。\n问：何时申报？\n答：每年3月。",
        {"qa1": "问：谁可以申报？", "qa2": "问：何时申报？"},
    ),
    "on-one-line": (
        "一、谁可以申报？答：企业。\n二、何时申报？答：每年3月。\n三、找谁咨询？答：市科技局。",
        {"qa1": "谁可以申报？", "qa2": "何时申报？", "qa3": "找谁咨询？"},
    ),
    "years-in-questions": (
        "1.2025年度有多少指标？\n答：1.6万个。\n2.2025年度何时申请？\n答：9月。\n3.如何查询？\n答：网上。",
        {"qa1": "2025年度有多少指标？", "qa2": "2025年度何时申请？", "qa3": "如何查询？"},
    ),
}


@pytest.mark.parametrize(("text", "pairs"), ASKED.values(), ids=ASKED)
def test_each_question_is_a_clause_with_its_answer(
    outline_of: OutlineOf, text: str, pairs: dict[str, str]
):
    outline = outline_of(text)
    assert [str(clause.path) for clause in outline] == list(pairs)
    for clause, question in zip(outline, pairs.values(), strict=True):
        asked, _, answer = clause.text.partition("\n")
        assert question in asked and answer.strip()
    assert not outline.findings


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "一、甲。\n二、为什么要改革？因为需要。\n三、乙。\n四、丙。", id="one-question"
        ),
        pytest.param("一、坚持问题导向。\n二、问计于民。\n三、答好问卷。", id="words"),
    ],
)
def test_ordinary_text_has_no_pairs(outline_of: OutlineOf, text: str):
    assert all(clause.path.steps[0].rank == "sec" for clause in outline_of(text))
