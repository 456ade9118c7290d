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
from server.asking import asking
from server.assistant import Assistant
from server.led import led
from server.listing import LONGEST_LIST, Lister, is_told_by_name
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


@pytest.mark.parametrize(
    ("question", "items"),
    [
        # The cap of a clause that itself grants nothing is cited where it stands.
        (
            "高新区办法里封顶一千万元的支持有哪些？",
            {f"{ZONE}#{path}" for path in ("art4.item2", "art11.item1", "art12.item1")},
        ),
        ("31号办法按3个点奖励的有哪些？", {f"{ZONE}#art9", f"{ZONE}#art10.item2"}),
        (
            "31号办法里跟研发投入挂钩、按比例给的支持有哪些？",
            {f"{ZONE}#art4.item1", f"{ZONE}#art8"},
        ),
        (
            "56号文里要过合同金额门槛的奖励有哪些？",
            {f"{CITY}#item5"},
        ),
        (
            "31号办法哪些补贴算投资额时不含土地、厂房？",
            {f"{ZONE}#{path}" for path in ("art11.item1", "art12.item1", "art12.item3")},
        ),
        (
            "石板大健康产业园在哪些条款里提到？",
            {f"{CITY}#item23"},
        ),
        (
            "2019年指导意见的医疗器械板块有哪些方向？",
            {f"cqzfb-2019-52#sec3.item2.para{n}" for n in (1, 2, 3, 4)},
        ),
        # In a part, what names it: 中药 stands in more clauses than these.
        (
            "2019年指导意见的化学药部分，哪些方向把肿瘤列为重点？",
            {"cqzfb-2019-52#sec3.item3.para2"},
        ),
    ],
)
def test_what_a_question_tells_a_list_by(listed, question: str, items: set[str]) -> None:
    assert set(listed(question)) == items


def test_a_list_with_a_figure_for_each_is_no_comparison(ask) -> None:
    answer = ask("31号办法里装修补贴有哪几种，标准各是多少？")
    assert answer["status"] == "answered"
    for figure in ("300元/㎡", "800元/㎡", "600元/㎡"):
        assert figure in "".join(answer["answer"].split())


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("石板大健康产业园在哪些条款里提到？", True),
        ("火星实验室在哪些条款里提到？", False),
        ("56号文有哪些支持？", False),
    ],
)
def test_where_a_name_stands_is_told_by_it(assistant, ask, question: str, told: bool) -> None:
    assert is_told_by_name(assistant.retrieve(Query(question, DAY))) is told
    if told:
        assert ask(question)["status"] == "answered"


def test_kinds_of_costs_are_no_amount() -> None:
    assert not asking("钱能花在哪几类费用上？").amount
    assert asking("几万补贴？").amount
    assert not asking("欠缴的分几次补的话最长能拖多久").amount


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
第五条 房租补助包括起步补助、续租补助。
第六条 起步补助的标准为每家企业5万元。
第七条 对续租满三年的企业给予续租补助，标准为每家企业8万元。
第八条 运营单位有下列情形之一的，由管委会约谈，并终止租赁合同：
（一）擅自改变用途的；
（二）拖欠水电费的。
第九条 运营单位发生安全事故的，由管委会立即终止租赁合同。
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
    # What says the same in another article is one of them too.
    found = items("运营单位有哪些情形，管委会会终止租赁合同？")
    assert found == {"art8.item1", "art8.item2", "art9"}
    # How sure the search is of a list is told by its lead too.
    retrieval = retriever.retrieve(Query("哪些企业可以免交房租？", DAY))
    assert str(retrieval.hits[0].passage.address.path).startswith("art2.item")
    whole = led(retrieval, retriever)
    assert str(whole.hits[0].passage.address.path) == "art2"
    assert not any(str(h.passage.address.path).startswith("art2.") for h in whole.hits)
    # What a clause only names is listed where its figures stand.
    assert {"art6", "art7"} <= items("南山区房租补助有哪几种，标准各是多少？")


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


@pytest.mark.parametrize(
    "question",
    [
        "高新区生物医药办法里，哪些补贴要求双方没有关联？都列给我",
        "31号办法里哪几条要求双方不是关联企业",
    ],
)
def test_clauses_that_make_a_demand(listed, question: str) -> None:
    found = set(listed(question))
    assert {f"{ZONE}#art9", f"{ZONE}#art10.item1", f"{ZONE}#art11.item2"} <= found
    assert len(found) <= 5


def test_no_demand_tells_where_one_clause_makes_it(listed) -> None:
    assert f"{ZONE}#art5" in listed("31号办法哪几条规定首次获批三类医疗器械注册证要产业化生产")
