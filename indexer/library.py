"""Put documents into a corpus folder and take them out again, whole or not at all."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryFile

from filelock import BaseFileLock, FileLock, Timeout

from corpus.catalogue import CATALOGUE_FILE, Entry, digest_of, list_entries, printable
from corpus.catalogue_edit import copy_in, discard_parts, list_in, safe_name, take_out
from corpus.errors import CatalogueError, DocumentError, LoadError
from indexer.loaders import SUFFIXES
from indexer.loaders.formats import format_of
from indexer.reading_cache import Progress, ReadingCache, read_entries
from indexer.readings import Reading
from indexer.sources import Sources

__all__ = ["Added", "Addition", "Failed", "Present", "add", "look_at", "remove", "sole_editor"]

Say = Callable[[str], None]

#: Hidden: it is no document.
_LOCK = ".tiaowen.lock"
#: Where a corpus with a catalogue keeps its files.
_DOCUMENTS = "documents"
#: For a file without one of the known suffixes, by what it holds.
_LARGEST_UNNAMED = 16 << 20
_SUFFIXES = {"image": ".png", "text": ".txt"}


@dataclass(frozen=True, slots=True)
class Added:
    """A document that is in the corpus now, as it was read; ``entry.path`` is what was given."""

    entry: Entry
    reading: Reading


@dataclass(frozen=True, slots=True)
class Present:
    """A file whose content the corpus has already, as the document ``id``."""

    file: Path
    id: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be added, and why."""

    file: Path
    message: str


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of the files that were to be added; each is in one of the three."""

    added: tuple[Added, ...] = ()
    present: tuple[Present, ...] = ()
    failed: tuple[Failed, ...] = ()


def add(
    files: Sequence[Path],
    corpus: Path,
    cache: ReadingCache | None = None,
    progress: Progress | None = None,
    say: Say | None = None,
) -> Addition:
    """Add files, and the files of folders, to a corpus; a bad one does not stop the others.

    Everything is read before anything is written. The ids are the stems of the files, made safe.
    """
    with sole_editor(corpus, say):
        entries = list_entries(corpus, SUFFIXES)
        found, failed = _gather(files)
        known = {entry.sha256: entry.id for entry in entries}
        chosen = _choose(corpus, entries, [each for each in found if each[1] not in known])
        added, bad = _commit(corpus, chosen, read_entries(chosen, cache, progress))
    ids = known | {each.entry.sha256: each.entry.id for each in added}
    placed = {each.entry.path for each in added}
    present = []
    for path, sha256 in found:
        if path in placed:
            placed.discard(path)
        elif sha256 in ids:
            present.append(Present(path, ids[sha256]))
        else:
            failed.append(Failed(path, bad[sha256]))
    return Addition(tuple(added), tuple(present), tuple(failed))


def _gather(files: Sequence[Path]) -> tuple[list[tuple[Path, str]], list[Failed]]:
    """List files with their sha256, those of folders too; and what is none."""
    found: list[tuple[Path, str]] = []
    failed: list[Failed] = []
    for given in files:
        paths = _inside(given) if given.is_dir() else [given]
        if not paths:
            reason = "文件夹里没有支持的文件 / no supported file in this folder"
            failed.append(_failure(given, reason))
        for path in paths:
            try:
                if not path.is_file():
                    raise FileNotFoundError
                found.append((path, digest_of(path)))
            except FileNotFoundError:
                failed.append(_failure(path, "找不到文件 / no such file"))
            except OSError as error:
                failed.append(_failure(path, f"文件无法读取 / cannot read: {error.strerror}"))
    return found, failed


def _inside(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    )


def _failure(path: Path, reason: str) -> Failed:
    return Failed(path, f"{reason}: {printable(str(path))}")


def _choose(
    corpus: Path, entries: Sequence[Entry], found: Sequence[tuple[Path, str]]
) -> list[Entry]:
    """Make an entry for each new content, under an id and a file name that are still free."""
    folder = _DOCUMENTS if (corpus / CATALOGUE_FILE).is_file() else ""
    taken = {name.casefold() for e in entries for name in (e.id, printable(e.path.stem))}
    chosen: dict[str, Entry] = {}
    for path, sha256 in found:
        if sha256 in chosen:
            continue
        stem, suffix = safe_name(path.stem), _suffix(path)
        others = (f"{stem}-{number}" for number in count(2))
        for name in chain((stem, f"{stem}{suffix.replace('.', '-')}"), others):
            place = corpus / folder / f"{name}{suffix}"
            if name.casefold() not in taken and _is_free(place, sha256):
                break
        taken.add(name.casefold())
        chosen[sha256] = Entry(name, str(place.relative_to(corpus)), path, sha256)
    return list(chosen.values())


def _suffix(path: Path) -> str:
    """The suffix of a file, or one for what it holds: others are not listed in a folder."""
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return suffix
    try:
        if path.stat().st_size <= _LARGEST_UNNAMED:
            name = format_of(path)
            return _SUFFIXES.get(name, f".{name}")
    except (LoadError, OSError):
        pass
    return ".txt"


def _is_free(place: Path, sha256: str) -> bool:
    """Whether a place is empty, or holds just this content: an add was ended before its commit."""
    if not os.path.lexists(place):
        return True
    return place.is_file() and digest_of(place) == sha256


def _commit(
    corpus: Path, chosen: Sequence[Entry], results: Sequence[Reading | LoadError]
) -> tuple[list[Added], dict[str, str]]:
    """Put what could be read into the corpus; say why of the others, by their sha256."""
    added: list[Added] = []
    bad: dict[str, str] = {}
    for entry, result in zip(chosen, results, strict=True):
        try:
            if isinstance(result, LoadError):
                raise result
            _place(entry, corpus / entry.file)
            added.append(Added(entry, result))
        except LoadError as error:
            bad[entry.sha256] = error.message
        except OSError as error:
            reason = f"无法写入语料文件夹 / cannot be copied: {error.strerror or error}"
            bad[entry.sha256] = _failure(entry.path, reason).message
    # With a catalogue, this is the moment at which the documents are in.
    if added and (corpus / CATALOGUE_FILE).is_file():
        list_in(corpus, [each.entry for each in added])
    return added, bad


def _place(entry: Entry, place: Path) -> None:
    if not place.exists():
        place.parent.mkdir(exist_ok=True)
        copy_in(entry.path, place, entry.sha256)


def look_at(file: Path, corpus: Path, cache: ReadingCache) -> Reading:
    """Read a file as ``add`` would, in a process of its own, and leave the corpus as it is."""
    entries = list_entries(corpus, SUFFIXES)
    entry = _choose(corpus, entries, [(file, digest_of(file))])[0]
    read = read_entries([entry], cache, apart=True)[0]
    if isinstance(read, LoadError):
        raise read
    return read


def remove(
    names: Sequence[str], corpus: Path, say: Say | None = None, sources: Sources | None = None
) -> None:
    """Take documents out of a corpus; all of them, or none where one is not known.

    ``sources`` keep the files for as long as a generation of the index lists them.
    """
    with sole_editor(corpus, say):
        entries = list_entries(corpus, SUFFIXES)
        leaving = _find(names, entries)
        staying = {entry.path.resolve() for entry in entries if entry not in leaving}
        if not staying:
            raise CatalogueError(
                "不能移除最后一份文件 / the last document cannot be removed: an index cannot be empty"
            )
        if sources:
            for entry in leaving:
                sources.keep(entry.path, entry.sha256)
        if (corpus / CATALOGUE_FILE).is_file():
            take_out(corpus, [entry.id for entry in leaving])
        root = corpus.resolve()
        for entry in leaving:
            path = entry.path.resolve()
            # What lies elsewhere is not the corpus's to delete, and a shared file is still in use.
            if path.is_relative_to(root) and path not in staying:
                entry.path.unlink(missing_ok=True)


def _find(names: Sequence[str], entries: Sequence[Entry]) -> list[Entry]:
    """Find documents by their ids; raise DocumentError naming close ones for those not found."""
    ids = [entry.id for entry in entries]
    problems = []
    for name in dict.fromkeys(names):
        if name not in ids:
            near = difflib.get_close_matches(name, ids, 3, 0.4)
            near = list(dict.fromkeys([*near, *(i for i in ids if name and name in i)]))[:3]
            hint = f"（相近 / close: {'、'.join(near)}）" if near else ""
            problems.append(f"{name[:80]!r}{hint}")
    if problems:
        raise DocumentError(
            f"语料里没有这份文件 / no such document: {'; '.join(problems)}", field="document"
        )
    return [entry for entry in entries if entry.id in names]


@contextmanager
def sole_editor(corpus: Path, say: Say | None) -> Iterator[None]:
    """Hold the corpus for one edit at a time; raise CatalogueError where it cannot be written."""
    if not corpus.is_dir():
        raise CatalogueError(f"找不到语料文件夹 / no such corpus folder: {corpus}", field="corpus")
    lock = FileLock(corpus / _LOCK)
    try:
        _acquire(lock, say)
        for folder in (corpus, corpus / _DOCUMENTS):
            if folder.is_dir():
                discard_parts(folder)
                with TemporaryFile(dir=folder):
                    pass
    except OSError as error:
        lock.release()
        raise CatalogueError(
            f"语料文件夹不可写 / the corpus folder cannot be written: {corpus}: "
            f"{error.strerror or error}",
            field="corpus",
        ) from error
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: BaseFileLock, say: Say | None) -> None:
    try:
        lock.acquire(timeout=0.2)
    except Timeout:
        if say:
            say("等待另一个修改完成… / waiting for another edit of the corpus…")
        lock.acquire()
