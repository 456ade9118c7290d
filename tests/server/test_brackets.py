"""Measures told apart by a threshold: which of them a stated figure falls in, over a small corpus."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_over

from retriever.query import Query

TEXT = """江北市促进制造业发展若干措施
第一条 对年产值首次突破1亿元、5亿元、10亿元的企业，分别给予10万元、30万元、50万元一次性奖励。
第二条 职工培训补贴：在职职工人数500人以下的，每人每月补贴30元；在职职工人数500人以上1000人以下的，每人每月补贴40元；在职职工人数1000人以上的，每人每月补贴50元。
第三条 企业（不含国有企业）新购设备的，按设备购置金额的10%给予补贴，最高100万元。
第四条 本措施自2025年1月1日起施行，有效期3年。
"""


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "lines"),
    [
        ("年产值首次突破6亿元能奖多少？", "30万元", ["6亿元，适用5亿元以上一档", "30万元"]),
        ("年产值首次到了12亿元，奖励多少？", "50万元", ["12亿元，适用10亿元以上一档", "50万元"]),
        (
            "我们在职职工人数700人，派20个员工培训，培训补贴一年多少？",
            "9600元",
            [
                "700人，适用500人以上、1000人以下一档",
                "1年 × 12个月/年 = 12个月",
                "20人 × 12个月 × 40元 = 9600元",
            ],
        ),
    ],
)
def test_the_bracket_that_a_figure_falls_in(works, question, display, lines) -> None:
    answer = works.ask(Query(question, date(2026, 11, 24)))
    assert answer.calculation is not None, answer.trace.problems
    assert answer.calculation.display == display
    assert [step.text for step in answer.calculation.steps] == lines


def test_a_figure_below_the_first_bracket_gets_no_sum(works) -> None:
    answer = works.ask(Query("年产值8000万元，首次突破奖励多少？", date(2026, 11, 24)))
    assert answer.calculation is None
    assert "1亿元" in answer.text


def test_who_is_left_out_gets_no_sum(works) -> None:
    asked = "新购设备，设备购置金额300万元，补贴多少？"
    assert works.ask(Query(f"我们{asked}", date(2026, 11, 24))).calculation.display == "最高30万元"
    answer = works.ask(Query(f"我们是国有企业，{asked}", date(2026, 11, 24)))
    assert answer.calculation is None
    assert "不含国有企业" in answer.text
