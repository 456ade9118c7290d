"""A second look at the best candidates by a cross-encoder, for those who have one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

__all__ = ["CrossEncoderReranker", "Reranker", "open_reranker"]


class Reranker(Protocol):
    """Judge how well passages answer a question, by reading both together."""

    name: str

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """Return a score for each passage, 0 to 1."""
        ...


class CrossEncoderReranker:
    """Any cross-encoder of sentence-transformers with one output, such as bge-reranker."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model: Any = CrossEncoder(name, device="cpu")
        except Exception as error:
            # The library raises whatever its loaders raise; the user needs one sentence.
            raise ModelError(
                f"无法加载重排模型 / cannot load the reranking model {name!r}: {error}"
            ) from error
        if self._model.num_labels != 1:
            raise ModelError(
                f"重排模型应只有一个输出 / the reranking model must have one output: {name!r}"
            )
        self.name = name

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """Return a score for each passage; see Reranker."""
        from torch import nn

        pairs = [(question, passage) for passage in passages]
        values = self._model.predict(pairs, activation_fn=nn.Sigmoid(), show_progress_bar=False)
        return np.asarray(values, np.float64)


@lru_cache(maxsize=2)
def open_reranker(name: str) -> Reranker:
    """Open a cross-encoder by hub name or folder, once a process."""
    return CrossEncoderReranker(name)
