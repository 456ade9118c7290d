"""What an answer is made of: a Draft is not verified, an Answer is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from corpus.address import Address
from corpus.document import Document
from indexer.entitlements.entitlement import Span
from indexer.passages import Passage

__all__ = [
    "Answer",
    "Calculation",
    "Cell",
    "Citation",
    "Claim",
    "Column",
    "Comparison",
    "Draft",
    "Part",
    "Problem",
    "Recalled",
    "Row",
    "Status",
    "Step",
    "Told",
    "Trace",
]

Status = Literal["answered", "not_stated", "informational", "refused"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement and the passage of a clause that supports it, verbatim.

    ``also`` are further clauses that it needs, each with its passage. ``lead`` is what code says
    before the statement from the document's own data (its place, its validity on the day); it
    states nothing of the clause.
    """

    text: str
    address: Address
    quote: str
    lead: str = ""
    also: tuple[tuple[Address, str], ...] = ()

    @property
    def sources(self) -> tuple[tuple[Address, str], ...]:
        """Every clause that the statement rests on, with the passage quoted from it."""
        return ((self.address, self.quote), *self.also)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a working, and the clauses that its rates, amounts and caps stand in."""

    text: str
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Recalled:
    """What the asker said of their company in turn ``turn`` of the conversation, from 1 on.

    ``figure`` is a value with its unit. ``used``: the sum of the answer was made with it.
    """

    text: str
    kind: str
    turn: int
    figure: tuple[Decimal, str] | None = None
    used: bool = False


@dataclass(frozen=True, slots=True)
class Calculation:
    """A sum with its working. ``result`` is in ``unit`` (元), the lower one of two readings.

    ``caps`` are the upper limits looked at, ``assumptions`` what was taken for granted,
    ``missing`` what the asker must still say, as questions. ``result`` is None where nothing
    could be worked out. ``recalled`` are figures that an earlier question stated.
    """

    result: Decimal | None
    unit: str
    display: str
    steps: tuple[Step, ...]
    caps: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    recalled: tuple[Recalled, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What a cell of a comparison says of one measure; ``of`` tells which, where it has several.

    ``number`` tells it instead where words would be long: that of the occasion in its own row.
    ``glue`` is what code sets between the spans.
    """

    spans: tuple[Span, ...]
    of: tuple[Span, ...] = ()
    number: int | None = None
    glue: str = "；"


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one side. ``higher``: its figure is certain to be above those of the others."""

    parts: tuple[Part, ...] = ()
    higher: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A side of a comparison: the clause that it is read from, of several measures of one clause
    the words that tell which one it is."""

    address: Address
    of: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A field with what each side has of it. ``differs``: its figures are not of one kind."""

    field: str
    cells: tuple[Cell, ...]
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Measures side by side, every cell made of characters of its column's clause.

    ``also`` are sentences of other clauses that limit a side: a cap over all measures of an
    article, say.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    also: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a composer proposes. ``reason`` says why there is nothing to state."""

    status: Status
    claims: tuple[Claim, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str | None = None
    calculation: Calculation | None = None
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered reference: the clause, the document it stands in, the passage quoted."""

    n: int
    address: Address
    document: Document
    passage: Passage
    quote: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A claim that was removed, and the check that it failed."""

    claim: str
    check: str
    detail: str


@dataclass(frozen=True, slots=True)
class Trace:
    """Fingerprints of all that had a part in an answer, so that it can be replayed."""

    index: str
    embedder: str
    prompt: str | None = None
    model: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A verified statement, told before the answer that it belongs to.

    ``written`` is the text of that answer up to the statement, where the rest is still to come.
    """

    text: str
    written: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified answer. ``claims`` pairs each statement with the numbers of its citations.

    ``facts`` are what the asker has said of their company so far.
    """

    question: str
    as_of: date
    status: Status
    text: str
    claims: tuple[tuple[str, tuple[int, ...]], ...]
    citations: tuple[Citation, ...]
    notes: tuple[str, ...]
    trace: Trace
    calculation: Calculation | None = None
    comparison: Comparison | None = None
    mode: str = "extractive"
    facts: tuple[Recalled, ...] = ()
    took_ms: float = field(default=0.0, compare=False)
