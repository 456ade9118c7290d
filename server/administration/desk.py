"""The maintainers' desk of one application: what can be done to its corpus and index.

Whatever changes the corpus is a job, one at a time; a row of the log stands before it begins.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from corpus.catalogue import list_entries
from corpus.errors import DocumentError, LoadError, PolicyError, StateError, StoreError
from indexer.index_folder import generations
from indexer.library import look_at
from indexer.loaders import SUFFIXES
from indexer.reading_cache import READINGS, Progress, ReadingCache
from indexer.rollback import roll_back
from server.administration.drafts import Drafts
from server.administration.jobs import Jobs, Kind, Work
from server.assembly import index_of, refresh_index
from server.assistant import Assistant
from server.editing import addition_json, put_in, report_json, take_away
from server.keeping.actions import Outcome, end_action, note_action
from server.keeping.database import Database
from server.live import Live
from server.settings import Settings

__all__ = ["Desk", "Maintainer"]

_LOG = logging.getLogger("tiaowen")
#: Seconds that a file waits for another one to be read.
_PATIENCE = 60.0

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Maintainer:
    """Who does something, by the key, and the database that it is written down in."""

    database: Database
    key: str

    def note(self, action: str, target: str, outcome: Outcome = "done") -> str:
        """Write down what is done."""
        return note_action(self.database, self.key, action, target, outcome)


class Desk:
    """Works on the corpus and index of the settings; ``live`` then serves what came of it."""

    def __init__(self, settings: Settings, assistant: Callable[[], Assistant], live: Live) -> None:
        self._settings, self._assistant, self.live = settings, assistant, live
        # What the index served was made of: the one that the settings name may be damaged.
        named = assistant().index.manifest.corpus if settings.index else ""
        self.corpus = (Path(named) if named else settings.corpus).resolve()
        self.index = index_of(settings, self.corpus)
        name = hashlib.sha256(str(self.index.resolve()).encode()).hexdigest()[:12]
        folder = settings.administration / name
        self.drafts = Drafts(folder / "drafts")
        self.jobs = Jobs(folder / "jobs")
        self._reading = threading.Lock()

    def look(self, name: str, stream: IO[bytes], who: Maintainer) -> Json:
        """Read a file and make a draft of it; raise LoadError where it cannot be read."""
        sent = self.drafts.receive(name, stream)
        try:
            if not self._reading.acquire(timeout=_PATIENCE):
                raise StateError(
                    "正在读取别的文件，请稍后再试 / another file is being read", field="file"
                )
            try:
                cache = ReadingCache(sent.readings)
                reading = look_at(sent.path, self.corpus, cache)
            finally:
                self._reading.release()
            who.note("upload", f"{sent.name} {sent.sha256[:16]}")
            return self.drafts.keep(sent, reading)
        except BaseException:
            self.drafts.discard(sent)
            raise

    def discard(self, id: str, who: Maintainer) -> None:
        """Delete a draft."""
        draft = self.drafts.read(id)
        who.note("discard", f"{draft['file']} {draft['sha256'][:16]}")
        self.drafts.delete(id)

    def accept(self, ids: Sequence[str], who: Maintainer) -> Json:
        """Put drafts into the corpus and serve them."""
        names = list(dict.fromkeys(ids))
        drafts = [self.drafts.read(id) for id in names]
        held = {d.source.sha256: d.title for d in self._assistant().index.documents}
        for draft in drafts:
            if draft["sha256"] in held:
                raise StateError(
                    f"库内已有这份文件：《{held[draft['sha256']]}》 / the library holds this file already",
                    field="id",
                )

        def work(progress: Progress) -> Json:
            known = self.index / READINGS
            known.mkdir(parents=True, exist_ok=True)
            for id in names:
                for reading in self.drafts.readings(id):
                    # What was shown is what is taken: nothing is read a second time.
                    shutil.copyfile(reading, known / reading.name)
            files = [self.drafts.source(id) for id in names]
            addition = put_in(files, self.corpus, self.index, progress)
            if addition.failed and not (addition.added or addition.present):
                raise LoadError(addition.failed[0].message, field="file")
            result = self._served(progress)
            shown = addition_json(addition, None)
            for each in (*shown["added"], *shown["present"], *shown["failed"]):
                each["file"] = Path(each["file"]).name
            failed = {each.file for each in addition.failed}
            for id, file in zip(names, files, strict=True):
                if file not in failed:
                    self.drafts.delete(id)
            return shown | result

        return self._start("add", [draft["file"] for draft in drafts], work, who)

    def remove(self, documents: Sequence[str], who: Maintainer) -> Json:
        """Take documents out of the corpus, and serve what is left."""
        names = list(dict.fromkeys(documents))
        held = set(self._assistant().index.readings)
        if any(name not in held for name in names):
            # One that could not be read is in the corpus and not in the index.
            held = {entry.id for entry in list_entries(self.corpus, SUFFIXES)}
        if unknown := [name for name in names if name not in held]:
            raise DocumentError(
                f"库内没有这份文件 / no such document: {unknown[0][:80]!r}", field="document"
            )
        if len(held) <= len(names):
            raise StateError(
                "不能移除最后一份文件 / the last document cannot be removed", field="document"
            )

        def work(progress: Progress) -> Json:
            take_away(names, self.corpus, self.index)
            return {"removed": names} | self._served(progress)

        return self._start("remove", names, work, who)

    def reindex(self, who: Maintainer) -> Json:
        """Build the index of the corpus as it is now, and serve it."""
        return self._start("reindex", [], self._served, who)

    def restore(self, name: str, who: Maintainer) -> Json:
        """Put corpus and index back to a generation, and serve it."""
        chosen = next((one for one in generations(self.index) if one.name == name), None)
        if chosen is None:
            raise DocumentError(f"没有这一代索引 / no such generation: {name[:80]!r}", field="id")
        if chosen.current:
            raise StateError("这一代正在使用 / this generation is in use", field="id")

        def work(progress: Progress) -> Json:
            change = roll_back(self.corpus, self.index, name)
            moved = {"returned": list(change.returning), "removed": list(change.leaving)}
            return moved | self._served(progress)

        return self._start("restore", [name], work, who)

    def _served(self, progress: Progress) -> Json:
        """Refresh the index and serve the generation that is then current."""
        opened = self._assistant().retriever.embedder
        report = refresh_index(self._settings, self.corpus, progress, opened=opened)
        progress("open", 0, 1)
        self.live.refresh()
        progress("open", 1, 1)
        shown = report_json(report)
        del shown["folder"]
        return {"index": shown}

    def _start(self, kind: Kind, target: list[str], work: Work, who: Maintainer) -> Json:
        def begun() -> Callable[[Json], None]:
            row = who.note(kind, "、".join(target), "begun")
            return lambda job: self._ended(job, row, who)

        return self.jobs.start(kind, target, work, begun)

    def _ended(self, job: Json, row: str, who: Maintainer) -> None:
        error = job["error"]
        index = (job["result"] or {}).get("index", {})
        detail = error["message"] if error else f"{index['documents']} documents"
        try:
            end_action(who.database, row, "failed" if error else "done", detail)
        except PolicyError as problem:
            kept = "log" if isinstance(problem, StoreError) else problem.code
            _LOG.warning("the end of a job is not in the %s: %s", kept, problem.message)

    def start(self) -> None:
        """Tell of jobs that were interrupted, and begin to look for new generations."""
        self.jobs.settle()
        self.drafts.clean()
        self.live.start()

    def stop(self) -> None:
        """Wait a little for what is under way: cut off, it leaves the old generation whole."""
        self.jobs.wait(20)
        self.live.stop()
