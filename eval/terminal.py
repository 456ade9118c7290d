"""A run on the terminal: the measures, each type, and what a comparison found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.compare import Comparison, Row
from eval.measures import MEASURES
from eval.runs import Run, common_values, mean_values
from eval.statistics import Interval
from server.console import write

__all__ = ["p_value", "write_comparison", "write_run_tables", "write_sweep"]

_BY_TYPE = (
    "questions", "right", "success@1", "complete@5", "mrr", "fact_accuracy", "citation_recall",
    "citation_precision", "status_accuracy",
)  # fmt: skip
_RANKING_ONLY = ("questions", "document_recall@1", "document_recall@5", "verbatim@3", "recall@10")
_BASELINE = ("success@1", "recall@5", "complete@5", "mrr", "ndcg@10", "document_recall@1")


def write_run_tables(run: Run) -> None:
    """Write all measures with their intervals, then the types, the sets and the baselines."""
    summary = run.summary()
    for name, value in summary.measures.items():
        write(f"{_padded(MEASURES[name].title, 20)}{name:26}{_interval(value)}")
    for name, count in summary.counts.items():
        write(f"{'':20}{name:36}{count}")
    total = summary.latency.get("total", {})
    write(f"{_padded('用时（毫秒）', 20)}" + "  ".join(f"{n} {v:.0f}" for n, v in total.items()))
    answered = "right" in summary.measures
    shown = _BY_TYPE if answered else _RANKING_ONLY
    for title, names, key in (("set", run.sets, "set_name"), ("type", run.types, "type_name")):
        rows = {name: run.summary(**{key: name}).flat() for name in names}
        _write_table(title, rows, shown)
    if run.baselines:
        _write_baselines(run)


def write_comparison(comparison: Comparison) -> None:
    """Write what moved between two runs, and every question gained or lost."""
    write()
    write(f"与 {comparison.against} 相比 / against that run")
    if comparison.changed:
        write(f"  不同 / changed: {', '.join(comparison.changed)}")
    if comparison.unpaired:
        write(f"  未配对的题 / questions not paired: {comparison.unpaired}")
    for row in (*comparison.measures, *comparison.by_type):
        if row.difference.value:
            write(_moved(row))
    for word, outcomes in (("失去 / lost", comparison.lost), ("得到 / gained", comparison.gained)):
        for outcome in outcomes:
            write(f"  {word} {outcome.key} [{outcome.type}] {outcome.question}")


def _moved(row: Row) -> str:
    move = row.difference
    verdict = "显著变差 / significantly worse" if row.worse else "显著变好 / significantly better"
    return (
        f"  {row.name:26}{row.before:>8} →{row.after:>8}  {move.value:+.4f} "
        f"[{move.low:+.4f}, {move.high:+.4f}]  {p_value(row.p_holm)}  "
        f"{verdict if row.significant else ''}"
    ).rstrip()


def p_value(p: float) -> str:
    """Write a p value; what is smaller than can be told is not written as nothing.

    >>> p_value(0.04), p_value(0.0)
    ('p=0.04', 'p<0.0001')
    """
    return f"p={p:.2g}" if p >= 0.0001 else "p<0.0001"


def write_sweep(rows: Sequence[Mapping[str, Any]]) -> None:
    """Write one line a variant."""
    columns = [name for name in rows[0] if name not in ("variant", "run")]
    _write_table("variant", {row["variant"]: row for row in rows}, columns, 36)


def _write_table(
    title: str, rows: Mapping[str, Mapping[str, Any]], columns: Sequence[str], width: int = 18
) -> None:
    shown = [name for name in columns if any(name in row for row in rows.values())]
    write()
    write(f"{title:{width}}" + "".join(f"{name:>{max(11, len(name) + 2)}}" for name in shown))
    for name, row in rows.items():
        cells = (f"{row.get(c, '—')!s:>{max(11, len(c) + 2)}}" for c in shown)
        write(f"{name:{width}}" + "".join(cells))


def _write_baselines(run: Run) -> None:
    for baseline in run.baselines:
        if baseline.problem:
            write(f"{baseline.name}: {baseline.problem}")
    ours, theirs = common_values(run)
    rows = {"tiaowen": ours, **theirs} if theirs else {}
    means = {name: mean_values(ours, values, _BASELINE) for name, values in rows.items()}
    shown = {n: {m: round(v, 4) for m, v in row.items()} for n, row in means.items()}
    if shown:
        _write_table("baseline", shown, _BASELINE)


def _interval(value: Interval) -> str:
    return f"{value.value:<10}[{value.low}, {value.high}]  n={value.n}"


def _padded(text: str, width: int) -> str:
    """Pad a text in which Chinese characters take two columns each."""
    return text + " " * (width - sum(2 if ord(c) > 0x2E7F else 1 for c in text))
