"""The end of a server: who is being answered is answered, or told that it ends."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from corpus.errors import ServeError

__all__ = ["CLOSED", "GRACE", "Stopping", "hearing", "until_stopped"]

T = TypeVar("T")

#: Seconds for answers under way once a signal has come; streams are told after that, and
#: connections closed some seconds later.
GRACE, CLOSED = 10.0, 14
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopping:
    """Whether the server ends: each stream waits for it by a future of its own."""

    def __init__(self, grace: float = GRACE) -> None:
        self.grace = grace
        self._begun = self._over = False
        self._waiting: set[asyncio.Future[None]] = set()

    @property
    def begun(self) -> bool:
        """Whether a signal to end has come."""
        return self._begun

    def begin(self) -> None:
        """Let streams go on for the grace, then end them; called in the loop of the server."""
        if not self._begun:
            self._begun = True
            asyncio.get_running_loop().call_later(self.grace, self.end)

    def end(self) -> None:
        """End the streams."""
        self._over = True
        for future in list(self._waiting):
            if not future.done():
                future.set_result(None)

    @contextmanager
    def told(self) -> Iterator[asyncio.Future[None]]:
        """A future that is done once streams must end."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        if self._over:
            future.set_result(None)
        try:
            yield future
        finally:
            self._waiting.discard(future)


@contextmanager
def hearing(stopping: Stopping) -> Iterator[None]:
    """Begin to stop with the signals that end the server, which does the rest as it would."""
    loop = asyncio.get_running_loop()
    before: dict[int, Any] = {}

    def heard(number: int, frame: Any) -> None:
        loop.call_soon_threadsafe(stopping.begin)
        handler = before[number]
        if callable(handler):
            handler(number, frame)

    # Elsewhere there are no signals: the server is a part of another program.
    if threading.current_thread() is threading.main_thread():
        before = {number: signal.signal(number, heard) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


async def until_stopped(steps: AsyncGenerator[T, None], stopping: Stopping) -> AsyncIterator[T]:
    """Pass steps on; raise ServeError where the server ends before the last."""
    with stopping.told() as over:
        while True:
            step = asyncio.ensure_future(anext(steps))
            try:
                waited: set[asyncio.Future[Any]] = {step, over}
                await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            finally:
                # Who hangs up, and the end of the server, end the work of a model too.
                if not step.done():
                    step.cancel()
                    await asyncio.wait({step})
            if step.cancelled():
                raise ServeError(
                    "服务正在停止，请稍后再问 / the server is stopping, ask again soon"
                )
            try:
                yield step.result()
            except StopAsyncIteration:
                return
