"""Fines and damages by an amount of the case: 货值4万元 comes to 15倍以上30倍以下 of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.quantities import MONEY
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.facts import Fact
from server.sums.laws.penalties import Penalty, circumstances, is_called, least_of, penalties_of
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["fines"]

_FINED = re.compile(r"罚(?![款金](?:和|与|是|为)?\d)|赔")
_DAMAGES = re.compile(r"赔")
#: The clauses that are looked at, and by how much their score may be below the best.
_NEAR, _BELOW = 6, 0.03
#: What is paid for something: 花了2000元 is its price.
_PAID = re.compile(r"花了?|买|付了?|价|消费")
_PRICE = re.compile(r"价款|费用")
#: An offence holds this share of what a question says, or this one where it is the clause that fits
#: best, and this much more than others.
_SAID, _SAID_BEST, _MORE = 0.2, 0.1, 0.08
#: Entries of one list differ in little more than what tells them apart.
_MORE_LISTED = 0.05
#: What of a question is not on what was done.
_ASKED = re.compile(
    r"(?:货值|金额|价值|违法所得|罚款?|赔偿金?|最[少多高低])[^，,。？?]{0,12}(?:多少|几|范围)|货值(?:金额)?|罚款?"
)
_OFFENCE = re.compile(r"(?:的，|：|，(?:由|责令|没收|处|并处))")


@dataclass(frozen=True, slots=True)
class _Found:
    """A clause with the one of its fines that the case comes under, if any, and how much its offence
    holds of what is said."""

    address: Address
    penalty: Penalty | None
    said: float


def fines(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What a fine comes to that a clause sets as a multiple or a share of an amount stated.

    None where no clause near sets one for an amount that is called so; no sum at all where the
    clauses near do not tell which it is.
    """
    question = retrieval.understanding.text
    money = [fact for fact in facts if fact.unit == MONEY]
    if not retrieval.hits or not _FINED.search(question) or len(money) != 1:
        return None
    fact = money[0]
    rest = [f for f in facts if f is not fact and f.value != 1]
    if any("again" not in circumstances(f.words) for f in rest) or fact.part or fact.vague:
        return None
    found = list(_found(retrieval, likeness, fact))
    best = max(found, key=lambda f: f.said, default=None)
    if best is None or best.penalty is None:
        return None
    first = best.address == _setting(retrieval.hits[0].passage.address, likeness.retriever.index)
    others = [f for f in found if f is not best and best.said - f.said < _more(f, best)]
    same = all(_ends(f.penalty) == _ends(best.penalty) for f in others)
    if best.said < (_SAID_BEST if first else _SAID) or not same:
        return STOPPED
    return _worked(best, best.penalty, fact, likeness.retriever.index) or STOPPED


def _more(other: _Found, best: _Found) -> float:
    """How much more of the question the best must hold than another clause."""
    one, two = other.address, best.address
    listed = one.document == two.document and one.path.parent == two.path.parent is not None
    return _MORE_LISTED if listed and one.path.steps[-1].rank == "item" else _MORE


def _ends(penalty: Penalty | None) -> tuple[object, ...]:
    if penalty is None:
        return ()
    low = penalty.low and (penalty.low.value, penalty.low.unit)
    return low, penalty.high.value, penalty.high.unit


def _found(retrieval: Retrieval, likeness: Likeness, fact: Fact) -> Iterator[_Found]:
    """The clauses near on fines, each with the fine for the case where it sets just one."""
    index, question = likeness.retriever.index, retrieval.understanding.text
    best = retrieval.hits[0]
    near = [h for h in retrieval.hits[:_NEAR] if h.score >= best.score - _BELOW]
    document = best.passage.address.document
    addresses = [_setting(h.passage.address, index) for h in near]
    told, damages = circumstances(question), bool(_DAMAGES.search(question))
    for address in dict.fromkeys(a for a in addresses if a.document == document):
        text = index.clause(address)[1].text
        fit = [
            p
            for p in penalties_of(address, text)
            if p.meant(told) and _goes_into(p, fact, text, damages)
        ]
        if fit or re.search(r"罚款|赔偿金", text):
            words = _ASKED.sub("", question.replace(fact.written, ""))
            start = fit[0].start if fit else len(text)
            said = _said(address, text[:start], words, likeness)
            yield _Found(address, fit[0] if len(fit) == 1 else None, said)


