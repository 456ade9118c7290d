"""Fit the refusal model on eval/gold/calibration/, apart from the gold questions.

``python -m eval.calibrate`` prints ten-fold cross-validated measures and writes the weights
to retriever/confidence.json. Logistic regression with a ridge penalty, by Newton's method.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.gold import bundled_gold
from retriever.confidence import WEIGHTS_FILE, features
from retriever.query import Query
from server.assembly import open_assistant
from server.console import Bar, print_json
from server.settings import Settings

__all__ = ["fit", "main"]

Array = NDArray[np.float64]
_RIDGE = 1.0
_FOLDS = 10


def fit(values: Array, labels: Array) -> Array:
    """Return bias and weights of a logistic regression on raw features, shape (1 + columns,)."""
    mean, scale = values.mean(0), values.std(0) + 1e-9
    rows = np.column_stack([np.ones(len(values)), (values - mean) / scale])
    # Both classes count alike: how many of each were written is no fact about users.
    balance = np.where(labels > 0, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
    penalty = _RIDGE * np.diag([0.0] + [1.0] * values.shape[1])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (balance * (chance - labels)) + penalty @ weights
        curvature = rows.T @ (rows * (balance * chance * (1 - chance))[:, None]) + penalty
        weights -= np.linalg.solve(curvature, gradient)
    raw = weights[1:] / scale
    return np.concatenate([[weights[0] - raw @ mean], raw])


def main() -> None:
    """Fit, check and write the weights."""
    names, values, labels, kinds = _observe(bundled_gold() / "calibration" / "refusal.jsonl")
    chance = np.zeros(len(labels))
    order = np.random.default_rng(0).permutation(len(labels))
    for fold in range(_FOLDS):
        held = order[fold::_FOLDS]
        kept = np.setdiff1d(order, held)
        weights = fit(values[kept], labels[kept])
        chance[held] = 1 / (1 + np.exp(-(weights[0] + values[held] @ weights[1:])))
    near = np.array([kind.startswith("near") for kind in kinds])
    checked = {
        "questions": len(labels),
        "auc": _auc(chance[labels > 0], chance[labels == 0]),
        "auc_near_misses": _auc(chance[labels > 0], chance[near]),
        "right_refusals_at_half": round(float((chance[labels == 0] < 0.5).mean()), 4),
        "false_refusals_at_half": round(float((chance[labels > 0] < 0.5).mean()), 4),
    }
    weights = fit(values, labels)
    model = {
        "bias": round(float(weights[0]), 4),
        "weights": {n: round(float(w), 4) for n, w in zip(names, weights[1:], strict=True)},
        "cross_validated": checked,
    }
    WEIGHTS_FILE.write_text(json.dumps(model, indent=1) + "\n", "utf-8")
    print_json(model)


def _observe(path: Path) -> tuple[list[str], Array, Array, list[str]]:
    assistant = open_assistant(Settings(), Bar())
    observed, labels, kinds = [], [], []
    for line in path.read_text("utf-8").splitlines():
        question = json.loads(line)
        found = assistant.retrieve(Query(question["question"], date.today()))
        observed.append(features(found, assistant.retriever))
        labels.append(float(question["answerable"]))
        kinds.append(question["kind"])
    names = list(observed[0])
    values = np.array([[row[name] for name in names] for row in observed])
    return names, values, np.array(labels), kinds


def _auc(above: Array, below: Array) -> float:
    """The chance that an answerable question scores above an unanswerable one."""
    wins = (above[:, None] > below[None]).mean() + 0.5 * (above[:, None] == below[None]).mean()
    return round(float(wins), 4)


if __name__ == "__main__":
    main()
