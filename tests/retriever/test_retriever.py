"""Retrieval over the real corpus: evidence, limits, odd questions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import InputError, ModelError
from retriever.fusion import bundled_weights, fuse, highest
from retriever.query import Query, Retrieval
from retriever.reranker import open_reranker
from retriever.retriever import LONGEST_QUESTION, Retriever
from retriever.signals import COSINES, SIGNALS
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
    assert {"named", "dense", "lexical"} <= set(first.found_by)
    others = find("中药经典名方奖励").hits
    assert all(hit.found_by and "named" not in hit.found_by for hit in others)
    assert {"dense", "lexical"} <= set(others[0].found_by)


def test_headings_find_what_stands_under_them(assistant: Assistant, find) -> None:
    (heading,) = (f for f in assistant.retriever.finders if f.name == "heading")
    question = "推进医药研发及成果转化有什么措施"
    rows, scores = heading.find(
        Query(question, DAY), assistant.retriever.understand(question), None
    )
    assert len(rows) and (scores >= 0.2).all() and (scores <= 1).all()
    passages = [assistant.index.passages[row] for row in rows.tolist()]
    assert all(set("研发成果转化") & set("".join(p.context)) for p in passages)
    within = np.zeros(len(assistant.index.documents), bool)
    assert not len(heading.find(Query(question, DAY), find(question).understanding, within)[0])


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("31号办法什么时候施行", "cqgxq-2024-31#art16"),
        ("56号文管几年", "cqzfb-2025-56#closing"),
        ("31号办法把哪个老办法废了", "cqgxq-2024-31#art16"),
    ],
)
def test_the_term_of_a_named_document_is_found(find, question: str, address: str) -> None:
    hits = {str(hit.passage.address): hit.found_by for hit in find(question, k=3).hits}
    assert "validity" in hits[address]


def test_no_term_is_looked_for_where_none_is_asked_for(find) -> None:
    hits = find("56号文创新药奖励多少").hits
    assert not any("validity" in hit.found_by for hit in hits)


def test_units_in_charge_count_where_they_are_asked_for(find) -> None:
    signals = {
        str(hit.passage.address): hit.signals["charge"]
        for hit in find("56号文里市卫生健康委牵头的措施", k=24).hits
    }
    assert signals["cqzfb-2025-56#item4"] == 1.0
    assert signals["cqzfb-2025-56#item10"] < 1.0
    assert not any(h.signals["charge"] for h in find("56号文里创新药奖励多少").hits)


def test_figures_count_with_their_unit(find) -> None:
    hits = find("56号文里按3%、封顶500万元给的奖励", k=24).hits
    told = {str(hit.passage.address): hit.signals["figures"] for hit in hits}
    assert told["cqzfb-2025-56#item10"] < max(told.values()) == 1.0
    assert not any(h.signals["figures"] for h in find("2019年的52号文怎么说").hits)


@pytest.mark.parametrize("finder", ["named", "dense", "lexical", "heading", "validity"])
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
    signals = {
        "clause": np.array([0.5, 0.1]),
        "own": np.array([0.4, 1.0]),
        "bm25": np.array([9, 9]),
    }
    weights = {"clause": 1.0, "own": 0.5, "named": 2.0}
    assert fuse(signals, weights) == pytest.approx([0.7, 0.6])
    assert fuse(signals, weights, without=["own"]) == pytest.approx([0.5, 0.1])
    assert fuse(signals | {"named": np.array([0.0, 1.0])}, weights) == pytest.approx([0.7, 2.6])
    assert signals["clause"].tolist() == [0.5, 0.1]


def test_the_bundled_weights_are_of_signals_and_put_what_is_named_first() -> None:
    weights = bundled_weights()
    assert set(weights) == set(SIGNALS)
    others = highest(weights) - weights["named"]
    # The margins of those who choose among hits rest on this.
    assert sum(weights[name] for name in COSINES) == pytest.approx(0.8, abs=1e-3)
    # Cosines of this model lie above 0.5: what else speaks for a candidate cannot make up for it.
    assert weights["named"] > others - 0.8 * 0.5


def test_scores_do_not_depend_on_what_else_is_asked_for(find) -> None:
    few, many = find("创新药奖励", k=3).hits, find("创新药奖励", k=20).hits
    assert [h.passage.address for h in few] == [h.passage.address for h in many[:3]]


def test_signals_are_shares_and_cosines(find) -> None:
    for hit in find("高新区三类证给好多", k=20).hits:
        for name in SIGNALS:
            assert -1 <= hit.signals[name] <= 1.0001
        assert (
            hit.signals["coverage"]
            >= max(hit.signals["own"], hit.signals["heading"], hit.signals["title"]) - 1e-9
        )


def test_levels_above_an_area_are_taken_in_on_request(assistant: Assistant, find) -> None:
    areas = {d.id: d.area for d in assistant.index.documents}
    question = "创新药获批奖励多少"
    alone = {areas[h.passage.address.document] for h in find(question, area="重庆高新区").hits}
    above = find(question, k=20, area="重庆高新区", higher=True).hits
    assert alone == {"重庆高新区"}
    assert {areas[h.passage.address.document] for h in above} == {"重庆高新区", "重庆市"}
    top = find(question, k=20, area="重庆市", higher=True).hits
    assert {areas[h.passage.address.document] for h in top} == {"重庆市"}


@pytest.mark.parametrize(("day", "held"), [(date(2027, 1, 1), True), (date(2029, 6, 1), False)])
def test_what_is_not_in_force_is_left_out_on_request(find_on, day: date, held: bool) -> None:
    """The measures of 2025 hold until the end of November 2028."""
    limited = find_on("创新药产业化奖励", day, in_force=True)
    free = find_on("创新药产业化奖励", day)
    assert any(h.passage.address.document == "cqzfb-2025-56" for h in free)
    assert any(h.passage.address.document == "cqzfb-2025-56" for h in limited) is held
    assert len(limited) == len(free) == 10


@pytest.fixture(scope="session")
def find_on(assistant: Assistant):
    def _find(question: str, day: date, **limits):
        return assistant.retrieve(Query(question, day, **limits)).hits

    return _find


def test_a_reranker_decides_among_the_best(assistant: Assistant, cross_encoder: Path) -> None:
    own = assistant.retriever
    read = open_reranker(str(cross_encoder))
    again = Retriever(assistant.index, own.embedder, reranker=read)
    first, second = (r.retrieve(Query("创新药奖励", DAY, 30)).hits for r in (own, again))
    texts = [hit.passage.whole for hit in first]
    added = dict(
        zip((h.passage.address for h in first), read.scores("创新药奖励", texts), strict=True)
    )
    held = {hit.passage.address: hit.score for hit in first}
    for hit in second:
        assert hit.score == pytest.approx(
            held[hit.passage.address] + added[hit.passage.address], abs=1e-5
        )
    assert len(set(added.values())) > 1


@pytest.fixture(scope="session")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory, assistant: Assistant) -> Path:
    """A cross-encoder of random weights: small, and as real to the library as a good one."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("cross")
    tokenizer = assistant.retriever.embedder.model.tokenizer
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_a_reranker_that_cannot_be_loaded_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot load the reranking model"):
        open_reranker(str(tmp_path))
