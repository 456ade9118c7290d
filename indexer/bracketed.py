"""Labelled facts in brackets that a site puts between a title and its text: [发文字号] 京政办发〔2020〕5号,
【发布文号】税总函〔2020〕19号."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.clean import Paragraph

__all__ = ["part_brackets"]

_LABEL = re.compile(
    r"[\[【［]\s*(?P<label>主题分类|主题词|索引号|发文机构|发文机关|发文单位|发布机构|发布单位|制定机关|实施日期|施行日期|生效日期"
    r"|成文日期|发文日期|发布日期|公布日期|发文字号|发布文号|文号|废止日期|失效日期|有效性|是否有效|时效性|法规类别|效力级别)\s*[\]】］][：:]?"
)
#: A block has at least so many labels, and begins this near to the start of its paragraph.
_LEAST, _NEAR = 3, 200
_HEAD = 12


def part_brackets(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], dict[str, str]]:
    """The paragraphs without such a block, and what its labels say; nothing where there is none.

    Behind the last label only its first word is its value: what follows is the text.
    """
    head = paragraphs[:_HEAD]
    said: dict[str, str] = {}
    kept: list[Paragraph] = []
    for paragraph in head:
        labels = list(_LABEL.finditer(paragraph.text))
        if paragraph.row or not labels or labels[0].start() > _NEAR:
            kept.append(paragraph)
            continue
        end = 0
        for label, after in zip(labels, [*labels[1:], None], strict=True):
            value = paragraph.text[label.end() : after.start() if after else None].strip()
            value = value if after else (value.split() or [""])[0]
            said.setdefault(label["label"], value)
            end = paragraph.text.find(value, label.end()) + len(value)
        parts = (paragraph.text[: labels[0].start()].strip(), paragraph.text[end:].strip())
        kept += [replace(paragraph.saying(part), style=None) for part in parts if part]
    if len(said) < _LEAST:
        return list(paragraphs), {}
    return [*kept, *paragraphs[_HEAD:]], said
