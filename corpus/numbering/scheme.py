"""What a numbering scheme is, and how the label at the start of a paragraph is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import NUMERAL, read_numeral
from corpus.outline import ClauseKind

__all__ = ["HEADINGS", "Label", "Rank", "Scheme", "read_label"]

#: What stands above articles without being part of their address: 编 > 章 > 节.
HEADINGS = ("编", "章", "节")
_HEADING = re.compile(
    rf"第(?P<number>{NUMERAL})\s*(?P<rank>[编章节])(?=[\s　]|$|[^的之内中规、，。条款])"
)


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
    if heading := _HEADING.match(text):
        number = read_numeral(heading["number"])
        rest = text[heading.end() :].strip()
        return Label(heading["rank"], number, 0, heading[0], rest)
    labels = (
        _label(rank, match, text) for rank in scheme.ranks if (match := rank.pattern.match(text))
    )
    return next((label for label in labels if label), None)


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
