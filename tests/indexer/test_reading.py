"""A page of columns in the order that a reviewer wrote down."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.errors import CatalogueError
from indexer.loaders import Line
from indexer.reading import in_reading_order

PAGE = "后来的事。\n\n标题一\n副标题\n从前的事，\n\n还没有说完。\n又一段。"


def lines_of(text: str) -> Sequence[Line]:
    return [Line(line, number) for number, line in enumerate(text.split("\n"), 1)]


def test_pieces_come_in_the_given_order():
    sections = in_reading_order(lines_of(PAGE), ["# 标题一", "从前", "后来"])
    assert [section.headline for section in sections] == ["标题一 副标题", None]
    assert [[p.text for p in section.paragraphs] for section in sections] == [
        ["从前的事，还没有说完。又一段。"],
        ["后来的事。"],
    ]
    assert [section.paragraphs[0].line for section in sections] == [5, 1]


@pytest.mark.parametrize(
    ("order", "words"),
    [
        pytest.param(["后来", "未来"], "exactly once", id="not-there"),
        pytest.param(["后来", "的事"], "exactly once", id="twice"),
        pytest.param(["# 标题一", "从前"], "leaves out text", id="start-left-out"),
    ],
)
def test_wrong_order_is_refused(order: list[str], words: str):
    with pytest.raises(CatalogueError, match=words) as caught:
        in_reading_order(lines_of(PAGE), order)
    assert "阅读顺序" in caught.value.message


def test_entry_listed_twice_is_refused():
    with pytest.raises(CatalogueError):
        in_reading_order(lines_of(PAGE), ["后来", "# 标题一", "从前", "后来"])
