"""The default model for questions alone, in NumPy: no padding, weights mapped, no PyTorch to load.

The words of several questions stand in one matrix, one row a token, so that the large products
are taken once for all of them; only attention goes question by question. The weights are pages of
the model's file, which processes share. The vectors are those of sentence-transformers but for
the order of sums (tests hold them together).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from indexer.question_tokens import QuestionTokens

__all__ = ["QuestionModel"]

Floats = NDArray[np.float32]

#: Tokens that are taken through the network at once: what is in between stays in the cache.
_TOKENS = 1024
#: Rows of the widest matrix that are taken through the activation at once, likewise.
_ROWS = 32
#: The error function as x P(x²) / Q(x²) on [-4, 4], the highest power first: the usual approximation in
#: single precision (Eigen and XLA have it), within 2e-7 everywhere, six times as fast as an exact one.
_P = (-2.72614225801306e-10, 2.77068142495902e-08, -2.10102402082508e-06, -5.69250639462346e-05,
      -7.34990630326855e-04, -2.95459980854025e-03, -1.60960333262415e-02)  # fmt: skip
_Q = (-1.45660718464996e-05, -2.13374055278905e-04, -1.68282697438203e-03, -7.37332916720468e-03,
      -1.42647390514189e-02)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Dense:
    """A linear map with its bias; ``weight`` of shape (out, in)."""

    weight: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        y = x @ self.weight.T
        y += self.bias
        return y


@dataclass(frozen=True, slots=True)
class _Norm:
    weight: Floats
    bias: Floats
    epsilon: float

    def __call__(self, x: Floats) -> Floats:
        x = x - x.mean(1, keepdims=True)
        x /= np.sqrt(np.square(x).mean(1, keepdims=True) + self.epsilon)
        x *= self.weight
        x += self.bias
        return x


@dataclass(frozen=True, slots=True)
class _Layer:
    #: Query, key and value in one.
    attended: _Dense
    mixed: _Dense
    mixed_norm: _Norm
    wide: _Dense
    narrow: _Dense
    norm: _Norm


class QuestionModel:
    """A BERT in a folder of sentence-transformers, changed by ``adapter``; see questions_adapter."""

    def __init__(self, folder: Path, adapter: Path | None = None) -> None:
        try:
            config = json.loads((folder / "config.json").read_text("utf-8"))
            prompts = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))
            self._prompt: str = prompts["prompts"]["query"]
            self._heads: int = config["num_attention_heads"]
            self._depth: int = config["num_hidden_layers"]
            self._epsilon: float = config["layer_norm_eps"]
            self._longest: int = config["max_position_embeddings"]
            self._tensors = _tensors(folder / "model.safetensors")
            self._change = _tensors(adapter) if adapter else {}
            self._tokens = QuestionTokens(folder / "tokenizer.json", self._longest)
            self._words = self._tensors["embeddings.word_embeddings.weight"]
            # Read at once, and not with somebody's question.
            self._layers  # noqa: B018
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"无法加载向量模型 / cannot load the embedding model: {folder}: {error}"
            ) from error
        except Exception as error:
            # The tokenizer's library raises nothing more exact.
            raise ModelError(
                f"无法加载分词器 / cannot load the tokenizer: {folder}: {error}"
            ) from error
        self.dimension = int(self._words.shape[1])

    def embed(self, questions: Sequence[str]) -> Floats:
        """Embed questions; unit vectors of shape (n, dimension)."""
        ids = self._tokens.encode([self._prompt + text for text in questions])
        vectors = [self._forward(part) for part in _parts(ids)]
        return np.concatenate(vectors) if vectors else np.zeros((0, self.dimension), np.float32)

    def _forward(self, ids: Sequence[Sequence[int]]) -> Floats:
        """Take some questions through the network, each in its rows of one matrix."""
        ends = np.cumsum([0, *map(len, ids)])
        spans = list(pairwise(ends.tolist()))
        x = self._words[np.concatenate([np.asarray(i) for i in ids])]
        x = x + self._placed[np.concatenate([np.arange(len(i)) for i in ids])]
        x = self._first_norm(x)
        for layer in self._layers:
            met = self._attention(layer.attended(x), spans)
            x = layer.mixed_norm(layer.mixed(met) + x)
            wide = layer.wide(x)
            for start in range(0, len(wide), _ROWS):
                _activate(wide[start : start + _ROWS])
            x = layer.norm(layer.narrow(wide) + x)
        means = np.add.reduceat(x, ends[:-1]) / np.diff(ends)[:, None]
        unit: Floats = means / np.linalg.norm(means, axis=1, keepdims=True)
        return unit.astype(np.float32)

    def _attention(self, x: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
        """What each token takes from those of its question; ``x`` holds query, key and value."""
        size = x.shape[1] // 3
        met = np.empty((len(x), size), np.float32)
        scale = np.float32((size // self._heads) ** -0.5)
        for start, end in spans:
            own = x[start:end].reshape(end - start, 3, self._heads, -1).transpose(1, 2, 0, 3)
            scores = own[0] @ own[1].transpose(0, 2, 1)
            scores *= scale
            scores -= scores.max(2, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(2, keepdims=True)
            met[start:end] = (scores @ own[2]).transpose(1, 0, 2).reshape(end - start, size)
        return met

    @cached_property
    def _placed(self) -> Floats:
        """What is added for the place of a token; every one is of the first type."""
        places = self._tensors["embeddings.position_embeddings.weight"]
        placed: Floats = places + self._tensors["embeddings.token_type_embeddings.weight"][0]
        return placed

    @cached_property
    def _first_norm(self) -> _Norm:
        return self._norm("embeddings.LayerNorm")

    @cached_property
    def _layers(self) -> tuple[_Layer, ...]:
        return tuple(self._layer(f"encoder.layer.{n}") for n in range(self._depth))

    def _layer(self, name: str) -> _Layer:
        parts = [self._dense(f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
        attended = _Dense(
            np.concatenate([part.weight for part in parts]),
            np.concatenate([part.bias for part in parts]),
        )
        return _Layer(
            attended,
            self._dense(f"{name}.attention.output.dense"),
            self._norm(f"{name}.attention.output.LayerNorm"),
            self._dense(f"{name}.intermediate.dense"),
            self._dense(f"{name}.output.dense"),
            self._norm(f"{name}.output.LayerNorm"),
        )

    def _norm(self, name: str) -> _Norm:
        weight, bias = self._tensors[f"{name}.weight"], self._tensors[f"{name}.bias"]
        return _Norm(weight, bias, self._epsilon)

    def _dense(self, name: str) -> _Dense:
        """A linear map, changed where the adapter has something for it."""
        weight = self._tensors[f"{name}.weight"]
        if f"{name}.A" in self._change:
            down, up = self._change[f"{name}.A"], self._change[f"{name}.B"]
            weight = weight + up.astype(np.float32) @ down.astype(np.float32)
        return _Dense(weight, self._tensors[f"{name}.bias"])


def _activate(x: Floats) -> None:
    """Apply GELU in place."""
    scaled = np.clip(x * np.float32(0.5**0.5), -4, 4)
    square = scaled * scaled
    scaled *= _polynomial(_P, square)
    scaled /= _polynomial(_Q, square)
    scaled += np.float32(1)
    scaled *= np.float32(0.5)
    x *= scaled


def _polynomial(powers: Sequence[float], x: Floats) -> Floats:
    value = np.full_like(x, powers[0])
    for factor in powers[1:]:
        value *= x
        value += np.float32(factor)
    return value


def _parts(ids: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    """Questions in order, so many at once as are not too many tokens, one at least."""
    part: list[Sequence[int]] = []
    held = 0
    for one in ids:
        if part and held + len(one) > _TOKENS:
            yield part
            part, held = [], 0
        part.append(one)
        held += len(one)
    if part:
        yield part


_KINDS: dict[str, Any] = {"F16": np.float16, "F32": np.float32}


def _tensors(path: Path) -> dict[str, Any]:
    """The tensors of a safetensors file, mapped: a length, a directory in JSON, the data."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        if length > path.stat().st_size:
            raise ValueError(f"{path.name}: cut short")
        directory = json.loads(file.read(length))
    data = np.asarray(np.memmap(path, np.uint8, "r", offset=8 + length))
    found = {}
    for name, entry in directory.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            kind = _KINDS[entry["dtype"]]
            found[name] = data[start:end].view(kind).reshape(entry["shape"])
    return found
