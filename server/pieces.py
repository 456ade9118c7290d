"""Sentences of a clause as statements: runs of neighbours, rows of tables, what limits what."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Span
from indexer.passages import sentences
from server.answer import Claim
from server.asking import AMOUNT
from server.checks import figures

__all__ = [
    "announced",
    "between",
    "ended",
    "left_out_behind",
    "limits",
    "quoted",
    "read_from",
    "row_said",
    "runs",
    "tiers_beside",
]

#: Several things follow, parted by semicolons.
_ANNOUNCES = re.compile(r"(?:以下|下列|如下|分为|包括)[^。；：:]{0,14}[：:]")
#: A sentence on who or what gets nothing.
_LEAVES_OUT = re.compile(r"不(?:再)?(?:享受|予|适用|纳入|计入|包括|补助|奖励|支持)|除外")
#: A case told from others by how much or many: 50人(含)以上的; 不足100万元的.
_TIER = re.compile(
    r"(?<![\d.,])\d[\d.,]*+[^\d，。；、]{0,10}?(?:以上|以下|以内|之间)|(?:不足|不满|超过|高于|低于|达到|满)\d"
)
#: A sentence that limits the one before it: caps, exclusions, what counts.
_LIMITING = re.compile(
    r"(?:其中|单[个家]|同一|单场|已享受|对于特别|最高|每年|上述|以上|不超过|第一年|支持金额|补助额度)"
)


def row_said(text: str, context: Sequence[str]) -> str:
    """A row of a table as a statement: each cell behind the name of its column.

    A name that holds a figure is left out: what is stated must stand in the row itself.
    """
    cells = text.split("\t")
    names = next((line.split("\t") for line in reversed(context) if "\t" in line), [])
    if len(names) != len(cells):
        names = [""] * len(cells)
    said = dict.fromkeys(
        f"{name}：{cell}" if name and not AMOUNT.search(name) and not figures(name) else cell
        for name, cell in zip(names, cells, strict=True)
        if cell
    )
    return "；".join(said) + "。"


def limits(pieces: Sequence[str], start: int, spoken: Sequence[int]) -> set[int]:
    """A sentence with those behind it that limit it, four at most."""
    kept, after = {start}, start + 1
    while after in spoken and _LIMITING.match(pieces[after]) and len(kept) < 4:
        kept.add(after)
        after += 1
    return kept


def left_out_behind(pieces: Sequence[str], kept: Collection[int]) -> set[int]:
    """Sentences right behind those kept that say who or what gets nothing.

    >>> sorted(left_out_behind(["按费用的50%补助。", "依法必须审核的，不享受补助。", "二手车不予补助。"], {0}))
    [1, 2]
    """
    found: set[int] = set()
    for start in kept:
        behind = start + 1
        while behind < len(pieces) and _LEAVES_OUT.search(pieces[behind]):
            found.add(behind)
            behind += 1
    return found


def announced(pieces: Sequence[str], kept: Collection[int]) -> set[int]:
    """What stands behind a sentence that announces several things: 分为以下三类：甲；乙；丙。

    >>> sorted(announced(["分为以下两类：甲类物资；", "乙类物资。", "由市里调运。"], {0}))
    [1]
    """
    found: set[int] = set()
    for start in kept:
        behind = start + 1
        if not _ANNOUNCES.search(pieces[start]):
            continue
        while behind < len(pieces) and pieces[behind - 1].rstrip().endswith(("；", ";")):
            found.add(behind)
            behind += 1
    return found


def tiers_beside(pieces: Sequence[str], kept: Collection[int]) -> set[int]:
    """The other tiers of one sentence: 50人以上的补助2万元；100人以上的补助4万元。

    >>> sorted(tiers_beside(["满50人以上的补2万元；", "100人以上的补4万元。", "每年申报。"], {1}))
    [0]
    """
    found: set[int] = set()
    for start in kept:
        for step in (1, -1):
            at = start
            while 0 <= at + step < len(pieces) and _TIER.search(pieces[at]):
                before = pieces[min(at, at + step)].rstrip()
                at += step
                if not before.endswith(("；", ";")) or not _TIER.search(pieces[at]):
                    break
                found.add(at)
    return found - set(kept)


def runs(indices: Sequence[int]) -> list[list[int]]:
    """Gather numbers in order into runs of neighbours."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def read_from(
    spans: Sequence[Span], index: ClauseIndex
) -> Iterator[tuple[Address, list[str], list[int]]]:
    """The clauses that some characters stand in, each as its sentences, and which of these hold them."""
    places: dict[Address, set[int]] = {}
    for span in spans:
        places.setdefault(span.address, set()).add(span.start)
    for address, starts in places.items():
        text = index.clause(address)[1].text
        pieces = sentences(text)
        spots, place = [], 0
        for piece in pieces:
            spots.append(text.index(piece, place))
            place = spots[-1] + len(piece)
        yield address, pieces, sorted({bisect_right(spots, at) - 1 for at in starts})


def between(text: str, first: str, last: str) -> str:
    """The characters of a text from one of its pieces to another, line breaks included."""
    start = text.index(first)
    return text[start : text.index(last, start) + len(last)]


def quoted(piece: str, address: Address) -> Claim:
    """A sentence as a claim of its own: its quote is what it says."""
    quote = piece.strip()
    return Claim(ended(quote), address, quote)


def ended(text: str) -> str:
    """A quotation as a statement: its last semicolon becomes a full stop."""
    return re.sub(r"[；;，,]$", "。", text.strip())
