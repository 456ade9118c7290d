"""How likely the corpus holds the answer: a few signals of a retrieval, one number.

A cosine alone separates other topics but not near misses (another city's subsidy, another
industry). What gives those away are words of the question that no clause on the matter has.
The weights are a logistic regression in confidence.json, made by ``python -m
eval.training.refusal``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import exp
from pathlib import Path

from indexer.lexical import terms
from indexer.passages import sentences
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from retriever.signals import TOLD

__all__ = ["WEIGHTS_FILE", "confidence", "features", "missing"]

#: How likely a document for one industry holds the answer for another.
_OTHER_INDUSTRY = 0.05
#: At most as likely is it where the first clauses say nothing of what is asked about: of 83
#: calibration questions of that kind 7 have an answer.
_NOTHING_HELD = 0.2
#: Longer stretches than this say no more: people tell stories too.
_LONG = 5
_FIGURE = re.compile(r"\d[\d,.]*(?:万|亿|千|百)*(?:元|块|家|个|人|名|平方米|平|天|个?月|年|%|％)?")
_SUPPORT = re.compile(r"支持|扶持|奖励|补贴|补助|资助|标准|比例|金额|奖|补|贴(?!息)|领")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z]{2,}")
WEIGHTS_FILE = Path(__file__).parent / "confidence.json"


@dataclass(frozen=True, slots=True)
class _Model:
    bias: float
    weights: dict[str, float]


def features(retrieval: Retrieval, retriever: Retriever) -> dict[str, float]:
    """Return what tells whether a retrieval found an answer.

    Shares and leads, not sizes: a cosine or a BM25 score means another thing in another corpus.
    """
    hits, understood = retrieval.hits, retrieval.understanding
    first, lexical = hits[0].signals, retriever.index.lexical
    # Figures are of the asker's own case; no clause need hold them.
    # What an abbreviation was written out to is one of several definitions that clauses may have.
    matter_text = _FIGURE.sub(" ", retriever.vocabulary.matter(_BRACKETS.sub(" ", understood.text)))
    matter = terms(matter_text)
    unique = list(dict.fromkeys(matter))
    rarity = lexical.rarity(unique)
    unknown = sum(not lexical.frequency(term) for term in unique)
    cosines = sorted((hit.signals.get("near", 0.0) for hit in hits), reverse=True)
    pieces = (piece for hit in hits[:3] for piece in sentences(hit.passage.text))
    best = max(hit.signals.get("bm25", 0.0) for hit in hits)
    same = [h for h in hits if h.passage.address.document == hits[0].passage.address.document]
    asked = [name for name in TOLD if any(hit.signals.get(name) for hit in hits)]
    return {
        "near": cosines[0],
        "near_lead": _lead(cosines),
        "sentence": max(hit.signals.get("sentence", 0.0) for hit in hits),
        "score_lead": _lead([hit.score for hit in hits]),
        "next_lead": hits[0].score - hits[min(1, len(hits) - 1)].score,
        "coverage": first.get("coverage", 0.0),
        "own_coverage": max(hit.signals.get("own", 0.0) for hit in hits[:3]),
        "sentence_coverage": max((retriever.coverage(matter, p) for p in pieces), default=0.0),
        "lexical": best / (float(rarity.sum()) or 1.0),
        "unknown_terms": unknown / max(1, len(unique)),
        "same_document": len(same) / len(hits),
        "longest_unheld": _longest_unheld(matter_text, hits[:3]),
        "of_the_day": _of_the_day(retrieval, retriever),
        "untold": sum(not first.get(name) for name in asked) / max(1, len(asked)),
        "missing_places": float(bool(missing(understood.foreign, retrieval, retriever))),
        "missing_subjects": float(bool(missing(understood.subjects, retrieval, retriever))),
        "unknown_documents": float(bool(understood.unknown_documents)),
        "names_document": float(bool(understood.documents or understood.addresses)),
        "names_area": float(bool(understood.areas)),
    }


def missing(words: Sequence[str], retrieval: Retrieval, retriever: Retriever) -> list[str]:
    """Return those of the words that none of the first clauses speaks of."""
    found = "\n".join(hit.passage.whole for hit in retrieval.hits[:3])
    held = retriever.vocabulary.spoken_of(found)
    meanings = retriever.vocabulary.written_out
    # 护士 are 医务人员.
    return [
        word
        for word in words
        if word not in held and not any(part in held for part in meanings.get(word, "").split())
    ]


def confidence(retrieval: Retrieval, retriever: Retriever) -> float:
    """Return the probability, 0 to 1, that the hits hold the answer."""
    text = retrieval.understanding.text
    if not retrieval.hits or len(re.findall(r"\w", text)) < 2:
        return 0.0
    if _is_of_another_industry(retrieval, retriever):
        return _OTHER_INDUSTRY
    model = _model()
    values = features(retrieval, retriever)
    score = model.bias + sum(weight * values[name] for name, weight in model.weights.items())
    likely = 1 / (1 + exp(-max(-60.0, min(60.0, score))))
    return min(likely, _NOTHING_HELD) if _is_of_nothing_held(retrieval, retriever) else likely


def _is_of_another_industry(retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether the question names an industry of which the document found says nothing anywhere."""
    industries, asked = retriever.vocabulary.industries, retrieval.query.text
    subjects = retrieval.understanding.subjects
    # In the asker's own words: 双通道药店 is written out with 零售.
    named = [word for word in subjects if word in industries and word in asked]
    if not missing(named, retrieval, retriever):
        return False
    reading, _ = retriever.index.clause(retrieval.hits[0].passage.address)
    whole = "\n".join(
        [reading.document.title, *(clause.text for clause in reading.outline.clauses)]
    )
    return any(word not in whole for word in named)


