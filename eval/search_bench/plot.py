"""Cost over size, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from eval.search_bench.measure import Measured

__all__ = ["write_plot"]

_PANELS = {
    "ms a question": ("search_p50", "search_p95", "embed_p50", "bare_p50"),
    "MB": ("disk_mb", "memory_mb"),
    "seconds": ("build_seconds", "open_seconds"),
}


def write_plot(sizes: Sequence[Measured], path: Path) -> None:
    """Draw time of a question, memory and disk, build and opening over the number of clauses."""
    figure = Figure(figsize=(12, 3.6), layout="constrained")
    FigureCanvasAgg(figure)
    for axes, (unit, names) in zip(figure.subplots(1, len(_PANELS)), _PANELS.items(), strict=True):
        for name in names:
            axes.plot(
                [s.clauses for s in sizes], [getattr(s, name) for s in sizes], "o-", label=name
            )
        axes.set(xscale="log", yscale="log", xlabel="clauses", ylabel=unit)
        axes.grid(alpha=0.3)
        axes.legend(fontsize=8)
    figure.savefig(path)
