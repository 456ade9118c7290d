"""Sums by persons: so much for the first few and for each more, for each above a share, two supports added."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.written_out import spelt_out

TEXT = """潭口市就业创业扶持规定
第一条 一次性开业补贴。毕业5年内高校毕业生首次创办企业，正常经营6个月以上的，给予一次性开业补贴8000元。
第二条 开业带动就业补贴。第一条规定的创业主体招用2人以上，签订1年以上劳动合同的，招用2人给予2000元，第3人起每增加1人增加1500元，总额不超过12000元。
第三条 用人单位安排残疾人就业达到在职职工总数1.6%后，每超比例安排1名残疾人的，奖励5000元，每个单位每年不超过4万元。
第四条 一次性求职补贴。毕业年度内的低保家庭毕业生，每人一次性发放求职补贴1200元。
第五条 同一人员既申领第一条一次性开业补贴，又申领第四条求职补贴的，按照就高原则享受一项。
第六条 本规定自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "毕业两年开公司，招用了7个人，都签了一年合同，带动就业补贴多少？",
            "最高9500元", "5人 × 1500元 = 7500元", id="each-more",
        ),
        pytest.param(
            "毕业两年开公司，招用了15个人，都签了一年合同，带动就业补贴多少？",
            "最高1.2万元", "2.15万元 超过上限1.2万元，按1.2万元", id="each-more-held-to-a-limit",
        ),
        pytest.param(
            "毕业两年开公司，招用了7个人，一次性开业补贴加带动就业补贴一共多少？",
            "最高1.75万元", "8000元 + 9500元 = 1.75万元", id="two-supports-added",
        ),
        pytest.param(
            "我们单位500号人，安置了11个残疾人，超比例的奖励能拿多少？",
            "1.5万元", "11人 − 8人 = 3人", id="above-a-share-of-all",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # Of both only one is had.
        "毕业两年开公司，一次性开业补贴加一次性求职补贴一共多少？",
        # 8.16 persons: whether a part of a person counts is not said.
        "我们单位510号人，安置了11个残疾人，超比例的奖励能拿多少？",
        # How many work there is not said.
        "我们安置了11个残疾人，超比例的奖励能拿多少？",
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_hands_are_persons() -> None:
    assert spelt_out("公司200号人") == "公司200人"
