"""Fit the refusal model: ``python -m eval.training.refusal [FOLDER…]``.

Learns from questions of which is known whether a corpus answers them: those in calibration/, apart
from the gold questions, those on the invented documents, as one set, everyday ones on those from which
the encoder has not learned, and those of the BEIR folders given. Of the last two each is asked once
as it is and once with what answers it taken out of the search: nothing is nearer to an answer than
what stands beside it. Logistic regression with a ridge penalty, by Newton's method; every set, and of each both
kinds, count alike. Prints how well questions are judged by weights fitted without them
(``held_out``) and without their whole set (``other_sets``), and writes retriever/confidence.json.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.address import Address
from eval.external.detect import beir_set
from eval.sets import bundled_sets
from eval.training.invented import invented
from eval.variant import DEFAULT
from indexer.clause_index import ClauseIndex
from retriever.confidence import WEIGHTS_FILE, features
from retriever.query import Query, Retrieval
from server.assistant import Assistant
from server.console import Bar, print_json
from server.settings import Settings

__all__ = ["Judged", "fit", "main"]

Array = NDArray[np.float64]
_RIDGE = 1.0
_FOLDS = 10
#: Questions taken of a BEIR folder.
_MOST = 300
#: Passages as near as this to an expected one say the same.
_SAME = 0.975
#: Clauses found of which those that answer are taken out; the others must still be enough.
_DEEP = 40
#: An answer is found where one of the first is one.
_LOOKED_AT = 5
#: Clauses as near as this to one that answers may answer too: the older text, the district's.
_ALIKE = 0.93
#: Of the questions with an answer, how many may be refused when the others are counted.
_FALSE = 0.02


@dataclass(frozen=True, slots=True)
class Judged:
    """The questions of one set: features of shape (questions, features), whether each has an
    answer, and whether it is a near miss."""

    features: Array
    answerable: NDArray[np.bool_]
    near: NDArray[np.bool_]

    def part(self, kept: NDArray[np.bool_]) -> Judged:
        """Return some of the questions."""
        return Judged(self.features[kept], self.answerable[kept], self.near[kept])


def fit(sets: Sequence[Judged]) -> Array:
    """Return bias and weights of a logistic regression on raw features, shape (1 + features,)."""
    values = np.concatenate([s.features for s in sets])
    labels = np.concatenate([s.answerable for s in sets]).astype(float)
    # How many of each kind were written is no fact about users.
    balance = np.concatenate(
        [np.where(s.answerable, 0.5 / s.answerable.mean(), 0.5 / (~s.answerable).mean()) / len(s.near) for s in sets]
    ) * (len(labels) / len(sets))  # fmt: skip
    mean, scale = values.mean(0), values.std(0) + 1e-9
    rows = np.column_stack([np.ones(len(values)), (values - mean) / scale])
    penalty = _RIDGE * np.diag([0.0] + [1.0] * values.shape[1])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (balance * (chance - labels)) + penalty @ weights
        curvature = rows.T @ (rows * (balance * chance * (1 - chance))[:, None]) + penalty
        weights -= np.linalg.solve(curvature, gradient)
    raw = weights[1:] / scale
    return np.concatenate([[weights[0] - raw @ mean], raw])


def main(folders: Sequence[str]) -> None:
    """Fit, check and write the weights."""
    names: list[str] = []
    sets: dict[str, Judged] = {}
    for path in sorted((Path(__file__).parent / "calibration").glob("*.jsonl")):
        sets[path.stem] = _of_calibration(path, names)
    sets["invented"], sets["everyday"] = _of_invented(names)
    for folder in folders:
        sets[Path(folder).name] = _of_beir(Path(folder), names)
    weights = fit(list(sets.values()))
    model = {
        "bias": round(float(weights[0]), 4),
        "weights": {n: round(float(w), 4) for n, w in zip(names, weights[1:], strict=True)},
        "questions": {name: len(judged.near) for name, judged in sets.items()},
        "held_out": {n: _measured(s, chance) for (n, s), chance in zip(sets.items(), _held_out(sets), strict=True)},
        "other_sets": {n: _measured(s, _chance(s, fit([o for m, o in sets.items() if m != n]))) for n, s in sets.items()},
    }  # fmt: skip
    WEIGHTS_FILE.write_text(json.dumps(model, indent=1) + "\n", "utf-8")
    print_json(model)


def _held_out(sets: Mapping[str, Judged]) -> list[Array]:
    """The chances of all questions, each by weights fitted on other questions of all sets."""
    random = np.random.default_rng(0)
    folds = [random.integers(0, _FOLDS, len(judged.near)) for judged in sets.values()]
    chances = [np.zeros(len(judged.near)) for judged in sets.values()]
    for fold in range(_FOLDS):
        kept = [j.part(own != fold) for j, own in zip(sets.values(), folds, strict=True)]
        weights = fit(kept)
        for judged, own, chance in zip(sets.values(), folds, chances, strict=True):
            chance[own == fold] = _chance(judged, weights)[own == fold]
    return chances


def _chance(judged: Judged, weights: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-(weights[0] + judged.features @ weights[1:]))))


def _measured(judged: Judged, chance: Array) -> dict[str, float]:
    """How well the chances part the questions, and what share is refused at few false refusals."""
    right, wrong = chance[judged.answerable], chance[~judged.answerable]
    floor = np.quantile(right, _FALSE)
    return {
        "auc": _auc(right, wrong),
        "auc_near_misses": _auc(right, chance[judged.near]),
        "right_refusals_at_2_percent_false": round(float((wrong < floor).mean()), 4),
        "right_refusals_at_half": round(float((wrong < 0.5).mean()), 4),
        "false_refusals_at_half": round(float((right < 0.5).mean()), 4),
    }


def _auc(above: Array, below: Array) -> float:
    """The chance that an answerable question scores above an unanswerable one."""
    wins = (above[:, None] > below[None]).mean() + 0.5 * (above[:, None] == below[None]).mean()
    return round(float(wins), 4)


def _of_calibration(path: Path, names: list[str]) -> Judged:
    """The questions of a calibration file, asked of the corpus of the set of its name."""
    assistant = bundled_sets()[path.stem].open(Settings(), DEFAULT)
    asked = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    progress = Bar()
    rows = []
    for done, question in enumerate(asked, 1):
        found = assistant.retrieve(Query(question["question"], date.today()))
        rows.append(_row(found, assistant, names))
        progress(path.stem, done, len(asked))
    answerable = np.array([question["answerable"] for question in asked], bool)
    near = np.array([question["kind"].startswith("near") for question in asked], bool)
    return Judged(np.array(rows), answerable, near)


def _of_invented(names: list[str]) -> tuple[Judged, Judged]:
    """The questions on invented documents, and of the everyday ones each with and without answer.

    What a clause leaves open has an answer: that clause.
    """
    rows, asked, progress = [], [], Bar()
    pairs: list[tuple[list[float], bool]] = []
    for name, assistant, questions in invented():
        for done, question in enumerate(questions, 1):
            query = Query(assistant.read(question.text, question.earlier), date.today())
            if question.kind == "everyday":
                deep = assistant.retrieve(replace(query, k=_DEEP))
                parted = _parted(deep, query.k, question.addresses, assistant.index)
                pairs += [(_row(found, assistant, names), held) for found, held in parted]
            else:
                rows.append(_row(assistant.retrieve(query), assistant, names))
                asked.append(question)
            progress(name, done, len(questions))
    answerable = np.array([bool(question.addresses) for question in asked], bool)
    near = np.array([question.kind == "near-miss" for question in asked], bool) & ~answerable
    held = np.array([held for _, held in pairs], bool)
    everyday = Judged(np.array([row for row, _ in pairs]), held, ~held)
    return Judged(np.array(rows), answerable, near), everyday


def _parted(
    retrieval: Retrieval, most: int, expected: Sequence[Address], index: ClauseIndex
) -> Iterator[tuple[Retrieval, bool]]:
    """The ``most`` clauses found, if they hold an answer, and those beside its answers: without the
    articles that hold one, and clauses of other texts that say about the same."""
    first = retrieval.hits[:_LOOKED_AT]
    if any(wanted.contains(hit.passage.address) for wanted in expected for hit in first):
        yield replace(retrieval, hits=retrieval.hits[:most]), True
    vectors = np.asarray(index.clauses.vectors, np.float32)
    rows = [r for r, p in enumerate(index.passages) if any(w.contains(p.address) for w in expected)]
    if not rows:
        return
    alike = np.max(vectors[rows] @ vectors.T, axis=0) > _ALIKE
    articles = {index.articles[row] for row in rows}
    left = [
        hit
        for hit in retrieval.hits
        if (row := index.passages.row(hit.passage.address)) is not None
        and not alike[row]
        and index.articles[row] not in articles
    ]
    if left:
        yield replace(retrieval, hits=tuple(left[:most])), False


def _of_beir(folder: Path, names: list[str]) -> Judged:
    """Questions whose answer is found, and the same with all that answers them out of reach."""
    assistant, questions, _ = beir_set(folder).open(Settings(), DEFAULT)
    taken = np.random.default_rng(0).permutation(len(questions))[:_MOST]
    progress = Bar()
    rows, answerable = [], []
    for done, number in enumerate(taken, 1):
        question = questions[number]
        for retrieval, held in _with_and_without(assistant, question.text, question.expected):
            rows.append(_row(retrieval, assistant, names))
            answerable.append(held)
        progress(folder.name, done, len(taken))
    labels = np.array(answerable, bool)
    return Judged(np.array(rows), labels, ~labels)


def _with_and_without(
    assistant: Assistant, text: str, expected: Sequence[str]
) -> Iterator[tuple[Retrieval, bool]]:
    """What a question finds, if that holds an answer, and what it finds beside its answers."""
    index = assistant.index
    query = Query(text, date.today())
    retrieval = assistant.retrieve(query)
    if any(hit.passage.address.document in expected for hit in retrieval.hits[:5]):
        yield retrieval, True
    rows = [int(index.passages.first[index.passages.numbers[name]]) for name in expected]
    vectors = np.asarray(index.clauses.vectors, np.float32)
    same = np.max(vectors[rows] @ vectors.T, axis=0) > _SAME
    others = frozenset(
        document.id
        for document, out in zip(index.documents, same, strict=True)
        if not out and document.id not in expected
    )
    yield assistant.retrieve(Query(text, date.today(), documents=others)), False


def _row(retrieval: Retrieval, assistant: Assistant, names: list[str]) -> list[float]:
    values = features(retrieval, assistant.retriever)
    names[:] = list(values)
    return list(values.values())


if __name__ == "__main__":
    main(sys.argv[1:])
