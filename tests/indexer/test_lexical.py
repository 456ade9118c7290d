"""BM25 over terms: scores as an independent sum has them, the fields of each term."""

from __future__ import annotations

from collections import Counter
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.address import Address
from corpus.errors import IndexFolderError
from indexer import lexical, lexical_builder
from indexer.kept_vectors import KnownVectors, keys_of
from indexer.lexical import HEADING, OWN, TITLE, Held, LexicalIndex, terms
from indexer.lexical_builder import LexicalBuilder
from indexer.milvus import Collection, Engine, MilvusLexical, upload
from indexer.passages import Passage

TEXTS = (
    "对创新药给予奖励，最高500万元。",
    "对改良型新药给予补贴；创新药另行奖励。",
    "本办法自2024年12月4日起施行。",
    "CRO平台 CRO 平台",
)
PASSAGES = tuple(
    Passage(Address.parse(f"d#art{n}"), text, ("某市奖励办法", "第一章 总则"))
    for n, text in enumerate(TEXTS, 1)
)


def build(folder: Path, passages: tuple[Passage, ...]) -> LexicalIndex:
    builder = LexicalBuilder()
    for passage in passages:
        builder.add(passage)
    builder.save(folder / "lexical")
    return LexicalIndex.open(folder / "lexical", np.zeros(len(passages), np.int32))


#: Passages to search: those above, some that score the same, and one without any term.
SEARCHED = (
    *PASSAGES,
    *(Passage(Address.parse(f"e#art{n}"), TEXTS[0], ("某市奖励办法",)) for n in range(1, 8)),
    Passage(Address.parse("f#art1"), "——", ()),
)
DOCUMENTS = np.array([0, 0, 1, 2, *[3] * 7, 4], np.int32)


