"""What speaks for a candidate: one number a signal, for all candidates of a question at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.charge import read_charge
from corpus.divisions import Division, is_of, path_of, short_name
from indexer.clause_index import ClauseIndex
from indexer.lexical import HEADING, OWN, TITLE, terms
from indexer.traits import Trait
from indexer.vectors import Found, Rows, Scores
from retriever.asked import ASKED, SETTLED, asks_for_list
from retriever.query import Understanding
from retriever.ruled import RULES
from retriever.units import asked_in
from retriever.vocabulary import bundled_vocabulary

__all__ = ["COSINES", "SIGNALS", "TOLD", "Signals", "in_charge", "signals_of"]

#: Signals by name, each of shape (candidates,).
Signals = dict[str, NDArray[np.float64]]
#: The traits of passages that can tell what a question asks for.
_TELLS = {
    "amount": Trait.AMOUNT,
    "number": Trait.NUMBER,
    "actor": Trait.ACTOR,
    "term": Trait.TERM,
    "time": Trait.TIME,
}
#: The signals of what is asked for: told by a passage, or not.
TOLD = tuple(_TELLS)
#: What a clause settles, by the trait that says so.
_SETTLES = {
    "materials": Trait.MATERIALS,
    "conditions": Trait.CONDITIONS,
    "steps": Trait.STEPS,
    "definition": Trait.DEFINITION,
    "penalty": Trait.PENALTY,
    "repaid": Trait.REPAID,
    "ended": Trait.ENDED,
}
_PLACED = {"edge": Trait.EDGE, "row": Trait.ROW, "lead": Trait.LEAD}
_CHARGE = re.compile(r"牵头|挑头|领头|带头|打头|负责|责任|主管|配合|参与")
#: A number with its unit, as terms have it; a year or a 文号 counts nothing.
_FIGURE = re.compile(r"\d[\d.]*[^\d.号]|\d{1,3}年")
_FIELDS = {"coverage": OWN | HEADING | TITLE, "own": OWN, "heading": HEADING, "title": TITLE}
#: The signals that are cosines.
COSINES = ("clause", "sentence", "article", "document")
#: Every signal that can count.
SIGNALS = (
    *COSINES, "lexical", "coverage", "own", "heading", "title",
    "figures", "named", "validity", "area", "local", "elsewhere", "informational", *_TELLS, "dated", "unit", "settles", "ruled", "listed", "charge", *_PLACED,
)  # fmt: skip
#: So many of the nearest passages stand for their document.
_NEAREST = 3


def signals_of(
    rows: Rows,
    found: Mapping[str, Found],
    cosines: tuple[Scores, Scores] | None,
    understanding: Understanding,
    matter: Sequence[str],
    index: ClauseIndex,
) -> Signals:
    """Return the signals of candidate passages.

    ``cosines`` are those of the passages as a whole and of their best sentences. Coverage is the
    share of the question's terms that a passage holds, weighted by rarity: anywhere, in its own
    words, its headings, its title. ``article`` and ``document`` are the cosines of the best
    candidates of the same article and document: what stands around an answer is near it too.
    ``near`` is the mean of the two cosines.
    """
    signals = {name: _found_at(rows, scores) for name, scores in found.items()}
    if "lexical" in signals:
        signals["bm25"] = signals["lexical"]
        signals["lexical"] = signals["lexical"] / max(1.0, signals["lexical"].max(initial=0.0))
    if cosines is not None:
        signals |= _nearness(rows, cosines, index)
    return signals | _coverage(rows, matter, index) | _facts(rows, understanding, index)


def _found_at(rows: Rows, found: Found) -> NDArray[np.float64]:
    """What a finder gave each of the rows, 0 for those that it did not find."""
    scores = np.zeros(len(rows))
    own, values = found
    if len(own):
        order = np.argsort(own)
        own, values = own[order], values[order]
        places = np.minimum(np.searchsorted(own, rows), len(own) - 1)
        held = own[places] == rows
        scores[held] = values[places[held]]
    return scores


def _nearness(rows: Rows, cosines: tuple[Scores, Scores], index: ClauseIndex) -> Signals:
    clause, sentence = (np.asarray(values, np.float64) for values in cosines)
    near = (clause + sentence) / 2
    return {
        "near": near,
        "clause": clause,
        "sentence": sentence,
        "article": _best(near, index.articles[rows], 1),
        "document": _best(near, index.passages.documents[rows], _NEAREST),
    }


def _best(scores: NDArray[np.float64], groups: NDArray[np.int32], most: int) -> NDArray[np.float64]:
    """The mean of the best few scores of each one's group."""
    order = np.lexsort((-scores, groups))
    _, first, group = np.unique(groups[order], return_index=True, return_inverse=True)
    kept = np.arange(len(order)) - first[group] < most
    sums = np.bincount(group[kept], scores[order][kept])
    means = np.empty(len(order))
    means[order] = (sums / np.bincount(group[kept]))[group]
    return means


def _coverage(rows: Rows, matter: Sequence[str], index: ClauseIndex) -> Signals:
    unique = list(dict.fromkeys(matter))
    weights = index.lexical.rarity(unique)
    weights = weights / (weights.sum() or 1.0)
    fields = index.lexical.fields(unique, rows)
    figures = np.array([bool(_FIGURE.fullmatch(term)) for term in unique], float)
    own = (fields & OWN) > 0
    return {name: weights @ ((fields & field) > 0) for name, field in _FIELDS.items()} | {
        "figures": figures @ own / max(1.0, figures.sum())
    }


