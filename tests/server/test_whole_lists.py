"""Lists stated whole: leads with their entries, half sentences with their lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant

_HALLS = """禾岭市共享车间使用管理办法
禾经信规〔2025〕4号
禾岭市经济和信息化局
2025年3月1日
第一条 为规范共享车间的使用，制定本办法。
第二条 申请使用共享车间的企业，应当符合下列条件：
（一）在本市登记满一年；
（二）使用面积不少于300平方米；
（三）承诺年产值不低于每平方米5000元。
第三条 使用企业有下列情形之一的，运营单位可以解除合同并收回车间：
（一）擅自转给他人使用的；
（二）连续空置超过90日的；
（三）欠付使用费超过2个月的。
第四条 使用费按照每平方米每月12元收取，按季度缴纳。
第五条 对共享车间的骨干工人，按照下列标准发放津贴，最长发放18个月：
（一）高级技师每月700元；
（二）技师每月400元。
第六条 本办法自2025年4月1日起施行，有效期3年。
"""


@pytest.fixture(scope="module")
def halls(assistant_over: Callable[..., Assistant]) -> Assistant:
    return assistant_over(_HALLS)


def said(assistant: Assistant, question: str) -> tuple[str, list[str]]:
    answer = assistant.ask(Query(question, date(2026, 11, 30)))
    return answer.text, [str(citation.address) for citation in answer.citations]


def test_a_lead_brings_all_its_entries(halls: Assistant) -> None:
    text, cited = said(halls, "用共享车间有啥门槛")
    assert {f"a#art2.item{n}" for n in (1, 2, 3)} <= set(cited)
    assert "300平方米" in text and "5000元" in text


def test_an_entry_that_is_half_a_sentence_follows_its_lead(halls: Assistant) -> None:
    text, cited = said(halls, "共享车间空着没用超过三个月，会被收回吗")
    assert "a#art3.item2" in cited
    assert text.index("可以解除合同并收回车间") < text.index("连续空置超过90日的")


def test_a_clause_of_no_list_stays_alone(halls: Assistant) -> None:
    _, cited = said(halls, "共享车间使用费一平方米多少")
    assert cited == ["a#art4"]


def test_a_lead_with_a_value_that_is_asked_for_stands_before_its_entry(halls: Assistant) -> None:
    text, cited = said(halls, "高级技师的津贴每月发多少钱，能发几个月")
    assert {"a#art5", "a#art5.item1"} <= set(cited)
    assert "700元" in text and "18个月" in text
