"""Whether support of two levels or policies can be had together: the rules, as statements."""

from __future__ import annotations

import pytest

from server.stacking import asks_for_both, asks_only_for_both

CITY, ZONE = "cqzfb-2025-56#closing", "cqgxq-2024-31#art15"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("56号文和31号能叠加享受吗", {CITY, ZONE}),
        ("渝府办发〔2025〕56号和高新区的政策可以同时享受吗", {CITY}),
        ("在高新区享受了一企一策，别的政策还能重复享受吗", {ZONE}),
    ],
)
def test_the_rules_of_the_documents_meant(ask, question: str, expected: set[str]) -> None:
    answer = ask(question)
    assert answer["status"] == "answered"
    assert expected <= {citation["address"] for citation in answer["citations"]}
    assert all("重复" in claim["text"] for claim in answer["claims"])


def test_an_amount_and_the_rule_on_both(ask) -> None:
    answer = ask("改良型新药拿到批文投产，市里和高新区各奖多少？能不能两头都领？")
    text = answer["answer"]
    assert "500万元" in text and "250万元" in text
    assert CITY in {citation["address"] for citation in answer["citations"]}


def test_another_subject_gets_no_rule(ask) -> None:
    assert ask("低保和国家的医保政策能同时享受吗")["status"] == "refused"


@pytest.mark.parametrize(
    ("question", "both", "alone"),
    [
        ("市级和区级的政策能同时享受吗", True, True),
        ("市里和区里各奖多少，能都领吗", True, False),
        ("一个药同时报几个适应症，能每个都领补助吗", False, False),
        ("高新区对论坛补贴多少", False, False),
    ],
)
def test_what_is_asked_for(question: str, both: bool, alone: bool) -> None:
    assert asks_for_both(question) is both
    assert asks_only_for_both(question) is alone
