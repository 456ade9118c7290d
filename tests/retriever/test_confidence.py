"""How likely the corpus holds the answer: other industries, and stretches nobody speaks of."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.confidence import confidence, features
from retriever.query import DEFAULT_THRESHOLD, Query
from retriever.vocabulary import bundled_vocabulary


def of(assistant, question: str) -> float:
    retrieval = assistant.retrieve(Query(question, date(2026, 11, 24)))
    return confidence(retrieval, assistant.retriever)


@pytest.mark.parametrize(
    "question",
    [
        "高新区光伏企业固定资产投资补贴怎么算？",
        "高新区给储能项目的厂房装修补多少？",
        "养殖企业在高新区租厂房，租金补贴多少？",
        "化妆品在高新区取得批准文号奖励多少？",
        "宠物药在高新区取得药品批准文号奖励多少？",
    ],
)
def test_the_measure_of_another_industry_is_no_answer(assistant, question: str) -> None:
    assert of(assistant, question) < DEFAULT_THRESHOLD


@pytest.mark.parametrize(
    "question",
    [
        # The clauses speak of these themselves.
        "医疗机器人在高新区有什么支持？",
        # 双通道药店 is written out with an industry (零售) that the asker did not name.
        "新药能不能在双通道药店买到",
        "高新区固定资产投资补贴怎么算？",
    ],
)
def test_what_the_clauses_speak_of_is_no_other_industry(assistant, question: str) -> None:
    assert of(assistant, question) >= DEFAULT_THRESHOLD


def test_industries_are_subjects_too() -> None:
    vocabulary = bundled_vocabulary()
    assert set(vocabulary.industries) < set(vocabulary.subjects)


def test_the_longest_stretch_that_no_clause_speaks_of(assistant) -> None:
    def longest(question: str) -> float:
        retrieval = assistant.retrieve(Query(question, date(2026, 11, 24)))
        return features(retrieval, assistant.retriever)["longest_unheld"]

    assert longest("高新区固定资产投资补贴") == 0
    assert longest("高新区算力券补贴") == 3
    assert longest("高新区咖啡豆烘焙补贴") == 5
