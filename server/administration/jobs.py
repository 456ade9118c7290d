"""Long work in the background, one piece at a time; each is a file, so that a restart tells of it.

The lock is a file too: servers that share a corpus share the one writer.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from corpus.errors import AbsentError, PolicyError, StateError
from indexer.reading_cache import Progress
from server.administration.naming import is_name, new_name
from server.keeping.moments import now

__all__ = ["Jobs", "Kind", "Work"]

_LOG = logging.getLogger("tiaowen")
#: So many jobs are remembered; progress is written down once in so many seconds.
_REMEMBERED, _NOTED = 50, 0.5

Json = dict[str, Any]
Kind = Literal["add", "remove", "reindex", "restore"]
#: Given what to tell progress to, do the work and say what came of it.
Work = Callable[[Progress], Json]


class Jobs:
    """The jobs of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / ".lock", thread_local=False)
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def start(
        self,
        kind: Kind,
        target: list[str],
        work: Work,
        begun: Callable[[], Callable[[Json], None]],
    ) -> Json:
        """Begin a job, or raise StateError while there is another.

        ``begun`` is called first; what it returns is told the job when it has ended.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._starting:
            if not self._taken():
                raise StateError(
                    "正在进行另一项改动，完成后再试 / another change is under way, try again when it is done",
                    field="job",
                )
            try:
                self._end_interrupted()
                ended = begun()
                job: Json = {
                    "id": new_name(),
                    "kind": kind, "target": target, "state": "running", "stage": None, "done": 0,
                    "total": 0, "started": now(), "ended": None, "result": None, "error": None,
                }  # fmt: skip
                self._write(job)
            except BaseException:
                self._lock.release()
                raise
            arguments = (dict(job), work, ended)
            self._thread = threading.Thread(
                target=self._run, args=arguments, name="tiaowen-admin", daemon=True
            )
            self._thread.start()
        return job

    def _run(self, job: Json, work: Work, ended: Callable[[Json], None]) -> None:
        _be_nice()
        noted = 0.0

        def progress(stage: str, done: int, total: int) -> None:
            nonlocal noted
            fresh = stage != job["stage"]
            job.update(stage=stage, done=done, total=total)
            if fresh or time.monotonic() - noted > _NOTED:
                noted = time.monotonic()
                self._write(job)

        try:
            job["result"] = work(progress)
            job["state"] = "done"
        except PolicyError as error:
            job["state"] = "failed"
            job["error"] = {"code": error.code, "message": error.message, "field": error.field}
        except Exception:
            _LOG.exception("%s failed", job["kind"])
            message = "服务出错，没有完成 / internal error, not finished"
            job["state"] = "failed"
            job["error"] = {"code": "internal", "message": message, "field": None}
        finally:
            job["ended"] = now()
            ended(job)
            # Before it is said that the job is over: who reads that may begin the next one.
            self._lock.release()
            # What was done is done, whether or not it can be written down.
            with contextlib.suppress(OSError):
                self._write(job)

    def read(self, id: str) -> Json:
        """A job as it is; raise AbsentError where there is none."""
        found = self._read(self._folder / f"{id}.json") if is_name(id) else None
        if found is None:
            raise AbsentError(f"没有这项任务 / no such job: {id[:40]!r}", field="id")
        return found

    def latest(self, count: int = 10) -> list[Json]:
        """The last jobs, the latest first."""
        found = (self._read(path) for path in self._files()[:count])
        return [job for job in found if job]

    @property
    def busy(self) -> bool:
        """Whether a job of this or another process is under way."""
        if self._lock.is_locked:
            return True
        probe = FileLock(self._folder / ".lock", thread_local=False)
        try:
            probe.acquire(timeout=0)
        except Timeout:
            return True
        except OSError:
            return False
        probe.release()
        return False

    def settle(self) -> None:
        """Say of jobs whose process has gone that they were interrupted."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._starting:
            if self._taken():
                try:
                    self._end_interrupted()
                finally:
                    self._lock.release()

    def _taken(self) -> bool:
        """Take the lock, unless anybody has it; who has it could take it again."""
        if self._lock.is_locked:
            return False
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def _end_interrupted(self) -> None:
        """The lock is ours: nobody else is at work."""
        for path in self._files()[_REMEMBERED:]:
            path.unlink(missing_ok=True)
        for path in self._folder.glob(".*.part"):
            path.unlink(missing_ok=True)
        for job in self.latest(_REMEMBERED):
            if job["state"] == "running":
                message = "服务在完成之前停止了 / the server stopped before it was finished"
                error = {"code": "interrupted", "message": message, "field": None}
                self._write(job | {"state": "interrupted", "ended": now(), "error": error})

    def wait(self, seconds: float) -> None:
        """Wait for what is under way, for so long at most."""
        if self._thread:
            self._thread.join(seconds)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.json"), reverse=True)

    def _read(self, path: Path) -> Json | None:
        try:
            job: Json = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return job

    def _write(self, job: Json) -> None:
        part = self._folder / f".{job['id']}.part"
        part.write_text(json.dumps(job, ensure_ascii=False), "utf-8")
        part.replace(self._folder / f"{job['id']}.json")


def _be_nice() -> None:
    """Let threads that somebody waits for go first, where the system has it by thread."""
    with contextlib.suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
