"""Questions of several users are embedded together.

While one batch is in the model the next one gathers. After a batch of several, who comes next waits
a moment for others; who comes alone does not wait.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import lru_cache
from queue import Empty, SimpleQueue
from typing import Any, Protocol, cast

import numpy as np

from indexer.embedder import Embedder, Matrix

__all__ = ["Batcher", "QuestionsEmbedder", "batched"]

_Waiting = tuple[str, "Future[Matrix]"]


class QuestionsEmbedder(Embedder, Protocol):
    """An embedder that takes several questions at once."""

    def embed_queries(self, texts: Sequence[str]) -> Matrix: ...


class Batcher:
    """An embedder in front of another: at most ``most`` questions at once, by one thread.

    ``wait`` is how long a batch waits for more, in seconds.
    """

    def __init__(self, embedder: QuestionsEmbedder, most: int = 16, wait: float = 0.002) -> None:
        self.name, self.dimension = embedder.name, embedder.dimension
        self.embedder = embedder
        self._most, self._wait = most, wait
        self._queue: SimpleQueue[_Waiting] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def embed_query(self, text: str) -> Matrix:
        """Embed one question; returns one row."""
        return self.embed_queries([text])

    def embed_queries(self, texts: Sequence[str]) -> Matrix:
        """Embed questions, with those of others; one row each."""
        self._begin()
        waiting: list[Future[Matrix]] = [Future() for _ in texts]
        for each in zip(texts, waiting, strict=True):
            self._queue.put(each)
        return np.concatenate([future.result() for future in waiting])

    @property
    def model(self) -> Any:
        """The model behind."""
        return getattr(self.embedder, "model", None)

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Matrix:
        """Embed passages as the embedder behind does."""
        return self.embedder.embed_passages(texts, progress)

    def _begin(self) -> None:
        """Start the thread, in a forked process anew."""
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name="embed", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        several = False
        while True:
            batch = self._gathered(several)
            several = len(batch) > 1
            try:
                vectors = self._embedded([text for text, _ in batch])
            except BaseException as error:
                for _, future in batch:
                    future.set_exception(error)
                continue
            for row, (_, future) in enumerate(batch):
                future.set_result(vectors[row : row + 1])

    def _gathered(self, several: bool) -> list[_Waiting]:
        """Wait for a question, and take with it what is there or comes within the wait."""
        batch = [self._queue.get()]
        end = time.monotonic() + (self._wait if several else 0)
        while len(batch) < self._most:
            left = end - time.monotonic()
            try:
                batch.append(
                    self._queue.get(timeout=left) if left > 0 else self._queue.get_nowait()
                )
            except Empty:
                break
        return batch

    def _embedded(self, texts: Sequence[str]) -> Matrix:
        """Embed texts, what is asked twice once."""
        unique = list(dict.fromkeys(texts))
        vectors = self.embedder.embed_queries(unique)
        places = {text: place for place, text in enumerate(unique)}
        return vectors[[places[text] for text in texts]]


def batched(embedder: Embedder, most: int = 16, wait_ms: float = 2.0) -> Embedder:
    """Put batches in front of an embedder, the same ones for each that asks; 1: none."""
    return _batcher(cast(Any, embedder), most, wait_ms) if most > 1 else embedder


@lru_cache(maxsize=4)
def _batcher(embedder: Any, most: int, wait_ms: float) -> Batcher:
    return Batcher(embedder, most, wait_ms / 1000)
