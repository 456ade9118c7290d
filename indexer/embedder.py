"""Texts to vectors, through sentence-transformers."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from indexer.default_model import DEFAULT_MODEL_NAME, ensure_default_model
from indexer.questions_adapter import ADAPTER_FILE, for_questions

__all__ = ["Embedder", "Matrix", "SentenceTransformerEmbedder", "open_embedder"]

Matrix = NDArray[np.float32]
Progress = Callable[[int], None]


class Embedder(Protocol):
    """Turn texts into unit vectors; rows of ``(n, dimension)``, float32."""

    name: str
    dimension: int

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix: ...

    def embed_query(self, text: str) -> Matrix: ...


class SentenceTransformerEmbedder:
    """Any sentence-transformers model; its own prompts for queries and documents are used.

    ``adapter`` is a change of the model for questions; see questions_adapter.
    """

    def __init__(
        self, name: str, folder: str, batch_size: int = 16, adapter: Path | None = None
    ) -> None:
        # Model code must not look for a hub when the model is a local folder.
        if Path(folder).is_dir():
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # A bar for a load of one second only disturbs; errors still raise.
        quiet: Any = logging.disable_progress_bar
        quiet()

        try:
            self.model: Any = SentenceTransformer(folder, device="cpu")
        except Exception as error:
            # The library raises whatever its loaders raise; the user needs one sentence.
            raise ModelError(
                f"无法加载向量模型 / cannot load the embedding model {name!r}: {error}"
            ) from error
        self._questions = for_questions(self.model, adapter) if adapter else self.model
        self.name = name
        self.dimension = _dimension(self.model)
        self._batch_size = batch_size

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Embed passages in batches of like length; ``progress`` is told how many are done."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(order), self._batch_size):
            rows = order[start : start + self._batch_size]
            vectors[rows] = self.model.encode_document(
                [texts[i] for i in rows], normalize_embeddings=True, show_progress_bar=False
            )
            if progress:
                progress(len(rows))
        return vectors

    def embed_query(self, text: str) -> Matrix:
        """Embed one question; returns one row."""
        return self.embed_queries([text])

    def embed_queries(self, texts: Sequence[str]) -> Matrix:
        """Embed questions together; one row each."""
        vectors = self._questions.encode_query(
            list(texts),
            batch_size=self._batch_size,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, np.float32)


def open_embedder(
    name: str, cache: Path, say: Callable[[str], None] | None = None, adapted: bool = True
) -> SentenceTransformerEmbedder:
    """Open a model by name: the default one, a hub name, or a folder.

    ``adapted`` turns the default model towards questions; no other one has an adapter.
    """
    if name == DEFAULT_MODEL_NAME:
        adapter = ADAPTER_FILE if adapted else None
        return _loaded(name, str(ensure_default_model(cache, say)), adapter)
    return _loaded(name, name, None)


@lru_cache(maxsize=3)
def _loaded(name: str, folder: str, adapter: Path | None) -> SentenceTransformerEmbedder:
    """Load a model once a process: several indexes are of one model, which nothing changes."""
    return SentenceTransformerEmbedder(name, folder, adapter=adapter)


def _dimension(model: Any) -> int:
    return int(model.get_embedding_dimension())
