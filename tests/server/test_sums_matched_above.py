"""What a level adds to what a higher one gave, by that level, and the room that is left for it."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """云岭市人民政府关于印发《云岭市支持创新平台若干措施》的通知
云岭政发〔2025〕8号
云岭市支持创新平台若干措施
第一条 对获得国家级、省级专精特新认定的企业，分别按上级奖励金额的50%、30%给予配套奖励，最高80万元。
第二条 对获得省级资助的技术改造项目，按省级资助金额的60%给予配套，最高200万元。同一项目各级财政补助合计不得超过项目实际投入的50%。
第三条 对获评国家级、省级重点实验室的单位，分别按设备投入的20%、10%给予配套，最高300万元。
第四条 对承担国家、省重大科技专项的单位，分别给予100万元、50万元配套奖励。
第五条 对获得国家、省、市绿色制造奖励的企业，分别按100%、60%、30%的比例给予配套，单个企业每年最高100万元。
第六条 对获得国家、省、市科技计划立项的中试项目，分别按上级资助金额的100%、70%、50%给予配套，最高500万元。市级配套后，各级财政资助总额不得超过项目总投入。
第七条 本措施自2025年2月1日起施行，有效期5年。
云岭市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "中试项目总投入700万元，已经拿了省科技计划500万元资助，市里还能配套多少？",
            "最高200万元", "350万元 超过余额200万元，按200万元", id="the-room-left",
        ),
        pytest.param(
            "中试项目总投入2000万元，拿了国家科技计划400万元资助，市里还能配套多少？",
            "最高400万元", "400万元 未超过余额1600万元", id="room-enough",
        ),
        pytest.param(
            "中试项目总投入600万元，省里已经给了600万元资助，市里还能配多少？",
            "0元", "600万元 − 600万元 = 0元，按0元", id="no-room",
        ),
        pytest.param(
            "技术改造项目实际投入1000万元，获得省级资助450万元，市里还能配套多少？",
            "最高50万元", "1000万元 × 50% = 500万元", id="a-share-of-the-cost",
        ),
        pytest.param(
            "企业通过省级专精特新认定，拿了省级奖励100万元，市里配套多少？",
            "最高30万元", "100万元 × 30% = 30万元", id="by-level",
        ),
        pytest.param(
            "企业今年上市，获得绿色制造省级奖励90万元，配套多少？",
            "最高54万元", "90万元 × 60% = 54万元", id="no-level-in-another-word",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


def test_what_limits_all_levels_is_assumed(works: Assistant) -> None:
    answer = works.ask(Query("中试项目拿了省科技计划500万元资助，市里配套多少？", TODAY))
    works_out(answer, "最高350万元", "500万元 × 70% = 350万元")
    assert answer.calculation is not None
    assert "各级财政资助总额不得超过项目总投入" in answer.calculation.assumptions[0]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "中试项目拿了国家科技计划300万元和省科技计划200万元资助，总投入1000万元，市里还能配套多少？",
            id="two-levels",
        ),
        pytest.param(
            "企业获得国家绿色制造奖励90万元，省里也给了20万元奖励，配套多少？", id="two-levels-apart"
        ),
        pytest.param(
            "省级重点实验室设备投入500万，省里已经给了100万补助，市里配套多少？", id="of-what-was-spent"
        ),
        pytest.param("承担省重大科技专项，省里给了200万元资助，市里配套多少？", id="a-fixed-amount"),
        pytest.param("技术改造项目拿了国家资助300万元，市里配套多少？", id="another-level"),
    ],
)  # fmt: skip
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
