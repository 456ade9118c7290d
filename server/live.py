"""The assistant that questions go to; another one takes its place while the server runs.

A request keeps the one that it began with: it never sees two generations of an index. New requests
get the new one. A thread looks every few seconds which generation is current, so that what
``tiaowen add`` or another server did is served too.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date

from fastapi import FastAPI, Request

from corpus.errors import PolicyError
from server.assistant import Assistant
from server.metrics import Metrics
from server.suggesting import Suggester

__all__ = ["Live", "Reopen", "assistant_of"]

_LOG = logging.getLogger("tiaowen")
#: Seconds between looks at which generation is current.
_LOOK = 3.0

#: Given the assistant that serves, one over the generation that is current now, or None.
Reopen = Callable[[Assistant], Assistant | None]


def assistant_of(request: Request) -> Assistant:
    """Return the assistant of a request, the same from its beginning to its end."""
    if not hasattr(request.state, "assistant"):
        request.state.assistant = request.app.state.assistant
    assistant: Assistant = request.state.assistant
    return assistant


class Live:
    """Keeps the assistant of an application at the current generation."""

    def __init__(self, app: FastAPI, reopen: Reopen) -> None:
        self._app, self._reopen = app, reopen
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._complained = ""

    def refresh(self) -> bool:
        """Serve the current generation from now on; raise PolicyError where it cannot be opened."""
        with self._lock:
            state = self._app.state
            fresh = self._reopen(state.assistant)
            if fresh is None:
                return False
            # Tried and warm before anybody asks.
            suggester = Suggester(fresh)
            suggester.on(date.today())
            metrics: Metrics = state.metrics
            metrics.serves(fresh.index.manifest)
            state.suggester, state.assistant = suggester, fresh
            return True

    def start(self) -> None:
        """Begin to look."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="tiaowen-live", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        if self._thread:
            self._thread.join(timeout=20)

    def _run(self) -> None:
        while not self._stopped.wait(_LOOK):
            try:
                if self.refresh():
                    _LOG.info("another generation of the index is served")
                self._complained = ""
            except Exception as error:
                told = error.message if isinstance(error, PolicyError) else type(error).__name__
                if told != self._complained:
                    # Once, not every few seconds: the generation that is open goes on serving.
                    _LOG.warning("the new generation is not served: %s", told)
                self._complained = told
