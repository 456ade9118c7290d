"""Markdown without its marks, line by line: what is no Markdown stays as it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from indexer.loaders.base import Line, Row, Source, Style, Told
from indexer.loaders.markdown_inline import plain

__all__ = ["read_markdown"]

#: Takes # 标题, ## 第一章 ##, ##标题; refuses #话题#, #1.
_HEADING = re.compile(
    r" {0,3}(?:#{1,6}[ \t]+|#{2,6}(?=[\u4e00-\u9fff（《]))(?P<text>.*?)[ \t]{0,40}#{0,40}[ \t]{0,40}"
)
_UNDERLINE = re.compile(r" {0,3}={3,}[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})[^`]*")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
#: Takes "- 条目", "* [x] 条目"; refuses "- 1 -", a page number, and a dash without a blank.
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)(?!\d{1,4}[ \t]*-[ \t]*$)")
_DEFINITION = re.compile(r" {0,3}\[[^\]]{1,80}\]:[ \t]*\S+(?:[ \t]+[\"'(].*)?")
_DELIMITER = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+")
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_PAIR = re.compile(r"(?P<key>[\w\u4e00-\u9fff-]{1,30})[ \t]*[:：][ \t]*(?P<value>.*)")
_LONGEST_MATTER = 60
_FIELDS = {
    "title": "title", "标题": "title", "名称": "title",
    "doc_number": "doc_number", "number": "doc_number", "文号": "doc_number", "发文字号": "doc_number",
    "issuer": "issuers", "issuers": "issuers", "发文机关": "issuers", "发布机关": "issuers", "制定机关": "issuers",
    "issued": "issued", "成文日期": "issued",
    "date": "published", "published": "published", "发布日期": "published", "公布日期": "published",
}  # fmt: skip
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


def read_markdown(texts: Sequence[str]) -> Source:
    """Read lines of Markdown; each stays a line, so that its number is that of the source."""
    told, start = _front_matter(texts)
    reader = _Reader(_without_comments(texts[start:]))
    lines = tuple(replace(line, number=line.number + start) for line in reader.read())
    blank = tuple(Line("", number) for number in range(1, start + 1))
    return Source((*blank, *lines), told)


def _front_matter(texts: Sequence[str]) -> tuple[Told, int]:
    """Read the block between two lines of dashes that opens a file, where it is one of pairs."""
    if not texts or texts[0].strip("\ufeff \t") != "---":
        return Told(), 0
    for end, text in enumerate(texts[1:_LONGEST_MATTER], 1):
        if text.rstrip() in ("---", "..."):
            return (_told(texts[1:end]), end + 1) if end > 1 else (Told(), 0)
        if not (_PAIR.match(text) or re.match(r"\s*$|\s+\S|\s*- |#", text)):
            break
    return Told(), 0


def _told(texts: Sequence[str]) -> Told:
    values = dict[str, str]()
    for text in texts:
        match = _PAIR.fullmatch(text)
        if match and (name := _FIELDS.get(match["key"].lower())):
            values.setdefault(name, match["value"].strip().strip("\"'[]").strip())
    issuers = re.split(r"[,，、;；]\s*", values.get("issuers", ""))
    return Told(
        values.get("title") or None,
        values.get("doc_number") or None,
        tuple(name.strip("\"' ") for name in issuers if name.strip("\"' ")),
        _date(values.get("issued", "")),
        _date(values.get("published", "")),
    )


def _date(text: str) -> date | None:
    match = _DATE.match(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _without_comments(texts: Sequence[str]) -> list[str]:
    """Blank out comments, over several lines too; one that is never closed is no comment."""
    text, parts, at = "\n".join(texts), list[str](), 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += (text[at:start], "\n" * text.count("\n", start, end))
        at = end + 3
    return "".join((*parts, text[at:])).split("\n")


@dataclass
class _Reader:
    """The lines of a file, and what has been met on the way through them."""

    texts: Sequence[str]
    titled: bool = False
    tables: int = 0
    lines: list[Line] = field(default_factory=list)

    def read(self) -> list[Line]:
        while (at := len(self.lines)) < len(self.texts):
            if end := self._end_of_fence(at):
                self._add("")
                for text in self.texts[at + 1 : end]:
                    self._add(text)
                self._add("")
            elif self._is_table(at):
                self._table(at)
            else:
                self._line(at)
        return self.lines

    def _add(self, text: str, starts: bool | None = None, style: Style | None = None) -> None:
        self.lines.append(Line(text, len(self.lines) + 1, starts=starts, style=style))

    def _end_of_fence(self, at: int) -> int | None:
        opened = _FENCE.fullmatch(self.texts[at])
        if not opened:
            return None
        mark = opened["mark"]
        closing = re.compile(rf" {{0,3}}{re.escape(mark)}{re.escape(mark[0])}*[ \t]*")
        later = range(at + 1, len(self.texts))
        return next((end for end in later if closing.fullmatch(self.texts[end])), None)

    def _line(self, at: int) -> None:
        text = (
            _QUOTE.sub("", self.texts[at], count=1) if ">" in self.texts[at][:4] else self.texts[at]
        )
        following = self.texts[at + 1] if at + 1 < len(self.texts) else ""
        if _UNDERLINE.fullmatch(following) and text.strip() and self._after_blank():
            self._heading(text)
            self._add("")
        elif (heading := _HEADING.fullmatch(text)) and heading["text"].strip():
            self._heading(heading["text"])
        elif _RULE.fullmatch(text) or _FENCE.fullmatch(text) or _DEFINITION.fullmatch(text):
            self._add("")
        elif bullet := _BULLET.match(text):
            self._add(plain(text[bullet.end() :]), starts=True)
        else:
            self._add(plain(text))

    def _after_blank(self) -> bool:
        return not self.lines or not self.lines[-1].text.strip()

    def _heading(self, text: str) -> None:
        self._add(plain(text.strip()), True, "heading" if self.titled else "title")
        self.titled = True

    def _is_table(self, at: int) -> bool:
        head, rule = self.texts[at], self.texts[at + 1] if at + 1 < len(self.texts) else ""
        if "|" not in head or "|" not in rule or not _DELIMITER.fullmatch(rule):
            return False
        return len(_cells(head)) == len(_cells(rule))

    def _table(self, at: int) -> None:
        self.tables += 1
        self._row(self.texts[at], header=True)
        self._add("")
        for text in self.texts[at + 2 :]:
            if "|" not in text:
                break
            self._row(text, header=False)

    def _row(self, text: str, header: bool) -> None:
        cells = tuple(plain(cell).strip() for cell in _cells(text))
        row = Row(self.tables, cells, header)
        self.lines.append(Line("\t".join(cells), len(self.lines) + 1, starts=True, row=row))


def _cells(text: str) -> list[str]:
    cells = _CELL_BREAK.split(text.strip())
    first, last = cells[0].strip() == "", cells[-1].strip() == ""
    return cells[first : len(cells) - (last and len(cells) > 1)]
