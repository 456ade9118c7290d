"""The bundled gold set through the product: no measure may fall below its floor."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import eval as package
from eval.gold import bundled_gold, load_gold
from eval.run import Run, below_floor, run_gold, write_report

FLOOR = Path(package.__file__).with_name("floor.json")


@pytest.fixture(scope="module")
def run(assistant, readings) -> Run:
    return run_gold(load_gold(bundled_gold(), readings), assistant, date(2026, 11, 24))


def test_no_measure_is_below_its_floor(run: Run) -> None:
    assert below_floor(run, FLOOR) == []


def test_the_floor_bounds_what_matters_most() -> None:
    bounds = json.loads(FLOOR.read_text("utf-8"))
    assert bounds["quotes_verbatim"] == {"min": 1.0}
    assert bounds["answers_with_unsupported_figures"] == {"max": 0}
    assert bounds["errors"] == {"max": 0}
    for name in ("recall@5", "citation_recall", "status_accuracy", "right_refusals"):
        assert bounds[name]["min"] > 0.5


def test_the_report_holds_every_outcome(run: Run, tmp_path: Path) -> None:
    path = write_report(run, tmp_path / "report")
    summary = json.loads(path.read_text("utf-8"))
    assert summary["summary"] == run.summary
    lines = (path.parent / "outcomes.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [o.id for o in run.outcomes]
    assert sum(s["questions"] for s in summary["by_type"].values()) == len(lines)
