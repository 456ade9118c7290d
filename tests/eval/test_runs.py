"""Runs are kept and found again; sets are found by name and by file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import InputError
from eval.gold import GoldError
from eval.runs import RunError, find_run, keep, load_run, write_run
from eval.sets import bundled_sets, default_sets, find_set
from eval.summary import Bin, confusion, percentiles, reliability, risk_coverage
from eval.variant import Variant
from eval.workbench import Evaluation
from server.settings import Settings


def test_a_run_is_read_back_whole(evaluation: Evaluation, tmp_path: Path) -> None:
    write_run(evaluation.run, tmp_path)
    back = load_run(tmp_path)
    assert back.outcomes == evaluation.run.outcomes
    assert back.fingerprints == evaluation.run.fingerprints
    assert back.as_json()["summary"] == evaluation.run.as_json()["summary"]


def test_a_run_says_what_it_was_made_of(evaluation: Evaluation) -> None:
    made_of = evaluation.run.fingerprints
    assert set(made_of) >= {"corpus", "index", "embedder", "prompts", "code", "libraries"}
    assert set(made_of["corpus"]) == set(evaluation.run.sets)


def test_kept_runs_are_found_by_name_and_beginning(evaluation: Evaluation, tmp_path: Path) -> None:
    folder = keep(evaluation.run, tmp_path)
    name = evaluation.run.name
    for text in (name, name[:-1], "last", str(folder)):
        assert find_run(text, tmp_path).name == name
    with pytest.raises(InputError, match="no one such run"):
        find_run("nowhere", tmp_path)


def test_a_damaged_run_is_said_to_be_one(evaluation: Evaluation, tmp_path: Path) -> None:
    write_run(evaluation.run, tmp_path)
    (tmp_path / "outcomes.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(RunError, match="damaged"):
        load_run(tmp_path)


def test_the_summary_adds_up(evaluation: Evaluation) -> None:
    run = evaluation.run
    by_type = [run.summary(type_name=name).questions for name in run.types]
    by_set = [run.summary(set_name=name).questions for name in run.sets]
    assert sum(by_type) == sum(by_set) == len(run.outcomes)
    assert sum(sum(row.values()) for row in confusion(run.outcomes).values()) == len(run.outcomes)


def test_confidence_is_compared_with_what_is_there(evaluation: Evaluation) -> None:
    some = evaluation.run.outcomes[0]
    asked = [
        replace(some, confidence=sure, expected_status=status)
        for sure, status in [
            (0.05, "refused"), (0.07, "answered"), (0.95, "answered"), (1.0, "not_stated"),
        ]
    ]  # fmt: skip
    assert reliability(asked) == (Bin(0.055, 0.25, 2), Bin(0.975, 1.0, 2))
    assert reliability(asked[1:]) == reliability([]) == ()
    assert sum(b.questions for b in reliability(evaluation.run.outcomes)) == len(
        [o for o in evaluation.run.outcomes if o.confidence is not None]
    )


def test_risk_is_followed_from_the_surest_question(evaluation: Evaluation) -> None:
    curve = risk_coverage(evaluation.run.outcomes)
    assert curve is not None
    assert list(curve.coverage) == sorted(curve.coverage)
    answered = [o for o in evaluation.run.outcomes if o.status != "refused"]
    wrong = sum(not o.values["right"] for o in answered)
    assert curve.at == (
        pytest.approx(len(answered) / len(evaluation.run.outcomes), abs=1e-4),
        pytest.approx(wrong / len(answered), abs=1e-4),
    )
    assert risk_coverage([]) is None


def test_percentiles_are_ranks() -> None:
    assert percentiles(list(range(1, 101))) == {"p50": 50, "p90": 90, "p95": 95, "p99": 99}
    assert percentiles([7.0]) == {"p50": 7.0, "p90": 7.0, "p95": 7.0, "p99": 7.0}


def test_sets_are_found_by_name_and_by_file() -> None:
    sets = bundled_sets()
    assert {s.name for s in default_sets()} < set(sets)
    assert "blind" not in {s.name for s in default_sets()}
    for name, gold in sets.items():
        assert find_set(name) == gold
        assert find_set(str(gold.gold)) == gold
    with pytest.raises(GoldError, match="no such set"):
        find_set("nowhere")


def test_whole_articles_can_be_searched_instead_of_clauses() -> None:
    articles = Variant(units="article").open(Settings()).index
    clauses = Variant().open(Settings()).index
    assert articles.manifest.units == "article"
    assert len(articles.passages) < len(clauses.passages)
    held = {passage.address for passage in articles.passages}
    for passage in clauses.passages:
        assert any(address.contains(passage.address) for address in held), passage.address


def test_an_unknown_part_cannot_be_left_out() -> None:
    with pytest.raises(InputError, match="no such part"):
        Variant(without=("luck",)).open(Settings())
