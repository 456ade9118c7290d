"""The block of labelled facts that government sites print with a document (索引号, 发文机关 …).

Source: 政府信息公开 pages of gov.cn and the provinces; it stands above the title or below the
signature, and is metadata, not text of the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from indexer.clean import Paragraph
from indexer.dates import first_day
from indexer.docnumbers import normal_number
from indexer.loaders.base import Told
from indexer.signature import is_signature

__all__ = ["part_info", "told_by"]

_LABELS = (
    r"索\s*引\s*号|信息分类|主题分类|主题词|主\s*题\s*词|发文机关|发布机构|发文单位|成文日期|发文日期|生成日期|标\s*题|"
    r"文件名称|名\s*称|发文字号|文\s*号|发布日期|公文种类|公文类型|体裁分类|有效性|时\s*效\s*性|服务对象分类|来\s*源|组配分类"
    r"|公开(?:日期|时间|方式|形式|时限|责任部门)|发布时间|公布日期|生效日期|废止日期|责任部门|关\s*键\s*词|内容概述|体\s*裁"
)
_LABEL = re.compile(rf"(?P<label>{_LABELS})\s*+[：:]")
_OPENING = re.compile(rf"^(?:{_LABELS})\s*[：:]")
#: A block has at least so many labels; a single 来源： or 文号： is a line of text.
_LEAST = 3
_HEAD, _TAIL = 12, 25
_CELL = 40
#: A longer line goes on with the text itself.
_LONGEST = 200


def part_info(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], Told]:
    """Part the block from the text; what it says is metadata beside the text."""
    kept = list(paragraphs)
    for first, last in ((0, _HEAD), (max(len(kept) - _TAIL, _HEAD), len(kept))):
        found = [i for i in range(first, min(last, len(kept))) if _is_labelled(kept[i])]
        said = " ".join(kept[i].text for i in found)
        if len(set(_labels(said))) < _LEAST:
            continue
        start, end = found[0], found[-1] + 1
        if first:
            # Cells of the block may stand above its first label; the signature does not.
            while start > first and _is_cell(kept[start - 1]):
                start -= 1
            end = len(kept)
        words = " ".join(p.text for p in kept[start:end])
        return [*kept[:start], *kept[end:]], _told(words)
    return kept, Told()


def _is_labelled(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if paragraph.row or "。" in text or len(text) > _LONGEST:
        return False
    return bool(_OPENING.match(text)) or len(set(_labels(text))) > 1


def _is_cell(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return not is_signature(text) and len(text) <= _CELL and not re.search(r"[。；：）)]$", text)


def _labels(text: str) -> list[str]:
    return [re.sub(r"\s", "", match["label"]) for match in _LABEL.finditer(text)]


def _told(words: str) -> Told:
    parts = list(_LABEL.finditer(words))
    values: dict[str, str] = {}
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        value = words[part.end() : after.start() if after else len(words)].strip()
        values.setdefault(re.sub(r"\s", "", part["label"]), value)
    return told_by(values)


def told_by(values: dict[str, str]) -> Told:
    """What labels with their values tell of a document."""
    number = values.get("发文字号") or values.get("发布文号") or values.get("文号") or ""
    return Told(
        title=None,
        doc_number=normal_number(number),
        issued=_day(values, "成文日期", "发文日期", "生成日期"),
        published=_day(values, "发布日期", "公开日期", "发布时间", "公布日期", "公开时间"),
    )


def _day(values: dict[str, str], *labels: str) -> date | None:
    return next((d for label in labels if (d := first_day(values.get(label, ""), iso=True))), None)
