"""A share of an amount and so much for each person by one clause, added."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """溪口市支持中小企业稳定发展若干措施
第一条 稳定用工。对中小企业，年末职工平均人数与上年平均人数相比持平或增长10%（不含）以内的，一次性给予该企业3个月应缴纳社会保险费20%的补贴；年末职工平均人数与上年平均人数相比增长10%及以上的，一次性给予该企业3个月应缴纳社会保险费40%的补贴。享受上述补贴的企业组织职工参加职业技能培训的，可按每人800元的标准享受一次性培训补贴。
第二条 本措施自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "溪口一家中小企业，人没增也没减，3个月社保应缴30万，另外组织了25个员工参加技能培训，社保补贴加培训补贴一共多少？",
            "8万元", "6万元 + 2万元 = 8万元", id="nothing-changed",
        ),
        pytest.param(
            "溪口一家中小企业，人数比上年增长15%，3个月应缴社保费30万，组织25名职工参加职业技能培训，两项补贴一共多少？",
            "14万元", "30万元 × 40% = 12万元", id="in-the-higher-bracket",
        ),
        pytest.param(
            "溪口一家中小企业，人数持平，3个月社保应缴30万，社保补贴有多少？",
            "6万元", "30万元 × 20% = 6万元", id="the-share-alone",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # How many were trained is not said.
        "溪口一家中小企业有25名职工，人数持平，3个月社保应缴30万，社保补贴加培训补贴一共多少？",
        # By how much the number changed is not said.
        "溪口一家中小企业，3个月社保应缴30万，组织25个员工参加技能培训，两项补贴一共多少？",
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
