"""One more thing than a sum takes: 1个创新药、2个类似药，还有一款佐剂; 押金加第一个月房租."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address
from corpus.numerals import read_numeral
from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY, find_quantities
from server.sums.drugs import counts_another_drug
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text, row_text
from server.sums.matching import Matcher
from server.sums.parts_told import tells_one_more
from server.sums.per_unit import unread_pieces
from server.sums.phrases import PHRASE
from server.sums.ratios import AREA
from server.sums.units import are_there, units_of
from server.sums.uses import Matched

__all__ = [
    "adds_another",
    "counts_more",
    "misses_counted",
    "misses_listed",
    "more_persons",
    "of_two_sides",
    "things_added",
    "told_elsewhere",
]

#: One more of the things counted: 1个创新药、2个类似药，还有一款佐剂.
_THINGS = re.compile(r"还有|还拿|外加|另有|另外|以及|加上|[和及、]\s*$")
_GOES_ON = re.compile(r"(?:[、和及与]|，?(?:还有|外加|另有|以及|加上))[^，。]{0,4}$")
#: What counts the asker: 一家企业, 一个公司.
_ASKER = re.compile(r"[一1][家个](?:企业|公司|单位|机构|医院|平台|人)|一家$|[一1]家")
#: Money that another kind of money is added to.
_ADDS = re.compile(
    r"(?:钱|费|金|补[贴助]|奖励?|津贴|救助|补偿|待遇|租|薪|款)[，,]?(?:再|又)?(?:加上?|连同|外加|以及)(?!起来|在?一[起块]|总)|两[样笔项头种](?:钱|补|奖|津)?\S{0,4}(?:加|一共|合|总)"
)
#: The occasion of an amount of another clause is told where as much of it is said.
_TOLD = 0.3
_THINGS_ADDED = re.compile(
    r"(?P<n>[二两三四五六2-6])(?:样|笔|块钱?|种|项|头)(?:钱|补贴|奖励|补助)?(?:都|全)?(?:加|合|一共|总共|一起|共)"
)
_TOGETHER = re.compile(r"一共|总共|合计|加起来")
_TWO_SIDES = re.compile(r"两[头边方]|双方|各自")
#: 自己有厨房、按自主供给模式办 tells of the asker, and lists nothing.
_TELLS = re.compile(r"[我俺咱]|有|按")
#: What an area is of.
_PLACE = re.compile(
    r"[\u4e00-\u9fff](?:房|间|库|室|区|厂|馆|场|店|堂|院|(?<![一二三四五六七八九十])楼)"
)
_OCCASIONS = re.compile(r"[^，,。；;、和及\d]{2,10}(?:、[^，,。；;、和及\d]{2,10})+")


def adds_another(question: str) -> bool:
    """Whether a question adds one kind of money to another.

    >>> adds_another("押的钱加第一个月房租一共多少"), adds_another("三年租金补贴加起来多少")
    (True, False)
    """
    return bool(_ADDS.search(question))


def things_added(question: str) -> int:
    """How many things a question says that it adds up: 三样加起来; 0 where it does not say.

    >>> things_added("三样加起来最高多少"), things_added("两笔合起来封顶多少"), things_added("三年加起来")
    (3, 2, 0)
    """
    match = _THINGS_ADDED.search(question)
    return read_numeral(match["n"]) if match else 0


def counts_more(fact: Fact, chosen: Sequence[Entitlement]) -> bool:
    """Whether a count is of one more thing than the measures are for: 还租了50套公寓, another drug; of
    things with an amount of their own (又建了3个，每个20万) that is one more."""
    own = PHRASE.match(fact.region)
    priced = own and any(q.unit == MONEY for q in find_quantities(own[0]))
    more = fact.value > 1 and not priced and tells_one_more(fact.words)
    return more or counts_another_drug(fact, chosen)


def told_elsewhere(
    chosen: Sequence[Entitlement], matcher: Matcher, least: float = _TOLD
) -> list[Entitlement]:
    """Amounts of other clauses whose occasion the question tells, each the best of its clause."""
    there, found = {row.address for row in chosen}, dict[Address, tuple[float, Entitlement]]()
    for row, _ in matcher.rows:
        plain = row.amount and row.amount.unit == MONEY and not row.bounds and not units_of(row)
        if row.address in there or not plain or not matcher.fits(row, ""):
            continue
        one = (matcher.likeness.share(event_text(row), matcher.question), row)
        if one[0] >= least:
            found[row.address] = max(found.get(row.address, one), one, key=lambda pair: pair[0])
    return [row for _, row in found.values()]


def misses_counted(matched: Matched, question: str, likeness: Likeness) -> bool:
    """Whether of several things counted one is in no measure, or the number of measured ones."""
    measured = [use.fact for use in matched.uses if use.role == "unit"]
    if unread_pieces(question, measured) or _misses_area(matched, likeness):
        return True
    used = any(use.role == "count" for use in matched.uses)
    if used and _misses_part(matched):
        return True
    open_ = [f for f in matched.unused if f.is_count and not f.part and not _ASKER.search(f.words)]
    return used and any(
        _THINGS.search(fact.before) or _GOES_ON.search(fact.region) for fact in open_
    )


def misses_listed(chosen: Sequence[Entitlement], question: str, likeness: Likeness) -> bool:
    """Whether a question lists occasions of which the measures chosen do not speak.

    春节、端午、中秋 are three, where only 春节 and 其他法定节日 are written.
    """
    # What somebody must have done is said of the occasion as well: 新引进、首次就业的.
    texts = " ".join([row_text(r) for r in chosen] + [c.text for r in chosen for c in r.conditions])
    runs = [run for run in _OCCASIONS.findall(question) if not _TELLS.search(run)]
    listed = [item for run in runs for item in run.split("、")]
    return any(likeness.share(item[-4:], texts) == 0 for item in listed)


def more_persons(
    unit: str, matched: Matched, facts: Sequence[Fact], chosen: Sequence[Entitlement]
) -> bool:
    """Whether more numbers of persons, or of visits, are stated than there are measures for each."""
    aside = [*matched.aside, *(use.fact for use in matched.uses if use.role == "bound")]
    events = " ".join(map(event_text, chosen))
    persons = [
        f
        for f in facts
        if f.unit == unit and not f.past and f not in aside
        and not are_there(f.words, f.written, events)
    ]  # fmt: skip
    return sum(f.value > 1 for f in persons) > max(1, len(chosen))


def _misses_area(matched: Matched, likeness: Likeness) -> bool:
    """Whether of several areas at one amount one is of something else than it is for: 2000平方米仓库
    beside 1500平方米车间, where only a 车间 has an amount."""
    for row in dict.fromkeys(use.row for use in matched.uses if use.role == "unit"):
        facts = [use.fact for use in matched.of(row, "unit") if use.fact.unit == AREA]
        things = [
            re.sub(r"[^\u4e00-\u9fffA-Za-z]", "", f.words.replace(f.written, "")) for f in facts
        ]
        said = [likeness.share(thing, row_text(row)) > 0 for thing in things]
        other = any(_PLACE.search(t) and not s for t, s in zip(things, said, strict=True))
        if len(facts) > 1 and other and any(said):
            return True
    return False


def _misses_part(matched: Matched) -> bool:
    """Whether of things told apart (三个药：一个1类药，两个改良型的) some are in no measure."""
    uses = [use.fact for use in matched.uses if use.role == "count"]
    facts = sorted({f for f in [*uses, *matched.unused] if f.is_count}, key=lambda f: f.start)
    for at, whole in enumerate(facts):
        parts = facts[at + 1 :]
        told = len(parts) > 1 and sum(part.value for part in parts) == whole.value
        if told and any(part in matched.unused for part in parts):
            return True
    return False


def of_two_sides(matcher: Matcher, matched: Matched, chosen: Sequence[Entitlement]) -> bool:
    """Whether several amounts went to one of two sides that are both asked for, where the clause
    has the same for the other: 两头加起来 of who gives work out and who takes it on."""
    if not _TWO_SIDES.search(matcher.question):
        return False
    total = bool(_TOGETHER.search(matcher.question))
    for row in (row for row in chosen if row.base and matched.of(row, "base")):
        several = len(matched.of(row, "base")) > 1
        for one in (one for one in matcher.sisters(row) if one not in chosen and one.base):
            left, right = (r.base.text if r.base else "" for r in (one, row))
            if (several and left == right) or (total and (left in right or right in left)):
                return True
    return False
