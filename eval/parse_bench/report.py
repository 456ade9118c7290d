"""The results of a bench as one JSON object, and as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.parse_bench.result import Figure, Result
from server.console import write

__all__ = ["as_json", "write_tables"]

_WIDE = 60


def as_json(
    results: Mapping[str, Result], rates: Mapping[str, Mapping[str, Figure]], seconds: float
) -> dict[str, Any]:
    """Return everything that was measured."""
    return {
        "parts": {
            name: {
                "figures": dict(result.figures),
                "differences": [asdict(difference) for difference in result.differences],
                "rows": [dict(row) for row in result.rows],
            }
            for name, result in results.items()
        },
        "rates": {name: dict(rate) for name, rate in rates.items()},
        "seconds": round(seconds, 1),
    }


def write_tables(summary: Mapping[str, Any]) -> None:
    """Write figures, every difference, and what is for a person to look at."""
    for name, part in summary["parts"].items():
        write(f"== {name}")
        for figure, value in part["figures"].items():
            write(f"{figure:38}{'-' if value is None else value}")
        _write_rows(part["rows"])
        _write_differences(part["differences"])
        write()
    write("== rates")
    for name, rate in summary["rates"].items():
        shown = "  ".join(f"{k} {v}" for k, v in rate.items() if v is not None)
        write(f"{name:10}{shown}")
    write(f"{'seconds':38}{summary['seconds']}")


def _write_rows(rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        write("  " + "  ".join(f"{k}={_short(v)}" for k, v in row.items() if v not in (None, "")))


def _write_differences(differences: Sequence[Mapping[str, Any]]) -> None:
    counts = Counter(difference["measure"] for difference in differences)
    for measure, count in counts.most_common():
        write(f"-- {measure}: {count}")
        for d in (d for d in differences if d["measure"] == measure):
            place = f" {d['place']}" if d["place"] else ""
            write(f"  {d['file']}{place}: {_short(d['expected'])} -> {_short(d['found'])}")


def _short(value: Any) -> str:
    text = "-" if value is None else str(value).replace("\n", " ")
    return text if len(text) <= _WIDE else text[:_WIDE] + "…"
