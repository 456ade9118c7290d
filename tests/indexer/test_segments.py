"""Several texts in one file: annexes, lists of annexes, carried texts, texts behind one another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.outline import Outline
from indexer.clean import Paragraph
from indexer.headmatter import read_head
from indexer.segments import Texts, part_texts

Split = Callable[[str], list[Paragraph]]
OutlineOf = Callable[[str], Outline]


def heads(texts: Texts) -> list[tuple[str, int, str]]:
    return [(other.rank, other.number, other.title) for other in texts.others]


PARTED = {
    "numbered-annexes": (
        "一、甲。\n附件1\n申报指南\n一、乙。\n附件2\n申报表\n一、丙。",
        [("annex", 1, "附件1 申报指南"), ("annex", 2, "附件2 申报表")],
    ),
    "title-on-the-same-line": (
        "一、甲。\n附件一：申报指南\n一、乙。",
        [("annex", 1, "附件一 申报指南")],
    ),
    "no-number": ("一、甲。\n附件\n申报指南\n一、乙。", [("annex", 1, "附件 申报指南")]),
    "附表": (
        "第一条 甲。\n第二条 乙。\n附表\n税目税率表\n一、丙。",
        [("annex", 1, "附表 税目税率表")],
    ),
    "附": ("第一条 甲。\n第二条 乙。\n附：\n目录\n一、丙。", [("annex", 1, "附 目录")]),
    "letters": ("1 范围\n附录A 名录\n甲。", [("annex", 1, "附录A 名录")]),
    "附则-is-a-chapter": ("第一条 甲。\n附 则\n第二条 乙。", []),
    "a-sentence-is-no-annex": ("一、甲。\n附件材料齐全的，予以受理。\n二、乙。", []),
    "second-text": (
        "第一条 甲。\n第二条 乙。\n第三条 丙。\n某市实施细则\n第一章 总则\n第一条 丁。\n第二条 戊。",
        [("text", 2, "某市实施细则")],
    ),
    "second-text-of-sections": (
        "一、甲。\n二、乙。\n三、丙。\n某市实施方案\n一、丁。\n二、戊。",
        [("text", 2, "某市实施方案")],
    ),
    "parts-are-one-text": (
        "第一部分 总则\n第一条 甲。\n第二条 乙。\n第三条 丙。\n第二部分 分则\n第一条 丁。\n第二条 戊。",
        [],
    ),
    "quoted-articles-begin-no-text": (
        "第一条 甲。\n第二条 乙。\n第三条 修改为：“第一条 丙。\n“第二条 丁。\n“第一条 戊。”\n第四条 己。",
        [],
    ),
}


@pytest.mark.parametrize(("text", "expected"), PARTED.values(), ids=PARTED)
def test_texts_are_parted(paragraphs: Split, text: str, expected: list[tuple[str, int, str]]):
    assert heads(part_texts(paragraphs(text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "一、甲。\n附件：1．申报表\n2．承诺书\n某市科技局\n2024年1月2日", id="several"
        ),
        pytest.param("一、甲。\n附件：申报表\n某市科技局\n2024年1月2日", id="one"),
        pytest.param("一、甲。\n附件：1.申报表", id="at-the-end"),
    ],
)
def test_list_of_annexes_is_none(paragraphs: Split, text: str):
    texts = part_texts(paragraphs(text))
    assert not texts.others and texts.listed[0].text.startswith("附件：")
    assert not any("承诺书" in p.text for p in texts.main)


def test_list_and_its_annexes(paragraphs: Split, outline_of: OutlineOf):
    text = (
        "一、甲。\n附件：1．申报指南\n2．申报表\n某市科技局\n2024年1月2日\n"
        "附件1\n申报指南\n一、乙。\n（一）丙。\n附件2\n申报表\n名称。"
    )
    texts = part_texts(paragraphs(text))
    assert str(read_head(texts.main).issued) == "2024-01-02"
    assert heads(texts) == [("annex", 1, "附件1 申报指南"), ("annex", 2, "附件2 申报表")]
    paths = [str(clause.path) for clause in outline_of(text)]
    assert paths[-5:] == ["annex1", "annex1.sec1", "annex1.sec1.item1", "annex2", "annex2.para1"]


def test_annex_that_is_the_carried_text(paragraphs: Split):
    text = (
        "某市人民政府关于印发《某市奖励办法》的通知\n某府发〔2024〕1号\n各区政府：\n现印发给你们，请遵照执行。\n"
        "某市人民政府\n2024年1月2日\n附件\n某市奖励办法\n第一条 甲。\n第二条 乙。"
    )
    texts = part_texts(paragraphs(text))
    head = read_head(texts.main)
    assert not texts.others
    assert (head.title, head.doc_number, str(head.issued)) == (
        "某市奖励办法",
        "某府发〔2024〕1号",
        "2024-01-02",
    )
    assert [p.text for p in head.body] == ["第一条 甲。", "第二条 乙。"]


def test_carried_text_without_a_title_of_its_own(paragraphs: Split):
    head = read_head(
        paragraphs(
            "某区科技局关于印发某区奖励办法的通知\n各单位：\n《某区奖励办法》已经同意，现印发实施。\n"
            "某区科技局\n2024年1月2日\n第一条 甲。\n第二条 乙。\n公开方式：主动公开\n某区科技局办公室\n2024年1月3日印发"
        )
    )
    assert head.title == "某区奖励办法" and head.addressees == ("各单位",)
    assert [p.text for p in head.notice] == ["《某区奖励办法》已经同意，现印发实施。"]
    assert [p.text for p in head.body] == ["第一条 甲。", "第二条 乙。"]
    assert (head.issuers, str(head.issued)) == (("某区科技局",), "2024-01-02")


def test_annexes_carry_their_own_numbering(outline_of: OutlineOf):
    outline = outline_of(
        "第一条 甲。\n第二条 乙。\n附表\n品种目录\n第一类\n1．苯；\n2．酮。\n第二类\n1．醚。\n一、丙。"
    )
    paths = [str(clause.path) for clause in outline]
    assert paths[:2] == ["art1", "art2"] and all(p.startswith("annex1") for p in paths[2:])
    assert not outline.findings
    second = next(clause for clause in outline if clause.text == "醚。")
    assert second.headings == ("附表 品种目录", "第二类")
