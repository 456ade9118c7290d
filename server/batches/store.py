"""Jobs in a folder: one append-only file each, whole after a crash.

The first line says what the job is, a line for each question follows, then a line for each result.
A job appears with all its questions or not at all; a result counts once its line is whole.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus.errors import DocumentError
from server.batches.reading import Asked

__all__ = ["Job", "Jobs", "Progress"]

Json = dict[str, Any]

#: The beginning of a line with a result.
_RESULT = re.compile(rb'\{"n": (\d+), "(answer|error)"')


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its file tells: the questions, and the results so far by the number of theirs."""

    id: str
    created: str
    questions: tuple[Asked, ...]
    results: dict[int, Json] = field(default_factory=dict)
    #: The id of the key that it came with, for the audit log.
    key: str | None = None

    @property
    def open(self) -> list[int]:
        """The numbers, from 1, of the questions without a result."""
        return [n for n in range(1, len(self.questions) + 1) if n not in self.results]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is."""

    id: str
    created: str
    total: int
    done: int
    failed: int

    @property
    def missing(self) -> int:
        """How many questions have no result yet."""
        return self.total - self.done


class Jobs:
    """The jobs of a folder; several processes may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, questions: Sequence[Asked], key: str | None = None) -> Job:
        """Write a new job down, whole and for good."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = secrets.token_hex(16)
        job = Job(name, datetime.now(UTC).isoformat(timespec="seconds"), tuple(questions), key=key)
        head = {"batch": job.id, "created": job.created, "total": len(questions), "key": key}
        lines: list[Json] = [head]
        lines += [{"asked": asdict(asked)} for asked in questions]
        new = self.folder / f"{name}.new"
        with new.open("wb") as file:
            file.write(b"".join(_line(line) for line in lines))
            file.flush()
            os.fsync(file.fileno())
        new.rename(self._path(name))
        _sync(self.folder)
        return job

    def read(self, name: str) -> Job:
        """Read a job; raise DocumentError where there is none."""
        try:
            content = self._path(name).read_bytes()
        except OSError as error:
            raise _missing(name) from error
        # A line without its end was being written when the process ended.
        lines = [json.loads(line) for line in content.split(b"\n")[:-1]]
        head, total = lines[0], lines[0]["total"]
        asked = [line["asked"] for line in lines[1 : total + 1]]
        questions = tuple(Asked(**(one | {"documents": tuple(one["documents"])})) for one in asked)
        results: dict[int, Json] = {}
        for line in lines[total + 1 :]:
            results.setdefault(line["n"], line)
        return Job(head["batch"], head["created"], questions, results, head.get("key"))

    def progress(self, name: str) -> Progress:
        """Tell how far a job is, without reading its answers."""
        kinds: dict[bytes, bytes] = {}
        try:
            with self._path(name).open("rb") as file:
                head = json.loads(file.readline())
                for line in file:
                    if (match := _RESULT.match(line)) and line.endswith(b"\n"):
                        kinds.setdefault(match[1], match[2])
        except OSError as error:
            raise _missing(name) from error
        failed = sum(kind == b"error" for kind in kinds.values())
        return Progress(head["batch"], head["created"], head["total"], len(kinds), failed)

    def add(self, name: str, n: int, result: Json) -> bool:
        """Append the result of a question; return False where the job was deleted meanwhile."""
        try:
            file = os.open(self._path(name), os.O_RDWR | os.O_APPEND)
        except FileNotFoundError:
            return False
        try:
            _drop_torn_line(file)
            os.write(file, _line({"n": n} | result))
            os.fsync(file)
        finally:
            os.close(file)
        return True

    def delete(self, name: str) -> None:
        """Delete a job, at work or done; raise DocumentError where there is none."""
        try:
            self._path(name).unlink()
        except OSError as error:
            raise _missing(name) from error
        self._lock_path(name).unlink(missing_ok=True)

    def all(self) -> list[str]:
        """The names of all jobs, the oldest first."""
        files: list[tuple[float, str]] = []
        for path in self.folder.glob("*.jsonl"):
            with contextlib.suppress(OSError):
                files.append((path.stat().st_mtime, path.stem))
        return [name for _, name in sorted(files)]

    @contextlib.contextmanager
    def working(self, name: str) -> Iterator[bool]:
        """Work on a job alone; False where another process does already."""
        lock = FileLock(self._lock_path(name))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def _path(self, name: str) -> Path:
        # A name from an address must not lead out of the folder.
        if not re.fullmatch(r"[0-9a-f]{32}", name):
            raise _missing(name)
        return self.folder / f"{name}.jsonl"

    def _lock_path(self, name: str) -> Path:
        return self.folder / f"{name}.lock"


def _missing(name: str) -> DocumentError:
    return DocumentError(f"没有这批问题 / no such batch: {name[:40]!r}", field="id")


def _line(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _drop_torn_line(file: int) -> None:
    """Cut off what a process that was ended left of a line."""
    size = os.fstat(file).st_size
    at = size
    while at > 0:
        start = max(0, at - 65_536)
        end = os.pread(file, at - start, start).rfind(b"\n")
        if end >= 0:
            if start + end + 1 < size:
                os.ftruncate(file, start + end + 1)
            return
        at = start


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
