"""Who takes applications is found in the closing clause, whatever the money is for."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant


@pytest.mark.parametrize(
    "question",
    [
        "申请高新区奖励找哪个部门",
        "申报31号办法的钱，找哪个部门受理",
        "三类证奖励找哪个部门申请",
        "高新区生物医药的钱，从报到发走哪个部门",
    ],
)
def test_the_office_is_stated(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(Query(question, date(2026, 11, 28)))
    assert [str(c.address) for c in answer.citations] == ["cqgxq-2024-31#art16"]
    assert "由改革发展局牵头组织申报" in answer.text


def test_a_clause_on_applying_answers_itself(assistant: Assistant) -> None:
    answer = assistant.ask(Query("人才引进谁牵头", date(2026, 11, 28)))
    assert answer.status == "answered"
    assert "改革发展局" not in answer.text
