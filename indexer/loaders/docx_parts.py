"""The parts of a DOCX package, and how values are read from its markup."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from corpus.errors import LoadError
from indexer.loaders.archive import Archive

__all__ = ["NS", "Parts", "children", "kind", "number", "open_parts", "switched", "value"]

#: The namespace of WordprocessingML, as lxml writes it before a name.
NS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What Word writes when told to keep strictly to the standard.
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MAIN = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_OFF = ("0", "false", "off")
#: Content controls and custom markup: they hold rows, cells and paragraphs without being any.
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml"})


@dataclass(frozen=True, slots=True)
class Parts:
    """The roots of the parts that are read; styles and numbering need not be there."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None


def open_parts(path: Path) -> Parts:
    """Open a package; raise LoadError where it is damaged or holds what no package may."""
    archive = Archive(path)
    return Parts(
        _root(archive, _MAIN),
        _related(archive, "styles"),
        _related(archive, "numbering"),
    )


def kind(element: etree._Element) -> str:
    """Return the name of a WordprocessingML element; for all others ``""`` or its own name.

    Text of a foreign markup (drawings, charts) is no text of the document, a formula's is.
    """
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    namespace, _, name = tag.rpartition("}")
    if name == "t" and namespace + "}" != NS and not namespace.endswith("/math"):
        return ""
    return name


def children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows, cells or the like of a parent, also those in content controls."""
    for child in parent:
        found = kind(child)
        if found == name:
            yield child
        elif found in _WRAPPERS:
            yield from children(child, name)


def value(parent: etree._Element | None, name: str) -> str | None:
    """Return the ``w:val`` of a property, or None where it is not set."""
    found = parent.find(NS + name) if parent is not None else None
    return found.get(NS + "val") if found is not None else None


def switched(parent: etree._Element | None, name: str) -> bool | None:
    """Tell whether an on-off property is on, or None where it is not set."""
    found = parent.find(NS + name) if parent is not None else None
    return None if found is None else found.get(NS + "val") not in _OFF


def number(text: str | None, default: int | None = None) -> int | None:
    """Read a small whole number; whatever else stands there counts as not given."""
    text = (text or "").strip()
    small = len(text) <= 9 and text.removeprefix("-").isascii()
    return int(text) if small and text.removeprefix("-").isdigit() else default


def _root(archive: Archive, name: str) -> etree._Element:
    root = archive.xml(name)
    if root.getroottree().docinfo.internalDTD is not None:
        # The format forbids it; only an attack declares entities here.
        raise LoadError(
            f"文件损坏或不安全 / the file is damaged or unsafe: {archive.path.name}: DOCTYPE",
            field="file",
        )
    if isinstance(root.tag, str) and root.tag.startswith(_STRICT):
        _relax(root)
    return root


def _relax(root: etree._Element) -> None:
    """Rename the elements and attributes of the strict namespace to the usual one."""
    for element in root.iter(f"{_STRICT}*"):
        element.tag = str(element.tag).replace(_STRICT, NS)
        for name in element.keys():  # noqa: SIM118 - an element iterates over its children
            if str(name).startswith(_STRICT):
                element.set(str(name).replace(_STRICT, NS), str(element.get(name)))


def _related(archive: Archive, relation: str) -> etree._Element | None:
    """Open the part that the document names as its styles or numbering."""
    name = f"word/{relation}.xml"
    if _RELATIONS in archive.names:
        for entry in _root(archive, _RELATIONS):
            if str(entry.get("Type")).endswith(f"/{relation}") and entry.get("Target"):
                name = posixpath.normpath(posixpath.join("/word", str(entry.get("Target"))))[1:]
    return _root(archive, name) if name in archive.names else None
