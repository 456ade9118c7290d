"""Takes a backup, also while a server runs and while documents are added."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from corpus.catalogue import CATALOGUE_FILE, list_entries
from corpus.errors import InputError, PolicyError, StoreError
from indexer import index_folder
from indexer.library import sole_editor
from indexer.loaders import SUFFIXES
from server.assembly import corpus_of, index_of
from server.keeping.opening import database_url
from server.operating.backup.archive import FORMAT, Manifest, Packer
from server.pages import VERSION
from server.settings import Settings

__all__ = ["Taken", "database_file", "free_space", "take"]

_BUSY = 30.0


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was written, and what one should know of it."""

    manifest: Manifest
    size: int
    notes: tuple[str, ...]


def database_file(settings: Settings) -> Path | None:
    """The file of the database; None where it is a server."""
    url = make_url(database_url(settings))
    if url.get_backend_name() != "sqlite":
        return None
    return Path(str(url.database)).expanduser().absolute()


def take(settings: Settings, file: Path, corpus: Path | None, with_index: bool) -> Taken:
    """Write a backup to a file that is not there yet; all of it, or nothing."""
    if file.exists():
        raise InputError(
            f"文件已存在，未改动 / the file exists and was left alone: {file}", field="file"
        )
    corpus = corpus_of(settings, corpus)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as folder:
            part = Path(folder) / "backup.part"
            with zipfile.ZipFile(part, "x", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                notes: list[str] = []
                packer = Packer(archive)
                _add_corpus(packer, corpus)
                generation = _add_index(packer, settings, corpus, with_index, notes)
                kind = _add_database(packer, settings, Path(folder), notes)
                for job in sorted(settings.batches.glob("*.jsonl")):
                    packer.add("batches", Path(job.name), job)
                moment = datetime.now(UTC).isoformat(timespec="seconds")
                manifest = Manifest(FORMAT, moment, VERSION, kind, *generation, packer.files)
                packer.finish(manifest)
            _publish(part, file)
    except OSError as error:
        what = f"{error.filename or file}: {error.strerror or error}"
        raise StoreError(f"备份未完成 / no backup was made: {what}") from error
    return Taken(manifest, file.stat().st_size, tuple(notes))


def _publish(part: Path, file: Path) -> None:
    """Give a finished archive its name. Chats are in it: nobody else may read it."""
    part.chmod(0o600)
    with part.open("rb") as done:
        os.fsync(done.fileno())
    try:
        # Unlike a renaming this never takes the place of a file that came meanwhile.
        os.link(part, file)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        part.rename(file)


@contextmanager
def _still(corpus: Path) -> Iterator[None]:
    """Keep documents from being added or removed; a corpus that is read-only keeps still."""
    with sole_editor(corpus, None) if os.access(corpus, os.W_OK) else nullcontext():
        yield


def _add_corpus(packer: Packer, corpus: Path) -> None:
    """The catalogue with the files that it lists; without one, every document."""
    with _still(corpus):
        entries = list_entries(corpus, SUFFIXES)
        if (corpus / CATALOGUE_FILE).is_file():
            packer.add("corpus", Path(CATALOGUE_FILE), corpus / CATALOGUE_FILE)
        for path in dict.fromkeys(entry.path for entry in entries):
            if not path.resolve().is_relative_to(corpus.resolve()):
                raise InputError(
                    f"文件不在语料文件夹里 / the file lies outside the corpus: {path}", "corpus"
                )
            packer.add("corpus", path.relative_to(corpus), path)


def _add_index(
    packer: Packer, settings: Settings, corpus: Path, wanted: bool, notes: list[str]
) -> tuple[str | None, str | None]:
    """The generation in use, which the next ones leave alone; return its name and fingerprint."""
    folder = index_of(settings, corpus)
    try:
        generation = index_folder.current_generation(folder)
        made = index_folder.read_manifest(generation)
    except PolicyError:
        notes.append("没有索引，恢复后重建 / there is no index; it is built after a restoration")
        return None, None
    if made.collections:
        notes.append("向量在 Milvus，恢复后重建 / vectors lie in Milvus; built after a restoration")
    elif wanted:
        index_folder.check_files(generation, made)
        for name in (*sorted(made.files), "manifest.json"):
            packer.add("index", Path(generation.name) / name, generation / name)
    else:
        notes.append("不含索引，恢复后重建 / without the index; it is built after a restoration")
    return generation.name, made.fingerprint


def _add_database(packer: Packer, settings: Settings, folder: Path, notes: list[str]) -> str:
    path = database_file(settings)
    if path is None:
        notes.append(
            "PostgreSQL 不在备份里，请用 pg_dump --format=custom 另行备份 / PostgreSQL is not in it: "
            "back it up with pg_dump --format=custom, restore it with pg_restore"
        )
        return "postgresql"
    if not path.exists():
        notes.append("还没有数据库 / there is no database yet")
        return "none"
    copy = folder / "database.part"
    try:
        with (
            closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=_BUSY)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            # All pages at one moment: who writes meanwhile is not kept waiting.
            source.backup(target)
            # One file, whole without the journals beside it.
            target.execute("PRAGMA journal_mode=DELETE")
            if target.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise StoreError(f"数据库损坏，未备份 / the database is damaged: {path}")
    except sqlite3.Error as error:
        raise StoreError(f"数据库无法备份 / the database cannot be copied: {error}") from error
    packer.add("database", Path("tiaowen.db"), copy)
    copy.unlink()
    return "sqlite"


def free_space(folder: Path) -> int:
    """Bytes that are free where a folder is, or will be."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free
