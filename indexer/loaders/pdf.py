"""PDF: text by its place on the page, tables by their lines, scanned pages by recognition."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from pypdf import PdfReader
from pypdf.errors import DependencyError

from corpus.errors import LoadError
from corpus.outline import Finding
from indexer.loaders.base import Line, Source
from indexer.loaders.ocr import (
    INSTALL,
    Recogniser,
    is_installed,
    recognition_findings,
    regions_of_spots,
)
from indexer.loaders.pdf_chars import Frame, Glyph, frame_of, read_glyphs
from indexer.loaders.pdf_columns import regions_of, spots_of
from indexer.loaders.pdf_furniture import Page
from indexer.loaders.pdf_grid import find_grids
from indexer.loaders.pdf_rules import has_large_image, has_objects, read_rules
from indexer.loaders.pdf_source import lines_of
from indexer.loaders.pdf_tables import read_tables

__all__ = ["load_pdf"]

# pypdf reports every oddity of a damaged file as a warning; the outcome is what counts here.
logging.getLogger("pypdf").setLevel(logging.ERROR)

_MOST_PAGES = 5_000
#: A scan with fewer characters than this carries a stamp or a page number, not its text.
_STRAY = 40
#: Dots an inch at which a page is rendered for recognition, and the most that it may have.
_DOTS = 200
_MOST_DOTS = 16_000_000


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of one page: ``scanned`` if it has a picture for text."""

    page: Page
    findings: tuple[Finding, ...] = ()
    scanned: bool = False
    damaged: bool = False


def load_pdf(path: Path) -> Source:
    """Read a PDF page by page; raise LoadError if encrypted, damaged, or scanned without OCR."""
    reader = _opened(path)
    try:
        document = pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, OSError, ValueError) as error:
        encrypted = "password" in str(error).lower() or "security" in str(error).lower()
        raise (_encrypted(path) if encrypted else _damaged(path, error)) from error
    try:
        count = len(document)
        if count > _MOST_PAGES:
            raise LoadError(
                f"PDF 页数过多（{count}）/ the PDF has too many pages: {path.name}", field="file"
            )
        read = [_page(document, reader, number) for number in range(1, count + 1)]
        return _source(document, read, path) or _plain(reader, path, read)
    finally:
        document.close()


def _opened(path: Path) -> PdfReader:
    """Open a file with pypdf, which is strict about what is no PDF or needs a password."""
    # A damaged PDF can fail anywhere inside the parser, with errors of many kinds.
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted(path)
        if not len(reader.pages):
            raise ValueError("no page")
    except (LoadError, DependencyError) as error:
        # Without a library for this cipher it is left to pdfium, which has its own.
        if isinstance(error, LoadError):
            raise
    except OSError:
        raise
    except Exception as error:
        raise _damaged(path, error) from error
    return reader


def _page(document: pdfium.PdfDocument, reader: PdfReader, number: int) -> _Read:
    # What a damaged page raises is of many kinds; the others may still be read.
    try:
        page = document[number - 1]
    except Exception:
        frame = Frame(number, 0, 0, 595, 842, 0, 0)
        return _Read(Page(frame, ()), (_damaged_page(number),), damaged=True)
    try:
        frame, glyphs, whole = read_glyphs(page, number)
        inked = sum(bool(glyph.text.strip()) for glyph in glyphs)
        if inked < _STRAY and (not inked or has_large_image(page, frame)):
            if has_objects(page):
                return _Read(Page(frame_of(page, number), ()), scanned=True)
            lost = not inked and _has_content(reader, number)
            findings = (_damaged_page(number),) if lost else ()
            return _Read(Page(frame, ()), findings, damaged=lost)
        findings = () if whole else (_cut_page(number),)
        return _Read(_read_page(page, frame, glyphs), findings)
    finally:
        page.close()


def _read_page(page: pdfium.PdfPage, frame: Frame, glyphs: Sequence[Glyph]) -> Page:
    rules = read_rules(page, frame)
    grids = find_grids(*rules) if rules else []
    tables, rest = read_tables(grids, glyphs)
    return Page(frame, tuple(regions_of(spots_of(rest, tables))))


