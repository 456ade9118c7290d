"""Rent that the document states for a place, and its shares over years by what was invested."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """桐岭产业园标准厂房管理办法
第一条 标准厂房租金按下列标准执行，每两年调整一次：
（一）北区：一层每月每平方米12元，二层9元，三层及以上7元；
（二）南区：一层每月每平方米10元，二层8元，三层及以上6元。
第二条 对新入驻标准厂房的企业给予租金补助，先缴后补：
（一）设备投资200万元以上（含）、不足800万元的，第一年按实缴租金的80%补助，第二年、第三年按40%补助；
（二）设备投资800万元以上（含）的，前三年按实缴租金的100%补助，第四年、第五年按50%补助。
享受补助的面积最高4000平方米，超出部分不予补助，每家企业每年最高40万元。未达到产值承诺的年度，不予补助。
第三条 本办法自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "准备租北区一楼1500平米标准厂房，设备投资500万，三年租金补助加起来多少？",
            "最高34.56万元", "1500平方米 × 12元 × 12个月/年 = 21.6万元", id="of-each-year-its-share",
        ),
        pytest.param(
            "准备租南区二层5000平米标准厂房，设备投资900万，两年租金补助加起来多少？",
            "最高76.8万元", "5000平方米 超过上限4000平方米，按4000平方米", id="more-space-than-counts",
        ),
        pytest.param(
            "准备租北区一层4000平米标准厂房，设备投资900万，两年租金补助加起来多少？",
            "最高80万元", "57.6万元 超过每年上限40万元，按40万元", id="held-to-a-yearly-limit",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    answer = works.ask(Query(question, TODAY))
    assert answer.calculation is not None
    assert answer.calculation.display == display
    assert line in [step.text for step in answer.calculation.steps]
    assert any("产值承诺" in said for said in answer.calculation.assumptions)
    assert not answer.trace.problems


@pytest.mark.parametrize(
    "question",
    [
        # Which floor is not said.
        "准备租北区1500平米标准厂房，设备投资500万，三年租金补助加起来多少？",
        # Of a fourth year the clause gives nothing for so small an investment.
        "准备租北区一层1500平米标准厂房，设备投资500万，四年租金补助加起来多少？",
        # What was invested is not said.
        "准备租北区一层1500平米标准厂房，三年租金补助加起来多少？",
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
