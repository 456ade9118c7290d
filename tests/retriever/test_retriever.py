"""Retrieval over the real corpus: evidence, limits, odd questions."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.errors import InputError
from retriever.fusion import Weights, fuse
from retriever.query import Query, Retrieval
from retriever.retriever import LONGEST_QUESTION, Retriever
from server.assistant import Assistant

DAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def find(assistant: Assistant):
    def _find(question: str, **limits) -> Retrieval:
        return assistant.retrieve(Query(question, DAY, **limits))

    return _find


def found(retrieval: Retrieval) -> list[str]:
    return [str(hit.passage.address) for hit in retrieval.hits]


def test_each_hit_names_the_finders_that_found_it(find) -> None:
    first = find("渝府办发〔2025〕56号第（十）条创新药产业化奖励").hits[0]
    assert set(first.found_by) == {"named", "dense", "lexical"}
    others = find("中药经典名方奖励").hits
    assert all(hit.found_by and "named" not in hit.found_by for hit in others)
    assert {"dense", "lexical"} <= set(others[0].found_by)


@pytest.mark.parametrize("finder", ["named", "dense", "lexical"])
def test_a_finder_that_is_left_out_finds_nothing(assistant: Assistant, finder: str) -> None:
    retriever = Retriever(assistant.index, _Embedder(assistant), without=[finder])
    hits = retriever.retrieve(Query("56号文第（十）条创新药奖励", DAY)).hits
    assert hits
    assert all(finder not in hit.found_by for hit in hits)


class _Embedder:
    """The real query vectors, from the retriever that has the model open."""

    def __init__(self, assistant: Assistant) -> None:
        self.name, self.dimension = assistant.index.manifest.embedder, 0
        (dense,) = (f for f in assistant.retriever.finders if f.name == "dense")
        self.embed_query = dense.vector


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("高新区中药经典名方一个品种奖励多少", "cqgxq-2024-31#art6"),
        ("新建CRO平台市里最高给多少", "cqzfb-2025-56#item5"),
        ("临床试验启动整体用时缩短到多少周", "cqzfb-2025-56#item9"),
        ("三类证高新区奖励多少", "cqgxq-2024-31#art5"),
        ("高新區固定資產投資補貼", "cqgxq-2024-31#art12.item1"),
        ("中藥經典名方獎勵", "cqgxq-2024-31#art6"),
        ("ＣＲＯ平台　固定资产投资额２０％", "cqzfb-2025-56#item5"),
    ],
)
def test_plain_questions_find_their_clause(find, question: str, address: str) -> None:
    assert address in found(find(question, k=5))


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("56号文第（十）条", "cqzfb-2025-56#item10"),
        ("31号办法第十六条 创新药奖励多少", "cqgxq-2024-31#art16"),
        ("52号文四、（二）", "cqzfb-2019-52#sec4.item2"),
    ],
)
def test_a_named_clause_comes_first(find, question: str, address: str) -> None:
    assert found(find(question))[0] == address


def test_a_named_clause_with_parts_is_found_whole(find) -> None:
    first = find("31号办法第四条").hits[0]
    assert str(first.passage.address) == "cqgxq-2024-31#art4"
    assert "（三）鼓励新药产业化" in first.passage.text


@pytest.mark.parametrize(
    "document", ["cqzfb-2019-52", "cqzfb-2021-17", "cqgxq-2024-31", "cqzfb-2025-56", "news-biocity"]
)
def test_a_document_limit_acts_before_the_top_k(find, document: str) -> None:
    hits = find("中药经典名方奖励多少", k=3, documents=frozenset({document})).hits
    assert [hit.passage.address.document for hit in hits] == [document] * 3


def test_area_and_authority_limits_act_before_the_top_k(assistant: Assistant, find) -> None:
    documents = {document.id: document for document in assistant.index.documents}
    by_area = find("创新药奖励", k=3, area="重庆国际生物城").hits
    by_authority = find("创新药奖励", k=3, authority="informational").hits
    assert len(by_area) == len(by_authority) == 3
    assert {documents[h.passage.address.document].area for h in by_area} == {"重庆国际生物城"}
    assert {documents[h.passage.address.document].authority for h in by_authority} == {
        "informational"
    }


def test_limits_are_never_overruled_by_what_the_question_names(find) -> None:
    hits = find("56号文第（十）条", k=5, documents=frozenset({"cqgxq-2024-31"})).hits
    assert {hit.passage.address.document for hit in hits} == {"cqgxq-2024-31"}


def test_an_area_without_documents_finds_nothing(find) -> None:
    assert find("创新药奖励", area="上海市").hits == ()


@pytest.mark.parametrize(
    ("question", "day", "known"),
    [
        pytest.param("创新药产业化奖励", date(2025, 10, 31), False, id="not-issued-yet"),
        pytest.param("创新药产业化奖励", date(2025, 11, 1), True, id="issued-that-day"),
        pytest.param("56号文创新药产业化奖励", date(2025, 10, 31), True, id="asked-for-by-name"),
    ],
)
def test_what_was_issued_later_is_left_out(
    assistant: Assistant, question: str, day: date, known: bool
) -> None:
    hits = assistant.retrieve(Query(question, day, 10)).hits
    assert any(hit.passage.address.document == "cqzfb-2025-56" for hit in hits) is known


def test_k_bounds_the_hits_and_scores_descend(find) -> None:
    hits = find("创新药奖励", k=7).hits
    assert len(hits) == 7
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len({h.passage.address for h in hits}) == 7


def test_the_same_question_gives_the_same_hits(find) -> None:
    assert find("创新药奖励") == find("创新药奖励")


@pytest.mark.parametrize("question", ["", " ", "\n\t　"])
def test_an_empty_question_is_wrong_input(find, question: str) -> None:
    with pytest.raises(InputError) as caught:
        find(question)
    assert caught.value.field == "question"


def test_the_longest_question_is_taken_and_one_more_character_is_not(find) -> None:
    assert find("药" * LONGEST_QUESTION, k=1).hits
    with pytest.raises(InputError) as caught:
        find("药" * (LONGEST_QUESTION + 1))
    assert caught.value.field == "question"


@pytest.mark.parametrize(
    "question",
    [
        "How much is the reward for an innovative drug?",
        "💊🏥👨‍👩‍👧",
        "？！。……",
        "a",
        "%s {0} \\",
        "1" * 300,
    ],
)
def test_odd_questions_still_rank_clauses(find, question: str) -> None:
    assert len(find(question, k=3).hits) == 3


def test_fuse_is_a_pure_weighted_sum() -> None:
    signals = {"dense": 0.5, "lexical": 1.0, "coverage": 0.4, "bm25": 9.0}
    before = dict(signals)
    weights = Weights(lexical=0.2, coverage=0.5, named=2.0)
    assert fuse(signals, weights) == pytest.approx(0.5 + 0.2 + 0.2)
    assert fuse(signals, weights) == fuse(signals, weights)
    assert signals == before
    assert fuse({}, weights) == 0.0
    assert fuse(signals | {"named": 1.0}, weights) == pytest.approx(0.9 + 2.0)


def test_news_weighs_less_than_policy() -> None:
    assert fuse({"dense": 0.8, "informational": 1.0}, Weights()) < fuse({"dense": 0.8}, Weights())
