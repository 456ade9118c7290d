"""Sums of a clause that a notice puts in as a whole, or of the one before it, by the case's own day."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_over

from retriever.query import Query
from server.assistant import Assistant
from tests.server.summing import works_out, works_out_nothing

MEASURES = """岚桥市人民政府关于印发《岚桥市支持新药研发若干政策》的通知
岚政办规〔2024〕3号
岚桥市支持新药研发若干政策
一、支持研发
（一）支持开展新药评价。对已完成安全性评价并取得评价报告的新药，按实际评价费用的30%给予补助，单个新药最高150万元。委托本市评价机构开展的，补助比例提高4个百分点，最高限额不变。
（二）支持建设中试车间。企业新建中试车间的，按每平方米500元给予补助，最高200万元。
二、附则
（三）本政策自2024年5月1日起施行，有效期5年。
岚桥市人民政府
2024年4月10日
"""
NOTICE = """岚桥市人民政府关于调整《岚桥市支持新药研发若干政策》部分措施的通知
岚政办规〔2025〕8号
各县（市、区）人民政府：
经研究，对《岚桥市支持新药研发若干政策》（岚政办规〔2024〕3号，以下简称《若干政策》）部分措施作如下调整：
一、修改新药评价支持措施
将《若干政策》第（一）项修改为：“（一）支持开展新药评价。对已完成安全性评价并取得评价报告的新药，按实际评价费用的40%给予补助，单个新药最高250万元。委托本市评价机构开展的，补助比例提高4个百分点，最高限额不变。”
二、新旧政策衔接
（一）2025年7月1日（含）以后取得评价报告的新药，按照本通知第一条执行；此前已取得评价报告的新药，仍按原标准执行，不补差额。
三、施行时间
本通知自2025年7月1日起施行，有效期与《若干政策》一致。
岚桥市人民政府
2025年6月10日
"""
TODAY = date(2026, 11, 29)

#: Two rates in a sentence: 化学药…；中成药….
TWO = [
    ("按实际评价费用的30%给予补助，单个新药最高150万元。", "化学药按实际评价费用的30%给予补助，单个新药最高150万元；中成药按20%给予补助，单个新药最高60万元。"),
    ("按实际评价费用的40%给予补助，单个新药最高250万元。", "化学药按实际评价费用的40%给予补助，单个新药最高250万元；中成药按25%给予补助，单个新药最高90万元。"),
]  # fmt: skip


works = works_over(measures=MEASURES, notice=NOTICE)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们的新药2025年3月取得评价报告，评价费用200万元，是外地机构做的，补多少？",
            "最高60万元", "200万元 × 30% = 60万元", id="before",
        ),
        pytest.param(
            "我们的新药2025年9月取得评价报告，评价费用200万元，是外地机构做的，补多少？",
            "最高80万元", "200万元 × 40% = 80万元", id="after",
        ),
        pytest.param(
            "新药2025年9月拿到评价报告，实际评价费用500万元，委托本地的评价机构做的，补助多少？",
            "最高220万元", "500万元 × 4% = 20万元", id="more-for-a-place",
        ),
        pytest.param(
            "新药2025年2月拿到评价报告，实际评价费用500万元，全部委托本市评价机构，补助多少？",
            "最高150万元", "170万元 超过上限150万元，按150万元", id="more-for-a-place-before",
        ),
        pytest.param(
            "新药取得评价报告，实际评价费用500万元，不是委托本市机构做的，补助多少？",
            "最高200万元", "500万元 × 40% = 200万元", id="denied",
        ),
    ],
)  # fmt: skip
def test_by_the_day_of_the_case(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("新药2025年3月花的评价费用200万元，补多少？", id="a-day-of-something-else"),
        pytest.param(
            "新药2025年3月做完评价，2025年9月取得评价报告，评价费用200万元，补多少？",
            id="days-of-both",
        ),
        pytest.param(
            "新药2025年9月取得评价报告，评价费用500万元，一半委托本市评价机构，补多少？",
            id="partly",
        ),
        pytest.param(
            "新药2025年9月取得评价报告，评价费用500万元，委托了评价机构，补多少？",
            id="where-not-said",
        ),
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_a_measure_named_beside_is_not_worked_out_by_the_first(assistant_over) -> None:
    works = assistant_over(measures=MEASURES.replace(*TWO[0]), notice=NOTICE.replace(*TWO[1]))
    asked = "{}2025年9月取得评价报告，评价费用200万元，是外地机构做的，补多少？"
    other = works.ask(Query(asked.format("中成药"), TODAY)).calculation
    assert other is None or other.result in (None, 500_000)
    own = works.ask(Query(asked.format("化学药"), TODAY))
    works_out(own, "最高80万元", "200万元 × 40% = 80万元")
