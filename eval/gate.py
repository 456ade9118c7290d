"""The gate of continuous integration: a change that loses quality does not pass.

Two bounds: ``floor.json`` says what no run may miss; ``baseline/`` holds the last accepted run,
against which no measure may lose more than chance explains. ``tiaowen eval --accept`` writes a
new baseline, which is committed with the change that earned it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.compare import Comparison, compare
from eval.outcome import Outcome
from eval.runs import Run, load_run, write_run
from eval.terminal import p_value

__all__ = ["BASELINE", "FLOOR", "GATED", "Verdict", "accept", "below_floor", "judge_gate"]

FLOOR = Path(__file__).with_name("floor.json")
BASELINE = Path(__file__).with_name("baseline")

#: The measures that may not lose significantly; few, since each more makes the test blunter.
GATED = (
    "right", "success@1", "complete@5", "mrr", "fact_accuracy", "citation_recall",
    "citation_precision", "status_accuracy", "right_refusals", "false_refusals",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate found: bounds missed, measures lost, and the comparison behind them."""

    floor: tuple[str, ...]
    losses: tuple[str, ...]
    comparison: Comparison

    @property
    def passed(self) -> bool:
        """Whether the run may pass."""
        return not (self.floor or self.losses)

    def report(self) -> str:
        """Say what was lost, question by question."""
        lines = [*self.floor, *self.losses]
        lines += [_told(outcome) for outcome in self.comparison.lost]
        return "\n".join(lines)


def judge_gate(run: Run, baseline: Path = BASELINE, floor: Path = FLOOR) -> Verdict:
    """Hold a run against the floor and the accepted run."""
    comparison = compare(load_run(baseline), run, GATED)
    losses = tuple(
        f"{row.name}: {row.before} → {row.after} ({p_value(row.p_holm)})"
        for row in comparison.measures
        if row.worse and row.significant
    )
    return Verdict(tuple(below_floor(run, floor)), losses, comparison)


def accept(run: Run, folder: Path = BASELINE) -> Path:
    """Make a run the baseline: its questions and gated measures, without answers."""
    return write_run(replace(run, outcomes=tuple(map(_slim, run.outcomes)), baselines=()), folder)


def below_floor(run: Run, floor: Path = FLOOR) -> list[str]:
    """Return the measures that miss the floor, a JSON object of bounds for each set.

    ``{"five-sources": {"recall@5": {"min": 0.92}, "false_refusals": {"max": 0.05}}}``
    """
    bounds: Mapping[str, Mapping[str, Mapping[str, float]]] = json.loads(floor.read_text("utf-8"))
    misses = []
    for name in run.sets:
        values = run.summary(set_name=name).flat()
        for measure, bound in bounds.get(name, {}).items():
            value = values[measure]
            if value < bound.get("min", value) or value > bound.get("max", value):
                misses.append(f"{name}: {measure} = {value}, 要求 / floor {dict(bound)}")
    return misses


def _slim(outcome: Outcome) -> Outcome:
    kept: Sequence[str] = (*GATED, "fact_accuracy_narrow", "unsupported_figures", "errors")
    values = {name: round(outcome.values[name], 4) for name in kept if name in outcome.values}
    return Outcome(
        outcome.set, outcome.id, outcome.type, outcome.question, outcome.expected_status,
        outcome.status, outcome.conversation, outcome.as_of, values=values,
    )  # fmt: skip


def _told(outcome: Outcome) -> str:
    missing = f"，缺 / missing {'、'.join(outcome.missing)}" if outcome.missing else ""
    said = outcome.error or f"{outcome.expected_status} → {outcome.status}{missing}"
    return f"失去 / lost {outcome.key} [{outcome.type}] {outcome.question} ({said})"
