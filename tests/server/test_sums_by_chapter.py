"""Supports that other articles of their chapter raise, cut, add to and limit by class."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """青溪市科学技术局关于印发《青溪市装备研制补贴实施细则》的通知
青溪科规〔2025〕6号
青溪市装备研制补贴实施细则
第一章 总则
第一条 为支持企业研制装备，制定本细则。
第二条 本细则所称单位分为三类：初创型企业、成长型企业、骨干型企业。
第二章 研制补贴
第三条 研制基础补贴以上年度实际发生的研发费用为基数，按下列标准分段计算：
（一）300万元以下的部分，按5%补贴；
（二）超过300万元至1000万元的部分，按4%补贴；
（三）超过1000万元的部分，按2%补贴。
第四条 上年度研发费用较上一年增长15%以上的，除基础补贴外，另按增加部分的6%给予增量补贴，增量补贴不超过40万元。
第五条 单个单位每年获得的研制补贴按类别设置最高限额：
（一）初创型企业不超过20万元；
（二）成长型企业不超过60万元；
（三）骨干型企业不超过90万元。
第六条 研发费用比上年减少的，基础补贴扣减20%；减少幅度达到40%的，不予补贴。
第七条 对船舶、轨道交通企业，基础补贴标准提高10%。
第八条 申请研制补贴的单位上年度研发费用不低于50万元。
第三章 检测补贴
第九条 对检测机构，按上年度检测设备投入的8%给予检测能力补贴。
第十条 单个机构的检测能力补贴按等级设置上限：
（一）一级机构不超过30万元；
（二）二级机构不超过10万元。
第十一条 食品检测、药品检测机构的检测能力补贴上浮25%。
第四章 推广补贴
第十二条 对推广机构，按推广设备投入的10%给予推广能力补贴，最高不超过50万元。
第十三条 农业机构的推广能力补贴上限提高到80万元。
第五章 附则
第十四条 本细则自2025年3月1日起施行，有效期5年。
青溪市科学技术局
2025年1月20日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们是初创型企业，做环保的，上年度研发费用500万元，比前一年涨了4%，研制补贴能拿多少？",
            "最高20万元", "23万元 超过上限20万元，按20万元", id="limit-of-a-class",
        ),
        pytest.param(
            "轨道交通领域的成长型企业，上年度研发费用600万元，和前一年持平，研制基础补贴上浮后多少？",
            "最高29.7万元", "27万元 + 2.7万元 = 29.7万元", id="raised",
        ),
        pytest.param(
            "不是船舶企业，是骨干型企业，前年研发费用800万元，去年研发费用1200万元，研制补贴一共多少？",
            "最高71万元", "400万元 × 6% = 24万元", id="given-on-top",
        ),
        pytest.param(
            "成长型企业，2025年研发费用540万元，2024年研发费用500万元，研制补贴多少？",
            "最高24.6万元", "40万元 增长未达到75万元", id="grown-too-little",
        ),
        pytest.param(
            "成长型企业研发费用去年降到700万元，前年是1000万元，研制补贴还有多少？",
            "最高24.8万元", "31万元 − 6.2万元 = 24.8万元", id="cut-for-a-fall",
        ),
        pytest.param(
            "成长型企业研发费用从1000万元降到700万元，研制补贴多少？",
            "最高24.8万元", "300万元 下降未达到400万元", id="from-one-to-another",
        ),
        pytest.param(
            "成长型企业去年研发费用500万元，比前年下降了10%，研制补贴多少？",
            "最高18.4万元", "10% 下降未达到40%", id="fall-by-share",
        ),
        pytest.param(
            "成长型企业研发费用去年掉到500万元，前年是1000万元，研制补贴还有多少？",
            "0元", "500万元 下降达到400万元", id="fell-too-much",
        ),
        pytest.param(
            "前年研发费用800万元，去年研发费用1200万元，增量补贴是多少？",
            "最高24万元", "24万元 未超过上限40万元", id="only-on-top",
        ),
        pytest.param(
            "去年研发费用200万元，研制补贴多少？",
            "最高10万元", "10万元 未超过上限20万元", id="below-all-limits",
        ),
        pytest.param(
            "我们是二级机构，检测设备投入200万元，检测能力补贴多少？",
            "最高10万元", "16万元 超过上限10万元，按10万元", id="one-rate-limited-by-class",
        ),
        pytest.param(
            "一级机构做药品检测，检测设备投入200万元，检测能力补贴多少？",
            "最高20万元", "16万元 + 4万元 = 20万元", id="one-rate-raised",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # Which class decides, and none is named.
        "上年度研发费用1500万元，研制补贴多少？",
        # How much was spent the year before is not said to the yuan.
        "骨干型企业上年度研发费用900万元，比前一年增长了30%，研制补贴一共多少？",
        "骨干型企业上年度研发费用900万元，比前一年增长了30%，增量补贴多少？",
        # Less than what gets anything.
        "初创型企业上年度研发费用40万元，研制补贴多少？",
        # A rule beside it that is not read.
        "农业机构的推广设备投入600万元，推广能力补贴多少？",
        # Of which of two years an amount is.
        "骨干型企业研发费用900万元和700万元，研制补贴多少？",
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_what_is_not_said_is_assumed(works: Assistant) -> None:
    answer = works.ask(Query("去年研发费用200万元，研制补贴多少？", TODAY))
    assert answer.calculation is not None
    assert "没有同比下降" in answer.calculation.assumptions
    assert "不属于“船舶、轨道交通企业”" in answer.calculation.assumptions
