"""Measure one size: build, open, memory, disk, and questions beside the bare libraries."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from eval.search_bench.material import NoisyEmbedder, Originals, copies
from indexer.build import index_readings
from indexer.clause_index import ClauseIndex
from indexer.embedder import Embedder
from indexer.lexical import terms
from indexer.vectors import exact
from retriever.query import Query
from retriever.retriever import Retriever
from server.assistant import Assistant

__all__ = ["Measured", "build_rate", "measure"]

_DEPTH = 60
#: Cosines no further apart are of the same text.
_ALIKE = 1e-4
#: Above this the bare word index would not fit beside everything else.
_WORDS = 200_000


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one size. Times of questions are in milliseconds, sizes in megabytes.

    ``bare`` is the time of the bare libraries for the same question: the model, a flat FAISS index
    over clauses and one over sentences, bm25s over the same terms. ``recall`` is the share of the
    exact neighbours that the index finds. ``answer`` is the whole answer, without a language model.
    """

    clauses: int
    sentences: int
    build_seconds: float
    open_seconds: float
    disk_mb: float
    memory_mb: float
    embed_p50: float
    search_p50: float
    search_p95: float
    search_p99: float
    answer_p50: float
    answer_p95: float
    per_second: float
    bare_p50: float
    over_embedding: float
    over_bare: float
    recall: float

    def as_json(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        return asdict(self)


def measure(
    originals: Originals,
    clauses: int,
    embedder: NoisyEmbedder,
    asked: Sequence[str],
    place: Path,
) -> Measured:
    """Build an index of a size in a folder, and measure it."""
    started = time.perf_counter()
    readings = {reading.document.id: reading for reading in copies(originals, clauses)}
    index_readings(readings, place, embedder, f"bench-{clauses}")
    built = time.perf_counter() - started
    del readings
    started = time.perf_counter()
    index = ClauseIndex.open(place)
    opened = time.perf_counter() - started
    retriever = Retriever(index, embedder)
    times, embedding = _ask(retriever, embedder, asked)
    memory = _memory()
    answered = np.percentile(_answer(Assistant(index, retriever), asked), (50, 95))
    bare = _bare(index, embedder, asked)
    p50, p95, p99 = np.percentile(times, (50, 95, 99))
    disk = sum(path.stat().st_size for path in index.folder.rglob("*") if path.is_file())
    return Measured(
        len(index.passages), len(index.sentences.vectors), round(built, 1), round(opened, 3),
        round(disk / 1e6, 1), memory, _ms(np.median(embedding)), _ms(p50), _ms(p95), _ms(p99), _ms(answered[0]), _ms(answered[1]),
        round(len(times) / sum(times), 1), _ms(np.median(bare)),
        round(float(p50 / np.median(embedding)), 2), round(float(p50 / np.median(bare)), 2),
        _recall(index, embedder, asked),
    )  # fmt: skip


def build_rate(
    embedder: Embedder, texts: Sequence[str], build: Callable[[], int]
) -> dict[str, float]:
    """Compare how fast a build embeds with how fast the bare model does, in turn, twice."""
    model: Any = embedder
    ours, bare = [], []
    for _ in range(2):
        started = time.perf_counter()
        count = build()
        ours.append(count / (time.perf_counter() - started))
        started = time.perf_counter()
        model.model.encode_document(list(texts), batch_size=16, normalize_embeddings=True)
        bare.append(len(texts) / (time.perf_counter() - started))
    return {
        "texts": len(texts),
        "build_per_second": round(max(ours), 1),
        "bare_per_second": round(max(bare), 1),
        "build_over_bare": round(max(ours) / max(bare), 2),
    }


def _ask(
    retriever: Retriever, embedder: Embedder, asked: Sequence[str]
) -> tuple[list[float], list[float]]:
    """The time of each question, and that of its embedding alone, warm."""
    for text in asked[:5]:
        retriever.retrieve(Query(text + "？", date.today()))
    times, embedding = [], []
    for text in asked:
        written = retriever.understand(text).text
        started = time.perf_counter()
        embedder.embed_query(written)
        embedding.append(time.perf_counter() - started)
        started = time.perf_counter()
        retriever.retrieve(Query(text, date.today()))
        times.append(time.perf_counter() - started)
    return times, embedding


def _answer(assistant: Assistant, asked: Sequence[str]) -> list[float]:
    """The time of each whole answer, warm; each question is a new one."""
    times = []
    for text in asked:
        started = time.perf_counter()
        assistant.ask(Query(f"请问{text}", date.today()))
        times.append(time.perf_counter() - started)
    return times


def _bare(index: ClauseIndex, embedder: Embedder, asked: Sequence[str]) -> list[float]:
    """The time of each question with the libraries alone."""
    flat = [_flat(index.clauses.vectors), _flat(index.sentences.vectors)]
    words = _words(index) if len(index.passages) <= _WORDS else None
    times = []
    for text in asked:
        started = time.perf_counter()
        vector = embedder.embed_query(text)
        for each in flat:
            each.search(vector, _DEPTH)
        if words:
            words.retrieve([terms(text)], k=_DEPTH, show_progress=False)
        times.append(time.perf_counter() - started)
    return times


def _flat(vectors: Any) -> Any:
    index: Any = faiss.IndexFlatIP(vectors.shape[1])
    for start in range(0, len(vectors), 100_000):
        index.add(vectors[start : start + 100_000].astype(np.float32))
    return index


def _words(index: ClauseIndex) -> Any:
    try:
        import bm25s
    except ImportError:
        return None
    bm25 = bm25s.BM25(method="lucene")
    bm25.index([terms(passage.whole) for passage in index.passages], show_progress=False)
    return bm25


def _recall(index: ClauseIndex, embedder: Embedder, asked: Sequence[str]) -> float:
    """The share of the exact nearest clauses and sentences' clauses that the searches find.

    By scores: of clauses that say the same, which are found is all the same.
    """
    shares = []
    for vectors in (index.clauses, index.sentences):
        for text in asked[:50]:
            vector = embedder.embed_query(text)
            _, scores = vectors.search(vector, _DEPTH)
            _, truth = exact(vectors, vector, _DEPTH)
            shares.append((scores >= truth[-1] - _ALIKE).sum() / len(truth))
    return round(float(np.mean(shares)), 4)


def _memory() -> float:
    """Resident memory of this process now, in megabytes; the highest there was where that is
    not told."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text("utf-8").splitlines() if x.startswith("VmRSS"))
        return round(int(line.split()[1]) / 1000, 1)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1e6 if sys.platform == "darwin" else 1e3), 1)


def _ms(seconds: Any) -> float:
    return round(float(seconds) * 1000, 1)
