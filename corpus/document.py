"""A document: one issued policy text, with its metadata and its validity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.address import Address, ClausePath

__all__ = [
    "Amendment",
    "Authority",
    "Change",
    "Document",
    "Repeal",
    "Source",
    "Status",
    "Term",
    "Validity",
]

Authority = Literal["normative", "informational"]
Status = Literal["in_force", "not_yet", "expired", "repealed", "unknown"]


@dataclass(frozen=True, slots=True)
class Source:
    """The original file. ``file`` is relative to the corpus folder; never edited."""

    file: str
    sha256: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """When a document is in force, as read from its own clauses and from its repealers.

    ``basis`` holds the clauses that say so, ``note`` what was assumed in reading them.
    ``start`` and ``end`` are both days in force; None where the text states none.
    """

    start: date | None = None
    end: date | None = None
    repealed: date | None = None
    basis: tuple[Address, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Repeal:
    """A document that a clause of this one repeals (…同时废止), as the clause names it."""

    title: str
    doc_number: str | None
    by: Address


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a clause does to a clause of another document, as it names the two.

    ``place`` are the words for the clause (第四条第（二）项), ``old`` and ``new`` what is put out
    and in, both empty where a clause is deleted or not quoted. ``since`` and ``until`` are days
    that its own sentence states, the last one included; else the document's hold.
    """

    title: str
    doc_number: str | None
    place: str
    kind: Literal["replaced", "deleted", "added"]
    by: Address
    old: str = ""
    new: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What another document did to a clause of this one: ``by`` says so, ``since`` that day.

    A change for a while holds ``until`` its last day; the clause then reads as it did.
    """

    path: ClausePath
    kind: Literal["replaced", "deleted", "added"]
    by: Address
    since: date | None = None
    until: date | None = None

    def touches(self, path: ClausePath) -> bool:
        """Whether a clause is the one changed, or stands above it or beneath it.

        What is added to a section stands beside the clauses that it had.
        """
        beside = self.kind == "added" and self.path.steps[-1].rank == "sec"
        return path.contains(self.path) or (not beside and self.path.contains(path))


@dataclass(frozen=True, slots=True)
class Validity:
    """A term judged on one day."""

    status: Status
    term: Term


@dataclass(frozen=True, slots=True)
class Document:
    """One issued policy text. A notice and what it carries are one document.

    ``title`` names the carried text, ``titles`` every name it goes by, the notice's included.
    ``issued`` is the 成文日期, ``published`` the day of publication where the source states it.
    ``addressees`` are the 主送机关; ``explains`` names the policy that an interpretation is about.
    ``amends`` is what it does to others, ``changes`` what others of the corpus did to it.
    """

    id: str
    title: str
    source: Source
    titles: tuple[str, ...] = ()
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    area: str | None = None
    issued: date | None = None
    published: date | None = None
    kind: str | None = None
    authority: Authority = "normative"
    term: Term = Term()
    addressees: tuple[str, ...] = ()
    repeals: tuple[Repeal, ...] = ()
    explains: str | None = None
    amends: tuple[Amendment, ...] = ()
    changes: tuple[Change, ...] = ()

    def validity(self, day: date) -> Validity:
        """Judge whether the document is in force on ``day``."""
        return Validity(self._status(day), self.term)

    def _status(self, day: date) -> Status:
        term = self.term
        if term.repealed and day >= term.repealed:
            return "repealed"
        if term.start and day < term.start:
            return "not_yet"
        if term.end and day > term.end:
            return "expired"
        return "in_force" if term.start else "unknown"
