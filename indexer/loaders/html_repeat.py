"""A text that its page prints twice, for two kinds of screens, counts once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from indexer.loaders.html_blocks import Block
from indexer.loaders.html_walk import sentences, squeeze

__all__ = ["stands_elsewhere", "without_repeats"]

#: A shorter run of equal paragraphs may be a form, or wording that a text repeats on purpose.
_LONG_RUN, _LONG_TEXT = 8, 400
_WHOLE_TEXT = 60
_MOST_PLACES = 8
#: A shorter sentence may stand in any page.
_SHORT = 8


def without_repeats(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[int, ...]]:
    """Drop the second copy of a long run of paragraphs; return where one stood among the kept."""
    words = [squeeze(block.text) for block in blocks]
    whole = sum(map(len, words)) * 0.4
    places = defaultdict[str, list[int]](list)
    kept, dropped, at = list[Block](), list[int](), 0
    while at < len(blocks):
        run = max((_run(words, start, at) for start in places[words[at]]), default=0)
        text = sum(len(words[i]) for i in range(at, at + run) if not blocks[i].row)
        long = run >= _LONG_RUN and text >= _LONG_TEXT
        if long or (text >= _WHOLE_TEXT and text >= whole):
            dropped.append(len(kept))
            at += run
            continue
        if len(places[words[at]]) < _MOST_PLACES:
            places[words[at]].append(at)
        kept.append(blocks[at])
        at += 1
    return tuple(kept), tuple(dropped)


def _run(words: Sequence[str], start: int, at: int) -> int:
    """How many paragraphs from ``at`` on equal those from ``start`` on."""
    length = 0
    while at + length < len(words) and start + length < at:
        if words[start + length] != words[at + length]:
            break
        length += 1
    return length


def stands_elsewhere(main: Sequence[Block], others: Sequence[Block]) -> bool:
    """Whether more than half of a text stands a second time in the rest of its page."""
    known = {part for block in others for part in sentences(block.text)}
    own = [part for block in main for part in sentences(block.text) if len(part) >= _SHORT]
    found = sum(len(part) for part in own if part in known)
    return 2 * found > sum(map(len, own)) > 0
