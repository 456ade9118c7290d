"""Misspelt questions put right against the words of the corpus, right ones left alone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from pypinyin import lazy_pinyin

import eval
from indexer.build import read_corpus
from indexer.lexical import LexicalIndex
from indexer.lexical_builder import LexicalBuilder
from indexer.passages import passages_of
from retriever import spelling
from retriever.spelling import Speller
from retriever.vocabulary import bundled_vocabulary
from server.assistant import Assistant


@pytest.fixture(scope="module")
def speller(assistant: Assistant) -> Speller:
    index, vocabulary = assistant.index, bundled_vocabulary()
    return Speller(index.lexical, vocabulary.places, index.glossary, vocabulary.written_out)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("新型役苗佐剂奖多少", "新型疫苗佐剂奖多少"),
        ("中药精典名方一个品种奖多少", "中药经典名方一个品种奖多少"),
        ("同位诉药物批文", "同位素药物批文"),
        ("固定姿产投资有没有奖历", "固定资产投资有没有奖励"),
        ("医疗机构制济备按", "医疗机构制剂备案"),
        ("三类医疗器械住册证", "三类医疗器械注册证"),
        ("高新區固定資產投資補貼", "高新区固定资产投资补贴"),
        ("軟體研發的獎勵", "软件研发的奖励"),
        ("临床试yan用时", "临床试验用时"),
        ("gao新区的创新yao奖多少", "高新区的创新药奖多少"),
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
        "公示有异议多长时间内查清",
        "小微企业该不该付多少",
        "阿婆唔识上网仲可以点样申请",
        "资金打到哪个账户",
        "用app申请",
    ],
)
def test_what_is_left_as_it_is(speller: Speller, question: str):
    assert speller.correct(question) == question


def test_few_plain_questions_are_touched(speller: Speller):
    """Of the development questions that are spelt right, hardly any may be changed."""
    lines = [json.loads(line) for line in _lines("gold/five-sources.jsonl")]
    plain = [q["question"] for q in lines if q["type"] not in ("typo", "colloquial")]
    changed = [question for question in plain if speller.correct(question) != question]
    assert len(changed) <= 0.03 * len(plain)


def test_what_a_small_library_has_never_heard_of_is_no_misspelling(tmp_path: Path):
    """Everyday questions on laws, against ten documents on something else."""
    asked = [json.loads(line)["question"] for line in _lines("training/lay-questions.jsonl")[::18]]
    speller = Speller(_words_of("corpora/other", tmp_path), bundled_vocabulary().places)
    changed = [question for question in asked if speller.correct(question) != question]
    assert len(asked) == 401
    assert len(changed) <= 0.015 * len(asked)


def test_characters_sound_as_the_library_says() -> None:
    common = [character for characters in spelling._by_sound().values() for character in characters]
    assert len(set(common)) > 6000
    assert [c for c in common if spelling._sound(c) != lazy_pinyin(c)[0]] == []


def _lines(name: str) -> list[str]:
    return (Path(eval.__path__[0]) / name).read_text("utf-8").splitlines()


def _words_of(corpus: str, folder: Path) -> LexicalIndex:
    """The words of a corpus; no vectors are needed for it."""
    builder, rows = LexicalBuilder(), 0
    for reading in read_corpus(Path(eval.__path__[0]) / corpus)[0].values():
        for passage in passages_of(reading.document, reading.outline):
            builder.add(passage)
            rows += 1
    builder.save(folder / "lexical")
    return LexicalIndex.open(folder / "lexical", np.zeros(rows, np.int32))
