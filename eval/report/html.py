"""Write a run as one HTML file: no network, nothing beside it, no word of a question trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.measures import better
from eval.report import texts
from eval.report.clauses import Clauses
from eval.report.plots import plots
from eval.report.questions import question_views
from eval.report.tables import (
    baseline_levels,
    baseline_rows,
    confusion_table,
    group_columns,
    grouped,
    key_figures,
    sweep_columns,
)
from eval.runs import Run
from server.assistant import Assistant

__all__ = ["write_html"]

_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def write_html(
    run: Run,
    assistants: Mapping[str, Assistant],
    path: Path,
    comparison: Mapping[str, Any] | None = None,
    sweep: Sequence[Mapping[str, Any]] = (),
) -> Path:
    """Write the report of a run and return its path.

    ``assistants`` give the clauses of each set their words; without one their addresses stand.
    ``comparison`` is ``Comparison.as_json()``, ``sweep`` the rows of a sweep's table.
    """
    clauses = Clauses(assistants)
    questions = question_views(run.outcomes, clauses, comparison)
    summary = run.summary()
    types = grouped(run.types, lambda name: run.summary(type_name=name))
    sets = grouped(run.sets, lambda name: run.summary(set_name=name))
    baselines = baseline_rows(run) if run.baselines else ()
    page = _environment().get_template("report.html.j2")
    html = page.render(
        run=run,
        summary=summary,
        key_figures=key_figures(summary),
        groups=(("题集", "set", sets), ("题型", "type", types)),
        group_columns=group_columns,
        confusion=confusion_table(run, tuple(texts.STATUSES)),
        baselines=baselines,
        baseline_levels=baseline_levels(baselines),
        plots=plots(run, types),
        comparison=comparison,
        sweep=sweep,
        sweep_columns=sweep_columns(sweep),
        questions=questions,
        by_key={question.outcome.key: question for question in questions},
        clauses=clauses.all(),
        texts=texts,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, "utf-8")
    return path


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"figure": _figure, "ms": _ms, "pretty": _pretty, "better": better}
    return environment


def _figure(value: object) -> str:
    """Write a cell: a share with three digits, a larger number with fewer, the rest as it is."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "—" if value is None else str(value)
    if isinstance(value, int):
        return str(value)
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.0f}"


def _ms(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}" if value < 10 else f"{value:.0f}"


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
