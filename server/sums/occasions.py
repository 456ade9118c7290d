"""Amounts for occasions of a list: 春节、端午、中秋, each with its own amount or that of the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.answer import Step
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.units import units_of
from server.sums.working import Working

__all__ = ["occasions"]

_RUN = re.compile(r"[\u4e00-\u9fff]{2,6}(?:[、和及与][\u4e00-\u9fff]{2,6})+")
_OTHERS = re.compile(r"^(?:其他|其它|其余)")
_EACH = re.compile(r"各|每个?节|每次|分别|每一|均")


def occasions(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is given on the occasions that a question names, of those that the clause lists.

    None where it names no two of them; no sum where one has no amount, or is not listed.
    """
    if not retrieval.hits:
        return None
    question, address = retrieval.understanding.text, retrieval.hits[0].passage.address
    persons = [fact for fact in facts if fact.unit == "人"]
    if len(persons) > 1 or any(f not in persons and f.value != 1 for f in facts):
        return None
    index = likeness.retriever.index
    rows = [row for row in index.measures(address) if _is_each(row)]
    if not any("人" in units_of(row) for row in rows):
        return None
    text = index.clause(address)[1].text
    named = [name for name in _listed(text) if name in question]
    if not named or (len(named) < 2 and not _unlisted(question, named)):
        return None
    if _unlisted(question, named):
        return STOPPED
    groups: dict[int, list[str]] = {}
    for name in named:
        row = _row_of(name, rows, named, text)
        if row is None:
            return STOPPED
        groups.setdefault(rows.index(row), []).append(name)
    if any(persons and "人" not in units_of(rows[place]) for place in groups):
        return STOPPED
    working = Working()
    count = persons[0].value if persons else Decimal(1)
    values = [_line(rows[place], names, count, working) for place, names in groups.items()]
    total = working.plus(values)
    most = any(rows[place].at_most for place in groups)
    return worked_alone(total, MONEY, "最高" if most else "", working)


def _is_each(row: Entitlement) -> bool:
    """Whether a measure is an amount for a person on an occasion, without anything more."""
    amount = row.amount
    plain = amount is not None and amount.unit == MONEY and amount.low is None
    return plain and not row.unread and not row.bounds and set(units_of(row)) <= {"人", "次"}


def _listed(text: str) -> list[str]:
    """The names that a clause lists, without the word that all of them end with.

    >>> _listed("法定节日（即：元旦、春节、端午节和国庆节）")
    ['元旦', '春节', '端午', '国庆']
    """
    names: list[str] = []
    for run in _RUN.findall(text):
        own = re.split("[、和及与]", run)
        own[0] = re.split("[在于即为逢]", own[0])[-1]
        own[-1] = re.split("[向给发对等的期各每]", own[-1])[0]
        names += [name[:-1] if len(name) > 2 and name.endswith("节") else name for name in own]
    return list(dict.fromkeys(name for name in names if len(name) > 1))


def _unlisted(question: str, named: Sequence[str]) -> bool:
    """Whether a question lists something beside the occasions named."""
    for run in re.split("[，,。；;？?]", question):
        if "、" not in run:
            continue
        items = re.split("[、和及与]", run)
        known = [any(name in item for name in named) for item in items]
        if any(known) and not all(known):
            return True
    return False


def _row_of(
    name: str, rows: Sequence[Entitlement], named: Sequence[str], text: str
) -> Entitlement | None:
    """The amount of an occasion: its own, one that several share, or that of the others."""
    own = [row for row in rows if name in event_text(row)]
    if len(own) == 1:
        shared = [other for other in named if other in event_text(own[0])]
        amount = own[0].amount
        at = amount.span.start if amount else 0
        return own[0] if len(shared) < 2 or _EACH.search(text[max(0, at - 12) : at]) else None
    others = [row for row in rows if any(_OTHERS.match(span.text) for span in row.event)]
    return others[0] if not own and len(others) == 1 else None


def _line(row: Entitlement, names: Sequence[str], count: Decimal, working: Working) -> Decimal:
    """The line of the occasions of one amount: 端午、中秋：2次 × 120人 × 200元 = 4.8万元."""
    assert row.amount is not None
    factors = [(Decimal(len(names)), "次")] if len(names) > 1 else []
    factors += [(count, "人")] if count > 1 else []
    before = len(working.steps)
    value = working.times(factors, row.amount)
    line = working.steps[before]
    working.steps[before] = Step(f"{'、'.join(names)}：{line.text}", line.addresses)
    return value
