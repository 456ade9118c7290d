"""Learn the adapter of questions: ``python -m eval.training.adapter FOLDER [FILE]``.

FOLDER holds everyday questions in the BEIR layout (``eval.training.laws`` writes it). The vectors
of passages stay as they are; low-rank changes of the attention of a second model, used for
questions only, are learned so that a question lies nearer to the articles that answer it than to
all others of the set (a softmax over every passage, not over a batch). Questions on policies,
without any answer, keep the model from forgetting: their scores over the clauses of their corpus
must stay what they were (Li and Hoiem, 2016). What is written is a part of the change learned: of
it, less forgets less (Wortsman et al., 2022). 2 cores need about ten minutes.
"""

from __future__ import annotations

import json
import math
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional

from eval.external.detect import beir_set
from eval.sets import bundled_sets
from eval.variant import Variant
from indexer.clause_index import ClauseIndex
from indexer.questions_adapter import ADAPTER_FILE
from retriever.vocabulary import bundled_vocabulary
from server.console import say
from server.settings import Settings

__all__ = [
    "REMEMBER", "TEMPERATURE", "Bank", "LowRank", "encoder_of", "forgotten", "main",
    "passage_scores", "pooled", "remembered_by", "tokens_of", "turn",
]  # fmt: skip

_RANK, _SCALE, _KEPT = 8, 2.0, 0.6
_EPOCHS, _BATCH, _RATE, TEMPERATURE = 2, 32, 3e-4, 0.02
#: How much it counts that policy questions are scored as before.
REMEMBER = 2.0
#: Passages as near as this to the right one say the same: other versions of a law.
_SAME = 0.975
_PLAIN = Variant(without=("adapter",))
_TURNED = ("query", "key", "value", "dense")