@lru_cache(maxsize=1)
def _model() -> _Model:
    values = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    return _Model(values["bias"], values["weights"])


def _longest_unheld(text: str, hits: Sequence[Hit]) -> float:
    """Characters of the longest stretch of a text of which the clauses say no two neighbours.

    A thing that they do not know (动力电池) is longer than what is only put otherwise. A word in
    Latin letters (FDA) is a thing by itself.
    """
    whole = "\n".join(hit.passage.whole for hit in hits)
    if any(word.casefold() not in whole.casefold() for word in _LATIN.findall(text)):
        return float(_LONG)
    held = set(terms(whole))
    longest = 0
    for run in _HAN.findall(text):
        place = 0
        for known, pairs in groupby(run[i : i + 2] in held for i in range(len(run) - 1)):
            count = len(list(pairs))
            if not known:
                # A character beside a known pair is known too.
                first, last = place == 0, place + count == len(run) - 1
                longest = max(longest, count - 1 + first + last)
            place += count
    return float(min(longest, _LONG))


def _is_of_nothing_held(retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether the clauses say nothing of what is asked about, words for support and places aside.

    有没有对专利的资助 is of 专利; many clauses hold the rest. What stands in a document that is
    named may be put otherwise there.
    """
    understood = retrieval.understanding
    matter = _FIGURE.sub(" ", retriever.vocabulary.matter(understood.text))
    subject = terms(_SUPPORT.sub(" ", retriever.without_areas(matter, understood.areas)))
    if not subject or understood.documents or understood.addresses:
        return False
    hits = retrieval.hits[:3]
    return not any(retriever.coverage(subject, hit.passage.whole) for hit in hits)


def _of_the_day(retrieval: Retrieval, retriever: Retriever) -> float:
    """How many words ask for what policies do not hold, and these clauses do not: up to two."""
    # In the asker's own words: what is written out for a search (到账: 兑现) is another thing.
    asked = retrieval.query.text
    found = "\n".join(hit.passage.whole for hit in retrieval.hits[:3])
    words = (word for word in retriever.vocabulary.of_the_day if word in asked)
    return float(min(2, sum(word not in found for word in words)))


def _lead(scores: list[float]) -> float:
    """How far the best of descending scores stands above the others' mean."""
    rest = scores[1:]
    return scores[0] - sum(rest) / len(rest) if rest else 0.0
