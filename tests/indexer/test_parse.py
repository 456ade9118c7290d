"""Made-up bodies to outlines: what gets which address."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.address import ClausePath
from corpus.outline import Outline

OutlineOf = Callable[[str], Outline]

STATUTES = {
    "one-paragraph": ("第一条 甲。\n第二条 乙。", ["art1", "art2"]),
    "several-款": (
        "第一条 甲。\n又甲。\n再甲。\n第二条 乙。",
        ["art1", "art1.para1", "art1.para2", "art1.para3", "art2"],
    ),
    "items-on-a-lead": (
        "第一条 有下列情形之一的：\n（一）甲；\n（二）乙。\n第二条 丙。",
        ["art1", "art1.item1", "art1.item2", "art2"],
    ),
    "paragraph-behind-items-is-a-款": (
        "第一条 有下列情形之一的：\n（一）甲；\n（二）乙。\n前款情形从重。\n第二条 丙。",
        ["art1", "art1.para1", "art1.para1.item1", "art1.para1.item2", "art1.para2", "art2"],
    ),
    "items-in-the-second-款": (
        "第一条 甲。\n有下列情形之一的：\n（一）乙；\n（二）丙。\n第二条 丁。",
        ["art1", "art1.para1", "art1.para2", "art1.para2.item1", "art1.para2.item2", "art2"],
    ),
    "item-of-several-paragraphs": (
        "第一条 装修支持\n（一）租金。按面积。\n（二）装修。按面积。\n按厂房；\n按办公用房。\n第二条 丙。",
        ["art1", "art1.item1", "art1.item2", "art2"],
    ),
    "目": (
        "第一条 甲：\n（一）乙：\n1．丙；\n2．丁。\n第二条 戊。",
        ["art1", "art1.item1", "art1.item1.sub1", "art1.item1.sub2", "art2"],
    ),
    "之一": (
        "第一百二十条 甲。\n第一百二十条之一 乙。\n第一百二十条之二 丙。\n第一百二十一条 丁。",
        ["art120", "art120-1", "art120-2", "art121"],
    ),
    "past-a-thousand": ("第一千条 甲。\n第一千零一条 乙。", ["art1000", "art1001"]),
    "articles-run-through-chapters": (
        "第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。",
        ["art1", "art2"],
    ),
    "mention-at-the-start-of-a-paragraph": (
        "第一条 甲。\n第五条第二款规定的情形除外。\n第二条 乙。",
        ["art1", "art1.para1", "art1.para2", "art2"],
    ),
    "annex": (
        "第一条 甲。\n第二条 乙。\n附件1：申报指南\n第一条 丙。\n第二条 丁。",
        ["art1", "art2", "annex1", "annex1.art1", "annex1.art2"],
    ),
    "second-text-in-one-file": (
        "第一条 甲。\n第二条 乙。\n第三条 丙。\n第一条 丁。\n第二条 戊。",
        ["art1", "art2", "art3", "text2.art1", "text2.art2"],
    ),
    "item-goes-on-behind-a-paragraph": (
        "第一条 有下列情形之一的：\n（一）甲；\n又甲；\n（二）乙。\n第二条 丙。",
        ["art1", "art1.item1", "art1.item2", "art2"],
    ),
    "项-of-older-statutes": (
        "第一条 有下列情形之一的：\n一、甲；\n二、乙。\n第二条 丙。",
        ["art1", "art1.sec1", "art1.sec2", "art2"],
    ),
    "sections-above-articles-are-headings": (
        "一、一般规定\n第一条 甲。\n二、特别规定\n（一）质押\n第二条 乙。",
        ["art1", "art2"],
    ),
    "分编": ("第二编 物权\n第二分编 所有权\n第一条 甲。\n第二条 乙。", ["art1", "art2"]),
    "quotation-numbers-nothing": (
        "第一条 将第六条修改为：“第六条 甲：\n“（一）乙；\n“（二）丙。”\n第二条 丁。",
        ["art1", "art1.para1", "art1.para2", "art1.para3", "art2"],
    ),
    "preamble": ("为了发展，制定本办法。\n第一条 甲。\n第二条 乙。", ["opening", "art1", "art2"]),
}

NOTICES = {
    "items-start-anew": (
        "一、甲\n（一）乙。\n（二）丙。\n二、丁\n（一）戊。\n（二）己。",
        ["sec1", "sec1.item1", "sec1.item2", "sec2", "sec2.item1", "sec2.item2"],
    ),
    "items-run-through": (
        "一、甲\n（一）乙。\n（二）丙。\n二、丁\n（三）戊。\n（四）己。",
        ["sec1", "item1", "item2", "sec2", "item3", "item4"],
    ),
    "numbers-run-through": (
        "一、甲\n（一）乙。\n1．丙。\n2．丁。\n（二）戊。\n3．己。\n4．庚。",
        ["sec1", "sec1.item1", "num1", "num2", "sec1.item2", "num3", "num4"],
    ),
    "run-in-paragraphs": (
        "一、甲\n（一）乙。\n新型疫苗。支持疫苗。\n抗体药物。支持抗体。\n二、丙\n丁。",
        ["sec1", "sec1.item1", "sec1.item1.para1", "sec1.item1.para2", "sec2"],
    ),
    "closing": (
        "一、甲\n（一）乙。\n二、丙\n（二）丁。\n本政策措施自公布之日起施行。",
        ["sec1", "item1", "sec2", "item2", "closing"],
    ),
    "opening": ("为了发展，提出如下意见。\n一、甲\n乙。", ["opening", "sec1"]),
    "list-that-starts-anew-behind-a-lead": (
        "一、甲\n下列材料：\n1．乙；\n2．丙。\n另需提交：\n1．丁；\n2．戊。",
        [
            "sec1",
            "sec1.para1",
            "sec1.para1.num1",
            "sec1.para1.num2",
            "sec1.para2",
            "sec1.para2.num1",
            "sec1.para2.num2",
        ],
    ),
    "list-under-an-unnumbered-heading": (
        "一、甲\n1．乙；\n2．丙。\n第二类\n1．丁；\n2．戊。",
        ["sec1", "sec1.num1", "sec1.num2", "sec1.group2", "sec1.group2.num1", "sec1.group2.num2"],
    ),
    "circled": (
        "一、甲\n（一）乙：\n1．丙：\n（1）丁：\n①戊；②己。",
        [
            "sec1",
            "sec1.item1",
            "sec1.item1.num1",
            "sec1.item1.num1.subnum1",
            "sec1.item1.num1.subnum1.circled1",
        ],
    ),
    "decimal": (
        "1 范围\n甲。\n2 要求\n2.1 总则\n乙。\n2.2 细则\n2.2.1 丙\n丁。\n2.2.2 戊\n己。",
        ["deca1", "deca2", "deca2.decb1", "deca2.decb2", "deca2.decb2.decc1", "deca2.decb2.decc2"],
    ),
    "headings-over-plain-text": (
        "第一章 基础\n甲。\n乙。\n第二章 任务\n第一节 创新\n丙。\n一、丁。\n第二节 产业\n戊。",
        ["chap1", "chap1.para1", "chap1.para2", "chap2.sect1", "sec1", "chap2.sect2"],
    ),
    "no-numbers": ("甲。\n乙。", ["para1", "para2"]),
}


@pytest.mark.parametrize(
    ("text", "paths"),
    [pytest.param(*row, id=name) for name, row in (STATUTES | NOTICES).items()],
)
def test_paths(outline_of: OutlineOf, text: str, paths: list[str]):
    outline = outline_of(text)
    assert [str(clause.path) for clause in outline] == paths
    assert not outline.findings


def test_own_words_stay_with_their_clause(outline_of: OutlineOf):
    outline = outline_of(STATUTES["paragraph-behind-items-is-a-款"][0])
    texts = {str(clause.path): clause.text for clause in outline}
    assert texts["art1"] == ""
    assert texts["art1.para1"] == "有下列情形之一的："
    assert texts["art1.para1.item2"] == "乙。"
    assert texts["art1.para2"] == "前款情形从重。"


def test_paragraphs_behind_an_item_belong_to_it(outline_of: OutlineOf):
    outline = outline_of(STATUTES["item-of-several-paragraphs"][0])
    item = outline[ClausePath.parse("art1.item2")]
    assert item.text == "装修。按面积。\n按厂房；\n按办公用房。"
    assert item.headings == ("第一条 装修支持",)


def test_headings_stand_above_their_articles(outline_of: OutlineOf):
    outline = outline_of(
        "第一编 总则\n第一章 通则\n第一条 甲。\n第二章 主体\n第一节 自然人\n第二条 乙。\n"
        "第二编 物权\n第三条 支持创新\n丙。"
    )
    assert [clause.headings for clause in outline] == [
        ("第一编 总则", "第一章 通则"),
        ("第一编 总则", "第二章 主体", "第一节 自然人"),
        ("第二编 物权", "第三条 支持创新"),
    ]


def test_last_chapter_without_a_number_is_a_heading(outline_of: OutlineOf):
    outline = outline_of("第七编 侵权责任\n第十章 物件\n第一条 甲。\n附　则\n第二条 乙。")
    assert [clause.headings for clause in outline] == [
        ("第七编 侵权责任", "第十章 物件"),
        ("附则",),
    ]


def test_contents_page_is_left_out(outline_of: OutlineOf):
    outline = outline_of(
        "目 录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。"
    )
    assert [(str(c.path), c.headings) for c in outline] == [
        ("art1", ("第一章 总则",)),
        ("art2", ("第二章 附则",)),
    ]


def test_repeated_number_becomes_a_passage_with_a_finding(outline_of: OutlineOf):
    outline = outline_of("第一条 甲。\n第二条 乙。\n第二条 丙。\n第三条 丁。")
    assert [str(clause.path) for clause in outline] == ["art1", "art2", "passage1", "art3"]
    assert [(f.kind, str(f.path), f.line) for f in outline.findings] == [("repeat", "art2", 3)]
    assert outline[ClausePath.parse("passage1")].text == "丙。"


def test_whole_text_of_an_article(outline_of: OutlineOf):
    outline = outline_of("第一条 支持企业\n有下列情形之一的：\n（一）甲；\n（二）乙。\n第二条 丙。")
    whole = outline.text(ClausePath.parse("art1"))
    assert whole == "有下列情形之一的：\n（一）甲；\n（二）乙。"
    assert [str(c.path) for c in outline.under(ClausePath.parse("art1"))] == [
        "art1",
        "art1.item1",
        "art1.item2",
    ]
