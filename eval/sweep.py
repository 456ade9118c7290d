"""Several variants over the same questions, each held against the product as delivered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import product
from typing import Any, get_args

from corpus.errors import InputError
from eval.compare import compare
from eval.runs import Run
from eval.sets import EvalSet
from eval.statistics import holm
from eval.variant import DEFAULT, Variant
from eval.workbench import evaluate
from indexer.passages import Units
from retriever.retriever import PARTS
from server.assembly import Say
from server.settings import Settings

__all__ = ["SHOWN", "ablations", "read_grid", "sweep", "sweep_rows"]

#: The measures of a sweep's table; those that a set does not have stay empty.
SHOWN = (
    "right", "success@1", "complete@5", "article_complete@5", "mrr", "ndcg@10", "fact_accuracy",
    "citation_recall", "document_recall@1", "verbatim@3",
)  # fmt: skip
_AXES = ("without", "units", "embedder", "threshold")


def ablations() -> tuple[Variant, ...]:
    """Return the usual variants: each part of the retriever switched off, and whole articles."""
    return (*(Variant(without=(part,)) for part in PARTS), Variant(units="article"))


def read_grid(axes: Sequence[str]) -> tuple[Variant, ...]:
    """Read ``without=lexical,dense+named units=clause,article`` into all combinations.

    A ``+`` joins parts that are left out together, an empty value leaves out none.
    """
    choices: dict[str, list[str]] = {}
    for axis in axes:
        name, sign, values = axis.partition("=")
        if name not in _AXES or not sign or name in choices:
            raise InputError(
                f"应为 {'、'.join(_AXES)} 之一=值,值 / one of these, once: {axis!r}", field="sweep"
            )
        choices[name] = values.split(",")
    combined = product(*choices.values())
    variants = [_variant(dict(zip(choices, values, strict=True))) for values in combined]
    return tuple(dict.fromkeys(variants))


def sweep(
    variants: Sequence[Variant],
    sets: Sequence[EvalSet],
    settings: Settings,
    today: date | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    say: Say | None = None,
    first: Run | None = None,
) -> tuple[Run, ...]:
    """Run the delivered product (unless ``first`` is that run already) and every variant."""
    runs = [] if first is None else [first]
    rest = [variant for variant in variants if variant != DEFAULT]
    queue = rest if first else [DEFAULT, *rest]
    for number, variant in enumerate(queue, 1):
        stage = f"{number}/{len(queue)} {variant.title}"

        def advance(name: str, done: int, total: int, stage: str = stage) -> None:
            if progress:
                progress(f"{stage} {name}", done, total)

        runs.append(evaluate(sets, settings, variant, today, advance, say).run)
    return tuple(runs)


def sweep_rows(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """Return a row a run: its measures, and the first one's difference to the delivered product.

    ``p`` is corrected for the number of variants.
    """
    rows: list[dict[str, Any]] = []
    for run in runs:
        values = run.summary().flat()
        shown = {name: values[name] for name in SHOWN if name in values}
        compared = compare(runs[0], run, tuple(shown)[:1]).measures[0]
        rows.append(
            {"variant": run.variant, "run": run.name, **shown}
            | {"difference": compared.difference.value, "p": compared.difference.p}
        )
    for row, p in zip(rows[1:], holm([row["p"] for row in rows[1:]]), strict=True):
        row["p"] = round(p, 6)
    return rows


def _variant(values: dict[str, str]) -> Variant:
    units, threshold = values.get("units") or "clause", values.get("threshold")
    if units not in get_args(Units):
        raise InputError(
            f"单位应为 / units are {', '.join(get_args(Units))}: {units!r}", field="sweep"
        )
    try:
        sure = float(threshold) if threshold else None
    except ValueError as error:
        raise InputError(f"阈值不是数 / not a number: {threshold!r}", field="sweep") from error
    without = tuple(part for part in values.get("without", "").split("+") if part)
    # The value was one of the literals just now.
    chosen: Any = units
    return Variant(without, values.get("embedder") or None, chosen, sure)
