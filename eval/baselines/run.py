"""Run the baselines over the questions of a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import numpy as np

from corpus.address import Address
from corpus.errors import PolicyError
from eval.baselines.chunks import Chunk, cached_vectors, counts_for, cut_documents, fixed_size
from eval.baselines.peer import langchain_search
from eval.outcome import Outcome
from eval.ranking import level_values, lies_in
from eval.run import DEPTH
from eval.runs import BaselineRun
from indexer.lexical import terms
from server.assistant import Assistant
from server.settings import Settings

__all__ = ["run_baselines"]

Progress = Callable[[str, int, int], None]
#: What a search finds, best first: clauses, or pieces of text.
Hits = Sequence[Address | Chunk]
Search = Callable[[str], Hits]

_TITLES = {
    "bm25": "只用 BM25 / BM25 alone, over our clauses",
    "dense": "只用向量 / dense alone, over our clauses",
    "fixed": "定长切分 / fixed size (500, overlap 50), same embedder",
    "langchain": "LangChain 默认流程 / default pipeline (1000, overlap 200), same embedder",
}


@dataclass(frozen=True, slots=True)
class _Found:
    """What a baseline found for one question."""

    outcome: Outcome
    hits: Hits
    took_ms: float


def run_baselines(
    outcomes: Sequence[Outcome],
    assistants: Mapping[str, Assistant],
    settings: Settings,
    progress: Progress | None = None,
) -> tuple[BaselineRun, ...]:
    """Ask every baseline the questions that have clauses to find, set by set."""
    asked = {
        name: [o for o in outcomes if o.set == name and o.expected and "#" in o.expected[0]]
        for name in assistants
    }
    asked = {name: questions for name, questions in asked.items() if questions}
    return tuple(
        _run(name, asked, assistants, settings.home, progress) for name in _TITLES if asked
    )


def _run(
    name: str,
    asked: Mapping[str, Sequence[Outcome]],
    assistants: Mapping[str, Assistant],
    home: Path,
    progress: Progress | None,
) -> BaselineRun:
    result = BaselineRun(name, _TITLES[name])
    values: dict[str, dict[str, float]] = {}
    times: list[float] = []
    for set_name, questions in asked.items():
        assistant = assistants[set_name]
        try:
            size, search = _open(name, assistant, home)
        except PolicyError as error:
            # A library or the sources may be missing; that is no reason to lose the run.
            return replace(result, problem=error.message)
        found = []
        for number, outcome in enumerate(questions, 1):
            found.append(_ask(search, outcome, assistant))
            if progress:
                progress(f"{name} {set_name}", number, len(questions))
        values |= _measured(found, assistant)
        times += [f.took_ms for f in found]
        result = replace(result, units=result.units + size)
    return replace(result, values=values, p50_ms=round(median(times), 2))


def _open(name: str, assistant: Assistant, home: Path) -> tuple[int, Search]:
    """Prepare a baseline over the index of a set; return its number of units and its search."""
    index, embedder = assistant.index, assistant.retriever.embedder
    if name == "langchain":
        return langchain_search(index, embedder, home, DEPTH)
    if name == "fixed":
        chunks = cut_documents(index, fixed_size)
        vectors = cached_vectors([c.text for c in chunks], embedder, home)

        def nearest(question: str) -> list[Chunk]:
            scores = vectors @ embedder.embed_query(question)[0]
            return [chunks[row] for row in np.argsort(-scores, kind="stable")[:DEPTH]]

        return len(chunks), nearest
    if name == "dense":
        return len(index.passages), lambda question: [
            index.passages[row].address
            for row in index.clauses.search(embedder.embed_query(question), DEPTH)[0].tolist()
        ]

    def most_words(question: str) -> list[Address]:
        rows, _ = index.lexical.search(terms(question), DEPTH)
        return [index.passages[row].address for row in rows.tolist()]

    return len(index.passages), most_words


def _ask(search: Search, outcome: Outcome, assistant: Assistant) -> _Found:
    question = assistant.read(outcome.question, outcome.conversation)
    started = time.perf_counter()
    hits = search(question)
    return _Found(outcome, hits, (time.perf_counter() - started) * 1000)


def _measured(found: Sequence[_Found], assistant: Assistant) -> dict[str, dict[str, float]]:
    def counts(hit: Address | Chunk, expected: Collection[Address]) -> set[Address]:
        if isinstance(hit, Chunk):
            return counts_for(hit, expected, assistant.index)
        return lies_in(hit, expected)

    asked = {f.outcome.key: ([Address.parse(a) for a in f.outcome.expected], f.hits) for f in found}
    return level_values(asked, counts)
