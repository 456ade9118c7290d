"""Running headers, footers and page numbers: what repeats at the edge of pages is no text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.loaders.pdf_chars import Frame
from indexer.loaders.pdf_columns import Region
from indexer.loaders.pdf_lines import Printed
from indexer.loaders.pdf_tables import Table
from indexer.loaders.pdf_wording import has_label

__all__ = ["Page", "without_furniture"]

#: How far from the edge a header or a page number may stand, in parts of the page's height.
_EDGE = 0.15
#: Lines looked at from each edge.
_DEEPEST = 4
#: The same place on another page, in points.
_SAME_PLACE = 5.0
#: Takes － 1 －, — 3 —, 3/9, 第 3 页 共 9 页, 第三页, Page 3 of 9, iv, ·12·; refuses 3. and 三、
_NUMBER = re.compile(
    r"[\s\-－—–―─_~·•.|\[【(（]*+"
    r"(?:第?\s*+[\d０-９]{1,4}\s*+页?|第\s*+[一二三四五六七八九十百]+\s*+页|[ivxIVX]{1,6}|[Pp]age\s*+\d+|"
    r"共\s*+\d+\s*+页)"
    r"(?:\s*+[/／,，、|of]*+\s*+(?:第|共)?\s*+\d{1,4}\s*+页?)?"
    r"[\s\-－—–―─_~·•|\])）】]*+"
)
#: What browsers print around a page: a date and time with the title, an address with the number.
_BROWSER = re.compile(
    r"\d{2,4}[/年.-]\d{1,2}[/月.-]\d{1,4}日?[\s,]*(?:(?:AM|PM|上午|下午)\s*)?\d{1,2}:\d{2}(?::\d{2})?"
    r"(?:\s*(?:AM|PM))?(?:\s.*)?|(?:https?|file)://\S+(?:\s*\d{1,4}\s*/\s*\d{1,4})?",
    re.IGNORECASE,
)
#: An annex begins with these words at the head of its page, on page after page.
_ANNEX = re.compile(r"附\s*[件录表图：:]|目\s*[录次]$")
_DIGITS = re.compile(r"[\d０-９]+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what stands on it, in reading order."""

    frame: Frame
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the edge of a page, digits masked; ``apart`` if room parts it from the text."""

    page: int
    line: Printed
    masked: str
    apart: bool


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without what is printed around their text."""
    tops = [_edge(page, top=True) for page in pages]
    bottoms = [_edge(page, top=False) for page in pages]
    places = _places([*tops, *bottoms])
    return [
        _without(page, _taken(top, places, len(pages)) | _taken(bottom, places, len(pages)))
        for page, top, bottom in zip(pages, tops, bottoms, strict=True)
    ]


def _edge(page: Page, top: bool) -> list[_Edge]:
    """Return the lines at one edge of a page, the outermost first."""
    items = [item for region in page.regions for item in region.items]
    items.sort(key=lambda item: item.top if top else -item.bottom)
    found: list[_Edge] = []
    for i, item in enumerate(items[:_DEEPEST]):
        # A table ends the edge: its rows are text wherever they stand.
        if isinstance(item, Table) or not _is_near(item, page, top):
            break
        after = items[i + 1] if i + 1 < len(items) else None
        gap = 2 * item.size if after is None else _gap(item, after)
        masked = _DIGITS.sub("#", item.text.replace(" ", "").replace("\u3000", ""))
        found.append(_Edge(page.frame.page, item, masked, gap > 0.9 * item.size))
    return found


def _is_near(line: Printed, page: Page, top: bool) -> bool:
    distance = line.top if top else page.frame.height - line.bottom
    return distance < _EDGE * page.frame.height


def _gap(item: Printed, other: Printed | Table) -> float:
    return max(other.top - item.bottom, item.top - other.bottom)


def _places(edges: Sequence[Sequence[_Edge]]) -> dict[str, list[_Edge]]:
    places: dict[str, list[_Edge]] = {}
    for edge in (edge for page in edges for edge in page):
        places.setdefault(edge.masked, []).append(edge)
    return places


def _taken(edges: Sequence[_Edge], places: dict[str, list[_Edge]], pages: int) -> set[Printed]:
    """Return the lines of one edge that are no text: never one behind a line of text."""
    taken: set[Printed] = set()
    waiting: list[Printed] = []
    apart = False
    for edge in edges:
        others = places[edge.masked]
        if _BROWSER.fullmatch(edge.line.text) or _is_number(edge, pages):
            taken |= {edge.line, *waiting}
            waiting = []
        elif _repeats(edge, others, pages):
            # A header of several lines stands apart from the text below its last one.
            waiting.append(edge.line)
            if edge.apart or (not apart and _is_everywhere(edge, others, pages)):
                taken |= set(waiting)
                waiting, apart = [], apart or edge.apart
        else:
            break
    return taken


def _is_number(edge: _Edge, pages: int) -> bool:
    if not _NUMBER.fullmatch(edge.line.text):
        return False
    # Between the lines of a text a number is a part of it, such as the end of a wrapped line.
    return edge.apart or pages == 1


def _repeats(edge: _Edge, others: Sequence[_Edge], pages: int) -> bool:
    text = edge.line.text.strip()
    if has_label(text) or _ANNEX.match(text) or len(text) < 2:
        return False
    return _times(edge, others) >= max(2, min(3, pages // 3))


def _is_everywhere(edge: _Edge, others: Sequence[_Edge], pages: int) -> bool:
    return _times(edge, others) >= max(3, pages // 2)


def _times(edge: _Edge, others: Sequence[_Edge]) -> int:
    """On how many pages a line stands at the same height."""
    return len({o.page for o in others if abs(o.line.base - edge.line.base) <= _SAME_PLACE})


def _without(page: Page, taken: set[Printed]) -> Page:
    if not taken:
        return page
    regions = tuple(
        Region(tuple(i for i in region.items if i not in taken), region.column)
        for region in page.regions
    )
    return replace(page, regions=tuple(region for region in regions if region.items))
