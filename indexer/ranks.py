"""How a text uses its numbers: which scheme, which ranks run on, what starts them anew."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numbering import DECIMAL, HEADINGS, NOTICE, STATUTE, Label, Scheme, read_label
from indexer.clean import Paragraph

__all__ = ["choose_scheme", "is_inline_heading", "running_ranks", "scoping_ranks"]

#: Fewer decimal numbers than this are figures at the start of a line.
_LEAST_DECIMAL = 4
_LONGEST_INLINE = 40


def choose_scheme(paragraphs: Sequence[Paragraph]) -> Scheme:
    """Choose the scheme of a text by the labels that its paragraphs open with."""
    articles = sections = decimals = 0
    for paragraph in paragraphs:
        first = paragraph.text[:1]
        if first == "第":
            label = read_label(paragraph.text, STATUTE)
            articles += label is not None and label.rank == "art"
        elif first.isdigit():
            label = read_label(paragraph.text, DECIMAL)
            decimals += label is not None and label.rank != "deca"
        else:
            label = read_label(paragraph.text, NOTICE)
            sections += label is not None and label.rank == "sec"
        if articles >= 2:
            return STATUTE
    return DECIMAL if decimals >= max(_LEAST_DECIMAL, 2 * sections) else NOTICE


def is_inline_heading(labels: Sequence[Label | None], index: int) -> bool:
    """Whether 一、 or （一） stands right above an article, as a heading of articles."""
    label = labels[index]
    if label is None or label.rank not in ("sec", "item") or len(label.rest) > _LONGEST_INLINE:
        return False
    if not label.rest or re.search(r"[。；：，]$", label.rest):
        return False
    below = labels[index + 1] if index + 1 < len(labels) else None
    if below is not None and label.rank == "sec" and below.rank == "item":
        return is_inline_heading(labels, index + 1)
    return below is not None and below.rank == "art"


def running_ranks(labels: Sequence[Label | None], scheme: Scheme) -> frozenset[str]:
    """The ranks whose numbers run on through the text instead of starting anew."""
    running = {rank.name for rank in scheme.ranks if rank.runs}
    if scheme is not NOTICE:
        return frozenset(running)
    known = [label for label in labels if label]
    for rank in scheme.ranks:
        starts, continued = _starts(known, scheme, rank.name)
        if not rank.runs and starts >= 2 and continued >= max(1.0, (starts - 1) * 0.5):
            running.add(rank.name)
    return frozenset(running)


def _starts(labels: Sequence[Label], scheme: Scheme, rank: str) -> tuple[int, int]:
    """Count the parents under which a rank begins, and those where it carries a count on."""
    starts = continued = last = 0
    fresh = True
    for label in labels:
        if label.is_heading or scheme.depth(label.rank) < scheme.depth(rank):
            fresh = True
        elif label.rank == rank:
            if fresh:
                starts += 1
                continued += last > 0 and label.number > last
            fresh, last = False, label.number
    return starts, continued


def scoping_ranks(labels: Sequence[Label | None], scheme: Scheme) -> frozenset[str]:
    """The headings under each of which the outermost numbers start anew: part of an address.

    A heading counts if a number 1 behind it follows other numbers before it, while the headings
    themselves count on (第二部分 behind 第一部分).
    """
    known = [label for label in labels if label]
    depths = [scheme.depth(label.rank) for label in known if not label.is_heading]
    if not depths:
        return frozenset()
    top = scheme.ranks[min(depths)].name
    seen, level, last = False, -1, dict[str, int]()
    pending: list[Label] = []
    for label in known:
        if label.is_heading:
            pending.append(label)
        elif label.rank == top:
            if seen and label.number == 1 and pending and _counts_on(pending[0], last):
                level = max(level, list(HEADINGS).index(pending[-1].rank))
            last |= {heading.rank: heading.number for heading in pending}
            seen, pending = True, []
    return frozenset(list(HEADINGS)[: level + 1])


def _counts_on(heading: Label, last: dict[str, int]) -> bool:
    return heading.number == last.get(heading.rank, 0) + 1 and heading.number > 1
