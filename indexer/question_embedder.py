"""The embedder of those who answer: questions by the quick way, passages by the usual one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from indexer.default_model import DEFAULT_MODEL_NAME, ensure_default_model
from indexer.embedder import Embedder, Matrix, SentenceTransformerEmbedder, open_embedder
from indexer.question_model import QuestionModel
from indexer.questions_adapter import ADAPTER_FILE

__all__ = ["QuestionEmbedder", "open_question_embedder"]


class QuestionEmbedder:
    """The default model; PyTorch is loaded with the first passage: in a server, with a document."""

    name = DEFAULT_MODEL_NAME

    def __init__(self, cache: Path, folder: Path, adapted: bool) -> None:
        self._cache, self._adapted = cache, adapted
        self._questions = QuestionModel(folder, ADAPTER_FILE if adapted else None)
        self.dimension = self._questions.dimension

    def embed_queries(self, texts: Sequence[str]) -> Matrix:
        """Embed questions together; one row each."""
        return self._questions.embed(texts)

    def embed_query(self, text: str) -> Matrix:
        """Embed one question; returns one row."""
        return self._questions.embed([text])

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Matrix:
        """Embed passages by sentence-transformers."""
        return self._whole.embed_passages(texts, progress)

    @property
    def model(self) -> Any:
        """The model as sentence-transformers has it."""
        return self._whole.model

    @cached_property
    def _whole(self) -> SentenceTransformerEmbedder:
        return open_embedder(self.name, self._cache, None, self._adapted)


def open_question_embedder(
    name: str, cache: Path, say: Callable[[str], None] | None = None, adapted: bool = True
) -> Embedder:
    """Open a model to ask with; see open_embedder."""
    if name == DEFAULT_MODEL_NAME:
        return _opened(cache, ensure_default_model(cache, say), adapted)
    return open_embedder(name, cache, say, adapted)


@lru_cache(maxsize=2)
def _opened(cache: Path, folder: Path, adapted: bool) -> QuestionEmbedder:
    """Open a model once a process, as open_embedder does."""
    return QuestionEmbedder(cache, folder, adapted)
