"""The same document in two formats: its addresses and its words must be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from eval.parse_bench.result import Difference, Result, share, unlike
from eval.parse_bench.timed import Attempt
from indexer.readings import Reading
from server.checks import squeeze

__all__ = ["measure_pairs"]

#: Formats from the most told to the least: the first of a pair is what is expected.
_ORDER = ("docx", "ofd", "html", "text", "doc", "pdf")
_Pair = tuple[Attempt, Attempt]


def measure_pairs(attempts: Sequence[Attempt]) -> Result:
    """Compare all files of different formats that carry the same title."""
    pairs = list(_pairs(attempts))
    differences: list[Difference] = []
    clauses = same_places = same_texts = 0
    for one, other in pairs:
        found = list(_compare(one, other))
        differences += found
        same_places += not any(d.measure == "address" for d in found)
        same_texts += not found
        clauses += len(one.reading.outline.clauses) if one.reading else 0
    figures = {
        "pairs": len(pairs),
        "pairs_same_addresses": share(same_places, len(pairs)),
        "pairs_same_text": share(same_texts, len(pairs)),
        "pair_clauses": clauses,
        "pair_clauses_unlike": len(differences),
    }
    return Result(figures, tuple(differences))


def _pairs(attempts: Sequence[Attempt]) -> Iterator[_Pair]:
    """Yield pairs of files with one title; of files with the same bytes only the first."""
    by_title: dict[str, dict[str, Attempt]] = defaultdict(dict)
    for one in attempts:
        if one.reading:
            document = one.reading.document
            by_title[squeeze(document.title)].setdefault(document.source.sha256, one)
    for group in by_title.values():
        for pair in combinations(sorted(group.values(), key=_rank), 2):
            if pair[0].format != pair[1].format:
                yield pair


def _rank(one: Attempt) -> int:
    return _ORDER.index(one.format) if one.format in _ORDER else len(_ORDER)


def _compare(one: Attempt, other: Attempt) -> Iterator[Difference]:
    if not (one.reading and other.reading):
        return
    file = f"{one.path.name} | {other.path.name}"
    expected, found = _texts(one.reading), _texts(other.reading)
    for path, text in expected.items():
        if path not in found:
            yield Difference(file, path, "address", text[:40], None)
        elif parting := unlike(text, found[path]):
            yield Difference(file, path, "text", *parting)
    for path, text in found.items():
        if path not in expected:
            yield Difference(file, path, "address", None, text[:40])
    shared = [path for path in expected if path in found]
    if shared != [path for path in found if path in expected]:
        yield Difference(file, "", "address", "order", "another order")


def _texts(reading: Reading) -> dict[str, str]:
    return {str(c.path): squeeze((c.title or "") + c.text) for c in reading.outline}
