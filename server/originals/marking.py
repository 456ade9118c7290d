"""Find a passage again where it was printed: on a drawn page, or among the lines of a file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from corpus.outline import Box
from indexer.loaders.pdf_chars import plain
from server.originals.lines import Printed
from server.originals.pictures import Picture

__all__ = ["Area", "Marked", "marked_lines", "on_page"]

#: Runs shorter than this may stand anywhere; a page's share of a passage has a longer one.
_SHORTEST_RUN = 8
#: Characters of a page that a passage is looked for in piece by piece; that takes their product.
_MOST = 8000


class Area(NamedTuple):
    """A rectangle on a page, as fractions of it."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of a source in pieces, those of the passage marked."""

    number: int
    page: int | None
    pieces: tuple[tuple[str, bool], ...]


def on_page(picture: Picture, passage: str, boxes: Sequence[Box]) -> list[Area]:
    """Return where a passage stands on a page, one area a line; empty where it was not found.

    ``boxes`` are the places of its clause there: words that stand on the page twice are meant there.
    """
    text, origins = _bare(picture.text)
    wanted, _ = _bare(passage)
    if not wanted:
        return []
    found = _nearest(list(_all(text, wanted)), len(wanted), origins, picture, boxes)
    if found is not None:
        return _areas(picture, origins[found : found + len(wanted)])
    held = [
        i for i, origin in enumerate(origins)
        if not boxes or any(_is_in(picture.places[origin], box) for box in boxes)
    ][:_MOST]  # fmt: skip
    runs = _runs("".join(text[i] for i in held), wanted)
    return _areas(picture, [origins[held[i]] for start, end in runs for i in range(start, end)])


def marked_lines(
    lines: Sequence[Printed], passage: str, near: int | None, around: int
) -> tuple[list[Marked], bool]:
    """Return the lines around a passage, and whether it was found.

    ``near`` is the number of the line that its clause begins in: the same words may stand twice.
    """
    text, origins = _bare("".join(line.text for line in lines))
    wanted, _ = _bare(passage)
    owners = [i for i, line in enumerate(lines) for _ in line.text]
    starts = {line.number: i for i, line in reversed(list(enumerate(lines)))}
    middle = starts.get(near or 0, 0)
    places = list(_all(text, wanted)) if wanted else []
    marked: set[int] = set()
    first = last = middle
    if places:
        # Words before the clause begins are another clause's.
        best = min(places, key=lambda at: _distance(owners[origins[at]], middle))
        inside = origins[best : best + len(wanted)]
        marked = set(range(inside[0], inside[-1] + 1))
        first, last = owners[inside[0]], owners[inside[-1]]
    shown = range(max(0, first - around), min(len(lines), last + around + 1))
    offset = sum(len(line.text) for line in lines[: shown.start])
    result = []
    for line in (lines[i] for i in shown):
        flags = [offset + i in marked for i in range(len(line.text))]
        result.append(Marked(line.number, line.page, tuple(_pieces(line.text, flags))))
        offset += len(line.text)
    return result, bool(places)


def _distance(line: int, middle: int) -> tuple[bool, int]:
    return line < middle, abs(line - middle)


def _pieces(text: str, flags: Sequence[bool]) -> Iterator[tuple[str, bool]]:
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or flags[end] != flags[start]:
            yield text[start:end], flags[start]
            start = end


def _bare(text: str) -> tuple[str, list[int]]:
    """A text without blanks and differences of width, and where each character comes from."""
    kept: list[str] = []
    origins: list[int] = []
    for i, char in enumerate(text):
        for piece in unicodedata.normalize("NFKC", plain(char)):
            if not piece.isspace():
                kept.append(piece)
                origins.append(i)
    return "".join(kept), origins


def _all(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _nearest(
    places: Sequence[int],
    length: int,
    origins: Sequence[int],
    picture: Picture,
    boxes: Sequence[Box],
) -> int | None:
    """The occurrence that lies most within the boxes of the clause, else the first."""
    if not places:
        return None

    def inside(at: int) -> int:
        own = [picture.places[origin] for origin in origins[at : at + length]]
        return sum(any(_is_in(place, box) for box in boxes) for place in own)

    return max(places[:50], key=lambda at: (inside(at), -at))


def _is_in(place: tuple[float, float, float, float], box: Box) -> bool:
    x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return box.left - 0.01 <= x <= box.right + 0.01 and box.top - 0.01 <= y <= box.bottom + 0.01


def _runs(text: str, wanted: str) -> list[tuple[int, int]]:
    """The runs of a passage on a page: it may begin or end on another, or be broken by a foot."""
    matcher = SequenceMatcher(None, text, wanted[:_MOST], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= 2]
    if max((block.size for block in blocks), default=0) < min(_SHORTEST_RUN, len(wanted)):
        return []
    return [(block.a, block.a + block.size) for block in blocks]


def _areas(picture: Picture, origins: Sequence[int]) -> list[Area]:
    """One area for each line of characters that stand beside each other."""
    areas: list[Area] = []
    for origin in dict.fromkeys(origins):
        left, top, right, bottom = picture.places[origin]
        last = areas[-1] if areas else None
        if last and _goes_on(last, left, top, bottom):
            areas[-1] = Area(
                min(last.left, left), min(last.top, top), max(last.right, right),
                max(last.bottom, bottom),
            )  # fmt: skip
        else:
            areas.append(Area(left, top, right, bottom))
    return [area for area in areas if area.right > area.left and area.bottom > area.top]


def _goes_on(last: Area, left: float, top: float, bottom: float) -> bool:
    middle, height = (top + bottom) / 2, bottom - top
    return (
        last.top <= middle <= last.bottom
        and left >= last.right - 0.02
        and left < last.right + (4 * height)
    )
