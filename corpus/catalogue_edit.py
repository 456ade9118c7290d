"""Edit a corpus folder so that a crash at any moment leaves it whole.

A file is written beside its place, flushed to the disk, and renamed into it. In a catalogue the
other entries and all comments stay byte for byte.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

import tomlkit

from corpus.catalogue import CATALOGUE_FILE, Entry, digest_of, printable
from corpus.errors import CatalogueError, LoadError

__all__ = ["copy_in", "discard_parts", "list_in", "safe_name", "take_out", "write_whole"]

_PART = ".tiaowen-{}.part"
_LONGEST_NAME = 80
#: In bytes; a file system takes 255, and the suffix and a number come behind.
_LONGEST_FILE_NAME = 200
#: What is no part of an id or of a file's name on one system or another.
_UNSAFE = re.compile(r'[#/\\:*?"<>|]+')
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_COMMENT = re.compile(r"\s*#")
_HEADER = re.compile(r"\s*\[")
_DOCUMENT_HEADER = re.compile(r"\s*\[\[\s*document\s*\]\]")


def safe_name(stem: str) -> str:
    """Make an id and file name of a file's stem.

    >>> safe_name("2024/31号#办法（修订）. ")
    '2024-31号-办法（修订）'
    """
    text = unicodedata.normalize("NFC", printable(stem))
    kept = "".join(c for c in text if unicodedata.category(c)[0] not in "CZ" or c == " ")
    name = _UNSAFE.sub("-", kept)[:_LONGEST_NAME]
    name = name.encode()[:_LONGEST_FILE_NAME].decode(errors="ignore")
    return name.strip(" .-") or "document"


def list_in(corpus: Path, entries: Sequence[Entry]) -> None:
    """Add entries to the catalogue of a corpus; raise CatalogueError where it cannot be edited."""
    values = [{"id": e.id, "file": e.file, "sha256": e.sha256} for e in entries]

    def appended(text: str) -> str:
        end = "\r\n" if "\r\n" in text else "\n"
        parts = [text if not text or text.endswith("\n") else text + end]
        for value in values:
            # A JSON string is a basic string of TOML: safe_name leaves no character that is not.
            pairs = (f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in value.items())
            parts.append(end.join(("", "[[document]]", *pairs, "")))
        return "".join(parts)

    def rebuilt(text: str) -> str:
        document = tomlkit.parse(text)
        document.setdefault("document", tomlkit.aot()).extend(values)
        return tomlkit.dumps(document)

    _edit(corpus / CATALOGUE_FILE, lambda tables: [*tables, *values], appended, rebuilt)


def take_out(corpus: Path, names: Sequence[str]) -> None:
    """Take documents out of the catalogue, each with the comment lines right above it."""

    def others(tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [table for table in tables if table.get("id") not in names]

    def without(text: str) -> str:
        lines = _LINE.findall(text)
        for start, end in reversed(list(_spans(lines))):
            if _id_in(lines[start:end]) in names:
                del lines[start:end]
        return "".join(lines)

    def rebuilt(text: str) -> str:
        document = tomlkit.parse(text)
        tables: Any = document["document"]
        for position in reversed(range(len(tables))):
            if tables[position].get("id") in names:
                del tables[position]
        return tomlkit.dumps(document)

    _edit(corpus / CATALOGUE_FILE, others, without, rebuilt)


def _spans(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each [[document]] stands: from the comment right above it to its last value."""
    headers = [0] if lines else []
    for i, line in enumerate(lines):
        # Where what stands before it is not whole, the line is inside a string or a list.
        if i and _HEADER.match(line) and _tables(lines[headers[-1] : i]) is not None:
            headers.append(i)
    for header, following in pairwise([*headers, len(lines)]):
        if _DOCUMENT_HEADER.match(lines[header]):
            start, end = header, following
            while start and _COMMENT.match(lines[start - 1]):
                start -= 1
            while _COMMENT.match(lines[end - 1]) or not lines[end - 1].strip():
                end -= 1
            while end < following and not lines[end].strip():
                end += 1
            # A comment that opens the catalogue is about all of it.
            yield start or header, end


def _tables(lines: Sequence[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("".join(lines))
    except tomllib.TOMLDecodeError:
        return None


def _id_in(lines: Sequence[str]) -> str | None:
    tables = (_tables(lines) or {}).get("document") or [{}]
    found: str | None = tables[0].get("id")
    return found


def _edit(
    catalogue: Path,
    change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]],
    *ways: Callable[[str], str],
) -> None:
    """Edit in the first way that makes just the change that is wanted, or not at all."""
    with catalogue.open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    before = tomllib.loads(text)
    wanted = before | {"document": change(before.get("document", []))}
    for way in ways:
        with contextlib.suppress(Exception):
            edited = way(text)
            if tomllib.loads(edited) == wanted:
                write_whole(catalogue, edited)
                return
    raise CatalogueError(f"目录文件无法改写 / the catalogue cannot be edited: {catalogue}")


def write_whole(path: Path, text: str) -> None:
    """Replace a file by a text, all or nothing."""
    _commit(path, lambda stream: stream.write(text.encode()))


def copy_in(source: Path, path: Path, sha256: str) -> None:
    """Copy a file to a place in a corpus; raise LoadError where it is not what was read."""

    def write(stream: IO[bytes]) -> None:
        with source.open("rb") as original:
            shutil.copyfileobj(original, stream)
        stream.flush()
        if digest_of(Path(stream.name)) != sha256:
            raise LoadError(
                f"文件在读取后被改动 / the file was changed while it was added: {source.name}",
                field="file",
            )

    _commit(path, write)


def discard_parts(folder: Path) -> None:
    """Remove what a killed process left half-written; its owner must be known to be gone."""
    for part in folder.glob(_PART.format("*")):
        part.unlink(missing_ok=True)


def _commit(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    part = path.with_name(_PART.format(os.getpid()))
    try:
        with part.open("wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
