"""What goes into retrieval and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from corpus.address import Address
from corpus.divisions import Division
from corpus.document import Authority
from indexer.passages import Passage

__all__ = ["DEFAULT_THRESHOLD", "Hit", "Query", "Retrieval", "Understanding"]

#: How sure to be before answering; chosen on the development questions.
DEFAULT_THRESHOLD = 0.22


@dataclass(frozen=True, slots=True)
class Query:
    """A question with the limits its asker set.

    ``as_of`` is the day validity is judged for; documents issued later are left out. ``higher``
    takes in the levels above ``area`` (重庆市 above 重庆高新区, and what is for the whole country),
    ``in_force`` leaves out what is repealed, expired or not yet in force on the day. ``sides``
    searches for each side of a question by itself too. ``focus`` is what a follow-up names: clauses
    that speak of it come before those that do not. ``latest`` are the follow-up's own words, which
    ``text`` ends with or has taken in: what they say holds, where the question before said another.
    ``earlier`` are the questions of the conversation, the oldest first, empty where forgotten.
    """

    text: str
    as_of: date
    k: int = 10
    area: str | None = None
    authority: Authority | None = None
    documents: frozenset[str] | None = None
    higher: bool = False
    in_force: bool = False
    sides: bool = True
    focus: str = ""
    latest: str = ""
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question names, read before searching.

    ``text`` is the question to search with: written out (三类证 becomes 三类医疗器械注册证).
    ``documents`` are those it names, ``addresses`` the clauses it names that exist, ``absent``
    the words of those that do not. ``areas`` are places whose documents it asks for,
    ``foreign`` places that no document covers, ``subjects`` the industries and public services,
    ``places`` all places that it names (see corpus/divisions), ``seats`` those in which its asker
    sits: rules of other places inside the same city are none for them. ``left_out`` are the areas
    that it says not to mean.
    """

    text: str
    documents: frozenset[str] = frozenset()
    addresses: tuple[Address, ...] = ()
    absent: tuple[str, ...] = ()
    unknown_documents: tuple[str, ...] = ()
    areas: frozenset[str] = frozenset()
    foreign: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    places: tuple[Division, ...] = ()
    seats: tuple[Division, ...] = ()
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its fused score (at most ``Weights.most``) and the finders that found it.

    ``signals`` holds the raw scores behind it, for tuning and for refusal; ``pieces`` the
    cosine of the question with each of the passage's sentences.
    """

    passage: Passage
    score: float
    found_by: tuple[str, ...]
    signals: dict[str, float] = field(default_factory=dict, compare=False)
    pieces: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Ranked hits with what was understood of the question; ``sides`` are those of its sides."""

    query: Query
    understanding: Understanding
    hits: tuple[Hit, ...]
    sides: tuple[Retrieval, ...] = ()

    @property
    def documents(self) -> frozenset[str]:
        """The documents that the hits are of."""
        return frozenset(hit.passage.address.document for hit in self.hits)
