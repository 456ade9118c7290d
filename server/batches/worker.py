"""Asks the questions of jobs, one after another, behind those that somebody waits for."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from corpus.errors import PolicyError
from server.assistant import Assistant
from server.batches.reading import Asked
from server.batches.store import Jobs
from server.keeping import records
from server.keeping.keeper import Keeper
from server.present_answer import answer_json
from server.routes import query_of
from server.schemas import AskBody

__all__ = ["Interactive", "Worker", "result_of"]

_LOG = logging.getLogger("tiaowen")
#: Seconds between looks for jobs that other processes left, and how long to stand back at most.
_LOOK, _STAND_BACK = 30.0, 5.0


class Interactive:
    """Counts the requests that are being answered, so that a batch can stand back."""

    def __init__(self) -> None:
        self._count = 0
        self._quiet = threading.Condition()

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        """While a request is answered."""
        with self._quiet:
            self._count += 1
        try:
            yield
        finally:
            with self._quiet:
                self._count -= 1
                self._quiet.notify_all()

    def wait(self, seconds: float) -> None:
        """Wait until nobody waits, for so long at most: a batch goes on under load, slowly."""
        with self._quiet:
            self._quiet.wait_for(lambda: self._count == 0, seconds)


def result_of(asked: Asked, assistant: Assistant) -> dict[str, Any]:
    """Answer one question: its answer, or what is wrong with it."""
    try:
        body = AskBody(
            question=asked.question, as_of=asked.as_of, area=asked.area,
            documents=list(asked.documents),
        )  # fmt: skip
        return {"answer": answer_json(assistant.ask(query_of(body, assistant)))}
    except PolicyError as error:
        return {"error": {"code": error.code, "message": error.message, "field": error.field}}
    # One question that fails must not stop the others.
    except Exception:
        _LOG.exception("a question of a batch failed")
        message = "服务出错，没有作答 / internal error"
        return {"error": {"code": "internal", "message": message, "field": None}}


@dataclass(slots=True)
class _Share:
    """A job that this process works on, with the questions left."""

    name: str
    open: list[tuple[int, Asked]]
    key: str | None


class Worker:
    """One thread over the jobs of a folder; it goes on with those that were left unfinished."""

    def __init__(
        self,
        jobs: Jobs,
        assistant: Callable[[], Assistant],
        interactive: Interactive | None = None,
        keeper: Keeper | None = None,
    ) -> None:
        self._keeper = keeper
        self._jobs, self._assistant = jobs, assistant
        self._interactive = interactive or Interactive()
        self._wake, self._stopped = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="batches", daemon=True)
            self._thread.start()

    def wake(self) -> None:
        """Say that there is a new job."""
        self.start()
        self._wake.set()

    def stop(self) -> None:
        """End after the question at hand."""
        self._stopped.set()
        self._wake.set()
        if self._thread:
            self._thread.join(timeout=20)

    def _run(self) -> None:
        _be_nice()
        while not self._stopped.is_set():
            self._wake.clear()
            try:
                self._round()
            except Exception:
                _LOG.exception("batches: a round failed")
            self._wake.wait(_LOOK)

    def _round(self) -> None:
        """One question of each job in turn, so that a long job holds up no short one."""
        seen: set[str] = set()
        mine: list[_Share] = []
        with contextlib.ExitStack() as held:
            while not self._stopped.is_set():
                for name in self._jobs.all():
                    if name not in seen:
                        seen.add(name)
                        mine += self._taken(name, held)
                mine = [share for share in mine if self._step(share)]
                if not mine:
                    return

    def _taken(self, name: str, held: contextlib.ExitStack) -> list[_Share]:
        """A job with questions left, unless another process is at it."""
        try:
            if not self._jobs.progress(name).missing or not held.enter_context(
                self._jobs.working(name)
            ):
                return []
            # Read behind the lock: what another process answered is not asked again.
            job = self._jobs.read(name)
        except (PolicyError, ValueError, KeyError, IndexError):
            return []
        share = _Share(name, [(n, job.questions[n - 1]) for n in job.open], job.key)
        return [share] if job.open else []

    def _step(self, share: _Share) -> bool:
        """Answer the next question of a job; False where there is none left."""
        if self._stopped.is_set():
            return False
        self._interactive.wait(_STAND_BACK)
        n, asked = share.open.pop(0)
        result = result_of(asked, self._assistant())
        kept = self._jobs.add(share.name, n, result)
        if kept and self._keeper and "answer" in result:
            noted = records.Asked(asked.question, "batch", key=share.key)
            self._keeper.keep(noted, result["answer"], store=False)
        return kept and bool(share.open)


def _be_nice() -> None:
    """Let threads that somebody waits for go first, where the system has it by thread."""
    with contextlib.suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
