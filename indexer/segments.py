"""Part a file into its texts: the document itself, its annexes, further texts in the same file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.numbering import NOTICE, STATUTE, read_label
from corpus.numerals import NUMERAL, read_numeral
from indexer.clean import Paragraph
from indexer.contents import quoted, without_contents
from indexer.dates import is_day
from indexer.docnumbers import is_number_line
from indexer.further import further_texts
from indexer.headmatter import is_enactment
from indexer.signature import is_signature, without_signature
from indexer.titlelines import heads_collection
from indexer.titles import carried_title, same_title

__all__ = ["Segment", "Texts", "part_texts"]

_CN = "[一二三四五六七八九十]{1,3}"
# Takes 附件, 附件1, 附件一：申报指南, 附件1申报书, 附表, 附录A 名录, 附：, 附; refuses 附则, 附件材料齐全的.
_ANNEX = re.compile(
    rf"附(?:\s*(?:件|表|录|图)\s*(?:(?P<number>\d{{1,2}}|{_CN})(?:\s*[-—－]\s*(?P<branch>\d{{1,2}})(?!\d))?(?![\d年月日])|[A-Z](?![A-Z])|(?=[：:\s]|$))|(?=\s*[：:]|$))"
    r"\s*[—-]?\s*[：:．.、]?\s*(?P<title>[^。；]{0,80})"
)
# Takes the entries of a list of annexes: 1．申报表, 2. 承诺书.
_ENTRY = re.compile(
    rf"(?:(?:{NUMERAL})(?:-\d{{1,2}})?\s*[．.、]|附\s*件\s*(?:{NUMERAL})?\s*[：:．.、]?)\s*[^。；]{{2,80}}[。；]?"
)
#: What tells versions apart, on a line of its own under a title: （征求意见稿）, （试行）.
_VERSION = re.compile(r"[（(](?:[^（）()]{0,10}(?:稿|草案|版|本|修订|修正)|试行|暂行)[）)]")
_ENDS = re.compile(r"[。；，：:、]$")
#: Lines that can stand between a text's title and its first article.
_LONGEST_HEAD = 40
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Segment:
    """A text behind the main one: an annex (附件N) or a further text, with its title line.

    ``first`` is the line that it begins with; ``branch`` is the 2 of 附件1-2.
    """

    rank: Literal["annex", "text"]
    number: int
    title: str
    first: Paragraph | None
    paragraphs: tuple[Paragraph, ...]
    branch: int = 0


@dataclass(frozen=True, slots=True)
class Texts:
    """The main text, the list of annexes under it, and the texts behind it."""

    main: tuple[Paragraph, ...]
    listed: tuple[Paragraph, ...]
    others: tuple[Segment, ...]


def part_texts(paragraphs: Sequence[Paragraph]) -> Texts:
    """Part the paragraphs of a file at its annexes and where numbering begins again."""
    main, listed, annexes = _at_annexes(without_contents(paragraphs))
    texts = _at_restarts(main, carried_title(paragraphs))
    # The texts of a collection are its first, second …; its title is none of them.
    collected = any(heads_collection(p.text) for p in texts[0][-1:] if not p.row)
    behind = enumerate(texts[1:], 1 if collected else 2)
    others = [Segment("text", n, *_titled(text)) for n, text in behind]
    for annex in annexes:
        first, *more = _at_restarts(annex.paragraphs)
        others.append(replace(annex, paragraphs=tuple(first)))
        count = 1 + sum(other.rank == "text" for other in others)
        others += (Segment("text", n, *_titled(t)) for n, t in enumerate(more, count + 1))
    return _signed(Texts(tuple(texts[0]), tuple(listed), tuple(others)))


def _signed(texts: Texts) -> Texts:
    """Put the signature that stands below the last annex under the text itself, if that has none."""
    if not texts.others or texts.others[-1].rank != "annex":
        return texts
    body, signed, imprint = without_signature(texts.others[-1].paragraphs)
    own = without_signature(texts.main)[1]
    if not any(is_day(p.text) for p in signed) or any(is_day(p.text) for p in own):
        return texts
    last = replace(texts.others[-1], paragraphs=tuple(body))
    main = (*texts.main, *signed, *imprint)
    return replace(texts, main=main, others=(*texts.others[:-1], last))


def _at_annexes(
    paragraphs: list[Paragraph],
) -> tuple[list[Paragraph], list[Paragraph], list[Segment]]:
    main: list[Paragraph] = []
    listed: list[Paragraph] = []
    found: list[tuple[tuple[int, int], str, Paragraph, list[Paragraph]]] = []
    carried = carried_title(paragraphs)
    index = 0
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        match = None if paragraph.row else _ANNEX.fullmatch(paragraph.text)
        held = found[-1][3] if found else main
        if match is None or not (held or found):
            held.append(paragraph)
        elif not found and (end := _end_of_list(paragraphs, index)):
            listed += paragraphs[index:end]
            index = end - 1
        elif carried and same_title(match["title"], carried):
            held.append(replace(paragraph, text=match["title"].strip()))
        elif carried and _carried_below(paragraphs, index, carried):
            pass
        else:
            printed = read_numeral(match["number"]) if match["number"] else 0
            branch = int(match["branch"] or 0)
            number = (printed or len(found) + 1, branch)
            title, taken = _annex_title(paragraphs, index, match["title"].strip())
            found.append((number, f"{_marker(paragraph, match)}{title}", paragraph, []))
            index += taken
        index += 1
    return main, listed, _numbered(found)


def _marker(paragraph: Paragraph, match: re.Match[str]) -> str:
    marker = re.sub(r"\s+", "", paragraph.text[: match.start("title")]).rstrip("：:．.、")
    return f"{marker} " if match["title"].strip() else marker


def _numbered(
    found: Sequence[tuple[tuple[int, int], str, Paragraph, list[Paragraph]]],
) -> list[Segment]:
    """Annexes under their printed numbers; one that stands twice is numbered on."""
    annexes: list[Segment] = []
    taken: set[tuple[int, int]] = set()
    for number, title, first, paragraphs in found:
        if number in taken:
            number = (max(taken)[0] + 1, 0)
        taken.add(number)
        annexes.append(Segment("annex", number[0], title, first, tuple(paragraphs), number[1]))
    return annexes


def _end_of_list(paragraphs: Sequence[Paragraph], start: int) -> int | None:
    """Where a list of annexes ends, or None where an annex itself begins at ``start``."""
    end = start + 1
    first = re.match(r"附\s*+件?\s*+[：:]\s*+1(?:-1)?\s*+[．.、]", paragraphs[start].text)
    if not re.search(r"[：:]", paragraphs[start].text) and not _entry_like(paragraphs, start):
        return None
    while (
        end < len(paragraphs) and not paragraphs[end].row and _ENTRY.fullmatch(paragraphs[end].text)
    ):
        end += 1
    if end == len(paragraphs):
        return end if end - start < 30 and len(paragraphs[start].text) > 4 else None
    behind = paragraphs[end : end + 2]
    if first:
        return end
    closed = any(is_signature(p.text) for p in behind if not p.row)
    again = not behind[0].row and _ANNEX.fullmatch(behind[0].text)
    return end if closed or again else None


def _entry_like(paragraphs: Sequence[Paragraph], start: int) -> bool:
    return bool(re.match(r"附\s*+件\s*+\d?\s*+[.．、]?\s*+\S{4,}", paragraphs[start].text))


def _carried_below(paragraphs: Sequence[Paragraph], index: int, carried: str) -> bool:
    """Whether the lines under 附件 are the title of the very text that a notice carries."""
    below = [p.text for p in paragraphs[index + 1 : index + 4]]
    return any(same_title("".join(below[:lines]), carried) for lines in range(1, len(below) + 1))


def _annex_title(paragraphs: Sequence[Paragraph], index: int, title: str) -> tuple[str, int]:
    """The title of an annex, on the line of its marker or on the lines below it."""
    if title:
        return title, 0
    taken: list[str] = []
    for paragraph in paragraphs[index + 1 : index + 3]:
        if not _is_title(paragraph) or _ANNEX.fullmatch(paragraph.text):
            break
        taken.append(paragraph.text)
        if paragraph.style != "title":
            below = paragraphs[index + len(taken) + 1 : index + len(taken) + 2]
            taken += (p.text for p in below if not p.row and _VERSION.fullmatch(p.text))
            break
    joined = "".join(taken)
    return (f" {joined}" if joined else ""), len(taken)


def _is_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if paragraph.row or len(text) > _LONGEST_TITLE or _ENDS.search(text) or "。" in text:
        return False
    return not read_label(text, NOTICE) and not read_label(text, STATUTE)


def _at_restarts(
    paragraphs: Sequence[Paragraph], carried: str | None = None
) -> list[list[Paragraph]]:
    """Part paragraphs where a second 第一条 (or, under a title, a second 一、) begins a text."""
    inside = quoted(paragraphs)
    cuts = [0]
    forced = further_texts(paragraphs, carried)
    seen: dict[str, set[int]] = {"art": set(), "sec": set()}
    headings: dict[str, int] = {}
    goes_on = False
    for index, paragraph in enumerate(paragraphs):
        if index in forced and index not in inside:
            cuts.append(index)
            seen, headings, goes_on = {"art": set(), "sec": set()}, {}, False
        if paragraph.row or index in inside:
            continue
        label = read_label(paragraph.text, STATUTE)
        if label is None:
            continue
        if label.is_heading:
            # 第二部分 behind 第一部分 goes on with the same text; 第一章 behind 第八章 does not.
            goes_on = label.number == headings.get(label.rank, 0) + 1 and label.number > 1
            headings[label.rank] = label.number
        elif label.rank in seen:
            numbers = seen[label.rank]
            if label.number == 1 and not label.branch and {1, 3} <= numbers and not goes_on:
                start = _head_above(paragraphs, index, cuts[-1])
                if label.rank == "art" or start < index:
                    cuts.append(start)
                    seen = {"art": set(), "sec": set()}
                    headings = {}
                    numbers = seen[label.rank]
            numbers.add(label.number)
            goes_on = False
    return [list(paragraphs[a:b]) for a, b in zip(cuts, [*cuts[1:], len(paragraphs)], strict=True)]


def _head_above(paragraphs: Sequence[Paragraph], index: int, floor: int) -> int:
    """Where the head of a text begins whose first number stands at ``index``."""
    start = index
    while start > floor + 1 and index - start < _LONGEST_HEAD:
        above = paragraphs[start - 1]
        label = None if above.row else read_label(above.text, STATUTE)
        heading = label is not None and label.is_heading
        if not (heading or is_enactment(above.text) or _is_title(above)):
            break
        start -= 1
    return start


def _titled(
    paragraphs: Sequence[Paragraph],
) -> tuple[str, Paragraph | None, tuple[Paragraph, ...]]:
    """Part the title lines of a further text from its body."""
    end = 0
    while end < min(3, len(paragraphs)) and _is_title(paragraphs[end]):
        if is_enactment(paragraphs[end].text) or is_number_line(paragraphs[end].text):
            break
        end += 1
    title = "".join(p.text for p in paragraphs[:end])
    return title, next(iter(paragraphs), None), tuple(paragraphs[end:])
