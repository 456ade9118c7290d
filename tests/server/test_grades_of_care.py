"""Clauses alike that stand under one grade each, and costs by where somebody is cared for."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_over

from retriever.query import Query
from server.assistant import Assistant

DAY = date(2026, 11, 24)
TEXT = """临江市失能照护办法
第一条 享受照护3级待遇的人员，限额如下：
（一）机构护理发生的生活照料费用，费用限额为每人每天90元；
（二）按规定提供的医疗护理费用，基金最高支付限额为每人每月800元。
第二条 享受照护2级待遇的人员，限额如下：
（一）机构护理发生的生活照料费用，费用限额为每人每天40元；
（二）按规定提供的医疗护理费用，基金最高支付限额为每人每月400元。
第三条 享受照护1级待遇的人员，限额如下：
（一）机构护理发生的生活照料费用，费用限额为每人每天20元；
（二）按规定提供的医疗护理费用，基金最高支付限额为每人每月200元。
第四条 生活照料费用和医疗护理费用由基金按70%的比例支付。
第五条 上门评估补贴适用于照护1～3级的人员，每人每次50元。
第六条 本办法自2025年1月1日起施行，有效期5年。
"""


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("照护三级机构护理每天限额多少", "art1.item1"),
        ("照护二级机构护理每天限额多少", "art2.item1"),
        ("照护一级医疗护理每月限额多少", "art3.item2"),
    ],
)
def test_the_clause_of_the_grade_is_first(works: Assistant, question: str, path: str) -> None:
    hits = works.retrieve(Query(question, DAY)).hits
    assert str(hits[0].passage.address.path) == path


def test_a_span_of_grades_holds_those_between(works: Assistant) -> None:
    answer = works.ask(Query("照护二级上门评估每次补贴多少钱", DAY))
    assert answer.status == "answered" and "50元" in answer.text


def test_where_somebody_is_cared_for_is_no_kind_of_cost(works: Assistant) -> None:
    answer = works.ask(Query("照护3级机构护理每天花了100元，10天基金付多少？", DAY))
    assert answer.calculation is not None, answer.text
    assert answer.calculation.display == "630元"
    assert [step.text for step in answer.calculation.steps] == [
        "100元 超过限额90元，按90元",
        "90元 × 70% = 63元",
        "63元/天 × 10天 = 630元",
    ]
