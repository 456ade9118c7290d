"""Which generation of an index is asked: the next one is taken while the server runs.

A request keeps the assistant that it began with, so that those on the old generation finish on
it. What cannot be opened changes nothing: the generation in use goes on, and ``problem`` says why.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from corpus.errors import PolicyError
from indexer.index_folder import current_generation
from server.assistant import Assistant

__all__ = ["Generations", "Renewal", "watching"]

_LOG = logging.getLogger("tiaowen")
#: Seconds until a generation that could not be opened is tried again.
_AGAIN = 30.0


@dataclass(frozen=True, slots=True)
class Renewal:
    """How a new generation is opened, how often to look for one (seconds; 0: only when told),
    and what is wrong with the one that the folder names, where another is asked."""

    reopen: Callable[[], Assistant] | None = None
    every: float = 0
    problem: PolicyError | None = None


class Generations:
    """The assistant in use, and how the next one is opened.

    ``reopen`` opens what the index folder names now; without it the generation stays.
    ``use`` is told of each new assistant, before any request gets it.
    """

    def __init__(
        self,
        assistant: Assistant,
        reopen: Callable[[], Assistant] | None = None,
        use: Callable[[Assistant], object] = lambda assistant: None,
        problem: PolicyError | None = None,
    ) -> None:
        self.assistant, self.problem = assistant, problem
        self._reopen, self._use = reopen, use
        self._lock = threading.Lock()
        self._failed: tuple[str, float] | None = None

    def refresh(self) -> bool:
        """Take the generation that the index folder names; return whether it is another one.

        Raise a PolicyError where it cannot be opened; the one in use then goes on.
        """
        if self._reopen is None:
            return False
        with self._lock:
            try:
                named = current_generation(self.assistant.index.folder.parent)
                changed = named.name != self.assistant.index.folder.name
                fresh = self._reopen() if changed else self.assistant
            except PolicyError as error:
                self.problem = error
                raise
            if changed:
                self._use(fresh)
                self.assistant = fresh
                _LOG.warning("now asked: %s", fresh.index.folder.name)
            self.problem = None
            return changed

    def look(self) -> bool:
        """Refresh if the folder names another generation; what fails is logged, not raised."""
        try:
            named = current_generation(self.assistant.index.folder.parent).name
        except PolicyError as error:
            self._note(error, "")
            return False
        if self._failed and self._failed[0] == named and time.monotonic() < self._failed[1]:
            return False
        try:
            changed = self.refresh()
        except PolicyError as error:
            self._note(error, named)
            return False
        self._failed = None
        return changed

    def _note(self, error: PolicyError, named: str) -> None:
        """Log a problem once, and remember which generation has it."""
        if self._failed is None or self._failed[0] != named:
            _LOG.warning("the index is not renewed: %s", error.message)
        self.problem = error
        self._failed = (named, time.monotonic() + _AGAIN)


@asynccontextmanager
async def watching(generations: Generations, every: float) -> AsyncIterator[None]:
    """Look for another generation every so many seconds; 0: never."""

    async def _watch() -> None:
        while True:
            await asyncio.sleep(every)
            try:
                await asyncio.to_thread(generations.look)
            except Exception:
                _LOG.exception("looking for a new generation failed")

    task = asyncio.create_task(_watch()) if every else None
    try:
        yield
    finally:
        if task:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
