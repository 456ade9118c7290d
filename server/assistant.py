"""The whole product in ten lines: question in, verified answer out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from indexer.clause_index import ClauseIndex
from prompts import render
from retriever.clearing import parted, takes_back
from retriever.conversation import standalone
from retriever.followup import named_anew
from retriever.orders import without_orders
from retriever.query import DEFAULT_THRESHOLD, Query, Retrieval, Understanding
from retriever.retriever import Retriever
from server.amended import amended
from server.answer import Answer, Claim, Draft, Told
from server.answers import Answers
from server.chat import ChatModel
from server.composer import ExtractiveComposer
from server.evidence import PROMPT
from server.generative import Composed, GenerativeComposer
from server.placing import of_foreign
from server.profile import heard, shown
from server.verifier import begun, verify

__all__ = ["Assistant", "Observer", "Stage"]

Stage = Literal["retrieval", "answering"]


class Observer(Protocol):
    """Is told how long each stage took, and of each answer."""

    def took(self, stage: Stage, seconds: float) -> None: ...

    def answered(self, answer: Answer) -> None: ...


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions over one open index; a ``model`` may put answers in its own words."""

    index: ClauseIndex
    retriever: Retriever
    threshold: float = DEFAULT_THRESHOLD
    model: ChatModel | None = None
    observer: Observer | None = None
    answers: Answers | None = None

    def ask(
        self, query: Query, conversation: Sequence[str] = (), forget: Sequence[str | int] = ()
    ) -> Answer:
        """Answer a question; ``conversation`` holds the questions before it, oldest first.

        ``forget`` are things said in them that no longer count: their texts, or numbers of turns.
        """
        started = time.perf_counter()
        retrieval = self.retrieve(query, conversation, forget)
        answer = self.answer(retrieval)
        took = round((time.perf_counter() - started) * 1000, 1)
        return replace(answer, question=query.text, took_ms=took)

    def retrieve(
        self, query: Query, conversation: Sequence[str] = (), forget: Sequence[str | int] = ()
    ) -> Retrieval:
        """Find the clauses for a question, read in its conversation."""
        if takes_back(query.text):
            return Retrieval(query, Understanding(query.text), ())
        started = time.perf_counter()
        key = Answers.key(query, conversation, forget)
        found = self.answers.found(key) if self.answers else None
        if found is None:
            found = self._find(query, conversation, forget)
            if self.answers:
                self.answers.keep(key, found)
        if self.observer:
            self.observer.took("retrieval", time.perf_counter() - started)
        return found

    def _find(
        self, query: Query, conversation: Sequence[str], forget: Sequence[str | int]
    ) -> Retrieval:
        cleared, asked = parted(query.text)
        earlier = () if cleared else heard(conversation, forget, self.retriever)
        query = replace(query, text=asked, earlier=earlier)
        text = self._read(asked, earlier)
        if text == without_orders(asked):
            query = replace(query, text=text)
        else:
            # A follow-up with the question before it are one question, not two sides of one.
            named = named_anew(asked)
            query = replace(query, text=text, sides=False, focus=named, latest=asked)
        return self.retriever.retrieve(query)

    def read(self, question: str, conversation: Sequence[str]) -> str:
        """Return a question without orders to us, with what it leaves out, from its conversation."""
        return self._read(question, heard(conversation, (), self.retriever))

    def _read(self, question: str, earlier: Sequence[str]) -> str:
        asked = without_orders(question)
        told = [text for text in earlier if text.strip()]
        return standalone(asked, told, self.retriever, self.threshold)

    def answer(self, retrieval: Retrieval) -> Answer:
        """Compose and verify an answer from what was found."""
        if self.model is not None:
            return asyncio.run(self.last(retrieval))
        return self._again(retrieval) or self._plain(retrieval)

    def _plain(self, retrieval: Retrieval) -> Answer:
        started = time.perf_counter()
        return self._verified(Composed(self._draft(retrieval)), retrieval, started)

    def _again(self, retrieval: Retrieval) -> Answer | None:
        """The answer that was given to the same before."""
        answer = self.answers.answer(retrieval, self.model) if self.answers else None
        if answer and self.observer:
            self.observer.answered(answer)
        return answer

    async def stream(self, retrieval: Retrieval) -> AsyncGenerator[Told | Answer, None]:
        """Yield each statement once it is verified, and last the answer, which alone counts.

        Leaving off ends a model's work too.
        """
        if again := self._again(retrieval):
            for text, _ in again.claims:
                yield Told(text)
            yield again
            return
        started = time.perf_counter()
        draft = await asyncio.to_thread(self._draft, retrieval)
        composed, told = Composed(draft), list[Claim]()
        if self.model:
            composer = GenerativeComposer(self.index, self.model)
            async with aclosing(composer.compose(draft, retrieval)) as steps:
                async for step in steps:
                    if isinstance(step, Claim):
                        told.append(step)
                        written = await asyncio.to_thread(begun, told, draft, retrieval, self.index)
                        yield Told(step.lead + step.text, written)
                    else:
                        composed = step
        answer = await asyncio.to_thread(self._verified, composed, retrieval, started)
        for text, _ in answer.claims if not told else ():
            yield Told(text)
        yield answer

    async def last(self, retrieval: Retrieval) -> Answer:
        """Answer without holding a thread while a model is waited for."""
        async for step in self.stream(retrieval):
            if isinstance(step, Answer):
                return step
        raise AssertionError("a stream ends with the answer")

    def _draft(self, retrieval: Retrieval) -> Draft:
        if takes_back(retrieval.query.text):
            return Draft("answered", reason=render("cleared.zh"))
        composer = ExtractiveComposer(self.index, self.retriever, self.threshold)
        draft = composer.compose(of_foreign(retrieval, self.retriever))
        return amended(draft, self.index, retrieval.query.as_of, retrieval.understanding.text)

    def _verified(self, composed: Composed, retrieval: Retrieval, started: float) -> Answer:
        answer = verify(composed.draft, retrieval, self.index)
        answer = replace(answer, facts=shown(retrieval, answer.calculation, self.retriever))
        trace = answer.trace
        if composed.generated and self.model:
            trace = replace(trace, prompt=PROMPT, model=self.model.name)
            answer = replace(answer, mode="generative")
        problems = (*composed.problems, *trace.problems)
        answer = replace(answer, trace=replace(trace, problems=problems))
        if self.answers:
            self.answers.add(retrieval, self.model, answer)
        if self.observer:
            self.observer.took("answering", time.perf_counter() - started)
            self.observer.answered(answer)
        return answer
