"""Penalties stand in another clause, which names the rule that is broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant

_RULES = """冷库用电安全管理规定
第一条 为加强冷库用电安全，制定本规定。
第二条 冷库运营单位应当每季度检查制冷机组线路，不得使用老化电缆。
夜间运行的机组，应当安排两名以上电工值守。
第三条 冷库运营单位应当在入口张贴逃生路线图。
第四条 违反本规定第二条第一款规定的，由应急管理部门责令限期改正，处3000元以上2万元以下罚款。
第五条 违反本规定第二条第二款规定的，由应急管理部门按照每少一名电工500元处以罚款。
第六条 本规定自2025年5月1日起施行。
"""


@pytest.fixture(scope="module")
def stores(assistant_over: Callable[..., Assistant]) -> Assistant:
    return assistant_over(_RULES)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("冷库机组用了老化电缆，罚多少", "a#art4"),
        ("冷库夜里机组运行没有安排两名电工值守，会被罚多少钱", "a#art5"),
        # What must be done is asked for, not what it costs not to do it.
        ("冷库制冷机组线路多久检查一次", "a#art2.para1"),
    ],
)
def test_the_penalty_of_a_rule_comes_first(stores: Assistant, question: str, first: str) -> None:
    cited = [str(c.address) for c in stores.ask(Query(question, date(2026, 11, 30))).citations]
    assert cited[0] == first
