"""Measures on answers made by hand: each number worked out on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from corpus.address import Address
from corpus.document import Document, Source
from eval.gold import GoldQuestion
from eval.measures import MEASURES, answer_values, missing_facts, unsupported, zero
from eval.outcome import Found, Outcome
from eval.run import ask_all, with_ranking_values
from eval.summary import summarise
from indexer.passages import Passage
from server.answer import Answer, Calculation, Citation, Step, Trace

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


def values(answered: Answer, gold: GoldQuestion = GOLD) -> dict[str, float]:
    return answer_values(gold, answered, SOURCES)


def outcome(name: str, measured: dict[str, float], status: str = "answered") -> Outcome:
    return Outcome("set", name, "single_fact", "问", "answered", status, values=measured)


def test_a_right_answer_scores_one_everywhere() -> None:
    measured = values(answer("对甲奖励100万元。", A1))
    for name in (
        "right", "citation_recall", "citation_precision", "citation_exact", "fact_accuracy",
        "fact_accuracy_narrow", "status_accuracy", "quotes_verbatim",
    ):  # fmt: skip
        assert measured[name] == 1.0, name
    for name in ("forbidden_figures", "unsupported_figures", "false_refusals", "errors"):
        assert measured[name] == 0.0, name
    assert measured["answer_length"] == len("对甲奖励100万元。")


def test_every_measure_is_declared_with_its_direction() -> None:
    measured = values(answer("对甲奖励100万元。", A1)) | zero(GOLD)
    refusing = replace(GOLD, status="refused", addresses=(), facts=())
    assert set(measured | zero(refusing)) <= set(MEASURES)
    assert MEASURES["false_refusals"].better == MEASURES["unsupported_figures"].better == -1
    assert MEASURES["answer_length"].better == 0


def test_citation_recall_needs_all_expected_clauses() -> None:
    both = replace(GOLD, addresses=(A1, A2))
    measured = values(answer("对甲奖励100万元。", A1), both)
    assert measured["citation_recall"] == 0.5
    assert measured["right"] == 0.0


def test_precision_counts_clauses_cited_for_nothing() -> None:
    measured = values(answer("对甲奖励100万元。", A1, A2, A3))
    assert measured["citation_precision"] == pytest.approx(1 / 3)
    assert measured["citation_recall"] == 1.0
    assert measured["citation_exact"] == 0.0
    assert values(answer("无依据"))["citation_precision"] == 0.0


def test_a_part_counts_for_its_clause_and_not_the_other_way() -> None:
    assert values(answer("首次20万元。", A1_1))["citation_recall"] == 1.0
    narrow = replace(GOLD, addresses=(A1_1,))
    assert values(answer("首次20万元。", A1), narrow)["citation_recall"] == 0.0


def test_facts_accept_any_spelling_and_forbidden_figures_count() -> None:
    assert values(answer("奖励 100 万元", A1))["fact_accuracy"] == 1.0
    two = replace(GOLD, facts=(("100万元",), ("50万元",)))
    half = values(answer("奖励100万元", A1), two)
    assert (half["fact_accuracy"], half["right"]) == (0.5, 0.0)
    assert missing_facts(two, "奖励100万元") == ("50万元",)
    forbidden = values(answer("奖励100万元，又300 万元", A1, A2))
    assert (forbidden["forbidden_figures"], forbidden["right"]) == (1.0, 0.0)


def test_figures_from_nowhere_are_unsupported() -> None:
    def invented(*stated) -> tuple[str, ...]:
        return unsupported(answer(*stated), SOURCES)

    assert invented("奖励100万元，另加77万元", A1) == ("77",)
    # A figure of a clause that is not cited does not count as support.
    assert invented("奖励300万元", A1) == ("300",)
    assert invented("奖励 1 0 0 万元", A1) != ()
    assert values(answer("奖励100万元，另加77万元", A1))["right"] == 0.0


def test_an_altered_quote_is_seen() -> None:
    wrong = {A1: "对甲奖励900万元。"}
    assert values(answer("奖励", A1, quotes=wrong))["quotes_verbatim"] == 0.0
    spaced = {A1: "对甲奖励 100\n万元。"}
    assert values(answer("奖励", A1, quotes=spaced))["quotes_verbatim"] == 1.0


def test_an_error_scores_zero_and_is_never_absent() -> None:
    right = with_ranking_values(
        [
            replace(
                outcome("a", values(answer("对甲奖励100万元。", A1))),
                expected=(str(A1),),
                found=(Found(str(A1), 1.0),),
            )
        ]
    )[0]
    failed = replace(outcome("b", zero(GOLD), "error"), error="boom", expected=(str(A1),))
    assert set(right.values) - {"answer_length"} == set(failed.values)
    summary = summarise([right, failed]).flat()
    for name in ("complete@5", "mrr", "citation_recall", "fact_accuracy", "status_accuracy"):
        assert summary[name] == 0.5, name
    assert summary["errors"] == 1


def test_refusals_are_counted_on_both_sides() -> None:
    out_of_scope = replace(GOLD, id="q2", status="refused", addresses=(), facts=(), forbid=())
    refusal, reply = answer("", status="refused"), answer("对甲奖励100万元。", A1)
    asked = [(out_of_scope, refusal), (out_of_scope, reply), (GOLD, refusal), *[(GOLD, reply)] * 3]
    summary = summarise([outcome(str(n), values(a, g)) for n, (g, a) in enumerate(asked)]).flat()
    assert summary["right_refusals"] == 0.5
    assert summary["false_refusals"] == 0.25
    assert summary["status_accuracy"] == pytest.approx(4 / 6, abs=1e-4)
    assert summary["questions"] == 6


def test_a_summary_of_nothing_is_zero() -> None:
    assert summarise([]).flat()["questions"] == 0


def test_a_question_that_the_product_rejects_is_a_failure(assistant) -> None:
    too_long = replace(GOLD, question="字" * 3000, addresses=(Address.parse("cqgxq-2024-31#art6"),))
    (failed,) = ask_all("set", [too_long], assistant, date(2026, 1, 1))
    assert failed.status == "error"
    assert failed.error
    assert failed.values["errors"] == 1.0
    assert failed.values["citation_recall"] == failed.values["mrr"] == 0.0


# A working that follows supports the figures that it comes to

QUESTION = "对甲投了1200万元，能补多少"
RATE = {A1: "对甲按投入的10%补助，最高100万元。"}


def worked(*lines: str, display: str = "最高100万元", quote: str = RATE[A1]) -> Answer:
    """An answer that states a result and shows a working, over one clause."""
    steps = tuple(Step(line, (A1,)) for line in lines)
    calculation = Calculation(Decimal(1_000_000), "元", display, steps)
    passage = Passage(A1, RATE[A1], ("办法",))
    return Answer(
        QUESTION, date(2026, 1, 1), "answered", display,
        (("。".join([display, *lines]), (1,)),), (Citation(1, A1, DOCUMENT, passage, quote),), (),
        Trace("i", "e"), calculation,
    )  # fmt: skip


SHARE, CAPPED = "1200万元 × 10% = 120万元", "120万元 超过上限100万元，按100万元"


def test_figures_of_a_working_that_follows_are_supported() -> None:
    assert unsupported(worked(SHARE, CAPPED), RATE) == ()
    assert unsupported(worked(SHARE, display="120万元"), RATE) == ()


def test_without_the_working_its_figures_are_unsupported() -> None:
    bare = replace(worked(SHARE, CAPPED), calculation=None)
    assert unsupported(bare, RATE) == ("120",)


@pytest.mark.parametrize(
    ("lines", "display", "figures"),
    [
        pytest.param(("1200万元 × 10% = 130万元",), "130万元", ("130",), id="wrong-result"),
        pytest.param(("1200万元 × 11% = 132万元",), "132万元", ("11", "132"), id="rate-of-nowhere"),
        pytest.param(
            ("1300万元 × 10% = 130万元",), "130万元", ("130", "1300"), id="base-of-nowhere"
        ),
        pytest.param(
            (SHARE, "120万元 超过上限90万元，按90万元"),
            "90万元",
            ("120", "90"),
            id="cap-of-nowhere",
        ),
        pytest.param((SHARE, "120万元 未超过上限100万元"), "120万元", ("120",), id="wrong-verb"),
        pytest.param((SHARE,), "最高150万元", ("120", "150"), id="shows-another-result"),
    ],
)
def test_a_working_that_does_not_follow_supports_nothing(lines, display, figures) -> None:
    answered = worked(*lines, display=display)
    assert unsupported(answered, RATE) == figures
    measured = answer_values(replace(GOLD, facts=()), answered, RATE)
    assert measured["unsupported_figures"] == 1.0
    assert measured["right"] == 0.0


def test_a_working_needs_its_figures_in_what_is_quoted() -> None:
    # The rate stands in the clause, not in the sentence quoted from it.
    assert unsupported(worked(SHARE, CAPPED, quote="最高100万元"), RATE) == ("120",)


def test_a_working_supports_no_figure_beside_it() -> None:
    answered = worked(SHARE, CAPPED)
    beside = replace(answered, claims=(*answered.claims, ("另有777家企业。", (1,))))
    assert unsupported(beside, RATE) == ("777",)


def test_what_is_only_asked_back_supports_nothing() -> None:
    asked = Calculation(None, "元", "", (), missing=("投了多少？",))
    answered = replace(worked(), calculation=asked, claims=(("奖励555万元。", (1,)),))
    assert unsupported(answered, RATE) == ("555",)
