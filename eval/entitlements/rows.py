"""Rows of measures written by hand, and the texts that they and found rows stand in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.address import Address, ClausePath
from corpus.outline import Outline
from eval.external.records import Record
from eval.gold import GoldError
from indexer.entitlements.entitlement import Span
from server.checks import squeeze

__all__ = ["FIELDS", "FIGURES", "LISTS", "TEXTS", "GoldRow", "Ground", "load_rows"]

TEXTS = ("event", "subject", "form", "base", "each", "frequency", "deductions", "exclusions")
FIGURES = ("rate", "amount", "years")
LISTS = ("tiers", "caps", "bounds", "increments")
#: The fields that are scored.
FIELDS = (*TEXTS, *FIGURES, "at_most", *LISTS)


@dataclass(frozen=True, slots=True)
class GoldRow:
    """A row written by hand: quotes, or characters of a text that is not ours to copy."""

    id: str
    document: str
    address: Address | None
    values: Mapping[str, Any]
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """The text that rows are compared on, without white space, and where its clauses start."""

    text: str
    starts: Mapping[ClausePath, int]
    outline: Outline

    @classmethod
    def of(cls, outline: Outline, record: str | None = None) -> Ground:
        """Lay the clauses end to end, or find them in the record that they were read from."""
        text = "".join(squeeze(record) if record else (squeeze(c.text) for c in outline))
        starts, at = {}, 0
        for clause in outline:
            words = squeeze(clause.text)
            start = text.find(words, at)
            start = text.find(words) if start < 0 else start
            if start >= 0:
                starts[clause.path], at = start, start + len(words)
        return cls(text, starts, outline)

    def place(self, span: Span) -> range:
        """The characters of a span; none where they cannot be found."""
        words = squeeze(span.text)
        start = self.starts.get(span.address.path)
        if start is None:
            start = self.text.find(words)
            return range(start, start + len(words)) if start >= 0 else range(0)
        start += len(squeeze(self.outline[span.address.path].text[: span.start]))
        return range(start, start + len(words))

    def quoted(self, piece: Any, address: Address | None) -> list[range]:
        """The places where a piece of a gold row can stand: its clause's, or else any other."""
        if not isinstance(piece, str):
            return [range(*piece)]
        words, own = squeeze(piece), range(0)
        if address and address.path in self.starts:
            start = self.starts[address.path]
            own = range(start, start + len(squeeze(self.outline[address.path].text)))
        found = [range(i, i + len(words)) for i in _finds(words, self.text)]
        return [r for r in found if r.start in own and r.stop <= own.stop] or found


def load_rows(path: Path) -> tuple[GoldRow, ...]:
    """Load a file of gold rows; raise GoldError for a line that is none."""
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            values = json.loads(line)
            address = Address.parse(values["address"]) if values["address"] else None
            missing = [name for name in FIELDS if name not in values]
            if missing or not values["event"]:
                raise ValueError(f"missing: {missing or 'event'}")
            name = address.document if address else Record.safe(values["doc"])
            rows.append(GoldRow(values["id"], name, address, values, values.get("sha256")))
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(f"金标行有误 / bad gold row: {path.name}:{number}: {error}") from error
    return tuple(rows)


def _finds(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
