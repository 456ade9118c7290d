"""Misspelt questions put right against the words of the corpus, right ones left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import eval
from retriever.spelling import Speller
from retriever.vocabulary import bundled_vocabulary
from server.assistant import Assistant


@pytest.fixture(scope="module")
def speller(assistant: Assistant) -> Speller:
    return Speller(assistant.index.lexical, bundled_vocabulary().places)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("新型役苗佐剂奖多少", "新型疫苗佐剂奖多少"),
        ("中药精典名方一个品种奖多少", "中药经典名方一个品种奖多少"),
        ("同位诉药物批文", "同位素药物批文"),
        ("三类医疗器械住册证", "三类医疗器械注册证"),
        ("高新區固定資產投資補貼", "高新区固定资产投资补贴"),
        ("軟體研發的獎勵", "软件研发的奖励"),
        ("临床试yan用时", "临床试验用时"),
    ],
)
def test_what_was_meant(speller: Speller, typed: str, meant: str):
    assert speller.correct(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "",
        "上海张江对拿到批文的1类新药奖励多少钱？",
        "渝府办发〔2025〕56号第（十）条",
        "How much is the reward?",
        "💊🏥",
        "CDMO平台",
        "房租能补多少",
        "线上卖货的服务补多少",
        "最多返多少",
        "租了国企的房子",
    ],
)
def test_what_is_left_as_it_is(speller: Speller, question: str):
    assert speller.correct(question) == question


def test_few_plain_questions_are_touched(speller: Speller):
    """Of the development questions that are spelt right, hardly any may be changed."""
    path = Path(eval.__path__[0]) / "gold" / "five-sources.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    plain = [q["question"] for q in lines if q["type"] not in ("typo", "colloquial")]
    changed = [question for question in plain if speller.correct(question) != question]
    assert len(changed) <= 0.03 * len(plain)
