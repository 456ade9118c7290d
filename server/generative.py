"""A draft in a model's words: it may only condense what the clauses say, and each sentence is
checked on its own.

The extractive draft comes first and decides the status; it takes over wherever the model fails,
refuses, or leaves out what was asked. Nothing that a model says reaches an answer unchecked.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from retriever.query import Retrieval
from server.answer import Claim, Draft, Problem
from server.asking import Asking, asking_last
from server.chat import ChatError, ChatModel
from server.evidence import Evidence, gather
from server.leftout import left_out
from server.notes import notes
from server.quoting import Quoted, Support, best_quote
from server.replies import CANNOT, Reply, Said
from server.support import LONGEST, unsupported_by
from server.verifier import problem_of

__all__ = ["Composed", "GenerativeComposer"]

#: A reply with more sentences is no short answer; the rest is not read.
_MOST_SENTENCES = 10
#: Clauses longer than this together are not sent.
_MOST_CHARACTERS = 6000


@dataclass(frozen=True, slots=True)
class Composed:
    """A draft with what was dropped on the way; ``generated`` where it is the model's."""

    draft: Draft
    problems: tuple[Problem, ...] = ()
    generated: bool = False


@dataclass(frozen=True, slots=True)
class GenerativeComposer:
    """Asks a model to answer from the clauses of a draft and those found near it."""

    index: ClauseIndex
    model: ChatModel

    async def compose(
        self, draft: Draft, retrieval: Retrieval
    ) -> AsyncGenerator[Claim | Composed, None]:
        """Yield each claim once it is checked, and last what came of it all."""
        text, latest = retrieval.understanding.text, retrieval.query.latest
        ask = asking_last(text, latest, self.index.titles)
        evidence = gather(draft.claims, retrieval, self.index)
        if not _is_for_a_model(draft, ask, evidence):
            yield Composed(draft)
            return
        hearing = _Hearing(self.index, retrieval, draft, evidence)
        failure: Problem | None = None
        try:
            async with aclosing(self._sentences(evidence, retrieval)) as sentences:
                async for said in sentences:
                    # Long clauses take their time: off the event loop.
                    if claim := await asyncio.to_thread(hearing.hear, said):
                        yield claim
                    if hearing.done:
                        break
        except ChatError as error:
            failure = Problem("", f"model_{error.kind}", error.message)
        failure = failure or hearing.verdict(ask)
        problems = tuple(hearing.problems)
        if failure:
            yield Composed(draft, (*problems, failure))
        else:
            yield Composed(self._draft(hearing.claims, draft, retrieval, ask), problems, True)

    async def _sentences(
        self, evidence: Evidence, retrieval: Retrieval
    ) -> AsyncGenerator[Said, None]:
        question, as_of = retrieval.query.text, retrieval.query.as_of
        reply = Reply()
        messages = evidence.messages(question, self.index, as_of)
        async with aclosing(self.model.stream(messages)) as pieces:
            try:
                async for piece in pieces:
                    for said in reply.feed(piece):
                        yield said
            except ChatError as error:
                # What was said in full still counts; its last sentence is not whole.
                if error.kind != "length":
                    raise
                return
        for said in reply.close():
            yield said

    def _draft(self, claims: list[Claim], draft: Draft, retrieval: Retrieval, ask: Asking) -> Draft:
        """The draft in the model's words, with the notes that its further clauses need."""
        told = {claim.address for claim in draft.claims}
        cited = dict.fromkeys(address for claim in claims for address, _ in claim.sources)
        further = [address for address in cited if address not in told]
        said = notes(self.index, further, ask, retrieval.query.as_of)
        return replace(
            draft, claims=tuple(claims), notes=tuple(dict.fromkeys((*draft.notes, *said)))
        )


