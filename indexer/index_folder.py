"""The index folder: generations beside each other, swapped by one rename.

``FOLDER/current`` names one generation, a sub-folder. A build writes a new generation beside the
one in use and renames ``current`` at the end: a crash at any moment leaves a whole index. What
lies beside the generations (kept readings, the journal of a build) is no part of the index.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpus.errors import IndexFolderError, IndexMismatch
from indexer.passages import Units
from indexer.reading_cache import READINGS

__all__ = [
    "FORMAT",
    "KEPT",
    "SOURCES",
    "Generation",
    "Manifest",
    "check_file",
    "check_files",
    "current_generation",
    "generations",
    "generations_before",
    "has_index",
    "publish",
    "read_manifest",
    "read_titles",
    "sweep",
    "switch",
    "write_manifest",
]

FORMAT = 4
#: The folder of files that have left the corpus, inside an index folder.
SOURCES = "sources"
#: So many generations are kept unless more are wanted: the current one, and the one that readers have open.
KEPT = 2
_CURRENT = "current"
#: Bytes that are digested of a large file: all of a small one, so many places of a large one.
_WHOLE, _PLACE, _PLACES = 16 << 20, 1 << 16, 32


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made an index. ``files`` maps each file to its size and digest.

    ``probes`` says for the vectors that are searched through an inverted file how many of its
    lists a search visits, ``recall`` what share of the exact neighbours that found.
    ``collections`` names those in Milvus for an index whose vectors lie there; not where Milvus
    is: servers may reach it under other addresses.
    """

    format: int
    embedder: str
    dimension: int
    fingerprint: str
    documents: int
    clauses: int
    passages: int
    built: str
    corpus: str = ""
    skipped: tuple[str, ...] = ()
    units: Units = "clause"
    probes: dict[str, int] = field(default_factory=dict)
    recall: dict[str, float] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    collections: dict[str, str] = field(default_factory=dict)


def has_index(folder: Path) -> bool:
    """Whether a build left an index in a folder, whole or not."""
    return (folder / _CURRENT).exists()


def current_generation(folder: Path) -> Path:
    """Return the folder of the generation in use; raise IndexFolderError where there is none."""
    pointer = folder / _CURRENT
    try:
        name = pointer.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexFolderError(f"没有索引 / no index here: {folder}", field="index") from error
    if not name or Path(name).name != name or not (folder / name).is_dir():
        raise IndexFolderError(f"索引不完整 / the index is not whole: {folder}", field="index")
    return folder / name


@dataclass(frozen=True, slots=True)
class Generation:
    """A whole generation of an index folder."""

    folder: Path
    manifest: Manifest
    current: bool

    @property
    def name(self) -> str:
        """What it is called among the others."""
        return self.folder.name


def generations(folder: Path) -> list[Generation]:
    """The generations of an index folder, the latest first; those that are not whole are none."""
    try:
        current: str | None = current_generation(folder).name
    except IndexFolderError:
        current = None
    found: list[tuple[int, Generation]] = []
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(IndexFolderError, OSError):
            manifest = read_manifest(path)
            made = (path / "manifest.json").stat().st_mtime_ns
            found.append((made, Generation(path, manifest, path.name == current)))
    return [one for _, one in sorted(found, key=lambda pair: -pair[0])]


def generations_before(folder: Path) -> list[Generation]:
    """The generations made before the one in use, the latest first, also where that one is damaged.

    Not those after it: who went back to an earlier one did not want them.
    """
    try:
        named = (folder / _CURRENT).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        named = ""
    limit = _made(named)
    return [
        one
        for one in generations(folder)
        if one.name != named and (limit is None or (_made(one.name) or 0) < limit)
    ]


def _made(name: str) -> int | None:
    """When a generation was begun, as its name has it: damage cannot change that."""
    try:
        return int(name.rpartition("-")[2], 16)
    except ValueError:
        return None


def switch(folder: Path, name: str) -> None:
    """Make a generation that is there the current one, by one rename."""
    pointer = folder / f"{_CURRENT}.{os.getpid()}"
    pointer.write_text(name, "utf-8")
    _sync(pointer)
    pointer.replace(folder / _CURRENT)
    _sync(folder)


