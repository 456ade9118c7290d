"""Amounts of the asker's own decide whether something is had, and go where their words point."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.answer import Answer
from server.assistant import Assistant

DAY = date(2026, 11, 29)


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Query(question, DAY))


@pytest.mark.parametrize(
    ("question", "display", "cited"),
    [
        pytest.param(
            "CDMO一年才做了900万，市里有奖励吗", "0元", "cqzfb-2025-56#item12", id="too little"
        ),
        pytest.param(
            "首付款只到账8000万，能申请奖励吗", "0元", "cqzfb-2025-56#item19", id="known by its name"
        ),
        pytest.param(
            "海外授权首付款到位1.5亿，能拿奖励吗",
            "最高450万元", "cqzfb-2025-56#item19", id="enough",
        ),
        pytest.param(
            "医院一年采购新药3000万，补助多少",
            "最高100万元", "cqgxq-2024-31#art10.item1", id="the measure of what was bought",
        ),
        pytest.param(
            "医院采购首台套医疗器械1000万，奖多少",
            "最高200万元", "cqgxq-2024-31#art10.item1", id="the other one",
        ),
        pytest.param(
            "医院GCP备案了，又新增3个专业，今年能奖多少",
            "最高200万元", "cqgxq-2024-31#art13", id="one and another",
        ),
        pytest.param(
            "经典名方有5个品种在高新区产业化，今年能拿多少",
            "最高200万元", "cqgxq-2024-31#art6", id="counted with its name before",
        ),
        pytest.param(
            "专业技术服务平台固定资产投资6000万，高新区支持多少",
            "最高600万元（另一种读法为700万元）",
            "cqgxq-2024-31#art11.item1", id="not the clause that leaves out who got it",
        ),
        pytest.param(
            "我们去年已经拿了其他研发补助200万，创新药二期投入2000万，高新区还能拿多少",
            "最高300万元", "cqgxq-2024-31#art4.item2", id="what was had in another year",
        ),
        pytest.param(
            "我们今年已经拿了其他研发补助200万，创新药二期投入2000万，高新区还能拿多少",
            "最高100万元", "cqgxq-2024-31#art4.item2", id="what was had this year",
        ),
        pytest.param(
            "AI医疗器械两个项目，分别投了300万和1000万，能拿多少",
            "最高145万元", "cqgxq-2024-31#art8", id="each capped by itself",
        ),
        pytest.param(
            "高新区三类证拿了1个、二类证拿了2个，其中那个三类走了国家优先审批，今年一共能拿多少",
            "最高400万元", "cqgxq-2024-31#art5", id="a further case of the one that it names",
        ),
        pytest.param(
            "技术服务合同400万，市里奖多少",
            "最高12万元", "cqzfb-2025-56#item5", id="the level that is asked for",
        ),
    ],
)  # fmt: skip
def test_worked_out(assistant: Assistant, question: str, display: str, cited: str) -> None:
    answer = ask(assistant, question)
    assert answer.calculation is not None and answer.calculation.display == display
    assert cited in {str(citation.address) for citation in answer.citations}


def test_nothing_is_not_said_where_another_measure_may_be_meant(assistant: Assistant) -> None:
    answer = ask(assistant, "年度合同500万，市里有奖励吗")
    assert answer.calculation is None
    assert {"cqzfb-2025-56#item12", "cqzfb-2025-56#item5"} <= {
        str(citation.address) for citation in answer.citations
    }


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("AI医疗器械项目研发投入1000万，两个项目能拿多少", id="of each or of both"),
        pytest.param("同一家企业在市里拿了CRO平台1000万，高新区还能拿吗", id="support is no base"),
    ],
)
def test_not_worked_out(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert answer.calculation is None and answer.citations


def test_what_an_amount_is_of_is_said_where_the_clause_leaves_it_open(
    assistant: Assistant,
) -> None:
    answer = ask(assistant, "医院做组长单位承担3个企业临床项目能奖多少")
    assert answer.calculation is not None
    assert "条文没有写明数额是每个的还是合计的，这里按每个算" in answer.calculation.assumptions


def test_a_condition_is_no_case(assistant: Assistant) -> None:
    assert ask(assistant, "合同超过500万才能拿奖励吗").calculation is None


def test_rent_is_not_worked_out_by_the_rate_of_fitting_out(assistant: Assistant) -> None:
    answer = ask(assistant, "高新区租了2000平GMP厂房，租金每平30，一年补多少")
    assert answer.calculation is None
    assert "cqgxq-2024-31#art12.item2" in {str(c.address) for c in answer.citations}
