"""What a page of an OFD file draws: characters and ruled lines, each in its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import hypot

from lxml import etree

from indexer.loaders.ofd_package import Sheet, child, children, name_of, numbers

__all__ = ["Mark", "Marks", "Rule", "marks_of"]

_UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: A line thinner than this, in millimetres, is a rule; a shorter one is part of a picture.
_THICKEST_RULE, _SHORTEST_RULE = 1.0, 2.5
_MOST_RULES = 3000
_MOST_STEPS = 40_000
_COMMAND = re.compile(r"[A-Za-z]|-?\d*\.?\d+(?:[eE]-?\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A character, or a word set upright in a column, on the baseline ``base``; millimetres."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along a row or a column of a table."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Marks:
    """The characters and the rules of a page."""

    characters: tuple[Mark, ...]
    rules: tuple[Rule, ...]


@dataclass
class _Pen:
    """Gathers what is drawn, once: bold print is often the same word drawn twice."""

    characters: list[Mark] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    drawn: set[tuple[str, int, int]] = field(default_factory=set)

    def is_new(self, words: str, left: float, base: float, size: float) -> bool:
        """Whether the same words have not been drawn in, or nearly in, the same place."""
        x, y = int(left / size * 6), int(base / size * 6)
        new = self.drawn.isdisjoint((words, x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1))
        self.drawn.add((words, x, y))
        return new


def marks_of(sheet: Sheet, printed: set[str]) -> Marks:
    """Return what a page draws; the words of a template in ``printed`` are not told again."""
    pen = _Pen()
    for place, root in sheet.drawn:
        worded = place not in printed
        if place != sheet.drawn[-1][0]:
            printed.add(place)
        for element in _objects(root):
            if name_of(element) == "TextObject":
                if worded:
                    _write(element, pen)
            elif len(pen.rules) < _MOST_RULES:
                pen.rules.extend(_rules(element))
    x, y = sheet.box[:2]
    return Marks(
        tuple(Mark(c.text, c.left - x, c.right - x, c.base - y, c.size) for c in pen.characters),
        tuple(Rule(r.left - x, r.top - y, r.right - x, r.bottom - y) for r in pen.rules),
    )


def _objects(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the objects of a page's layers and of the blocks inside them, in their order."""
    content = child(root, "Content")
    todo = [] if content is None else list(content)[::-1]
    while todo:
        element = todo.pop()
        name = name_of(element)
        if element.get("Visible", "true").lower() == "false":
            continue
        if name in ("TextObject", "PathObject"):
            yield element
        elif name in ("Layer", "PageBlock"):
            todo.extend(reversed(element))


def _frame(element: etree._Element) -> tuple[tuple[float, float], tuple[float, ...]]:
    boundary = numbers(element.get("Boundary"))
    matrix = numbers(element.get("CTM"))
    origin = (boundary[0], boundary[1]) if len(boundary) >= 2 else (0.0, 0.0)
    return origin, matrix if len(matrix) == 6 else _UPRIGHT


def _write(element: etree._Element, pen: _Pen) -> None:
    (left, top), (a, b, c, d, e, f) = _frame(element)
    # A word set across the page at a slant is a watermark.
    if min(abs(a), abs(b)) > 0.15 * max(abs(a), abs(b)):
        return
    stated = _first(element.get("Size"), 0) or 3.5
    size, scale = stated * (hypot(c, d) or 1.0), hypot(a, b) or 1.0
    wide = _first(element.get("HScale"), 0) or 1.0
    x = y = 0.0
    for code in children(element, "TextCode"):
        text = (code.text or "").strip("\r\n\t")
        x, y = _first(code.get("X"), x), _first(code.get("Y"), y)
        new = pen.is_new(text, left + a * x + c * y + e, top + b * x + d * y + f, size)
        for word, here, below, width in _placed(code, text, x, y, stated * wide):
            x, y = here, below
            at = (left + a * x + c * y + e, top + b * x + d * y + f)
            if new:
                pen.characters.append(Mark(word, at[0], at[0] + width * scale, at[1], size))


def _placed(
    code: etree._Element, text: str, x: float, y: float, wide: float
) -> Iterator[tuple[str, float, float, float]]:
    """Yield each character with its place and width; a word set downwards is one."""
    across, down = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
    if len(text) > 1 and any(down) and not any(across):
        yield text, x, y, wide
        return
    for index, character in enumerate(text):
        width = wide if _is_wide(character) else wide / 2
        step = across[index] if index < len(across) else width
        # Within a run blanks are characters; a step up to here is spacing.
        yield character, x, y, step if 0 < step <= 1.3 * wide else width
        x += step
        y += down[index] if index < len(down) else 0.0


def _first(stated: str | None, otherwise: float) -> float:
    return (numbers(stated) or (otherwise,))[0]


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"


def _deltas(stated: str | None, most: int) -> list[float]:
    """Read steps between characters; ``g 3 5`` stands for three steps of five.

    >>> _deltas("1 g 3 5 2", 9)
    [1.0, 5.0, 5.0, 5.0, 2.0]
    """
    words = iter((stated or "").split())
    steps = list[float]()
    for word in words:
        if len(steps) >= most:
            break
        grouped = word.lower() == "g"
        times = int(_first(next(words, ""), 0)) if grouped else 1
        step = _first(next(words, "") if grouped else word, 0)
        steps.extend([step] * max(0, min(times, most - len(steps))))
    return steps


def _rules(element: etree._Element) -> Iterator[Rule]:
    """Yield the straight rules that a path draws: thin boxes, single lines, the sides of a frame."""
    (left, top), (a, b, c, d, e, f) = _frame(element)
    data = child(element, "AbbreviatedData")
    for points in _strokes((data.text or "") if data is not None else ""):
        placed = [(left + a * x + c * y + e, top + b * x + d * y + f) for x, y in points]
        box = _bounds(placed)
        if _is_rule(box):
            yield box
        elif len(placed) >= 4:
            sides = (_bounds(placed[i : i + 2]) for i in range(len(placed) - 1))
            yield from (side for side in sides if _is_rule(side))


def _bounds(points: Sequence[tuple[float, float]]) -> Rule:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rule(min(xs), min(ys), max(xs), max(ys))


def _is_rule(box: Rule) -> bool:
    short, long = sorted((box.right - box.left, box.bottom - box.top))
    return short <= _THICKEST_RULE and long >= _SHORTEST_RULE


def _strokes(data: str) -> Iterator[list[tuple[float, float]]]:
    """Part a path into its strokes of straight lines; one with a curve is none."""
    stroke, values, command = list[tuple[float, float]](), list[float](), ""
    words = [
        match[0] for match, _ in zip(_COMMAND.finditer(data), range(_MOST_STEPS), strict=False)
    ]
    for word in (*words, "S"):
        if not word.isalpha():
            values.append(float(word))
            continue
        if command in ("M", "L", "S"):
            stroke.extend(zip(values[::2], values[1::2], strict=False))
        elif command in ("B", "Q", "A"):
            stroke = []
        elif command == "C" and stroke:
            stroke.append(stroke[0])
        if word in ("M", "S"):
            if len(stroke) > 1:
                yield stroke
            stroke = []
        values, command = [], word
