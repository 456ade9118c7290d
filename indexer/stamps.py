"""The line that sites print under a title: 发布日期：2024-03-22 来源：市工业和信息化局."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from indexer.clean import Paragraph
from indexer.dates import first_day, is_day

__all__ = ["is_stamp", "published_in"]

#: What sites print beside the day: 来源：市工业和信息化局, 浏览次数：120.
_SAID = (
    r"(?:(?:信息|文章|稿件)?来源|发布(?:机构|单位|人)|作者|编辑|(?:浏览|阅读|访问|点击)(?:次数|量|数)?)"
    r"\s*[:：]\s*[^\s，。；：]{1,30}"
)
_PUBLISHED = re.compile(
    rf"(?:{_SAID}\s+){{0,8}}(?:发布|公布|发文)(?:日期|时间)\s*[:：]\s*\d{{4}}[-年./]\d{{1,2}}[-月./]\d{{1,2}}日?"
    rf"(?:\s*\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?(?:\s*{_SAID})*"
)
# The same on news sites: 2023-02-27 18:43 来源：新华社.
_STAMP = re.compile(
    r"(?:19|20)\d{2}[-年./]\d{1,2}[-月./]\d{1,2}日?\s*+(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*+(?:来源.*)?"
)


def is_stamp(paragraph: Paragraph) -> bool:
    """Whether a line says when a page was published, and nothing of its text."""
    text = paragraph.text
    stamped = _PUBLISHED.fullmatch(text) or _STAMP.fullmatch(text)
    return not paragraph.row and bool(stamped) and not is_day(text)


def published_in(paragraphs: Sequence[Paragraph]) -> date | None:
    """Return the day of publication that lines of a head state."""
    for paragraph in paragraphs:
        text = paragraph.text
        if (match := _PUBLISHED.search(text)) or (
            is_stamp(paragraph) and (match := _STAMP.match(text))
        ):
            return first_day(match[0], iso=True)
    return None
