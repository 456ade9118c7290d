"""Questions of several threads go through the model together, and each gets its own vector."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from indexer.embedder import SentenceTransformerEmbedder, open_embedder
from indexer.question_embedder import open_question_embedder
from retriever.batching import Batcher, batched
from server.settings import Settings

QUESTIONS = (
    "补贴",
    "对入选人才奖励多少",
    "渝府办发〔2025〕56号第（十）条原文是什么" * 4,
    "x",
    "问" * 1900,
)


@pytest.fixture(scope="module")
def usual() -> SentenceTransformerEmbedder:
    settings = Settings()
    return open_embedder(settings.embedder, settings.models)


@pytest.fixture(scope="module")
def quick(usual: SentenceTransformerEmbedder):
    settings = Settings()
    return open_question_embedder(settings.embedder, settings.models)


class Counting:
    """The real model, with the sizes of its batches; the first one waits to be let go."""

    def __init__(self, embedder) -> None:
        self.embedder, self.name, self.dimension = embedder, embedder.name, embedder.dimension
        self.sizes: list[int] = []
        self.go, self.begun = threading.Event(), threading.Event()

    def embed_queries(self, texts: Sequence[str]):
        self.sizes.append(len(texts))
        self.begun.set()
        assert self.go.wait(20)
        if "bad" in texts:
            raise ValueError("bad")
        return self.embedder.embed_queries(texts)


def test_vectors_are_those_of_sentence_transformers(quick, usual) -> None:
    alone = np.concatenate([usual.embed_query(text) for text in QUESTIONS])
    assert np.abs(quick.embed_queries(QUESTIONS) - alone).max() < 2e-6
    assert np.abs(quick.embed_query(QUESTIONS[2]) - alone[2]).max() < 2e-6


def test_without_the_adapter_too(usual) -> None:
    settings = Settings()
    plain = open_question_embedder(settings.embedder, settings.models, adapted=False)
    other = open_embedder(settings.embedder, settings.models, adapted=False)
    assert np.abs(plain.embed_query("补贴") - other.embed_query("补贴")).max() < 2e-6
    assert np.abs(plain.embed_query("补贴") - usual.embed_query("补贴")).max() > 1e-3


def test_what_comes_while_the_model_works_goes_together(quick) -> None:
    counting = Counting(quick)
    batcher = Batcher(counting, most=8)
    with ThreadPoolExecutor(16) as pool:
        pool.submit(batcher.embed_query, "第一个")
        assert counting.begun.wait(20)
        later = {text: pool.submit(batcher.embed_query, text) for text in map(str, range(10))}
        again = pool.submit(batcher.embed_query, "3")
        while batcher._queue.qsize() < 11:
            pass
        counting.go.set()
        found = {text: future.result(20) for text, future in later.items()}
    assert counting.sizes[0] == 1 and max(counting.sizes) == 8
    assert sum(counting.sizes) <= 12 and len(counting.sizes) == 3
    for text, vector in found.items():
        assert np.abs(vector - quick.embed_query(text)).max() < 1e-6
    assert np.abs(again.result() - found["3"]).max() < 1e-6


def test_an_error_reaches_who_asked_and_the_next_is_served(quick) -> None:
    counting = Counting(quick)
    counting.go.set()
    batcher = Batcher(counting)
    with pytest.raises(ValueError, match="bad"):
        batcher.embed_query("bad")
    assert batcher.embed_query("好").shape == (1, 384)


def test_one_batcher_for_a_model_and_none_where_it_is_off(quick) -> None:
    assert batched(quick, 1) is quick
    assert batched(quick, 16) is batched(quick, 16)
