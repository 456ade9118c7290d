"""Sums over persons that a measure counts, brackets of persons, and amounts of a contract."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """临江市支持企业稳定用工若干措施
第一条 企业比去年新增参保人员的，每新增1人，按每人600元补助，每家企业最高不超过20万元。劳务机构向本市企业输送员工40人以上、做满2个月以上的，按每人400元补助。
第二条 劳务机构为重点企业推荐上岗的，申请用工服务补助，人数为30人（含）以上的，补助1万元；80人（含）以上的，补助3万元；150人（含）以上的，补助7万元。
第三条 企业组织职工参加技能培训的，按每人900元的标准给予培训补贴。
第四条 企业采购远程会诊、线上展览等服务产品的，给予不超过合同额40%的补贴，最高不超过15万元。
第五条 职工平均人数与上年持平或增长20%以下的，给予企业3个月社会保险费30%的补贴；平均人数增长20%以上的，给予企业3个月社会保险费50%的补贴。
第六条 本措施自2025年1月1日起施行，有效期3年。
"""


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "lines"),
    [
        pytest.param(
            "企业比去年新增了500个参保人，能补多少？",
            "最高20万元",
            ["500人 × 600元 = 30万元", "30万元 超过上限20万元，按20万元"],
            id="capped",
        ),
        pytest.param(
            "劳务公司给企业输送了90人，干满3个月了，补助多少？",
            "3.6万元",
            ["90人 × 400元 = 3.6万元"],
            id="a-threshold-of-those-who-are-counted",
        ),
        pytest.param(
            "劳务机构给重点企业推荐了100人上岗，用工服务补助多少？",
            "3万元",
            ["100人，适用80人以上一档", "3万元"],
            id="bracket-whose-thresholds-name-what-they-count-once",
        ),
        pytest.param(
            "企业组织60名员工培训，补贴一共多少？",
            "5.4万元",
            ["60人 × 900元 = 5.4万元"],
            id="trained",
        ),
        pytest.param(
            "企业买了20万元的线上展览服务，补多少钱？",
            "最高8万元",
            ["20万元 × 40% = 8万元", "8万元 未超过上限15万元"],
            id="what-is-bought-is-the-contract",
        ),
        pytest.param(
            "今年前4个月人数跟去年持平，3个月社会保险费交了50万，补贴多少？",
            "15万元",
            ["持平，适用20%以下一档", "50万元 × 30% = 15万元"],
            id="months-that-are-no-number-of-times",
        ),
    ],
)
def test_sum(works: Assistant, question: str, display: str, lines: list[str]) -> None:
    answer = works.ask(Query(question, date(2026, 11, 24)))
    assert answer.calculation is not None, answer.text
    assert answer.calculation.display == display
    assert [step.text for step in answer.calculation.steps] == lines


@pytest.mark.parametrize(
    "question", ["公司一共有300人，新增参保能补多少？", "我们有300名员工，新增参保补贴多少？"]
)
def test_persons_who_are_there_are_not_multiplied(works: Assistant, question: str) -> None:
    calculation = works.ask(Query(question, date(2026, 11, 24))).calculation
    assert calculation is None or calculation.result is None or calculation.result < 1000
