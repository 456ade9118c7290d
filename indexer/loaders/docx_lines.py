"""From the blocks of a DOCX to lines: contents page out, titles marked, tables in rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.loaders.base import Line, Row
from indexer.loaders.docx_body import Block, Para
from indexer.loaders.docx_joins import Piece, join_headings, opens_with_label, part
from indexer.loaders.docx_styles import Look
from indexer.loaders.docx_tables import Tabulated, tabulate

__all__ = ["lines_of"]

_CONTENTS = re.compile(r"目[录次]")
#: 重庆市人民政府办公厅文件, 国务院令, 第746号, 渝府办发〔2025〕56号: over a title, not it.
_MASTHEAD = re.compile(
    r"[^《》]{2,40}(?:文件|令|公报)|第\s*\d+\s*号|\S{1,14}[〔\[［(（]\d{4}[〕\]］)）]\s*第?\d+\s*号"
)
#: A title stands within so many paragraphs of the top, and is larger than the text by a size.
_TOP = 12
_LARGER = 3
_LONGEST_TITLE = 80
#: No document is longer; a long cell that is merged over thousands of rows may be.
_MOST_CHARACTERS = 50_000_000
#: More characters than a page holds: an author's page breaks then do not count the pages.
_FULL_PAGE = 1200


def lines_of(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """Turn the blocks of a document into its lines."""
    pieces = join_headings(list(_pieces(blocks, _Tables())))
    pieces = _titled(_without_contents(pieces))
    pages = _pages(pieces)
    return tuple(
        Line(
            piece.text, number, page, starts=True, row=piece.row,
            style=piece.style or ("heading" if piece.look.heading else None),
        )
        for number, (piece, page) in enumerate(zip(pieces, pages, strict=True), 1)
    )  # fmt: skip


class _Tables:
    """Counts the tables of a document, and what is in them."""

    def __init__(self) -> None:
        self.count = self.characters = 0

    def pieces(self, tabulated: Tabulated) -> Iterator[Piece]:
        yield from _pieces(tabulated.blocks, self)
        self.count += bool(tabulated.rows)
        for row in tabulated.rows:
            self.characters += sum(map(len, row.texts))
            if self.characters > _MOST_CHARACTERS:
                raise OverflowError(f"more than {_MOST_CHARACTERS} characters in tables")
            cells = Row(self.count, row.texts, row.header)
            yield Piece("\t".join(row.texts), Look(), row.place, row=cells)


def _pieces(blocks: Sequence[Block], tables: _Tables) -> Iterator[Piece]:
    for block in blocks:
        if isinstance(block, Para):
            for text in part(block.printed):
                yield Piece(text, block.look, block.place, block.contents)
        else:
            yield from tables.pieces(tabulate(block))


def _without_contents(pieces: Sequence[Piece]) -> list[Piece]:
    """Drop what the format calls a contents page, with the word 目录 over it."""
    over = {
        i
        for i, (piece, after) in enumerate(pairwise(pieces))
        if after.contents and _CONTENTS.fullmatch(re.sub(r"\s", "", piece.text))
    }
    kept = [p for i, p in enumerate(pieces) if not p.contents and i not in over]
    # A field that is said to hold the whole document holds no contents page.
    return kept or [replace(piece, contents=False) for piece in pieces]


def _titled(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark the title: what has the style of one, else the first large centred lines."""
    styled = {i for i, piece in enumerate(pieces) if piece.look.title and not piece.row}
    chosen = styled or _large_lines(pieces)
    return [replace(p, style="title") if i in chosen else p for i, p in enumerate(pieces)]


def _large_lines(pieces: Sequence[Piece]) -> set[int]:
    usual = _usual_size(pieces)
    large: list[int] = []
    for index, piece in enumerate(pieces[:_TOP]):
        if opens_with_label(piece.text) or piece.row:
            break
        if _is_large(piece, usual):
            large.append(index)
    title = [i for i in large if not _MASTHEAD.fullmatch(pieces[i].text.strip())] or large
    run = title[:1]
    for before, index in pairwise(title):
        if index != before + 1:
            break
        run.append(index)
    return set(run)


def _is_large(piece: Piece, usual: int) -> bool:
    centred = piece.look.alignment == "center"
    short = len(piece.text) <= _LONGEST_TITLE and "。" not in piece.text
    return centred and short and piece.look.size >= usual + _LARGER


def _usual_size(pieces: Sequence[Piece]) -> int:
    """The size in which most of the text is set, in half points."""
    sizes: dict[int, int] = {}
    for piece in pieces:
        if not piece.row:
            sizes[piece.look.size] = sizes.get(piece.look.size, 0) + len(piece.text)
    return max(sizes, key=lambda size: sizes[size], default=0)


def _pages(pieces: Sequence[Piece]) -> list[int | None]:
    """Number the pages: by the breaks that Word drew, else by those of the author.

    The author's breaks number the pages only where no text between two of them is longer than a
    page; a page that is wrong is worse than none.
    """
    if any(piece.place.drawn for piece in pieces):
        return [piece.place.drawn + 1 for piece in pieces]
    held: dict[int, int] = {}
    for piece in pieces:
        held[piece.place.forced] = held.get(piece.place.forced, 0) + len(piece.text)
    if len(held) < 2 or max(held.values()) > _FULL_PAGE:
        return [None] * len(pieces)
    return [piece.place.forced + 1 for piece in pieces]
