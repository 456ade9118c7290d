"""Zones and levels beside a city: whose 高新区 is meant, and which places are none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indexer.build import build
from indexer.clause_index import ClauseIndex
from retriever.elsewhere import is_known_elsewhere
from retriever.query import Query
from retriever.retriever import Retriever
from server.assistant import Assistant

DAY = date(2026, 11, 29)
TEXTS = {
    "成都高新区支持科技企业若干政策": "第一条 对迁入本区的高新技术企业，给予20万元奖励。\n第二条 由科技局负责解释。\n第三条 有效期三年。",
    "合肥高新区支持科技企业若干政策": "第一条 对迁入本区的高新技术企业，给予15万元奖励。\n第二条 由科技局负责解释。",
    "合肥市支持集成电路产业若干政策": "第一条 集成电路设计企业流片的，按流片费用的30%给予补助。\n第二条 由工信局负责解释。",
    "深圳市支持用工若干措施": "第一条 企业招用毕业生的，每人补助1000元。\n第二条 补助每年申报一次。",
    "温州经济技术开发区支持招工若干措施": "第一条 企业新招一线工人的，每人补助600元。\n第二条 由人社局负责解释。",
    "苏州工业园区支持医药产业若干措施": "第一条 取得三类医疗器械注册证的，奖励100万元。",
}


@pytest.fixture(scope="module")
def zones(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder: Path = tmp_path_factory.mktemp("zones")
    (folder / "corpus").mkdir()
    for title, text in TEXTS.items():
        (folder / "corpus" / f"{title}.txt").write_text(f"{title}\n{text}\n", "utf-8")
    embedder = assistant.retriever.embedder
    build(folder / "corpus", folder / "index", embedder)
    return Retriever(ClauseIndex.open(folder / "index"), embedder)


@pytest.mark.parametrize(
    ("question", "areas"),
    [
        ("成都高新区给迁入企业多少", {"成都高新区"}),
        ("成都高新和合肥高新的迁入奖各多少", {"成都高新区", "合肥高新区"}),
        ("成都高新技术企业怎么认定", set()),
        # Alone it may be that of each; beside a city it is the city's.
        ("高新区迁入奖多少", {"成都高新区", "合肥高新区"}),
        ("从成都武侯区搬到高新区有没有迁入奖", {"成都高新区"}),
        ("合肥市和高新区都给吗", {"合肥市", "合肥高新区"}),
        # A level beside a place is of that place.
        ("合肥的企业，市里流片补多少", {"合肥市"}),
        ("我们在坪山区，市里用工补多少", {"深圳市"}),
        ("市里给多少", {"合肥市", "深圳市"}),
        # For short the zone of a city that has no other one here.
        ("温州开发区新招工人补多少", {"温州经开区"}),
        ("成都开发区新招工人补多少", set()),
    ],
)
def test_the_zone_and_level_of_the_city_named(
    zones: Retriever, question: str, areas: set[str]
) -> None:
    assert zones.understand(question).areas == areas


def test_a_zone_beside_that_of_the_corpus_is_foreign(zones: Retriever) -> None:
    assert zones.understand("苏州高新区三类证奖多少").foreign == ("苏州高新区",)
    assert not zones.understand("苏州工业园区三类证奖多少").foreign


def test_where_somebody_comes_from_is_not_asked_about(zones: Retriever) -> None:
    for question in ("从东莞搬到深圳，用工补多少", "东莞的公司搬到深圳，用工补多少"):
        assert not zones.understand(question).foreign
    assert zones.understand("从深圳搬到东莞，用工补多少").foreign == ("东莞",)


def test_a_place_that_is_not_meant_is_left_out(zones: Retriever) -> None:
    understood = zones.understand("合肥市一级（不是高新区）流片补多少")
    assert understood.left_out and "高新区" not in understood.text
    hits = zones.retrieve(Query("合肥市一级（不是高新区）流片补多少", DAY)).hits
    found = {zones.index.document(hit.passage.address.document).area for hit in hits}
    assert not any(area.endswith("高新区") for area in found if area)
    # Whose rules are asked for is meant, whoever asks.
    assert not zones.understand("不在高新区注册能拿高新区的奖励吗").left_out


def test_a_clause_named_by_number_is_of_the_place_named(zones: Retriever) -> None:
    addresses = zones.understand("合肥政策第一条写了什么").addresses
    areas = {zones.index.document(address.document).area for address in addresses}
    assert areas == {"合肥市", "合肥高新区"}
    assert zones.understand("合肥政策第三条写了什么").absent == ("第三条",)


def test_a_matter_of_which_another_place_alone_speaks(zones: Retriever) -> None:
    def known(question: str) -> bool:
        return is_known_elsewhere(zones.retrieve(Query(question, DAY)), zones)

    assert known("深圳市流片费用补助比例")
    assert not known("合肥市流片费用补助比例")


def test_a_clause_of_another_place_on_another_matter_is_not_stated(zones: Retriever) -> None:
    assistant = Assistant(zones.index, zones)
    answer = assistant.ask(Query("流片的费用补助几成", DAY))
    assert {zones.index.document(c.address.document).area for c in answer.citations} == {"合肥市"}
    # On one matter both are.
    answer = assistant.ask(Query("迁入的高新技术企业奖励多少", DAY))
    areas = {zones.index.document(c.address.document).area for c in answer.citations}
    assert areas == {"成都高新区", "合肥高新区"}
