"""A run in numbers: means with intervals, over all questions, by type and by set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.measures import MEASURES
from eval.outcome import Outcome
from eval.statistics import Interval, interval

__all__ = [
    "Bin",
    "Curve",
    "Summary",
    "confusion",
    "percentiles",
    "reliability",
    "risk_coverage",
    "summarise",
]

_QUANTILES = (50, 90, 95, 99)
#: Measures of which the number of questions is told too, since none is bearable.
_COUNTED = {
    "unsupported_figures": "answers_with_unsupported_figures",
    "forbidden_figures": "answers_with_forbidden_figures",
    "errors": "errors",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """Intervals by measure, counts, and latency percentiles in milliseconds by stage."""

    questions: int
    measures: dict[str, Interval]
    counts: dict[str, int]
    latency: dict[str, dict[str, float]]

    def flat(self) -> dict[str, float | int]:
        """Return one number a measure, for the terminal, JSON and the floor."""
        total = self.latency.get("total", {})
        means = {name: i.value for name, i in self.measures.items() if name not in _COUNTED}
        return {"questions": self.questions, **means, **self.counts} | {
            f"{name}_ms": value for name, value in total.items()
        }


@dataclass(frozen=True, slots=True)
class Curve:
    """The share of answers that are wrong (risk) against the share of questions answered.

    Points run from the surest question on; ``area`` is the mean risk over the coverage reached,
    ``at`` the point where the product's threshold stands.
    """

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    area: float
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of about the same confidence: their mean, the share with an answer, how many."""

    confidence: float
    answerable: float
    questions: int


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """Return the measures of some outcomes, each over the questions it applies to."""
    measures = {}
    for name in MEASURES:
        values = [o.values[name] for o in outcomes if name in o.values]
        if values:
            measures[name] = interval(values)
    counts = {
        title: sum(bool(o.values.get(name)) for o in outcomes) for name, title in _COUNTED.items()
    }
    return Summary(len(outcomes), measures, counts, _latency(outcomes))


def confusion(outcomes: Iterable[Outcome]) -> dict[str, dict[str, int]]:
    """Count statuses: expected, then what was said; questions without an answer are left out."""
    counts: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        if "status_accuracy" in outcome.values:
            counts.setdefault(outcome.expected_status, Counter())[outcome.status] += 1
    return {status: dict(counter) for status, counter in counts.items()}


def risk_coverage(outcomes: Sequence[Outcome]) -> Curve | None:
    """Answer the surest questions first and watch the share of wrong answers grow.

    The curve ends where even a threshold of 0 refuses (El-Yaniv and Wiener, JMLR 2010).
    None where nothing was answered.
    """
    asked = [o for o in outcomes if o.confidence is not None]
    bold = sorted((o for o in asked if o.forced is not None), key=lambda o: -(o.confidence or 0))
    if not bold:
        return None
    coverage, risk, wrong = [], [], 0
    for rank, outcome in enumerate(bold, 1):
        wrong += not outcome.forced
        coverage.append(round(rank / len(asked), 4))
        risk.append(round(wrong / rank, 4))
    said = [o for o in asked if o.status != "refused"]
    at = (
        round(len(said) / len(asked), 4),
        round(sum(not o.forced for o in said) / len(said), 4) if said else 0.0,
    )
    return Curve(tuple(coverage), tuple(risk), round(sum(risk) / len(risk), 4), at)


def reliability(outcomes: Sequence[Outcome], bins: int = 10) -> tuple[Bin, ...]:
    """Return how often the corpus holds an answer where the retriever is so sure that it does.

    Questions with and without an answer count alike in all, as they do where confidence is
    learned: how many of each were written is no fact about users. Empty where there are not both.
    """
    asked = [o for o in outcomes if o.confidence is not None]
    held = [o.expected_status != "refused" for o in asked]
    if not any(held) or all(held):
        return ()
    weights = [0.5 / sum(held) if one else 0.5 / (len(held) - sum(held)) for one in held]
    found = []
    for low in range(bins):
        rows = [
            (o.confidence or 0.0, one, weight)
            for o, one, weight in zip(asked, held, weights, strict=True)
            if min(int((o.confidence or 0.0) * bins), bins - 1) == low
        ]
        if rows:
            whole = sum(weight for _, _, weight in rows)
            mean = sum(sure * weight for sure, _, weight in rows) / whole
            share = sum(weight for _, one, weight in rows if one) / whole
            found.append(Bin(round(mean, 4), round(share, 4), len(rows)))
    return tuple(found)


def percentiles(times: Sequence[float]) -> dict[str, float]:
    """Return p50 to p99 of some times, by the nearest-rank method."""
    ordered = sorted(times)
    if not ordered:
        return {}
    rank = {q: max(0, -(-len(ordered) * q // 100) - 1) for q in _QUANTILES}
    return {f"p{q}": ordered[row] for q, row in rank.items()}


def _latency(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    stages = dict.fromkeys(stage for o in outcomes for stage in o.times)
    return {
        stage: percentiles([o.times[stage] for o in outcomes if stage in o.times])
        for stage in stages
    }
