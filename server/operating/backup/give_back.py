"""Restores a backup: everything is unpacked beside its place and checked, then put there by names.

What was there is kept under another name. Whatever fails, all is as it was before.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from corpus.catalogue import bundled_corpus, digest_of
from corpus.errors import InputError, StateError, StoreError
from indexer import index_folder
from server.assembly import index_of
from server.keeping.database import connect
from server.keeping.migrating import is_current
from server.operating.backup.archive import Manifest, extract, opened, read_manifest, unpacked
from server.operating.backup.take import database_file, free_space
from server.settings import Settings

__all__ = ["Restored", "restore_from"]


@dataclass(frozen=True, slots=True)
class Restored:
    """Where each part is now, what was there before, and what remains to be done."""

    made: str
    places: dict[str, Path]
    before: tuple[Path, ...]
    notes: tuple[str, ...]


def restore_from(file: Path, settings: Settings, corpus: Path | None, force: bool) -> Restored:
    """Restore a backup into the places that the settings name, whole or not at all."""
    with opened(file) as archive:
        manifest = read_manifest(archive)
        places, notes = _places(manifest, settings, corpus)
        taken = [place for place in places.values() if _is_taken(place)]
        if taken and not force:
            raise InputError(
                "已有内容，未改动；--force 替换，旧的留存 / there is something already, nothing was "
                f"changed; --force replaces it and keeps the old: {'、'.join(map(str, taken))}",
                field="force",
            )
        try:
            with _staged(archive, manifest, places) as staged:
                _check(manifest, staged, places)
                before = _swap({staged[part]: place for part, place in places.items()})
        except OSError as error:
            what = f"{error.filename or file}: {error.strerror or error}"
            raise StoreError(
                f"未恢复，一切如旧 / nothing was restored, all is as before: {what}"
            ) from error
    return Restored(manifest.made, places, tuple(before), tuple(notes))


def _places(
    manifest: Manifest, settings: Settings, corpus: Path | None
) -> tuple[dict[str, Path], list[str]]:
    """Where the parts of a backup belong, and what to say of those that are not restored."""
    places, notes = dict[str, Path](), list[str]()
    bundled = bundled_corpus().resolve()
    target = (corpus or settings.corpus).resolve()
    if target == bundled and not _is_bundled(manifest):
        # What is installed is no place for documents of others.
        target = (settings.home / "corpus").resolve()
        notes.append(f"请设 / set: TIAOWEN_CORPUS={target}")
    if target != bundled:
        places["corpus"] = target
    if manifest.part("index"):
        # Beside the settings' own index there is a default one for each corpus.
        places["index"] = index_of(settings, target)
    else:
        notes.append("索引在首次提问时重建，或运行 tiaowen index / the index is built when needed")
    if manifest.part("batches"):
        places["batches"] = settings.batches
    if manifest.part("database"):
        file = database_file(settings)
        if file is None:
            raise InputError(
                "备份里是 SQLite，而 TIAOWEN_DATABASE 是别的 / the backup has an SQLite database, "
                "TIAOWEN_DATABASE names another kind",
                field="database",
            )
        places["database"] = file
    elif manifest.database == "postgresql":
        notes.append("请另用 pg_restore 恢复数据库 / restore the database with pg_restore")
    return {part: place.absolute() for part, place in places.items()}, notes


def _is_bundled(manifest: Manifest) -> bool:
    """Whether the documents of a backup are those that the product ships with."""
    for name in manifest.part("corpus"):
        path = bundled_corpus() / unpacked(name)[1]
        if not path.is_file() or digest_of(path) != manifest.files[name][1]:
            return False
    return True


def _is_taken(place: Path) -> bool:
    if place.is_dir() and not place.is_symlink():
        return any(place.iterdir())
    return place.exists() or place.is_symlink()


@contextmanager
def _staged(
    archive: zipfile.ZipFile, manifest: Manifest, places: dict[str, Path]
) -> Iterator[dict[str, Path]]:
    """Unpack each part beside its place, on the same file system; what is left of it goes."""
    folders: list[Path] = []
    staged: dict[str, Path] = {}
    try:
        for part, place in places.items():
            needed = sum(manifest.files[name][0] for name in manifest.part(part))
            if needed > free_space(place.parent):
                raise StoreError(f"磁盘空间不足 / not enough room on the disk: {place.parent}")
            folder = place.with_name(f".{place.name}.restoring-{os.getpid()}")
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700)
            folders.append(folder)
            extract(archive, manifest, part, folder)
            # The database is one file; whoever has the corpus or the index may read them.
            staged[part] = folder / "tiaowen.db" if part == "database" else folder
            staged[part].chmod(0o600 if part == "database" else 0o755)
        yield staged
    finally:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


def _check(manifest: Manifest, staged: dict[str, Path], places: dict[str, Path]) -> None:
    """Look whether what was unpacked can be used, before it takes a place."""
    if "index" in staged:
        _fit_index(str(manifest.generation), staged["index"], places.get("corpus"))
    if "database" in staged:
        if not staged["database"].is_file():
            raise StoreError("备份里没有数据库文件 / the backup holds no database file")
        database = connect(f"sqlite:///{staged['database']}")
        try:
            # Raises for one that a newer version wrote.
            is_current(database.reading)
        finally:
            database.close()
        if places["database"].exists():
            _close(places["database"])


def _fit_index(name: str, folder: Path, corpus: Path | None) -> None:
    """Name the place of the corpus anew, and the generation in use."""
    generation = folder / Path(name).name
    made = index_folder.read_manifest(generation)
    index_folder.check_files(generation, made)
    path = generation / "manifest.json"
    values = json.loads(path.read_text("utf-8")) | {"corpus": str(corpus or bundled_corpus())}
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1), "utf-8")
    index_folder.switch(folder, generation.name)


def _close(path: Path) -> None:
    """Write the journals of a database into it; raise StateError where a process has it open."""
    try:
        with closing(sqlite3.connect(path, timeout=1.0, isolation_level=None)) as database:
            mode = database.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if "locked" not in str(error):
            # A damaged one is what a backup is restored for.
            return
        mode = "wal"
    if mode != "delete":
        raise StateError(
            f"数据库正在使用，请先停止服务 / the database is in use, stop the server first: {path}",
            field="database",
        )


def _journals(place: Path, stamp: str) -> Iterator[tuple[Path, Path]]:
    """Journals of a database that was there: beside another one they would be read into it."""
    for end in ("-journal", "-shm", "-wal"):
        journal = place.with_name(place.name + end)
        if journal.exists():
            yield journal, place.with_name(f"{place.name}.before-{stamp}{end}")


def _swap(moves: dict[Path, Path]) -> list[Path]:
    """Put each new thing in its place, and the old one beside it; undo all where one fails."""
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    done: list[tuple[Path, Path]] = []
    kept: list[Path] = []
    try:
        for new, place in moves.items():
            if _is_taken(place):
                old = place.with_name(f"{place.name}.before-{stamp}")
                place.rename(old)
                done.append((place, old))
                kept.append(old)
            elif place.is_dir():
                place.rmdir()
            for journal, away in _journals(place, stamp):
                journal.rename(away)
                done.append((journal, away))
            new.rename(place)
            done.append((new, place))
    except BaseException:
        for source, target in reversed(done):
            target.rename(source)
        raise
    return kept
