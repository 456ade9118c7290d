"""The assistant that questions go to; another one takes its place while the server runs.

A request keeps the one that it began with: it never sees two generations of an index. New requests
get the new one. A thread looks every few seconds which generation is current, so that what
``tiaowen add`` or another server did is served too. What cannot be opened changes nothing: the
generation that is open goes on, and ``problem`` says why.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from fastapi import FastAPI, Request

from corpus.errors import IndexFolderError, PolicyError
from indexer.index_folder import current_generation
from server.assistant import Assistant
from server.metrics import Metrics
from server.repeating import Repeating
from server.suggesting import Suggester

__all__ = ["Live", "Reopen", "assistant_of"]

_LOG = logging.getLogger("tiaowen")
#: Seconds until a generation that could not be opened is tried again.
_AGAIN = 30.0

#: Given the assistant that serves, one over the generation that is current now, or None.
Reopen = Callable[[Assistant], Assistant | None]


def assistant_of(request: Request) -> Assistant:
    """Return the assistant of a request, the same from its beginning to its end."""
    if not hasattr(request.state, "assistant"):
        request.state.assistant = request.app.state.assistant
    assistant: Assistant = request.state.assistant
    return assistant


class Live:
    """Keeps the assistant of an application at the current generation.

    ``reopen`` opens what the index folder names now; without it the generation stays. ``every``
    is how often to look, in seconds; 0: only when told. ``problem`` is what is wrong with the
    generation that the folder names, where another one is served.
    """

    def __init__(
        self,
        app: FastAPI,
        assistant: Assistant,
        reopen: Reopen | None = None,
        every: float = 0,
        problem: PolicyError | None = None,
    ) -> None:
        self.problem = problem
        self._app, self._reopen, self._every = app, reopen, every
        self._lock = threading.Lock()
        self._repeating = Repeating("tiaowen-live", self._turn, every)
        #: The generation that could not be opened, and when it is tried again.
        self._failed: tuple[str, float] | None = None
        self._serve(assistant, Suggester(assistant))

    def refresh(self) -> bool:
        """Serve the current generation from now on; return whether it is another one.

        Raise PolicyError where it cannot be opened; the one that is open then goes on.
        """
        if self._reopen is None:
            return False
        with self._lock:
            try:
                fresh = self._reopen(self._app.state.assistant)
            except PolicyError as error:
                self.problem = error
                raise
            if fresh is not None:
                # Tried and warm before anybody asks.
                suggester = Suggester(fresh)
                suggester.on(date.today())
                self._serve(fresh, suggester)
                _LOG.info("another generation of the index is served: %s", fresh.index.folder.name)
            self.problem = None
            return fresh is not None

    def _serve(self, assistant: Assistant, suggester: Suggester) -> None:
        state = self._app.state
        metrics: Metrics = state.metrics
        metrics.serves(assistant.index.manifest)
        state.suggester, state.assistant = suggester, replace(assistant, observer=metrics)

    def look(self) -> bool:
        """Refresh if another generation is current; what fails is logged once, and not raised."""
        named = ""
        try:
            named = current_generation(self._app.state.assistant.index.folder.parent).name
            if self._failed and self._failed[0] == named and time.monotonic() < self._failed[1]:
                return False
            changed = self.refresh()
        except Exception as error:
            self._note(error, named)
            return False
        self._failed = None
        return changed

    def _note(self, error: Exception, named: str) -> None:
        if not isinstance(error, PolicyError):
            kind = type(error).__name__
            error = IndexFolderError(f"新索引无法打开 / the new index cannot be opened: {kind}")
        if self._failed is None or self._failed[0] != named:
            _LOG.warning("the new generation is not served: %s", error.message)
        self.problem = error
        self._failed = (named, time.monotonic() + _AGAIN)

    def start(self) -> None:
        """Begin to look."""
        if self._reopen and self._every:
            self._repeating.start()

    def stop(self) -> None:
        """Look no more."""
        self._repeating.stop()

    def _turn(self) -> float:
        self.look()
        return self._every
