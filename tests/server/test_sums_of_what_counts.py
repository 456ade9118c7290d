"""Sums of what a clause counts: what its last sentence leaves out is taken off, what is more than a
year before by the rate of the growth reached, steps less what was had of lower ones."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_over

from retriever.query import Query
from server.assistant import Assistant
from tests.server.summing import works_out, works_out_nothing

MEASURES = """岚桥市支持食品加工产业若干措施
（岚政发〔2025〕14号 2025年3月1日发布）
一、支持扩大投资
（一）支持生产线建设。设备投资1000万元以上的新建生产线项目，按设备投资额的15%给予补助，单个项目最高900万元。补助资金分两次拨付：设备到位后拨付30%，投产后拨付70%。翻新设备、2024年6月1日前采购的设备和股东作价入股的设备，不计入设备投资额。
（二）支持销售增长。上年度销售收入在2000万元（含）以上的企业，当年销售收入增幅达到10%（含）、不足25%的，按新增销售收入的2%给予奖励，最高80万元；增幅达到25%及以上的，按新增销售收入的3%给予奖励，最高160万元。
（三）支持企业做大。企业年产值首次突破2亿元、6亿元、15亿元的，分别给予20万元、60万元、150万元一次性奖励。跨档突破的，按所达最高档次奖励，已享受低档次奖励的予以扣除。
（四）支持企业落户。新落户企业自注册之日起一年内实缴资本达到500万元的，按实缴资本的4%给予落户奖励，最高100万元。奖励分三年按5∶3∶2的比例兑现。
二、附则
本措施自2025年4月1日起施行，有效期5年。
岚桥市人民政府
2025年2月20日
"""
TODAY = date(2026, 11, 29)


works = works_over(measures=MEASURES)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "新建食品生产线项目，设备投资5000万元，其中800万元是翻新设备，第一笔能拿多少？",
            "最高189万元（按期拨付，全部为最高630万元）", "4200万元 × 15% = 630万元", id="first-part",
        ),
        pytest.param(
            "新建食品生产线项目，设备投资5000万元，里面有1000万元是股东作价入股的设备，补助多少？",
            "最高600万元", "5000万元 − 1000万元 = 4000万元", id="taken-off",
        ),
        pytest.param(
            "新建食品生产线项目，设备投资5000万元，其中800万元是进口的设备，补助多少？",
            "最高750万元", "5000万元 × 15% = 750万元", id="part-that-counts",
        ),
        pytest.param(
            "新建食品生产线项目，设备投资5000万元，都是今年采购的设备，补助多少？",
            "最高750万元", "5000万元 × 15% = 750万元", id="bought-later",
        ),
    ],
)  # fmt: skip
def test_what_is_left_out(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "去年销售收入5000万元，今年做到7000万元，销售增长奖励能拿多少？",
            "最高60万元", "2000万元 × 3% = 60万元", id="upper-rate",
        ),
        pytest.param(
            "上一年销售收入5000万元，今年干到6000万元，销售增长奖励多少？",
            "最高20万元", "1000万元 × 2% = 20万元", id="lower-rate",
        ),
        pytest.param(
            "销售收入从去年的5000万元涨到今年的1.5亿元，销售增长奖励多少？",
            "最高160万元", "300万元 超过上限160万元，按160万元", id="limit-of-its-rate",
        ),
        pytest.param(
            "去年销售收入5000万元，今年5200万元，销售增长奖励多少？",
            "0元", "200万元 未达到500万元，不能享受", id="grown-too-little",
        ),
        pytest.param(
            "去年销售收入1500万元，今年3000万元，销售增长奖励多少？",
            "0元", "1500万元 未达到2000万元，不能享受", id="too-small-before",
        ),
    ],
)  # fmt: skip
def test_what_is_more(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


def test_growth_without_a_rate_that_is_told(works: Assistant) -> None:
    question = "今年销售收入新增了1000万元，销售增长奖励多少？"
    works_out_nothing(works.ask(Query(question, TODAY)))


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "前年破2亿的时候领过20万元做大奖励，今年产值首次突破15亿元，6亿那档没领，这次还能拿多少？",
            "130万元", "150万元 − 20万元 = 130万元", id="what-was-had-of-a-lower-step",
        ),
        pytest.param(
            "年产值首次突破6亿元，做大奖励多少？", "60万元", "6亿元，适用6亿元以上一档", id="just-reached",
        ),
        pytest.param(
            "年产值5.9亿元，做大奖励多少？", "20万元", "5.9亿元，适用2亿元以上一档", id="not-yet-reached",
        ),
        pytest.param(
            "新落户企业实缴资本2000万元，落户奖励第二年能兑现多少？",
            "最高24万元（按期拨付，全部为最高80万元）", "80万元 × 30% = 24万元", id="second-year",
        ),
    ],
)  # fmt: skip
def test_steps_and_years(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("新落户企业注册后第二年才实缴资本2000万元，落户奖励多少？", id="too-late"),
        pytest.param("2亿和6亿两档的做大奖励一共多少？", id="steps-alone"),
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
