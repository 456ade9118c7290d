"""Whether questions can be answered at the moment, and what keeps them from it.

Anybody may ask, so the reasons name no paths or hosts; those are in the log. What was found is
kept for a moment: asking often costs nothing.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy import text

from corpus.errors import IndexFolderError, PolicyError, StoreError
from indexer.clause_index import ClauseIndex
from indexer.index_folder import current_generation, read_manifest
from server.assistant import Assistant
from server.keeping.database import Database
from server.keeping.keeper import Keeper

__all__ = ["Readiness", "Reason"]

_LOG = logging.getLogger("tiaowen")
#: Seconds for which a finding holds, and the space that a database needs to go on.
_HOLDS, _LEAST_SPACE = 1.0, 16 << 20

_TEXTS = {
    "no_index": "没有索引，请运行 tiaowen index / there is no index: run tiaowen index",
    "index_damaged": "索引缺失或损坏，请运行 tiaowen index 重建 / the index is damaged: rebuild it",
    "model_not_loaded": "向量模型无法使用 / the embedding model cannot be used",
    "database_not_writable": "数据库不可写，对话无法保存 / the database is not writable, nothing is kept",
    "shutting_down": "服务正在停止 / the server is shutting down",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason not to send questions here, in Chinese and English."""

    code: str
    message: str


class Readiness:
    """Looks at what an application needs; ``leaving`` says whether it is about to end."""

    def __init__(
        self,
        assistant: Callable[[], Assistant],
        keeper: Keeper | None,
        leaving: Callable[[], bool] = lambda: False,
        rechecked: Callable[[], object] = lambda: None,
    ) -> None:
        self._assistant, self._keeper, self.leaving = assistant, keeper, leaving
        self._rechecked = rechecked
        self._lock = Lock()
        self._until = 0.0
        self._found: tuple[str, ...] = ()
        #: The one whose model was tried.
        self._tried: Assistant | None = None

    def reasons(self) -> tuple[Reason, ...]:
        """What stands against it now; nothing: ready."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._found = self._look()
                self._until = time.monotonic() + _HOLDS
            found = self._found
        codes = (*found, *(("shutting_down",) if self.leaving() else ()))
        return tuple(Reason(code, _TEXTS[code]) for code in codes)

    def _look(self) -> tuple[str, ...]:
        assistant, before = self._assistant(), self._found
        checks: list[tuple[str, Callable[[], object]]] = [
            ("no_index", lambda: _check_pointer(assistant.index)),
            ("index_damaged", lambda: self._check_index(assistant.index)),
            ("model_not_loaded", lambda: self._check_model(assistant)),
        ]
        if self._keeper:
            database = self._keeper.database
            checks.append(("database_not_writable", lambda: _check_writable(database)))
        return tuple(_failing(checks, before))

    def _check_index(self, index: ClauseIndex) -> None:
        """Sizes now, and what was found when the files were last read."""
        _check_generation(index)
        self._rechecked()

    def _check_model(self, assistant: Assistant) -> None:
        """Embed a text, once for each assistant: a model that did goes on to."""
        if self._tried is not assistant:
            assistant.retriever.embedder.embed_query("条文")
            self._tried = assistant


def _failing(
    checks: list[tuple[str, Callable[[], object]]], before: tuple[str, ...]
) -> Iterator[str]:
    for code, check in checks:
        try:
            check()
        except Exception as error:
            if code not in before:
                why = error.message if isinstance(error, PolicyError) else type(error).__name__
                _LOG.warning("not ready: %s: %s", code, why)
            yield code


def _check_pointer(index: ClauseIndex) -> None:
    current_generation(index.folder.parent)


def _check_generation(index: ClauseIndex) -> None:
    """The files of the generation that is asked, by their sizes: to digest them takes longer."""
    for name, digest in read_manifest(index.folder).files.items():
        size = (index.folder / name).stat().st_size
        if size != int(digest.partition(":")[0]):
            raise IndexFolderError(f"索引文件损坏 / an index file is damaged: {name}")


def _check_writable(database: Database) -> None:
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            if connection.execute(text("SHOW transaction_read_only")).scalar() == "on":
                raise StoreError("数据库只读 / the database is read-only")
            return
    path = Path(str(database.engine.url.database))
    if not path.is_file():
        raise StoreError(f"数据库文件不见了 / the database file is gone: {path}")
    if shutil.disk_usage(path.parent).free < _LEAST_SPACE:
        raise StoreError(f"磁盘已满 / no room on the disk: {path.parent}")
