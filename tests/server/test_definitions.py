"""Clauses that define a word, and questions that ask what it means."""

from __future__ import annotations

import pytest

from corpus.address import Address
from indexer.passages import Passage
from retriever.query import Hit
from server.definitions import defined_in, defining


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("本办法所称小微企业，是指年营业收入低于500万元的企业。", ["小微企业"]),
        ("本办法所称项目包括团队、企业。其中，创业团队是指三人以上的团队；", ["项目", "创业团队"]),
        ("“资格分”是指按照分值表计算的总分。", ["资格分"]),
        ("支持小微企业发展，给予奖励。", []),
    ],
)
def test_words_that_a_text_defines(text: str, terms: list[str]) -> None:
    assert list(defined_in(text)) == terms


def hit(path: str, text: str) -> Hit:
    return Hit(Passage(Address.parse(f"a#{path}"), text, ()), 0.9, ())


HITS = [
    hit("art3", "对小微企业给予补贴，最高10万元。"),
    hit("art2", "本办法所称小微企业，是指年营业收入低于500万元的企业。"),
    hit("art1", "本办法所称企业，是指在本区注册的企业。"),
]


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("什么样的才算小微企业？", "art2"),
        ("小微企业是什么意思", "art2"),
        ("小微企业能补多少钱？", None),
        ("什么叫独角兽？", None),
    ],
)
def test_the_clause_that_defines_the_longest_word_asked_for(question: str, path) -> None:
    found = defining(HITS, question)
    assert (str(found.passage.address.path) if found else None) == path
