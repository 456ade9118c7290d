"""A thread that does something again and again until it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable

__all__ = ["Repeating"]

#: Seconds that a stop waits for a turn under way.
_PATIENCE = 20


class Repeating:
    """Calls ``turn`` in a thread of its own; it returns the seconds until the next call.

    ``first`` is how long the first call waits. It may be started again after a stop.
    """

    def __init__(self, name: str, turn: Callable[[], float], first: float = 0.0) -> None:
        self._name, self._turn, self._first = name, turn, first
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, unless it has begun."""
        if self._thread is None:
            self._stopped.clear()
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End after the turn under way."""
        self._stopped.set()
        if self._thread:
            self._thread.join(timeout=_PATIENCE)
            self._thread = None

    def _run(self) -> None:
        wait = self._first
        while not self._stopped.wait(wait):
            wait = self._turn()
