"""What looks like a label and is none: contents pages, and texts quoted in an amendment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.clean import Paragraph

__all__ = ["quoted", "without_contents"]

#: A line of a contents page: words, leaders, a page number (总则……3), or leaders alone.
_LEADER = re.compile(
    r".{0,80}?(?:[.…·．⋯—_-]{3,}|[.…·．⋯]\s++[.…·．⋯]).{0,6}?\s*+[-—(（]?\s*+\d{0,4}\s*+[-—)）]?"
)
_LEADS = re.compile(
    r"(?<![.…·．⋯\s_])[.…·．⋯\s_]{3,}+[-—(（]?\s*+\d{0,4}\s*+[-—)）]?$|(?:(?<=\D)(?<!\s)|(?<=\d\s))\s++\d{1,4}$"
    r"|(?<=[\u4e00-\u9fff）)])\d{1,4}$"
)
_CONTENTS = re.compile(r"目\s*[录次](?:CONTENTS)?", re.IGNORECASE)
#: Beyond this many paragraphs a heading 目录 begins no contents page of its document.
_SEARCHED = 80
_LONGEST_ENTRY = 90
#: Entries of a contents page in a row that need not stand again below.
_STRAY = 2
#: A quotation of more paragraphs than this lacks its closing mark.
_LONGEST_QUOTE = 80


def without_contents(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Drop a contents page: its heading and the lines that stand again, as headings, below."""
    kept = [p for p in paragraphs if p.row or not _is_leader(p.text)]
    at = next((i for i, p in enumerate(kept[:_SEARCHED]) if _CONTENTS.fullmatch(p.text)), None)
    if at is None:
        return kept
    if len(kept) < len(paragraphs):
        # Its lines had leaders, and are gone.
        return [*kept[:at], *kept[at + 1 :]]
    bare = [_bare(p.text) for p in kept]
    last = {text: index for index, text in enumerate(bare)}
    # A heading may stand on two lines below: 附件一 and its title.
    last |= {a + b: i for i, (a, b) in enumerate(pairwise(bare)) if i > last.get(a + b, -1)}
    end = probe = at + 1
    # An entry may be worded a little differently from its heading; three in a row are no contents.
    # Where the first entry stands again, the text begins.
    while probe < len(kept) and probe - end <= _STRAY and not kept[probe].row:
        if probe > at + 1 and bare[probe] == bare[at + 1]:
            break
        if last[bare[probe]] > probe:
            end = probe + 1
        probe += 1
    return [*kept[:at], *kept[end:]] if end > at + 1 else kept


def _is_leader(text: str) -> bool:
    leads = _LEADS.search(text)
    # Its dots may be any number; its words are few.
    if not leads or leads.start() > _LONGEST_ENTRY:
        return False
    return bool(_LEADER.fullmatch(text)) and bool(re.search(r"\d\W*$|^\W+$", text))


def _bare(text: str) -> str:
    """A heading without blanks, leaders and the page number that a contents page gives it."""
    return re.sub(r"\s+", "", _LEADS.sub("", text))


def quoted(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Return the positions of paragraphs that go on with a quotation opened before them.

    “第六条 … / （一）… / （二）…。” in an amendment are words of another text; its labels number
    nothing here. Each paragraph may open with a mark of its own; the last one closes it.
    """
    inside: set[int] = set()
    index = 0
    while index < len(paragraphs):
        index += 1
        if _opens(paragraphs[index - 1].text):
            end = _end_of_quote(paragraphs, index)
            inside.update(range(index, end))
            index = end
    return frozenset(inside)


def _end_of_quote(paragraphs: Sequence[Paragraph], start: int) -> int:
    """The position behind a quotation; of one that is never closed, behind what opens with “."""
    for later in range(start, min(start + _LONGEST_QUOTE, len(paragraphs))):
        text = paragraphs[later].text
        if _closes(text):
            return later + 1
        if not text.startswith("“") and ("：“" in text or ":“" in text):
            break
    end = start
    while end < len(paragraphs) and paragraphs[end].text.startswith("“"):
        end += 1
    return end


def _opens(text: str) -> bool:
    """Whether a paragraph begins a quotation at its start or behind a colon, and leaves it open."""
    at = 0 if text.startswith("“") else max(text.rfind("：“"), text.rfind(":“"))
    return at >= 0 and text.count("“", at) > text.count("”", at)


def _closes(text: str) -> bool:
    return text.count("”") > text.count("“") or (
        text.startswith("“")
        and text.count("”") == text.count("“")
        and text.rstrip("。；").endswith("”")
    )
