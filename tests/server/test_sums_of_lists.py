"""Sums of clauses whose items go together: steps, amounts for each kind, what a further item adds."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant

TEXT = """北原市产业扶持若干规定
第一条 对实施数字化改造项目的企业，软硬件投入在100万元以上（含）的，按下列标准分段给予补助：
（一）500万元（含）以内的部分，按8%补助；
（二）超过500万元、不超过2000万元（含）的部分，按10%补助；
（三）超过2000万元的部分，按12%补助。
单个项目补助最高180万元，同一企业同一年度补助最高260万元。省级灯塔企业的单个项目补助上限提高50万元。
第二条 对年度研发投入达到200万元以上（含）的企业，按下列标准给予研发投入补助：
（一）研发投入较上年度增长的，按增量部分的5%补助，最高60万元；
（二）研发投入占当年销售收入比例达到4%以上（含）的，在前项基础上再补助15万元。
第九条 本规定自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def works(assistant_over) -> Assistant:
    return assistant_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们数字化改造项目软硬件投入1500万元，补助能算出来多少？",
            "最高140万元", "1000万元 × 10% = 100万元", id="steps-in-items",
        ),
        pytest.param(
            "数字化改造项目软硬件投入2600万元，能补多少？",
            "最高180万元", "262万元 超过上限180万元，按180万元", id="steps-held-to-a-limit-beside",
        ),
        pytest.param(
            "数字化改造项目软硬件投入80万元，能补多少？",
            "0元", "80万元 未达到100万元，不能享受", id="from-where-on-the-steps-hold",
        ),
        pytest.param(
            "去年研发投入700万，今年1500万，销售收入3亿元，研发投入补助能拿多少？",
            "最高55万元", "40万元 + 15万元 = 55万元", id="growth-and-what-a-share-adds",
        ),
        pytest.param(
            "去年研发投入700万，今年1500万，销售收入5亿元，研发投入补助能拿多少？",
            "最高40万元", "1500万 未达到2000万元，不能享受增加的部分", id="a-share-not-reached",
        ),
        pytest.param(
            "去年研发投入90万，今年150万，研发投入补助能拿多少？",
            "0元", "150万 未达到200万元，不能享受", id="from-where-on-the-items-hold",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    answer = works.ask(Query(question, TODAY))
    assert answer.calculation is not None
    assert answer.calculation.display == display
    assert line in [step.text for step in answer.calculation.steps]
    assert not answer.trace.problems


@pytest.mark.parametrize(
    "question",
    [
        # For these the limit is another one.
        "我们是省级灯塔企业，数字化改造项目软硬件投入2600万元，能补多少？",
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    calculation = works.ask(Query(question, TODAY)).calculation
    assert calculation is None or calculation.result is None


def test_a_further_case_not_stated_is_named(works: Assistant) -> None:
    question = "去年研发投入700万，今年1500万，研发投入补助能拿多少？"
    calculation = works.ask(Query(question, TODAY)).calculation
    assert calculation is not None and calculation.display == "最高40万元"
    assert any("销售收入" in said for said in calculation.assumptions)
