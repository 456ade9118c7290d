"""Measures of rankings, computed by ir-measures (trec_eval underneath).

Three levels: the clause, the article that it lies in, the document. Beside the standard
measures stands ``complete@k``: 1 where all that was expected is among the first k.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

from corpus.address import Address

__all__ = ["LEVELS", "RANKING_MEASURES", "Ranking", "address_ranking", "ranking_values"]

#: For each rank, the expected things that the hit at that rank counts for.
Ranking = tuple[Collection[str], Sequence[Collection[str]]]

_DEPTHS = (1, 3, 5, 10)
_STANDARD = {
    Success @ 1: "success@1",
    **{R @ k: f"recall@{k}" for k in _DEPTHS},
    RR: "mrr",
    nDCG @ 10: "ndcg@10",
}
_TITLES = {
    "success@1": "首位命中",
    **{f"recall@{k}": f"前{k}召回" for k in _DEPTHS},
    **{f"complete@{k}": f"前{k}找全" for k in _DEPTHS},
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
    values: dict[str, dict[str, float]] = {key: {} for key in rankings}
    for metric in ir_measures.iter_calc(list(_STANDARD), qrels, run):
        values[metric.query_id][_STANDARD[metric.measure]] = float(metric.value)
    for key, (expected, hits) in rankings.items():
        values[key] |= _complete(expected, hits)
    return values


def address_ranking(expected: Sequence[Address], hits: Sequence[Address], level: str) -> Ranking:
    """Return what each hit counts for, at a level of LEVELS."""
    if level == "document_":
        wanted = {a.document for a in expected}
        return wanted, [{hit.document} & wanted for hit in hits]
    if level == "article_":
        articles = {Address(a.document, a.path.article) for a in expected}
        return _counted(articles, hits, lambda a, hit: a.contains(hit))
    return _counted(set(expected), hits, lambda a, hit: a.contains(hit))


def _counted(
    expected: Collection[Address],
    hits: Sequence[Address],
    counts: Callable[[Address, Address], bool],
) -> Ranking:
    names = {str(a): a for a in expected}
    return set(names), [{n for n, a in names.items() if counts(a, hit)} for hit in hits]


def _places(expected: Collection[str], hits: Sequence[Collection[str]]) -> list[str]:
    places: list[str] = []
    for rank, counts in enumerate(hits):
        fresh = sorted(set(counts) & set(expected) - set(places))
        places += fresh or [f"# {rank}"]
    return places


def _complete(expected: Collection[str], hits: Sequence[Collection[str]]) -> dict[str, float]:
    values = {}
    for k in _DEPTHS:
        got = {name for counts in hits[:k] for name in counts}
        values[f"complete@{k}"] = float(set(expected) <= got)
    return values
