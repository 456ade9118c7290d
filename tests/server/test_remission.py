"""Rent let off over months, and measures of which a question says both."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """临江市帮助企业渡过难关若干措施
第一条 对承租国有资产类经营用房的企业，免收2个月房租，减半收取3个月房租。
第二条 对入驻市级孵化器的科技企业，1个月租金免收、2个月租金减半。
第三条 对租用标准厂房的工业企业，免收2月份租金，3月份、4月份租金减半收取。
第四条 对承租国有商铺的个体工商户，房租减免50%，最长不超过3个月。
第五条 企业失业保险稳岗返还：不裁员的，返还上年度实际缴纳失业保险费的60%；受影响较大的，返还80%。
"""


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "lines"),
    [
        (
            "我们承租国有资产的门面，月租3万，能省多少房租？",
            "10.5万元",
            [
                "2个月 × 3万元/月 = 6万元",
                "3个月 × 3万元/月 = 9万元",
                "9万元 × 50% = 4.5万元",
                "6万元 + 4.5万元 = 10.5万元",
            ],
        ),
        (
            "入驻市级孵化器的科技企业每月租金2万，能减多少？",
            "4万元",
            [
                "1个月：2万元",
                "2个月 × 2万元/月 = 4万元",
                "4万元 × 50% = 2万元",
                "2万元 + 2万元 = 4万元",
            ],
        ),
    ],
)
def test_months_are_counted(works: Assistant, question: str, display: str, lines: list[str]):
    answer = works.ask(Query(question, date(2026, 11, 24)))
    assert answer.calculation is not None, answer.text
    assert answer.calculation.display == display
    assert [step.text for step in answer.calculation.steps] == lines


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("租标准厂房，每月租金10万，一共能减免多少？", "a#art3"),
        ("个体工商户租国有商铺，每月房租5000元，能减多少？", "a#art4"),
        ("承租国有资产类经营用房，一年租金36万元，能减多少？", "a#art1"),
    ],
)
def test_months_that_are_not_counted_get_no_sum(works: Assistant, question: str, clause: str):
    answer = works.ask(Query(question, date(2026, 11, 24)))
    assert answer.calculation is None
    assert str(answer.citations[0].address) == clause


def test_who_says_what_two_measures_are_for_is_asked_which(works: Assistant) -> None:
    question = "我们上年度交了30万失业保险费，受影响较大没裁员，能返多少？"
    answer = works.ask(Query(question, date(2026, 11, 24)))
    assert answer.calculation is not None and answer.calculation.result is None
    assert answer.calculation.missing == ("您说的是哪一种：不裁员，还是受影响较大？",)
