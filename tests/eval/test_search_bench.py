"""The bench of searching, on a small size: real index, real model, real bare libraries."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.catalogue import bundled_corpus
from eval.search_bench.material import NoisyEmbedder, Originals, copies, questions, read_originals
from eval.search_bench.measure import measure
from eval.search_bench.plot import write_plot
from indexer.passages import passages_of
from server.assistant import Assistant


@pytest.fixture(scope="module")
def originals() -> Originals:
    return read_originals(None, bundled_corpus())


@pytest.fixture(scope="module")
def noisy(assistant: Assistant, originals: Originals) -> NoisyEmbedder:
    return NoisyEmbedder(assistant.retriever.embedder, originals, assistant.index)


def test_copies_are_as_many_as_wanted_and_all_different(originals: Originals):
    made = list(copies(originals, 500))
    names = [reading.document.id for reading in made]
    assert len(set(names)) == len(names)
    wholes = [p.whole for r in made for p in passages_of(r.document, r.outline)]
    assert 500 <= len(wholes) < 500 + originals.clauses
    assert len(set(wholes)) == len(wholes)
    again = [reading.document.title for reading in copies(originals, 500)]
    assert again == [reading.document.title for reading in made]


def test_a_copy_lies_near_its_original(noisy: NoisyEmbedder, originals: Originals):
    first, second = list(copies(originals, 2 * originals.clauses))[:: len(originals.readings)][:2]
    texts = [next(passages_of(r.document, r.outline)).whole for r in (first, second)]
    vectors = noisy.embed_passages(texts)
    assert vectors @ vectors.T == pytest.approx(np.array([[1, 0.93], [0.93, 1]]), abs=0.02)
    assert np.array_equal(vectors, noisy.embed_passages(texts))


def test_a_size_is_measured_and_drawn(noisy: NoisyEmbedder, originals: Originals, tmp_path: Path):
    found = measure(originals, 400, noisy, questions()[:8], tmp_path / "index")
    assert 400 <= found.clauses <= found.sentences
    assert found.recall == 1.0
    assert found.search_p50 > 0 and found.embed_p50 > 0 and found.over_bare > 0
    assert found.disk_mb > 0.5 and found.memory_mb > 100
    write_plot([found, found], tmp_path / "plot.svg")
    assert "clauses" in (tmp_path / "plot.svg").read_text("utf-8")