@pytest.fixture(scope="module", params=["folder", "milvus"])
def searched(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> LexicalIndex:
    """One index for each way to search it."""
    folder = tmp_path_factory.mktemp("g-1")
    build(folder, SEARCHED)
    if request.param == "folder":
        return LexicalIndex.open(folder / "lexical", DOCUMENTS)
    engine: Engine = request.getfixturevalue("engine")
    keys = keys_of([str(passage.address) for passage in SEARCHED])
    known = KnownVectors([(keys, np.eye(len(keys), dtype=np.float16))])
    names = upload(engine, folder, {"clauses": (keys, DOCUMENTS)}, known)
    collection = Collection.open(engine, names["clauses"], len(SEARCHED))
    return MilvusLexical.over(folder / "lexical", DOCUMENTS, collection)


@pytest.mark.parametrize("k", [1, 3, 5, 100])
@pytest.mark.parametrize(
    "within", [None, [1, 1, 1, 1, 1], [0, 1, 0, 1, 1], [0, 0, 1, 0, 0], [0] * 5]
)
@pytest.mark.parametrize("question", ["创新药奖励", "奖励奖励", "CRO平台", "无此词", "", "——"])
def test_search_finds_the_best_scores_that_the_limit_lets_pass(
    searched: LexicalIndex, question: str, within: list[int] | None, k: int
):
    asked = terms(question)
    mask = None if within is None else np.array(within, bool)
    scores = expected(SEARCHED, asked)
    allowed = [
        row
        for row, score in enumerate(scores)
        if score > 0 and (mask is None or mask[DOCUMENTS[row]])
    ]
    best = sorted(allowed, key=lambda row: (-round(scores[row], 4), row))[:k]
    rows, found = searched.search(asked, k, mask)
    assert rows.tolist() == best
    assert found == pytest.approx([scores[row] for row in best], abs=1e-4)


def test_what_is_asked_of_single_terms_is_the_same_everywhere(searched: LexicalIndex):
    assert searched.size == len(SEARCHED)
    assert [searched.frequency(term) for term in ("奖励", "CRO".lower(), "没有")] == [11, 1, 0]
    assert searched.scores(terms("创新药")) == pytest.approx(
        expected(SEARCHED, terms("创新药")), abs=1e-5
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    return build(tmp_path_factory.mktemp("lexical"), PASSAGES)


def expected(passages: tuple[Passage, ...], question: list[str]) -> list[float]:
    """BM25 as its formula reads, term by term."""
    counts = [
        Counter(term for part in (*p.context, p.text) for term in terms(part)) for p in passages
    ]
    mean = sum(c.total() for c in counts) / len(counts)
    scores = []
    for own in counts:
        score = 0.0
        for term in question:
            held = sum(term in c for c in counts)
            rare = log(1 + (len(counts) - held + 0.5) / (held + 0.5))
            score += rare * own[term] / (own[term] + 1.5 * (0.25 + 0.75 * own.total() / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize(
    "question", ["创新药奖励", "奖励奖励", "CRO平台", "2024年12月", "无此词", ""]
)
def test_scores_follow_the_formula(index: LexicalIndex, question: str):
    asked = terms(question)
    assert index.scores(asked) == pytest.approx(expected(PASSAGES, asked), abs=1e-5)


@settings(deadline=None, max_examples=20)
@given(
    texts=st.lists(st.text("甲乙丙丁a1", min_size=1, max_size=12), min_size=1, max_size=8),
    block=st.integers(1, 40),
)
def test_packing_in_blocks_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], block: int
):
    passages = tuple(
        Passage(Address.parse(f"d#art{n}"), text, ("甲",)) for n, text in enumerate(texts, 1)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexical_builder, "_BLOCK", block)
        built = build(tmp_path_factory.mktemp("blocks"), passages)
    asked = terms("甲乙丙丁a1甲")
    assert built.scores(asked) == pytest.approx(expected(passages, asked), abs=1e-5)


def test_fields_say_where_a_term_stands(index: LexicalIndex):
    held = index.fields(["奖励", "总则", "创新", "没有"], np.array([0, 1, 2]))
    assert held.tolist() == [
        [TITLE | OWN, TITLE | OWN, TITLE],
        [HEADING] * 3,
        [OWN, OWN, 0],
        [0, 0, 0],
    ]


def test_what_share_of_the_terms_a_passage_holds(index: LexicalIndex):
    asked = terms("创新药某市总则")
    own = index.held(asked, OWN)
    above = index.held(asked, HEADING | TITLE)
    assert own[0] > 0 and own[2] == own[3] == 0
    assert len(set(above.tolist())) == 1 and 0 < above[0] < 1
    assert index.held(asked, OWN | HEADING | TITLE) == pytest.approx(own + above)
    assert not index.held([], OWN).any()


def test_common_terms_are_left_out_where_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    whole = build(tmp_path, PASSAGES)
    rare, common = "cro", "奖励"
    assert whole.frequency(rare) < whole.frequency(common)
    both = whole.scores([rare, common])
    monkeypatch.setattr(lexical, "_POSTINGS", whole.frequency(rare))
    bounded = LexicalIndex.open(tmp_path / "lexical", np.zeros(len(PASSAGES), np.int32))
    assert bounded.scores([common, rare]) == pytest.approx(whole.scores([rare]))
    assert (both >= bounded.scores([common, rare])).all() and both.sum() > bounded.scores(
        [rare]
    ).sum()
    # The rarest counts however common it is.
    assert bounded.scores([common]) == pytest.approx(whole.scores([common]))


def test_frequency_and_rarity(index: LexicalIndex):
    assert [index.frequency(term) for term in ("奖励", "创新", "没有")] == [4, 2, 0]
    rare = index.rarity(["奖励", "创新", "没有"])
    assert rare[0] < rare[1] < rare[2]


@pytest.mark.parametrize("name", ["keys", "starts", "rows", "scores", "fields"])
def test_a_damaged_file_is_refused(tmp_path: Path, name: str):
    build(tmp_path, PASSAGES)
    (tmp_path / "lexical" / f"{name}.npy").write_bytes(b"no")
    with pytest.raises(IndexFolderError, match="damaged"):
        LexicalIndex.open(tmp_path / "lexical", np.zeros(len(PASSAGES), np.int32))


SIGNS = st.text("三类医械证a1bＡ５0.万元%。， \n㎡cdmo", max_size=20)


@given(SIGNS, SIGNS)
def test_what_a_text_holds_is_told_as_its_list_of_terms_tells_it(text: str, other: str) -> None:
    held, asked = Held(text), terms(other) + terms(text)
    assert [term in held for term in asked] == [term in terms(text) for term in asked]
