"""One page of a PDF as a picture, with the places of its characters: made in a process of its own."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdfium2 as pdfium

from corpus.catalogue import Entry
from corpus.errors import LoadError
from indexer.loaders.pdf_chars import read_glyphs

__all__ = ["Drawing", "Picture"]

#: Pixels across a page, which is 150 dots an inch on A4, and the most that a picture may have.
_ACROSS = 1240
_MOST_PIXELS = 6_000_000
#: A picture whose file is larger is not kept or sent.
_LARGEST = 8 << 20


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn page: a PNG, its size in pixels, and how many pages the file has.

    ``text`` holds the characters of the page in the order of the file, ``places`` for each its
    left, top, right and bottom as fractions of the page as it is shown.
    """

    png: bytes
    width: int
    height: int
    pages: int
    text: str
    places: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws one page of an entry's file; a value, so that it can be sent to another process."""

    page: int

    def __call__(self, entry: Entry) -> Picture:
        try:
            document = pdfium.PdfDocument(entry.path)
        except (pdfium.PdfiumError, OSError, ValueError) as error:
            raise LoadError("PDF 打不开 / the PDF cannot be opened", field="file") from error
        try:
            if not 1 <= self.page <= len(document):
                raise LoadError("没有这一页 / there is no such page", field="page")
            page = document[self.page - 1]
            try:
                return _drawn(page, self.page, len(document))
            finally:
                page.close()
        except pdfium.PdfiumError as error:
            raise LoadError("这一页已损坏 / the page is damaged", field="page") from error
        finally:
            document.close()


def _drawn(page: pdfium.PdfPage, number: int, pages: int) -> Picture:
    width, height = page.get_size()
    if not (width > 1 and height > 1):
        raise LoadError("这一页没有大小 / the page has no size", field="page")
    scale = min(_ACROSS / width, (_MOST_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    try:
        image = bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()
    # Most pages are black on white: a third of the size, and nobody sees it.
    red, green, blue = image.split()
    if red.tobytes() == green.tobytes() == blue.tobytes():
        image = red
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=6)
    if file.tell() > _LARGEST:
        raise LoadError("这一页的图像过大 / the picture of this page is too large", field="page")
    frame, glyphs, _ = read_glyphs(page, number)
    boxes = [frame.box(g.left, g.top, g.right, g.bottom) for g in glyphs for _ in g.text]
    places = tuple((b.left, b.top, b.right, b.bottom) for b in boxes)
    text = "".join(glyph.text for glyph in glyphs)
    return Picture(file.getvalue(), image.width, image.height, pages, text, places)