def _is_for_a_model(draft: Draft, ask: Asking, evidence: Evidence) -> bool:
    """Whether there is something to put in other words.

    Refusals, look-ups, terms, sums, rows of tables and what a text leaves open stay as they are.
    """
    if (
        draft.calculation is not None
        or draft.status not in ("answered", "informational")
        or ask.lookup
        or ask.validity
    ):
        return False
    if not draft.claims or any("\t" in claim.quote for claim in draft.claims):
        return False
    return sum(len(passage.text) for passage in evidence.passages) <= _MOST_CHARACTERS


@dataclass(slots=True)
class _Hearing:
    """The sentences of one reply, and what came of each."""

    index: ClauseIndex
    retrieval: Retrieval
    draft: Draft
    evidence: Evidence
    claims: list[Claim] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    done: bool = False
    refused: bool = False

    def hear(self, said: Said) -> Claim | None:
        """Check one sentence: its claim, or None and a problem on record."""
        if said.text in self.heard:
            # Models that repeat themselves do not stop doing so.
            self.done = True
            return None
        self.heard.add(said.text)
        self.done = len(self.heard) >= _MOST_SENTENCES
        if said.text.strip("。！ ") == CANNOT:
            self.refused = self.done = True
            return None
        found = self._claim(said)
        if isinstance(found, Problem):
            self.problems.append(replace(found, claim=said.text[:200], detail=found.detail[:200]))
            return None
        self.claims.append(found)
        return found

    def verdict(self, ask: Asking) -> Problem | None:
        """Why the model's sentences are no answer, or None."""
        if self.refused:
            return Problem("", "model_refused", CANNOT)
        if not self.claims:
            kind = "model_unsupported" if self.problems else "model_empty"
            return Problem("", kind, "没有一句通过核对" if self.problems else "没有回复")
        missing = left_out(self.claims, self.draft, self.retrieval, ask)
        return Problem("", "model_incomplete", missing) if missing else None

    def _claim(self, said: Said) -> Claim | Problem:
        if len(said.text) > LONGEST:
            return Problem(said.text, "model_endless", f"{len(said.text)}字")
        if not said.numbers:
            return Problem(said.text, "model_uncited", "句末没有编号")
        unknown = [n for n in said.numbers if self.evidence.get(n) is None]
        if unknown:
            return Problem(said.text, "model_unknown_number", str(unknown))
        sources = []
        for words, numbers in _parts(said):
            quoted = [self._quoted(words, n) for n in numbers]
            support = Support(words, tuple(quoted), self.retrieval.understanding.text)
            if failed := unsupported_by(support):
                return Problem(said.text, *failed)
            addresses = [self.evidence.passages[n - 1].address for n in numbers]
            sources += list(zip(addresses, (quote.text for quote in quoted), strict=True))
        (address, quote), *also = dict.fromkeys(sources)
        lead = self._lead([cited for cited, _ in sources])
        claim = Claim(_ended(said.text), address, quote, lead, tuple(also))
        return problem_of(claim, self.index) or claim

    def _quoted(self, words: str, number: int) -> Quoted:
        passage = self.evidence.passages[number - 1]
        quote = best_quote(words, passage.text)
        return Quoted(quote, passage.text[: passage.text.index(quote)], passage.context[1:])

    def _lead(self, addresses: Sequence[Address]) -> str:
        """Of which document a claim is, where it is not the one that the draft is about."""
        main = {claim.address.document for claim in self.draft.claims}
        cited = list(dict.fromkeys(address.document for address in addresses))
        if len(main) == 1 and main == set(cited):
            return ""
        shown = {p.address.document for p in self.evidence.passages}
        areas = [self.index.document(name).area for name in shown]
        apart = None not in areas and len(set(areas)) == len(areas)
        documents = [self.index.document(name) for name in cited]
        return "、".join(str(d.area) if apart else f"《{d.title}》" for d in documents) + "："


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else text.rstrip("，；、,;. ") + "。"


def _parts(said: Said) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The parts of a sentence that stand on their own markers, else the sentence as one."""
    whole = ((said.text, said.numbers),)
    alone = all(numbers and len(words) >= 8 for words, numbers in said.parts)
    return said.parts if alone else whole
