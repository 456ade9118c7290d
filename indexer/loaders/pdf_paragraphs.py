"""Which printed lines begin a paragraph: told by indent, right edge, distance, size and centring."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.numbering import HEADINGS, STATUTE, read_label
from indexer.loaders.pdf_lines import Printed
from indexer.loaders.pdf_measure import Measure
from indexer.loaders.pdf_wording import (
    counts_on,
    ends_sentence,
    has_label,
    is_field,
    is_leader,
    is_open,
    is_signature,
    room_for,
    width_of,
)

__all__ = ["Habits", "Placed", "begins_of", "habits", "starts", "title_of"]

#: A first line is set in by two characters; less is a margin, in parts of the size.
_INDENT = 1.2
_DEEPEST_INDENT = 3.4
#: Sizes that differ by more are of different paragraphs.
_OTHER_SIZE = 1.12
#: Lines further apart than this many times the usual distance are of different paragraphs.
_FURTHER = 1.45
#: Paragraphs set apart are this many times as far apart as lines; steps beyond so many times the
#: size are of something else; so many of a kind show a habit.
_WIDER, _FURTHEST, _ENOUGH = 1.12, 4.0, 3
#: A line this close to the margin, in parts of the measure, was hardly meant to end a paragraph.
_EARLY = 0.2
#: Lines of one title are at most this many times their size apart.
_TITLE_PITCH = 2.4
_TITLE_SIZE = 1.14
#: What a title ends with; the red head of a notice is larger and ends otherwise.
_TITLE = re.compile(
    r"(?:通知|意见|办法|规定|条例|细则|方案|规划|计划|决定|公告|通告|通报|批复|函|法|措施|政策|报告|"
    r"规则|标准|指南|指引|纲要|制度|解读|问答|目录|清单|解释|章程|准则|要点|命令|令|规程|规范|决议|"
    r"公报|说明|议案|纪要|请示|》)(?:[（(【〔][^）)】〕]{0,150}[）)】〕]){0,6}$"
)
#: What may end a title on a line of its own: （三）, （试行）.
_PART = re.compile(r"[（(][^（）()]{1,8}[）)]")
#: The head of an annex or of the contents, and how much of its line a heading fills at most.
_ALONE = re.compile(
    r"附\s*[件录表]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Z])?|目\s*[录次]|附\s*则"
)
_HEADING = 0.6
_RED_HEAD = re.compile(r"文\s*件$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its page, the region it stands in, and the margins there."""

    line: Printed
    page: int
    region: int
    measure: Measure

    @property
    def indent(self) -> float:
        """How far it is set in, in parts of its size."""
        return (self.line.left - self.measure.left) / self.line.size

    @property
    def room(self) -> float:
        """What is left to the right margin."""
        return self.measure.right - self.line.right

    @property
    def large(self) -> bool:
        """Whether it is set larger than the body."""
        return self.line.size >= _OTHER_SIZE * self.measure.size

    @property
    def centred(self) -> bool:
        """Whether it stands in the middle, and not set in by two characters by chance."""
        before, after = self.line.left - self.measure.left, self.room
        if not self.large and self.indent < _DEEPEST_INDENT:
            return False
        even = abs(before - after) <= max(1.3 * self.line.size, 0.05 * self.measure.width)
        return even and min(before, after) > (0.3 if self.large else 1.5) * self.line.size


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document sets its paragraphs.

    ``indented``: they begin with an indent. ``gap``: they are further apart than this, in parts
    of the size; 0 where the distance tells nothing. ``breaks``: a sentence that ends where its
    line is full more often ends its paragraph, too.
    """

    indented: bool
    gap: float = 0.0
    breaks: bool = False


def habits(lines: Sequence[Placed]) -> Habits:
    """Tell how a document sets its paragraphs from the lines whose place in one is certain."""
    body = [line for line in lines if not (line.large or line.centred)]
    going, ending, ended = list[float](), list[float](), 0
    for before, line in pairwise(body):
        full = not room_for(line.line, before.room)
        sentence = ends_sentence(before.line.text)
        step = (line.line.base - before.line.base) / line.line.size
        near = (before.page, before.region) == (line.page, line.region) and 0 < step < _FURTHEST
        ended += not full and before.line.text.endswith("。")
        if near and full and not sentence:
            going.append(step)
        elif near and sentence and not full and before.room > _EARLY * before.measure.width:
            ending.append(step)
    gap = 0.0
    if min(len(going), len(ending)) >= _ENOUGH and median(ending) > _WIDER * median(going):
        gap = (median(going) + median(ending)) / 2
    inside = sum(line.line.text[:-1].count("。") for line in body)
    return Habits(_indents(lines), gap, ended > inside)


def _indents(lines: Sequence[Placed]) -> bool:
    """Whether paragraphs begin with an indent, told by the lines behind one that had room left."""
    opening = [
        line
        for before, line in pairwise(lines)
        if room_for(line.line, before.room)
        and not (before.centred or line.centred or line.large)
        and line.indent < _DEEPEST_INDENT
    ]
    if not opening:
        return any(_INDENT <= line.indent <= _DEEPEST_INDENT for line in lines)
    return 2 * sum(line.indent >= _INDENT for line in opening) >= len(opening)


def begins_of(flow: Sequence[Placed | None]) -> list[bool]:
    """Tell of each line whether it begins a paragraph; None stands for a table, which does."""
    habit = habits([line for line in flow if line])
    begins: list[bool] = []
    before: Placed | None = None
    so_far = ""
    for line in flow:
        begins.append(line is None or starts(before, line, habit, so_far))
        if line:
            so_far = line.line.text if begins[-1] else so_far + line.line.text
        before = line
    return begins


def starts(before: Placed | None, line: Placed, habit: Habits, so_far: str = "") -> bool:
    """Whether a line begins a paragraph, or goes on with the one that reads ``so_far``.

    ``habit`` is what ``habits`` says of the document.
    """
    if before is None or _parted(before, line, habit.gap):
        return True
    text = line.line.text
    if is_open(so_far) and not has_label(text):
        return False
    if _quotes_on(so_far, text) or _is_heading(line):
        return True
    if line.large or line.centred or before.centred:
        return not _one_title(before, line)
    if line.indent * line.line.size > 0.4 * line.measure.width:
        return True
    ended = ends_sentence(before.line.text) or has_label(text)
    if room_for(line.line, before.room):
        # A line that ends a little early and within a sentence was set so.
        nearly = before.room < _EARLY * before.measure.width and line.indent < _INDENT
        nearly = nearly and not is_field(text)
        return ended or not nearly
    if line.indent >= _INDENT:
        # The line before was cut at the margin within a sentence: a list or heading hung beside it.
        return ended
    if habit.indented:
        # A number at the margin is a reference there, unless it goes on counting.
        return ends_sentence(before.line.text) and counts_on(so_far, text)
    seen = habit.gap and before.page == line.page
    broken = habit.breaks and not seen and before.line.text.endswith("。")
    return broken or (ends_sentence(before.line.text) and has_label(text))


def title_of(lines: Sequence[tuple[Placed, bool]]) -> frozenset[int]:
    """Return the places of the lines of the title on the first page; empty if none stands out."""
    groups: list[list[int]] = []
    for i, (line, begins) in enumerate(lines):
        if line.page != lines[0][0].page or line.line.size < _TITLE_SIZE * line.measure.size:
            continue
        if not begins and groups and groups[-1][-1] == i - 1:
            groups[-1].append(i)
        elif line.centred or width_of(line.line) > 0.8 * line.measure.width:
            groups.append([i])
    texts = {tuple(g): "".join(lines[i][0].line.text for i in g) for g in groups}
    wanted = {g: text for g, text in texts.items() if not _RED_HEAD.search(text)}
    named = [g for g, text in wanted.items() if _TITLE.search(text)]
    choice = named or list(wanted)
    best = max(choice, key=lambda g: (round(lines[g[0]][0].line.size), -g[0]), default=())
    return frozenset(best)


def _parted(before: Placed, line: Placed, gap: float) -> bool:
    """Whether size, distance or kind part two lines, whatever they say."""
    if line.page > before.page + 1:
        # The page between could not be read.
        return True
    larger, smaller = sorted((before.line.size, line.line.size), reverse=True)
    if larger > _OTHER_SIZE * smaller:
        return True
    if any(is_leader(each.line.text) or is_signature(each.line.text) for each in (before, line)):
        return True
    if (before.page, before.region) != (line.page, line.region):
        return False
    step = line.line.base - before.line.base
    if line.large:
        # Set on the grid of the body, a large line takes two of its lines.
        return step > max(_TITLE_PITCH * line.line.size, 2.1 * line.measure.pitch)
    return step > (gap * line.line.size or _FURTHER * line.measure.pitch)


def _one_title(before: Placed, line: Placed) -> bool:
    """Whether two lines are of one title or heading."""
    text = line.line.text
    part = bool(_PART.fullmatch(text.strip()))
    labelled = has_label(text) and not part
    # A bracket closes a sentence, or is a part of a title's name: 解释（二）的补充规定.
    ended = ends_sentence(before.line.text) and not (line.large and text.startswith("的"))
    if labelled or ended or before.page != line.page:
        return False
    if line.large:
        full = width_of(line.line) > 0.95 * line.measure.width
        return line.centred or full or not room_for(line.line, before.room)
    # Among small centred lines, only one that was cut goes on.
    wide = width_of(before.line) > 0.6 * before.measure.width
    return line.centred and wide and (before.centred or not room_for(line.line, before.room))


def _is_heading(line: Placed) -> bool:
    """Whether a line is the heading of a chapter or an annex, and has much room left."""
    text = line.line.text.strip()
    if width_of(line.line) > _HEADING * line.measure.width or re.search("[，。；：]", text):
        return False
    label = read_label(text, STATUTE)
    chapter = label is not None and label.rank in HEADINGS and bool(label.rest)
    return chapter or bool(_ALONE.fullmatch(text))


def _quotes_on(so_far: str, text: str) -> bool:
    """Whether a line opens a quotation anew, as each paragraph does of one that goes on."""
    return (
        text.startswith("“")
        and so_far.count("“") > so_far.count("”")
        and so_far.endswith(("。", "；", "：", ":"))
    )
