"""The options of ``tiaowen eval``."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import get_args

from indexer.passages import Units
from retriever.retriever import PARTS
from server.cli import day

__all__ = ["add_options"]


def add_options(command: argparse.ArgumentParser) -> None:
    """Add all options, in groups."""
    command.add_argument(
        "gold", nargs="*", metavar="SET",
        help="题集名、JSONL 文件、BEIR 或 ncp-policies 文件夹 / a set's name, a gold file, or the "
        "folder of a benchmark; 默认 / default: 全部开发题集 / all sets for development",
    )  # fmt: skip
    command.add_argument("--index", type=Path, metavar="DIR")
    command.add_argument("--as-of", type=_day, metavar="D", help="提问日期 / the day of asking")
    command.add_argument("--json", action="store_true")
    _add_results(command.add_argument_group("结果 / results"))
    _add_variants(command.add_argument_group("变体 / variants"))


def _add_results(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--report", type=Path, metavar="DIR", help="HTML 与 JSON 报告 / a report")
    group.add_argument("--baselines", action="store_true", help="附对照方法 / other pipelines too")
    group.add_argument("--no-baselines", action="store_true", help="报告不附对照 / report without")
    group.add_argument(
        "--against", metavar="RUN",
        help="与另一次运行比较：名称、文件夹、last、baseline / compare with a run: name, folder, …",
    )  # fmt: skip
    group.add_argument("--gate", action="store_true", help="低于底线即失败 / fail on a loss")
    group.add_argument("--accept", action="store_true", help="作为新基线 / make it the baseline")
    group.add_argument("--lint", action="store_true", help="只检查题集 / only check the questions")
    group.add_argument("--judge", action="store_true", help="另请模型评分 / let a model grade too")


def _add_variants(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--without", action="append", default=[], choices=PARTS, metavar="PART",
        help=f"关闭检索的一部分 / switch off: {', '.join(PARTS)}",
    )  # fmt: skip
    group.add_argument("--embedder", metavar="NAME", help="另一个向量模型 / another model")
    group.add_argument("--units", choices=get_args(Units), default="clause")
    group.add_argument("--threshold", type=float, metavar="T", help="回答的把握 / how sure to be")
    group.add_argument(
        "--sweep", nargs="*", metavar="AXIS=V,V",
        help="逐一试验；无参数时逐项关闭 / try variants: without=lexical,dense+named "
        "units=clause,article; alone: every part switched off",
    )  # fmt: skip


def _day(text: str) -> date:
    given: date | None = day(text)
    if given is None:
        raise argparse.ArgumentTypeError("请写日期 / a date is needed")
    return given
