"""Figures in words are figures, also beside a paragraph that leaves the matter open."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query

DAY = date(2026, 11, 29)
SOURCE = """东湖市企业用工管理条例
（2025年3月1日东湖市人民代表大会常务委员会通过）
第一条 为规范企业用工，制定本条例。
第二条 竞业限制的人员限于高级管理人员和其他负有保密义务的人员。竞业限制的范围、地域、期限由企业与职工约定。
解除劳动合同后，前款规定的人员到有竞争关系的其他企业工作的竞业限制期限，不得超过二年。
第三条 企业向职工技能培训预留的经费应当占其职工工资总额的百分之三以上。
第四条 企业工会可以对兼职工会干部发放补贴。职工会员人数500人以下的，每人每月不超过300元；职工会员人数500人以上的，每人每月不超过400元。
第五条 本条例自2025年5月1日起施行。
"""


@pytest.fixture(scope="module")
def answer(assistant_over):
    assistant = assistant_over(SOURCE)
    return lambda question: assistant.ask(Query(question, DAY))


def test_the_next_paragraph_states_what_the_first_leaves_open(answer) -> None:
    found = answer("竞业限制最长几年")
    assert found.status == "answered"
    assert "不得超过二年" in found.text


def test_a_share_in_words_is_a_figure(answer) -> None:
    assert answer("职工技能培训预留经费比例").status == "answered"


def test_what_a_month_gives_is_not_asked_back(answer) -> None:
    found = answer("我们单位职工会员800人，兼职工会干部每月补贴上限是多少")
    assert found.calculation is not None
    assert found.calculation.result == 400
    assert not found.calculation.missing


def test_months_are_asked_back_where_a_sum_is_wanted(answer) -> None:
    found = answer("我们单位职工会员800人，兼职工会干部补贴一共发多少")
    assert found.calculation is not None
    assert any("个月" in question for question in found.calculation.missing)
