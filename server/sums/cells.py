"""Figures of insurance rules with their case: those of tables printed as lines, and those of lists.

起付标准如下表： / 级别 职工 居民 / 二级500元400元 gives 500元 for 二级 and 职工.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from server.sums.facets import facets_of
from server.sums.phrases import SENTENCE

__all__ = ["Cell", "Kind", "cells_of"]

Kind = Literal["deductible", "share", "more", "limit"]

_LEADS = re.compile(r"[：:]\s*$|如下表?|下表")
_MORE = re.compile(r"(?:提高|增加|上浮)\s*$")
_LESS = re.compile(r"(?:降低|减少|下浮|下调)[^，。；\d]{0,6}$")
_DEDUCTIBLE = re.compile(r"起付(?:标准|线)")
_SHARE = re.compile(
    r"(?:支付|报销|补[助贴]|基金)[^，。；\d]{0,6}比例|(?:支付|报销)(?:标准)?(?:为|的)?"
)
_LIMIT = re.compile(r"(?:支付|报销|补[助贴])?限额|最高支付|封顶线?")
#: What a clause is on, said before its first sentence: 住院起付标准。一级、二级….
_TITLE = re.compile(r"[\u4e00-\u9fff]{2,14}(?=。)")
#: The columns and rows of a table are parted by blanks.
_BLANK = re.compile(r"[\s\u3000]+")


@dataclass(frozen=True)
class Cell:
    """A figure, what it is, and the words of its case, the outermost first."""

    kind: Kind
    quantity: Quantity
    words: tuple[str, ...]

    @cached_property
    def facets(self) -> Mapping[str, frozenset[str]]:
        """The kinds that its words name; those nearer to it take the place of those further off."""
        named: dict[str, frozenset[str]] = {}
        for words in self.words:
            named |= facets_of(words)
        return named


def cells_of(index: ClauseIndex, document: str) -> list[Cell]:
    """The figures of a document that say from where on, how much, and up to what is paid."""
    found: list[Cell] = []
    lead, header, article = "", list[str](), None
    for clause in index.readings[document].outline.clauses:
        if clause.path.article != article:
            lead, header, article = "", [], clause.path.article
        text, above = clause.text, tuple(clause.headings)
        if not text:
            continue
        address = Address(document, clause.path)
        columns = _BLANK.split(text.strip())
        figures = find_quantities(text)
        if header and len(figures) == len(header) - 1 and not re.match(r"\s*\d", text):
            found += _row(address, text, figures, (*above, lead), header)
        elif len(columns) > 1 and not figures:
            header = columns
        else:
            title = _TITLE.match(text)
            found += _listed(address, text, (*above, lead, *([title[0]] if title else [])))
            lead = text if _LEADS.search(text) else lead
    return found


def _row(
    address: Address, text: str, figures: Sequence[Measured], above: tuple[str, ...],
    header: Sequence[str],
) -> Iterator[Cell]:  # fmt: skip
    label = text[: figures[0].start].strip()
    for q, column in zip(figures, header[1:], strict=True):
        kind = _kind(q, above[-1], "")
        if kind and label:
            yield Cell(kind, _quantity(address, text, q), (*above, label, column))


def _listed(address: Address, text: str, above: tuple[str, ...]) -> Iterator[Cell]:
    first = ""
    for sentence in SENTENCE.finditer(text):
        words, at = sentence[0], sentence.start()
        begun, head = 0, ""
        for group in _grouped(words):
            own = words[begun : group[0].start]
            head = head or own
            # 在职职工在一级…支付80%；在二级…支付65%: who it is for is said once.
            first = first or head
            begun = group[-1].end
            kind = _kind(group[0], f"{above[-1]} {head}", own)
            labels = _labels(words[: group[0].start], len(group))
            if kind is None or labels is None:
                continue
            for q, label in zip(group, labels, strict=True):
                nearest = own if len(group) == 1 else re.split("[，,]", own)[-1]
                case = (
                    *above,
                    re.split("[，,]", first)[0],
                    re.split("[，,]", head)[0],
                    nearest,
                    label,
                )
                yield Cell(kind, _quantity(address, text, q, at), case)


def _grouped(words: str) -> list[list[Measured]]:
    groups: list[list[Measured]] = []
    for q in find_quantities(words):
        before = groups[-1][-1] if groups else None
        beside = before and before.unit == q.unit and words[before.end : q.start].strip() in "、和"
        if beside:
            groups[-1].append(q)
        else:
            groups.append([q])
    return groups


def _labels(before: str, many: int) -> list[str] | None:
    """As many names as there are figures side by side: 一级、二级、三级…分别为70%、60%、50%."""
    if many == 1:
        return [""]
    for part in reversed(re.split("[，,：:]", before)):
        names = re.split("、|和", part)
        if len(names) == many:
            return names
    return None


def _kind(q: Measured, above: str, own: str) -> Kind | None:
    if _LESS.search(own):
        return None
    if q.unit == "%":
        if _MORE.search(own) or re.search(r"分别(?:提高|增加)", own):
            return "more"
        return "share" if _SHARE.search(own) or _SHARE.search(above) else None
    if q.unit != MONEY or q.low is not None:
        return None
    for words in (own, above):
        if _LIMIT.search(words):
            return "limit"
        if _DEDUCTIBLE.search(words):
            return "deductible"
    return None


def _quantity(address: Address, text: str, q: Measured, at: int = 0) -> Quantity:
    start, end = at + q.start, at + q.end
    return Quantity(q.value, q.unit, Span(address, start, end, text[start:end]))
