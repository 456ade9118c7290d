"""References between clauses and documents: resolved where they are certain, open elsewhere."""

from __future__ import annotations

import pytest

from corpus.address import Address, ClausePath
from corpus.outline import Clause, Outline
from corpus.references import references

PATHS = (
    "art1", "art2", "art2.para1", "art2.para2", "art2.para2.item1", "art2.para2.item2",
    "art2.para3", "art3", "art3.item1", "art3.item2", "art4",
)  # fmt: skip


def outline(paths: tuple[str, ...]) -> Outline:
    kinds = {"art": "article", "para": "paragraph", "item": "item"}
    return Outline(
        tuple(
            Clause(path, kinds[path.steps[-1].rank], "甲")  # type: ignore[arg-type]
            for path in map(ClausePath.parse, paths)
        )
    )


OWN = outline(PATHS)
OTHER = outline(("art1", "art2", "art2.item1"))


def library(title: str, number: str | None) -> tuple[str, Outline] | None:
    return ("other", OTHER) if title == "某条例" or number == "某发〔2024〕1号" else None


def found(text: str, here: str) -> list[tuple[str, str | None]]:
    address = Address("own", ClausePath.parse(here))
    return [
        (r.words, str(r.address) if r.address else None)
        for r in references(text, address, OWN, library)
    ]


CASES = {
    "absolute": ("依照第三条第二项处理", "art4", [("第三条第二项", "own#art3.item2")]),
    "this-document": ("本办法第三条规定的", "art4", [("第三条", "own#art3")]),
    "前款": ("前款规定的", "art2.para3", [("前款", "own#art2.para2")]),
    "前款-with-item": ("前款第二项所列", "art2.para3", [("前款第二项", "own#art2.para2.item2")]),
    "前款-of-the-first": ("前款规定的", "art2.para1", [("前款", None)]),
    "前两款-is-more-than-one": ("前两款规定的", "art2.para3", [("前两款", None)]),
    "前条": ("前条规定的", "art3", [("前条", "own#art2")]),
    "前项": ("前项规定的", "art3.item2", [("前项", "own#art3.item1")]),
    "本条": ("本条第二款第一项", "art2.para3", [("本条第二款第一项", "own#art2.para2.item1")]),
    "本条-with-one-款": (
        "本条第一款第一项",
        "art3.item2",
        [("本条第一款第一项", "own#art3.item1")],
    ),
    "another-document": (
        "依照《某条例》第二条第一项",
        "art4",
        [("《某条例》第二条第一项", "other#art2.item1")],
    ),
    "by-number": (
        "《旧名》（某发〔2024〕1号）第一条",
        "art4",
        [("《旧名》（某发〔2024〕1号）第一条", "other#art1")],
    ),
    "another-document-that-is-not-here": (
        "依照《民法典》第三条",
        "art4",
        [("《民法典》第三条", None)],
    ),
    "document-alone": ("按《某条例》执行", "art4", [("《某条例》", None)]),
    "article-that-is-not-there": ("第九条", "art4", [("第九条", None)]),
    "named-without-marks": ("依照刑法第三条处罚", "art4", [("第三条", None)]),
    "several": ("第一条和第三条", "art4", [("第一条", "own#art1"), ("第三条", "own#art3")]),
}


@pytest.mark.parametrize(("text", "here", "expected"), CASES.values(), ids=CASES)
def test_reference(text: str, here: str, expected: list[tuple[str, str | None]]):
    assert found(text, here) == expected


def test_articles_behind_a_title_are_not_our_own():
    spoken = found("依照《民法典》第一条、第三条的规定", "art4")
    assert "own#art1" not in [address for _, address in spoken]
    assert "own#art3" not in [address for _, address in spoken]
