"""What a higher grade brings where a lower one was paid before: 同一企业晋档的，只补足差额部分."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from retriever.query import Retrieval
from server.sums.bounds import holds
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.phrases import PHRASE
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working

__all__ = ["difference"]

#: 不补差额 says the opposite; 标准低于 is of two levels of government.
_RULE = re.compile(
    r"[^。；;\n]{0,80}(?:补足|补齐|补给|补发|只补|补|给予|奖励|兑现)[^，,。；;\n]{0,6}差额[^。；;\n]{0,20}|[^。；;\n]{0,80}(?:差额[^，,。；;\n]{0,4}(?:补|奖励|给予|予以)|(?:给予|予以)补足)[^。；;\n]{0,20}"
)
_NO_RULE = re.compile(r"不再?(?:予以?|给予)?补|标准[高低]于|不予补")
_AGAIN = re.compile(r"还[能可有会]?|再|补|升|晋|差额|这[次回]|这一次")
_BOTH = re.compile(r"一共|总共|合计|累计|加起来|两次|前后")
_BEFORE = re.compile(
    r"以前|之前|先前|此前|去年|前年|前几年|早年|早先|曾|上次|上一次|原来|原先|当初|当时|(?:领|拿|得|享受|补|奖|发|给)[过了]|已经?(?:领|拿|得|享受|获|评)|从"
)
_NOW = re.compile(r"今年|现在|这次|如今|目前|后来|最近|刚|直接")
#: From here on a phrase tells the new grade: 从优势企业升级为示范企业.
_UP = re.compile(
    r"升[级格档]?(?:为|成|到|至|了)?|晋[级升档]?(?:为|成|到|至|了)?|跃升|提升(?:为|成|到|至)"
)
_RECEIVED = re.compile(
    r"(?:领|拿|得|获|享受|奖励?|补[贴助]?|兑现|发|给)[过到了]{0,2}[^，,。；;\d]{0,6}$"
)

_HAD = "之前一档已按本条领取"


@dataclass(frozen=True, slots=True)
class _Told:
    """What a question tells of one time: its words, what was received, what was reached."""

    words: str
    received: list[Measured]
    reached: list[Measured]


def difference(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The amount of the grade reached now without that of the one had before.

    None where no sentence of the article lets only the difference be paid, or the question tells
    of nothing had before; no sum where one of the two grades is not certain.
    """
    if not retrieval.hits or not _AGAIN.search(retrieval.understanding.text):
        return None
    index, address = likeness.retriever.index, retrieval.hits[0].passage.address
    rows = [row for row in index.measures(address) if row.amount and not row.rate]
    before, now = _told(retrieval.understanding.text)
    if len(rows) < 2 or not before.words or not now.words:
        return None
    rule = _rule(address, index)
    if rule is None:
        return None
    others = [f for f in facts if f.unit != MONEY and f.value != 1]
    if others or _BOTH.search(now.words) or now.received or len(before.received) > 1:
        return STOPPED
    old, new = _grade(before, rows), _grade(now, rows)
    if old is None or new is None or not (_is_plain(old) and _is_plain(new)):
        return STOPPED
    return _worked(old, new, rule, () if before.received else (_HAD,))


def _told(question: str) -> tuple[_Told, _Told]:
    """What was before, and what is now, by the phrases of a question."""
    before: list[str] = []
    now: list[str] = []
    for phrase in PHRASE.findall(question):
        up = _UP.search(phrase)
        if up and up.start() and (_BEFORE.search(phrase[: up.start()]) or not before):
            before.append(phrase[: up.start()])
            now.append(phrase[up.start() :])
        elif _BEFORE.search(phrase) and not _NOW.search(phrase) and not now:
            before.append(phrase)
        elif before:
            now.append(phrase)
    return _of("，".join(before)), _of("，".join(now))


def _of(words: str) -> _Told:
    money = [q for q in find_quantities(words) if q.unit == MONEY]
    received = [q for q in money if _RECEIVED.search(words[: q.start])]
    return _Told(words, received, [q for q in money if q not in received])


def _grade(told: _Told, rows: Sequence[Entitlement]) -> Entitlement | None:
    """The only measure that all that is told of one time fits; None where that is not certain."""
    left = list(rows)
    if told.received:
        left = [r for r in left if r.amount and r.amount.value == told.received[0].value]
    if told.reached:
        reached = {q.value for q in told.reached}
        step = _step(reached.pop(), rows) if len(reached) == 1 else None
        left = [row for row in left if row is step]
    elif named := _named(told.words, rows):
        left = [row for row in left if row in named]
    elif not told.received:
        return None
    return left[0] if len(left) == 1 else None


def _step(value: Decimal, rows: Sequence[Entitlement]) -> Entitlement | None:
    """The highest of several steps, each with one threshold of money, that an amount reaches."""
    if any(len(r.bounds) != 1 or r.bounds[0].quantity.unit != MONEY for r in rows):
        return None
    if any(row.bounds[0].relation not in (">", ">=") for row in rows):
        return None
    if len({row.bounds[0].quantity.value for row in rows}) != len(rows):
        return None
    held = [row for row in rows if holds(value, row.bounds[0])]
    return max(held, key=lambda row: row.bounds[0].quantity.value, default=None)


def _named(words: str, rows: Sequence[Entitlement]) -> list[Entitlement]:
    """The measures that have a piece of their occasion alone, where the words name all such pieces."""
    pieces = {id(row): {span.text for span in row.event} for row in rows}
    found = []
    for row in rows:
        others = set().union(*(pieces[id(other)] for other in rows if other is not row))
        own = pieces[id(row)] - others
        found += [row] if own and all(piece in words for piece in own) else []
    return found


def _is_plain(row: Entitlement) -> bool:
    plain = row.amount is not None and row.amount.unit == MONEY and row.amount.low is None
    return plain and not (row.unread or row.caps or row.increments or row.tiers or row.at_most)


def _rule(address: Address, index: ClauseIndex) -> Span | None:
    """The sentence of the same article that lets only the difference be paid."""
    top = address.path
    while top.parent is not None:
        top = top.parent
    article = Address(address.document, top)
    for clause in index.readings[address.document].outline.clauses:
        own = Address(address.document, clause.path)
        if own != article and not article.contains(own):
            continue
        for match in _RULE.finditer(clause.text):
            if not _NO_RULE.search(match[0]):
                return Span(own, match.start(), match.end(), match[0])
    return None


def _worked(old: Entitlement, new: Entitlement, rule: Span, assumed: Sequence[str]) -> Sum:
    assert old.amount is not None and new.amount is not None
    if new.amount.value <= old.amount.value:
        return STOPPED
    working = Working()
    working.says(rule.text.strip(), rule)
    value = working.minus(new.amount.value, old.amount.value, new.amount.span, old.amount.span)
    return worked_held(value, working, assumed)
