"""From grids to rows of text: cells with their paragraphs, merged cells in every row they cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.loaders.pdf_chars import Glyph
from indexer.loaders.pdf_grid import Grid
from indexer.loaders.pdf_lines import Printed, printed, rows_of
from indexer.loaders.pdf_wording import ends_sentence, has_label, joined, room_for

__all__ = ["Cell", "Table", "TableRow", "continued", "read_tables"]

#: Names of columns, and of what is never one: a sentence, an amount, a bare number.
_NAME = re.compile(
    "序号|编号|项目|标准|名称|类别|类型|种类|内容|单位|条件|依据|金额|额度|比例|备注|责任|时间|时限|"
    "地区|区域|层级|级别|等级|事项|材料|要求|条款|年度|年份|指标|部门|方式|对象|范围|说明|任务|措施|"
    "情形|目标|数量|电话|地址|姓名|产品|企业|阶段|品种|上限|规模|幅度|来源|进度|分工|牵头|税率|基数|"
    "档次|分值|得分|权重|评分|职务|职称|学历|专业|人数|日期|期限|文号|文件|政策|程序|环节|流程|渠道|"
    "主体|地点|行业|领域|用途|费用|价格|收费|补贴|补助|奖励|资助|支持|联系|No\\b|Item"
)
_VALUE = re.compile(r"[。；，]|^(?=[.,%％\s]*\d)[\d.,%％\s]*+(?:万|亿)?元?$|[\d.](?:万|亿)?元")
_LONGEST_NAME = 24
_LOWEST_PADDING = 1.0
_HIGHEST_PADDING = 8.0
#: A cell of so few characters is a name, however it is broken over lines.
_SHORT_CELL = 12
#: Sides of columns this close are the same on the next page, in points.
_SAME_SIDE = 4.0


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, paragraphs parted by line ends; ``full`` if its last line had no room."""

    text: str
    full: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of cells, where it stands, and whether it names the columns."""

    cells: tuple[Cell, ...]
    top: float
    bottom: float
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table on one page; ``open_top`` and ``open_bottom`` as of its grid."""

    xs: tuple[float, ...]
    rows: tuple[TableRow, ...]
    open_top: bool = False
    open_bottom: bool = False

    @property
    def top(self) -> float:
        """Where its first row begins."""
        return self.rows[0].top

    @property
    def bottom(self) -> float:
        """Where its last row ends."""
        return self.rows[-1].bottom

    @property
    def left(self) -> float:
        """Its left side."""
        return self.xs[0]

    @property
    def right(self) -> float:
        """Its right side."""
        return self.xs[-1]


def read_tables(grids: Sequence[Grid], glyphs: Sequence[Glyph]) -> tuple[list[Table], list[Glyph]]:
    """Return the tables, and the characters that stand in none."""
    tables: list[Table] = []
    rest = list(glyphs)
    for grid in grids:
        inside: dict[int, list[Glyph]] = {}
        outside: list[Glyph] = []
        for glyph in rest:
            middle = (glyph.top + glyph.bottom) / 2
            cell = grid.cell_at((glyph.left + glyph.right) / 2, middle)
            (outside if cell is None else inside.setdefault(cell, [])).append(glyph)
        filled = sum(any(g.text.strip() for g in cell) for cell in inside.values())
        # A frame that holds one text is an ornament.
        if filled > 1:
            tables.append(_table(grid, inside))
            rest = outside
    return tables, rest


def continued(table: Table, before: Table) -> bool:
    """Whether a table at the top of a page has the columns of the one that ended the page before."""
    return len(table.xs) == len(before.xs) and all(
        abs(a - b) <= _SAME_SIDE for a, b in zip(table.xs, before.xs, strict=True)
    )


def _table(grid: Grid, inside: dict[int, list[Glyph]]) -> Table:
    texts = {cell: _cell(grid, cell, glyphs) for cell, glyphs in inside.items()}
    named = _rows_of_names(grid, texts)
    rows = [
        TableRow(
            tuple(texts.get(cell, Cell("")) for cell in row),
            grid.ys[i],
            grid.ys[i + 1],
            i in named,
        )
        for i, row in enumerate(grid.cells)
    ]
    filled = tuple(row for row in rows if any(cell.text for cell in row.cells))
    return Table(grid.xs, filled, grid.open_top, grid.open_bottom)


def _cell(grid: Grid, cell: int, glyphs: Sequence[Glyph]) -> Cell:
    lines = [line for row in rows_of(glyphs) if (line := printed(row))]
    if not lines:
        return Cell("")
    left, right = grid.span(cell)
    padding = min(min(line.left - left, right - line.right) for line in lines)
    limit = right - min(max(padding, _LOWEST_PADDING), _HIGHEST_PADDING)
    text = lines[0].text
    for before, line in pairwise(lines):
        text = joined(text, line.text, "" if _goes_on(before, line, limit, lines) else "\n")
    last = lines[-1]
    return Cell(text, limit - last.right < 2 * last.size)


def _goes_on(before: Printed, line: Printed, limit: float, lines: Sequence[Printed]) -> bool:
    """Whether a line of a cell continues the one before it; ``limit`` is where lines must end."""
    if sum(len(each.text) for each in lines) <= _SHORT_CELL and not any(
        ends_sentence(each.text) or has_label(each.text) for each in lines
    ):
        return True
    if has_label(line.text) and ends_sentence(before.text):
        return False
    # Characters set one under the other are one word.
    upright = len(before.text) == len(line.text) == 1
    return upright or not room_for(line, limit - before.right)


def _rows_of_names(grid: Grid, texts: dict[int, Cell]) -> frozenset[int]:
    """Return the rows that name the columns: the first below a title, with those it spans."""
    for i, row in enumerate(grid.cells[:3]):
        if len(set(row)) == 1:
            continue
        cells = [texts.get(cell, Cell("")).text for cell in row]
        if len(set(row)) < 3 or not _are_names(cells) or i + 1 == len(grid.cells):
            return frozenset()
        # A name over several columns has theirs in the rows that the other names cover.
        spread = any(a == b for a, b in pairwise(row))
        last = i
        while spread and last + 2 < len(grid.cells) and set(row) & set(grid.cells[last + 1]):
            last += 1
        return frozenset(range(i, last + 1))
    return frozenset()


def _are_names(cells: Sequence[str]) -> bool:
    flat = [cell.replace("\n", "").replace(" ", "") for cell in cells]
    if any(len(cell) > _LONGEST_NAME or _VALUE.search(cell) for cell in flat):
        return False
    filled = [cell for cell in flat if cell]
    named = sum(bool(_NAME.search(cell)) for cell in filled)
    # The first column often has an empty corner; a card with empty fields has many.
    return len(flat) - len(filled) <= 1 and 2 * named > len(filled)
