"""Read many files at once, each in a process that can be ended: time and memory stay bounded."""

from __future__ import annotations

import contextlib
import fcntl
import math
import os
import resource
import signal
import sys
import types
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import forkserver, parent_process, resource_tracker
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from corpus.catalogue import Entry, printable
from corpus.errors import LoadError
from indexer.loaders.formats import format_of

__all__ = ["Limits", "reads_here", "run_each"]

T = TypeVar("T")

_MOST_WORKERS = 16
#: A worker is replaced after so many files, and what its libraries leak goes with it.
_FILES_A_WORKER = 100
#: Texts of this size are read at once and in this process: starting another takes longer.
_SMALL = 256 << 10
#: The kernel ends a worker so many seconds after its time, should nobody else be left to do it.
_GRACE = 30


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds, more for each megabyte of it, and bytes of memory."""

    seconds: float = 120.0
    seconds_a_megabyte: float = 5.0
    memory: int = 4 << 30

    def time(self, path: Path) -> float:
        """Return the seconds that a file may take."""
        try:
            size = path.stat().st_size
        except OSError:
            size = 0
        return self.seconds + self.seconds_a_megabyte * (size >> 20)


def run_each(
    function: Callable[[Entry], T],
    entries: Sequence[Entry],
    limits: Limits | None = None,
    apart: bool = False,
) -> Generator[tuple[int, T | LoadError], None, None]:
    """Run a function of a module for each entry; yield positions and results as they are done.

    What goes wrong with a file is its result, a LoadError that names it, and the others go on:
    a bad file, one that takes too long or too much memory, one that crashes its process. ``apart``:
    none is read in this process, however small.
    """
    if not apart and reads_here(entries):
        yield from ((i, _guarded(function, entry)) for i, entry in enumerate(entries))
        return
    waiting = dict(enumerate(entries))
    while waiting:
        before = len(waiting)
        # A pool breaks where a process ends outside of any file; what was not read is tried anew.
        for position, result in _run_pool(function, dict(waiting), limits or Limits()):
            del waiting[position]
            yield position, result
        if len(waiting) == before:
            yield from ((i, _crashed(entry)) for i, entry in waiting.items())
            return


def reads_here(entries: Sequence[Entry]) -> bool:
    """Whether all files together are a little plain text, which needs no process of its own."""
    room = _SMALL
    for entry in entries:
        try:
            room -= entry.path.stat().st_size
            if room < 0 or not _is_text(entry.path):
                return False
        except (OSError, LoadError):
            return False
    return True


def _is_text(path: Path) -> bool:
    # The contents of an archive are looked at in a process only, whatever it is named.
    with path.open("rb") as stream:
        packed = stream.read(2) == b"PK"
    return not packed and format_of(path) == "text"


def _run_pool(
    function: Callable[[Entry], T], entries: Mapping[int, Entry], limits: Limits
) -> Generator[tuple[int, T | LoadError], None, None]:
    workers = min(_cores(), len(entries), _MOST_WORKERS)
    pool = ProcessPool(
        workers, _FILES_A_WORKER, _limit_process, (limits.memory,), _context(function.__module__)
    )
    try:
        tasks: dict[Future[T | LoadError], tuple[int, float]] = {}
        for position, entry in entries.items():
            seconds = limits.time(entry.path)
            task = pool.schedule(_attempt, (function, entry, seconds), timeout=seconds)
            tasks[task] = position, seconds
        for done in as_completed(tasks):
            position, seconds = tasks.pop(done)
            if not isinstance(done.exception(), BrokenProcessPool):
                yield position, _result(done, entries[position], seconds)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _result(task: Future[T | LoadError], entry: Entry, seconds: float) -> T | LoadError:
    try:
        return task.result()
    except TimeoutError:
        return _failed(entry, f"读取超过{seconds:g}秒 / reading took more than {seconds:g} s")
    except ProcessExpired:
        return _crashed(entry)
    except Exception as error:
        return _internal(entry, error)


def _attempt(function: Callable[[Entry], T], entry: Entry, seconds: float) -> T | LoadError:
    """Run in the worker. The alarm ends it where the parent, still there, does not get to it."""
    signal.alarm(math.ceil(seconds) + _GRACE)
    try:
        return _guarded(function, entry)
    finally:
        signal.alarm(0)


def _guarded(function: Callable[[Entry], T], entry: Entry) -> T | LoadError:
    try:
        return function(entry)
    except LoadError as error:
        return error
    except MemoryError:
        return _failed(entry, "读取所需内存过大 / reading takes too much memory")
    except Exception as error:
        return _internal(entry, error)


def _failed(entry: Entry, reason: str) -> LoadError:
    return LoadError(f"{reason}: {printable(entry.path.name)}", field="file")


def _crashed(entry: Entry) -> LoadError:
    return _failed(entry, "读取时进程崩溃 / the reading process crashed")


def _internal(entry: Entry, error: Exception) -> LoadError:
    return _failed(entry, f"内部错误 / internal error: {type(error).__name__}")


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _limit_process(memory: int) -> None:
    """Bound what a worker may take, once what reading needs is imported."""
    # Its libraries may write what they like; the terminal and --json are not theirs.
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, sys.__stdout__.fileno() if sys.__stdout__ else 1)
    os.dup2(quiet, sys.__stderr__.fileno() if sys.__stderr__ else 2)
    # A handler in Python never runs while native code or a long match does: end at once.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        _, allowed = resource.getrlimit(what)
        least = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (least, least))


def _end_with_parent() -> None:
    """Let the kernel end this process when the one that asked for it is gone, even if killed.

    The pipe from it then closes, which raises SIGIO here; its default action is to end.
    """
    if parent := parent_process():
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        pipe = int(parent.sentinel)
        fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
        # What closed before that raises nothing any more.
        if wait([pipe], 0):
            os._exit(1)


class _Process(ForkServerProcess):
    """A process that does not import the program's main module: it needs nothing of it."""

    @staticmethod
    def _Popen(process_obj: Any) -> Any:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            return ForkServerProcess._Popen(process_obj)
        finally:
            sys.modules["__main__"] = main


class _Context(ForkServerContext):
    """Start workers from a clean process: one that holds threads of torch must never fork."""

    Process = _Process


def _context(module: str) -> Any:
    context = _Context()
    context.set_forkserver_preload([module, "indexer.loaders.every"])
    # Ctrl-C goes to all of a terminal's group: a worker that just starts would tell of it too. What
    # starts here has it blocked, and hands that on; the tracker, which unblocks it, starts before.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context
