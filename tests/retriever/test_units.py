"""A question for a figure is answered by a text with a figure in its unit."""

from __future__ import annotations

import pytest

from retriever.units import asked_in


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("公示几天", "公示时间为5个工作日", True),
        ("公示几天", "公示内容包括姓名和单位", False),
        ("多大年纪能申请", "年满十八周岁的居民", True),
        ("多大年纪能申请", "每人每次100元", False),
        ("第二件补几成", "第二件补贴60%", True),
        ("第二件补几成", "不得超过2件", False),
        ("一年能申请几件", "不得超过2件（套）", True),
        ("最长多久", "期限不得超过二年", True),
        ("场地要多少平", "面积不小于30㎡", True),
        ("食堂要多大地方", "面积不小于30㎡", True),
    ],
)
def test_figures_in_the_unit(question: str, text: str, held: bool) -> None:
    pattern = asked_in(question)
    assert pattern is not None
    assert bool(pattern.search(text)) == held


@pytest.mark.parametrize("question", ["怎么申请", "谁负责审核", "补多少", "安排多少亿"])
def test_no_unit_is_asked_for(question: str) -> None:
    assert asked_in(question) is None
