"""Writes in a thread of its own, so that no answer waits for a database that is busy."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet

from corpus.errors import PolicyError

__all__ = ["Writer"]

_LOG = logging.getLogger("tiaowen")
#: How long an answer waits to learn whether it was kept, in seconds.
_WAIT = 0.25
_DAY = 24 * 3600.0

Job = Callable[[], None]


class Writer:
    """Does jobs one after another; what fails is logged in one line and lost.

    ``daily`` is done at once and then every day.
    """

    def __init__(self, daily: Job | None = None, most: int = 1000) -> None:
        self._jobs: queue.Queue[tuple[Job, Future[bool]] | None] = queue.Queue(most)
        self._daily = daily
        self._began: float | None = None
        #: How many jobs were lost; shown among the metrics.
        self.lost = 0
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="tiaowen-writer", daemon=True)
        self._thread.start()

    def put(self, job: Job, wait: bool = True) -> bool:
        """Have a job done. True: it is done. False: it failed, or may still be done later."""
        done: Future[bool] = Future()
        try:
            self._jobs.put_nowait((job, done))
        except queue.Full:
            _LOG.warning("not kept: too much waits to be written")
            self._lose()
            return False
        # Behind a job that takes long already there is nothing to wait for.
        began = self._began
        if not wait or (began is not None and time.monotonic() - began > _WAIT):
            return False
        try:
            return done.result(_WAIT)
        except NotYet:
            return False

    @property
    def waiting(self) -> int:
        """How many jobs are not begun yet."""
        return self._jobs.qsize()

    def _lose(self) -> None:
        with self._lock:
            self.lost += 1

    def close(self, patience: float = 10.0) -> None:
        """Do what is waiting, and end."""
        try:
            self._jobs.put(None, timeout=patience)
        except queue.Full:
            return
        self._thread.join(patience)

    def _run(self) -> None:
        due = time.monotonic()
        while True:
            if self._daily and time.monotonic() >= due:
                due = time.monotonic() + _DAY
                self._do(self._daily)
            try:
                taken = self._jobs.get(timeout=max(0.0, due - time.monotonic()))
            except queue.Empty:
                continue
            if taken is None:
                return
            job, done = taken
            done.set_result(self._do(job))

    def _do(self, job: Job) -> bool:
        self._began = time.monotonic()
        try:
            job()
        except PolicyError as error:
            _LOG.warning("not kept: %s", error.message)
        except Exception as error:
            # A thread that dies would keep nothing more, and nobody would notice.
            _LOG.warning("not kept: %s", type(error).__name__)
        else:
            return True
        finally:
            self._began = None
        self._lose()
        return False
