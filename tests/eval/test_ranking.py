"""Rankings measured by hand and by the library: the same numbers."""

from __future__ import annotations

from math import log2

import pytest

from corpus.address import Address
from eval.ranking import RANKING_MEASURES, lies_in, ranking_at, ranking_values

A1, A1_1, A2, A3, B1 = (
    Address.parse(text) for text in ("d#art1", "d#art1.item1", "d#art2", "d#art3", "e#art1")
)


def measured(expected, hits, level: str = "") -> dict[str, float]:
    return ranking_values({"q": ranking_at(level, expected, hits, lies_in)})["q"]


def test_the_first_rank_is_one_everywhere() -> None:
    values = measured([A1], [A1, A2])
    assert set(values) == {name for name in RANKING_MEASURES if "_" not in name}
    assert set(values.values()) == {1.0}


def test_ranks_are_worked_out_on_paper() -> None:
    values = measured([A1, A3], [A2, A1, B1, A3])
    assert values["success@1"] == values["recall@1"] == values["complete@3"] == 0.0
    assert (values["recall@3"], values["recall@5"], values["complete@5"]) == (0.5, 1.0, 1.0)
    assert values["mrr"] == 0.5
    ideal = 1 + 1 / log2(3)
    assert values["ndcg@10"] == pytest.approx((1 / log2(3) + 1 / log2(5)) / ideal)


def test_nothing_found_is_zero_and_not_absent() -> None:
    for hits in ([], [B1, A2]):
        values = measured([A1], hits)
        assert len(values) == len(RANKING_MEASURES) // 3
        assert set(values.values()) == {0.0}


def test_a_part_counts_for_its_clause_once() -> None:
    assert measured([A1], [A1_1])["recall@1"] == 1.0
    assert measured([A1_1], [A1])["recall@1"] == 0.0
    # The second part of the same clause takes up a place and finds nothing new.
    assert measured([A1, A2], [A1_1, A1, A2])["recall@1"] == 0.5
    assert measured([A1, A2], [A1_1, A1, A2])["complete@3"] == 1.0


def test_levels_above_the_clause_forgive_its_part() -> None:
    assert measured([A1_1], [A1], "article_")["success@1"] == 1.0
    assert measured([A1_1], [A2], "article_")["success@1"] == 0.0
    assert measured([A1_1], [A3], "document_")["success@1"] == 1.0
    assert measured([A1_1], [B1, A3], "document_")["mrr"] == 0.5
    assert measured([A1, B1], [A2, A3, B1], "document_")["recall@1"] == 0.5


def test_many_questions_at_once_keep_apart() -> None:
    rankings = {
        "x": ranking_at("", [A1], [A1], lies_in),
        "y": ranking_at("", [A2], [A1], lies_in),
    }
    values = ranking_values(rankings)
    assert (values["x"]["mrr"], values["y"]["mrr"]) == (1.0, 0.0)
