"""Questions that once went wrong, through the whole product."""

from __future__ import annotations

import pytest


def cited(answer: dict) -> list[str]:
    return [citation["address"] for citation in answer["citations"]]


def test_two_clauses_of_two_documents_are_cited_and_no_third(ask) -> None:
    answer = ask("渝府办发〔2025〕56号第（十）条和渝高新发〔2024〕31号第六条")
    assert answer["status"] == "answered"
    assert sorted(cited(answer)) == ["cqgxq-2024-31#art6", "cqzfb-2025-56#item10"]


def test_an_article_named_without_its_document_is_that_of_the_matter(ask) -> None:
    answer = ask("第六条中药经典名方的奖励")
    assert answer["status"] == "answered"
    assert cited(answer) == ["cqgxq-2024-31#art6"]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("\x00a", id="control-character"),
        pytest.param("a", id="one-letter"),
    ],
)
def test_a_question_that_says_nothing_is_refused(ask, question: str) -> None:
    answer = ask(question)
    assert answer["status"] == "refused"
    assert cited(answer) == []


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
def test_a_follow_up_on_the_longest_of_questions_is_taken(client, path: str) -> None:
    before = ("创新药每个奖励多少？" * 200)[:1999]
    response = client.post(path, json={"question": "那呢", "conversation": [before]})
    assert response.status_code == 200
    assert '"error"' not in response.text
    assert '"status"' in response.text
