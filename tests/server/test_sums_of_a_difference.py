"""A higher grade after a lower one, where only the difference is paid."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """柏川市人民政府关于印发《柏川市支持软件产业发展若干措施》的通知
柏川政发〔2025〕3号
柏川市支持软件产业发展若干措施
第一条 支持做大规模。对年度营业收入首次达到下列标准的企业，给予一次性奖励：
（一）软件企业首次突破2亿元、6亿元、12亿元的，分别奖励60万元、150万元、400万元；
（二）系统集成企业首次突破5亿元、15亿元的，分别奖励80万元、200万元。
同一企业跨越多个档次的，按差额部分补足奖励。
第二条 支持评定。新评为市级软件名企、省级软件名企的，分别给予20万元、70万元奖励。由市级软件名企升级为省级软件名企的，只补差额。
第三条 支持成长。游戏企业年度营业收入首次突破1亿元、3亿元的，分别奖励30万元、90万元。
第四条 支持中心。新认定为市级研发中心、省级研发中心的，分别给予15万元、45万元奖励。由市级升级的，按省级标准全额奖励，不补差额。
第五条 本措施自2025年2月1日起施行，有效期5年。
柏川市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们是软件企业，前年营收破2亿时领过60万奖励，今年营收做到13亿，这次还能补多少？",
            "340万元", "400万元 − 60万元 = 340万元", id="two-steps-up",
        ),
        pytest.param(
            "系统集成企业，去年营收5.5亿拿了80万，今年营收突破15亿元，还能再拿多少奖励？",
            "120万元", "200万元 − 80万元 = 120万元", id="the-step-reached-before-is-told-too",
        ),
        pytest.param(
            "之前软件企业营收突破2亿元，今年突破了6亿元，还能补多少奖励？",
            "90万元", "150万元 − 60万元 = 90万元", id="only-the-steps",
        ),
        pytest.param(
            "我们从市级软件名企升级为省级软件名企，能再给多少钱？",
            "50万元", "70万元 − 20万元 = 50万元", id="grades-by-name",
        ),
        pytest.param(
            "评上市级软件名企时领过20万元，今年评上省级软件名企，还能拿多少？",
            "50万元", "70万元 − 20万元 = 50万元", id="grades-told-in-two-phrases",
        ),
    ],
)  # fmt: skip
def test_only_the_difference_is_paid(
    works: Assistant, question: str, display: str, line: str
) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("软件企业前年领过100万奖励，今年营收13亿，还能补多少？", id="no-such-step"),
        pytest.param("软件企业前年营收7亿领过60万，今年营收13亿，还能补多少？", id="not-that-step"),
        pytest.param("软件企业去年领过150万奖励，今年营收只有7亿，还能补多少？", id="same-step"),
        pytest.param("软件企业去年领过60万奖励，今年营收13亿，两次一共拿多少？", id="both"),
    ],
)
def test_no_sum_where_the_grades_are_not_certain(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("游戏企业去年破1亿时领过30万，今年营收突破3亿，还能补多少？", id="no-rule"),
        pytest.param("市级研发中心领过15万，今年升级为省级研发中心，还能拿多少？", id="denied"),
    ],
)
def test_no_difference_where_none_is_said(works: Assistant, question: str) -> None:
    calculation = works.ask(Query(question, TODAY)).calculation
    assert calculation is None or "−" not in " ".join(step.text for step in calculation.steps)


def test_a_first_step_is_paid_whole(works: Assistant) -> None:
    answer = works.ask(Query("软件企业今年营收第一次突破6亿元，能奖励多少？", TODAY))
    works_out(answer, "150万元", "150万元")
