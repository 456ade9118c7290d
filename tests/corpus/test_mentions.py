"""Clauses named in running text, and what they name in a document."""

from __future__ import annotations

import pytest

from corpus.address import ClausePath
from corpus.mentions import as_section, find_mentions, resolve
from corpus.outline import Clause, Outline
from indexer.readings import Reading

FIRST_CANDIDATES = [
    ("第五条支持多少", ["art5"]),
    ("第 12 条", ["art12"]),
    ("第五条第二款", ["art5.para2"]),
    ("第三十九条第二款第（三）项", ["art39.para2.item3"]),
    ("第十一条第二项", ["art11.item2"]),
    ("第十一条（二）项", ["art11.item2"]),
    ("第一百二十条之一", ["art120-1"]),
    ("第（十）条", ["item10"]),
    ("第十一条第二项和第（十）条", ["art11.item2", "item10"]),
    ("第六条至第九条", ["art6", "art9"]),
    ("四、（二）里怎么说", ["sec4.item2"]),
    ("第四部分", ["sec4"]),
    ("第四部分第（二）项", ["sec4.item2"]),
    ("第四部分第（二）条", ["sec4.item2"]),
    ("第四部分第三条", ["sec4.item3"]),
    ("一是按第一、第三条", ["art3"]),
    ("第19项", ["num19"]),
    ("第（三）项", ["item3"]),
    ("（二十五）说什么", ["item25"]),
    ("三、（二）第三段", ["sec3.item2.para3"]),
    ("第四部分第二段", ["sec4.para2"]),
    ("第五条第二自然段", ["art5.para2"]),
    ("《行动计划》7．", ["num7"]),
    ("附件2第四十五个病种", ["annex2.art45"]),
    ("附件一第三条", ["annex1.art3"]),
    ("若干政策（一）", []),
    ("支持10.5万元", []),
    ("占 3. 5%", []),
    ("奖励500万元", []),
    ("3.5%和2024年12月4日", []),
    ("三类证、国采", []),
    ("", []),
]


@pytest.mark.parametrize(
    ("text", "paths"), [pytest.param(*row, id=row[0] or "empty") for row in FIRST_CANDIDATES]
)
def test_mentions_and_their_best_reading(text: str, paths: list[str]):
    mentions = find_mentions(text)
    assert [str(mention.candidates[0]) for mention in mentions] == paths
    for mention in mentions:
        assert text[mention.start :].lstrip().startswith(mention.words)


RESOLVED = [
    ("cqgxq-2024-31", "第五条", "art5"),
    ("cqgxq-2024-31", "第十六条", "art16"),
    ("cqgxq-2024-31", "第十一条第二项", "art11.item2"),
    ("cqgxq-2024-31", "第四条第（三）项", "art4.item3"),
    ("cqgxq-2024-31", "第五条第一款", "art5"),
    ("cqgxq-2024-31", "第十二条第（三）项", "art12.item3"),
    ("cqgxq-2024-31", "第五条第二款", None),
    ("cqgxq-2024-31", "第十八条", None),
    ("cqgxq-2024-31", "第四条第（四）项", None),
    ("cqgxq-2024-31", "第四条之一", None),
    ("cqzfb-2025-56", "第（十）条", "item10"),
    ("cqzfb-2025-56", "第十条", "item10"),
    ("cqzfb-2025-56", "（二十五）", "item25"),
    ("cqzfb-2025-56", "第二十六条", None),
    ("cqzfb-2025-56", "四、（十）", "item10"),
    ("cqzfb-2025-56", "第四部分", "sec4"),
    ("cqzfb-2019-52", "四、（二）", "sec4.item2"),
    ("cqzfb-2019-52", "（二）", None),
    ("cqzfb-2021-17", "第19项", "num19"),
    ("cqzfb-2021-17", "第10项", None),
]


@pytest.mark.parametrize(
    ("document", "text", "path"), [pytest.param(*row, id="-".join(row[:2])) for row in RESOLVED]
)
def test_mention_resolved_in_a_real_document(
    readings: dict[str, Reading], document: str, text: str, path: str | None
):
    (mention,) = find_mentions(text)
    found = resolve(mention, readings[document].outline)
    assert found == (ClausePath.parse(path) if path else None)


def test_enumeration_names_no_section():
    assert not find_mentions("分为一、二、三级医院")


def test_item_that_is_not_there_is_not_its_section(readings: dict[str, Reading]):
    (mention,) = find_mentions("第四部分第（七）项")
    assert resolve(mention, readings["cqzfb-2019-52"].outline) is None


def outline(*paths: str) -> Outline:
    return Outline(tuple(Clause(ClausePath.parse(path), "item", "甲") for path in paths))


def test_item_of_the_only_paragraph_that_has_it():
    (mention,) = find_mentions("第三条第二项")
    document = outline("art3", "art3.para1", "art3.para2", "art3.para2.item1", "art3.para2.item2")
    assert resolve(mention, document) == ClausePath.parse("art3.para2.item2")


def test_ambiguous_mention_is_not_guessed():
    (mention,) = find_mentions("第三条第二项")
    document = outline("art3", "art3.para1.item2", "art3.para2.item2")
    assert resolve(mention, document) is None


def test_people_call_a_part_of_a_text_without_articles_by_one():
    (mention,) = find_mentions("第四条第二项")
    parts = outline("sec4", "sec4.item2")
    assert resolve(mention, parts) is None
    assert as_section(mention, parts) == ClausePath.parse("sec4.item2")
    # Where there are articles, the fourth one is not there.
    assert as_section(mention, outline("art3", "sec4", "sec4.item2")) is None
