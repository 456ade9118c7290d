"""The index folder: what a build leaves behind, and how it is opened and swapped.

``FOLDER/current`` names one generation, a sub-folder with manifest.json, readings.jsonl,
clauses.faiss, sentences.faiss and lexical/. A build writes a new generation beside the one
in use and renames ``current`` at the end: a crash at any moment leaves a whole index. What
lies beside the generations (the readings that a build keeps) is no part of the index.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

from corpus.address import Address
from corpus.catalogue import digest_of
from corpus.document import Document
from corpus.errors import AddressError, IndexFolderError, IndexMismatch
from corpus.outline import Clause, Outline
from indexer.codec import decode_reading, encode_reading
from indexer.lexical import LexicalIndex
from indexer.names import Names
from indexer.passages import Passage, Units, passages_of, whole_passage
from indexer.read import Reading
from indexer.reading_cache import READINGS
from indexer.vectors import FaissFlat

__all__ = [
    "FORMAT",
    "ClauseIndex",
    "Manifest",
    "current_generation",
    "has_index",
    "publish",
    "read_manifest",
    "read_titles",
]

FORMAT = 2
_CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made an index. ``files`` maps each file to its sha256."""

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
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ClauseIndex:
    """An open index: readings by document, passages in row order, and their two searches."""

    manifest: Manifest
    readings: dict[str, Reading]
    passages: tuple[Passage, ...]
    clauses: FaissFlat
    sentences: FaissFlat
    lexical: LexicalIndex

    @classmethod
    def open(cls, folder: Path) -> ClauseIndex:
        """Open the current generation; raise IndexFolderError where it is not whole."""
        generation = current_generation(folder)
        manifest = read_manifest(generation)
        for name, sha256 in manifest.files.items():
            path = generation / name
            if not path.is_file() or digest_of(path) != sha256:
                raise IndexFolderError(
                    f"索引文件缺失或损坏，请重建 / an index file is missing or damaged, "
                    f"rebuild it with `tiaowen index`: {path}"
                )
        with (generation / "readings.jsonl").open(encoding="utf-8") as lines:
            decoded = [decode_reading(json.loads(line)) for line in lines]
        readings = {reading.document.id: reading for reading in decoded}
        passages = tuple(
            p for r in decoded for p in passages_of(r.document, r.outline, manifest.units)
        )
        keys = [passage.address for passage in passages]
        pieces = [passage.address for passage in passages for _ in passage.pieces]
        return cls(
            manifest,
            readings,
            passages,
            FaissFlat.open(generation / "clauses.faiss", keys),
            FaissFlat.open(generation / "sentences.faiss", pieces),
            LexicalIndex.open(generation / "lexical", len(passages)),
        )

    def save(self, generation: Path) -> Manifest:
        """Write everything into an empty folder; return the manifest with the files' digests."""
        with (generation / "readings.jsonl").open("w", encoding="utf-8") as lines:
            for reading in self.readings.values():
                lines.write(json.dumps(encode_reading(reading), ensure_ascii=False) + "\n")
        self.clauses.save(generation / "clauses.faiss")
        self.sentences.save(generation / "sentences.faiss")
        self.lexical.save(generation / "lexical")
        files = sorted(path for path in generation.rglob("*") if path.is_file())
        digests = {str(path.relative_to(generation)): digest_of(path) for path in files}
        manifest = Manifest(**asdict(self.manifest) | {"files": digests})
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        (generation / "manifest.json").write_text(text, "utf-8")
        for path in [*files, generation / "manifest.json"]:
            _sync(path)
        return manifest

    @cached_property
    def by_address(self) -> dict[Address, Passage]:
        """Passages by address."""
        return {passage.address: passage for passage in self.passages}

    def passage(self, address: Address) -> Passage:
        """Return the passage of a clause; for one without words of its own, all beneath it."""
        found = self.by_address.get(address)
        if found is None or self.has_parts(address):
            reading, _ = self.clause(address)
            return whole_passage(reading.document, reading.outline, address.path)
        return found

    def has_parts(self, address: Address) -> bool:
        """Whether clauses lie beneath this one."""
        reading, _ = self.clause(address)
        return len(reading.outline.under(address.path)) > 1

    @cached_property
    def names(self) -> Names:
        """Documents by title and 文号."""
        return Names.of(self.documents)

    def named(self, title: str, doc_number: str | None) -> tuple[str, Outline] | None:
        """The outline of the one document that a text names, if it is here."""
        name = self.names.find(title, doc_number)
        return (name, self.readings[name].outline) if name else None

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, in catalogue order."""
        return tuple(reading.document for reading in self.readings.values())

    def clause(self, address: Address) -> tuple[Reading, Clause]:
        """Return a clause with its reading; raise AddressError where there is none."""
        reading = self.readings.get(address.document)
        if reading is None or address.path not in reading.outline:
            raise AddressError(f"没有这一条款 / no such clause: {address}", field="address")
        return reading, reading.outline[address.path]


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


def publish(folder: Path, name: str, write: Callable[[Path], object]) -> None:
    """Write a generation beside the one in use and make it the current one by one rename.

    Nothing changes where ``write`` fails. The generation before stays for readers that have
    it open; older ones are removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    generation = folder / name
    try:
        generation.mkdir()
        write(generation)
        pointer = folder / f"{_CURRENT}.{os.getpid()}"
        pointer.write_text(name, "utf-8")
        _sync(pointer)
        before = (folder / _CURRENT).read_text("utf-8") if (folder / _CURRENT).exists() else ""
        pointer.replace(folder / _CURRENT)
        _sync(folder)
    except BaseException:
        shutil.rmtree(generation, ignore_errors=True)
        raise
    for old in folder.iterdir():
        if old.is_dir() and old.name not in (name, before.strip(), READINGS):
            shutil.rmtree(old, ignore_errors=True)


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


def read_titles(generation: Path) -> dict[str, tuple[str, ...]]:
    """Read the names that each document of a generation goes by, without opening it."""
    with (generation / "readings.jsonl").open(encoding="utf-8") as lines:
        documents = [json.loads(line)["document"] for line in lines]
    return {d["id"]: tuple(dict.fromkeys((d["title"], *d.get("titles", ())))) for d in documents}


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
