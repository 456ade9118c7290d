"""The report's tables, as rows of what their cells hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.outcome import Values
from eval.runs import BaselineRun, Run, common_values, mean_values
from eval.statistics import Difference, Interval, paired
from eval.summary import Summary, confusion, percentiles

__all__ = [
    "OURS",
    "BaselineRow",
    "Confusion",
    "Group",
    "baseline_levels",
    "baseline_rows",
    "confusion_table",
    "group_columns",
    "grouped",
    "key_figures",
    "sweep_columns",
]

OURS = "Tiaowen"
_STANDARD = ("success@1", "recall@5", "complete@5", "mrr", "ndcg@10")
#: Measures of ranking beside which baselines stand, by level.
_BASELINE_MEASURES = {
    "条款级 clause level": _STANDARD,
    "文件级 document level": tuple(f"document_{name}" for name in _STANDARD),
}
#: The measures on top of the report; a run has those of its sets.
_KEY = (
    "right", "fact_accuracy", "citation_recall", "citation_precision", "status_accuracy",
    "complete@5", "success@1", "mrr", "document_recall@1", "document_recall@5", "verbatim@3",
    "recall@10",
)  # fmt: skip
_MOST_KEY = 8
_GROUPED = (
    "right", "success@1", "complete@5", "mrr", "fact_accuracy", "citation_recall",
    "citation_precision", "status_accuracy", "document_recall@1", "document_recall@5",
    "verbatim@3", "recall@10",
)  # fmt: skip
_ANSWERED_ONLY = 8
_DECIDING = ("complete@5", "document_recall@5", "success@1", "document_success@1")


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one set or type."""

    name: str
    summary: Summary


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts by expected status (rows) and given status (columns)."""

    statuses: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """One way of retrieving, ours included; ``ahead`` is ours minus this one in measure ``by``."""

    name: str
    title: str
    units: int | None
    values: Values
    p50_ms: float | None
    by: str = ""
    ahead: Difference | None = None
    problem: str | None = None


def key_figures(summary: Summary) -> dict[str, Interval]:
    """Return the measures to show on top, as many as a reader takes in."""
    present = [name for name in _KEY if name in summary.measures]
    return {name: summary.measures[name] for name in present[:_MOST_KEY]}


def grouped(names: Sequence[str], summary: Callable[[str], Summary]) -> tuple[Group, ...]:
    """Summarise each set or type."""
    return tuple(Group(name, summary(name)) for name in names)


def group_columns(groups: Sequence[Group]) -> tuple[str, ...]:
    """Return the measures that some of the groups have."""
    answered = any("right" in group.summary.measures for group in groups)
    searched = any("right" not in group.summary.measures for group in groups)
    offered = _GROUPED if searched or not answered else _GROUPED[:_ANSWERED_ONLY]
    return tuple(n for n in offered if any(n in group.summary.measures for group in groups))


def confusion_table(run: Run, order: Sequence[str]) -> Confusion | None:
    """Return the status table with rows and columns in a fixed order, None where nothing answers."""
    found = confusion(run.outcomes)
    if not found:
        return None
    said = set(found) | {status for row in found.values() for status in row}
    statuses = tuple(status for status in order if status in said)
    return Confusion(
        statuses,
        tuple(
            (expected, tuple(found[expected].get(status, 0) for status in statuses))
            for expected in statuses
            if expected in found
        ),
    )


def baseline_rows(run: Run) -> tuple[BaselineRow, ...]:
    """Return our own row, then a row for each baseline."""
    ours, theirs = common_values(run)
    measures = [name for names in _BASELINE_MEASURES.values() for name in names]
    asked = [outcome.times["retrieve"] for outcome in run.outcomes if "retrieve" in outcome.times]
    means = mean_values(ours, ours, measures)
    rows = [
        BaselineRow(
            OURS, "本产品的检索 / our own retrieval", None, means, percentiles(asked).get("p50")
        )
    ]
    for baseline in run.baselines:
        values = theirs.get(baseline.name, [])
        rows.append(_baseline_row(baseline, ours, values, measures))
    return tuple(rows)


def baseline_levels(rows: Sequence[BaselineRow]) -> dict[str, tuple[str, ...]]:
    """Return the measures to show by level; one level at least, to say why nothing ran."""
    levels = {
        title: names
        for title, names in _BASELINE_MEASURES.items()
        if any(name in row.values for row in rows for name in names)
    }
    return levels or dict([next(iter(_BASELINE_MEASURES.items()))])


def sweep_columns(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the columns of a sweep's table, the variant's name aside."""
    names = dict.fromkeys(name for row in rows for name in row)
    return tuple(name for name in names if name not in ("variant", "run"))


def _baseline_row(
    baseline: BaselineRun, ours: Sequence[Values], theirs: Sequence[Values], measures: Sequence[str]
) -> BaselineRow:
    means = mean_values(ours, theirs, measures) if theirs else {}
    deciding = next((name for name in _DECIDING if name in means), "")
    pairs = [(own, other) for own, other in zip(ours, theirs, strict=False) if deciding in own]
    ahead = paired([b.get(deciding, 0.0) for _, b in pairs], [a[deciding] for a, _ in pairs])
    return BaselineRow(
        baseline.name, baseline.title, baseline.units or None, means, baseline.p50_ms or None,
        deciding, ahead if pairs else None, baseline.problem,
    )  # fmt: skip
