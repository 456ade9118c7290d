"""How likely the corpus holds the answer: a few signals of a retrieval, one number.

A cosine alone separates other topics but not near misses (another city's subsidy, another
industry). What gives those away are words of the question that no clause on the matter has.
The weights are a logistic regression in confidence.json, made by ``python -m
eval.training.refusal``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path

from indexer.lexical import terms
from indexer.passages import sentences
from retriever.elsewhere import is_known_elsewhere, only_the_country_holds
from retriever.missing import (
    LOOKED_AT,
    found_text,
    is_beside_the_matter,
    is_named,
    missing,
    missing_subjects,
    missing_things,
)
from retriever.parts import asking_parts
from retriever.query import Retrieval
from retriever.retriever import Retriever
from retriever.signals import TOLD
from retriever.unheld import (
    longest_unheld,
    names_money,
    names_unheld_latin,
    names_unheld_payment,
    without_having,
)

__all__ = ["WEIGHTS_FILE", "confidence", "features"]

#: How likely a document for one industry holds the answer for another.
_OTHER_INDUSTRY = 0.05
#: At most as likely is it where a thing is named of which the first clauses do not speak: of 262
#: development questions that name a subject or a thing of that kind 19 have an answer.
_OTHER_MATTER = 0.07
#: At most as likely is it where the first clauses say nothing of what is asked about: of 83
#: calibration questions of that kind 7 have an answer.
_NOTHING_HELD = 0.2
#: …unless the other signs make it likelier than this, as they do for none of those without one.
_LIKELY = 0.57
#: An answer must be twice as likely where money is asked about for something of which the whole
#: document says nothing: what it does say of money is then on another thing.
_OTHER_MONEY = 0.5
#: Clauses that hold less than this of the question are hardly on it.
_HARDLY = 0.1
_FIGURE = re.compile(
    r"\d[\d,.]*(?:万|亿|千|百)*(?:元|块|家|个|人|名|平方米|平|天|个?月|年|%|％)?"
    r"|[一二两三四五六七八九十百千]{1,6}[几多来余]?个?[万亿][多余]?(?!级)(?:元|块)?"
)
#: What was counted in a time that is over is no matter of a policy.
_COUNTED = re.compile(
    r"(?:去年|前年|旧年|上个?月|上个?季度|上半年|迄今|截至)[^\d]{0,12}?(?:一共|总共|累计|全年|全市|全区)[^\d]{0,16}?(?:多少|几)"
)
_SUPPORT = re.compile(r"支持|扶持|奖励|补贴|补助|资助|标准|比例|金额|奖|补|贴(?!息)|领")
#: Brackets, and tags of HTML.
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]|<[^<>]*>")
_OWN_COST = re.compile(
    rf"[\u4e00-\u9fff]{{0,4}}(?:费用?|工资)(?:是|为|有|共|约|花了?)?(?:{_FIGURE.pattern})"
)
_BEFORE_MONEY = re.compile(r"的(?=奖|补|津贴|资助|费)")
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
    first = hits[0].signals
    cosines = sorted((hit.signals.get("near", 0.0) for hit in hits), reverse=True)
    same = [h for h in hits if h.passage.address.document == hits[0].passage.address.document]
    asked = [name for name in TOLD if any(hit.signals.get(name) for hit in hits)]
    return {
        "near": cosines[0],
        "near_lead": _lead(cosines),
        "sentence": max(hit.signals.get("sentence", 0.0) for hit in hits),
        "score_lead": _lead([hit.score for hit in hits]),
        "next_lead": hits[0].score - hits[min(1, len(hits) - 1)].score,
        **_words(retrieval, retriever),
        "same_document": len(same) / len(hits),
        "of_the_day": _of_the_day(retrieval, retriever),
        "untold": sum(not first.get(name) for name in asked) / max(1, len(asked)),
        "missing_places": float(bool(missing(understood.foreign, retrieval, retriever))),
        "missing_subjects": float(bool(missing_subjects(retrieval, retriever))),
        "unknown_documents": float(bool(understood.unknown_documents)),
        "names_document": float(bool(understood.documents or understood.addresses)),
        "names_area": float(bool(understood.areas)),
    }


def _words(retrieval: Retrieval, retriever: Retriever) -> dict[str, float]:
    """What of the question's words the clauses hold, and what they know nothing of."""
    looked_at = [hit.passage for hit in retrieval.hits[:LOOKED_AT]]
    found, lexical = found_text(retrieval), retriever.index.lexical
    text = _matter(retrieval, retriever)
    matter = terms(text)
    unique = list(dict.fromkeys(matter))
    unknown = sum(not lexical.frequency(term) for term in unique)
    best = max(hit.signals.get("bm25", 0.0) for hit in retrieval.hits)
    pieces = (piece for passage in looked_at for piece in sentences(passage.text))
    return {
        "coverage": retriever.coverage(matter, looked_at[0].whole),
        "own_coverage": max(retriever.coverage(matter, p.text) for p in looked_at),
        "sentence_coverage": max((retriever.coverage(matter, p) for p in pieces), default=0.0),
        "lexical": best / (float(lexical.rarity(unique).sum()) or 1.0),
        "unknown_terms": unknown / max(1, len(unique)),
        "longest_unheld": longest_unheld(text, found),
        "unheld_latin": float(names_unheld_latin(text, found, retriever.vocabulary.called)),
        "unheld_payment": float(names_unheld_payment(_here(retrieval, retriever), found)),
    }


