"""A table of a DOCX: what only lays out a page, what has rows, and which rows name the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from indexer.loaders.docx_body import Block, Cell, Para, Table
from indexer.loaders.docx_joins import opens_with_label, part
from indexer.loaders.docx_text import Place

__all__ = ["GridRow", "Tabulated", "tabulate"]

#: Columns narrower than this (twentieths of a point, a millimetre) are traces of drawing by hand.
_SLIVER = 60
_LONGEST_HEAD = 30
_MOST_HEADERS = 4
#: Far more than any table holds, merged cells counted in each place.
_MOST_PLACES = 1_000_000
# Takes 45, 12.6, 1,000元, 30%, 200人, 10—20; refuses 90日, 2023年, which may name a column.
_NUMBER = re.compile(
    r"[约第]?[\d０-９.,，％%~～—–\-－/ ]+(?:[万亿]?元|%|％|人|个|家|分|户|名|平方米)?"
)
_SENTENCE = re.compile("[。；！？]")
#: How the name of a column ends, blanks and brackets aside.
_COLUMN = re.compile(
    r".*(?:序号|编号|内容|标准|金额|额度|限额|备注|说明|名称|项目|事项|单位|部门|主体|机构|比例|税率|费率|利率"
    r"|要求|条件|时间|时限|期限|依据|情形|范围|对象|数量|方式|级别|等级|类别|类型|种类|分类|结果|日期|地址|电话"
    r"|联系人|指标|任务|措施|职责|税额|税目|费用|价格|分值|得分|单价|合计|地区|区县|姓名|职务|材料|环节|层级|年度)"
)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row with a text for each column."""

    texts: tuple[str, ...]
    place: Place
    header: bool = False


@dataclass(frozen=True, slots=True)
class Tabulated:
    """A table as read: the blocks that stand over it, or are all of it, and its rows."""

    blocks: tuple[Block, ...] = ()
    rows: tuple[GridRow, ...] = ()


def tabulate(table: Table) -> Tabulated:
    """Read a table into rows; one that only lays out yields the blocks in its cells."""
    grid = _grid(table)
    cells = {id(cell): cell for row in grid for cell in row if cell}
    if len(cells) == 1:
        return Tabulated(blocks=tuple(_blocks(table)))
    texts = {key: _text(cell.blocks) for key, cell in cells.items()}
    kept = [i for i, row in enumerate(grid) if any(cell and texts[id(cell)] for cell in row)]
    grid = [grid[i] for i in kept]
    if not grid or _only_lays_out(grid, texts):
        return Tabulated(blocks=tuple(_blocks(table)))
    flags = [table.rows[i].header for i in kept]
    captions = 0
    while captions < len(grid) - 1 and len({id(cell) for cell in grid[captions]}) == 1:
        captions += 1
    over = [block for row in grid[:captions] if row[0] for block in row[0].blocks]
    words = [tuple(texts[id(cell)] if cell else "" for cell in row) for row in grid[captions:]]
    headers = _headers(grid[captions:], words, flags[captions:])
    rows = tuple(
        GridRow(row, _place(grid[captions + i]), i < headers) for i, row in enumerate(words)
    )
    return Tabulated(tuple(over), rows)


def _grid(table: Table) -> list[list[Cell | None]]:
    """Lay the cells out by the borders that any row uses; a merged cell stands in all it covers."""
    columns = _columns(table)
    last = max(columns.values())
    if last * len(table.rows) > _MOST_PLACES:
        raise OverflowError(f"a table of {len(table.rows)} rows and {last} columns")
    grid: list[list[Cell | None]] = []
    for row in table.rows:
        laid: list[Cell | None] = [None] * last
        for cell in row.cells:
            first = min(columns[cell.start], last - 1)
            above = grid[-1][first] if grid and cell.goes_on else None
            for column in range(first, max(columns[cell.start + cell.span], first + 1)):
                laid[column] = above or cell
        grid.append(laid)
    return grid


def _columns(table: Table) -> dict[int, int]:
    """Number the borders in use, from 0; borders a sliver apart are one."""
    cells = [cell for row in table.rows for cell in row.cells]
    borders = sorted({edge for cell in cells for edge in (cell.start, cell.start + cell.span)})
    numbered, count = {borders[0]: 0}, 0
    for before, border in pairwise(borders):
        width = sum(table.widths[before:border])
        known = len(table.widths) >= border and width > 0
        count += not (known and width < _SLIVER)
        numbered[border] = count
    return numbered if count else {border: i for i, border in enumerate(borders)}