def _setting(address: Address, index: ClauseIndex) -> Address:
    """The clause that sets the fine for an item of a list: itself, else what the list begins with."""
    while address.path.steps[-1].rank in ("item", "num") and address.path.parent:
        if any(penalties_of(address, index.clause(address)[1].text)):
            break
        address = Address(address.document, address.path.parent)
    return address


def _goes_into(penalty: Penalty, fact: Fact, text: str, damages: bool) -> bool:
    """Whether a fine is one of an amount that is called so, of the size stated."""
    behind = text[penalty.high.span.end : penalty.high.span.end + 20]
    if bool(re.search(r"赔偿", behind) or "赔偿" in penalty.of) != damages:
        return False
    words = fact.words.replace(fact.written, "")
    if not penalty.is_share:
        return bool(penalty.threshold) and penalty.holds(fact.value, words)
    price = _PRICE.search(penalty.of) and _PAID.search(words)
    return bool(price or is_called(penalty.of, words)) and penalty.holds(fact.value, words)


def _said(address: Address, before: str, words: str, likeness: Likeness) -> float:
    """How much of what is said the offences hold that stand before a fine, the best of them."""
    outline = likeness.retriever.index.readings[address.document].outline
    items = [c.text for c in outline.clauses if c.path.parent == address.path]
    lead = _OFFENCE.split(re.split(r"(?<=[。\n])", before)[-1])[0]
    return max(likeness.mutual(one, words) for one in (items or [lead]))


def _worked(found: _Found, penalty: Penalty, fact: Fact, index: ClauseIndex) -> Sum | None:
    text = index.clause(found.address)[1].text
    working = Working()
    base = fact.value
    if not penalty.is_share:
        return _of_amount(penalty, fact, working)
    least = [
        q
        for q, of in least_of(found.address, text, penalty.high.span.end)
        if is_called(of, fact.words.replace(fact.written, ""))
    ]
    if any(base < q.value for q in least):
        if len(least) > 1:
            return None
        limit = least[0]
        line = f"{written(base, MONEY)} 低于最低{written(limit.value, MONEY)}"
        working.says(f"{line}，按{written(limit.value, MONEY)}", limit.span)
        base = limit.value
    low = working.share(base, penalty.low) if penalty.low else None
    high = working.share(base, penalty.high)
    floor = [q for q, of in least_of(found.address, text, penalty.high.span.end) if "赔偿" in of]
    if floor and low is None and high < floor[0].value:
        at_least = written(floor[0].value, MONEY)
        working.says(f"{written(high, MONEY)} 低于最低{at_least}，按{at_least}", floor[0].span)
        high = floor[0].value
    return _range(low, high, penalty, working)


def _of_amount(penalty: Penalty, fact: Fact, working: Working) -> Sum | None:
    """A fine between two amounts, for the size of the case."""
    for bound, words in ((penalty.above, "达到"), (penalty.below, "不足")):
        if bound:
            line = f"{written(fact.value, MONEY)} {words}{written(bound.value, MONEY)}"
            working.says(line, bound.span)
    ends = [q for q in (penalty.low, penalty.high) if q]
    said = [f"{written(q.value, MONEY)}" for q in ends]
    words = "以上".join(said) + "以下"
    working.says(words, *(q.span for q in ends))
    low = penalty.low.value if penalty.low else None
    return _range(low, penalty.high.value, penalty, working)


def _range(low: Decimal | None, high: Decimal, penalty: Penalty, working: Working) -> Sum:
    display = written(high, MONEY)
    if low is not None:
        display = f"{written(low, MONEY)}以上{display}以下"
    elif not penalty.exact:
        display = f"最高{display}"
    steps = tuple(working.steps)
    calculation = Calculation(high if low is None else low, MONEY, display, steps)
    return Sum(calculation, unique(working.sources), high=None if low is None else high)
