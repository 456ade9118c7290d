"""What counts for a share only by what a document says of a term of it: 展览面积，是指…，其中室外面积按50%折算."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact, stated_facts
from server.sums.money import plain, written
from server.sums.result import STOPPED, Sum

__all__ = ["counted_less", "without_share_left_out"]

_COUNTED = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{2,12}?)(?:则|可|应|均)?(?:按照?|以)(?:实际)?[^，。；\d%]{0,6}?(?P<share>\d{1,2}(?:\.\d)?[%％])(?:的?比例)?(?:进行)?(?:折算|折合|计入|折计)"
    r"|(?P<halved>[\u4e00-\u9fff]{2,12}?)(?:则|可|应|均)?(?P<half>减半)(?:计入|计算|折算|折合)"
)
_LEAD = re.compile(r"^(?:其中|对于?|属于|但|而|的|以及|和){1,3}")
#: 室外面积 is 室外, 室外展览部分 too.
_END = re.compile(
    r"(?:的|展览|展场|场地|占地|建筑|使用){0,3}(?:面积|部分|金额|费用|投入|数量|人数|展位)?的?$"
)
#: By what an amount is multiplied: 按展览面积每平方米20元.
_BY = re.compile(r"按照?(?P<term>[\u4e00-\u9fff]{2,10}?)(?:，|的|以)?每")
_DONE = re.compile(r"折算|折合|折后|减半")
_OTHER = re.compile(r"室内|馆内|其余|其他|其它|剩下|另外的")


@dataclass(frozen=True, slots=True)
class _Share:
    """What counts for a share of it, by the word it is told by, in which clause."""

    key: str
    share: Quantity
    text: str


def counted_less(
    facts: Sequence[Fact],
    rows: Sequence[tuple[Entitlement, float]],
    question: str,
    index: ClauseIndex,
) -> tuple[Fact, ...] | None:
    """The figures with one of what counts in the place of those of its parts; None where it is not
    told whether a part is in the whole or beside it."""
    best = [row for row, prior in rows if prior == 1]
    kept = tuple(facts)
    for one in _shares(best[0].address, index) if best and not _DONE.search(question) else ():
        parts = [f for f in kept if one.key in f.words and f.unit != "%" and not f.is_count]
        if len(parts) != 1 or not any(_is_of(one, row, index) for row in best):
            continue
        part = parts[0]
        whole = [f for f in kept if f.unit == part.unit and f is not part]
        beside = bool(whole) and bool(_OTHER.search(whole[0].words)) and not part.part
        if len(whole) > 1 or (whole and not part.part and not beside):
            return None
        new = _together(part, whole[0] if whole else None, one.share)
        kept = tuple(new if f is part else f for f in kept if f not in whole)
    return kept


def _together(part: Fact, whole: Fact | None, share: Quantity) -> Fact:
    """What a part counts for, with what else there is."""
    unit = part.unit
    value = part.value * share.value / 100
    lines = [f"{written(part.value, unit)} × {plain(share.value)}% = {written(value, unit)}"]
    if whole:
        rest = whole.value - part.value if part.part else whole.value
        if part.part:
            lines.append(
                f"{written(whole.value, unit)} − {written(part.value, unit)} = {written(rest, unit)}"
            )
        lines.append(
            f"{written(rest, unit)} + {written(value, unit)} = {written(rest + value, unit)}"
        )
        value += rest
    of = whole or part
    said, sources = written(value, unit), (share.span,)
    return replace(
        of, value=Decimal(value), written=said, words=of.words.replace(of.written, said),
        part=False, derived=(*of.derived, *lines), sources=sources,
    )  # fmt: skip


def _shares(address: Address, index: ClauseIndex) -> Iterator[_Share]:
    """What a document says to count for a share only."""
    for clause in index.readings[address.document].outline.clauses:
        for match in _COUNTED.finditer(clause.text):
            name = "share" if match["share"] else "half"
            q = next(
                (q for q in find_quantities(clause.text) if q.start == match.start(name)), None
            )
            key = _END.sub("", _LEAD.sub("", match["what"] or match["halved"]))
            if q and len(key) > 1:
                own = Address(address.document, clause.path)
                yield _Share(key, quantity_at(own, clause.text, q, 0), clause.text)


def _is_of(one: _Share, row: Entitlement, index: ClauseIndex) -> bool:
    """Whether what is said to count is a term of a measure: what its threshold, its rate or its
    amount for each is of."""
    text = index.clause(row.address)[1].text
    terms = [b.of.text for b in row.bounds if b.of] + [m["term"] for m in _BY.finditer(text)]
    terms += [row.base.text] if row.base else []
    return any(len(term) > 1 and term in one.text for term in terms)


def without_share_left_out(found: Sum, question: str, index: ClauseIndex) -> Sum:
    """A sum, or none where a figure of the question is of what counts for a share only, and no line
    of the sum says so."""
    if not found.calculation.result or not found.sources or _DONE.search(question):
        return found
    read = set(found.sources)
    facts = [f for f in stated_facts(question) if f.unit not in ("%", MONEY) and not f.is_count]
    rows = [row for at in {span.address for span in found.sources} for row in index.measures(at)]
    for one in _shares(found.sources[0].address, index):
        named = any(one.key in fact.words for fact in facts)
        if named and one.share.span not in read and any(_is_of(one, r, index) for r in rows):
            return STOPPED
    return found
