"""Two levels added up, and held to what both together may come to: 两级合计不得超过实际投入的45%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities
from server.answer import Calculation, Step
from server.sums.facts import Fact
from server.sums.money import written
from server.sums.result import Sum, unique
from server.sums.working import Working

__all__ = ["Rule", "added", "rules_of"]

_SENTENCE = re.compile(r"[^。；\n]+")
#: Both together may come to no more than a share of the cost, or than what was paid.
_JOINT = re.compile(
    r"(?:两级|市、?区县?)[^，。；]{0,12}合计[^。；，]{0,4}不(?:得)?超过(?P<of>[^。；，\d]{2,20})(?P<share>\d{1,3}%)?"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence on having support of two levels."""

    span: Span
    text: str


def rules_of(index: ClauseIndex, address: Address) -> Iterator[Rule]:
    """The sentences of a clause."""
    text = index.clause(address)[1].text
    for match in _SENTENCE.finditer(text):
        yield Rule(Span(address, match.start(), match.end(), match[0]), match[0])


def added(
    sums: Sequence[Sum], rules: Sequence[Rule], facts: Sequence[Fact], index: ClauseIndex
) -> Sum | None:
    """What the sums of two levels come to together, by the rules that let both be had."""
    working = Working()
    values = [s.calculation.result or Decimal(0) for s in sums]
    total = working.plus(values, [rules[0].span])
    assumed: list[str] = []
    for rule in _limits(sums, index):
        match = _JOINT.search(rule.text)
        assert match is not None
        limit = _limit(match, rule, facts, sums, working)
        if limit is None:
            assumed.append(f"两级合计不超过{match['of']}{match['share'] or ''}")
        elif limit:
            total = working.capped(total, limit, "两级合计上限", rule.span)
    steps = [
        Step(f"{_name(s, sums, index)}：{step.text}", step.addresses)
        for s in sums
        for step in s.calculation.steps
    ]
    parts = [s.calculation for s in sums]
    most = "最高" if any(p.display.startswith("最高") for p in parts) or working.caps else ""
    return Sum(
        Calculation(
            total,
            MONEY,
            f"{most}{written(total, MONEY)}",
            (*steps, *working.steps),
            tuple(dict.fromkeys([*(cap for p in parts for cap in p.caps), *working.caps])),
            tuple(dict.fromkeys([*(text for p in parts for text in p.assumptions), *assumed])),
        ),
        unique([*(span for s in sums for span in s.sources), *working.sources]),
        levels=len(sums),
    )


def _limits(sums: Sequence[Sum], index: ClauseIndex) -> list[Rule]:
    """The sentences that limit what both levels give together: of the clauses worked with, or of
    what is said on both levels at the end of their documents; each limit once."""
    found: dict[tuple[str, str | None], Rule] = {}
    for one in sums:
        own = one.sources[0].address
        for clause in index.readings[own.document].outline.clauses:
            address = Address(own.document, clause.path)
            for rule in rules_of(index, address):
                match = _JOINT.search(rule.text)
                general = match and match["share"]
                if match and (general or clause.path == own.path):
                    found.setdefault((match["of"][-4:], match["share"]), rule)
    return list(found.values())


def _limit(
    match: re.Match[str], rule: Rule, facts: Sequence[Fact], sums: Sequence[Sum], working: Working
) -> Decimal | None:
    """What both levels may come to at most: nothing where a limit is on costs and neither level's
    sum is of one; None where what was paid is not stated."""
    money = [fact for fact in facts if fact.unit == MONEY]
    of_cost = any("%" in step.text for s in sums for step in s.calculation.steps)
    if match["share"]:
        if not of_cost:
            return Decimal(0)
        q = find_quantities(match["share"])[0]
        at = rule.span.start + match.start("share")
        span = Span(rule.span.address, at, at + len(match["share"]), match["share"])
        share = Quantity(q.value, "%", span)
        return working.share(money[0].value, share) if len(money) == 1 else None
    key = match["of"][-2:]
    said = [fact for fact in money if key in fact.words or key[-1] in fact.words]
    return said[0].value if len(said) == 1 else None


def _name(one: Sum, sums: Sequence[Sum], index: ClauseIndex) -> str:
    """What a level is called: its place, its document where both are of one place."""
    documents = [index.document(s.sources[0].address.document) for s in sums]
    own = index.document(one.sources[0].address.document)
    alone = len({d.area for d in documents}) == len(documents)
    return own.area if own.area and alone else f"《{own.title}》"
