"""How likely the corpus holds the answer: a few signals of a retrieval, one number.

A cosine alone separates other topics but not near misses (another city's subsidy, another
industry). What gives those away are words of the question that no clause on the matter has.
The weights are a logistic regression in confidence.json, made by ``python -m eval.calibrate``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from pathlib import Path

from indexer.lexical import terms
from indexer.passages import sentences
from retriever.query import Retrieval
from retriever.retriever import Retriever

__all__ = ["WEIGHTS_FILE", "confidence", "features"]

WEIGHTS_FILE = Path(__file__).parent / "confidence.json"


@dataclass(frozen=True, slots=True)
class _Model:
    bias: float
    weights: dict[str, float]


def features(retrieval: Retrieval, retriever: Retriever) -> dict[str, float]:
    """Return the signals of a retrieval that tell whether it found an answer."""
    hits, understood = retrieval.hits, retrieval.understanding
    matter = terms(retriever.vocabulary.matter(understood.text))
    unknown = sum(not retriever.index.lexical.frequency(term) for term in matter)
    count = max(1, len(matter))
    cosines = sorted((hit.signals.get("dense", 0.0) for hit in hits), reverse=True)
    bm25 = max(hit.signals.get("bm25", 0.0) for hit in hits)
    pieces = (piece for hit in hits[:3] for piece in sentences(hit.passage.text))
    return {
        "dense": cosines[0],
        "dense_lead": _lead(cosines),
        "score_lead": _lead([hit.score for hit in hits]),
        "coverage": hits[0].signals.get("coverage", 0.0),
        "sentence_coverage": max((retriever.coverage(matter, p) for p in pieces), default=0.0),
        "bm25": bm25,
        "bm25_per_term": bm25 / count,
        "unknown_terms": unknown / count,
        "length": log(1 + len(matter)),
        "names_document": float(bool(understood.documents or understood.addresses)),
        "names_area": float(bool(understood.areas)),
    }


def confidence(retrieval: Retrieval, retriever: Retriever) -> float:
    """Return the probability, 0 to 1, that the hits hold the answer."""
    text = retrieval.understanding.text
    if not retrieval.hits or len(re.findall(r"\w", text)) < 2:
        return 0.0
    model = _model()
    values = features(retrieval, retriever)
    score = model.bias + sum(weight * values[name] for name, weight in model.weights.items())
    return 1 / (1 + exp(-max(-60.0, min(60.0, score))))


@lru_cache(maxsize=1)
def _model() -> _Model:
    values = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    return _Model(values["bias"], values["weights"])


def _lead(scores: list[float]) -> float:
    """How far the best of descending scores stands above the others' mean."""
    rest = scores[1:]
    return scores[0] - sum(rest) / len(rest) if rest else 0.0
