"""Question in, ranked clauses out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np

from corpus.errors import InputError
from indexer.clause_index import ClauseIndex
from indexer.embedder import Embedder
from indexer.lexical import Held, terms
from indexer.vectors import Mask, Rows, Scores
from retriever.asked import asks_for_list
from retriever.barred import barring_first
from retriever.finders import (
    DenseFinder,
    Finder,
    HeadingFinder,
    LexicalFinder,
    NamedFinder,
    PlaceFinder,
    TermFinder,
)
from retriever.fusion import Weights, bundled_weights, fuse
from retriever.giving_way import giving_way
from retriever.grades import of_the_grade
from retriever.limits import Limits
from retriever.lists import as_one, with_items
from retriever.pairing import agreed, as_pair, of_both
from retriever.query import Hit, Query, Retrieval, Understanding
from retriever.reranker import Reranker
from retriever.sides import moved_up, sides_of
from retriever.signals import SIGNALS, Signals, signals_of
from retriever.subjects import sets_apart, subjects
from retriever.superseded import behind_successors
from retriever.understanding import READ, Reader
from retriever.vocabulary import Vocabulary, bundled_vocabulary

__all__ = ["LONGEST_QUESTION", "PARTS", "Candidates", "Retriever", "check_question"]

#: What can be switched off by name: what reads a question, the finders, and every signal that
#: fusion weighs. The embedder is given as it is: who opens it leaves its adapter out.
PARTS = ("adapter", *READ, "sides", "lists", "dense", "place", *SIGNALS)

#: Characters; a longer text is not a question, and would only be cut by the embedding model.
LONGEST_QUESTION = 2000
#: Candidates that a cross-encoder reads, where there is one.
_RERANKED = 30
#: Passages whose articles are looked at whole, and passages of each that are.
_AROUND, _WIDE = 10, 30
#: The share of a focus that a clause must hold to speak of it.
_WHOLLY = 0.99
#: …or at least this much of it.
_PARTLY = 0.4
#: Documents that a clause named by its number alone is looked for in.
_LIKELY = 12


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that may answer: ``rows`` in their order, ``signals`` of the same length, and
    which of them each finder proposed."""

    understanding: Understanding
    rows: Rows
    signals: Signals
    proposed: Mapping[str, Mask]


