"""Measures of rankings, computed by ir-measures (trec_eval underneath).

Three levels: the clause, the article that it lies in, the document. Beside the standard
measures stands ``complete@k``: 1 where all that was expected is among the first k.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol, TypeVar

import ir_measures
from ir_measures import RR, R, Success, nDCG

from corpus.address import Address

__all__ = [
    "DEPTHS",
    "LEVELS",
    "RANKING_MEASURES",
    "Placed",
    "Ranking",
    "level_values",
    "lies_in",
    "ranking_at",
    "ranking_values",
    "trec_values",
]

#: For each rank, the expected things that the hit at that rank counts for.
Ranking = tuple[Collection[str], Sequence[Collection[str]]]

DEPTHS = (1, 3, 5, 10)
_TITLES = {
    "success@1": "首位命中",
    **{f"recall@{k}": f"前{k}召回" for k in DEPTHS},
    **{f"complete@{k}": f"前{k}找全" for k in DEPTHS},
    "mrr": "MRR",
    "ndcg@10": "nDCG@10",
}
#: Prefix of a measure's name to the name of its level.
LEVELS = {"": "条款", "article_": "条", "document_": "文件"}
#: All names of ranking measures, with their names in Chinese.
RANKING_MEASURES = {
    prefix + name: (level if prefix else "") + title
    for prefix, level in LEVELS.items()
    for name, title in _TITLES.items()
}


class Placed(Protocol):
    """Something found: of which document it is."""

    @property
    def document(self) -> str: ...


Hit = TypeVar("Hit", bound=Placed)
#: Which of the expected clauses a hit counts for.
Counts = Callable[[Hit, Collection[Address]], Collection[Address]]


def trec_values(
    qrels: Mapping[str, Mapping[str, int]],
    run: Mapping[str, Mapping[str, float]],
    depths: Sequence[int] = DEPTHS,
) -> dict[str, dict[str, float]]:
    """Return the standard measures of every judged query, 0 where nothing was found."""
    names = {
        Success @ 1: "success@1",
        **{R @ k: f"recall@{k}" for k in depths},
        RR: "mrr",
        nDCG @ 10: "ndcg@10",
    }
    values = {key: dict.fromkeys(names.values(), 0.0) for key in qrels}
    for metric in ir_measures.iter_calc(list(names), qrels, run):
        values[metric.query_id][names[metric.measure]] = float(metric.value)
    return values


def ranking_values(rankings: Mapping[str, Ranking]) -> dict[str, dict[str, float]]:
    """Return the measures of each ranking by its key; expected things must not be empty.

    A thing counts where it is first found; a hit that counts for nothing new only takes up its
    place. Where one hit counts for several things, they take places one behind the other.
    """
    qrels: dict[str, dict[str, int]] = {}
    run: dict[str, dict[str, float]] = {}
    for key, (expected, hits) in rankings.items():
        qrels[key] = dict.fromkeys(expected, 1)
        places = _places(expected, hits)
        run[key] = {name: 1.0 - row / (len(places) + 1) for row, name in enumerate(places)}
    values = trec_values(qrels, run)
    for key, (expected, hits) in rankings.items():
        values[key] |= _complete(expected, hits)
    return values


def level_values(
    asked: Mapping[str, tuple[Sequence[Address], Sequence[Hit]]], counts: Counts[Hit]
) -> dict[str, dict[str, float]]:
    """Measure expected clauses and hits at every level, by key; the level goes before the name."""
    values: dict[str, dict[str, float]] = {key: {} for key in asked}
    for level in LEVELS:
        rankings = {
            key: ranking_at(level, expected, hits, counts)
            for key, (expected, hits) in asked.items()
        }
        for key, measured in ranking_values(rankings).items():
            values[key] |= {level + name: value for name, value in measured.items()}
    return values


def ranking_at(
    level: str, expected: Sequence[Address], hits: Sequence[Hit], counts: Counts[Hit]
) -> Ranking:
    """Return what each hit counts for, at a level of LEVELS."""
    if level == "document_":
        documents = {a.document for a in expected}
        return documents, [{hit.document} & documents for hit in hits]
    wanted = set(expected)
    if level == "article_":
        wanted = {Address(a.document, a.path.article) for a in expected}
    return {str(a) for a in wanted}, [{str(a) for a in counts(hit, wanted)} for hit in hits]


def lies_in(hit: Address, expected: Collection[Address]) -> set[Address]:
    """The expected clauses that a clause is, or lies beneath."""
    return {address for address in expected if address.contains(hit)}


def _places(expected: Collection[str], hits: Sequence[Collection[str]]) -> list[str]:
    places: list[str] = []
    for rank, counts in enumerate(hits):
        fresh = sorted(set(counts) & set(expected) - set(places))
        places += fresh or [f"# {rank}"]
    return places


def _complete(expected: Collection[str], hits: Sequence[Collection[str]]) -> dict[str, float]:
    values = {}
    for k in DEPTHS:
        got = {name for counts in hits[:k] for name in counts}
        values[f"complete@{k}"] = float(set(expected) <= got)
    return values
