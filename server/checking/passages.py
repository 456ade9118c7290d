"""Passages in quotation marks, held against the clause that they are quoted from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.address import Address
from server.checking.clauses import Held, bigrams, containment
from server.checking.statements import Span, Statement
from server.checks import squeeze

__all__ = ["Difference", "Passage", "PassageVerdict", "passages_of"]

PassageVerdict = Literal["ok", "elsewhere", "differs", "not_found"]

_QUOTED = re.compile(
    r"“(?P<a>[^“”\n]{2,2000})”|「(?P<b>[^「」\n]{2,2000})」|\"(?P<c>[^\"\n]{2,2000})\""
)
#: Before a passage that is said to be the clause's own words.
_SAYS = re.compile(
    r"(?:规定|明确|指出|写明|写道|提出|要求|原文|载明|表述|所称|条文|[条项款])[^，。；\n]{0,6}[：:，,]?\s*$"
)
#: A shorter passage is a term rather than a quotation, unless it is said to be one.
_SHORTEST = 8
_CUT = re.compile(r"…+|\.{3,}|\[…\]|（略）")
#: At least so much alike is the same passage with slips.
_NEAR, _SAME_MATTER = 0.6, 0.45
_LONGEST = 1000
#: A figure with its unit differs as a whole.
_TOKEN = re.compile(r"\d[\d.]*[万亿千百]*[元%]?|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Difference:
    """Characters of the passage, and those that the clause has in their place."""

    written: str
    source: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage quoted. ``nearest`` is the wording that the clause has, ``other`` where it stands."""

    start: int
    end: int
    text: str
    verdict: PassageVerdict
    claimed: bool
    nearest: str = ""
    differences: tuple[Difference, ...] = ()
    other: Address | None = None


def passages_of(text: str, statement: Statement, held: Held) -> tuple[Passage, ...]:
    """Every passage that a statement quotes, with what its clause says."""
    found = []
    for start, end in (*statement.own, *statement.more):
        for match in _QUOTED.finditer(text, start, end):
            group = str(match.lastgroup)
            claimed = bool(_SAYS.search(text[max(start - 12, 0) : match.start()]))
            quote = match[group]
            if len(squeeze(quote)) >= (4 if claimed else _SHORTEST):
                place = (match.start(group), match.end(group))
                found.append(_judged(quote, place, claimed, held))
    return tuple(found)


def _judged(quote: str, place: Span, claimed: bool, held: Held) -> Passage:
    if _stands(quote, held.squeezed):
        return Passage(*place, quote, "ok", claimed)
    for address, text in held.others():
        if _stands(quote, squeeze(text)):
            return Passage(*place, quote, "elsewhere", claimed, other=address)
    nearest, ratio = _nearest(quote, held.whole)
    if ratio >= _NEAR:
        return Passage(*place, quote, "differs", claimed, nearest, _differences(quote, nearest))
    return Passage(*place, quote, "not_found", claimed, nearest if ratio >= _SAME_MATTER else "")


def _stands(quote: str, squeezed: str) -> bool:
    """Whether a passage stands in a text; what is left out is marked …, a last stop may differ."""
    at = 0
    for piece in _CUT.split(quote):
        wanted = _form(piece).rstrip("。；，、;,.")
        if not wanted:
            continue
        found = _form(squeezed).find(wanted, at)
        if found < 0:
            return False
        at = found + len(wanted)
    return at > 0


def _form(text: str) -> str:
    """White space and the shape of inner quotation marks make no difference."""
    return re.sub(r"[‘’“”'\"「」『』]", "", squeeze(text))


def _nearest(quote: str, text: str) -> tuple[str, float]:
    """The run of sentences of a text that is most like a passage, and how much."""
    wanted = _form(quote)[:_LONGEST]
    words = bigrams(wanted)
    best, likeness = "", 0.0
    for run in _runs(text, len(wanted)):
        if containment(words, bigrams(run)) < _SAME_MATTER / 2:
            continue
        part = _trimmed(wanted, run)
        ratio = SequenceMatcher(None, wanted, part, autojunk=False).ratio()
        if ratio > likeness:
            best, likeness = part, ratio
    return best, likeness


def _runs(text: str, length: int) -> Iterator[str]:
    """Runs of the parts of a text, each about as long as a passage."""
    parts = [p for p in re.findall(r"[^，,。；;：:\n]+[，,。；;：:\n]*", text) if p.strip()]
    for first in range(len(parts)):
        run = ""
        for part in parts[first:]:
            run += squeeze(part)
            if len(run) >= length * 0.6:
                yield run[: 2 * length + 40]
            if len(run) > length * 1.5:
                break


def _trimmed(wanted: str, run: str) -> str:
    """A run without what stands before and behind all that it shares with a passage."""
    blocks = [
        b
        for b in SequenceMatcher(None, wanted, run, autojunk=False).get_matching_blocks()
        if b.size > 1
    ]
    if not blocks:
        return run
    start = max(0, blocks[0].b - blocks[0].a)
    end = min(
        len(run), blocks[-1].b + blocks[-1].size + len(wanted) - blocks[-1].a - blocks[-1].size
    )
    return run[start:end]


def _differences(quote: str, nearest: str) -> tuple[Difference, ...]:
    wanted, source = _TOKEN.findall(squeeze(quote)), _TOKEN.findall(nearest)
    matcher = SequenceMatcher(None, wanted, source, autojunk=False)
    return tuple(
        Difference("".join(wanted[a:b]), "".join(source[c:d]))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    )[:20]