def _here(retrieval: Retrieval, retriever: Retriever) -> str:
    """What the question asks money for, without the places, 买房的补贴 written as 买房补贴.

    Of a story what asks, where that names money itself; a cost with its figure (合规费用12000) is
    of the asker's own case.
    """
    text = retrieval.understanding.text
    asked = "，".join(asking_parts(text))
    text = _OWN_COST.sub(" ", asked if names_money(asked) else text)
    text = _BEFORE_MONEY.sub("", without_having(text))
    return retriever.without_areas(
        _matter(retrieval, retriever, text), retrieval.understanding.areas
    )


def _matter(retrieval: Retrieval, retriever: Retriever, asked: str = "") -> str:
    """What the question is on: without words that only ask and figures of the asker's own case.

    Of names side by side those count that the clauses use; what an abbreviation was written out to
    in brackets is one of several definitions that clauses may have. ``asked`` is what of the
    question is looked at; all of it, if empty.
    """
    vocabulary = retriever.vocabulary
    text = _BRACKETS.sub(" ", asked or retrieval.understanding.text)
    return _FIGURE.sub(" ", vocabulary.matter(vocabulary.told(text, found_text(retrieval))))


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
    if values["unheld_payment"] and _is_of_other_money(retrieval, retriever):
        likely *= _OTHER_MONEY
    national = only_the_country_holds(retrieval, retriever)
    hardly = national or values["own_coverage"] < _HARDLY
    elsewhere = hardly and is_known_elsewhere(retrieval, retriever)
    # A thing that is missing is a missing subject as well: most questions are not read again.
    if values["missing_subjects"] and missing_things(retrieval, retriever, found_text(retrieval)):
        return min(likely, _OTHER_MATTER)
    nothing = elsewhere or _is_of_nothing_held(retrieval, retriever)
    # Of one side of a question the other one may hold what this one says nothing of.
    least = _LIKELY if retrieval.query.sides and not national else 1.0
    return min(likely, _NOTHING_HELD) if nothing and likely < least else likely


def _is_of_another_industry(retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether the question names an industry of which the document found says nothing anywhere."""
    industries, asked = retriever.vocabulary.industries, retrieval.query.text
    subjects = retrieval.understanding.subjects
    # In the asker's own words: 双通道药店 is written out with 零售.
    named = [
        word
        for word in subjects
        if word in industries
        and word in asked
        and not is_beside_the_matter(word, retrieval, retriever)
    ]
    if not missing(named, retrieval, retriever):
        return False
    whole, called = _document(retrieval, retriever), retriever.vocabulary.called
    return any(not is_named(called(word), whole) for word in named)


def _is_of_other_money(retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether neither the document found nor any clause found speaks of what money is for."""
    held = "\n".join(_spoken_of(retrieval, retriever))
    return names_unheld_payment(_here(retrieval, retriever), held)


def _spoken_of(retrieval: Retrieval, retriever: Retriever) -> list[str]:
    """All that was found: the whole document of the first clause, and every clause."""
    return [_document(retrieval, retriever), *(hit.passage.whole for hit in retrieval.hits)]


def _document(retrieval: Retrieval, retriever: Retriever) -> str:
    """The whole document of the first clause."""
    return retriever.text_of(retrieval.hits[0].passage.address.document)


@lru_cache(maxsize=1)
def _model() -> _Model:
    values = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    return _Model(values["bias"], values["weights"])


def _is_of_nothing_held(retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether the clauses say nothing of what is asked about, words for support and places aside.

    有没有对专利的资助 is of 专利; many clauses hold the rest. What stands in a document that is
    named may be put otherwise there.
    """
    understood = retrieval.understanding
    matter = retriever.without_areas(_matter(retrieval, retriever), understood.areas)
    subject = terms(_SUPPORT.sub(" ", matter))
    if not subject or understood.documents or understood.addresses:
        return False
    named = understood.subjects
    if named and len(missing(named, retrieval, retriever)) < len(named):
        # 户口 is held by 户籍.
        return False
    hits = retrieval.hits[:LOOKED_AT]
    return not any(retriever.coverage(subject, hit.passage.whole) for hit in hits)


def _of_the_day(retrieval: Retrieval, retriever: Retriever) -> float:
    """How many words ask for what policies do not hold, and these clauses do not: up to two."""
    # In the asker's own words: what is written out for a search (到账: 兑现) is another thing.
    asked, found = " ".join(asking_parts(retrieval.query.text)), found_text(retrieval)
    vocabulary = retriever.vocabulary
    words = [word for word in vocabulary.of_the_day if word in asked]
    counted = sum(not any(name in found for name in vocabulary.called(word)) for word in words)
    return float(min(2, counted + bool(_COUNTED.search(asked))))


def _lead(scores: list[float]) -> float:
    """How far the best of descending scores stands above the others' mean."""
    rest = scores[1:]
    return scores[0] - sum(rest) / len(rest) if rest else 0.0
