"""Labels at the start of a paragraph: what is taken as one, and what only mentions one."""

from __future__ import annotations

import pytest

from corpus.numbering import NOTICE, SCHEMES, STATUTE, Scheme, read_label
from corpus.numerals import write_numeral

TAKEN = [
    (STATUTE, "第一条 为了规范管理", ("art", 1, 0), "为了规范管理"),
    (STATUTE, "第三条为了加强管理，", ("art", 3, 0), "为了加强管理，"),
    (STATUTE, "第一千零一条　合同", ("art", 1001, 0), "合同"),
    (STATUTE, "第一百二十条之一 资助", ("art", 120, 1), "资助"),
    (STATUTE, "第十七条之十二【刑事责任】", ("art", 17, 12), "【刑事责任】"),
    (STATUTE, "第 4 条 支持研发", ("art", 4, 0), "支持研发"),
    (STATUTE, "第４条 支持研发", ("art", 4, 0), "支持研发"),
    (STATUTE, "第四条", ("art", 4, 0), ""),
    (STATUTE, "（一）支持临床研究。", ("item", 1, 0), "支持临床研究。"),
    (STATUTE, "(十二) 其他情形。", ("item", 12, 0), "其他情形。"),
    (STATUTE, "1．申请表；", ("sub", 1, 0), "申请表；"),
    (STATUTE, "2、承诺书。", ("sub", 2, 0), "承诺书。"),
    (STATUTE, "12.其他材料", ("sub", 12, 0), "其他材料"),
    (STATUTE, "（1）身份证", ("subnum", 1, 0), "身份证"),
    (NOTICE, "一、总体目标", ("sec", 1, 0), "总体目标"),
    (NOTICE, "二十一、附则", ("sec", 21, 0), "附则"),
    (NOTICE, "（十）支持创新药产业化落地。", ("item", 10, 0), "支持创新药产业化落地。"),
    (NOTICE, "19．优化行政审批流程。", ("num", 19, 0), "优化行政审批流程。"),
    (NOTICE, "１．集聚创新资源", ("num", 1, 0), "集聚创新资源"),
    (NOTICE, "（2）分期实施", ("subnum", 2, 0), "分期实施"),
    (STATUTE, "第一章 总则", ("章", 1, 0), "总则"),
    (STATUTE, "第二章引导集聚", ("章", 2, 0), "引导集聚"),
    (STATUTE, "第三编　人格权", ("编", 3, 0), "人格权"),
    (NOTICE, "第四节 附则", ("节", 4, 0), "附则"),
    (NOTICE, "第一部分 惠企政策", ("部分", 1, 0), "惠企政策"),
    (STATUTE, "第二分编　典型合同", ("分编", 2, 0), "典型合同"),
    (STATUTE, "第二條　申請應提出。", ("art", 2, 0), "申請應提出。"),
    (STATUTE, "第三節　罰則", ("节", 3, 0), "罰則"),
    (STATUTE, "（一）项目库。", ("item", 1, 0), "项目库。"),
    (STATUTE, "（三）和解协议；", ("item", 3, 0), "和解协议；"),
    (STATUTE, "⒈侮辱案；", ("sub", 1, 0), "侮辱案；"),
    (STATUTE, "㈡其他。", ("item", 2, 0), "其他。"),
    (STATUTE, "二、其他。", ("sec", 2, 0), "其他。"),
]

REFUSED = [
    (STATUTE, "第五条第二款规定的条件"),
    (STATUTE, "第五条第（二）项所列材料"),
    (STATUTE, "第十一条、第十二条的规定"),
    (STATUTE, "第三条规定的情形"),
    (STATUTE, "第三条的规定不适用"),
    (STATUTE, "第六条至第九条适用"),
    (STATUTE, "第六条和第九条适用"),
    (STATUTE, "第六条所列情形"),
    (STATUTE, "第六条，不予支持"),
    (STATUTE, "第五條第二款所定"),
    (STATUTE, "第二章的规定"),
    (NOTICE, "第一部分的内容"),
    (NOTICE, "第三节课时"),
    (STATUTE, "第二章规定的条件"),
    (STATUTE, "（一）和（二）所列情形"),
    (STATUTE, "（一）、（二）项"),
    (STATUTE, "（一）至（三）项"),
    (STATUTE, "（一）项规定"),
    (STATUTE, "3.5%的部分"),
    (STATUTE, "2024年1月1日起施行"),
    (STATUTE, "2024.12.4"),
    (STATUTE, "12月4日"),
    (NOTICE, "1.5亿元以上"),
    (NOTICE, "2024年第24次会议"),
    (NOTICE, "一、二、三级医院"),
    (NOTICE, "一二三类"),
    (NOTICE, "（以下简称区县）"),
    (NOTICE, "（2024年修订）"),
    (NOTICE, "十分重要"),
    (NOTICE, "创新药"),
    (NOTICE, ""),
]


@pytest.mark.parametrize(
    ("scheme", "text", "label", "rest"), [pytest.param(*row, id=row[1]) for row in TAKEN]
)
def test_label_is_taken(scheme: Scheme, text: str, label: tuple[str, int, int], rest: str):
    for indented in (text, f"　　{text}"):
        found = read_label(indented, scheme)
        assert found is not None
        assert (found.rank, found.number, found.branch) == label
        assert found.rest == rest
        assert text.startswith(found.marker)


@pytest.mark.parametrize(
    ("scheme", "text"), [pytest.param(*row, id=row[1] or "empty") for row in REFUSED]
)
def test_mention_is_no_label(scheme: Scheme, text: str):
    assert read_label(text, scheme) is None


#: How each rank of each scheme is printed; every scheme in SCHEMES must stand here whole.
INNERMOST = {"subnum": "（{n}）甲", "half": "{n}）甲", "circled": "{circled}甲"}
LOOKS = {
    "statute": {
        "art": "第{cn}条 甲",
        "sec": "{cn}、甲",
        "item": "（{cn}）甲",
        "sub": "{n}．甲",
        **INNERMOST,
    },
    "notice": {"sec": "{cn}、甲", "item": "（{cn}）甲", "num": "{n}．甲", **INNERMOST},
    "decimal": {
        "deca": "{n} 甲",
        "decb": "4.{n} 甲",
        "decc": "4.1.{n} 甲",
        "decd": "4.1.2.{n} 甲",
        "dece": "4.1.2.3.{n} 甲",
        **INNERMOST,
    },
}


@pytest.mark.parametrize("name", sorted(SCHEMES))
def test_every_rank_of_every_scheme_reads_its_own_look(name: str):
    scheme = SCHEMES[name]
    assert list(LOOKS[name]) == [rank.name for rank in scheme.ranks]
    for rank in scheme.ranks:
        for number in (1, 2, 9, 10, 11, 20) if rank.name == "circled" else (1, 9, 10, 11, 21, 99):
            circled = chr(ord("①") + number - 1)
            look = LOOKS[name][rank.name]
            printed = look.format(n=number, cn=write_numeral(number), circled=circled)
            label = read_label(printed, scheme)
            assert label is not None, printed
            assert (label.rank, label.number, label.rest) == (rank.name, number, "甲")
            assert label.kind == rank.kind and not label.is_heading


@pytest.mark.parametrize("name", sorted(SCHEMES))
def test_depth_follows_the_table(name: str):
    ranks = [rank.name for rank in SCHEMES[name].ranks]
    assert [SCHEMES[name].depth(rank) for rank in ranks] == list(range(len(ranks)))
