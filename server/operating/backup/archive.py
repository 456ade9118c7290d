"""The archive of a backup: a ZIP file whose manifest tells size and sha256 of each other file.

An archive may come from anywhere. What it would write lies in the folders that its names begin
with; links, names that lead out of them, and files that the manifest does not tell of are refused
before anything is written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, unquote_to_bytes

from corpus.errors import InputError, StoreError

__all__ = [
    "FORMAT",
    "PARTS",
    "Manifest",
    "Packer",
    "extract",
    "opened",
    "read_manifest",
    "unpacked",
]

FORMAT = 1
#: What a backup may hold; each is the first part of the names of its files.
PARTS = ("batches", "corpus", "database", "index")
_MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 64 << 20
_CHUNK = 1 << 20
#: In names: what is no text, and what could be read as something else.
_ESCAPED = re.compile("[%\\\\:\x00-\x1f\x7f\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. ``database`` names its kind, ``generation`` the index that was asked."""

    format: int
    made: str
    version: str
    database: str
    generation: str | None
    fingerprint: str | None
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    def part(self, name: str) -> list[str]:
        """The files of a part."""
        return [file for file in self.files if file.startswith(f"{name}/")]


class Packer:
    """Writes an archive, a file after the other, and the manifest last."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.files: dict[str, tuple[int, str]] = {}

    def add(self, part: str, relative: Path, source: Path) -> None:
        """Add a file; what is read is what the manifest tells of."""
        text = _ESCAPED.sub(
            lambda m: quote(m[0].encode("utf-8", "surrogateescape"), ""), relative.as_posix()
        )
        name, state, size = f"{part}/{text}", hashlib.sha256(), 0
        with source.open("rb") as file, self._archive.open(_entry(name), "w", force_zip64=True) as out:  # fmt: skip
            while chunk := file.read(_CHUNK):
                state.update(chunk)
                size += len(chunk)
                out.write(chunk)
        self.files[name] = (size, state.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest."""
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        self._archive.writestr(_entry(_MANIFEST), text)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (stat.S_IFREG | 0o600) << 16
    return entry


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive for reading; whatever is wrong with it is an error of one line."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError as error:
        if Path(str(error.filename)) != path:
            raise
        raise InputError(f"没有这个文件 / no such file: {path}", field="file") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(str(error)) from error


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Read the manifest and hold all names against it; raise StoreError where one is not right."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG) or entry.flag_bits & 1:
            raise _damaged(f"不是普通文件 / no plain file: {entry.filename[:80]!r}")
    if len(names) != len(set(names)) or _MANIFEST not in names:
        raise _damaged("没有清单，或文件重复 / no manifest, or a file twice")
    manifest = _parsed(archive)
    if set(names) != {*manifest.files, _MANIFEST}:
        raise _damaged("文件与清单不符 / the files are not those of the manifest")
    for name in manifest.files:
        unpacked(name)
    return manifest


def _parsed(archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST:
        raise _damaged("清单太大 / the manifest is too large")
    try:
        values: dict[str, Any] = json.loads(archive.read(_MANIFEST))
        if values["format"] != FORMAT:
            raise InputError(
                f"备份格式 {values['format']!r} 不认识 / the backup's format is not known here",
                field="file",
            )
        files = {str(n): (int(size), str(sha)) for n, (size, sha) in values["files"].items()}
        return Manifest(**values | {"files": files})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _damaged("清单有误 / the manifest cannot be read") from error


def unpacked(name: str) -> tuple[str, Path]:
    """The part of a file and its place in it; raise StoreError for one that leads elsewhere."""
    part, _, rest = name.partition("/")
    decoded = os.fsdecode(unquote_to_bytes(rest.encode("utf-8", "surrogateescape")))
    pieces = decoded.split("/")
    wrong = not rest or "\0" in decoded or any(piece in ("", ".", "..") for piece in pieces)
    # Elsewhere than on Unix these are no plain names.
    wrong = wrong or (os.name == "nt" and bool(re.search(r"[\\:]", decoded)))
    if part not in PARTS or wrong:
        raise _damaged(f"文件名指向别处 / a name leads elsewhere: {name[:80]!r}")
    return part, Path(*pieces)


def extract(archive: zipfile.ZipFile, manifest: Manifest, part: str, folder: Path) -> None:
    """Write the files of a part into a new folder; raise StoreError where one is not as it was."""
    for name in manifest.part(part):
        size, sha256 = manifest.files[name]
        target = folder / unpacked(name)[1]
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, target.open("xb") as out:
            if _copy(source, out, size) != sha256:
                raise _damaged(f"校验和不符 / wrong checksum: {name[:80]!r}")


def _copy(source: IO[bytes], out: IO[bytes], size: int) -> str:
    """Copy no more than was told, and return the sha256 of what came."""
    state, left = hashlib.sha256(), size + 1
    while left and (chunk := source.read(min(_CHUNK, left))):
        state.update(chunk)
        left -= len(chunk)
        out.write(chunk)
    out.flush()
    os.fsync(out.fileno())
    return state.hexdigest() if left == 1 else ""


def _damaged(why: str) -> StoreError:
    return StoreError(
        f"备份损坏，未恢复任何内容 / the backup is damaged, nothing was restored: {why}", "file"
    )
