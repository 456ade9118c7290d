"""The BEIR layout: corpus.jsonl, queries.jsonl and qrels, of any retrieval benchmark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from corpus.address import Address
from eval.external.passage_index import open_index
from eval.external.records import (
    CORPUS,
    QUERIES,
    Progress,
    Question,
    Record,
    ask_each,
    bad_line,
    read_records,
)
from eval.outcome import Outcome
from eval.ranking import DEPTHS, trec_values
from eval.variant import Variant
from indexer.embedder import open_embedder
from retriever.retriever import Retriever
from server.assembly import Say
from server.assistant import Assistant
from server.settings import Settings

__all__ = ["BeirSet", "Qrels", "read_qrels"]

#: By query, how well each passage answers it: 0 not at all.
Qrels = Mapping[str, Mapping[str, int]]

#: How many passages are retrieved for each question.
_DEPTH = 100
_DEPTHS = (*DEPTHS, _DEPTH)


@dataclass(frozen=True, slots=True)
class BeirSet:
    """Questions over passages that are searched as they are, and the judgements in ``qrels``."""

    name: str
    folder: Path
    qrels: Path

    def run(
        self,
        settings: Settings,
        variant: Variant,
        today: date,
        progress: Progress | None = None,
        say: Say | None = None,
    ) -> tuple[Assistant, tuple[Outcome, ...]]:
        """Index the passages where that was not done yet, and ask every judged question."""
        assistant, questions, qrels = self.open(settings, variant, say)
        outcomes = ask_each(self.name, questions, assistant, today, _DEPTH, progress)
        return assistant, _measured(outcomes, qrels)

    def open(
        self, settings: Settings, variant: Variant, say: Say | None = None
    ) -> tuple[Assistant, list[Question], Qrels]:
        """Open the product over the passages; return it with the questions and judgements."""
        corpus = list(read_records(self.folder / CORPUS, "_id", ("text",), ("title",)))
        queries = list(read_records(self.folder / QUERIES, "_id", ("text",)))
        qrels = read_qrels(self.qrels, {r.id for r in queries}, {r.id for r in corpus})
        questions = [
            Question(
                r.id, r.texts["text"], tuple(d for d, score in qrels[r.id].items() if score > 0)
            )
            for r in queries
            if any(score > 0 for score in qrels.get(r.id, {}).values())
        ]
        return self._open(corpus, settings, variant, say), questions, qrels

    def _open(
        self, corpus: Sequence[Record], settings: Settings, variant: Variant, say: Say | None
    ) -> Assistant:
        name = variant.embedder or settings.embedder
        adapted = settings.adapter and "adapter" not in variant.without
        embedder = open_embedder(name, settings.models, say, adapted)
        index = open_index(corpus, self.folder, settings.home / "eval", embedder)
        # Nothing is answered here, so the threshold of a variant has nothing to act on.
        return Assistant(index, Retriever(index, embedder, without=variant.without))


def read_qrels(path: Path, queries: set[str], passages: set[str]) -> Qrels:
    """Read the judgements; raise InputError for a bad line or an id that is not in the set."""
    qrels: dict[str, dict[str, int]] = {}
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                query, passage, score = line.decode("utf-8-sig").rstrip("\r\n").split("\t")
                if number == 1 and query == "query-id":
                    continue
                grade = int(score)
            except ValueError as error:
                raise bad_line(path, number, f"query-id ⇥ corpus-id ⇥ score: {error}") from error
            query, passage = Record.safe(query), Record.safe(passage)
            unknown = [n for n, known in ((query, queries), (passage, passages)) if n not in known]
            if unknown:
                problem = f"没有这个编号 / no such id: {unquote(unknown[0])}"
                raise bad_line(path, number, problem)
            qrels.setdefault(query, {})[passage] = grade
    return qrels


def _measured(outcomes: Sequence[Outcome], qrels: Qrels) -> tuple[Outcome, ...]:
    # Places, not scores, decide: trec_eval would order equal scores in a way of its own.
    run = {
        o.id: {Address.parse(hit.address).document: -float(i) for i, hit in enumerate(o.found)}
        for o in outcomes
    }
    values = trec_values({o.id: qrels[o.id] for o in outcomes}, run, _DEPTHS)
    return tuple(
        replace(o, values={**values[o.id], "errors": float(o.error is not None)}) for o in outcomes
    )
