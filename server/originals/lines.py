"""The lines of a file as its loader reads them: made in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.catalogue import Entry
from indexer.loaders import load

__all__ = ["Printed", "read_lines"]

#: More of a file than this is shown by its clauses only.
_MOST = 60_000


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of a source; ``page`` where the format has pages."""

    number: int
    text: str
    page: int | None = None


def read_lines(entry: Entry) -> tuple[Printed, ...]:
    """Read the lines of an entry's file; raise LoadError where that cannot be done."""
    lines = load(entry.path).lines[:_MOST]
    return tuple(Printed(line.number, line.text.replace("\t", "　"), line.page) for line in lines)
