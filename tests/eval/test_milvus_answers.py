"""The gold questions of the five sources over Milvus: the same answers as over FAISS, every one."""

from __future__ import annotations

import shutil
from datetime import date

import numpy as np
import pytest

from corpus.catalogue import bundled_corpus
from eval.gold import load_gold
from eval.outcome import Outcome
from eval.run import ask_all
from eval.sets import bundled_sets
from eval.workbench import Evaluation
from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.milvus import Engine, MilvusLexical, MilvusVectors
from indexer.vectors import LocalVectors
from retriever.retriever import Retriever
from server.assistant import Assistant

_SET = "five-sources"
#: As in conftest.py.
DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def over_milvus(
    evaluation: Evaluation, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Assistant:
    """The product over Milvus, with the vectors that the index in files was built of."""
    usual = evaluation.assistants[_SET]
    out = tmp_path_factory.mktemp("shared") / "index"
    shutil.copytree(usual.index.folder.parent, out)
    report = build(bundled_corpus(), out, usual.retriever.embedder, engine=engine)
    assert report.changed and report.embedded == 0
    index = ClauseIndex.open(out, engine)
    return Assistant(index, Retriever(index, usual.retriever.embedder), usual.threshold)


def told(outcome: Outcome) -> dict[str, object]:
    """What a user sees of an answer, and the first five clauses that were found."""
    return {
        "status": outcome.status,
        "answer": outcome.answer,
        "cited": outcome.cited,
        "quotes": outcome.quotes,
        "first": [hit.address for hit in outcome.found[:5]],
        "error": outcome.error,
    }


def test_gold_questions_are_answered_as_over_faiss(evaluation: Evaluation, over_milvus: Assistant):
    usual = evaluation.assistants[_SET].index
    assert isinstance(usual.clauses, LocalVectors) and type(usual.lexical) is not MilvusLexical
    assert isinstance(over_milvus.index.clauses, MilvusVectors)
    assert isinstance(over_milvus.index.sentences, MilvusVectors)
    assert isinstance(over_milvus.index.lexical, MilvusLexical)
    # Every third: all of them were asked for the figures in the README.
    gold = load_gold(bundled_sets()[_SET].gold, over_milvus.index.readings)[::3]
    asked = {outcome.id: told(outcome) for outcome in ask_all(_SET, gold, over_milvus, DAY)}
    before = {o.id: told(o) for o in evaluation.run.outcomes if o.set == _SET}
    assert len(asked) >= 100 and asked.keys() <= before.keys()
    assert not {name for name in asked if asked[name] != before[name]}
    assert {values["error"] for values in asked.values()} == {None}


def test_limits_act_inside_the_engine(evaluation: Evaluation, over_milvus: Assistant):
    """Each document alone: as many of its passages are found, with the same scores."""
    usual = evaluation.assistants[_SET]
    vector = usual.retriever.embedder.embed_query("奖励标准是多少")
    for number in range(len(usual.index.documents)):
        within = usual.index.passages.documents == number
        mask = np.arange(len(usual.index.documents)) == number
        for ours, theirs in (
            (over_milvus.index.clauses, usual.index.clauses),
            (over_milvus.index.sentences, usual.index.sentences),
        ):
            rows, scores = ours.search(vector, 10, mask)
            wanted, best = theirs.search(vector, 10, mask)
            assert len(rows) == min(10, int(within.sum())) and within[rows].all()
            assert rows.tolist() == wanted.tolist() and scores == pytest.approx(best, abs=1e-4)
