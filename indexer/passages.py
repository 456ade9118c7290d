"""What is searched: every clause with words of its own, together with what stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from corpus.address import Address, ClausePath
from corpus.document import Document
from corpus.outline import Clause, Outline

__all__ = [
    "Passage",
    "Units",
    "lead_of_paragraph",
    "passage_of",
    "passages_of",
    "sentences",
    "whole_passage",
]

#: What is one passage: every clause with words of its own, or the whole article around it.
Units = Literal["clause", "article"]
#: Shorter pieces (a run-in heading such as 新型疫苗。) mean nothing without what follows them.
_SHORTEST = 12
#: What an entry of a list ends in that is not its last one, and the first paragraph that may be one.
_GOES_ON, _SECOND = ("；", ";"), 2
#: A list without numbers is not longer.
_LONGEST = 30
#: What ends a sentence, and the brackets in which nothing does.
_MARK = re.compile("[（()）。！？；]")


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is embedded, found and shown.

    ``text`` is the clause's own words; ``context`` is what a reader sees above them: title,
    headings and the lead sentence of the article that an item belongs to.
    """

    address: Address
    text: str
    context: tuple[str, ...]

    @property
    def whole(self) -> str:
        """The words to embed for the clause as a whole."""
        return "\n".join((*self.context, self.text))

    @property
    def pieces(self) -> tuple[str, ...]:
        """The sentences, each to be embedded by itself."""
        return tuple(sentences(self.text))


def sentences(text: str) -> list[str]:
    """Part a text at full stops and semicolons outside brackets, keeping every character.

    >>> sentences("新型疫苗。支持企业发展疫苗；支持企业开发新型疫苗佐剂。（牵头单位：甲；责任单位：乙）")
    ['新型疫苗。支持企业发展疫苗；', '支持企业开发新型疫苗佐剂。', '（牵头单位：甲；责任单位：乙）']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        begun, end, depth = start, start + len(line), 0
        for match in _MARK.finditer(text, start, end):
            character = match[0]
            depth += (character in "（(") - (character in "）)" and depth > 0)
            if character in "。！？；" and not depth:
                stop = match.end()
                while stop < end and text[stop] in "”’":
                    stop += 1
                spans.append((begun, stop))
                begun = stop
        spans.append((begun, end))
        start = end + 1
    return [text[first:last] for first, last in _joined(spans, text)]


def _joined(spans: Iterable[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Join a piece too short to mean anything with the one behind it; drop blank ones."""
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if not text[first:last].strip():
            continue
        if joined and joined[-1][1] - joined[-1][0] < _SHORTEST:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def passages_of(document: Document, outline: Outline, units: Units = "clause") -> Iterator[Passage]:
    """Yield the passages of one document, in its order."""
    if units == "article":
        yield from _articles(document, outline)
        return
    for clause in outline:
        if clause.text.strip():
            yield passage_of(document, outline, clause)


def passage_of(document: Document, outline: Outline, clause: Clause) -> Passage:
    """Return the passage of one clause with words of its own."""
    named = (clause.title,) if clause.title and clause.path.steps[-1].rank == "cell" else ()
    context = (document.title, *clause.headings, *named, *_lead(outline, clause))
    return Passage(Address(document.id, clause.path), clause.text, context)


def _articles(document: Document, outline: Outline) -> Iterator[Passage]:
    """Each article as one passage; what holds articles gives only the words of its own."""
    paths = (c.path.article if c.path.article in outline else c.path for c in outline)
    for path in dict.fromkeys(paths):
        whole = whole_passage(document, outline, path)
        if any(part.path.article != path for part in outline.under(path)):
            whole = Passage(whole.address, outline[path].text, whole.context)
        if whole.text.strip():
            yield whole


def whole_passage(document: Document, outline: Outline, path: ClausePath) -> Passage:
    """Return a clause with all that lies beneath it, as one passage: a whole article."""
    clause = outline[path]
    context = (document.title, *clause.headings)
    return Passage(Address(document.id, path), outline.text(path), context)


def _lead(outline: Outline, clause: Clause) -> tuple[str, ...]:
    """The words of the unit that an item, a 目 or a listed paragraph completes (有下列情形之一的：)."""
    parent = clause.path.parent
    if clause.kind == "paragraph":
        parent = lead_of_paragraph(outline, clause.path)
    if parent is None or parent not in outline:
        return ()
    text = outline[parent].text
    return (text,) if text and len(text) <= 200 else ()


def lead_of_paragraph(outline: Outline, path: ClausePath) -> ClausePath | None:
    """The paragraph that begins the list without numbers in which a paragraph stands; else None.

    …按下列标准给予安家费：, 甲类：30万元；, 乙类：20万元。 are three paragraphs of one clause.
    """
    last = path.steps[-1]
    if last.rank != "para" or last.number < _SECOND:
        return None
    before = [
        ClausePath((*path.steps[:-1], replace(last, number=number)))
        for number in range(last.number - 1, max(0, last.number - _LONGEST), -1)
    ]
    for earlier in before:
        text = outline[earlier].text.rstrip() if earlier in outline else ""
        if text.endswith(("：", ":")):
            own = outline[path].text.rstrip()
            return earlier if earlier != before[0] or own.endswith(_GOES_ON) else None
        if not text.endswith(_GOES_ON):
            return None
    return None