class LowRank(nn.Module):
    """A linear layer with a low-rank change beside it."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base
        width = base.in_features
        self.A = nn.Parameter(torch.randn(_RANK, width) / math.sqrt(width))
        self.B = nn.Parameter(torch.zeros(base.out_features, _RANK))

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """Return what the layer gives, and the change of it."""
        changed: torch.Tensor = self.base(values) + (values @ self.A.T @ self.B.T) * _SCALE
        return changed


@dataclass(frozen=True, slots=True)
class Bank:
    """The vectors of an index: of clauses, of sentences, and whose each sentence is."""

    clauses: torch.Tensor
    sentences: torch.Tensor
    owners: torch.Tensor

    @classmethod
    def of(cls, index: ClauseIndex) -> Bank:
        """Take the vectors of an open index."""
        counts = np.diff(index.sentences.starts)
        return cls(
            torch.tensor(np.asarray(index.clauses.vectors, np.float32)),
            torch.tensor(np.asarray(index.sentences.vectors, np.float32)),
            torch.tensor(np.repeat(np.arange(len(counts)), counts)),
        )


def passage_scores(questions: torch.Tensor, bank: Bank) -> torch.Tensor:
    """The score of every passage as the dense finder has it, shape (questions, passages)."""
    whole = questions @ bank.clauses.T
    owners = bank.owners.expand(len(questions), -1)
    best = torch.full_like(whole, -2.0)
    return (whole + best.scatter_reduce(1, owners, questions @ bank.sentences.T, "amax")) / 2


def main(folder: str, file: str = str(ADAPTER_FILE)) -> None:
    """Learn and write the adapter."""
    torch.manual_seed(0)
    random.seed(0)
    bank, pairs, model = _read(Path(folder))
    encode = encoder_of(model)
    remembered = remembered_by(encode)
    layers = turn(model[0].auto_model)
    _learn(
        bank,
        pairs,
        remembered,
        encode,
        [p for layer in layers.values() for p in (layer.A, layer.B)],
    )
    change = {f"{name}.A": layer.A.detach().half() for name, layer in layers.items()}
    change |= {
        f"{name}.B": (layer.B.detach() * _SCALE * _KEPT).half() for name, layer in layers.items()
    }
    save_file(change, file)


def _read(folder: Path) -> tuple[Bank, list[tuple[str, int]], Any]:
    """The passages of a set, its questions with the row that answers each, and the model."""
    assistant, questions, _ = beir_set(folder).open(Settings(), _PLAIN)
    index = assistant.index
    rows = {p.address.document: row for row, p in enumerate(index.passages)}
    pairs = [(q.text, rows[name]) for q in questions for name in q.expected if name in rows]
    embedder: Any = assistant.retriever.embedder
    return Bank.of(index), pairs, embedder.model


def encoder_of(model: Any) -> Any:
    """Return a function from questions to unit vectors, that of a sentence-transformers model."""

    def encode(questions: Sequence[str]) -> torch.Tensor:
        tokens = tokens_of(model, questions)
        hidden = model[0].auto_model(**tokens).last_hidden_state
        return pooled(hidden, tokens["attention_mask"])

    return encode


def tokens_of(model: Any, questions: Sequence[str]) -> Any:
    """The tokens of questions, written out and with the prompt of the model, padded."""
    prompt, vocabulary = model.prompts["query"], bundled_vocabulary()
    texts = [prompt + vocabulary.write_out(question) for question in questions]
    return model.tokenizer(
        texts, padding=True, truncation=True, max_length=128, return_tensors="pt"
    )


def pooled(hidden: torch.Tensor, attention: torch.Tensor) -> torch.Tensor:
    """The unit mean of the vectors of tokens, padding aside."""
    mask = attention[..., None].float()
    return functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)


def remembered_by(encode: Any) -> list[tuple[Bank, list[str], torch.Tensor]]:
    """Batches of policy questions with the scores that the unchanged model gives."""
    batches = []
    for path in sorted((Path(__file__).parent / "calibration").glob("*.jsonl")):
        assistant = bundled_sets()[path.stem].open(Settings(), _PLAIN)
        bank = Bank.of(assistant.index)
        asked = [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines()]
        for start in range(0, len(asked), _BATCH // 2):
            texts = asked[start : start + _BATCH // 2]
            with torch.no_grad():
                batches.append((bank, texts, passage_scores(encode(texts), bank)))
    return batches


def turn(network: nn.Module, first: int = 0) -> dict[str, LowRank]:
    """Put a change beside the layers from ``first`` on; nothing else is learned."""
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    layers = {}
    for name, layer in list(network.named_modules()):
        above, _, own = name.rpartition(".")
        at = re.search(r"encoder\.layer\.(\d+)\.", name)
        if isinstance(layer, nn.Linear) and at and int(at[1]) >= first and own in _TURNED:
            layers[name] = LowRank(layer)
            setattr(network.get_submodule(above), own, layers[name])
    return layers


def _learn(
    bank: Bank,
    pairs: list[tuple[str, int]],
    remembered: Sequence[tuple[Bank, list[str], torch.Tensor]],
    encode: Any,
    learned: Sequence[nn.Parameter],
) -> None:
    steps = math.ceil(len(pairs) / _BATCH)
    optimizer = torch.optim.AdamW(learned, lr=_RATE, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, _RATE, total_steps=_EPOCHS * steps, pct_start=0.1
    )
    for epoch in range(_EPOCHS):
        random.shuffle(pairs)
        total = 0.0
        for start in range(0, len(pairs), _BATCH):
            loss = _answered(bank, pairs[start : start + _BATCH], encode)
            loss = loss + REMEMBER * forgotten(*random.choice(remembered), encode)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            pace.step()
            total += float(loss.detach())
        say(f"epoch {epoch + 1}: {total / steps:.3f}")


def _answered(bank: Bank, pairs: Sequence[tuple[str, int]], encode: Any) -> torch.Tensor:
    """How unlikely the right passages are among all."""
    scores = passage_scores(encode([text for text, _ in pairs]), bank) / TEMPERATURE
    right = torch.tensor([row for _, row in pairs])
    same = bank.clauses[right] @ bank.clauses.T > _SAME
    same[torch.arange(len(pairs)), right] = False
    return functional.cross_entropy(scores.masked_fill(same, -1e4), right)


def forgotten(bank: Bank, texts: Sequence[str], before: torch.Tensor, encode: Any) -> torch.Tensor:
    """How far the scores of policy questions are from what they were."""
    now = torch.log_softmax(passage_scores(encode(texts), bank) / TEMPERATURE, -1)
    then = torch.log_softmax(before / TEMPERATURE, -1)
    return functional.kl_div(now, then, log_target=True, reduction="batchmean")


if __name__ == "__main__":
    main(*sys.argv[1:])
