"""Fields of a DOCX: which text is a code, which a result, which a contents page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from indexer.loaders.docx_formats import print_number
from indexer.loaders.docx_parts import NS

__all__ = ["Fields"]

#: A contents page or an index: its lines repeat those of the body.
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX)\b", re.IGNORECASE)
#: EQ \o\ac(○,1): a figure printed over a circle, the usual way to write ① in Word.
_CIRCLED = re.compile(
    r"\s*+EQ\s++\\o\s*+(?:\\ac)?\s*+\(\s*+[○〇]\s*+[,，]\s*+(\w+)\s*+\)\s*+", re.IGNORECASE
)


#: No field that is understood here has a longer code.
_LONGEST_CODE = 200


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_result: bool = False
    is_contents: bool = False


class Fields:
    """The fields that are open at one place of the document."""

    def __init__(self, document: etree._Element) -> None:
        self._open: list[_Field] = []
        self._codes = self._contents = 0
        # The elements are kept, for an element that nobody holds may be made anew.
        self._whole = _whole_fields(document)

    @property
    def printed(self) -> bool:
        """Whether text at this place is printed: outside fields, or in the result of all."""
        return not self._codes

    @property
    def in_contents(self) -> bool:
        return self._contents > 0

    def code(self, text: str) -> None:
        """Take a piece of a field's code."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].code = (self._open[-1].code + text)[:_LONGEST_CODE]

    def mark(self, element: etree._Element) -> str:
        """Take a ``w:fldChar``; return what a field prints that stores no result."""
        if element not in self._whole:
            return ""
        what = element.get(f"{NS}fldCharType")
        if what == "begin":
            self._open.append(_Field())
            self._codes += 1
        elif what == "separate" and self._open and not self._open[-1].in_result:
            self._begin_result(self._open[-1])
        elif what == "end" and self._open:
            return self._close(self._open.pop())
        return ""

    def _begin_result(self, opened: _Field) -> None:
        opened.in_result = True
        opened.is_contents = bool(_CONTENTS.match(opened.code))
        self._codes -= 1
        self._contents += opened.is_contents

    def _close(self, closed: _Field) -> str:
        self._contents -= closed.is_contents
        if closed.in_result:
            return ""
        self._codes -= 1
        match = _CIRCLED.fullmatch(closed.code)
        if not match:
            return ""
        figure = match[1]
        decimal = figure.isascii() and figure.isdigit() and len(figure) <= 2
        return print_number(int(figure), "decimalEnclosedCircle") if decimal else figure


def _whole_fields(document: etree._Element) -> set[etree._Element]:
    """The marks of fields that both begin and end: a broken one must not swallow the rest."""
    whole, unfinished = set[etree._Element](), list[list[etree._Element]]()
    for mark in document.iter(f"{NS}fldChar"):
        what = mark.get(f"{NS}fldCharType")
        if what == "begin":
            unfinished.append([mark])
        elif unfinished:
            unfinished[-1].append(mark)
            if what == "end":
                whole.update(unfinished.pop())
    return whole
