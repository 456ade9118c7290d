"""``tiaowen bench``: sizes one after another, each in a process of its own."""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from eval.search_bench.material import NoisyEmbedder, Originals, questions, read_originals
from eval.search_bench.measure import Measured, build_rate, measure
from eval.search_bench.plot import write_plot
from indexer.build import index_readings
from indexer.embedder import open_embedder
from indexer.passages import passages_of
from server.console import print_json, say, write
from server.settings import Settings

__all__ = ["add_options", "run"]

_SIZES = (1_000, 10_000, 100_000)
#: Documents whose embedding is timed inside a build and with the bare model.
_TIMED = 300
_COLUMNS = (
    "clauses", "build_seconds", "open_seconds", "disk_mb", "memory_mb", "embed_p50", "search_p50",
    "search_p95", "answer_p50", "answer_p95", "per_second", "bare_p50", "over_embedding", "over_bare", "recall",
)  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the bench."""
    parser.add_argument("--sizes", type=_sizes, default=_SIZES, metavar="N,N…")
    parser.add_argument("--laws", type=Path, metavar="DIR", help="national.tar.xz, manifest.jsonl")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="SVG, PNG, PDF")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Measure each size, print a table or JSON."""
    laws = options.laws or _laws_beside()
    originals = read_originals(laws, settings.corpus)
    say(f"{originals.clauses} 条真实条款 / real clauses: {originals.source}")
    rate = _rate(originals, settings)
    sizes = []
    for size in options.sizes:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            sizes.append(pool.submit(_one, originals, size, settings).result())
        say(f"{size}: {sizes[-1].search_p50} ms")
    found = {"source": originals.source, "real": originals.clauses, "build": rate}
    if options.plot:
        write_plot(sizes, options.plot)
    if options.json:
        print_json(found | {"sizes": [one.as_json() for one in sizes]})
    else:
        _write(found, sizes)
    return 0


def _one(originals: Originals, size: int, settings: Settings) -> Measured:
    """Measure one size; in a process of its own, so that memory is its own too."""
    embedder = open_embedder(settings.embedder, settings.models)
    kept = settings.home / "bench"
    index = index_readings(
        {reading.document.id: reading for reading in originals.readings},
        kept, embedder, f"originals-{originals.source}-{originals.clauses}",
    )  # fmt: skip
    noisy = NoisyEmbedder(embedder, originals, index)
    with tempfile.TemporaryDirectory(dir=settings.home) as place:
        return measure(originals, size, noisy, questions(), Path(place))


def _rate(originals: Originals, settings: Settings) -> dict[str, float]:
    """How fast a build embeds, over the bare model on the same texts."""
    embedder = open_embedder(settings.embedder, settings.models)
    texts: dict[str, None] = {}
    some = {}
    for reading in originals.readings:
        some[reading.document.id] = reading
        for p in passages_of(reading.document, reading.outline):
            texts |= dict.fromkeys((p.whole, *p.pieces))
        if len(texts) >= _TIMED:
            break

    def build() -> int:
        with tempfile.TemporaryDirectory(dir=settings.home) as place:
            index_readings(some, Path(place), embedder, "rate")
        return len(texts)

    settings.home.mkdir(parents=True, exist_ok=True)
    embedder.embed_passages(list(texts)[:16])
    return build_rate(embedder, list(texts), build)


def _laws_beside() -> Path | None:
    folder = Path("..") / "shared" / "data" / "laws"
    return folder if (folder / "manifest.jsonl").is_file() else None


def _sizes(text: str) -> tuple[int, ...]:
    try:
        sizes = tuple(int(float(part)) for part in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"应为条数 / numbers of clauses: {text!r}") from error
    if not all(1 <= size <= 10_000_000 for size in sizes):
        raise argparse.ArgumentTypeError(
            f"应为 1 到一千万的条数 / numbers of clauses, up to ten million: {text!r}"
        )
    return sizes


def _write(found: dict[str, Any], sizes: Sequence[Measured]) -> None:
    rate = found["build"]
    write(
        f"建库 / build: {rate['build_per_second']} 段每秒 / texts a second, "
        f"{rate['build_over_bare']} × {rate['bare_per_second']}（模型本身 / the bare model）"
    )
    write("  ".join(f"{name:>14}" for name in _COLUMNS))
    for one in sizes:
        values = one.as_json()
        write("  ".join(f"{values[name]:>14}" for name in _COLUMNS))
    write(time.strftime("%Y-%m-%d"))
