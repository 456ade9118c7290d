"""Questions for a list: all clauses of a unit, of a figure, of a cap, without a figure, of one list."""

from __future__ import annotations

import re
from datetime import date

import pytest

from corpus.charge import read_charge
from corpus.outline import Outline
from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.embedder import open_embedder
from indexer.entitlements.quantities import find_quantities
from retriever.query import Query
from retriever.retriever import Retriever
from server.assistant import Assistant
from server.listing import LONGEST_LIST, Lister
from server.settings import Settings

DAY = date(2026, 11, 24)
CITY, ZONE = "cqzfb-2025-56", "cqgxq-2024-31"


@pytest.fixture(scope="module")
def listed(assistant: Assistant):
    def _listed(question: str) -> list[str]:
        retrieval = assistant.retrieve(Query(question, DAY))
        hits = Lister(assistant.retriever).listed(retrieval)
        return [str(hit.passage.address) for hit in hits]

    return _listed


def led_by(outline: Outline, document: str, unit: str) -> set[str]:
    """Read off the document itself, without the search."""
    return {
        f"{document}#{clause.path}" for clause in outline if unit in read_charge(clause.text).lead
    }


def holding(outline: Outline, document: str, *words: str) -> set[str]:
    return {
        f"{document}#{clause.path}"
        for clause in outline
        if all(word in re.sub(r"\s", "", clause.text) for word in words)
    }


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("56号文里市药监局牵头的有哪几条？", "市药监局"),
        ("56号文中由市卫生健康委牵头的措施有哪些？", "市卫生健康委"),
        ("56号文里市商务委牵头的有哪几条？", "市商务委"),
        ("56号文里市科技局牵头的有哪几条？", "市科技局"),
    ],
)
def test_all_that_a_unit_is_in_charge_of(listed, readings, question: str, unit: str) -> None:
    found = listed(question)
    expected = led_by(readings[CITY].outline, CITY, unit)
    assert expected
    assert set(found) == expected
    assert len(found) == len(set(found))


def test_what_a_unit_pays_for_is_less_than_all_it_is_in_charge_of(listed, assistant) -> None:
    paid = listed("56号文里市经信委牵头、给补贴或奖励的措施有哪些？")
    measures = {str(row.address) for row in assistant.index.entitlements[CITY]}
    assert set(paid) <= measures
    assert {f"{CITY}#item{n}" for n in (5, 6, 10, 11, 12, 19)} == set(paid)


@pytest.mark.parametrize(
    ("question", "items"),
    [
        # 按5万元, 15万元 and 1000万元 are no 500万元; art8 and art10.item3 have caps of one project.
        (
            "高新区办法里单个企业每年封顶500万元的有哪些？",
            {f"{ZONE}#{path}" for path in ("art5", "art9", "art10.item2")},
        ),
        (
            "56号文上限1000万元的支持有哪些？",
            {f"{CITY}#{path}" for path in ("item3", "item5", "item11")},
        ),
        (
            "56号文封顶500万元的有哪些？",
            {f"{CITY}#{path}" for path in ("item5", "item12", "item19")},
        ),
    ],
)
def test_caps_of_the_very_height_and_scope(listed, question: str, items: set[str]) -> None:
    assert set(listed(question)) == items


def test_an_amount_is_not_a_cap(listed) -> None:
    # 1000万元 for an innovative drug is an award without a cap.
    assert f"{CITY}#item10" not in listed("56号文上限1000万元的支持有哪些？")
    assert f"{ZONE}#art4.item3" in listed("31号办法哪些奖励1000万元？")


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [("31号办法按3%奖励的有哪些？", ZONE, "3%"), ("56号文按20%给支持的有哪些？", CITY, "20%")],
)
def test_figures_stand_in_every_clause_listed(listed, readings, question, document, words) -> None:
    found = listed(question)
    outline = readings[document].outline
    assert found
    assert set(found) <= holding(outline, document, words)
    rate = {q.value for q in find_quantities(words)}
    expected = {
        f"{document}#{clause.path}"
        for clause in outline
        if rate & {q.value for q in find_quantities(clause.text) if q.unit == "%"}
    }
    assert set(found) == expected


@pytest.mark.parametrize(
    "question", ["56号文里哪些给钱但没写数额？", "56号文里有哪些支持没有明确金额？"]
)
def test_support_without_a_figure(listed, assistant, question: str) -> None:
    found = listed(question)
    assert {f"{CITY}#item4", f"{CITY}#item7"} <= set(found)
    rows = assistant.index.entitlements[CITY]
    for address in found:
        own = [row for row in rows if str(row.address) == address]
        assert any(not (row.amount or row.rate or row.tiers) for row in own), address
    assert not {f"{CITY}#item10", f"{CITY}#item5"} & set(found)


SOURCE = """南山区管委会
关于印发《南山区房租减免办法》的通知
南管发〔2026〕9号
各有关单位：
《南山区房租减免办法》已经审议通过，现印发给你们，请遵照执行。
南山区管委会
2026年3月1日
南山区房租减免办法
第一条 为减轻企业负担，制定本办法。
第二条 下列企业可以免交房租：
（一）集成电路设计企业；
（二）工业软件开发企业；
（三）检验检测机构。
第三条 有下列情形之一的，不得享受减免：
（一）被列入经营异常名录的；
（二）转租房屋的。
第四条 企业应当于每年3月底前提出申请。
"""


def test_the_sisters_of_one_list(tmp_path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(SOURCE, "utf-8")
    settings = Settings()
    embedder = open_embedder(settings.embedder, settings.models)
    assert build(corpus, tmp_path / "index", embedder).skipped == ()
    retriever = Retriever(ClauseIndex.open(tmp_path / "index"), embedder)

    def items(question: str) -> set[str]:
        hits = Lister(retriever).listed(retriever.retrieve(Query(question, DAY)))
        return {str(hit.passage.address.path) for hit in hits}

    assert items("哪些企业可以免交房租？") == {"art2.item1", "art2.item2", "art2.item3"}
    assert items("哪些情形不得享受减免？") == {"art3.item1", "art3.item2"}


@pytest.mark.parametrize(
    "question",
    ["56号文里有哪些支持？", "31号办法有哪些奖励？", "高新区办法里最高100万元的有哪些条款？"],
)
def test_a_list_is_never_too_long(listed, question: str) -> None:
    found = listed(question)
    assert len(found) <= LONGEST_LIST
    assert len(found) == len(set(found))


def test_the_answer_to_a_list_cites_each_clause_of_it(ask, listed) -> None:
    question = "56号文里市药监局牵头的有哪几条？"
    answer = ask(question)
    assert answer["status"] == "answered"
    assert {c["address"] for c in answer["citations"]} == set(listed(question))
