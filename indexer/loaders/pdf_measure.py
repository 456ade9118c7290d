"""Where lines of text begin and end: margins and line distance of each page or column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from indexer.loaders.pdf_columns import Region
from indexer.loaders.pdf_furniture import Page
from indexer.loaders.pdf_lines import Printed

__all__ = ["Measure", "body_size", "measured"]

#: Lines within this of the body's size are its text, in parts of it.
_LIKE_BODY = 0.12
#: Edges this close are one margin, in parts of the size.
_SAME_EDGE = 0.6
#: A page with fewer lines of text takes its margins from the others.
_FEWEST = 5
#: A margin that so many lines reach is one; beyond the right one marks may hang, so there it is
#: a part of the edge that most lines reach.
_REACHED = 0.12
_REACHED_RIGHT = 0.35
#: An edge that more of the lines pass than this is none.
_PASSED = 0.25


@dataclass(frozen=True, slots=True)
class Measure:
    """The margins of a page or column, the usual size of its text and distance of its lines."""

    left: float
    right: float
    size: float
    pitch: float

    @property
    def width(self) -> float:
        """The length of a full line."""
        return self.right - self.left


def body_size(pages: Sequence[Page]) -> float:
    """Return the size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for line in (line for page in pages for region in page.regions for line in _printed(region)):
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.5


def measured(pages: Sequence[Page], size: float) -> dict[tuple[int, int], Measure]:
    """Return the measure of each region, by page and place on it.

    Pages of one make (width, odd or even, column) share their margins, so that a page of
    one-line paragraphs does not take its indent for the margin.
    """
    kinds: dict[tuple[int, int, int], list[tuple[int, Measure]]] = defaultdict(list)
    own: dict[tuple[int, int], tuple[Measure, int, tuple[int, int, int]]] = {}
    for page in pages:
        for at, region in enumerate(page.regions):
            lines = [line for line in _printed(region) if abs(line.size / size - 1) < _LIKE_BODY]
            found = _own(lines or list(_printed(region)), size, page.frame.width, region.column)
            kind = (round(page.frame.width / 5), page.frame.page % 2, region.column)
            own[page.frame.page, at] = (found, len(lines), kind)
            kinds[kind].append((len(lines), found))
    usual = {kind: _usual(found) for kind, found in kinds.items()}
    return {
        key: _agreed(found, lines, usual[kind] or usual.get(_other_side(kind)))
        for key, (found, lines, kind) in own.items()
    }


def _printed(region: Region) -> Iterable[Printed]:
    return (item for item in region.items if isinstance(item, Printed))


def _own(lines: Sequence[Printed], size: float, page_width: float, column: int) -> Measure:
    if not lines:
        return Measure(0.0, page_width, size, 1.5 * size)
    near = _SAME_EDGE * size
    left = -_outermost([-line.left for line in lines], near)
    right = _outermost([line.right for line in lines], near, _most([x.right for x in lines], near))
    # Headings of one length end together far inside; what many lines pass is no margin.
    if sum(line.right > right + size for line in lines) > _PASSED * len(lines):
        right = max(line.right for line in lines)
    # Where no lines end together, none was cut at a margin; margins are then about equal.
    if column == 0 and sum(right - line.right < 1.5 * size for line in lines) < 3:
        right = max(right, page_width - left - size)
    steps = [b.base - a.base for a, b in pairwise(lines) if b.base > a.base + 0.5 * size]
    return Measure(left, right, size, median(steps) if len(steps) > 1 else 1.6 * size)


def _outermost(edges: Sequence[float], near: float, usual: int = 0) -> float:
    """Return the outermost edge that enough lines share."""
    enough = max(2, _REACHED * len(edges), _REACHED_RIGHT * usual) if len(edges) > 3 else 1
    for edge in sorted(edges, reverse=True):
        shared = [other for other in edges if edge - near <= other <= edge]
        if len(shared) >= enough:
            return max(shared)
    return max(edges)


def _most(edges: Sequence[float], near: float) -> int:
    """Return how many lines reach the edge that most lines reach."""
    return max(sum(edge - near <= other <= edge for other in edges) for edge in edges)


def _usual(found: Sequence[tuple[int, Measure]]) -> Measure | None:
    """Return the measure that holds for most lines of pages of one make."""
    full = [(lines, measure) for lines, measure in found if lines >= _FEWEST]
    if not full:
        return None
    weights: Counter[tuple[int, int]] = Counter()
    for lines, measure in full:
        weights[_rounded(measure)] += lines
    best = max(weights, key=lambda key: (weights[key], key))
    return next(measure for _, measure in full if _rounded(measure) == best)


def _rounded(measure: Measure) -> tuple[int, int]:
    return round(measure.left / measure.size), round(measure.right / measure.size)


def _other_side(kind: tuple[int, int, int]) -> tuple[int, int, int]:
    return kind[0], 1 - kind[1], kind[2]


def _agreed(own: Measure, lines: int, usual: Measure | None) -> Measure:
    """Take the usual margins unless a page is plainly set otherwise."""
    if usual is None:
        return own
    pitch = own.pitch if lines >= _FEWEST else usual.pitch
    size = own.size
    indented = -0.6 * size < own.left - usual.left < 4.5 * size
    if lines < _FEWEST or indented:
        right = max(own.right, usual.right) if own.right < usual.right + size else own.right
        return Measure(usual.left, right, size, pitch)
    return own