class Retriever:
    """Find the clauses of an index that answer a question; ``without`` names PARTS to leave out."""

    def __init__(
        self,
        index: ClauseIndex,
        embedder: Embedder,
        vocabulary: Vocabulary | None = None,
        weights: Weights | None = None,
        without: Sequence[str] = (),
        reranker: Reranker | None = None,
    ) -> None:
        self.index, self.embedder, self.reranker = index, embedder, reranker
        self.vocabulary = (vocabulary or bundled_vocabulary()).known_to(self._holds)
        unknown = sorted(set(without) - set(PARTS))
        if unknown:
            raise InputError(
                f"检索没有这一部分 / retrieval has no such part: {', '.join(unknown)} "
                f"({', '.join(PARTS)})",
                field="without",
            )
        self._weights, self._without = weights or bundled_weights(), frozenset(without)
        self._dense = DenseFinder(index, embedder)
        self._reader = Reader(index, self.vocabulary, self._likely, without)
        # The sides of a question are read before they are searched, to embed them together.
        self._read = lru_cache(maxsize=64)(self._reader.read)
        # A question is held against many texts.
        self._weighed = lru_cache(maxsize=1024)(self._weigh)
        self.text_of = lru_cache(maxsize=64)(self._text_of)
        self._limits = Limits(index)
        finders: tuple[Finder, ...] = (
            NamedFinder(index),
            TermFinder(index),
            self._dense,
            PlaceFinder(index, self._dense),
            LexicalFinder(index, self.vocabulary),
            HeadingFinder(index, self.vocabulary),
        )
        self.finders = tuple(finder for finder in finders if finder.name not in without)

    def _holds(self, word: str) -> bool:
        """Whether the corpus holds every pair of characters of a word, each in some clause."""
        return all(self.index.lexical.frequency(term) for term in terms(word))

    def without_areas(self, text: str, areas: Iterable[str]) -> str:
        """Return a text with blanks in place of the words that name areas of the corpus."""
        for area in areas:
            for word in self.spoken(area):
                text = text.replace(word, " ")
        return text

    def spoken(self, area: str) -> tuple[str, ...]:
        """Every word that names an area of the corpus in a question, longest first."""
        return self._reader.spoken(area)

    def retrieve(self, query: Query) -> Retrieval:
        """Return the best ``query.k`` clauses; raise InputError for a question that is none."""
        check_question(query.text)
        retrieval = self._ranked(query)
        if query.focus:
            retrieval = replace(retrieval, hits=self._in_focus(retrieval.hits, query.focus))
        if "sides" in self._without or not query.sides:
            return retrieval
        sides = self._sides(query, retrieval)
        hits = moved_up(retrieval.hits, [side.hits for side in sides], query.k)
        return replace(retrieval, hits=hits, sides=sides)

    def _sides(self, query: Query, retrieval: Retrieval) -> tuple[Retrieval, ...]:
        """What a question sets side by side, each with its clauses: documents or places, questions
        in one breath, two things; the last also where those in one breath find the same clause."""
        read = retrieval.understanding
        asked = sides_of(query, read, self._reader.spoken)
        sides = as_pair(self._asked(asked), self.coverage, self._reader.spoken)
        several = len({side.text for side in asked}) > 1
        named = max(len(read.areas), len(read.documents)) > 1
        best = {side.hits[0].passage.address for side in sides if side.hits}
        if asked and (named or not several):
            return sides
        apart = tuple(replace(query, text=text, sides=False) for text in subjects(read.text))
        both = of_both(self._asked(apart), retrieval.hits, self.coverage)
        if not asked or len(best) < len(sides[:2]):
            return both or sides
        rest = tuple(side for side in sides if not (both and sets_apart(side.query.text)))
        return both + agreed(rest, retrieval.hits)

    def _asked(self, sides: Sequence[Query]) -> tuple[Retrieval, ...]:
        """Each of several questions with its clauses."""
        if len({side.text for side in sides}) > 1:
            self._dense.prepare(self._read(side.text).text for side in sides)
        return tuple(self._ranked(self._limits.with_titled(side)) for side in sides)

    def _ranked(self, query: Query) -> Retrieval:
        found = self.candidates(query)
        scores: Scores = fuse(found.signals, self._weights, self._without)
        scores = barring_first(found.understanding.text, found.rows, scores, self.index)
        scores = behind_successors(found.rows, scores, query, found.understanding, self.index)
        if self._lists(query.text):
            scores = as_one(found.rows, scores, self.index)
        if self.reranker:
            scores = self._read_again(found, scores, self.reranker)
        best = np.lexsort((found.rows, -scores))[: query.k]
        hits = of_the_grade(self._hits(found, scores, best), found.understanding.text)
        hits = giving_way(hits, found.understanding, self.index, self.spoken)
        return Retrieval(query, found.understanding, hits)

    def understand(self, question: str) -> Understanding:
        """Return what a question names."""
        return self._read(question)

    @property
    def places(self) -> tuple[str, ...]:
        """The names of places that questions use, longest first."""
        return self._reader.places

    def candidates(self, query: Query) -> Candidates:
        """Return what was understood, and what the finders propose, not yet ranked."""
        understanding = self._read(query.text)
        text, within = understanding.text, self._limits.mask(query, understanding)
        found = {finder.name: finder.find(query, understanding, within) for finder in self.finders}
        rows = np.unique(np.concatenate([rows for rows, _ in found.values()]))
        if "dense" in found:
            rows = np.union1d(rows, self._around(*found["dense"]))
        if self._lists(query.text):
            rows = with_items(rows, self.index)
        cosines = None if "dense" in self._without else self._dense.cosines(text, rows)
        matter = terms(self.vocabulary.matter(text))
        signals = signals_of(rows, found, cosines, understanding, matter, self.index)
        proposed = {name: np.isin(rows, own) for name, (own, _) in found.items()}
        return Candidates(understanding, rows, signals, proposed)

    def _around(self, rows: Rows, scores: Scores) -> Rows:
        """The rows of the articles of the best: an answer may stand beside what is near."""
        own = self.index.articles
        articles = np.unique(own[rows[np.argsort(-scores)[:_AROUND]]])
        first, end = np.searchsorted(own, articles), np.searchsorted(own, articles, "right")
        beside = [np.arange(a, min(b, a + _WIDE)) for a, b in zip(first, end, strict=True)]
        return np.concatenate([rows, *beside])

    def _lists(self, question: str) -> bool:
        return "lists" not in self._without and asks_for_list(question)

    def _read_again(self, found: Candidates, scores: Scores, reranker: Reranker) -> Scores:
        """Add to the best candidates what a cross-encoder thinks of them, which then decides."""
        best = np.argsort(-scores, kind="stable")[:_RERANKED]
        passages = [self.index.passages[row].whole for row in found.rows[best].tolist()]
        scores = scores.copy()
        scores[best] += reranker.scores(found.understanding.text, passages)
        return scores

    def coverage(self, matter: Sequence[str], text: str) -> float:
        """Return the share of the question's terms that a text holds, weighted by rarity."""
        weights, total = self._weighed(tuple(matter))
        held = Held(text)
        kept = sum(weight for term, weight in weights if term in held)
        return kept / total if total else 0.0

    def _text_of(self, document: str) -> str:
        """Return the title and all clauses of a document."""
        reading = self.index.readings[document]
        return "\n".join([reading.document.title, *(c.text for c in reading.outline.clauses)])

    def nearness(self, text: str, within: Mask) -> float:
        """Return the cosine of a text with the nearest clause of some documents."""
        _, cosines = self._dense.find(Query(text, date.max), Understanding(text), within)
        return float(cosines.max(initial=0.0))

    def _weigh(self, matter: tuple[str, ...]) -> tuple[tuple[tuple[str, float], ...], float]:
        """The terms of a question, each once with its rarity, and the sum of all."""
        unique = tuple(dict.fromkeys(matter))
        weights = self.index.lexical.rarity(unique)
        return tuple(zip(unique, weights.tolist(), strict=True)), float(weights.sum())

    def _likely(self, text: str) -> list[str]:
        """The documents that hold the clauses nearest to a text."""
        rows, _ = self.index.clauses.search(self._dense.vector(text), 5 * _LIKELY)
        numbers = dict.fromkeys(self.index.passages.documents[rows].tolist())
        return [self.index.documents[number].id for number in numbers][:_LIKELY]

    def _in_focus(self, hits: Sequence[Hit], focus: str) -> tuple[Hit, ...]:
        """Put the hits that speak of the focus before the others: of all of it, else of most where
        the first one says hardly anything of it."""
        matter = terms(self.vocabulary.matter(self.vocabulary.write_out(focus)))
        shares = [self.coverage(matter, hit.passage.whole) for hit in hits]
        most = max(shares, default=0.0)
        partly = _PARTLY <= most <= _WHOLLY and shares[0] < most / 2
        least = most * _WHOLLY if partly else _WHOLLY
        held = [share > least for share in shares]
        return tuple(hits[place] for place in sorted(range(len(hits)), key=lambda i: not held[i]))

    def _hits(self, found: Candidates, scores: Scores, best: Rows) -> tuple[Hit, ...]:
        """Make hits of the best; the row that stands for a named clause becomes it, whole."""
        named = {self.index.passages.place(a): a for a in found.understanding.addresses}
        hits = []
        for place in best.tolist():
            row = int(found.rows[place])
            own = {name: float(values[place]) for name, values in found.signals.items()}
            found_by = tuple(name for name, held in found.proposed.items() if held[place])
            passage = self.index.passages[row]
            pieces = self._dense.piece_scores(found.understanding.text, row)
            if row in named and "named" in found_by:
                whole = self.index.passage(named[row])
                pieces = pieces if whole.address == passage.address else ()
                passage = whole
            hits.append(Hit(passage, float(scores[place]), found_by, own, pieces))
        return tuple(hits)


def check_question(question: str) -> None:
    """Raise InputError for a question that is none, or too long."""
    if any("\ud800" <= character <= "\udfff" for character in question):
        raise InputError(
            "问题里有无效字符 / the question holds invalid characters", field="question"
        )
    if not question.strip():
        raise InputError("请输入问题 / the question is empty", field="question")
    if len(question) > LONGEST_QUESTION:
        raise InputError(
            f"问题太长，请控制在{LONGEST_QUESTION}字以内 / "
            f"the question is longer than {LONGEST_QUESTION} characters",
            field="question",
        )
