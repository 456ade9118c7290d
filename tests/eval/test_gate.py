"""The bundled gold sets through the product: a change that loses quality fails here."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from eval.gate import BASELINE, FLOOR, GATED, accept, below_floor, judge_gate
from eval.runs import Run, load_run
from eval.sets import default_sets, find_set
from eval.variant import Variant
from eval.workbench import Evaluation, evaluate
from server.settings import Settings

#: As in conftest.py: the baseline was run on this day.
DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def run(evaluation: Evaluation) -> Run:
    return evaluation.run


@pytest.fixture(scope="module")
def without_dense() -> Run:
    """A seeded regression: a finder is switched off."""
    variant = Variant(without=("dense",))
    return evaluate([find_set("five-sources")], Settings(), variant, DAY).run


def test_nothing_was_lost_since_the_accepted_run(run: Run) -> None:
    verdict = judge_gate(run)
    assert verdict.passed, verdict.report()


def test_the_accepted_run_asked_the_questions_of_today(run: Run) -> None:
    assert judge_gate(run).comparison.unpaired == 0
    assert load_run(BASELINE).sets == tuple(s.name for s in default_sets())


def test_the_floor_bounds_what_matters_most(run: Run) -> None:
    bounds = json.loads(FLOOR.read_text("utf-8"))
    assert set(bounds) == set(run.sets)
    for floor in bounds.values():
        assert floor["quotes_verbatim"] == {"min": 1.0}
        assert floor["answers_with_unsupported_figures"] == {"max": 0}
        assert floor["errors"] == {"max": 0}
    for name in ("complete@5", "citation_recall", "status_accuracy", "right_refusals"):
        assert bounds["five-sources"][name]["min"] > 0.5


def test_a_finder_switched_off_is_a_significant_loss(without_dense: Run, run: Run) -> None:
    verdict = judge_gate(without_dense)
    assert not verdict.passed
    lost = {row.name for row in verdict.comparison.measures if row.worse and row.significant}
    assert {"right", "fact_accuracy", "citation_recall"} <= lost
    # Every lost question is named, with what it asked.
    assert verdict.comparison.lost
    for outcome in verdict.comparison.lost:
        assert outcome.key in verdict.report()
        assert outcome.question in verdict.report()


def test_an_accepted_run_is_held_against_itself(run: Run, tmp_path: Path) -> None:
    accept(run, tmp_path / "baseline")
    verdict = judge_gate(run, tmp_path / "baseline")
    assert verdict.passed
    assert not (verdict.comparison.lost or verdict.comparison.gained)
    assert {row.name for row in verdict.comparison.measures} == set(GATED)
    kept = load_run(tmp_path / "baseline")
    assert all(not outcome.answer and not outcome.found for outcome in kept.outcomes)


def test_the_floor_names_what_misses_it(run: Run, tmp_path: Path) -> None:
    floor = tmp_path / "floor.json"
    one = replace(run, outcomes=tuple(o for o in run.outcomes if o.set == "five-sources"))

    def misses(**bounds) -> list[str]:
        floor.write_text(json.dumps({"five-sources": bounds}), "utf-8")
        return below_floor(one, floor)

    assert misses(mrr={"min": 0.5}, errors={"max": 0}) == []
    (missed,) = misses(mrr={"min": 1.01}, errors={"max": 0})
    assert missed.startswith("five-sources: mrr")
    (missed,) = misses(errors={"max": -1})
    assert missed.startswith("five-sources: errors")
    with pytest.raises(KeyError):
        misses(no_such_measure={"min": 1})
