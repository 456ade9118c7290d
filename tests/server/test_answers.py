"""Answers over the real corpus: the JSON of the interface, and what may stand in it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from server.assistant import Assistant
from server.checks import figures, squeeze

QUESTIONS = {
    "answered": "渝高新发〔2024〕31号第六条中药经典名方的奖励是多少",
    "not_stated": "出让院内制剂知识产权给企业的医疗机构，具体奖励多少钱？",
    "informational": "重庆美莱德的药物安全评价中心是什么时候投用的？",
    "refused": "上海张江的补贴",
}
FIELDS = {
    "question": str,
    "as_of": str,
    "status": str,
    "answer": str,
    "claims": list,
    "citations": list,
    "calculation": (dict, type(None)),
    "notes": list,
    "mode": str,
    "trace": dict,
    "took_ms": (int, float),
}
CITATION = {
    "n": int,
    "address": str,
    "document": str,
    "title": str,
    "doc_number": (str, type(None)),
    "label": str,
    "quote": str,
    "text": str,
    "page": (int, type(None)),
    "authority": str,
    "validity": dict,
    "url": str,
}
VALIDITY = {"status": str, "from": (str, type(None)), "to": (str, type(None)), "basis": list}
STATES = {"in_force", "not_yet", "expired", "repealed", "unknown"}


@pytest.fixture(scope="session")
def answers(ask):
    return {status: ask(question) for status, question in QUESTIONS.items()}


def has_fields(value: dict, fields: dict) -> None:
    for name, kind in fields.items():
        assert name in value, name
        assert isinstance(value[name], kind), f"{name}: {value[name]!r}"


@pytest.mark.parametrize("status", QUESTIONS)
def test_the_four_statuses_with_every_field(answers, status: str) -> None:
    answer = answers[status]
    assert answer["status"] == status
    assert answer["question"] == QUESTIONS[status]
    assert answer["as_of"] == "2026-11-24"
    has_fields(answer, FIELDS)
    assert {"index", "embedder", "prompt", "model", "problems"} <= set(answer["trace"])
    assert all(isinstance(note, str) for note in answer["notes"])
    for citation in answer["citations"]:
        has_fields(citation, CITATION)
        has_fields(citation["validity"], VALIDITY)
        assert citation["validity"]["status"] in STATES
    for claim in answer["claims"]:
        has_fields(claim, {"text": str, "citations": list})


@pytest.mark.parametrize("status", QUESTIONS)
def test_markers_and_claims_point_into_the_citations(answers, status: str) -> None:
    answer = answers[status]
    numbers = [citation["n"] for citation in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {int(n) for n in re.findall(r"\[(\d+)\]", answer["answer"])} == set(numbers)
    cited = {n for claim in answer["claims"] for n in claim["citations"]}
    assert cited == set(numbers)
    assert all(claim["citations"] for claim in answer["claims"])


@pytest.mark.parametrize("status", ["answered", "not_stated", "informational"])
def test_quotes_and_figures_stand_in_the_clause(client, answers, status: str) -> None:
    answer = answers[status]
    assert answer["citations"]
    for citation in answer["citations"]:
        address = citation["address"].replace("#", "%23")
        clause = client.get(f"/api/clauses/{address}").json()
        assert clause["label"] == citation["label"]
        assert squeeze(citation["quote"]) in squeeze(clause["text"])
        assert squeeze(citation["text"]) == squeeze(clause["text"])
    quotes = {citation["n"]: citation["quote"] for citation in answer["citations"]}
    for claim in answer["claims"]:
        held = figures("".join(quotes[n] for n in claim["citations"]))
        assert figures(claim["text"]) <= held


def test_an_answer_states_the_figure_and_names_the_place(answers) -> None:
    answer = answers["answered"]
    first = answer["citations"][0]
    assert first["address"] == "cqgxq-2024-31#art6"
    assert first["label"] == "第六条"
    assert first["url"] == "/documents/cqgxq-2024-31#art6"
    assert "50万元" in squeeze(answer["answer"])
    assert "渝高新发〔2024〕31号" in answer["answer"]


def test_an_amount_left_open_is_said_to_be_open(answers) -> None:
    answer = answers["not_stated"]
    assert [c["address"] for c in answer["citations"]] == ["cqzfb-2025-56#item4"]
    assert "依法依规" in answer["answer"]
    # The neighbouring sentence's 10万元 is for something else.
    assert "10万元" not in squeeze(answer["answer"])


def test_news_is_marked_as_no_basis(answers) -> None:
    answer = answers["informational"]
    assert {c["authority"] for c in answer["citations"]} == {"informational"}
    assert any("不能作为申报依据" in note for note in answer["notes"])


def test_a_refusal_cites_and_states_nothing(answers) -> None:
    answer = answers["refused"]
    assert answer["claims"] == answer["citations"] == answer["notes"] == []
    assert answer["calculation"] is None
    assert "上海张江" in answer["answer"]
    # It says what is covered.
    assert "渝府办发〔2025〕56号" in answer["answer"]
    assert "万元" not in answer["answer"]


def test_a_clause_that_does_not_exist_is_refused_by_name(ask) -> None:
    answer = ask("渝府办发〔2025〕56号第九十九条写了什么")
    assert answer["status"] == "refused"
    assert answer["citations"] == []
    assert "第九十九条" in answer["answer"]


@pytest.mark.parametrize(
    ("question", "address", "label"),
    [
        (
            "渝高新发〔2024〕31号第四条第（一）项原文",
            "cqgxq-2024-31#art4.item1",
            "第四条第（一）项",
        ),
        ("渝府办发〔2025〕56号第（十）条原文", "cqzfb-2025-56#item10", "第（十）条"),
        ("渝府办发〔2019〕52号四、（二）原文", "cqzfb-2019-52#sec4.item2", "四、（二）"),
        ("渝府办〔2021〕17号第19项原文", "cqzfb-2021-17#num19", "第19项"),
    ],
)
def test_a_look_up_quotes_the_whole_clause(ask, question, address, label) -> None:
    answer = ask(question)
    (citation,) = answer["citations"]
    assert (citation["address"], citation["label"]) == (address, label)
    assert squeeze(citation["quote"]) == squeeze(citation["text"])


def test_a_broken_source_carries_a_note(ask) -> None:
    answer = ask("渝府办〔2021〕17号第19项原文")
    assert any("来源残缺" in note for note in answer["notes"])


def test_an_amount_comes_with_the_stacking_rule(ask) -> None:
    answer = ask("渝府办发〔2025〕56号对创新药每个奖励多少")
    assert any("从优、就高、不重复" in note and "结尾段" in note for note in answer["notes"])


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2025-11-30", "not_yet"),
        ("2025-12-01", "in_force"),
        ("2025-12-02", "in_force"),
        ("2028-11-30", "in_force"),
        ("2028-12-02", "expired"),
    ],
)
def test_validity_is_judged_for_the_day_asked(ask, day: str, status: str) -> None:
    answer = ask("渝府办发〔2025〕56号第（十）条创新药奖励多少", as_of=day)
    validity = answer["citations"][0]["validity"]
    assert answer["as_of"] == day
    assert validity["status"] == status
    assert validity["from"] == "2025-12-01"
    assert validity["to"] == "2028-12-01"
    assert validity["basis"] == ["cqzfb-2025-56#closing"]
    warned = any(note.startswith("有效性") and day in note for note in answer["notes"])
    assert warned == (status != "in_force")


def test_a_document_without_a_term_gets_none(ask) -> None:
    answer = ask("渝高新发〔2024〕31号第五条", as_of="2040-01-01")
    assert answer["citations"][0]["validity"]["to"] is None


@pytest.mark.parametrize(
    ("first", "address", "figure"),
    [
        ("56号文里创新药每个奖励多少？", "cqzfb-2025-56#item10", "500万元"),
        ("31号办法对创新药单个奖励多少？", "cqgxq-2024-31#art4.item3", "250万元"),
    ],
)
@pytest.mark.parametrize("follow_up", ["那改良型呢", "那改良型新药呢？"])
def test_a_follow_up_is_read_in_its_conversation(ask, follow_up, first, address, figure) -> None:
    answer = ask(follow_up, conversation=["高新区有什么政策", first])
    assert answer["question"] == follow_up
    assert [c["address"] for c in answer["citations"]] == [address]
    assert figure in squeeze(answer["answer"])


def test_limits_hold_for_answers_too(ask) -> None:
    answer = ask("获批上市奖励多少", documents=["渝府办发〔2025〕56号"])
    assert {c["document"] for c in answer["citations"]} <= {"cqzfb-2025-56"}
    by_area = ask("获批上市奖励多少", area="高新区")
    assert {c["document"] for c in by_area["citations"]} <= {"cqgxq-2024-31"}


def test_the_same_question_gets_the_same_answer(assistant: Assistant, ask) -> None:
    first, second = (ask(QUESTIONS["answered"]) for _ in range(2))
    first.pop("took_ms"), second.pop("took_ms")
    assert first == second
    assert date.fromisoformat(first["as_of"])
    assert assistant.index.manifest.fingerprint.startswith(first["trace"]["index"])
