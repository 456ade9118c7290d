"""Looks again, while questions are answered, whether the files of the index are what was written.

A file at a time, so that a pass costs next to nothing at any moment: what is damaged is told by
``/readyz`` and ``/metrics`` instead of by the next start. Answers go on: what they cite is read
from pages that are mostly in memory, and to stop is for whoever sends the questions.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from corpus.errors import IndexFolderError
from indexer.index_folder import check_file
from server.assistant import Assistant
from server.repeating import Repeating

__all__ = ["Rechecking"]

_LOG = logging.getLogger("tiaowen")


class Rechecking:
    """Digests the files of the generation that is asked, all of them once in ``every`` seconds."""

    def __init__(self, assistant: Callable[[], Assistant], every: float = 0) -> None:
        self._assistant, self._every = assistant, every
        self._repeating = Repeating("tiaowen-recheck", self._turn)
        self._folder: Path | None = None
        self._left: list[tuple[str, str]] = []
        self._damaged: set[str] = set()

    @property
    def damaged(self) -> int:
        """How many files of the generation that is asked were found to be others."""
        return len(self._damaged) if self._folder == self._assistant().index.folder else 0

    def check(self) -> None:
        """Raise IndexFolderError where a file was found damaged."""
        if self.damaged:
            name = min(self._damaged, default="")
            raise IndexFolderError(f"索引文件损坏 / an index file is damaged: {name}")

    def step(self) -> int:
        """Look at the next file; return how many there are."""
        index = self._assistant().index
        files = list(index.manifest.files.items())
        if self._folder != index.folder:
            self._folder, self._damaged, self._left = index.folder, set(), []
        self._left = self._left or files
        if self._left:
            name, digest = self._left.pop()
            self._look(index.folder, name, digest)
        return len(files)

    def _look(self, folder: Path, name: str, digest: str) -> None:
        try:
            check_file(folder, name, digest)
        except (IndexFolderError, OSError):
            # An old generation is removed while it is still asked: that is no damage.
            if folder.is_dir() and name not in self._damaged:
                self._damaged.add(name)
                _LOG.warning("a file of the index is damaged: %s", name)
        else:
            self._damaged.discard(name)

    def start(self) -> None:
        """Begin to look."""
        if self._every:
            self._repeating.start()

    def stop(self) -> None:
        """Look no more."""
        self._repeating.stop()

    def _turn(self) -> float:
        return self._every / max(1, self.step())
