"""Suggested questions: made of measures, and each really answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.address import Address
from server.assistant import Assistant
from server.present import validity_json
from server.suggesting import Suggester

DAY = date(2026, 11, 24)
SMALL = """关于支持养蜂的办法

渝蜂发〔2026〕3号

第一条 蜂群越冬
农户饲养中华蜜蜂并安全越冬的，每群奖励120元。

第二条 解释
本办法由蜂业局负责解释，自2026年1月1日起施行。
"""


class Refusing:
    """A language model that must not be asked."""

    name = "refusing"

    def __getattr__(self, name: str) -> object:
        raise AssertionError("a suggestion was tried on a language model")


@pytest.fixture(scope="module")
def suggested(assistant: Assistant):
    return Suggester(replace(assistant, model=Refusing())).on(DAY)


def test_every_suggestion_is_answered_from_a_document_in_force(suggested, client) -> None:
    assert {s.kind for s in suggested.first} == {"查金额", "算一算", "比一比"}
    for suggestion in suggested.first:
        body = {"question": suggestion.question, "as_of": DAY.isoformat()}
        answer = client.post("/api/ask", json=body).json()
        assert answer["status"] == "answered", suggestion
        assert {c["address"] for c in answer["citations"]} == suggestion.addresses
        assert {c["validity"]["status"] for c in answer["citations"]} == {"in_force"}
        if suggestion.kind == "算一算":
            assert answer["calculation"]["result"] > 0
            assert answer["calculation"]["missing"] == []
        if suggestion.kind == "比一比":
            assert len({c["title"] for c in answer["comparison"]["columns"]}) == 2


def test_suggestions_are_short_and_of_several_documents(suggested) -> None:
    amounts = [s for s in suggested.first if s.kind == "查金额"]
    documents = {Address.parse(a).document for s in amounts for a in s.addresses}
    assert len(documents) > 1
    assert len({s.addresses for s in suggested.first}) == len(suggested.first)
    assert all(len(s.question) <= 50 for s in suggested.first)


def test_a_day_before_all_of_them_suggests_nothing_of_them(assistant: Assistant) -> None:
    early = date(2000, 1, 1)
    in_force = [
        d for d in assistant.index.documents if validity_json(d, early)["status"] == "in_force"
    ]
    assert in_force == []
    assert all(s.kind == "查条款" for s in Suggester(assistant).on(early).first)


def test_a_library_of_one_document(assistant_over) -> None:
    first = Suggester(assistant_over(SMALL)).on(DAY).first
    assert "比一比" not in {s.kind for s in first}
    assert first
    assert any("蜜蜂" in s.question or "越冬" in s.question for s in first)


def test_the_start_page_links_to_them(client, suggested) -> None:
    page = client.get("/").text
    for suggestion in suggested.first:
        assert suggestion.question in page
