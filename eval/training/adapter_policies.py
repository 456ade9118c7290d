"""Teach the adapter of questions policies, too: ``python -m eval.training.adapter_policies [FILE]``.

FILE is what ``eval.training.adapter`` learned from everyday questions on laws; it is read and written
anew with what is learned here beside it (ranks add up). The questions are those on the invented
libraries that have everyday ones, each against all passages of its library. Two things keep the
model from forgetting: questions on the gold corpora, without any answer, must score their clauses
as before, and the vectors of questions on laws must stay where they are. Only the upper half of the
layers is turned: what the lower half gives is worked out once. 2 quiet cores need ten minutes.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional

from eval.training.adapter import (
    REMEMBER,
    TEMPERATURE,
    Bank,
    LowRank,
    forgotten,
    passage_scores,
    pooled,
    remembered_by,
    tokens_of,
    turn,
)
from eval.training.invented import everyday, invented
from indexer.questions_adapter import ADAPTER_FILE, for_questions
from server.console import say

__all__ = ["Task", "UpperHalf", "learn", "main"]

_EPOCHS, _BATCH, _RATE, _SCALE, _KEPT = 4, 32, 3e-4, 2.0, 0.6
#: How much it counts that the vectors of questions on laws stay where they are.
_STAY = 20.0
#: The layers below stay as they are.
_FIRST = 6
#: A question and the rows of the passages that answer it.
Pair = tuple[str, list[int]]


@dataclass(frozen=True, slots=True)
class Task:
    """The passages of a library and the questions asked of them."""

    bank: Bank
    pairs: list[Pair]


def main(file: str = str(ADAPTER_FILE)) -> None:
    """Learn on top of what a file holds, and write both into it."""
    torch.manual_seed(0)
    random.seed(0)
    tasks, model = _tasks(Path(file))
    # The model is the adapted one: what is held on to is what it gives now.
    encode = UpperHalf(model)
    remembered = remembered_by(encode)
    laws = _laws(encode)
    layers = turn(model[0].auto_model, _FIRST)
    learn(tasks, remembered, laws, encode, layers)
    both = load_file(file)
    for name, layer in layers.items():
        down, up = layer.A.detach(), layer.B.detach() * _SCALE * _KEPT
        both[f"{name}.A"] = torch.cat([both[f"{name}.A"].float(), down]).half()
        both[f"{name}.B"] = torch.cat([both[f"{name}.B"].float(), up], 1).half()
    save_file(both, file)


class UpperHalf:
    """An encoder of questions that keeps what the layers below ``_FIRST`` gave for each."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._kept: dict[str, torch.Tensor] = {}

    def __call__(self, questions: Sequence[str]) -> torch.Tensor:
        """Return unit vectors of shape (questions, size)."""
        new = [question for question in questions if question not in self._kept]
        for start in range(0, len(new), _BATCH):
            self._keep(new[start : start + _BATCH])
        kept = [self._kept[question] for question in questions]
        hidden = nn.utils.rnn.pad_sequence(kept, batch_first=True)
        lengths = torch.tensor([len(rows) for rows in kept])
        attention = (torch.arange(hidden.shape[1]) < lengths[:, None]).long()
        return pooled(self._run(hidden, attention, _FIRST, None), attention)

    def _keep(self, questions: Sequence[str]) -> None:
        tokens = tokens_of(self._model, questions)
        attention = tokens.pop("attention_mask")
        with torch.no_grad():
            hidden = self._model[0].auto_model.embeddings(**tokens)
            hidden = self._run(hidden, attention, 0, _FIRST)
        for question, rows, size in zip(questions, hidden, attention.sum(1).tolist(), strict=True):
            self._kept[question] = rows[:size].clone()

    def _run(
        self, hidden: torch.Tensor, attention: torch.Tensor, first: int, end: int | None
    ) -> torch.Tensor:
        unseen = (1 - attention[:, None, None, :].float()) * torch.finfo(torch.float32).min
        for layer in self._model[0].auto_model.encoder.layer[first:end]:
            given = layer(hidden, attention_mask=unseen)
            hidden = given[0] if isinstance(given, tuple) else given
        return hidden


