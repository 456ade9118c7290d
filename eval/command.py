"""``tiaowen eval``, registered with the command line through an entry point."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from eval.gold import bundled_gold, load_gold
from eval.run import Run, run_gold, write_report
from server.assembly import open_assistant
from server.console import Bar, print_json, say, write
from server.settings import Settings

__all__ = ["register"]

_SHOWN = (
    "questions", "recall@1", "recall@5", "recall@10", "mrr", "citation_recall",
    "citation_precision", "fact_accuracy", "status_accuracy",
)  # fmt: skip


def register(subparsers: Any) -> None:
    """Add the command to the command line."""
    text = "跑金标题集 / run a gold set; prints measures, writes a report"
    command = subparsers.add_parser("eval", help=text, description=text)
    command.add_argument("gold", nargs="?", type=Path, metavar="GOLD.jsonl")
    command.add_argument("--report", type=Path, metavar="DIR")
    command.add_argument("--index", type=Path, metavar="DIR")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace, settings: Settings) -> int:
    assistant = open_assistant(settings, Bar(), say)
    questions = load_gold(options.gold or bundled_gold(), assistant.index.readings)
    bar = Bar()
    run = run_gold(questions, assistant, date.today(), lambda done, of: bar("ask", done, of))
    if options.report:
        say(f"报告 / report: {write_report(run, options.report)}")
    if options.json:
        print_json(
            {"summary": run.summary, "by_type": run.by_type, "fingerprints": run.fingerprints}
        )
    else:
        _write_tables(run)
    return 0


def _write_tables(run: Run) -> None:
    for name, value in run.summary.items():
        write(f"{name:36}{value}")
    write()
    write(f"{'type':14}" + "".join(f"{name[:13]:>15}" for name in _SHOWN))
    for name, summary in run.by_type.items():
        write(f"{name:14}" + "".join(f"{summary[key]:>15}" for key in _SHOWN))
