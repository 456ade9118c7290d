"""``tiaowen bench``, registered with the command line through an entry point."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from eval.parse_bench.docx_truth import measure_docx
from eval.parse_bench.hostile import measure_mutations
from eval.parse_bench.laws import measure_laws
from eval.parse_bench.real_files import measure_real_files
from eval.parse_bench.report import as_json, write_tables
from eval.parse_bench.result import Progress, Result
from eval.parse_bench.timed import Shelf, rates
from eval.search_bench.command import add_options
from server.console import Bar, print_json, say
from server.settings import Settings

__all__ = ["PARTS", "register"]

#: Each part of the data with the file that must lie in it; mutations are made of the others.
PARTS = {
    "flk-docx": "truth.json",
    "laws": "manifest.jsonl",
    "real-files": "manifest.tsv",
}
_MUTATIONS = "mutations"
_NAMES = (*PARTS, _MUTATIONS)


def register(subparsers: Any) -> None:
    """Add the command to the command line."""
    text = "测速与量度 / measure speed and quality"
    bench = subparsers.add_parser("bench", help=text, description=text)
    add_options(bench)
    kinds = bench.add_subparsers(metavar="WHAT")
    text = "文件解析的质量、速度与稳健 / how well, how fast and how safely documents are read"
    parse = kinds.add_parser("parse", help=text, description=text)
    parse.add_argument("--data", type=Path, metavar="DIR", help="默认 / default: ../shared/data")
    parse.add_argument("--only", type=_names, default=(), metavar="PARTS", help=",".join(_NAMES))
    parse.add_argument("--json", action="store_true")
    parse.set_defaults(run=_run)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in names if name not in _NAMES]
    if unknown or not names:
        known = ", ".join(_NAMES)
        raise argparse.ArgumentTypeError(f"应为其中几项 / some of: {known}: {text!r}")
    return names


def _run(options: argparse.Namespace, settings: Settings) -> int:
    data = _data(options.data)
    present = [name for name, file in PARTS.items() if (data / name / file).is_file()]
    wanted = [name for name in _NAMES if name in (options.only or (*present, _MUTATIONS))]
    absent = [name for name in wanted if name != _MUTATIONS and name not in present]
    if absent or not present:
        raise InputError(_needed(data, absent), field="data")
    started = time.monotonic()
    shelf = Shelf()
    results = {}
    for name in wanted:
        bar = Bar()
        results[name] = _measure(name, data, present, shelf, _progress(bar, name))
    summary = as_json(results, rates(shelf.attempts), time.monotonic() - started)
    if options.json:
        print_json(summary)
    else:
        write_tables(summary)
    for name in PARTS:
        if name not in present and not options.only:
            say(f"未量度 / not measured: {name}（{data / name / PARTS[name]}）")
    return 0


def _progress(bar: Bar, stage: str) -> Progress:
    return lambda done, total: bar(f"解析 parsing {stage}", done, total)


def _data(given: Path | None) -> Path:
    folder = given or Path("..") / "shared" / "data"
    if not folder.is_dir():
        raise InputError(_needed(folder, []), field="data")
    return folder


def _needed(folder: Path, absent: list[str]) -> str:
    files = "、".join(f"{name}/{PARTS[name]}" for name in absent or PARTS)
    how = "" if absent else "至少其一 / at least one of: "
    return (
        f"量度所需的数据不在 {folder}，请用 --data DIR 指明 / the data to measure with is not at "
        f"{folder}; name it with --data DIR（{how}{files}）"
    )


def _measure(name: str, data: Path, present: list[str], shelf: Shelf, progress: Progress) -> Result:
    documents = sorted((data / "flk-docx").rglob("*.docx"))
    measures: dict[str, Callable[[], Result]] = {
        "flk-docx": lambda: measure_docx(data / name, shelf, progress),
        "laws": lambda: measure_laws(data / name, shelf, progress),
        "real-files": lambda: measure_real_files(data / name, documents, shelf, progress),
        _MUTATIONS: lambda: measure_mutations(
            [*documents, *sorted(p for p in (data / "real-files").rglob("*.*") if p.is_file())],
            data / "laws" if "laws" in present else None,
            progress,
        ),
    }
    return measures[name]()
