"""Plans, interpretations and question pages: their spans, their titles, what they explain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pdfs import Sheet, write_pdf

from indexer.clean import Paragraph
from indexer.headmatter import read_head
from indexer.loaders import Row, load
from indexer.read import entry_of_file, read_source
from indexer.readings import Reading

Read = Callable[..., Reading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a text or a page from a file."""

    def from_file(text: str, name: str = "source.txt") -> Reading:
        path = tmp_path / name
        path.write_text(text.strip() + "\n", encoding="utf-8")
        return read_source(entry_of_file(path))

    return from_file


PLAN = """
西岭市医疗卫生服务体系规划
目　录
前　言
第一章 发展基础
第二章 保障措施
前　言
编制本规划，规划期为2021—2025年。
第一章 发展基础
第一节 现状
床位数增加到4.1万张。
第二章 保障措施
加强组织领导。
"""


def test_span_that_a_plan_states_in_its_text(read: Read):
    reading = read(PLAN)
    document = reading.document
    assert document.title == "西岭市医疗卫生服务体系规划"
    assert (document.term.start, document.term.end) == (date(2021, 1, 1), date(2025, 12, 31))
    assert [str(basis.path) for basis in document.term.basis] == ["opening.para2"]


def test_span_of_a_five_year_plan(read: Read):
    text = "西岭市“十四五”卫生规划\n一、目标\n建成体系。\n二、措施\n加强领导。"
    term = read(text).document.term
    assert (term.start, term.end) == (date(2021, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("clause", "start", "end"),
    [
        pytest.param("执行期限为2024年1月1日至2024年12月31日。", date(2024, 1, 1), date(2024, 12, 31), id="between"),
        pytest.param("本办法自2024年5月1日起试行，试行期至2026年4月30日。", date(2024, 5, 1), date(2026, 4, 30), id="trial"),
    ],
)  # fmt: skip
def test_terms(read: Read, clause: str, start: date, end: date):
    text = f"某市预收费监管办法（试行）\n第一条 制定本办法。\n第二条 {clause}"
    term = read(text).document.term
    assert (term.start, term.end) == (start, end)


def test_interpretation_has_no_term_of_its_own(read: Read):
    text = (
        "《金岭市支持首台（套）装备若干政策》政策解读\n来源：市工信局 发布日期：2024-03-22 10:20 浏览次数：12\n"
        "一、主要内容\n给予奖励。\n二、有效期\n自2024年4月1日起施行，有效期3年。"
    )
    document = read(text).document
    assert (document.kind, document.area) == ("解读", "金岭市")
    assert document.published == date(2024, 3, 22)
    assert document.term.start is None


def test_picture_page_explains_a_policy(read: Read):
    text = (
        "一图读懂《南屏县困难群众救助办法》\n问题一：救助对象有哪些？\n低保对象。\n问题二：标准是多少？\n每月720元。\n"
        "问题三：如何申请？\n向乡镇申请。"
    )
    reading = read(text)
    assert reading.document.explains == "南屏县困难群众救助办法"
    assert reading.document.area == "南屏县"
    assert [str(clause.path) for clause in reading.outline] == ["qa1", "qa2", "qa3"]


def test_title_that_begins_with_a_year_or_ends_in_a_version(read: Read):
    year = read("2024年青溪市住房保障工作计划\n一、目标\n新增3000套。\n二、任务\n加快建设。")
    assert year.document.title == "2024年青溪市住房保障工作计划"
    version = read(
        "栖霞市惠企政策导引\n（2024年版）\n一、奖励\n奖励10万元。\n二、补助\n补助5万元。"
    )
    assert version.document.title == "栖霞市惠企政策导引（2024年版）"


def test_first_clause_of_a_standard_is_no_title(read: Read):
    text = "窗口服务规范\n1 范围\n本规范规定了要求。\n2 要求\n2.1 人员要求\n2.1.1 着装整齐。\n2.1.2 使用普通话。\n2.2 时限要求\n2.2.1 当场办结。"
    reading = read(text)
    assert reading.document.title == "窗口服务规范"
    assert str(reading.outline.clauses[0].path) == "deca1"


def test_news_of_policies_is_none(read: Read):
    text = "税务总局：落实落细税收优惠政策\n记者从税务总局获悉，优惠政策要给力。\n据介绍，政策已惠及300户企业。"
    assert read(text).document.authority == "informational"


def test_name_of_a_short_page_is_not_its_text(tmp_path: Path):
    title = "东崖省人民政府关于同意设立云台山经济开发区并实行省级经济开发区政策的批复"
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><head><title>{title}_东崖省人民政府网</title><meta name='ArticleTitle' content='{title}'></head><body>"
        f"<div><a href='/'>首页</a></div><div><p>{title}</p><p>东政函〔2024〕61号</p><p>云台市人民政府：</p>"
        "<p>你市请示收悉。现批复如下：</p><p>一、同意设立。</p><p>二、严格执行规划。</p><p>此复。</p></div></body></html>",
        encoding="utf-8",
    )
    assert load(path).lines[0].text == title
    assert read_source(entry_of_file(path)).document.title == title


def test_rows_of_a_table_are_no_title():
    rows = [("序号", "项目", "标准"), ("1", "处置费", "10元")]
    table = [
        Paragraph("\t".join(cells), line, row=Row(1, cells, line == 2))
        for line, cells in enumerate(rows, 2)
    ]
    head = read_head([Paragraph("云台市收费目录清单", 1), *table])
    assert head.title == "云台市收费目录清单"
    assert list(head.body) == table


def test_page_of_short_headings_keeps_its_margin(tmp_path: Path):
    # Six headings end together far inside; no two paragraphs of one line end together.
    sheet = Sheet()
    words = "到二〇二五年建成优质高效的整合型医疗卫生服务体系并持续扩容"
    for at, number in enumerate("一二三四五六"):
        sheet.text(104, 100 + 56 * at, f"第{number}节发展目标", 12)
        sheet.text(104, 128 + 56 * at, f"{words[: 18 + 2 * at]}。", 12)
    source = load(write_pdf(tmp_path / "plan.pdf", sheet))
    assert [line.starts for line in source.lines] == [True] * 12


def test_line_above_the_only_table_of_a_page_is_kept(tmp_path: Path):
    rows = "".join(
        f"<tr><td>{n}</td><td>第{n}类危险废物处置服务费</td><td>每吨{n}00元</td></tr>"
        for n in range(1, 9)
    )
    path = tmp_path / "list.html"
    path.write_text(
        "<html><head><title>收费目录清单</title></head><body><div><a href='/'>首页</a></div><div><p>收费目录清单</p>"
        f"<p>（截至2024年6月30日）</p><table><tr><th>序号</th><th>项目</th><th>标准</th></tr>{rows}</table></div></body></html>",
        encoding="utf-8",
    )
    assert "（截至2024年6月30日）" in [line.text for line in load(path).lines]
