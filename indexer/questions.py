"""Question-and-answer pages: each question with its answer becomes one unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.numbering import NOTICE, Label, read_label
from indexer.clean import Paragraph

__all__ = ["Pair", "pair_questions"]

# Takes 问：…, 问题3：…, Q1. …, 【问】…, 第三问 …; refuses 问题导向。…
_ASKED = re.compile(
    r"(?:[【\[]?问[】\]]?(?:题)?\s*+\d{0,3}\s*+[：:】\]]|问题\s*+[\d一二三四五六七八九十]{1,3}\s*+[：:.．、]"
    r"|[QＱ]\s*+\d{0,3}\s*+[：:.．、]|第[\d一二三四五六七八九十]{1,3}问\s*+[：:、]?)\s*+"
)
_ANSWERED = re.compile(
    r"[【\[]?(?:答复|回答|解答|答|[AＡ]\s*+\d{0,3})[】\]]?\s*+[：:.．、】\]]\s*+|【答】"
)
_INLINE = re.compile(r"(?<=[？?])\s*(?=[【\[]?答[】\]]?\s*[：:])")
_LONGEST_QUESTION = 150
_LEAST = 3
#: The share of a rank's labels that must be questions.
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, its marker as printed, its number, and what answers it."""

    number: int
    marker: str
    question: Paragraph
    answer: tuple[Paragraph, ...]
    headings: tuple[str, ...] = ()


def pair_questions(
    paragraphs: Sequence[Paragraph],
) -> tuple[tuple[Paragraph, ...], tuple[Pair, ...]] | None:
    """Return what stands before the first question, and the pairs; None for any other text."""
    parts = _parted(paragraphs)
    labels = [None if p.row else read_label(p.text, NOTICE) for p in parts]
    rank = _asked_rank(parts, labels)
    starts = [i for i, p in enumerate(parts) if _is_question(p, labels[i], rank)]
    if len(starts) < _LEAST and not _explicit(parts, starts):
        return None
    told = all(_ASKED.match(parts[i].text) and _asks(parts[i].text) for i in starts)
    if rank is None and not told and not _explicit(parts, starts):
        return None
    return tuple(parts[: starts[0]]), tuple(_pairs(parts, labels, starts))


def _parted(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Part a question from an answer on the same line."""
    parts: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.row:
            parts.append(paragraph)
        else:
            parts += map(paragraph.saying, _INLINE.split(paragraph.text))
    return parts


def _asked_rank(parts: Sequence[Paragraph], labels: Sequence[Label | None]) -> str | None:
    """The rank whose numbers are mostly those of questions."""
    all_of = Counter(label.rank for label in labels if label)
    asked = Counter(label.rank for label in labels if label and _asks(label.rest))
    for rank, count in asked.most_common():
        if count >= _LEAST and count >= _MOSTLY * all_of[rank]:
            return rank
    return None


def _asks(text: str) -> bool:
    return len(text) <= _LONGEST_QUESTION and text.rstrip('”"」 ').endswith(("？", "?"))


def _is_question(paragraph: Paragraph, label: Label | None, rank: str | None) -> bool:
    if paragraph.row or len(paragraph.text) > 2 * _LONGEST_QUESTION:
        return False
    if _ASKED.match(paragraph.text):
        return True
    return bool(label and rank and label.rank == rank and _asks(label.rest))


def _explicit(parts: Sequence[Paragraph], starts: Sequence[int]) -> bool:
    """Whether at least two questions are followed by what calls itself an answer."""
    answered = (
        any(_ANSWERED.match(p.text) for p in parts[start + 1 : start + 3]) for start in starts
    )
    return sum(answered) >= 2


def _pairs(
    parts: Sequence[Paragraph], labels: Sequence[Label | None], starts: Sequence[int]
) -> list[Pair]:
    numbers = [label.number if (label := labels[start]) else 0 for start in starts]
    # Printed numbers serve as long as they run through; where they start anew, questions are counted.
    running = all(b > a for a, b in zip([0, *numbers], numbers, strict=False))
    pairs: list[Pair] = []
    headings: tuple[str, ...] = _heading_before(parts, labels, starts[0])
    for count, (start, end) in enumerate(zip(starts, [*starts[1:], len(parts)], strict=True), 1):
        answer = list(parts[start + 1 : end])
        above = headings
        if end < len(parts):
            headings = _heading_before(parts, labels, end) or headings
            if headings != above and answer:
                answer.pop()
        marker = label.marker if (label := labels[start]) else ""
        number = numbers[count - 1] if running else count
        pairs.append(Pair(number, marker, parts[start], tuple(answer), above))
    return pairs


def _heading_before(
    parts: Sequence[Paragraph], labels: Sequence[Label | None], start: int
) -> tuple[str, ...]:
    """The heading right above a question: a numbered line of another rank that ends no sentence."""
    if not start:
        return ()
    above, label, own = parts[start - 1], labels[start - 1], labels[start]
    numbered = label is not None and (own is None or label.rank != own.rank)
    short = len(above.text) <= 40 and not re.search("[。；？：]$", above.text)
    return (above.text,) if numbered and short and not above.row else ()
