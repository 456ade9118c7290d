"""What speaks for a candidate: one number a signal, for all candidates of a question at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.charge import read_charge
from indexer.clause_index import ClauseIndex
from indexer.lexical import HEADING, OWN, TITLE
from indexer.traits import Trait
from indexer.vectors import Found, Rows, Scores
from retriever.lists import asks_for_list
from retriever.query import Understanding

__all__ = ["COSINES", "SIGNALS", "TOLD", "Signals", "signals_of"]

#: Signals by name, each of shape (candidates,).
Signals = dict[str, NDArray[np.float64]]
#: What a question asks for, and the trait of passages that can tell it.
_ASKED = {
    "amount": (
        Trait.AMOUNT,
        re.compile(r"多少|几[万块元成]|好多|补贴|奖励|赔|罚|额度|标准|比例|百分|费|钱|价"),
    ),
    "number": (Trait.NUMBER, re.compile(r"多少|几|多久|好多|多[长大高远]|比例|年限")),
    "actor": (Trait.ACTOR, re.compile(r"谁|哪个部门|哪里|哪儿|找哪|归哪|哪家|哪个单位|去哪|主管")),
    "term": (
        Trait.TERM,
        re.compile(
            r"有效|施行|生效|执行|到期|过期|失效|废止|作废|管用|算数|作数|年头|期限|年限|截止|起算"
            r"|还能用|管(?:[几多]|到|的)|顶替|(?:老|旧|原)(?:文件|办法|规定)"
        ),
    ),
    "time": (Trait.TIME, re.compile(r"什么时候|几时|多久|[哪几]天|哪年|几月|期限|何时|多长|时间")),
}
#: The signals of what is asked for: told by a passage, or not.
TOLD = tuple(_ASKED)
_PLACED = {"edge": Trait.EDGE, "row": Trait.ROW, "lead": Trait.LEAD}
_CHARGE = re.compile(r"牵头|挑头|领头|带头|负责|责任|主管|配合|参与")
#: A number with its unit, as terms have it; a year or a 文号 counts nothing.
_FIGURE = re.compile(r"\d[\d.]*[^\d.号]|\d{1,3}年")
_FIELDS = {"coverage": OWN | HEADING | TITLE, "own": OWN, "heading": HEADING, "title": TITLE}
#: The signals that are cosines.
COSINES = ("clause", "sentence", "article", "document")
#: Every signal that can count.
SIGNALS = (
    *COSINES, "lexical", "coverage", "own", "heading", "title",
    "figures", "named", "area", "informational", *_ASKED, "listed", "charge", *_PLACED,
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
        name: ((held & trait) > 0).astype(float) if pattern.search(understanding.text) else none
        for name, (trait, pattern) in _ASKED.items()
    }
    placed = {name: ((held & trait) > 0).astype(float) for name, trait in _PLACED.items()}
    listing = asks_for_list(understanding.text)
    return {
        "listed": ((held & Trait.LISTED) > 0).astype(float) * listing,
        "charge": _charge(rows, understanding.text, index),
        "area": np.array([float(d.area in understanding.areas) for d in documents]),
        "informational": np.array([float(d.authority == "informational") for d in documents]),
        **asked,
        **placed,
    }


def _charge(rows: Rows, text: str, index: ClauseIndex) -> NDArray[np.float64]:
    """Whether a question for what a unit is in charge of names one that a passage names as such:
    1 where it leads or only has to be responsible, ½ where it must lead and is responsible."""
    if not _CHARGE.search(text):
        return np.zeros(len(rows))
    leading = bool(re.search(r"牵头|挑头|领头|带头", text))
    told = []
    for row in rows.tolist():
        charge = read_charge(index.passages[row].text)
        leads = any(name in text for name in charge.lead)
        others = any(name in text for name in charge.responsible)
        told.append(1.0 if leads or (others and not leading) else 0.5 * others)
    return np.array(told)
