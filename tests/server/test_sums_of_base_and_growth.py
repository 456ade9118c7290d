"""A support of two parts that are items of one article: a base, and a share of what is more than before."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """白石市支持企业创新若干措施
白石政发〔2025〕5号
第一条 技术改造补助。企业完成技术改造的，按设备投资的10%给予补助，最高100万元。
第二条 经核定的科技企业，可申请研发费用补助。补助由基础补助和增量补助组成：
（一）基础补助。研发费用300万元以下的部分，按4%补助；超过300万元至2000万元的部分，按3%补助；超过2000万元的部分，按1%补助；
（二）增量补助。研发费用较上一年度增长15%以上的，对增量部分按6%补助，最高40万元。
基础补助和增量补助合计，单个企业每年最高90万元。
第三条 出口增长奖励分为以下两项：
（一）规模奖励。出口额按0.5%给予奖励，最高30万元；
（二）增长奖励。出口额较上年增长的部分，按2%给予奖励，最高20万元。
第四条 本措施自2025年2月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "白石市科技企业去年研发费用1500万元，跟前年持平，研发费用补助能拿多少？",
            "最高48万元", "12万元 + 36万元 = 48万元", id="no-growth",
        ),
        pytest.param(
            "白石市科技企业去年研发费用2500万元，前年2000万元，基础补助和增量补助一共多少？",
            "最高90万元", "98万元 超过每年上限90万元，按90万元", id="both-at-the-limit",
        ),
        pytest.param(
            "白石市科技企业去年研发费用1300万元，前年是1000万元，基础补助加增量补助合计是多少？",
            "最高60万元", "42万元 + 18万元 = 60万元", id="one-added-to-the-other",
        ),
        pytest.param(
            "白石市科技企业研发费用从前年的1000万元涨到去年的1300万元，研发费用补助总共能拿多少？",
            "最高60万元", "42万元 + 18万元 = 60万元", id="from-to",
        ),
        pytest.param(
            "白石市科技企业去年研发费用1100万元，前年1000万元，研发费用补助能拿多少？",
            "最高36万元", "100万元 未达到150万元，不能享受", id="growth-too-small",
        ),
        pytest.param(
            "白石市科技企业去年研发费用1300万元，比前年下降了，研发费用补助能拿多少？",
            "最高42万元", "12万元 + 30万元 = 42万元", id="it-fell",
        ),
        pytest.param(
            "白石市科技企业去年研发费用1300万元，比前年增长了10%，研发费用补助能拿多少？",
            "最高42万元", "10% 未达到15%，不能享受", id="a-share-too-small",
        ),
        pytest.param(
            "白石市科技企业去年研发费用2500万元，前年2000万元，基础补助是多少？",
            "68万元", "12万元 + 51万元 + 5万元 = 68万元", id="the-base-alone",
        ),
        pytest.param(
            "白石市科技企业去年研发费用2500万元，前年2000万元，增量补助是多少？",
            "最高30万元", "500万元 × 6% = 30万元", id="what-is-more-alone",
        ),
        pytest.param(
            "白石市企业技术改造设备投资500万元，技术改造补助能拿多少？",
            "最高50万元", "500万元 × 10% = 50万元", id="another-article",
        ),
    ],
)  # fmt: skip
def test_base_and_growth(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "白石市科技企业去年研发费用1500万元，研发费用补助能拿多少？", id="growth-not-told"
        ),
        pytest.param(
            "白石市科技企业去年研发费用1500万元，比前年增长了30%，研发费用补助能拿多少？",
            id="no-whole-figure-before",
        ),
    ],
)
def test_no_sum_where_what_is_more_is_not_told(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
