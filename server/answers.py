"""Answers that were given before: the same question on the same day, of the same generation.

Each assistant has its own, so that a new generation of the index begins with none. The key holds
the question with its limits, the conversation, what is to be forgotten in it, the day it is today
and the model. An answer that a language model failed at is not kept: the next try may succeed.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date

from retriever.query import Query, Retrieval
from server.answer import Answer
from server.chat import ChatModel

__all__ = ["Answers"]


@dataclass(slots=True)
class _Entry:
    retrieval: Retrieval
    #: By the model that was asked, None for none.
    answers: dict[ChatModel | None, Answer] = field(default_factory=dict)


class Answers:
    """The latest ``most`` questions with what was found and answered."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        #: Entries by the object that was handed out, which they keep alive.
        self._found: dict[int, _Entry] = {}
        self._lock = threading.Lock()

    @staticmethod
    def key(query: Query, conversation: Sequence[str], forget: Sequence[str | int]) -> Hashable:
        """What a question depends on; a turn's number and a text of the same digits differ."""
        forgotten = tuple((type(each).__name__, each) for each in forget)
        return query, tuple(conversation), forgotten, date.today()

    def found(self, key: Hashable) -> Retrieval | None:
        """What was found for a question before."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry.retrieval

    def keep(self, key: Hashable, retrieval: Retrieval) -> None:
        """Keep what was found; the question that nobody asked for longest goes."""
        with self._lock:
            if key in self._entries:
                return
            self._entries[key] = self._found[id(retrieval)] = _Entry(retrieval)
            while len(self._entries) > self._most:
                _, old = self._entries.popitem(last=False)
                del self._found[id(old.retrieval)]

    def answer(self, retrieval: Retrieval, model: ChatModel | None) -> Answer | None:
        """The answer made of what was found, if it was found here."""
        with self._lock:
            entry = self._found.get(id(retrieval))
            return entry.answers.get(model) if entry and entry.retrieval is retrieval else None

    def add(self, retrieval: Retrieval, model: ChatModel | None, answer: Answer) -> None:
        """Keep an answer, unless the model failed at it."""
        if any(p.check.startswith("model_") for p in answer.trace.problems):
            return
        with self._lock:
            entry = self._found.get(id(retrieval))
            if entry and entry.retrieval is retrieval:
                entry.answers[model] = answer
