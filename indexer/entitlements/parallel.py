"""Lists that 分别 pairs with figures: the n parallel items of a phrase, with what they share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Parallel", "parallel_items"]

# Names in quotes may follow each other without a mark: “小升规”“规改股”.
_MARK = re.compile(r"、|以及|和|及|或者|或|与|，|(?<=”)(?=“)")
#: Ⅰ、Ⅱ、Ⅲ期, 甲、乙、丙类: what the items are of stands behind the last.
_ORDINAL = re.compile(r"[Ⅰ-ⅫIVX]+|[A-Z]|[甲乙丙丁]")
#: A list is taken only if its items are this alike; below, pairing would be a guess.
_ALIKE = 0.3
#: 就业或者创业 are two ways to one thing, which 分别 seldom tells apart; another list goes before them.
_EITHER = 0.2
_AT_MOST = 60
#: 国家级, 市级: a level is one word.
_LEVEL = re.compile(r"(?:国家|世界|全国|省部|自治区|[省市区县部厅])级$")
#: Verbs that the first item of a list shares with the others: 自行装修厂房、办公用房.
_VERBS = "自行装修|装修|承担|购买|采购|举办|参加|引进|建设|开展|实施|租用|通过|取得|获得|完成|进入|入选|评为|认定为|列入|新建|开发"


@dataclass(frozen=True, slots=True)
class Parallel:
    """Spans within a phrase: what stands before all items, the items, what stands behind all."""

    head: tuple[int, int]
    items: tuple[tuple[int, int], ...]
    tail: tuple[int, int]


def parallel_items(text: str, count: int) -> Parallel | None:
    """Find the one list of ``count`` parallel items in a phrase; None where none is clear.

    >>> found = parallel_items("对国家级、省级、市级孵化载体", 3)
    >>> [("对国家级、省级、市级孵化载体")[a:b] for a, b in found.items]
    ['国家级', '省级', '市级']
    >>> text = "到本市企业就业或者自主创业的全日制博士、硕士研究生"
    >>> [text[a:b] for a, b in parallel_items(text, 2).items]
    ['全日制博士', '硕士']
    """
    best, best_score = None, 0.0
    for marks in _series(text, count - 1):
        found = _cut(text, marks)
        if found is None:
            continue
        score = _alikeness([text[a:b] for a, b in found.items]) + _bonus(text, marks)
        weight = score - _EITHER * any(m[0].startswith("或") for m in marks)
        if score > _ALIKE and (best is None or weight > best_score):
            best, best_score = found, weight
    return best


def _series(text: str, count: int) -> Iterator[tuple[re.Match[str], ...]]:
    """Runs of ``count`` marks outside brackets that can part one list: 、 all along, 和 last.

    No pause may be skipped inside a list; two items may be parted by any one mark.
    """
    marks = [m for m in _MARK.finditer(text) if not _inside(text, m.start())][:_AT_MOST]
    if count == 1:
        yield from ((mark,) for mark in marks)
        return
    pauses = [m for m in marks if m[0] in "、，"]
    for begun in range(len(pauses) - count + 2):
        others = pauses[begun : begun + count - 1]
        behind = pauses[begun + count - 1 : begun + count]
        stop = behind[0].start() if behind else len(text)
        for last in marks:
            if others[-1].start() < last.start() <= stop:
                yield (*others, last)


def _inside(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("（") + before.count("(") > before.count("）") + before.count(")")


def _cut(text: str, marks: tuple[re.Match[str], ...]) -> Parallel | None:
    """Trim the first item in front and the last one behind to the shape of the others."""
    starts = [0, *(m.end() for m in marks)]
    ends = [*(m.start() for m in marks), len(text)]
    if any(e <= s for s, e in zip(starts, ends, strict=True)):
        return None
    ends[-1] = _behind(text, starts, ends)
    starts[0] = _front(text, starts, ends)
    items = tuple(zip(starts, ends, strict=True))
    if any(e <= s for s, e in items):
        return None
    return Parallel((0, starts[0]), items, (ends[-1], len(text)))


def _front(text: str, starts: list[int], ends: list[int]) -> int:
    """Where the first item begins: at the words the others begin with, else as long as they are."""
    first, second = text[: ends[0]], text[starts[1] : ends[1]]
    shared = _common(second, text[starts[2] : ends[2]]) if len(starts) > 2 else ""
    for words in (shared, second[:2]):
        if len(words) >= 2 and words in first:
            return first.rindex(words) if first.count(words) == 1 else first.index(words)
    if level := _LEVEL.search(first):
        return level.start()
    verb = re.search(rf"^.{{0,16}}?(?:{_VERBS})", first)
    modified = first.rfind("的") + 1
    if modified and len(first) - modified >= 2 and modified <= len(first) - len(second) + 5:
        return modified
    same = _common(first[::-1], second[::-1])
    if len(same) >= 1 and len(first) > len(second):
        begun = len(first) - len(second)
        # Words before the list: 对, 经认定的, 获得.
        cut = max((m.end() for m in re.finditer(r"对于?|[为获得经按的]", first[:-1])), default=0)
        if verb and cut < verb.end() <= begun + 1:
            return verb.end()
        return cut if abs(cut - begun) <= 2 else begun
    if verb and len(first) >= len(second) + 2 and len(first) > verb.end():
        return verb.end()
    lead = re.match(r"(?:对于?|凡|给予|支持|鼓励|获得?|按照?|分别按?|通过)", first)
    return lead.end() if lead else 0


def _behind(text: str, starts: list[int], ends: list[int]) -> int:
    """Where the last item ends: at the character that the others end with, within their length."""
    last = text[starts[-1] :]
    others = [text[s:e] for s, e in zip(starts[:-1], ends[:-1], strict=True)]
    for size in (4, 3, 2, 1):
        tails = {other[-size:] for other in others}
        if len(tails) == 1 and (tail := tails.pop()) in last:
            return starts[-1] + last.index(tail) + size
    ordinal = _ORDINAL.match(last)
    if ordinal and all(_ORDINAL.fullmatch(other) for other in others[1:]):
        return starts[-1] + ordinal.end()
    near = others[-1]
    if len(near) <= 6 and near[-1] in last[: len(near) + 2]:
        return starts[-1] + last.index(near[-1]) + 1
    longest = max(map(len, others))
    match = re.search(r"(?:的|[0-9一二三四五六七八九十]个|等|两个|分别)", last)
    if match and match.start() >= 2:
        return starts[-1] + match.start()
    return len(text) if len(last) <= 2 * longest + 4 else starts[-1] + longest


def _alikeness(items: list[str]) -> float:
    """How alike items are: shared beginnings and ends, and lengths."""
    total = 0.0
    for left, right in pairwise(items):
        shared = len(_common(left, right)) + len(_common(left[::-1], right[::-1]))
        total += min(1.0, 2 * shared / (len(left) + len(right)))
        total += 0.5 * min(len(left), len(right)) / max(len(left), len(right))
    return total / (len(items) - 1)


def _bonus(text: str, marks: tuple[re.Match[str], ...]) -> float:
    """The pause is the usual mark; a list that ends in 和 is usual for three and more."""
    return 0.2 if all(m[0] in "、，" for m in marks) else 0.1 * (len(marks) > 1)


def _common(left: str, right: str) -> str:
    size = 0
    while size < min(len(left), len(right)) and left[size] == right[size]:
        size += 1
    return left[:size]
