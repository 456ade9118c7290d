"""Learn the weights of the ranking: ``python -m eval.training.ranking [FOLDER…]``.

Asks the development sets, the invented documents and the BEIR folders given for the candidates of
each question and their signals, and finds the weights that make the expected clauses likelier than
the others (a listwise softmax loss; of an article that is expected whole, any clause will do).
Every set counts alike. Prints how well each question is ranked by weights learned without it
(``held_out``) and without its whole set (``other_sets``), and writes retriever/ranking.json.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import eq
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.external.detect import beir_set
from eval.gold import load_gold
from eval.sets import default_sets
from eval.training.invented import Question, everyday, invented
from eval.variant import DEFAULT
from retriever.fusion import WEIGHTS_FILE
from retriever.query import Query
from retriever.signals import COSINES, SIGNALS
from server.assistant import Assistant
from server.console import Bar, print_json
from server.settings import Settings

__all__ = ["Asked", "learn", "main"]

Array = NDArray[np.float64]
#: An address, or the name of a document.
_Named = TypeVar("_Named")
#: What a question names is meant, whatever was learned: these weights are not.
_GIVEN = {"named": 1.0, "local": 0.02, "elsewhere": -0.05}
_LEARNED = tuple(name for name in SIGNALS if name not in _GIVEN)
_RIDGE = 0.03
#: What the cosines weigh together: with the adapter they lie a quarter further apart than the plain
#: model's, for which the margins of those who choose among hits were set.
_TOGETHER = 0.8
_FOLDS = 5
#: Questions taken of a set: more of one kind teach nothing new and cost time.
_MOST = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """The candidates of one question: signals of shape (candidates, signals), and for each clause
    that is expected the places of the candidates that are it or of it, none where it was not found.
    """

    signals: Array
    wanted: tuple[NDArray[np.intp], ...]

    @property
    def expected(self) -> NDArray[np.bool_]:
        """Which candidates are expected."""
        held = np.zeros(len(self.signals), bool)
        for places in self.wanted:
            held[places] = True
        return held


def learn(sets: Sequence[Sequence[Asked]], scale: Array) -> Array:
    """Return the weights, one a signal, for signals divided by ``scale``."""
    items = [
        (
            asked.signals / scale,
            asked.expected,
            [places for places in asked.wanted if len(places)],
            1 / (len(questions) * len(sets)),
        )
        for questions in sets
        for asked in questions
        if any(map(len, asked.wanted))
    ]

    def loss(weights: Array) -> tuple[float, Array]:
        total = _RIDGE * float(weights @ weights) / 2
        slope = _RIDGE * weights
        for signals, expected, wanted, share in items:
            cost, lean = _of_one(signals, expected, wanted, weights)
            total += share * cost
            slope = slope + share * lean
        return total, slope

    # Nearness never speaks against a clause: documents of one article each cannot tell the two apart.
    bounds = [(0 if name in COSINES else None, None) for name in _LEARNED]
    start = np.zeros(scale.shape)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(found.x, np.float64)


def _of_one(
    signals: Array,
    expected: NDArray[np.bool_],
    wanted: Sequence[NDArray[np.intp]],
    weights: Array,
) -> tuple[float, Array]:
    """Loss and slope of one question: the candidates of each expected clause, together, against
    all that are not expected."""
    scores = signals @ weights
    odds = np.exp(scores - scores.max())
    rest, pull = odds[~expected].sum(), odds[~expected] @ signals[~expected]
    cost, slope = 0.0, np.zeros(len(weights))
    for places in wanted:
        right, own = odds[places].sum(), odds[places] @ signals[places]
        cost -= float(np.log(max(right / (right + rest), 1e-300)))
        slope += (own + pull) / (right + rest) - own / right
    return cost / len(wanted), slope / len(wanted)


def main(folders: Sequence[str]) -> None:
    """Learn, check and write the weights."""
    sets = {gold.name: _of_gold(gold) for gold in default_sets()}
    # Two libraries on alike matters count as one set. The encoder has learned from those with
    # everyday questions: nearness tells more there than it does elsewhere.
    for name, assistant, questions in invented():
        if everyday(name):
            continue
        kind = sets.setdefault(f"invented-{name.rpartition('-')[0]}", [])
        kind += _of_invented(assistant, questions)
    sets |= {Path(folder).name: _of_beir(Path(folder)) for folder in folders}
    spread = np.concatenate([a.signals - a.signals.mean(0) for s in sets.values() for a in s])
    scale = spread.std(0) + 1e-9
    weights = learn(list(sets.values()), scale) / scale
    cosines = sum(weights[_LEARNED.index(name)] for name in COSINES) / _TOGETHER
    model = {
        "weights": _GIVEN
        | {
            name: round(float(weight / cosines), 4)
            for name, weight in zip(_LEARNED, weights, strict=True)
        },
        "questions": {name: len(asked) for name, asked in sets.items()},
        "held_out": _held_out(sets, scale),
        "other_sets": _other_sets(sets, scale),
    }
    WEIGHTS_FILE.write_text(json.dumps(model, indent=1) + "\n", "utf-8")
    print_json(model)


def _held_out(sets: Mapping[str, Sequence[Asked]], scale: Array) -> dict[str, Any]:
    """How questions are ranked by weights learned on other questions of all sets."""
    random = np.random.default_rng(0)
    folds = {name: random.integers(0, _FOLDS, len(asked)) for name, asked in sets.items()}
    ranked: dict[str, list[Array]] = {name: [] for name in sets}
    for fold in range(_FOLDS):
        kept = [
            [a for a, own in zip(asked, folds[name], strict=True) if own != fold]
            for name, asked in sets.items()
        ]
        weights = learn(kept, scale) / scale
        for name, asked in sets.items():
            ranked[name] += [
                _ranked(a, weights)
                for a, own in zip(asked, folds[name], strict=True)
                if own == fold
            ]
    return {name: _named(values) for name, values in ranked.items()}


def _other_sets(sets: Mapping[str, Sequence[Asked]], scale: Array) -> dict[str, Any]:
    """How questions are ranked by weights learned on the other sets alone."""
    measured = {}
    for name, asked in sets.items():
        weights = learn([s for other, s in sets.items() if other != name], scale) / scale
        measured[name] = _named([_ranked(a, weights) for a in asked])
    return measured


def _ranked(asked: Asked, weights: Array) -> Array:
    """First hit, all expected in the first five, recall at ten, reciprocal rank."""
    order = np.argsort(-(asked.signals @ weights), kind="stable")
    place = np.empty(len(order), int)
    place[order] = np.arange(len(order))
    best = [int(place[places].min()) for places in asked.wanted if len(places)]
    if not best:
        return np.zeros(4)
    wanted = len(asked.wanted)
    at_five, at_ten = (sum(at < most for at in best) for most in (5, 10))
    return np.array([min(best) == 0, at_five == wanted, at_ten / wanted, 1 / (1 + min(best))])


def _named(values: Sequence[Array]) -> dict[str, float]:
    means = np.mean(values, 0)
    names = ("success@1", "complete@5", "recall@10", "mrr")
    return {name: round(float(mean), 4) for name, mean in zip(names, means, strict=True)}


def _of_gold(gold: Any) -> list[Asked]:
    assistant = gold.open(Settings(), DEFAULT)
    questions = [
        (assistant.read(q.question, q.conversation), q.addresses)
        for q in load_gold(gold.gold, assistant.index.readings)
        if q.addresses and not assistant.retriever.understand(q.question).addresses
    ]
    return _asked(assistant, questions, lambda row: assistant.index.passages[row].address)


def _of_beir(folder: Path) -> list[Asked]:
    assistant, questions, _ = beir_set(folder).open(Settings(), DEFAULT)
    random = np.random.default_rng(0)
    taken = random.permutation(len(questions))[:_MOST]
    return _asked(
        assistant,
        [(questions[i].text, questions[i].expected) for i in taken],
        lambda row: assistant.index.passages[row].address.document,
    )


def _of_invented(assistant: Assistant, questions: Sequence[Question]) -> list[Asked]:
    passages = assistant.index.passages
    asked = [(assistant.read(q.text, q.earlier), q.addresses) for q in questions if q.addresses]
    return _asked(
        assistant, asked, lambda row: passages[row].address, lambda found, one: one.contains(found)
    )


def _asked(
    assistant: Assistant,
    questions: Sequence[tuple[str, Sequence[_Named]]],
    named: Callable[[int], _Named],
    is_of: Callable[[_Named, _Named], bool] = eq,
) -> list[Asked]:
    progress, asked = Bar(), []
    for done, (text, wanted) in enumerate(questions, 1):
        found = assistant.retriever.candidates(Query(text, date.today()))
        names = [named(row) for row in found.rows.tolist()]
        columns = [found.signals[name] for name in _LEARNED]
        places = tuple(np.flatnonzero([is_of(name, one) for name in names]) for one in wanted)
        asked.append(Asked(np.stack(columns, 1), places))
        progress("learn", done, len(questions))
    return asked


if __name__ == "__main__":
    main(sys.argv[1:])