def learn(
    tasks: Sequence[Task],
    remembered: Sequence[tuple[Bank, list[str], torch.Tensor]],
    laws: tuple[list[str], torch.Tensor],
    encode: Any,
    layers: dict[str, LowRank],
) -> None:
    """Turn the layers so that questions lie nearer to what answers them."""
    learned = [p for layer in layers.values() for p in (layer.A, layer.B)]
    steps = sum(math.ceil(len(task.pairs) / _BATCH) for task in tasks)
    optimizer = torch.optim.AdamW(learned, lr=_RATE, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, _RATE, total_steps=_EPOCHS * steps, pct_start=0.1
    )
    for epoch in range(_EPOCHS):
        total = 0.0
        for bank, pairs in _batches(tasks):
            found = _answered(bank, pairs, encode)
            loss = found + REMEMBER * forgotten(*random.choice(remembered), encode)
            loss = loss + _STAY * _moved(*laws, encode)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            pace.step()
            total += float(found.detach())
        say(f"epoch {epoch + 1}: {total / steps:.3f}")


def _tasks(file: Path) -> tuple[list[Task], Any]:
    """Each invented library as a task, and the adapted model; of an article that answers, any
    clause will do."""
    tasks, plain = [], None
    for name, assistant, questions in invented():
        if not (more := everyday(name)):
            continue
        embedder: Any = assistant.retriever.embedder
        plain, passages = embedder.model, assistant.index.passages
        pairs = [
            (question.text, rows)
            for question in [*questions, *more]
            if not question.earlier
            for wanted in question.addresses
            if (rows := [r for r, p in enumerate(passages) if wanted.contains(p.address)])
        ]
        tasks.append(Task(Bank.of(assistant.index), pairs))
    return tasks, for_questions(plain, file)


def _laws(encode: Any) -> tuple[list[str], torch.Tensor]:
    """Everyday questions on laws, with their vectors as they are."""
    lines = Path(__file__).with_name("lay-questions.jsonl").read_text("utf-8").splitlines()
    texts = random.sample([json.loads(line)["question"] for line in lines], 1600)
    with torch.no_grad():
        vectors = [encode(texts[k : k + _BATCH]) for k in range(0, len(texts), _BATCH)]
    return texts, torch.cat(vectors)


def _batches(tasks: Sequence[Task]) -> Iterator[tuple[Bank, Sequence[Pair]]]:
    """Batches of one library each, in a mixed order."""
    mixed = []
    for task in tasks:
        pairs = random.sample(task.pairs, len(task.pairs))
        mixed += [(task.bank, pairs[k : k + _BATCH]) for k in range(0, len(pairs), _BATCH)]
    random.shuffle(mixed)
    yield from mixed


def _answered(bank: Bank, pairs: Sequence[Pair], encode: Any) -> torch.Tensor:
    """How unlikely the right passages are among all of the library."""
    scores = passage_scores(encode([text for text, _ in pairs]), bank) / TEMPERATURE
    right = torch.zeros(scores.shape, dtype=torch.bool)
    for line, (_, rows) in enumerate(pairs):
        right[line, rows] = True
    return (scores.logsumexp(-1) - scores.masked_fill(~right, -1e4).logsumexp(-1)).mean()


def _moved(texts: Sequence[str], before: torch.Tensor, encode: Any) -> torch.Tensor:
    """How far questions on laws are from where they were."""
    taken = random.sample(range(len(texts)), _BATCH // 2)
    return (
        1 - functional.cosine_similarity(encode([texts[k] for k in taken]), before[taken])
    ).mean()


if __name__ == "__main__":
    main(*sys.argv[1:])
