"""Of clauses about as good, those of two sides that say the same are set against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from retriever.pairing import as_pair, of_both
from retriever.query import Hit, Query, Retrieval
from retriever.retriever import Retriever
from server.assistant import Assistant

QUESTION = "规模目标各是多少"


@pytest.fixture(scope="module")
def retriever(assistant_over) -> Retriever:
    text = "第一条 工业总产值达到1300亿元。\n第二条 建成一批产业园区。\n第三条 产业园区布局优化。\n"
    other = "第一条 到2024年工业总产值达到2000亿元。\n第二条 引进人才。\n"
    found: Assistant = assistant_over(a=text, b=other)
    return found.retriever


def side(retriever: Retriever, text: str, *scored: tuple[str, float]) -> Retrieval:
    passages = {str(p.address): p for p in retriever.index.passages}
    hits = tuple(Hit(passages[address], score, {}) for address, score in scored)
    found = retriever.retrieve(Query(text, date(2026, 11, 29)))
    return replace(found, hits=hits)


def firsts(sides: tuple[Retrieval, ...]) -> list[str]:
    return [str(side.hits[0].passage.address) for side in sides]


def test_the_pair_that_is_alike_comes_first(retriever: Retriever) -> None:
    one = side(retriever, QUESTION, ("a#art3", 0.66), ("a#art1", 0.655))
    other = side(retriever, QUESTION, ("b#art1", 0.68), ("b#art2", 0.6))
    assert firsts(as_pair([one, other], retriever.coverage, retriever.spoken)) == [
        "a#art1",
        "b#art1",
    ]


def test_a_clause_that_is_clearly_better_stays(retriever: Retriever) -> None:
    one = side(retriever, QUESTION, ("a#art3", 0.7), ("a#art1", 0.655))
    other = side(retriever, QUESTION, ("b#art1", 0.68))
    assert firsts(as_pair([one, other], retriever.coverage, retriever.spoken)) == [
        "a#art3",
        "b#art1",
    ]


def test_sides_that_are_asked_different_things_stay(retriever: Retriever) -> None:
    one = side(retriever, "园区布局", ("a#art3", 0.66), ("a#art1", 0.655))
    other = side(retriever, QUESTION, ("b#art1", 0.68))
    assert firsts(as_pair([one, other], retriever.coverage, retriever.spoken)) == [
        "a#art3",
        "b#art1",
    ]


def test_two_things_need_a_clause_each(retriever: Retriever) -> None:
    one = side(retriever, "园区", ("a#art3", 0.66), ("a#art2", 0.6))
    other = side(retriever, "产值", ("a#art1", 0.6))
    assert firsts(of_both([one, other], [*one.hits, *other.hits], retriever.coverage)) == [
        "a#art3",
        "a#art1",
    ]
    assert of_both([one, one], one.hits, retriever.coverage) == ()
    assert of_both([one, other], one.hits, retriever.coverage) == ()
