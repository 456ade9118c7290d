"""The parts of an OFD file (GB/T 33190—2016): its document, its pages, what is attached."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from corpus.errors import LoadError
from corpus.outline import Finding
from indexer.loaders.archive import Archive

__all__ = ["Package", "Sheet", "child", "children", "name_of", "numbers", "open_package"]

_MOST_PAGES = 3000
_MOST_TEMPLATES = 8
_A4 = (0.0, 0.0, 210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number, its box in millimetres (x, y, width, height), and its layers.

    ``drawn`` are the page and the templates below it; each tells its path and its content.
    """

    number: int
    box: tuple[float, float, float, float]
    drawn: tuple[tuple[str, etree._Element], ...]


@dataclass(frozen=True, slots=True)
class Package:
    """The first document of a file and what was wrong or left out."""

    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...]


def name_of(element: etree._Element) -> str:
    """Return an element's name without its namespace, which makers of OFD files get wrong."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """Yield the children of an element that go by a name."""
    return (e for e in (() if element is None else element) if name_of(e) == name)


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return what stands at the end of a path of names below an element, or None."""
    for name in names:
        element = next(children(element, name), None)
    return element


def numbers(text: str | None) -> tuple[float, ...]:
    """Read numbers parted by blanks; what is none, or beyond any page, counts as zero."""
    return tuple(map(_number, (text or "").split()[:64]))


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e6 else 0.0


def open_package(path: Path) -> Package:
    """Open an OFD file; raise LoadError where it is encrypted, damaged or has no page."""
    return _Reader(Archive(path)).read()


class _Reader:
    """Reads the parts of one file, each template once."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.names = {name.lower(): name for name in archive.names}
        self.findings = list[Finding]()
        self.templates = dict[str, etree._Element | None]()

    def read(self) -> Package:
        root = self._entry()
        bodies = list(children(root, "DocBody"))
        start = _text(child(bodies[0], "DocRoot")) if bodies else ""
        if not start:
            raise self._error("OFD 中没有文档", "there is no document in it")
        if len(bodies) > 1:
            detail = (
                f"文件中有{len(bodies)}个文档，只读第一个"
                f" / the file holds {len(bodies)} documents; only the first is read"
            )
            self.findings.append(Finding("documents", detail))
        at = _resolve("", start)
        document = self._xml(at)
        sheets = tuple(self._sheets(document, posixpath.dirname(at)))
        if not sheets:
            raise self._error("没有可读的页面", "no page can be read")
        self._attached(document, posixpath.dirname(at))
        return Package(sheets, tuple(self.findings))

    def _entry(self) -> etree._Element:
        if any(posixpath.basename(name) == "encryptions.xml" for name in self.names):
            raise self._error("文件已加密", "the file is encrypted")
        root = self._xml("OFD.xml")
        if any(name_of(element) == "Encryptions" for element in root.iter()):
            raise self._error("文件已加密", "the file is encrypted")
        return root

    def _xml(self, name: str) -> etree._Element:
        try:
            return self.archive.xml(self.names.get(name.lower(), name))
        except LoadError as error:
            if "encrypted" in error.message:
                raise self._error("文件已加密", "the file is encrypted") from error
            raise

    def _sheets(self, document: etree._Element, folder: str) -> Iterator[Sheet]:
        common = child(document, "CommonData")
        usual = numbers(_text(child(common, "PageArea", "PhysicalBox")))
        templates = {
            element.get("ID", ""): _resolve(folder, element.get("BaseLoc", ""))
            for element in children(common, "TemplatePage")
        }
        pages = list(children(child(document, "Pages"), "Page"))
        if len(pages) > _MOST_PAGES:
            raise self._error("页数过多", "the file has too many pages")
        for number, page in enumerate(pages, 1):
            at = _resolve(folder, page.get("BaseLoc", ""))
            try:
                root = self._xml(at)
            except LoadError:
                detail = f"第{number}页缺失或损坏，未能读取 / page {number} is missing or damaged"
                self.findings.append(Finding("damaged_page", detail, page=number))
                continue
            stated = numbers(_text(child(root, "Area", "PhysicalBox"))) or usual
            yield Sheet(number, _box(stated), (*self._below(root, templates), (at, root)))

    def _below(
        self, page: etree._Element, templates: dict[str, str]
    ) -> Iterator[tuple[str, etree._Element]]:
        """Yield the templates of a page; one that names others, or itself, draws only its own."""
        for used in list(children(page, "Template"))[:_MOST_TEMPLATES]:
            at = templates.get(used.get("TemplateID", ""), "")
            if at and at not in self.templates:
                try:
                    self.templates[at] = self._xml(at)
                except LoadError:
                    self.templates[at] = None
                    detail = f"模板页缺失或损坏：{at[:80]} / a template page is missing or damaged"
                    self.findings.append(Finding("damaged_page", detail))
            if at and (root := self.templates[at]) is not None:
                yield at, root

    def _attached(self, document: etree._Element, folder: str) -> None:
        place = _text(child(document, "Attachments"))
        if not place:
            return
        try:
            listed = self._xml(_resolve(folder, place))
        except LoadError:
            detail = "附件列表缺失或损坏 / the list of attachments is missing or damaged"
            self.findings.append(Finding("attachment", detail))
            return
        for element in list(children(listed, "Attachment"))[:100]:
            file = posixpath.basename(_text(child(element, "FileLoc")).replace("\\", "/"))
            name = " ".join(filter(None, (element.get("Name", ""), f"（{file}）" if file else "")))
            detail = (
                f"文件带有附件，其内容不在正文中：{name[:120]}"
                " / an attached file is not part of the text"
            )
            self.findings.append(Finding("attachment", detail))

    def _error(self, chinese: str, english: str) -> LoadError:
        return LoadError(f"{chinese} / {english}: {self.archive.path.name}", field="file")


def _text(element: etree._Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _resolve(folder: str, place: str) -> str:
    """Write a place as a member's name: from the root where it begins with a slash."""
    place = place.replace("\\", "/")
    joined = place if place.startswith("/") else posixpath.join(folder, place)
    return posixpath.normpath(joined).lstrip("/")


def _box(stated: tuple[float, ...]) -> tuple[float, float, float, float]:
    if len(stated) < 4 or min(stated[2:4]) <= 1:
        return _A4
    return stated[0], stated[1], stated[2], stated[3]
