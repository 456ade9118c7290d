"""Pages and lines of originals, made one at a time in a bounded process and kept for a while."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar, cast

from corpus.catalogue import Entry
from corpus.errors import BusyError, LoadError
from indexer.pool import Limits, run_each
from server.originals.files import Original
from server.originals.lines import Printed, read_lines
from server.originals.pictures import Drawing, Picture

__all__ = ["Workshop"]

T = TypeVar("T")

#: What one page may take: a page made to hang is ended, and so is one made to fill the memory.
_PAGE = Limits(seconds=10.0, seconds_a_megabyte=0.2, memory=2 << 30)
_LINES = Limits(seconds=20.0, seconds_a_megabyte=1.0, memory=2 << 30)
#: Bytes that are kept, and how long it is kept in mind that something could not be made.
_ROOM = 96 << 20
_REMEMBERED = 600.0
#: So many are made at once; who comes then waits so many seconds.
_AT_ONCE = 2
_PATIENCE = 15.0


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made, or why it could not be; ``size`` in bytes, ``until`` when it is forgotten."""

    value: object
    size: int
    until: float = float("inf")


@dataclass(slots=True)
class Workshop:
    """Makes what is asked for once; the same wish at the same time waits for the first.

    ``limits`` is what drawing a page may take.
    """

    limits: Limits = _PAGE
    _made: OrderedDict[Hashable, _Made] = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _under_way: set[Hashable] = field(default_factory=set)
    _done: threading.Condition = field(default_factory=threading.Condition)
    _places: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(_AT_ONCE)
    )

    def picture(self, original: Original, page: int) -> Picture:
        """Return a page of a PDF; raise LoadError where it cannot be drawn, BusyError in a crowd."""
        if original.format != "pdf":
            raise LoadError(
                "这种原件没有页面图像 / there are no pictures of pages for this format",
                field="page",
            )
        key = (original.sha256, page)
        return self._get(key, original, Drawing(page), self.limits, _weight)

    def lines(self, original: Original) -> tuple[Printed, ...]:
        """Return the lines of a file; raise LoadError where it cannot be read."""
        return self._get((original.sha256, "lines"), original, read_lines, _LINES, _weight_of_lines)

    def _get(
        self,
        key: Hashable,
        original: Original,
        make: Callable[[Entry], T],
        limits: Limits,
        size: Callable[[T], int],
    ) -> T:
        with self._alone(key):
            kept = self._kept(key)
            if kept is None:
                kept = _made(original, make, limits, size, self._places)
                self._keep(key, kept)
        if isinstance(kept.value, LoadError):
            raise LoadError(kept.value.message, kept.value.field)
        return cast(T, kept.value)

    @contextmanager
    def _alone(self, key: Hashable) -> Iterator[None]:
        """Let nobody else make the same thing meanwhile."""
        with self._done:
            if not self._done.wait_for(lambda: key not in self._under_way, _PATIENCE):
                raise _busy()
            self._under_way.add(key)
        try:
            yield
        finally:
            with self._done:
                self._under_way.discard(key)
                self._done.notify_all()

    def _kept(self, key: Hashable) -> _Made | None:
        with self._lock:
            kept = self._made.get(key)
            if kept is None or kept.until < time.monotonic():
                return None
            self._made.move_to_end(key)
            return kept

    def _keep(self, key: Hashable, made: _Made) -> None:
        with self._lock:
            if key in self._made:
                self._size -= self._made.pop(key).size
            self._made[key] = made
            self._size += made.size
            while self._size > _ROOM and len(self._made) > 1:
                _, oldest = self._made.popitem(last=False)
                self._size -= oldest.size


def _made(
    original: Original,
    make: Callable[[Entry], T],
    limits: Limits,
    size: Callable[[T], int],
    places: threading.BoundedSemaphore,
) -> _Made:
    if not places.acquire(timeout=_PATIENCE):
        raise _busy()
    try:
        entry = Entry(original.document, original.name, original.path, original.sha256)
        (_, result), *_ = run_each(make, [entry], limits)
    finally:
        places.release()
    if isinstance(result, LoadError):
        return _Made(result, 1000, time.monotonic() + _REMEMBERED)
    return _Made(result, size(result))


def _weight(made: Picture) -> int:
    return len(made.png) + 80 * len(made.places)


def _weight_of_lines(made: tuple[Printed, ...]) -> int:
    return sum(200 + 4 * len(line.text) for line in made)


def _busy() -> BusyError:
    return BusyError("正在画的页面太多，请稍后再试 / too many pages are being drawn, try again")
