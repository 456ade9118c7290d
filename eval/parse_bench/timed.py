"""Read files one by one, with the processor time that each takes."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import LoadError, PolicyError
from eval.parse_bench.result import Figure
from indexer.loaders.formats import format_of
from indexer.read import entry_of_file, read_source
from indexer.readings import Reading

__all__ = ["Attempt", "Shelf", "rates"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One file as read, or why it was not; ``crashed`` marks an error of the reader's own.

    ``pages`` is the last page on which a clause stands, 0 where the format has none.
    """

    path: Path
    format: str
    seconds: float
    reading: Reading | None = None
    error: str | None = None
    crashed: bool = False
    pages: int = 0


class Shelf:
    """Reads each file once, in this process, and keeps what came of it."""

    def __init__(self) -> None:
        self._read: dict[Path, Attempt] = {}

    def read(self, path: Path) -> Attempt:
        """Return the attempt at a file, made now or before."""
        if path not in self._read:
            self._read[path] = _attempt(path)
        return self._read[path]

    def glance(self, path: Path) -> Attempt:
        """Read a file as ``read`` does, but keep only its times: readings of many fill memory."""
        one = _attempt(path)
        self._read[path] = replace(one, reading=None)
        return one

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """All attempts so far, in the order in which they were made."""
        return tuple(self._read.values())


def _attempt(path: Path) -> Attempt:
    started = time.process_time()
    reading, error, crashed = None, None, False
    try:
        reading = read_source(entry_of_file(path))
    except PolicyError as problem:
        error = problem.message
    # A measure goes on where the reader fails, and counts the failure.
    except Exception as problem:
        error, crashed = f"{type(problem).__name__}: {problem}", True
    seconds = time.process_time() - started
    clauses = reading.outline.clauses if reading else ()
    pages = max((clause.page or 0 for clause in clauses), default=0)
    return Attempt(path, _format(path), seconds, reading, error, crashed, pages)


def _format(path: Path) -> str:
    try:
        return format_of(path)
    except (LoadError, OSError):
        return "unknown"


def rates(attempts: Iterable[Attempt]) -> dict[str, dict[str, Figure]]:
    """Return files (and pages) a second for each format, over the files that could be read."""
    by_format: dict[str, list[Attempt]] = defaultdict(list)
    for one in attempts:
        by_format[one.format].append(one)
    return {name: _rate(group) for name, group in sorted(by_format.items())}


def _rate(group: list[Attempt]) -> dict[str, Figure]:
    done = [one for one in group if one.error is None]
    paged = [one for one in done if one.pages]
    return {
        "files": len(group),
        "read": len(done),
        "crashed": sum(one.crashed for one in group),
        "files_per_second": _per_second(len(done), done),
        "pages_per_second": _per_second(sum(one.pages for one in paged), paged),
        "slowest_seconds": round(max((one.seconds for one in group), default=0.0), 3),
    }


def _per_second(count: int, group: list[Attempt]) -> Figure:
    seconds = sum(one.seconds for one in group)
    return round(count / seconds, 1) if seconds else None
