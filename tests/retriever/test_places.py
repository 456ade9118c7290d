"""Places named in a question: their documents first, others' behind, whatever is nearer in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.divisions import places_in
from indexer.build import build
from indexer.clause_index import ClauseIndex
from retriever.limits import is_above
from retriever.query import Query
from retriever.retriever import Retriever
from server.assistant import Assistant

DAY = date(2026, 11, 29)
#: The same measure in several places, worded nearest to the question where it does not hold.
TEXTS = {
    "成都市支持企业用工若干措施": "一、对新招用员工的企业，按每人1000元给予一次性用工补助。",
    "四川省支持企业用工若干措施": "一、企业招用新员工的，给予一次性用工补助，每人800元。",
    "长沙市支持企业用工若干措施": "一、企业一次性用工补助标准为每人600元。",
    "湖北省支持企业用工若干措施": "一、企业新招员工每人可领取一次性用工补助多少，按500元确定。",
    "关于用工服务的温馨提示": "一、一次性用工补助由企业提出申请。\n二、绵阳市企业到服务大厅办理，电话另行公布。",
}


@pytest.fixture(scope="module")
def places(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder: Path = tmp_path_factory.mktemp("places")
    (folder / "corpus").mkdir()
    for title, text in TEXTS.items():
        (folder / "corpus" / f"{title}.txt").write_text(f"{title}\n{text}\n", "utf-8")
    embedder = assistant.retriever.embedder
    build(folder / "corpus", folder / "index", embedder)
    return Retriever(ClauseIndex.open(folder / "index"), embedder)


def titles(retriever: Retriever, question: str) -> list[str]:
    hits = retriever.retrieve(Query(question, DAY)).hits
    names = [retriever.index.document(hit.passage.address.document).title for hit in hits]
    return list(dict.fromkeys(names))


@pytest.mark.parametrize("place", ["成都", "长沙市", "湖北", "四川省"])
def test_documents_of_the_place_come_first(places: Retriever, place: str) -> None:
    found = titles(places, f"{place}企业新招员工每人可领取一次性用工补助多少")
    assert found[0].startswith(place)


def test_levels_above_come_before_other_places(places: Retriever) -> None:
    found = titles(places, "成都企业新招员工一次性用工补助多少")
    assert found[:2] == ["成都市支持企业用工若干措施", "四川省支持企业用工若干措施"]


def test_what_speaks_of_the_place_is_of_it(places: Retriever) -> None:
    assert titles(places, "绵阳的一次性用工补助怎么申请")[0] == "关于用工服务的温馨提示"


def test_without_a_place_the_nearest_comes_first(places: Retriever) -> None:
    found = titles(places, "企业新招员工每人可领取一次性用工补助多少")
    assert found[0] == "湖北省支持企业用工若干措施"


def test_short_names_are_of_areas_and_others_are_foreign(places: Retriever) -> None:
    assert places.understand("长沙的用工补助").areas == {"长沙市"}
    assert places.understand("桂林的用工补助").foreign == ("桂林",)
    assert places.understand("自贡的补贴").foreign == ("自贡",)
    # Of no document, but under the rules of its province.
    assert places.understand("自贡的用工补助").seats == (("四川省", "自贡市"),)
    assert places.understand("在上海证券交易所上市").foreign == ()
    assert places.understand("全省的用工补助").foreign == ()


def test_a_limit_that_leaves_nothing_finds_nothing(places: Retriever) -> None:
    assert not places.retrieve(Query("成都的用工补助", DAY, area="拉萨市")).hits


def test_levels() -> None:
    assert is_above("四川省", "成都市") and is_above("重庆市", "重庆高新区")
    assert is_above("全国", "成都市") and not is_above("成都市", "四川省")
    assert not is_above("重庆市", "重庆市") and not is_above("湖北省", "长沙市")


def test_words_that_send_out_a_document_name_none(places: Retriever) -> None:
    assert not places.understand("两部门联合下发若干措施，要求是什么").documents
    assert not places.understand("企业有哪些用工政策").documents


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("药店进医保定点怎么申请", []),
        ("推广安全技术、更新余额、担保定价", []),
        ("线上海关申报，每天水费，延长春节假期", []),
        ("珠海口岸和上海海关", ["珠海", "上海"]),
        ("保定的企业在广安推广", ["保定", "广安"]),
    ],
)
def test_words_that_look_like_a_place(text: str, named: list[str]) -> None:
    assert [text[place.start : place.end] for place in places_in(text)] == named
