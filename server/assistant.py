"""The whole product in ten lines: question in, verified answer out."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.clause_index import ClauseIndex
from retriever.query import DEFAULT_THRESHOLD, Query, Retrieval
from retriever.retriever import Retriever
from server.answer import Answer
from server.composer import ExtractiveComposer
from server.verifier import verify

__all__ = ["Assistant", "standalone"]

#: Characters kept of the question before.
_KEPT = 300
_FOLLOW_UP = re.compile(r"^(?:那|那么|它|这个?|该|其|上述|如果是|换成|要是)|呢[？?]?$")


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
        return self.retriever.retrieve(replace(query, text=standalone(query.text, conversation)))

    def answer(self, retrieval: Retrieval) -> Answer:
        """Compose and verify an answer from what was found."""
        draft = ExtractiveComposer(self.index, self.retriever, self.threshold).compose(retrieval)
        return verify(draft, retrieval, self.index)


def standalone(question: str, conversation: Sequence[str]) -> str:
    """Set the question before it in front of one that does not stand alone (那改良型呢).

    >>> standalone("那改良型呢？", ["创新药获批奖励多少？"])
    '创新药获批奖励多少？那改良型呢？'
    """
    if conversation and len(question) <= 30 and _FOLLOW_UP.search(question.strip()):
        return f"{conversation[-1][-_KEPT:]}{question}"
    return question
