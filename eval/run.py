"""Ask the gold questions and keep what came of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from corpus.address import Address
from corpus.errors import PolicyError
from eval.gold import GoldQuestion
from eval.measures import answer_values, missing_facts, unsupported, zero
from eval.outcome import Found, Outcome
from eval.ranking import level_values, lies_in
from retriever.confidence import confidence
from retriever.query import Query, Retrieval
from server.answer import Answer
from server.assistant import Assistant

__all__ = ["DEPTH", "ask_all", "hits_of", "in_turn", "with_ranking_values"]

#: How many clauses are retrieved for each question.
DEPTH = 10

Progress = Callable[[int, int], None]
Asked = TypeVar("Asked")


def ask_all(
    name: str,
    questions: Sequence[GoldQuestion],
    assistant: Assistant,
    today: date,
    progress: Progress | None = None,
) -> tuple[Outcome, ...]:
    """Ask every question of the set ``name`` and measure the answers."""
    asked = in_turn(
        questions, lambda gold: _ask(name, gold, assistant, today), assistant, today, progress
    )
    return with_ranking_values(asked)


def in_turn(
    questions: Sequence[Asked],
    ask: Callable[[Asked], Outcome],
    assistant: Assistant,
    today: date,
    progress: Progress | None = None,
) -> tuple[Outcome, ...]:
    """Ask one question after the other."""
    # The first question of a process pays for what is loaded late; that is no latency.
    if questions:
        assistant.retrieve(Query("预热", today, 1))
    outcomes = []
    for number, question in enumerate(questions, 1):
        outcomes.append(ask(question))
        if progress:
            progress(number, len(questions))
    return tuple(outcomes)


def hits_of(retrieval: Retrieval) -> tuple[Found, ...]:
    """What was found, as a run keeps it."""
    return tuple(
        Found(str(h.passage.address), round(h.score, 4), h.found_by) for h in retrieval.hits
    )


def with_ranking_values(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Add the measures of rankings to the questions that have something to find."""
    asked = {
        o.key: (
            [Address.parse(a) for a in o.expected],
            [Address.parse(hit.address) for hit in o.found],
        )
        for o in outcomes
        if o.expected and not o.error
    }
    values = level_values(asked, lies_in)
    return tuple(
        replace(o, values={**o.values, **values[o.key]}) if o.key in values else o for o in outcomes
    )


def _ask(name: str, gold: GoldQuestion, assistant: Assistant, today: date) -> Outcome:
    base = Outcome(
        name, gold.id, gold.type, gold.question, gold.status, "error", gold.conversation,
        gold.as_of.isoformat() if gold.as_of else None, tuple(map(str, gold.addresses)),
        facts=gold.facts, forbid=gold.forbid, note=gold.note,
    )  # fmt: skip
    query = Query(gold.question, gold.as_of or today, DEPTH, gold.area)
    started = time.perf_counter()
    try:
        retrieval = assistant.retrieve(query, gold.conversation)
        found = time.perf_counter()
        answer = replace(assistant.answer(retrieval), question=_said(gold))
        answered = time.perf_counter()
    except PolicyError as error:
        missing = missing_facts(gold, "")
        return replace(base, values=zero(gold), error=error.message, missing=missing)
    sure = confidence(retrieval, assistant.retriever)
    sources = _sources(assistant, answer)
    values = answer_values(gold, answer, sources)
    return replace(
        base,
        status=answer.status,
        found=hits_of(retrieval),
        cited=tuple(dict.fromkeys(str(c.address) for c in answer.citations)),
        quotes={str(c.address): c.quote for c in answer.citations},
        answer=answer.text,
        missing=missing_facts(gold, answer.text),
        unsupported=unsupported(answer, sources),
        values=values,
        confidence=round(sure, 4),
        forced=_forced(gold, retrieval, answer, values["right"], assistant),
        times={
            "retrieve": round((found - started) * 1000, 2),
            "answer": round((answered - found) * 1000, 2),
            "total": round((answered - started) * 1000, 2),
        },
    )  # fmt: skip


def _said(gold: GoldQuestion) -> str:
    """All that the asker said: a figure of the question before is no invention either."""
    return "\n".join((*gold.conversation, gold.question))


def _forced(
    gold: GoldQuestion, retrieval: Retrieval, answer: Answer, right: float, assistant: Assistant
) -> bool | None:
    """Whether the answer would be right were none refused for lack of confidence."""
    if answer.status != "refused":
        return bool(right)
    bold = replace(assistant, threshold=0.0).answer(retrieval)
    if bold.status == "refused":
        return None
    return bool(answer_values(gold, bold, _sources(assistant, bold))["right"])


def _sources(assistant: Assistant, answer: Answer) -> dict[Address, str]:
    """The whole text of each cited clause."""
    readings = assistant.index.readings
    cited = (citation.address for citation in answer.citations)
    return {a: readings[a.document].outline.text(a.path) for a in cited}
