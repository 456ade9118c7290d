"""Questions with several sides, and questions for all there are."""

from __future__ import annotations

import threading
from datetime import date

import numpy as np
import pytest

from corpus.address import Address, ClausePath
from corpus.document import Document, Source
from corpus.outline import Clause, Outline
from eval.sets import bundled_sets
from eval.variant import DEFAULT
from indexer.traits import Trait, placed_traits
from retriever import understanding
from retriever.asked import asks_for_list
from retriever.lists import as_one, with_items
from retriever.query import Query
from retriever.retriever import Retriever
from retriever.sides import sub_questions
from server.assistant import Assistant
from server.settings import Settings

DAY = date(2026, 11, 24)


def found(retriever: Retriever, question: str, k: int = 5) -> list[str]:
    return [str(hit.passage.address) for hit in retriever.retrieve(Query(question, DAY, k)).hits]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "长护评了1级，上门照料一个月限额多少，一次评定能享受多久？",
            ("长护评了1级，上门照料一个月限额多少，", "长护评了1级，一次评定能享受多久？"),
        ),
        (
            "租厂房补几成？自己装修补多少？",
            ("租厂房补几成？", "自己装修补多少？"),
        ),
        (
            "制剂备完案也卖出去了，一个奖多少？顺便问下，海外授权首付款到账多少才够格？",
            ("制剂备完案也卖出去了，一个奖多少？", "海外授权首付款到账多少才够格？"),
        ),
        (
            "引进的人才，岗位补贴一个月多少，一家最多报几个人？",
            ("引进的人才，岗位补贴一个月多少，", "引进的人才，一家最多报几个人？"),
        ),
        ("我们家几个人合租，另外还有个仓库，租金补多少？", ()),
        ("租厂房补多少？", ()),
        ("广州的办法和贵州的办法，哪个管得久？各是几年？", ()),
        ("创新药、改良型新药获批，奖励多少", ()),
        ("", ()),
    ],
)
def test_questions_in_one_breath(question: str, parts: tuple[str, ...]):
    assert sub_questions(question) == parts


@pytest.mark.parametrize(
    ("question", "both"),
    [
        (
            "改良型新药产业化，56号文和高新区31号办法哪个给得多？",
            {"cqzfb-2025-56#item10", "cqgxq-2024-31#art4.item3"},
        ),
        (
            "三类医疗器械注册证奖多少，同位素药物批准文号又奖多少？",
            {"cqgxq-2024-31#art5", "cqgxq-2024-31#art7"},
        ),
    ],
)
def test_each_side_of_a_question_is_found(assistant: Assistant, question: str, both: set[str]):
    retriever = assistant.retriever
    assert both <= set(found(retriever, question, 3))
    alone = Retriever(assistant.index, retriever.embedder, without=["sides"])
    assert found(retriever, question)[0] == found(alone, question)[0]


def test_sides_that_name_a_clause_of_many_documents_by_its_number(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(understanding, "_FEW", 1)
    # One of its own: what is kept of others' questions must not help.
    retriever = Retriever(assistant.index, assistant.retriever.embedder)
    query = Query("第三条规定了什么？第五条规定了什么？", DAY)
    sides: list[int] = []
    asking = threading.Thread(
        target=lambda: sides.append(len(retriever.retrieve(query).sides)), daemon=True
    )
    asking.start()
    asking.join(60)
    assert sides == [2]


def test_what_is_said_before_both_places_is_of_both(assistant: Assistant):
    asked = "公司在高新区，有3个中药经典名方投产，市里和高新区分别奖多少"
    sides = assistant.retriever.retrieve(Query(asked, DAY)).sides
    assert [str(side.hits[0].passage.address) for side in sides] == [
        "cqzfb-2025-56#item10", "cqgxq-2024-31#art6",
    ]  # fmt: skip


def test_a_limit_to_one_document_leaves_one_side(assistant: Assistant):
    query = Query("56号文和31号办法哪个给得多", DAY, documents=frozenset({"cqzfb-2025-56"}))
    hits = assistant.retriever.retrieve(query).hits
    assert {hit.passage.address.document for hit in hits} == {"cqzfb-2025-56"}


def test_words_that_ask_for_all():
    assert all(map(asks_for_list, ["有哪些支持", "列出全部条款", "有几种情形", "分哪几类"]))
    assert not any(map(asks_for_list, ["奖励多少", "一共能拿几个", ""]))


def test_a_lead_and_what_it_leads_to():
    outline = Outline(
        tuple(
            Clause(ClausePath.parse(path), "article" if "." not in path else "item", text)
            for path, text in [
                ("art1", "有下列情形之一的，予以追回："),
                ("art1.item1", "虚报冒领；"),
                ("art1.item2", "挪作他用。"),
                ("art2", "联系方式如下："),
                ("art3", "本办法自发布之日起施行。"),
            ]
        )
    )
    document = Document("d", "办法", Source("d", ""), ("办法",))
    held = {
        str(clause.path): placed_traits(Address("d", clause.path), document, outline)
        for clause in outline
    }
    assert held == {
        "art1": Trait.LEAD,
        "art1.item1": Trait.LISTED,
        "art1.item2": Trait.LISTED,
        "art2": Trait(0),
        "art3": Trait(0),
    }


def test_items_come_with_their_lead():
    index = bundled_sets()["other-documents"].open(Settings(), DEFAULT).index
    leads = np.flatnonzero(index.traits & Trait.LEAD)
    lead = int(leads[0])
    rows = with_items(np.array([lead]), index)
    assert len(rows) > 1
    own = index.passages[lead].address
    assert all(own.contains(index.passages[row].address) for row in rows.tolist())
    scores = as_one(rows, np.linspace(1, 0.1, len(rows)), index)
    assert scores[1:].tolist() == [1.0] * (len(rows) - 1)
    assert scores[0] < 1.0
