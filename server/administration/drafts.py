"""Files that were sent and read, and are not yet in the corpus: a folder each, whole or not there."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import IO, Any

from corpus.catalogue_edit import safe_name
from corpus.errors import AbsentError, StateError
from indexer.codec import encode_document
from indexer.readings import Reading
from server.administration.naming import is_name, new_name
from server.present import finding_json, outline_clause_json

__all__ = ["Drafts", "Sent"]

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_NEW = ".new"
#: Clauses that are shown of a draft, and characters of each; and of a file's own name.
_SHOWN, _CHARACTERS, _NAME = 12, 60, 120
#: What a request that was ended left behind goes after so many seconds.
_LEFT = 3600.0

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that is being looked at, under a name that is safe."""

    id: str
    path: Path
    name: str
    sha256: str

    @property
    def readings(self) -> Path:
        """Where what is read of it is kept."""
        return self.path.parent.parent / "readings"


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of a folder: so many at most, and none older than so many days."""

    folder: Path
    most: int = 50
    days: int = 7

    def receive(self, name: str, stream: IO[bytes]) -> Sent:
        """Write a file down to be looked at; raise StateError where there are too many drafts."""
        self.clean()
        if len(self._folders()) >= self.most:
            raise StateError(
                f"待定的文件已有 {self.most} 份，请先收入或放弃 / too many drafts: accept or discard some",
                field="file",
            )
        id = new_name()
        own = PurePosixPath(name.replace("\\", "/")).name
        stem, dot, end = own.rpartition(".")
        suffix = f".{end.lower()}"
        known = bool(dot and stem) and bool(_SUFFIX.fullmatch(suffix))
        place = self.folder / f"{id}{_NEW}" / "source"
        place.mkdir(mode=0o700, parents=True)
        path = place / (safe_name(stem if known else own) + (suffix if known else ""))
        try:
            with path.open("wb") as file:
                shutil.copyfileobj(stream, file)
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except BaseException:
            shutil.rmtree(place.parent, ignore_errors=True)
            raise
        shown = "".join(c if c.isprintable() else " " for c in own)[:_NAME]
        return Sent(id, path, shown, digest)

    def discard(self, sent: Sent) -> None:
        """Forget a file that could not be read."""
        shutil.rmtree(sent.path.parent.parent, ignore_errors=True)

    def keep(self, sent: Sent, reading: Reading) -> Json:
        """Make a draft of a file that was read; one of the same content goes."""
        document, outline = reading.document, reading.outline
        clauses = [outline_clause_json(document.id, c) for c in outline.clauses[:_SHOWN]]
        draft: Json = {
            "id": sent.id,
            "file": sent.name,
            "size": sent.path.stat().st_size,
            "sha256": sent.sha256,
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "document": encode_document(document),
            "clauses": len(outline.clauses),
            "outline": [
                {"label": c["label"], "text": _shortened(c["text"] or c["title"] or "")}
                for c in clauses
            ],
            "findings": [finding_json(document.id, finding) for finding in outline.findings],
        }
        folder = sent.path.parent.parent
        (folder / "draft.json").write_text(json.dumps(draft), "utf-8")
        same = [old["id"] for old in self.all() if old["sha256"] == sent.sha256]
        folder.rename(self.folder / sent.id)
        for id in same:
            self.delete(id)
        return draft

    def all(self) -> list[Json]:
        """The drafts, the oldest first."""
        self.clean()
        found = (self._read(folder) for folder in self._folders())
        return [draft for draft in found if draft]

    def read(self, id: str) -> Json:
        """A draft; raise AbsentError where there is none."""
        draft = self._read(self.folder / id) if is_name(id) else None
        if draft is None:
            raise AbsentError(
                f"没有这份待定文件，可能已收入、放弃或过期 / no such draft: {id[:40]!r}", field="id"
            )
        return draft

    def source(self, id: str) -> Path:
        """The file of a draft, under its safe name."""
        return next((self.folder / id / "source").iterdir())

    def readings(self, id: str) -> list[Path]:
        """What was read of it, as the reading cache keeps it."""
        return sorted((self.folder / id / "readings").glob("*.json"))

    def delete(self, id: str) -> None:
        """Delete a draft, at one moment; raise AbsentError where there is none."""
        self.read(id)
        gone = self.folder / f"{id}{_NEW}"
        with suppress(FileNotFoundError):
            (self.folder / id).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def clean(self) -> None:
        """Remove what is too old, and what was left half-done."""
        oldest = (datetime.now(UTC) - timedelta(days=self.days)).timestamp()
        for folder in self.folder.iterdir() if self.folder.is_dir() else ():
            with suppress(OSError):
                age = folder.stat().st_mtime
                left = folder.name.endswith(_NEW) and age < time.time() - _LEFT
                if left or (is_name(folder.name) and age < oldest):
                    shutil.rmtree(folder, ignore_errors=True)

    def _folders(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.iterdir() if is_name(path.name))

    def _read(self, folder: Path) -> Json | None:
        try:
            draft: Json = json.loads((folder / "draft.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return draft


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _CHARACTERS else plain[:_CHARACTERS] + "…"
