"""What an article adds to the amounts of another one: 境外代表50人以上的国际会议，在第十条基础上，按境外代表每人500元增加补助."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.address import Address
from corpus.references import references
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from retriever.query import Retrieval
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working

__all__ = ["more_of_article"]

_NEAR = 4
#: What is counted stands this near behind its number.
_SOON = 8
_MONEY = r"\d[\d.,]{0,9}\s?万?元"
_MORE = re.compile(
    r"(?:^|[。\n])(?P<case>[^。；\n]{4,80}?)，在(?P<of>第[^，。；\d%]{1,8}?条)[^，。；\d]{0,10}基础上，?(?:再|另|额外)?"
    rf"按(?:照)?(?P<who>[^，。；\d]{{2,10}}?)每[人名](?P<each>{_MONEY})(?:的标准)?(?:再|另|额外)?(?:增加|增发|加发|给予)(?:补助|补贴|奖励)?"
    rf"(?:，(?:最高|最多)?(?:增加|不超过){{0,2}}(?P<most>{_MONEY}))?"
)
_FROM_ON = re.compile(r"(?:[（(]含[）)])?(?:及?以上)(?:的)?(?P<of>[\u4e00-\u9fff]{2})?")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}$")


@dataclass(frozen=True, slots=True)
class _Step:
    """An amount for so many persons, who are called something."""

    name: str
    least: Quantity
    most: Quantity | None
    amount: Quantity


def more_of_article(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The step of an article that a number of persons is in, with what another article adds to it.

    None where no clause found adds to another one for those that the question counts; no sum where
    a condition is not met, or anything stated is none of it.
    """
    if not retrieval.hits:
        return None
    index = likeness.retriever.index
    near = [hit.passage.address for hit in retrieval.hits[:_NEAR]]
    for address in (a for a in near if a.document == near[0].document):
        text = index.clause(address)[1].text
        for match in _MORE.finditer(text):
            base = _base(address, text, match, index)
            meant = base and any(base.contains(one) or one == address for one in near[:2])
            counted = [f for f in facts if f.unit == "人" and match["who"] in f.words]
            if base and meant and len(counted) == 1:
                return _worked(address, text, match, base, counted[0], facts, index) or STOPPED
    return None


def _base(address: Address, text: str, match: re.Match[str], index: ClauseIndex) -> Address | None:
    """The article that a sentence adds to."""
    reading = index.readings[address.document]
    places = [
        found.address
        for found in references(text, address, reading.outline)
        if match.start("of") <= found.start < match.end("of") and found.document is None
    ]
    return places[0] if len(places) == 1 and places[0] != address else None


def _worked(
    address: Address, text: str, match: re.Match[str], base: Address, counted: Fact,
    facts: Sequence[Fact], index: ClauseIndex,
) -> Sum | None:  # fmt: skip
    steps, lead = list(_steps(base, index)), _lead(base, index)
    named = [f for f in facts if f.unit == "人" and any(s.name in f.words for s in steps)]
    if not steps or len(named) != 1 or len({s.name for s in steps}) > 1:
        return None
    met, number = [counted, named[0]], named[0].value
    working, assumed = Working(), list[str]()
    for words in (match["case"], lead):
        for q in find_quantities(words):
            given = _given(words, q, facts)
            if given is None:
                if above := _FROM_ON.match(words, q.end):
                    least = f"{written(q.value, q.unit)}{above['of'] or ''}"
                    assumed.append(f"{_name(words, q)}不低于{least}")
            elif given.value < q.value:
                return None
            else:
                met.append(given)
    if any(f not in met and f.value != 1 for f in facts):
        return None
    own = [s for s in steps if s.least.value <= number and (not s.most or number <= s.most.value)]
    if not own:
        return None
    step = max(own, key=lambda one: one.least.value)
    working.says(f"{named[0].written}，适用{_range(step)}一档", step.least.span)
    each = _figure(address, match, "each")
    more = working.times([(counted.value, "人")], each)
    if match["most"]:
        most = _figure(address, match, "most")
        more = working.capped(more, most.value, "增加部分的上限", most.span)
    total = working.plus([working.times((), step.amount), more])
    return worked_held(total, working, assumed)


def _steps(base: Address, index: ClauseIndex) -> Iterator[_Step]:
    """The items of an article that are each an amount for a number of persons."""
    for clause in index.readings[base.document].outline.clauses:
        own = Address(base.document, clause.path)
        found = find_quantities(clause.text)
        persons = [q for q in found if q.unit == "人"]
        money = [q for q in found if q.unit == MONEY]
        if own == base or not base.contains(own) or len(money) != 1 or not 1 <= len(persons) <= 2:
            continue
        if len(found) > len(persons) + 1 or persons[-1].end > money[0].start:
            continue
        least, *most = (quantity_at(own, clause.text, q, 0) for q in persons)
        amount = quantity_at(own, clause.text, money[0], 0)
        if most or _FROM_ON.match(clause.text, persons[0].end):
            name = _name(clause.text, persons[0])
            yield _Step(name, least, most[0] if most else None, amount)


def _lead(base: Address, index: ClauseIndex) -> str:
    clause = index.clause(base)[1]
    return clause.text.split("\n")[0]


def _given(words: str, q: Measured, facts: Sequence[Fact]) -> Fact | None:
    """The figure of a question that a threshold in some words is held against."""
    behind = _FROM_ON.match(words, q.end)
    if behind is None:
        return None
    before, of = _name(words, q), behind["of"]
    same = [f for f in facts if f.unit == q.unit]
    called = [f for f in same if of and of in f.region[:_SOON]]
    called += [f for f in same if before and before in f.words and f not in called]
    stays = same if q.unit in ("日", "晚") and len(same) == 1 else []
    return next(iter(called or stays), None)


def _name(words: str, q: Measured) -> str:
    """Who or what a figure counts, as is said right before it."""
    match = _NAME.search(re.split(r"[，、；。]", words[: q.start])[-1])
    return match[0] if match else ""


def _range(step: _Step) -> str:
    least = written(step.least.value, "人")
    return f"{least}至{written(step.most.value, '人')}" if step.most else f"{least}以上"


def _figure(address: Address, match: re.Match[str], name: str) -> Quantity:
    found = find_quantities(match[name])[0]
    return quantity_at(address, match[name], found, match.start(name))
