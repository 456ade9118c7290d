"""Questions that are suggested: made of measures in force, and shown only once they were answered."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, combinations, islice, zip_longest

from corpus.document import Document
from corpus.errors import PolicyError
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from retriever.query import Query
from server.answer import Answer
from server.assistant import Assistant
from server.present import validity_json

__all__ = ["Suggester", "Suggestion", "Suggestions"]

#: How many of each kind are shown, and how many are tried for them.
_AMOUNTS, _SUMS, _COMPARED = 4, 1, 4
_TRIED = 12
#: Seconds that a page waits for suggestions that another request makes.
_PATIENCE = 10.0
#: Documents looked at, the latest first: a large library has enough in its latest ones.
_DOCUMENTS = 24
_SHORTEST, _BEST, _LONGEST = 10, 14, 24
#: What two measures must have in common to be compared by name.
_COMMON = 5
#: Words that begin or end no name.
_EDGES = "的和或与并及于在得"
#: How many measures of a document are held against those of another.
_ROWS = 40
_COSTS = (1000, 5000, 300)
_FORMS = ("奖励", "补助", "补贴", "资助", "扶持", "支持")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question with what kind of question it is, and the clauses that its answer cites."""

    kind: str
    question: str
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What to begin with, and comparisons that go on from an answer."""

    first: list[Suggestion] = field(default_factory=list)
    compared: list[Suggestion] = field(default_factory=list)


class Suggester:
    """Makes suggestions when they are first asked for, and anew for each day."""

    def __init__(self, assistant: Assistant) -> None:
        # Trying a question is no use of a language model, nor an answer to count.
        self._assistant = replace(assistant, model=None, observer=None)
        self._lock = threading.Lock()
        self._day: date | None = None
        self._made = Suggestions()

    def on(self, day: date) -> Suggestions:
        """The suggestions of a day; the ones before where making them takes too long."""
        if not self._lock.acquire(timeout=_PATIENCE):
            return self._made
        try:
            if self._day != day:
                self._made = self._make(day)
                self._day = day
            return self._made
        finally:
            self._lock.release()

    def _make(self, day: date) -> Suggestions:
        index = self._assistant.index
        documents = list(islice(_in_force(index, day), _DOCUMENTS))
        rows = [_by_fitness(index.entitlements[document.id]) for document in documents]
        sums = self._answered(_sums(documents, rows), day, _SUMS)
        amounts = self._answered(_amounts(documents, rows), day, _AMOUNTS, sums)
        compared = self._answered(_comparisons(index, documents), day, _COMPARED)
        first = [*amounts, *sums, *compared[:1]]
        return Suggestions(first or self._answered(_titles(index, documents), day, 4), compared)

    def _answered(
        self, tried: Iterable[_Try], day: date, most: int, shown: Iterable[Suggestion] = ()
    ) -> list[Suggestion]:
        """The first ones that are answered as they should be, each from other clauses."""
        found: list[Suggestion] = []
        seen = {suggestion.addresses for suggestion in shown}
        for attempt in islice(tried, _TRIED):
            answer = self._ask(attempt.question, day)
            cited = frozenset(str(c.address) for c in answer.citations) if answer else frozenset()
            if answer and attempt.is_met(answer) and cited not in seen:
                seen.add(cited)
                found.append(Suggestion(attempt.kind, attempt.question, cited))
            if len(found) == most:
                break
        return found

    def _ask(self, question: str, day: date) -> Answer | None:
        try:
            return self._assistant.ask(Query(question, day))
        except PolicyError:
            return None


@dataclass(frozen=True, slots=True)
class _Try:
    """A question, and what its answer must hold."""

    kind: str
    question: str
    rows: tuple[Entitlement, ...] = ()

    def is_met(self, answer: Answer) -> bool:
        if answer.status != "answered":
            return False
        if self.kind == "算一算":
            sum_ = answer.calculation
            return sum_ is not None and (sum_.result or 0) > 0 and not sum_.missing
        if self.kind == "比一比":
            columns = answer.comparison.columns if answer.comparison else ()
            return {row.address.document for row in self.rows} <= {
                column.address.document for column in columns
            }
        if not self.rows:
            return True
        figure = self.rows[0].amount or self.rows[0].rate
        text = "".join(answer.text.split())
        first = answer.citations[0].address if answer.citations else None
        stated = figure is not None and _plain(figure.span.text) in text
        return stated and first == self.rows[0].address


def _in_force(index: ClauseIndex, day: date) -> Iterator[Document]:
    """Policy documents in force that have measures, the latest first."""
    latest = sorted(index.documents, key=lambda d: d.issued or date.min, reverse=True)
    for document in latest:
        is_policy = document.authority == "normative" and document.area is not None
        holds = is_policy and validity_json(document, day)["status"] == "in_force"
        if holds and index.entitlements[document.id]:
            yield document


def _plain(text: str) -> str:
    return "".join(text.split())


def _what(row: Entitlement) -> str:
    """What a measure is for in a few words; empty where its own words are not enough."""
    if len(row.event) != 1:
        return ""
    event = _plain(row.event[0].text)
    subject = _plain(row.subject.text) if row.subject else ""
    text = subject + event if len(subject + event) <= _LONGEST else event
    brackets = any(sign in text for sign in "（()）、，“”")
    return "" if brackets or not _SHORTEST <= len(text) <= _LONGEST else text


def _by_fitness(rows: Iterable[Entitlement]) -> list[Entitlement]:
    """The measures that can be asked for in a few words, one of each clause, the handiest first."""
    best: dict[str, Entitlement] = {}
    handy = [row for row in rows if _what(row) and (row.amount or row.rate)]
    for row in sorted(handy, key=lambda row: abs(len(_what(row)) - _BEST)):
        best.setdefault(str(row.address), row)
    return list(best.values())


def _in_turn(
    documents: list[Document], rows: list[list[Entitlement]]
) -> Iterator[tuple[Document, Entitlement]]:
    """One measure of each document, then the next of each."""
    for column in zip_longest(*rows):
        for document, row in zip(documents, column, strict=True):
            if row:
                yield document, row


def _amounts(documents: list[Document], rows: list[list[Entitlement]]) -> Iterator[_Try]:
    for document, row in _in_turn(documents, rows):
        yield _Try("查金额", f"{_what(row)}，{document.area}{_form(row)}多少？", (row,))


def _form(row: Entitlement) -> str:
    return row.form.text if row.form and row.form.text in _FORMS else "支持"


def _sums(documents: list[Document], rows: list[list[Entitlement]]) -> Iterator[_Try]:
    for document, row in _in_turn(documents, rows):
        if row.rate and row.base and not row.tiers and len(row.base.text) <= _BEST:
            for cost in _COSTS:
                stated = f"{_plain(row.base.text)}{cost}万元"
                yield _Try("算一算", f"{_what(row)}，{stated}，{document.area}能补多少？", (row,))


def _comparisons(index: ClauseIndex, documents: list[Document]) -> Iterator[_Try]:
    """Measures of two places that speak of the same thing, the longest name first."""
    named = [_names(index.entitlements[document.id]) for document in documents]
    found: dict[str, tuple[int, int]] = {}
    for one, other in combinations(range(len(documents)), 2):
        if documents[one].area != documents[other].area:
            for name in named[one].keys() & named[other].keys():
                found.setdefault(name, (one, other))
    tried: list[str] = []
    for name in sorted(found, key=lambda name: (-len(name), name)):
        if not any(name in longer for longer in tried):
            tried.append(name)
            one, other = found[name]
            places = f"{documents[one].area}和{documents[other].area}"
            rows = (named[one][name], named[other][name])
            yield _Try("比一比", f"{name}，{places}分别{_form(rows[0])}多少？", rows)


def _names(rows: Iterable[Entitlement]) -> dict[str, Entitlement]:
    """Every run of words in the events of measures that may be the name of something."""
    found: dict[str, Entitlement] = {}
    for row in islice((row for row in rows if row.amount or row.rate), _ROWS):
        for text in (span.text for span in row.event):
            for start in range(len(text)):
                for end in range(start + _COMMON, min(start + _BEST, len(text)) + 1):
                    name = text[start:end]
                    if name[0] not in _EDGES and name[-1] not in _EDGES and name.isalnum():
                        found.setdefault(name, row)
    return found


def _titles(index: ClauseIndex, documents: list[Document]) -> Iterator[_Try]:
    """Of a library without measures: clauses by their headings, one of each document in turn."""
    chosen = documents or list(index.documents[:_DOCUMENTS])
    titles = [
        [c.title for c in index.readings[d.id].outline.articles if c.title and len(c.title) > 3]
        for d in chosen
    ]
    for title in filter(None, chain.from_iterable(zip_longest(*titles))):
        yield _Try("查条款", f"{title}是怎么规定的？")
