"""Places that no list has, and what only looks like one."""

from __future__ import annotations

import pytest

from retriever.unlisted import unlisted


def unknown(name: str) -> bool:
    return False


@pytest.mark.parametrize(
    "question",
    ["桐漓市的企业补多少", "那要是换成桐漓市呢", "隔壁的桐漓市给多少", "我们在桐漓市，奖多少"],
)
def test_a_place_that_no_clause_speaks_of(question: str) -> None:
    assert unlisted(question, unknown) == ["桐漓市"]


@pytest.mark.parametrize(
    "question",
    [
        "居民区装充电桩补多少",
        "桐漓市场摊位收多少",
        "从桐漓市搬来的企业奖多少",
        "桐漓市来的企业能享受吗",
        "全市的补贴多少",
        "生物医药园区能补多少",
    ],
)
def test_words_and_where_somebody_comes_from(question: str) -> None:
    assert not unlisted(question, unknown)


def test_a_place_that_clauses_speak_of_or_that_is_misspelt() -> None:
    assert not unlisted("桐漓市的企业补多少", lambda name: True)
    assert not unlisted("高芯区的企业补多少", unknown, ["重庆高新区"])
