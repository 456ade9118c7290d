"""``tiaowen eval``, registered with the command line through an entry point."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from eval.baselines import run_baselines
from eval.compare import Comparison, compare
from eval.external import external_set
from eval.gate import BASELINE, Verdict, accept, judge_gate
from eval.gold import load_gold
from eval.judge import Judge, judge
from eval.lint import lint
from eval.options import add_options
from eval.runs import Run, find_run, keep, load_run, write_run
from eval.sets import EvalSet, GoldSet, bundled_sets, default_sets, find_set
from eval.sweep import ablations, read_grid, sweep, sweep_rows
from eval.terminal import write_comparison, write_run_tables, write_sweep
from eval.variant import DEFAULT, Variant
from eval.workbench import Evaluation, evaluate
from server.console import Bar, complain, print_json, say, write
from server.settings import Settings

__all__ = ["register"]


def register(subparsers: Any) -> None:
    """Add the command to the command line."""
    text = "跑题集、比较、报告 / run question sets, compare runs, report"
    command = subparsers.add_parser("eval", help=text, description=text)
    add_options(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace, settings: Settings) -> int:
    sets = _sets(options.gold, settings)
    if options.lint:
        return _lint([s for s in sets if isinstance(s, GoldSet)], options, settings)
    variant = Variant(tuple(options.without), options.embedder, options.units, options.threshold)
    # Found before anything runs: a misspelt name must not cost three minutes.
    against = _against(options.against, settings)
    judging = _judge(settings) if options.judge else None
    evaluation = evaluate(sets, settings, variant, options.as_of, Bar(), say)
    run = evaluation.run
    if options.baselines or (options.report and not options.no_baselines):
        found = run_baselines(run.outcomes, evaluation.assistants, settings, Bar())
        run = replace(run, baselines=found)
    keep(run, settings.home)
    if judging:
        # Kept before, too: a judge is slow, and may be interrupted.
        run = _judged(run, judging)
        keep(run, settings.home)
    rows = _swept(options.sweep, sets, settings, options, run, variant)
    comparison = compare(against, run) if against else None
    verdict = judge_gate(run) if options.gate else None
    if options.accept:
        say(f"基线 / baseline: {accept(run)}")
    _report(options, replace(evaluation, run=run), comparison, rows)
    _show(options, run, comparison, rows, verdict)
    if verdict and not verdict.passed:
        for line in verdict.report().splitlines():
            complain(line)
        return 1
    return 0


def _sets(named: Sequence[str], settings: Settings) -> list[EvalSet]:
    """The sets meant: those named, else the bundled ones for development."""
    if not named:
        # A given index is of one corpus; the bundled questions on it are those of the first set.
        return list(default_sets()[: 1 if settings.index else None])
    sets = [
        (external_set(Path(name)) if Path(name).is_dir() else None) or find_set(name)
        for name in named
    ]
    if len({s.name for s in sets}) < len(sets):
        raise InputError("题集重名 / two sets of one name", field="gold")
    return sets


def _against(name: str | None, settings: Settings) -> Run | None:
    if name is None:
        return None
    return load_run(BASELINE) if name == "baseline" else find_run(name, settings.home)


def _judge(settings: Settings) -> Judge:
    if not (settings.judge_url and settings.judge_model):
        raise InputError(
            "请设置 TIAOWEN_JUDGE_URL 与 TIAOWEN_JUDGE_MODEL / set these two to use a judge",
            field="judge",
        )
    return Judge(settings.judge_url, settings.judge_model, settings.judge_key)


def _judged(run: Run, client: Judge) -> Run:
    bar = Bar()
    judged = judge(run, client, lambda done, total: bar("评分 judging", done, total))
    if judged.problem:
        complain(judged.problem)
    say(f"评分 / judged: {judged.graded}；未评 / not: {judged.failed}")
    return judged.run


def _swept(
    axes: Sequence[str] | None,
    sets: Sequence[EvalSet],
    settings: Settings,
    options: argparse.Namespace,
    run: Run,
    variant: Variant,
) -> list[dict[str, Any]]:
    """The rows of a sweep, none where none was asked for; each of its runs is kept."""
    if axes is None:
        return []
    first = run if variant == DEFAULT else None
    variants = read_grid(axes) if axes else ablations()
    runs = sweep(variants, sets, settings, options.as_of, Bar(), say, first)
    for other in runs[1:]:
        keep(other, settings.home)
    return sweep_rows(runs)


def _report(
    options: argparse.Namespace,
    evaluation: Evaluation,
    comparison: Comparison | None,
    rows: Sequence[dict[str, Any]],
) -> None:
    if not options.report:
        return
    # Plots are slow to import, and few runs write a report.
    from eval.report.html import write_html

    write_run(evaluation.run, options.report)
    compared = comparison.as_json() if comparison else None
    path = options.report / "report.html"
    write_html(evaluation.run, evaluation.assistants, path, compared, rows)
    say(f"报告 / report: {path}")


def _show(
    options: argparse.Namespace,
    run: Run,
    comparison: Comparison | None,
    rows: Sequence[dict[str, Any]],
    verdict: Verdict | None,
) -> None:
    if options.json:
        shown = run.as_json()
        if comparison:
            shown["comparison"] = comparison.as_json()
        if rows:
            shown["sweep"] = list(rows)
        if verdict:
            shown["gate"] = {"passed": verdict.passed, "report": verdict.report()}
        print_json(shown)
        return
    write_run_tables(run)
    if comparison:
        write_comparison(comparison)
    if rows:
        write_sweep(rows)
    write()
    write(f"运行 / run: {run.name}")


def _lint(sets: Sequence[GoldSet], options: argparse.Namespace, settings: Settings) -> int:
    """Check gold sets without asking them; the other bundled sets are looked at for duplicates."""
    loaded = {}
    # A given index is of another corpus than the bundled sets ask.
    for gold in (*(() if settings.index else bundled_sets().values()), *sets):
        readings = gold.open(settings, DEFAULT, say).index.readings
        loaded[gold.name] = load_gold(gold.gold, readings), readings
    remarks = {
        gold.name: lint(
            *loaded[gold.name],
            {name: questions for name, (questions, _) in loaded.items() if name != gold.name},
        )
        for gold in sets
    }
    if options.json:
        print_json({name: [asdict(r) for r in found] for name, found in remarks.items()})
    else:
        for name, found in remarks.items():
            write(f"{name}: {len(found)} 处 / remarks")
            for r in found:
                write(f"  {r.level:8} {r.kind:12} {r.id or '—':6} {r.detail}")
    return int(any(r.level == "error" for found in remarks.values() for r in found))
