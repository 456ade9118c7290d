"""What a corpus folder holds: a ``catalogue.toml``, or just files named by their stems."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.document import Authority
from corpus.errors import CatalogueError

__all__ = [
    "CATALOGUE_FILE",
    "Entry",
    "bundled_corpus",
    "digest_of",
    "list_entries",
    "printable",
    "read_catalogue",
]

CATALOGUE_FILE = "catalogue.toml"
#: What an id made from a file's name cannot hold: the mark of an address, and what does not print.
_NOT_IN_IDS = re.compile(r"[#\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a corpus with what the catalogue says of it; None is read from the text.

    ``reading`` is the order of a page in columns (see indexer.reading); ``remarks`` is what
    a reviewer found wrong with the source, shown with answers that rest on it.
    """

    id: str
    file: str
    path: Path
    sha256: str
    title: str | None = None
    aliases: tuple[str, ...] = ()
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    area: str | None = None
    issued: date | None = None
    published: date | None = None
    kind: str | None = None
    authority: Authority | None = None
    url: str | None = None
    remarks: str | None = None
    reading: tuple[str, ...] = ()


_ENTRY = TypeAdapter(Entry)


def bundled_corpus() -> Path:
    """Return the folder of the corpus that the product ships with."""
    return Path(__file__).parent


def digest_of(path: Path) -> str:
    """Return the sha256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def printable(name: str) -> str:
    """Return a file's name as text: one in an old encoding is read in it, not left undecodable."""
    raw = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def read_catalogue(folder: Path, suffixes: Sequence[str]) -> tuple[Entry, ...]:
    """List the entries of a corpus folder, in a fixed order; raise CatalogueError for none."""
    entries = list_entries(folder, suffixes)
    if not entries:
        raise CatalogueError(
            f"语料文件夹里没有文件 / the corpus is empty: {folder}", field="corpus"
        )
    return entries


def list_entries(folder: Path, suffixes: Sequence[str]) -> tuple[Entry, ...]:
    """List the entries of a corpus folder, which may have none yet.

    Without a catalogue every file with one of ``suffixes`` is an entry. Raises CatalogueError
    where the folder or its catalogue cannot be used, naming every problem at once.
    """
    if not folder.is_dir():
        raise CatalogueError(f"找不到语料文件夹 / no such corpus folder: {folder}", field="corpus")
    catalogue = folder / CATALOGUE_FILE
    return _listed(catalogue) if catalogue.is_file() else _found(folder, suffixes)


def _found(folder: Path, suffixes: Sequence[str]) -> tuple[Entry, ...]:
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in suffixes
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    )
    stems = Counter(path.stem for path in files)
    names: set[str] = set()
    entries = []
    for path in files:
        relative = path.relative_to(folder)
        whole = "-".join((*relative.parent.parts, relative.name))
        name = _unused(path.stem if stems[path.stem] == 1 else whole, names)
        sha256 = _digest_if_readable(path)
        if sha256 is not None:
            names.add(name)
            entries.append(Entry(name, printable(str(relative)), path, sha256))
    return tuple(entries)


def _unused(stem: str, names: set[str]) -> str:
    """Make an id of a file's stem that none of ``names`` is equal to."""
    name = _NOT_IN_IDS.sub("-", printable(stem))
    others = (f"{name}-{number}" for number in range(2, len(names) + 3))
    return name if name not in names else next(n for n in others if n not in names)


def _digest_if_readable(path: Path) -> str | None:
    """The sha256 of a file; empty where it cannot be read, None where it has gone meanwhile."""
    try:
        return digest_of(path)
    except FileNotFoundError:
        return None
    except OSError:
        return ""


def _listed(catalogue: Path) -> tuple[Entry, ...]:
    try:
        tables = tomllib.loads(catalogue.read_text("utf-8")).get("document", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise CatalogueError(f"目录文件有误 / bad catalogue: {catalogue}: {error}") from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CatalogueError(
            f"目录文件有误，应写作 [[document]] / bad catalogue, [[document]] is needed: {catalogue}"
        )
    known = {field.name for field in fields(Entry)} - {"path"}
    problems: list[str] = []
    entries: list[Entry] = []
    for table in tables:
        name = table.get("id", "?")
        if unknown := sorted(set(table) - known):
            problems.append(f"{name}: 未知字段 / unknown fields {unknown}")
        elif missing := sorted({"id", "file", "sha256"} - set(table)):
            problems.append(f"{name}: 缺少字段 / missing fields {missing}")
        else:
            try:
                place = {"path": catalogue.parent / str(table["file"])}
                entry = _ENTRY.validate_python(table | place)
            except ValidationError as error:
                problems += (f"{name}: {e['loc'][0]}: {e['msg']}" for e in error.errors())
                continue
            if problem := _source_problem(entry.path, entry.sha256):
                problems.append(f"{name}: {problem}")
            entries.append(entry)
    names = [entry.id for entry in entries]
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    problems += [f"{name}: 编号重复 / listed twice" for name in twice]
    problems += [f"{n}: 编号不能含 # / no '#' in an id" for n in names if "#" in n]
    if problems:
        raise CatalogueError(f"目录文件有误 / bad catalogue: {catalogue}: " + "; ".join(problems))
    return tuple(entries)


def _source_problem(path: Path, sha256: str) -> str | None:
    if not path.is_file():
        return f"缺少源文件 / missing source file {path.name}"
    try:
        found = digest_of(path)
    except OSError as error:
        return f"源文件无法读取 / cannot read the source: {path.name}: {error.strerror or error}"
    if found != sha256:
        return f"源文件与登记的校验和不符 / the source differs from its sha256: {path.name}"
    return None