def _blocks(table: Table) -> Iterator[Block]:
    for row in table.rows:
        for cell in row.cells:
            if not cell.goes_on:
                yield from cell.blocks


def _place(row: Sequence[Cell | None]) -> Place:
    cells = {id(cell): cell for cell in row if cell and not cell.goes_on}
    places = (_first_place(cell.blocks) for cell in cells.values())
    return max(
        (place for place in places if place), key=lambda p: (p.drawn, p.forced), default=Place()
    )


def _first_place(blocks: Sequence[Block]) -> Place | None:
    return next((block.place for block in blocks if isinstance(block, Para)), None)


def _text(blocks: Sequence[Block]) -> str:
    """The text of a cell: a line for each paragraph, and for each row of a table inside it."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Para):
            lines += (" ".join(text.split()) for text in part(block.printed))
        else:
            rows = (" ".join(_text(cell.blocks) for cell in row.cells) for row in block.rows)
            lines += (" ".join(row.split()) for row in rows)
    return "\n".join(line for line in lines if line)


def _only_lays_out(grid: Sequence[Sequence[Cell | None]], texts: dict[int, str]) -> bool:
    """Whether a table is a frame, a masthead, or a page drawn as a table."""
    cells = {id(cell): cell for row in grid for cell in row if cell and texts[id(cell)]}
    if len(cells) <= 1 or len(grid) == 1:
        return True
    if len(grid[0]) == 1:
        whole = sum(
            opens_with_label(texts[key]) or len(cell.blocks) > 1 for key, cell in cells.items()
        )
        return whole > len(cells) / 2
    if len(grid) <= _MOST_HEADERS and any(re.sub(r"\s", "", texts[k]) == "文件" for k in cells):
        return True
    total = sum(len(texts[key]) for key in cells)
    largest = max((texts[key] for key in cells), key=len)
    labelled = sum(opens_with_label(line) for line in largest.split("\n"))
    return labelled >= 3 and len(largest) > 0.8 * total and len(largest) > 500


def _headers(
    grid: Sequence[Sequence[Cell | None]], words: Sequence[tuple[str, ...]], flags: Sequence[bool]
) -> int:
    """Count the rows at the top that name the columns."""
    flagged = len(list(takewhile(bool, flags)))
    if 0 < flagged < len(grid):
        return flagged
    depth = _depth(grid, words)
    if depth >= len(grid) or not all(_may_name(row, at) for at, row in enumerate(words[:depth])):
        return 0
    names = tuple(words[depth - 1])
    return depth if _differ(names, words[0], words[depth:]) else 0


def _depth(grid: Sequence[Sequence[Cell | None]], words: Sequence[tuple[str, ...]]) -> int:
    """How many rows the head takes: where one of its cells covers columns, others cover rows."""
    head = grid[0]
    if not any(a is b for a, b in pairwise(head)):
        return 1
    covered = list(
        takewhile(lambda row: any(a and a is b for a, b in zip(head, row, strict=True)), grid)
    )
    depth = len(covered)
    if depth == 1 and len(grid) > 2 and not words[1][0]:
        depth = 2
    return min(depth, _MOST_HEADERS)


def _may_name(row: Sequence[str], at: int) -> bool:
    """Whether the cells of a row can be names; in the first row only the corner may be empty."""
    empty = sum(not text for text in row)
    if empty > (1 if at == 0 and not row[0] else 0) and at == 0:
        return False
    return not any(
        len(text) > _LONGEST_HEAD or _SENTENCE.search(text) or _NUMBER.fullmatch(text)
        for text in row
    )


def _differ(names: Sequence[str], first: Sequence[str], body: Sequence[tuple[str, ...]]) -> bool:
    """Whether the rows below are of another kind than the names over them."""
    columns = [[row[i] for row in body if row[i]] for i in range(len(names))]
    if any(_mostly_numbers(column) for column in columns[1:]):
        return True
    known = [bool(_COLUMN.fullmatch(_name(text))) for text in first]
    if len(names) == 2:
        # A card of labelled cells (依据文件 | …) looks the same but for its right column.
        return known[1]
    if sum(known) >= 2 or known[0]:
        return True
    longer = sum(_mean(column) > 2 * len(name) for column, name in zip(columns, names, strict=True))
    return longer >= 2


def _name(text: str) -> str:
    return re.sub(r"[（(][^）)]{0,200}[）)]|[\s:：]", "", text)


def _mostly_numbers(column: Sequence[str]) -> bool:
    return bool(column) and sum(bool(_NUMBER.fullmatch(t)) for t in column) > len(column) / 2


def _mean(column: Sequence[str]) -> float:
    return sum(map(len, column)) / max(1, len(column))
