"""Ruled lines of a PDF page: strokes, thin filled rectangles, each border drawn by itself or not."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from indexer.loaders.pdf_chars import Frame

__all__ = ["Rule", "has_large_image", "has_objects", "read_rules"]

#: A page with more than this is a drawing; looking for tables in it would take too long.
_MOST_OBJECTS = 60_000
_MOST_POINTS = 120_000
_DEEPEST_FORM = 4
#: Filled shapes up to this thickness are lines, in points; shorter ones are dots.
_THICKEST = 3.0
_SHORTEST = 4.0
#: An image over this part of a page is a scan of it.
_SCAN = 0.5

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """A line on a page as it is read: at this height (or distance from the left), from, to."""

    at: float
    start: float
    end: float


def read_rules(page: pdfium.PdfPage, frame: Frame) -> tuple[list[Rule], list[Rule]] | None:
    """Return the horizontal and the vertical lines; None where a page has far too many."""
    across: list[Rule] = []
    down: list[Rule] = []
    points = 0
    for objects, (item, kind, matrix) in enumerate(_objects(page)):
        if objects > _MOST_OBJECTS or points > _MOST_POINTS:
            return None
        if kind != raw.FPDF_PAGEOBJ_PATH:
            continue
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, filled, stroked)
        if not (filled.value or stroked.value):
            continue
        for shape in _shapes(item, matrix, frame):
            points += len(shape)
            for (x0, y0), (x1, y1) in _lines(shape, bool(stroked.value)):
                if abs(y1 - y0) <= _THICKEST and abs(x1 - x0) >= _SHORTEST:
                    across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
                elif abs(x1 - x0) <= _THICKEST and abs(y1 - y0) >= _SHORTEST:
                    down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return across, down


def has_objects(page: pdfium.PdfPage) -> bool:
    """Whether anything is drawn on a page."""
    return bool(raw.FPDFPage_CountObjects(page.raw) > 0)


def has_large_image(page: pdfium.PdfPage, frame: Frame) -> bool:
    """Whether an image covers most of a page."""
    for count, (item, kind, matrix) in enumerate(_objects(page)):
        if count > _MOST_OBJECTS:
            return False
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            own = _matrix_of(item)
            corners = [frame.read(*_apply(matrix, _apply(own, p))) for p in ((0, 0), (1, 1))]
            (x0, y0), (x1, y1) = corners
            if abs((x1 - x0) * (y1 - y0)) > _SCAN * frame.width * frame.height:
                return True
    return False


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, int, _Matrix]]:
    for i in range(max(raw.FPDFPage_CountObjects(page.raw), 0)):
        yield from _inside(raw.FPDFPage_GetObject(page.raw, i), _IDENTITY, 0)


def _inside(
    item: raw.FPDF_PAGEOBJECT, matrix: _Matrix, depth: int
) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, int, _Matrix]]:
    kind = raw.FPDFPageObj_GetType(item)
    yield item, kind, matrix
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
        inner = _product(_matrix_of(item), matrix)
        for i in range(max(raw.FPDFFormObj_CountObjects(item), 0)):
            yield from _inside(raw.FPDFFormObj_GetObject(item, i), inner, depth + 1)


def _matrix_of(item: raw.FPDF_PAGEOBJECT) -> _Matrix:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, m):
        return _IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _product(first: _Matrix, second: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _apply(matrix: _Matrix, point: _Point) -> _Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _shapes(item: raw.FPDF_PAGEOBJECT, matrix: _Matrix, frame: Frame) -> Iterator[list[_Point]]:
    """Yield the straight-sided parts of a path, each as its corners, closed ones closed."""
    whole = _product(_matrix_of(item), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    shape: list[_Point] = []
    curved = False
    for i in range(min(raw.FPDFPath_CountSegments(item), _MOST_POINTS)):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(shape) > 1 and not curved:
                yield shape
            shape, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        shape.append(frame.read(*_apply(whole, (x.value, y.value))))
        if raw.FPDFPathSegment_GetClose(segment) and len(shape) > 1:
            shape.append(shape[0])
    if len(shape) > 1 and not curved:
        yield shape


def _lines(shape: list[_Point], stroked: bool) -> list[tuple[_Point, _Point]]:
    """Return the lines that a shape is seen as: a thin one is one line, others are their sides."""
    xs, ys = [x for x, _ in shape], [y for _, y in shape]
    if max(xs) - min(xs) <= _THICKEST or max(ys) - min(ys) <= _THICKEST:
        return [((min(xs), min(ys)), (max(xs), max(ys)))]
    # What is only filled is a shading; its sides are no lines.
    return list(pairwise(shape)) if stroked else []
