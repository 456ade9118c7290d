"""How much is under way: a bounded queue before the work, and threads of their own for questions.

Questions are worked on by a few threads, so that pages, keys and watchers find others free. What
is more than the queue holds is refused at once, with the time after which to come again.
"""

from __future__ import annotations

import asyncio
import contextvars
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from fastapi import Request

__all__ = ["Load", "load_of"]

P = ParamSpec("P")
T = TypeVar("T")

#: How much the latest request counts in the time that one takes, and the longest wait named.
_SHARE, _LONGEST = 0.1, 60


class Load:
    """Threads for questions, and the count of all requests under way, ``most`` at a time."""

    def __init__(self, most: int = 128, threads: int = 16) -> None:
        self.most, self.under_way = most, 0
        self._seconds, self._threads = 1.0, threads
        self._pool = self._new_pool()

    def _new_pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, "question")

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do work in one of the threads."""
        context = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: context.run(work, *args, **kwargs))

    def took(self, seconds: float) -> None:
        """Learn how long a request takes as things are."""
        self._seconds += _SHARE * (seconds - self._seconds)

    @property
    def wait(self) -> int:
        """Seconds until about as many are done as are under way now."""
        return max(1, min(_LONGEST, math.ceil(self._seconds)))

    def close(self) -> None:
        """End the threads once their work is done; an application that starts again has others."""
        pool, self._pool = self._pool, self._new_pool()
        pool.shutdown(wait=True)


def load_of(request: Request) -> Load:
    """The load of the app that a request is for."""
    load: Load = request.app.state.load
    return load
