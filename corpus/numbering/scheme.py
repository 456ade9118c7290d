"""What a numbering scheme is, and how the label at the start of a paragraph is read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from corpus.numerals import NUMERAL, read_numeral
from corpus.outline import ClauseKind

__all__ = ["HEADINGS", "Label", "Rank", "Scheme", "read_label"]

#: What stands above numbered clauses, outermost first, with its name in a path. It is part of
#: an address only where the numbers below it start anew in each.
HEADINGS = {
    "编": "book", "篇": "vol", "部分": "part", "分编": "subbook", "章": "chap", "节": "sect",
}  # fmt: skip
# Takes 第一章 总则, 第二编 物权, 第一部分　总体要求; refuses 第二章的规定, 第一部分，, 第三节课时.
_HEADING = re.compile(
    rf"第\s*(?P<number>{NUMERAL})\s*(?P<rank>分[编編]|部分|[编編篇章节節])(?=[\s　：:]|$|[^的之内中规規、，。条條款至和或及与與课])"
)
#: One character that is a number with its stop or its brackets.
_SQUARED = frozenset(map(chr, (*range(0x2474, 0x249C), *range(0x3220, 0x322A))))
#: What a label can begin with; most paragraphs begin with none of it.
_OPENERS = (
    frozenset(
        "第（(〔零〇一二三四五六七八九十百千0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
    )
    | _SQUARED
)
#: Headings of texts in traditional characters.
_SIMPLE = str.maketrans("編節", "编节")
#: A heading is a line of a few words; a longer one is a sentence that names a chapter.
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Rank:
    """One kind of number: its name in a path, its look at the start of a paragraph.

    ``pattern`` has the group ``number`` and may have ``branch``. ``runs`` says that the
    numbers always run through the whole document, whatever stands above them.
    """

    name: str
    kind: ClauseKind
    pattern: re.Pattern[str]
    runs: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """Ranks from the outermost to the innermost."""

    name: str
    ranks: tuple[Rank, ...]

    def depth(self, name: str) -> int:
        """Return how deep a rank stands, 0 being the outermost."""
        return [rank.name for rank in self.ranks].index(name)


@dataclass(frozen=True, slots=True)
class Label:
    """A label found at the start of a paragraph: ``rest`` is what follows it."""

    rank: str
    number: int
    branch: int
    marker: str
    rest: str
    kind: ClauseKind | None = None

    @property
    def is_heading(self) -> bool:
        """Whether this is a 编, 章 or 节, which carries no address."""
        return self.rank in HEADINGS


def read_label(paragraph: str, scheme: Scheme) -> Label | None:
    """Read the label that opens a paragraph, or None where it opens with plain words.

    第五条第二款规定… and 第三条的规定 are mentions, not labels; 第三条 and 第三条为了… are labels.
    """
    text = paragraph.lstrip()
    first = text[:1]
    if first == "第" and (heading := _HEADING.match(text)):
        rest = text[heading.end() :].strip("　 \t：:")
        if len(rest) <= _LONGEST_HEADING and "。" not in rest:
            rank = heading["rank"].translate(_SIMPLE)
            return Label(rank, read_numeral(heading["number"]), 0, heading[0], rest)
    if first not in _OPENERS:
        return None
    # ⒈ ⑴ ㈠ are one character each; spelled out they are 1. (1) (一).
    spelled = unicodedata.normalize("NFKC", first) + text[1:] if first in _SQUARED else text
    for rank in scheme.ranks:
        if (match := rank.pattern.match(spelled)) and (label := _label(rank, match, spelled)):
            return label if spelled is text else replace(label, marker=first)
    return None


def _label(rank: Rank, match: re.Match[str], text: str) -> Label | None:
    number = read_numeral(match["number"])
    branch = match.groupdict().get("branch")
    # No official text counts from zero, or past 9999; 0．5% is a figure.
    if not 0 < number < 10_000:
        return None
    return Label(
        rank.name,
        number,
        read_numeral(branch) if branch else 0,
        match[0].strip(),
        text[match.end() :].strip(),
        rank.kind,
    )
