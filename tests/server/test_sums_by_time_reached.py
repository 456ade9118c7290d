"""Amounts for each person that rise with a time reached: groups that each reached another, and how much more the
longer time brings."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from indexer.entitlements.quantities import find_quantities
from retriever.query import Query
from server.assistant import Assistant

TEXT = """桑河县稳就业若干措施
第一条 对招用脱贫人口的帮扶作坊，稳定用工3个月以上的按每人800元标准给予一次性奖补，稳定用工半年以上的按每人2000元标准给予一次性奖补，稳定用工1年以上的按每人4500元标准给予一次性奖补。
第二条 对农业合作社，带动脱贫户务工半年以上的按每人1000元标准给予奖励，开展技能培训1年以上的按每人3000元标准给予奖励。
第三条 本措施自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "桑河县一家帮扶作坊招了脱贫人口，6个人干满一年以上，另外4个人刚干满半年多，一次性奖补总共多少？",
            "3.5万元", "6人 × 4500元 = 2.7万元", id="two-groups",
        ),
        pytest.param(
            "帮扶作坊招用脱贫人口，稳定用工满一年的6人，满半年的4人，满三个月的5人，一共奖补多少？",
            "3.9万元", "2.7万元 + 8000元 + 4000元 = 3.9万元", id="time-first",
        ),
        pytest.param(
            "帮扶作坊招了10个脱贫人口劳动力，6个稳定用工满一年，4个满半年，奖补一共多少？",
            "3.5万元", "2.7万元 + 8000元 = 3.5万元", id="all-of-them-first",
        ),
        pytest.param(
            "帮扶作坊招用脱贫人口，6个人工作了14个月，4个人工作了2个月，奖补一共多少？",
            "2.7万元", "2个月 未达到3个月，不能享受", id="one-too-short",
        ),
        pytest.param(
            "同样是10个脱贫人口，帮扶作坊稳定用工一年以上比只用半年以上，奖补能多拿多少钱？",
            "2.5万元", "4.5万元 − 2万元 = 2.5万元", id="how-much-more",
        ),
        pytest.param(
            "帮扶作坊招10个脱贫人口，用工半年以上跟只用三个月以上相比，奖补能多拿多少？",
            "1.2万元", "2万元 − 8000元 = 1.2万元", id="how-far-apart",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # How long the second group has worked is not said.
        "帮扶作坊招用脱贫人口，6个人干满一年以上，4个人不满半年，奖补一共多少？",
        # Of whom a time is, is not told.
        "帮扶作坊招用脱贫人口，6个人、4个人、5个人，有的干满一年，有的干满半年，奖补一共多少？",
        # Half a year more is no comparison with half a year.
        "帮扶作坊招了10个脱贫人口，都用工满半年了，要是再干半年能多拿多少奖补？",
        # What is done half a year is something else than what is done a year.
        "合作社带动脱贫户务工，6个人干满一年，4个人干满半年，奖励一共多少？",
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


@pytest.mark.parametrize(
    ("text", "unit"), [("12个人工作满一年", "人"), ("8个人工智能项目", "个"), ("3个人工资", "人")]
)
def test_persons_at_work_are_persons(text: str, unit: str) -> None:
    assert find_quantities(text)[0].unit == unit
