"""Title, 文号, issuer, dates and notice, apart from the body."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.catalogue import Entry
from indexer.clean import Paragraph, clean
from indexer.docnumbers import normal_number
from indexer.headmatter import read_head
from indexer.loaders import load
from indexer.read import entry_of_file, read_source
from indexer.readings import Reading

Split = Callable[[str], list[Paragraph]]

CARRYING = """
某市人民政府办公室
关于印发某市人才引进办法的通知
某府办〔2023〕7号
各区人民政府，市政府各部门：
《某市人才引进办法》已经市政府同意，现印发给你们，请遵照执行。
某市人民政府办公室
2023年5月6日
（此件公开发布）
某市人才引进办法
第一章 总则
第一条 为了引进人才，制定本办法。
第二条 本办法自2023年6月1日起施行。
"""


def test_notice_that_carries_measures_is_one_document(paragraphs: Split):
    head = read_head(paragraphs(CARRYING))
    assert head.title == "某市人才引进办法"
    assert head.titles == ("某市人才引进办法", "某市人民政府办公室关于印发某市人才引进办法的通知")
    assert head.doc_number == "某府办〔2023〕7号"
    assert (head.issuers, head.issued) == (("某市人民政府办公室",), date(2023, 5, 6))
    assert [p.text for p in head.notice] == [
        "《某市人才引进办法》已经市政府同意，现印发给你们，请遵照执行。"
    ]
    assert [p.text for p in head.body] == [
        "第一章 总则",
        "第一条 为了引进人才，制定本办法。",
        "第二条 本办法自2023年6月1日起施行。",
    ]


def test_opinions_carry_nothing(paragraphs: Split):
    head = read_head(
        paragraphs("""
        某市人民政府关于促进就业的意见
        某府发〔2020〕11号
        各区人民政府：
        为了促进就业，提出如下意见。
        一、总体要求
        稳定就业。
        某市人民政府
        2020年3月4日""")
    )
    assert (head.title, head.notice) == ("某市人民政府关于促进就业的意见", ())
    assert (head.issuers, head.issued) == (("某市人民政府",), date(2020, 3, 4))
    assert [p.text for p in head.body] == [
        "为了促进就业，提出如下意见。",
        "一、总体要求",
        "稳定就业。",
    ]


def test_title_stands_below_the_number_in_the_official_layout(paragraphs: Split):
    head = read_head(
        paragraphs("""
        某市人民政府办公室文件
        某府办发〔2024〕3号
        某市人民政府办公室关于促进就业的意见
        各区人民政府：
        为了促进就业，提出如下意见。
        一、总体要求
        稳定就业。
        某市人民政府办公室
        2024年3月4日""")
    )
    assert head.title == "某市人民政府办公室关于促进就业的意见"
    assert head.doc_number == "某府办发〔2024〕3号"
    assert head.body[0].text == "为了促进就业，提出如下意见。"


@pytest.mark.parametrize(
    "enacted",
    [
        pytest.param("（2021年3月4日第二届会议通过）", id="short"),
        pytest.param("（2019年1月2日第一届会议通过　2021年3月4日第二届会议修正）", id="amended"),
        pytest.param("2021年3月4日第二届会议通过", id="no-brackets"),
        pytest.param(
            "（2021年3月4日第二届会议通过，自2021年5月1日起施行）",
            id="with-entry-into-force",
        ),
    ],
)
def test_lines_of_enactment_are_no_body(paragraphs: Split, enacted: str):
    head = read_head(paragraphs(f"中华人民共和国试验法\n{enacted}\n第一条 甲。\n第二条 乙。"))
    assert (head.title, head.issued) == ("中华人民共和国试验法", date(2021, 3, 4))
    assert [p.text for p in head.body] == ["第一条 甲。", "第二条 乙。"]


def test_article_is_no_addressee(paragraphs: Split):
    text = (
        "试验条例\n第一条 甲。\n第二条 本条例所称保险公司，是指下列公司：\n（一）乙；\n第三条 丙。"
    )
    body = read_head(paragraphs(text)).body
    assert [p.text for p in body] == text.split("\n")[1:]


#: Read from the text alone, without the catalogue.
REAL = [
    (
        "000_108cbd453da39e76.txt",
        "重庆市人民政府办公厅关于加快生物医药产业发展的指导意见",
        "渝府办发〔2019〕52号",
        ("重庆市人民政府办公厅",),
        date(2019, 4, 30),
    ),
    (
        "001_584cc74ce0b9942d.txt",
        "重庆国际生物城建设发展三年行动计划（2022—2024年）",
        "渝府办〔2021〕17号",
        ("重庆市人民政府办公厅",),
        date(2021, 12, 31),
    ),
    (
        "002_548dc435086d1b2c.txt",
        "关于促进重庆高新区生物医药产业发展的办法（修订）",
        "渝高新发〔2024〕31号",
        ("重庆高新区管委会",),
        date(2024, 12, 4),
    ),
    (
        "003_801b470109aeb992.txt",
        "重庆市全链条支持创新药高质量发展若干措施",
        "渝府办发〔2025〕56号",
        ("重庆市人民政府办公厅",),
        date(2025, 11, 1),
    ),
]


@pytest.mark.parametrize(
    ("name", "title", "doc_number", "issuers", "issued"),
    [
        pytest.param(
            *row,
            id=row[2],
        )
        for row in REAL
    ],
)
def test_head_of_a_real_source(
    corpus_folder: Path,
    name: str,
    title: str,
    doc_number: str,
    issuers: tuple[str, ...],
    issued: date,
):
    document = read_source(entry_of_file(corpus_folder / "documents" / name)).document
    assert (document.title, document.doc_number) == (title, doc_number)
    assert (document.issuers, document.issued) == (issuers, issued)
    assert document.authority == "normative"


def test_catalogue_and_text_agree(entries: dict[str, Entry], sources: dict[str, Reading]):
    for name, entry in entries.items():
        if entry.reading:
            continue
        alone = read_source(entry_of_file(entry.path)).document
        listed = sources[name].document
        for field in ("title", "doc_number", "issuers", "issued", "published", "kind"):
            assert getattr(alone, field) == getattr(listed, field), (name, field)


@pytest.mark.parametrize("name", ["cqzfb-2019-52", "cqgxq-2024-31", "cqzfb-2025-56"])
def test_no_signature_and_no_addressee_is_left(entries: dict[str, Entry], name: str):
    head = read_head(clean(load(entries[name].path).lines))
    text = "\n".join(p.text for p in (*head.notice, *head.body))
    assert "此件公开发布" not in text and "各区县（自治县）人民政府，" not in text
    assert "各镇人民政府、" not in text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("渝高新发〔2024〕31 号", "渝高新发〔2024〕31号", id="blank"),
        pytest.param("渝府办发[2025]56号", "渝府办发〔2025〕56号", id="square-brackets"),
        pytest.param("渝府办发（2025）56号", "渝府办发〔2025〕56号", id="round-brackets"),
        pytest.param("国发【2020】第5号", "国发〔2020〕5号", id="bold-brackets-and-第"),
        pytest.param("2024年第24次会议", None, id="meeting"),
        pytest.param("AI（2024）5号", None, id="no-issuer"),
        pytest.param("", None, id="empty"),
    ],
)
def test_number_in_its_standard_form(text: str, number: str | None):
    assert normal_number(text) == number


COPIED = """
您当前的位置：首页 > 政务公开 > 通知公告
【字体：大 中 小】 【打印本页】 【关闭窗口】
某市2025年度科技企业奖励申报指南
发布时间：2025-05-26 16:42   来源：科技创新局   浏览次数：3187
各有关企业：
现启动奖励申报工作，有关事项通知如下。
一、支持对象
本市登记的企业。
二、申报材料
打印的申请表和营业执照。
某市科技创新局
2025年5月26日
附件：1.奖励申请表.docx 2.信用承诺书.docx
【上一篇】关于公布名单的通知
主办：某市管理委员会 蜀ICP备12345678号 网站地图 | 联系我们
"""


def test_what_a_site_printed_around_a_copied_text_is_none_of_it(paragraphs: Split):
    head = read_head(paragraphs(COPIED))
    assert head.title == "某市2025年度科技企业奖励申报指南"
    assert head.issuers == ("某市科技创新局",) and head.issued == date(2025, 5, 26)
    body = "\n".join(p.text for p in head.body)
    assert "打印的申请表" in body and "奖励申请表.docx" in body
    assert not any(words in body for words in ("当前的位置", "字体", "上一篇", "ICP备", "浏览次数"))


@pytest.mark.parametrize(
    ("line", "issuer"),
    [
        ("某市教育局 2025年2月16日", "某市教育局"),
        ("某市应急指挥部 防控工作领导小组2025年2月16日", "某市应急指挥部"),
        ("咨询电话：（010）8403-8327某区劳动鉴定中心 2025年2月16日", "某区劳动鉴定中心"),
    ],
)
def test_an_issuer_with_the_day_on_its_line(paragraphs: Split, line: str, issuer: str):
    text = f"关于做好线上教学的通知\n各学校：\n一、请做好线上教学。\n{line}\n"
    head = read_head(paragraphs(text))
    assert head.issuers[0] == issuer and head.issued == date(2025, 2, 16)


INFO = """
某市人民政府网 >> 政府信息公开 >> 社会救助
索 引 号：011280755/2024-30218    主题分类：民政    发文日期：2024年03月26日
名    称：区人民政府办公室关于印发困难群众救助实施细则的通知
某市沙洲区人民政府办公室
关于印发困难群众救助实施细则的通知
沙政办发〔2024〕11号
各镇人民政府、街道办事处，区直有关单位：
现印发给你们，请遵照执行。
第一条 为做好救助工作，制定本细则。
"""
LONG = """
某市医疗保障局　首页 > 政务公开 > 政策解读
字号：[大] [中] [小]    打印本页    分享到：
某市商务局 某市体育局 某市文化广电和旅游局 某市财政局关于印发某市促进餐饮住宿和体育赛事消费若干措施的通知
某商规〔2025〕4号
各县（区）商务、体育、文旅、财政主管部门，各有关企业：
一、支持餐饮企业。给予一次性奖励3万元。
"""


def test_facts_printed_above_a_title_are_no_title(paragraphs: Split):
    head = read_head(paragraphs(INFO))
    assert head.title == "某市沙洲区人民政府办公室关于印发困难群众救助实施细则的通知"
    assert head.doc_number == "沙政办发〔2024〕11号" and head.issued == date(2024, 3, 26)


def test_several_issuers_make_a_title_of_one_line_long(paragraphs: Split):
    head = read_head(paragraphs(LONG))
    assert (
        head.title.endswith("体育赛事消费若干措施的通知") and head.doc_number == "某商规〔2025〕4号"
    )
    assert head.issuers[:2] == ("某市商务局", "某市体育局")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "财政部\n财政部 税务总局 关于支持防控有关税收政策的公告 现就有关政策公告如下：\n一、免征增值税。",
            "财政部 税务总局关于支持防控有关税收政策的公告",
        ),
        (
            "某省医疗保障局\n各市医疗保障局： 经省政府同意，现就延长参保缴费期（以下简称缴费期）有关事项通知如下：\n一、延长至三月底。",
            "关于延长参保缴费期的通知",
        ),
        ("某省医疗保障局\n一、延长至三月底。", "某省医疗保障局"),
    ],
)
def test_a_title_cut_off_behind_the_issuer_is_told_by_the_text(
    paragraphs: Split, text: str, title: str
) -> None:
    head = read_head(paragraphs(text))
    assert head.title == title
    assert head.title == text.split("\n")[0] or head.issuers[0] == text.split("\n")[0]
