"""What is searched: clauses with what stands above them, and their sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import ClausePath
from corpus.document import Document, Source
from corpus.outline import Outline
from indexer.passages import passages_of, sentences, whole_passage
from indexer.readings import Reading

TEXTS = st.text("甲乙丙丁，。；！？（）()”’“\n 1a%", max_size=80)
BALANCED = st.recursive(
    st.text("甲乙，。；", max_size=8),
    lambda inner: st.tuples(inner, inner).map(lambda pair: f"（{pair[0]}）{pair[1]}"),
    max_leaves=8,
)


@given(TEXTS)
def test_sentences_keep_every_character(text: str):
    # A line of blanks alone is the only thing that may go.
    kept = "".join(line for line in text.split("\n") if line.strip())
    said = "".join(sentences(text)).replace("\n", "")
    assert said.replace(" ", "") == kept.replace(" ", "")


@given(BALANCED)
def test_sentences_never_part_inside_brackets(text: str):
    for sentence in sentences(text):
        assert sentence.count("（") == sentence.count("）")


@pytest.mark.parametrize("name", ["cqzfb-2019-52", "cqgxq-2024-31", "cqzfb-2025-56"])
def test_sentences_of_the_real_clauses(sources: dict[str, Reading], name: str):
    for clause in sources[name].outline:
        parts = sentences(clause.text)
        assert "".join(parts) == clause.text.replace("\n", "")
        assert all(part.count("（") == part.count("）") for part in parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("甲。", ["甲。"], id="one"),
        pytest.param(
            "支持企业开展研发并申报项目。给予最高一百万元奖励。",
            ["支持企业开展研发并申报项目。", "给予最高一百万元奖励。"],
            id="two",
        ),
        pytest.param(
            "新型疫苗。支持企业发展多联多价疫苗。",
            ["新型疫苗。支持企业发展多联多价疫苗。"],
            id="short-heading-joined",
        ),
        pytest.param(
            "支持企业实行“一事一议。”给予最高一百万元奖励。",
            ["支持企业实行“一事一议。”", "给予最高一百万元奖励。"],
            id="quote-mark-stays",
        ),
        pytest.param(
            "支持生物类似药（以上含制品；下同。）项目建设。",
            ["支持生物类似药（以上含制品；下同。）项目建设。"],
            id="stop-in-brackets",
        ),
        pytest.param(
            "支持企业开展产品研发）项目。给予最高一百万元奖励。",
            ["支持企业开展产品研发）项目。", "给予最高一百万元奖励。"],
            id="stray-bracket",
        ),
    ],
)
def test_sentences(text: str, parts: list[str]):
    assert sentences(text) == parts


def test_passages_carry_title_headings_and_lead(outline_of: Callable[[str], Outline]):
    document = Document("a", "办法", Source("a.txt", "0"))
    outline = outline_of(
        "第一章 总则\n第一条 有下列情形之一的：\n（一）甲；\n（二）乙。\n第二条 丙。"
    )
    passages = {str(p.address.path): p for p in passages_of(document, outline)}
    assert list(passages) == ["art1", "art1.item1", "art1.item2", "art2"]
    assert passages["art1.item2"].context == ("办法", "第一章 总则", "有下列情形之一的：")
    assert passages["art1.item2"].whole == "办法\n第一章 总则\n有下列情形之一的：\n乙。"
    whole = whole_passage(document, outline, ClausePath.parse("art1"))
    assert whole.text == "有下列情形之一的：\n（一）甲；\n（二）乙。"


def test_clause_without_words_is_no_passage(sources: dict[str, Reading]):
    reading = sources["cqgxq-2024-31"]
    found = {str(p.address.path) for p in passages_of(reading.document, reading.outline)}
    assert "art4" not in found and "art4.item1" in found


@pytest.mark.parametrize(
    "text", ["甲：\n乙；\n丙。", "第一条 短。\n支持企业发展疫苗和佐剂；\n丁。", "一\n\n二。三；四"]
)
def test_every_piece_stands_in_the_text_as_it_is(text: str):
    place = 0
    for piece in sentences(text):
        place = text.index(piece, place) + len(piece)
    assert "".join(sentences(text)).replace("\n", "") == text.replace("\n", "")