def publish(
    folder: Path,
    name: str,
    write: Callable[[Path], object],
    forget: Callable[[Path], object] = lambda generation: None,
    keep: int = KEPT,
) -> None:
    """Write a generation beside the one in use and make it the current one by one rename.

    Nothing changes where ``write`` fails. The generation before stays for readers that have
    it open; of the others the latest stay, ``keep`` in all, and the journal is removed, whose
    vectors are now in the index.
    ``forget`` drops what a generation has outside its folder. One of which that fails with an
    IndexFolderError stays until the next time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    generation = folder / name
    try:
        generation.mkdir()
        write(generation)
        before = (folder / _CURRENT).read_text("utf-8") if (folder / _CURRENT).exists() else ""
        switch(folder, name)
    except BaseException:
        _remove(generation, forget)
        raise
    staying = {name, before.strip(), READINGS, SOURCES}
    latest = [one.name for one in generations(folder) if one.name not in staying]
    staying |= set(latest[: max(0, keep - KEPT)])
    for old in folder.iterdir():
        if old.is_dir() and old.name not in staying:
            _remove(old, forget)


def sweep(folder: Path, forget: Callable[[Path], object] = lambda generation: None) -> None:
    """Remove what builds that were killed left behind; to be called by whoever holds the lock."""
    pointer = folder / _CURRENT
    named = pointer.read_text("utf-8", "replace").strip() if pointer.is_file() else ""
    for path in folder.iterdir():
        if path.name.startswith(f"{_CURRENT}."):
            path.unlink(missing_ok=True)
        elif path.is_dir() and path.name.startswith("g-") and path.name != named:
            # The manifest is written last.
            try:
                json.loads((path / "manifest.json").read_bytes())
            except (OSError, ValueError):
                _remove(path, forget)


def _remove(generation: Path, forget: Callable[[Path], object]) -> None:
    with suppress(IndexFolderError):
        forget(generation)
        shutil.rmtree(generation, ignore_errors=True)


def read_manifest(generation: Path) -> Manifest:
    """Read what made a generation, and nothing of the generation itself."""
    try:
        values = json.loads((generation / "manifest.json").read_text("utf-8"))
        if values["format"] != FORMAT:
            raise IndexMismatch(
                f"索引版本为 {values['format']}，需要 {FORMAT}，请重建 / "
                f"the index has format {values['format']}, {FORMAT} is needed: rebuild it"
            )
        values["skipped"] = tuple(values["skipped"])
        return Manifest(**values | {"files": dict(values["files"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexFolderError(
            f"索引说明文件损坏 / the index manifest is damaged: {generation}"
        ) from error


def write_manifest(generation: Path, manifest: Manifest) -> Manifest:
    """Write the manifest of a generation whose other files are all there, with their digests."""
    files = sorted(path for path in generation.rglob("*") if path.is_file())
    digests = {str(path.relative_to(generation)): _digest(path) for path in files}
    manifest = Manifest(**asdict(manifest) | {"files": digests})
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (generation / "manifest.json").write_text(text, "utf-8")
    for path in [*files, generation / "manifest.json"]:
        _sync(path)
    return manifest


def check_files(generation: Path, manifest: Manifest) -> None:
    """Raise IndexFolderError where a file is missing or is not the one that was written."""
    for name, digest in manifest.files.items():
        check_file(generation, name, digest)


def check_file(generation: Path, name: str, digest: str) -> None:
    """Raise IndexFolderError if this file is missing or is not the one that was written."""
    path = generation / name
    if not path.is_file() or _digest(path) != digest:
        raise IndexFolderError(
            f"索引文件缺失或损坏，请重建 / an index file is missing or damaged, "
            f"rebuild it with `tiaowen index`: {path}"
        )


def read_titles(generation: Path) -> dict[str, tuple[str, ...]]:
    """Read the names that each document of a generation goes by, without opening it."""
    with (generation / "documents.jsonl").open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    return {d["id"]: tuple(dict.fromkeys((d["title"], *d.get("titles", ())))) for d in documents}


def _digest(path: Path) -> str:
    """Digest a file: all of a small one; of a large one its size and places spread over it.

    To read gigabytes at each start would take longer than everything else. A file that was cut
    off, exchanged or overwritten is noticed all the same; a flipped bit inside may not be.
    """
    size = path.stat().st_size
    state = hashlib.sha256()
    with path.open("rb") as file:
        if size <= _WHOLE:
            state.update(file.read())
        else:
            for number in range(_PLACES):
                file.seek((size - _PLACE) * number // (_PLACES - 1))
                state.update(file.read(_PLACE))
    return f"{size}:{state.hexdigest()}"


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
