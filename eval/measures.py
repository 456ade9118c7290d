"""Measures: pure functions of a gold question and what the product returned.

A retrieved or cited clause counts for an expected one if it is that clause or lies beneath
it; a coarser one does not. A question that fails with an error scores zero everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.address import Address
from eval.gold import GoldQuestion
from server.answer import Answer
from server.checks import figures, squeeze

__all__ = ["Outcome", "failed", "judge", "summarise"]

_UNANSWERABLE = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question. None where a measure does not apply to it."""

    id: str
    type: str
    expected: str
    status: str
    recall_at: Mapping[int, float] | None
    reciprocal_rank: float | None
    citation_recall: float | None
    citation_precision: float | None
    citation_exact: float | None
    facts: float | None
    forbidden: int
    quotes_verbatim: bool
    unsupported_figures: tuple[str, ...]
    took_ms: float
    error: str | None = None


def judge(
    gold: GoldQuestion,
    hits: Sequence[Address],
    answer: Answer,
    sources: Mapping[Address, str],
) -> Outcome:
    """Judge one answer; ``sources`` maps each cited clause to its whole text in the corpus."""
    cited = list(dict.fromkeys(citation.address for citation in answer.citations))
    searched = bool(gold.addresses)
    return Outcome(
        id=gold.id,
        type=gold.type,
        expected=gold.status,
        status=answer.status,
        recall_at={k: float(_all_found(gold.addresses, hits[:k])) for k in (1, 5, 10)}
        if searched
        else None,
        reciprocal_rank=_reciprocal_rank(gold.addresses, hits) if searched else None,
        citation_recall=_share(gold.addresses, cited) if searched else None,
        citation_precision=_precision(gold.addresses, cited) if searched else None,
        citation_exact=float(set(cited) == set(gold.addresses)) if searched else None,
        facts=_facts(gold, answer.text) if gold.facts else None,
        forbidden=sum(squeeze(figure) in squeeze(_stated(answer)) for figure in gold.forbid),
        quotes_verbatim=all(
            squeeze(c.quote) in squeeze(sources.get(c.address, "")) for c in answer.citations
        ),
        unsupported_figures=_unsupported(answer, sources),
        took_ms=answer.took_ms,
    )


def failed(gold: GoldQuestion, error: str) -> Outcome:
    """The outcome of a question that ended in an error: zero, never absent."""
    searched = bool(gold.addresses)
    zero = 0.0 if searched else None
    return Outcome(
        gold.id, gold.type, gold.status, "error",
        {1: 0.0, 5: 0.0, 10: 0.0} if searched else None, zero, zero, zero, zero,
        0.0 if gold.facts else None, 0, False, (), 0.0, error,
    )  # fmt: skip


def summarise(outcomes: Sequence[Outcome]) -> dict[str, float | int]:
    """Return the measures of a run, each the mean over the questions it applies to."""
    answerable = [o for o in outcomes if o.expected != _UNANSWERABLE]
    unanswerable = [o for o in outcomes if o.expected == _UNANSWERABLE]
    narrow = [o for o in outcomes if o.type in ("single_fact", "sub_item")]
    found = [o.recall_at for o in outcomes if o.recall_at is not None]
    times = sorted(o.took_ms for o in outcomes)
    return {
        "questions": len(outcomes),
        **{f"recall@{k}": _mean([recall[k] for recall in found]) for k in (1, 5, 10)},
        "mrr": _mean([o.reciprocal_rank for o in outcomes]),
        "citation_recall": _mean([o.citation_recall for o in outcomes]),
        "citation_precision": _mean([o.citation_precision for o in outcomes]),
        "citation_exact": _mean([o.citation_exact for o in outcomes]),
        "fact_accuracy": _mean([o.facts for o in outcomes]),
        "fact_accuracy_narrow": _mean([o.facts for o in narrow]),
        "status_accuracy": _mean([float(o.status == o.expected) for o in outcomes]),
        "right_refusals": _mean([float(o.status == "refused") for o in unanswerable]),
        "false_refusals": _mean([float(o.status == "refused") for o in answerable]),
        "quotes_verbatim": _mean([float(o.quotes_verbatim) for o in outcomes]),
        "answers_with_unsupported_figures": sum(bool(o.unsupported_figures) for o in outcomes),
        "answers_with_forbidden_figures": sum(o.forbidden > 0 for o in outcomes),
        "errors": sum(o.error is not None for o in outcomes),
        "p50_ms": times[len(times) // 2] if times else 0.0,
        "p95_ms": times[int(len(times) * 0.95)] if times else 0.0,
    }


def _mean(values: Sequence[float | None]) -> float:
    present = [value for value in values if value is not None]
    return round(sum(present) / len(present), 4) if present else 0.0


def _all_found(expected: Sequence[Address], got: Sequence[Address]) -> bool:
    return all(any(address.contains(g) for g in got) for address in expected)


def _share(expected: Sequence[Address], got: Sequence[Address]) -> float:
    return sum(any(a.contains(g) for g in got) for a in expected) / len(expected)


def _precision(expected: Sequence[Address], cited: Sequence[Address]) -> float:
    if not cited:
        return 0.0
    return sum(any(a.contains(c) for a in expected) for c in cited) / len(cited)


def _reciprocal_rank(expected: Sequence[Address], hits: Sequence[Address]) -> float:
    for rank, hit in enumerate(hits, 1):
        if any(address.contains(hit) for address in expected):
            return 1 / rank
    return 0.0


def _facts(gold: GoldQuestion, text: str) -> float:
    said = squeeze(text)
    stated = [any(squeeze(spelling) in said for spelling in fact) for fact in gold.facts]
    return sum(stated) / len(stated)


def _stated(answer: Answer) -> str:
    return "\n".join(text for text, _ in answer.claims)


def _unsupported(answer: Answer, sources: Mapping[Address, str]) -> tuple[str, ...]:
    """Figures of the statements that stand in no cited clause and not in the question."""
    held = figures(answer.question)
    for citation in answer.citations:
        held |= figures(sources.get(citation.address, ""))
    return tuple(sorted(figures(_stated(answer)) - held))
