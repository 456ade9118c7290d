"""Measures on answers made by hand: each number worked out on paper."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.address import Address
from corpus.document import Document, Source
from eval.gold import GoldQuestion
from eval.measures import Outcome, failed, judge, summarise
from eval.run import Run, below_floor, run_gold
from indexer.passages import Passage
from server.answer import Answer, Citation, Trace

A1, A1_1, A2, A3 = (Address.parse(f"d#{path}") for path in ("art1", "art1.item1", "art2", "art3"))
SOURCES = {
    A1: "对甲奖励100万元。\n（一）其中首次20万元。",
    A1_1: "其中首次20万元。",
    A2: "对乙奖励300万元。",
    A3: "依法依规给予奖励。",
}
DOCUMENT = Document("d", "办法", Source("d.txt", "0" * 64))
GOLD = GoldQuestion(
    "q1", "对甲奖励多少", "single_fact", "answered", (A1,), (("100万元", "100 万元"),), ("300万元",)
)


def answer(text: str, *cited: Address, status: str = "answered", quotes=None) -> Answer:
    citations = tuple(
        Citation(n, a, DOCUMENT, Passage(a, SOURCES[a], ("办法",)), (quotes or SOURCES)[a])
        for n, a in enumerate(cited, 1)
    )
    claims = ((text, tuple(c.n for c in citations)),) if text else ()
    return Answer(
        "对甲奖励多少", date(2026, 1, 1), status, text, claims, citations, (), Trace("i", "e"),
        took_ms=10.0,
    )  # fmt: skip


def outcome(answered: Answer, hits=(A1,), gold: GoldQuestion = GOLD) -> Outcome:
    return judge(gold, hits, answered, SOURCES)


def test_a_right_answer_scores_one_everywhere() -> None:
    judged = outcome(answer("对甲奖励100万元。", A1))
    assert judged.recall_at == {1: 1.0, 5: 1.0, 10: 1.0}
    assert judged.reciprocal_rank == judged.citation_recall == judged.citation_precision == 1.0
    assert judged.citation_exact == judged.facts == 1.0
    assert judged.forbidden == 0
    assert judged.quotes_verbatim
    assert judged.unsupported_figures == ()


def test_rank_decides_recall_and_reciprocal_rank() -> None:
    judged = outcome(answer("", status="refused"), hits=(A2, A3, A1))
    assert judged.recall_at == {1: 0.0, 5: 1.0, 10: 1.0}
    assert judged.reciprocal_rank == pytest.approx(1 / 3)
    missed = outcome(answer("", status="refused"), hits=(A2,))
    assert missed.recall_at == {1: 0.0, 5: 0.0, 10: 0.0}
    assert missed.reciprocal_rank == 0.0


def test_recall_needs_all_expected_clauses() -> None:
    both = replace(GOLD, addresses=(A1, A2))
    assert outcome(answer("甲", A1), (A1, A3), both).recall_at[5] == 0.0
    assert outcome(answer("甲", A1), (A1, A3, A2), both).recall_at[5] == 1.0
    assert outcome(answer("甲", A1), (A1,), both).citation_recall == 0.5


def test_precision_counts_clauses_cited_for_nothing() -> None:
    judged = outcome(answer("对甲奖励100万元。", A1, A2, A3))
    assert judged.citation_precision == pytest.approx(1 / 3)
    assert judged.citation_recall == 1.0
    assert judged.citation_exact == 0.0
    assert outcome(answer("无依据")).citation_precision == 0.0


def test_a_part_counts_for_its_clause_and_not_the_other_way() -> None:
    assert outcome(answer("首次20万元。", A1_1)).citation_recall == 1.0
    narrow = replace(GOLD, addresses=(A1_1,))
    assert outcome(answer("首次20万元。", A1), (A1,), narrow).citation_recall == 0.0


def test_facts_accept_any_spelling_and_forbidden_figures_count() -> None:
    assert outcome(answer("奖励 100 万元", A1)).facts == 1.0
    two = replace(GOLD, facts=(("100万元",), ("20万元",)))
    assert outcome(answer("奖励100万元", A1), gold=two).facts == 0.5
    assert outcome(answer("奖励300 万元", A2)).forbidden == 1


def test_figures_from_nowhere_are_unsupported() -> None:
    assert outcome(answer("奖励100万元，另加77万元", A1)).unsupported_figures == ("77",)
    # A figure of a clause that is not cited does not count as support.
    assert outcome(answer("奖励300万元", A1)).unsupported_figures == ("300",)
    assert outcome(answer("奖励 1 0 0 万元", A1)).unsupported_figures != ()


def test_an_altered_quote_is_seen() -> None:
    wrong = {A1: "对甲奖励900万元。"}
    assert not outcome(answer("奖励", A1, quotes=wrong)).quotes_verbatim
    spaced = {A1: "对甲奖励 100\n万元。"}
    assert outcome(answer("奖励", A1, quotes=spaced)).quotes_verbatim


def test_an_error_scores_zero_and_is_never_absent() -> None:
    judged = failed(GOLD, "boom")
    assert judged.recall_at == {1: 0.0, 5: 0.0, 10: 0.0}
    assert judged.reciprocal_rank == judged.citation_recall == judged.citation_precision == 0.0
    assert judged.citation_exact == judged.facts == 0.0
    assert judged.status != GOLD.status
    summary = summarise([outcome(answer("对甲奖励100万元。", A1)), judged])
    for name in ("recall@5", "mrr", "citation_recall", "fact_accuracy", "status_accuracy"):
        assert summary[name] == 0.5, name
    assert summary["errors"] == 1


def test_refusals_are_counted_on_both_sides() -> None:
    out_of_scope = replace(GOLD, id="q2", status="refused", addresses=(), facts=(), forbid=())
    refusal, reply = answer("", status="refused"), answer("对甲奖励100万元。", A1)
    outcomes = [
        outcome(refusal, gold=out_of_scope),
        outcome(reply, gold=out_of_scope),
        outcome(refusal),
        outcome(reply),
        outcome(reply),
        outcome(reply),
    ]
    summary = summarise(outcomes)
    assert summary["right_refusals"] == 0.5
    assert summary["false_refusals"] == 0.25
    assert summary["status_accuracy"] == pytest.approx(4 / 6, abs=1e-4)
    # A question with nothing to find has no part in the recall.
    assert summary["recall@1"] == 1.0
    assert summary["questions"] == 6


def test_a_summary_of_nothing_is_zero() -> None:
    assert summarise([])["questions"] == 0


def test_the_floor_names_what_misses_it(tmp_path: Path) -> None:
    summary = summarise([outcome(answer("对甲奖励100万元。", A1)), failed(GOLD, "boom")])
    run = Run(summary, {}, (), {})
    floor = tmp_path / "floor.json"

    def misses(**bounds) -> list[str]:
        floor.write_text(json.dumps(bounds), "utf-8")
        return below_floor(run, floor)

    assert misses(mrr={"min": 0.5}, errors={"max": 1}) == []
    (missed,) = misses(mrr={"min": 0.51}, errors={"max": 1})
    assert missed.startswith("mrr")
    (missed,) = misses(errors={"max": 0})
    assert missed.startswith("errors")
    with pytest.raises(KeyError):
        misses(no_such_measure={"min": 1})


def test_a_question_that_the_product_rejects_is_a_failure(assistant) -> None:
    too_long = replace(GOLD, question="字" * 3000, addresses=(Address.parse("cqgxq-2024-31#art6"),))
    run = run_gold([too_long], assistant, date(2026, 1, 1))
    assert run.summary["errors"] == 1
    assert run.summary["citation_recall"] == 0.0
