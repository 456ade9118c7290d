"""Whose rules an answer states is said where those of another place were asked for."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.answer import Answer
from server.assistant import Assistant

DAY = date(2026, 11, 29)


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Query(question, DAY))


def test_the_rules_of_a_district_are_not_those_of_the_city(assistant: Assistant) -> None:
    answer = ask(assistant, "三类医疗器械首次拿证市里奖多少")
    assert answer.text.startswith("重庆高新区：")
    assert answer.notes[0] == "层级：您问的是重庆市，以上是重庆高新区的规定。"


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("高新区三类医疗器械首次拿证奖多少", id="the place asked for"),
        pytest.param("31号文里市里认定的首台套医疗器械奖多少", id="a document named"),
        pytest.param("二类器械走市级创新医疗器械审批程序能多拿多少", id="the clause's own word"),
    ],
)
def test_nothing_is_said_where_it_is_asked_for(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert answer.claims and not any(note.startswith("层级") for note in answer.notes)


def test_a_clause_of_the_place_comes_before_a_hardly_better_one_above(
    assistant: Assistant,
) -> None:
    answer = ask(assistant, "体外诊断试剂企业在高新区能享受哪些支持")
    assert answer.citations[0].address.document == "cqgxq-2024-31"


def test_what_the_city_gives_is_not_worked_out_by_a_clause_of_a_district(
    assistant: Assistant,
) -> None:
    answer = ask(assistant, "我们厂替没有股权关系的药企代加工，一年做了4000万，市里给多少")
    assert answer.citations[0].address.document == "cqzfb-2025-56"
    assert "4000万元 × 3% = 120万元" in answer.text
    assert not any(note.startswith("层级") for note in answer.notes)


def test_news_of_a_place_does_not_come_before_the_plan(assistant: Assistant) -> None:
    answer = ask(assistant, "国际生物城规划哪几条轨道")
    assert "C6线支线、轨道交通24号线" in answer.text and answer.status == "answered"
