"""有没有支持 is answered by every measure there is for it, amounts first."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant


def cited(assistant: Assistant, question: str) -> list[str]:
    answer = assistant.ask(Query(question, date(2026, 11, 28)))
    return [str(citation.address) for citation in answer.citations]


def test_every_measure_for_it_is_stated(assistant: Assistant) -> None:
    found = cited(assistant, "中药经典名方有没有支持")
    assert {"cqzfb-2025-56#item10", "cqgxq-2024-31#art6"} <= set(found)
    assert found.index("cqgxq-2024-31#art6") < found.index("cqzfb-2019-52#sec3.item4.para3")


def test_a_place_that_is_named_limits_them(assistant: Assistant) -> None:
    assert cited(assistant, "高新区对中药经典名方有支持吗") == ["cqgxq-2024-31#art6"]


@pytest.mark.parametrize("question", ["原料药能拿补助么", "哪条讲装修", "52号文还有效吗"])
def test_a_short_question_is_not_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(Query(question, date(2026, 11, 28))).status != "refused"


@pytest.mark.parametrize(
    "question", ["高新区改革发展局电话", "高新区办事窗口周末开门吗", "高新区管委会主任叫什么"]
)
def test_the_state_of_the_day_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(Query(question, date(2026, 11, 28))).status == "refused"
