"""Read one file as the product reads many: in a process with limits, and say how that ended."""

from __future__ import annotations

import re
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.catalogue import Entry
from corpus.errors import LoadError
from indexer.pool import Limits, reads_here, run_each
from indexer.read import entry_of_file, read_source

__all__ = ["Ending", "Trial", "read_and_tell", "try_file"]

#: ``read`` and ``refused`` are as it should be. ``stopped``: the pool had to end it (time, memory,
#: a dead process) and named the file. ``exception``: the reader raised something of its own, which
#: the pool hides from users. ``escaped``: something came through the pool.
Ending = Literal["read", "refused", "stopped", "exception", "escaped"]


@dataclass(frozen=True, slots=True)
class Trial:
    """How the reading of one file ended, with what it took.

    ``peak_mb`` is the most memory that its process held; None where it had none of its own, as
    small plain texts have not, or where the process was ended.
    """

    ending: Ending
    message: str
    seconds: float
    peak_mb: int | None = None


def try_file(path: Path, limits: Limits | None = None) -> Trial:
    """Read a file through the pool, alone, so that its process is new."""
    started = time.monotonic()
    entry = entry_of_file(path)
    here = reads_here([entry])
    try:
        result = next(outcome for _, outcome in run_each(read_and_tell, [entry], limits))
    # Nothing may come through; what does is what is looked for.
    except Exception as error:
        return _ended("escaped", f"{type(error).__name__}: {error}", started)
    if isinstance(result, LoadError):
        return _ended("stopped", result.message, started)
    return Trial(result.ending, result.message, result.seconds, None if here else result.peak_mb)


def read_and_tell(entry: Entry) -> Trial:
    """Read a file in this process; want of memory is left to the caller, as in the product."""
    started = time.monotonic()
    try:
        reading = read_source(entry)
    except LoadError as error:
        return _ended("refused", error.message, started, _peak())
    except MemoryError:
        raise
    # Whatever else comes is to be seen, not hidden.
    except Exception as error:
        message = f"{type(error).__name__}: {str(error)[:200]}"
        return _ended("exception", message, started, _peak())
    return _ended("read", f"{len(reading.outline.clauses)} clauses", started, _peak())


def _ended(ending: Ending, message: str, started: float, peak: int | None = None) -> Trial:
    return Trial(ending, message, round(time.monotonic() - started, 3), peak)


def _peak() -> int:
    """Return the most memory that this process held, in MB."""
    # ru_maxrss of Linux may still count the memory of the process that started this one.
    status = Path("/proc/self/status")
    if status.is_file() and (most := re.search(r"VmHWM:\s+(\d+) kB", status.read_text())):
        return int(most[1]) >> 10
    scale = 20 if sys.platform == "darwin" else 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> scale
