"""Question in, ranked clauses out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from math import log

from corpus.address import Address
from corpus.document import Document
from corpus.errors import InputError
from indexer.clause_index import ClauseIndex
from indexer.embedder import Embedder
from indexer.lexical import terms
from indexer.passages import Passage
from retriever.finders import DenseFinder, Finder, LexicalFinder, NamedFinder
from retriever.fusion import Weights, fuse
from retriever.query import Hit, Query, Retrieval, Understanding
from retriever.understanding import understand
from retriever.vocabulary import Vocabulary, bundled_vocabulary

__all__ = ["LONGEST_QUESTION", "PARTS", "Retriever", "coverage"]

#: What can be switched off by name: the cosine, and every signal that fusion adds to it.
PARTS = ("dense", *(field.name for field in fields(Weights)))

#: Characters; a longer text is not a question, and would only be cut by the embedding model.
LONGEST_QUESTION = 2000


class Retriever:
    """Find the clauses of an index that answer a question; ``without`` names PARTS to leave out."""

    def __init__(
        self,
        index: ClauseIndex,
        embedder: Embedder,
        vocabulary: Vocabulary | None = None,
        weights: Weights | None = None,
        without: Sequence[str] = (),
    ) -> None:
        self.index, self.embedder = index, embedder
        self.vocabulary = vocabulary or bundled_vocabulary()
        unknown = sorted(set(without) - set(PARTS))
        if unknown:
            raise InputError(
                f"检索没有这一部分 / retrieval has no such part: {', '.join(unknown)} "
                f"({', '.join(PARTS)})",
                field="without",
            )
        self.weights = (weights or Weights()).without(without)
        self._dense = DenseFinder(index, embedder)
        finders: tuple[Finder, ...] = (
            NamedFinder(),
            self._dense,
            LexicalFinder(index, self.vocabulary),
        )
        self.finders = tuple(finder for finder in finders if finder.name not in without)

    def retrieve(self, query: Query) -> Retrieval:
        """Return the best ``query.k`` clauses; raise InputError for a question that is none."""
        _check(query.text)
        understanding = understand(query.text, self.index, self.vocabulary)
        within = self._within(query, understanding)
        found = {finder.name: finder.find(query, understanding, within) for finder in self.finders}
        addresses = dict.fromkeys(a for scores in found.values() for a in scores)
        matter = terms(self.vocabulary.matter(understanding.text))
        top_lexical = max(found.get("lexical", {}).values(), default=0.0)
        hits = [
            self._hit(address, found, understanding, matter, top_lexical) for address in addresses
        ]
        hits.sort(key=lambda hit: (-hit.score, str(hit.passage.address)))
        best = [self._with_pieces(hit, understanding) for hit in hits[: query.k]]
        return Retrieval(query, understanding, tuple(best))

    def coverage(self, matter: Sequence[str], text: str) -> float:
        """Return the share of the question's terms that a text holds, weighted by rarity."""
        return coverage(matter, set(terms(text)), self.index)

    def _within(self, query: Query, understanding: Understanding) -> frozenset[str] | None:
        """The documents to search in, None for all; limits act before the top k is taken."""
        kept = [d for d in self.index.documents if _admits(query, d)]
        named = frozenset(d.id for d in kept) & understanding.documents
        if named:
            return named
        # What was issued later did not exist on the day; asked for by name it is still found.
        known = frozenset(d.id for d in kept if d.issued is None or d.issued <= query.as_of)
        return None if len(known) == len(self.index.documents) else known

    def _hit(
        self,
        address: Address,
        found: dict[str, dict[Address, float]],
        understanding: Understanding,
        matter: Sequence[str],
        top_lexical: float,
    ) -> Hit:
        named = address in found.get("named", {})
        passage = self.index.passage(address) if named else self.index.by_address[address]
        document = self.index.readings[address.document].document
        signals = {name: scores[address] for name, scores in found.items() if address in scores}
        found_by = tuple(signals)
        if "lexical" in signals:
            signals["bm25"] = signals["lexical"]
            signals["lexical"] /= max(top_lexical, 1.0)
        signals |= self._extras(passage, document, understanding, matter)
        score = fuse(signals, self.weights)
        return Hit(passage, score, found_by, signals)

    def _with_pieces(self, hit: Hit, understanding: Understanding) -> Hit:
        scores = self._dense.piece_scores(understanding.text, hit.passage.address)
        return replace(hit, pieces=scores)

    def _extras(
        self,
        passage: Passage,
        document: Document,
        understanding: Understanding,
        matter: Sequence[str],
    ) -> dict[str, float]:
        return {
            "coverage": self.coverage(matter, passage.whole),
            "heading": self.coverage(matter, "\n".join(passage.context[1:])),
            "area": float(document.area in understanding.areas),
            "informational": float(document.authority == "informational"),
        }


def coverage(matter: Sequence[str], held: set[str], index: ClauseIndex) -> float:
    """Return the rarity-weighted share of terms that are held, 0 to 1; 0 for no terms."""
    weights = {
        term: log(1 + index.lexical.size / (1 + index.lexical.frequency(term))) for term in matter
    }
    total = sum(weights.values())
    return sum(w for term, w in weights.items() if term in held) / total if total else 0.0


def _check(question: str) -> None:
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


def _admits(query: Query, document: Document) -> bool:
    if query.documents is not None and document.id not in query.documents:
        return False
    if query.area is not None and document.area != query.area:
        return False
    return query.authority is None or document.authority == query.authority