def _source(document: pdfium.PdfDocument, read: Sequence[_Read], path: Path) -> Source | None:
    scanned = [each for each in read if each.scanned]
    findings = [finding for each in read for finding in each.findings]
    pages = [each.page for each in read]
    recognised: list[int] = []
    if scanned and is_installed():
        pages, recognised = _recognised(document, read, path)
    elif scanned:
        findings += [_unread_page(each.page.frame.page) for each in scanned]
    lines = lines_of(pages)
    if not any(line.text.strip() for line in lines):
        if any(each.damaged for each in read):
            return None
        raise _textless(path, bool(recognised))
    findings += recognition_findings(lines, recognised)
    return Source(lines, findings=tuple(sorted(findings, key=lambda f: f.page or 0)))


def _plain(reader: PdfReader, path: Path, read: Sequence[_Read]) -> Source:
    """Read with pypdf what pdfium cannot: text without places, for a file that is not quite one."""
    lines: list[Line] = []
    for each in read:
        number = each.page.frame.page
        # A damaged page raises errors of many kinds; the others may still be read.
        try:
            text = reader.pages[number - 1].extract_text()
        except Exception:
            continue
        first = len(lines) + 1
        lines += (Line(raw, i, number) for i, raw in enumerate(text.split("\n"), first))
    if not any(line.text.strip() for line in lines):
        raise _damaged(path, "no page can be read")
    missing = {each.page.frame.page for each in read} - {line.page for line in lines}
    return Source(tuple(lines), findings=tuple(_damaged_page(number) for number in sorted(missing)))


def _recognised(
    document: pdfium.PdfDocument, read: Sequence[_Read], path: Path
) -> tuple[list[Page], list[int]]:
    """Return the pages with the scanned ones recognised, and the numbers of those."""
    recogniser = Recogniser.load(path.name)
    pages: list[Page] = []
    for each in read:
        if each.scanned:
            page = document[each.page.frame.page - 1]
            try:
                pages.append(_recognised_page(page, each.page.frame, recogniser))
            finally:
                page.close()
        else:
            pages.append(each.page)
    return pages, [each.page.frame.page for each in read if each.scanned]


def _recognised_page(page: pdfium.PdfPage, frame: Frame, recogniser: Recogniser) -> Page:
    largest = (_MOST_DOTS / (frame.width * frame.height)) ** 0.5
    scale = min(_DOTS / 72, largest)
    bitmap = page.render(scale=scale, rev_byteorder=False)
    try:
        spots = recogniser.read(bitmap.to_numpy()[:, :, :3].copy(), 1 / scale)
    finally:
        bitmap.close()
    return Page(frame, regions_of_spots(spots))


def _has_content(reader: PdfReader, number: int) -> bool:
    """Whether a page that shows nothing holds something that could not be read."""
    # What a damaged page raises is of many kinds, and all mean the same here.
    try:
        content = reader.pages[number - 1].get_contents()
        return content is not None and bool(content.get_data().strip())
    except Exception:
        return True


def _damaged_page(number: int) -> Finding:
    return Finding(
        "damaged_page", f"第{number}页已损坏，未能读取 / page {number} is damaged", page=number
    )


def _cut_page(number: int) -> Finding:
    return Finding(
        "damaged_page",
        f"第{number}页字符过多，仅读取前一部分 / page {number} holds too much to be read whole",
        page=number,
    )


def _unread_page(number: int) -> Finding:
    return Finding(
        "no_text",
        f"第{number}页没有文字层（扫描件），未识别；安装识别组件：{INSTALL} / "
        f"page {number} is scanned and was not read; install the extra: {INSTALL}",
        page=number,
    )


def _textless(path: Path, recognised: bool) -> LoadError:
    if recognised:
        return LoadError(
            f"PDF 为扫描件，没有识别出文字 / no text was recognised in the scanned PDF: {path.name}",
            field="file",
        )
    return LoadError(
        f"PDF 没有文字层（扫描件），需安装识别组件：{INSTALL} / "
        f"the PDF has no text layer (scanned); to recognise its text: {INSTALL}: {path.name}",
        field="file",
    )


def _encrypted(path: Path) -> LoadError:
    return LoadError(
        f"PDF 已加密，无法读取 / the PDF is encrypted: {path.name}", field="file"
    )  # fmt: skip


def _damaged(path: Path, error: object) -> LoadError:
    return LoadError(
        f"PDF 损坏或不完整 / the PDF is damaged: {path.name}: {error}", field="file"
    )  # fmt: skip
