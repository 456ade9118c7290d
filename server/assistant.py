"""The whole product in ten lines: question in, verified answer out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.clause_index import ClauseIndex
from retriever.conversation import standalone
from retriever.followup import named_anew
from retriever.orders import without_orders
from retriever.query import DEFAULT_THRESHOLD, Query, Retrieval
from retriever.retriever import Retriever
from server.answer import Answer
from server.composer import ExtractiveComposer
from server.verifier import verify

__all__ = ["Assistant"]


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions over one open index."""

    index: ClauseIndex
    retriever: Retriever
    threshold: float = DEFAULT_THRESHOLD

    def ask(self, query: Query, conversation: Sequence[str] = ()) -> Answer:
        """Answer a question; ``conversation`` holds the questions before it, oldest first."""
        started = time.perf_counter()
        retrieval = self.retrieve(query, conversation)
        answer = self.answer(retrieval)
        took = round((time.perf_counter() - started) * 1000, 1)
        return replace(answer, question=query.text, took_ms=took)

    def retrieve(self, query: Query, conversation: Sequence[str] = ()) -> Retrieval:
        """Find the clauses for a question, read in its conversation."""
        text = self.read(query.text, conversation)
        if text == without_orders(query.text):
            query = replace(query, text=text)
        else:
            # A follow-up with the question before it are one question, not two sides of one.
            query = replace(query, text=text, sides=False, focus=named_anew(query.text))
        return self.retriever.retrieve(query)

    def read(self, question: str, conversation: Sequence[str]) -> str:
        """Return a question without orders to us, with what it leaves out, from its conversation."""
        asked = without_orders(question)
        return standalone(asked, conversation, self.retriever, self.threshold)

    def answer(self, retrieval: Retrieval) -> Answer:
        """Compose and verify an answer from what was found."""
        draft = ExtractiveComposer(self.index, self.retriever, self.threshold).compose(retrieval)
        return verify(draft, retrieval, self.index)