def _facts(rows: Rows, understanding: Understanding, index: ClauseIndex) -> Signals:
    documents = [index.documents[number] for number in index.passages.documents[rows]]
    held = index.traits[rows]
    none = np.zeros(len(rows))
    asked = {
        name: ((held & trait) > 0).astype(float) if ASKED[name].search(understanding.text) else none
        for name, trait in _TELLS.items()
    }
    placed = {name: ((held & trait) > 0).astype(float) for name, trait in _PLACED.items()}
    listing = asks_for_list(understanding.text)
    return {
        "listed": ((held & Trait.LISTED) > 0).astype(float) * listing,
        "charge": in_charge(rows, understanding.text, index),
        "area": np.array([float(d.area in understanding.areas) for d in documents]),
        **_places(rows, understanding, index),
        "informational": np.array([float(d.authority == "informational") for d in documents]),
        **asked,
        # What says since when a text holds names others, by words that questions use of their matter.
        "dated": ((held & Trait.TERM) > 0).astype(float) * (not asked["term"].any()),
        "settles": _settles(held, understanding.text),
        "ruled": _ruled(rows, understanding.text, index),
        "unit": _in_unit(rows, understanding.text, index),
        **placed,
    }


def _settles(held: NDArray[np.uint16], question: str) -> NDArray[np.float64]:
    """Whether passages settle what a question wants settled: materials, conditions, steps …"""
    asked = [_SETTLES[name] for name, pattern in SETTLED.items() if pattern.search(question)]
    return ((held & sum(asked)) > 0).astype(float) if asked else np.zeros(len(held))


def _ruled(rows: Rows, question: str, index: ClauseIndex) -> NDArray[np.float64]:
    """Whether passages hold the rule that a question asks for: what is left out, by when to apply …"""
    told = [rule.told for rule in RULES.values() if rule.asked.search(question)]
    if not told:
        return np.zeros(len(rows))
    # An item of a list of what is left out says so in the lead above it.
    texts = (
        "\n".join((*p.context[1:], p.text)) for p in map(index.passages.__getitem__, rows.tolist())
    )
    return np.array([float(any(pattern.search(text) for pattern in told)) for text in texts])


def _in_unit(rows: Rows, question: str, index: ClauseIndex) -> NDArray[np.float64]:
    """Whether passages hold a figure in the unit that a question asks in: 几岁, 几天, 几成."""
    pattern = asked_in(question)
    if pattern is None:
        return np.zeros(len(rows))
    return np.array([float(bool(pattern.search(index.passages[r].text))) for r in rows.tolist()])


def _places(rows: Rows, understanding: Understanding, index: ClauseIndex) -> Signals:
    """Whether the document of each row is of a place named, or of one above or below it; and
    whether it is of another place and never speaks of the one named."""
    none = np.zeros(len(rows))
    if not understanding.places:
        return {"local": none, "elsewhere": none}
    numbers, at = np.unique(index.passages.documents[rows], return_inverse=True)
    paths = [path_of(index.documents[number].area) for number in numbers]
    placed = np.array([bool(path) for path in paths], bool)
    local = np.array([is_of(path, understanding.places) for path in paths], bool)
    spoken = np.zeros(len(numbers), bool)
    spoken[~local] = _speak_of(numbers[~local], understanding.places, index)
    # What is for the whole country, or of no known place, is of the one that it speaks of.
    local |= spoken & ~placed
    return {"local": local[at].astype(float), "elsewhere": (placed & ~local & ~spoken)[at] * 1.0}


def _speak_of(numbers: Rows, places: Sequence[Division], index: ClauseIndex) -> NDArray[np.bool_]:
    """Whether documents name one of some places anywhere."""
    own = index.passages.documents
    first, end = np.searchsorted(own, numbers), np.searchsorted(own, numbers, "right")
    spans = [np.arange(a, b) for a, b in zip(first, end, strict=True)]
    rows = np.concatenate([np.zeros(0, np.int64), *spans])
    held = np.zeros(len(rows), bool)
    for place in places:
        words = terms(short_name(place[-1]))
        held |= (index.lexical.fields(words, rows) > 0).all(0)
    counts = np.bincount(np.repeat(np.arange(len(numbers)), end - first), held, len(numbers))
    return counts > 0


def _names(text: str, unit: str) -> bool:
    """Whether a question names a unit, as the clause writes it or as the question was written out
    (市医保局 became 市医疗保障局), or without its level (卫健委) where no other level is said."""
    if unit in text or _in_full(unit) in text:
        return True
    own = unit[1:]
    called = "|".join(re.escape(name) for name in (own, _in_full(own)))
    return (
        unit[:1] in "市省"
        and len(own) > 2
        and bool(re.search(rf"(?<![省市区县国])(?:{called})", text))
    )


@lru_cache(maxsize=4096)
def _in_full(unit: str) -> str:
    return bundled_vocabulary().write_out(unit)


def in_charge(rows: Rows, text: str, index: ClauseIndex) -> NDArray[np.float64]:
    """Whether a question for what a unit is in charge of names one that a passage names as such:
    1 where it leads or only has to be responsible, ½ where it must lead and is responsible."""
    if not _CHARGE.search(text):
        return np.zeros(len(rows))
    leading = bool(re.search(r"牵头|挑头|领头|带头|打头", text))
    told = []
    for row in rows.tolist():
        charge = read_charge(index.passages[row].text)
        leads = any(_names(text, name) for name in charge.lead)
        others = any(_names(text, name) for name in charge.responsible)
        told.append(1.0 if leads or (others and not leading) else 0.5 * others)
    return np.array(told)
