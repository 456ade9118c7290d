"""A measure printed as a table of labelled cells (依据文件, 服务对象, 条件要求 …), as guides print it.

The cells run on over pages: a row without a label goes on with the cell above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indexer.clean import Paragraph, enclosing

__all__ = ["DETAILS", "Card", "Cell", "go_on", "read_cards"]

#: Labels that guides give the cells of a measure. A table with three of them is a measure.
LABELS = frozenset(
    (
        "依据文件", "政策依据", "文件依据", "法律依据", "设定依据", "实施依据", "政策来源", "政策文件",
        "文件名称", "政策名称", "事项名称", "项目名称", "服务事项", "措施名称", "发文机构", "发文机关",
        "发文单位", "发布机构", "发布单位", "制定机关", "发文字号", "文号", "文件文号", "发布日期",
        "发文日期", "印发日期", "成文日期", "公开日期", "生效日期", "实施日期", "有效期", "有效期限", "执行期限",
        "政策有效期", "服务对象", "适用对象", "支持对象", "申报对象", "申请对象", "适用范围", "扶持对象",
        "受益对象", "服务内容", "支持内容", "政策内容", "主要内容", "支持标准", "奖励标准", "补助标准",
        "扶持标准", "支持方式", "扶持方式", "资助标准", "支持政策", "优惠内容", "享受条件", "条件要求",
        "申报条件", "申请条件", "办理条件", "受理条件", "适用条件", "申请要求", "申报要求", "申报材料",
        "申请材料", "所需材料", "办理材料", "提交材料", "办理流程", "申报流程", "申请流程", "办理程序",
        "申报程序", "办理方式", "申报方式", "申报渠道", "办理渠道", "享受方式", "时间频度", "办理时限",
        "办结时限", "申报时间", "受理时间", "办理时间", "申报期限", "兑现时间", "兑现方式", "联络方式",
        "联系方式", "联系人", "联系电话", "咨询电话", "咨询方式", "咨询渠道", "责任单位", "牵头单位",
        "主管部门", "主管单位", "受理部门", "受理单位", "责任部门", "办理部门", "实施部门", "实施单位",
        "办理地点", "受理地点", "办理网址", "申报网址", "备注", "政策类别", "事项类型", "收费标准", "关键词",
    )
)  # fmt: skip
#: The cells that say where a measure comes from: its metadata.
DETAILS = frozenset(
    (
        "依据文件", "政策依据", "文件依据", "法律依据", "设定依据", "实施依据", "政策来源", "政策文件",
        "发文机构", "发文机关", "发文单位", "发布机构", "发布单位", "制定机关", "发文字号", "文号", "文件文号",
        "发布日期", "发文日期", "印发日期", "成文日期", "公开日期", "生效日期", "实施日期", "有效期",
        "有效期限", "执行期限", "政策有效期",
    )
)  # fmt: skip
_LEAST = 3
_SENTENCE_END = "。；！？：”）"


@dataclass(frozen=True, slots=True)
class Cell:
    """A labelled cell: its label as printed, and its words."""

    label: str
    content: Paragraph


@dataclass(frozen=True, slots=True)
class Card:
    """A measure: its cells, and what stands before the first of them.

    That is the measure's title, or the rest of a cell that the page's edge cut.
    """

    before: Paragraph | None
    cells: tuple[Cell, ...]

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """The cells that are metadata of the measure."""
        told = ((_bare(cell.label), cell.content.text) for cell in self.cells)
        return tuple((label, text) for label, text in told if label in DETAILS and text)


def read_cards(rows: Sequence[Paragraph], within: bool = False) -> list[Card]:
    """Read the rows of a table as measures; none where they are an ordinary table.

    A first column that names the measure beside all of its labels parts them, several in a table.
    """
    named = [(row.row.cells[0] if row.row else "") for row in rows]
    wide = all(row.row and len(row.row.cells) >= 3 for row in rows)
    runs = [list(run) for _, run in groupby(range(len(rows)), key=named.__getitem__)]
    if (
        wide
        and all(len(run) >= _LEAST for run in runs)
        and not any(_bare(n) in LABELS for n in named)
    ):
        found = [_beside(named[run[0]], [rows[i] for i in run]) for run in runs]
    else:
        found = [_read_card(rows, within)]
    cards = [card for card in found if card]
    return cards if len(cards) == len(found) else []


def _beside(title: str, rows: Sequence[Paragraph]) -> Card | None:
    """Read the rows beside a measure's title."""
    inner = [replace(row, row=replace(row.row, cells=row.row.cells[1:])) for row in rows if row.row]
    card = _read_card(inner, False)
    if card is None or not title:
        return card
    before = rows[0].saying(title)
    return Card(go_on(before, card.before) if card.before else before, card.cells)


def _read_card(rows: Sequence[Paragraph], within: bool) -> Card | None:
    """Read rows of labelled cells, or return None where they are an ordinary table.

    ``within`` says that a measure is open above: its table may go on with a single label.
    """
    if any(row.row and (row.row.header or _names_columns(row.row.cells)) for row in rows):
        return None
    pairs = [_pairs(row) for row in rows]
    labels = {_bare(label) for row in pairs for label, _ in row if label}
    known = len(labels & LABELS)
    if known < (1 if within else _LEAST) or known < 0.5 * len(labels):
        return None
    before: Paragraph | None = None
    cells: list[Cell] = []
    for row, paired in zip(rows, pairs, strict=True):
        for label, text in paired:
            content = row.saying(text)
            if label and (_bare(label) in LABELS or cells):
                cells.append(Cell(label, content))
            elif cells and text:
                cells[-1] = Cell(cells[-1].label, go_on(cells[-1].content, content))
            elif text or label:
                content = replace(content, text=text or label)
                before = go_on(before, content) if before else content
    return Card(before, tuple(cells)) if cells else None


def _names_columns(cells: Sequence[str]) -> bool:
    """Whether a row names columns: it is all labels, and nothing stands beside them."""
    labels = [cell for cell in _distinct(cells) if cell]
    return len(labels) > 1 and all(_bare(label) in LABELS for label in labels)


def _pairs(row: Paragraph) -> list[tuple[str, str]]:
    """The labelled cells of a row; a cell without a label of its own has an empty one."""
    cells = list(_distinct(row.row.cells if row.row else ()))
    if len(cells) == 1:
        return [("", cells[0])]
    if len(cells) == 2:
        return [(cells[0], cells[1])]
    pairs: list[tuple[str, str]] = []
    for cell in cells:
        if _bare(cell) in LABELS:
            pairs.append((cell, ""))
        elif pairs and not pairs[-1][1]:
            pairs[-1] = (pairs[-1][0], cell)
        else:
            pairs.append(("", cell))
    return pairs


def _distinct(cells: Sequence[str]) -> Iterator[str]:
    """Cells as printed: one that covers several columns once."""
    for index, cell in enumerate(cells):
        if not index or cell != cells[index - 1]:
            yield cell


def go_on(above: Paragraph, below: Paragraph) -> Paragraph:
    """Join a cell with its continuation; a sentence that the page's edge cut is one again."""
    apart = "\n" if not above.text or above.text[-1] in _SENTENCE_END else ""
    boxes = enclosing((*above.boxes, *below.boxes))
    return replace(above, text=(above.text + apart + below.text).strip(), boxes=boxes)


def _bare(label: str) -> str:
    return re.sub(r"[\s：:]+", "", label)
