"""The amount that a clause gives for what a question names, without any figure put into it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.bounds import RELATIONS, as_written, is_money
from server.sums.clause_figures import quantity_at
from server.sums.facets import conflict, facets_of
from server.sums.facts import Fact
from server.sums.further import Further
from server.sums.likeness import Likeness, is_named_in
from server.sums.listing import listings_near
from server.sums.money import written
from server.sums.outcome import Outcome
from server.sums.result import Sum, unique, worked_alone
from server.sums.units import units_of
from server.sums.working import Working

__all__ = ["named_amount"]

#: A measure is the one named where the question says as much of what it is for, and of any other
#: one so much less.
_NAMED, _APART = 0.35, 0.1
#: Of what it is for by itself this share of the pairs of characters must be said.
_SAID = 0.5
#: Of one of several things that it is for.
_SAID_OF_ONE = 0.75
_OR = re.compile(r"、|和|或者?|及")
_COMMON = re.compile(
    r"[首第]一?次|认定|评定|评为|获评|获得|取得|成为|列入|新(?=认|获|评)|(?:国家|省|市|区|县)级|企业|单位|机构|及?以上|[的为每个各]"
)
#: What a kind that both name is worth.
_SAME = 0.2
_MONTHLY = re.compile(r"每个?月|一个月|按月|月均")
_TIMES = re.compile(r"每年|每[天日次]|(?<!及)以上|超过|不足|不超过|最高")
_GIVES = re.compile(r"给予|发放|奖励|补[助贴]|资助|标准")
_RAISE = re.compile(r"上限|限额|额度|提高|增加|上浮|累计|总额")
_NEAR = 4


@dataclass(frozen=True, slots=True)
class _Named:
    """An amount with the words of what it is for."""

    parts: tuple[str, ...]
    amount: Quantity
    row: Entitlement | None = None

    @property
    def words(self) -> str:
        """All of its words."""
        return " ".join(self.parts)


def named_amount(level: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The amount of the one measure, or the one item of a list, that a question names.

    None where it names none or two, or states a figure that might go into it.
    """
    question = level.understanding.text
    if not level.hits or any(f.value != 1 and not f.past for f in facts):
        return None
    index = likeness.retriever.index
    named = _chosen(_measures(level, index, question), question, likeness)
    named = named or _chosen(_items(level, index, question), question, likeness)
    if named is None:
        return None
    working = Working()
    working.times((), named.amount)
    if named.row is None:
        return worked_alone(named.amount.value, MONEY, "", working)
    return _of_row(named.row, named.amount.value, question, likeness, working)


def _of_row(
    row: Entitlement, value: Decimal, question: str, likeness: Likeness, working: Working
) -> Sum | None:
    """What a measure adds in the cases that are said, within its limits; the others are named.

    None where it is not clear whether a case is said.
    """
    further = Further(likeness, question, working, ())
    if any(further.unclear(increment, row, question) for increment in row.increments):
        return None
    value = further.increased(row, value, None, Outcome(row, [], []))
    for cap in (cap for cap in row.caps if is_money(cap)):
        name = "每年上限" if cap.yearly else "上限"
        value = working.capped(value, cap.quantity.value, name, cap.quantity.span)
    given = [i for i in row.increments if further.given(i, row, question)]
    cases = ("".join(s.text for s in i.event) for i in row.increments if i not in given)
    assumed = [f"没有“{case}”的情形" for case in cases]
    for bound in row.bounds:
        of = bound.of.text if bound.of else ""
        assumed.append(f"{of}{RELATIONS[bound.relation]}{as_written(bound)}")
    most = "最高" if row.at_most else ""
    return Sum(
        Calculation(
            value, MONEY, f"{most}{written(value, MONEY)}", tuple(working.steps),
            tuple(dict.fromkeys(working.caps)), tuple(dict.fromkeys(assumed)),
        ),
        unique(working.sources),
    )  # fmt: skip


def _measures(level: Retrieval, index: ClauseIndex, question: str) -> list[_Named]:
    """The measures of the articles found that are one amount."""
    first = level.hits[0].passage.address
    near = [hit.passage.address for hit in level.hits[:_NEAR]]
    articles = {a.path.article for a in near if a.document == first.document}
    return [
        _Named(_parts(row), row.amount, row)
        for row in index.entitlements[first.document]
        if row.address.path.article in articles
        and row.amount
        and _is_plain(row, question)
        and not _is_raise(row, index)
    ]


def _parts(row: Entitlement) -> tuple[str, ...]:
    return tuple(span.text for span in [*row.event, row.name] if span)


def _items(level: Retrieval, index: ClauseIndex, question: str) -> list[_Named]:
    """The items of the list that fits best, where each is a name and an amount: 第一个子女，2000元."""
    listing = next((one for one in listings_near(level, index, near=1) if one.best), None)
    if listing is None or not _GIVES.search(listing.lead.words):
        return []
    found = []
    for item in listing.items:
        quantities = find_quantities(item.words)
        if len(quantities) != 1 or quantities[0].unit != MONEY or quantities[0].low is not None:
            return []
        words = item.words[: quantities[0].start]
        monthly = _MONTHLY.search(listing.lead.words + words)
        if _TIMES.search(words) or bool(monthly) != bool(_MONTHLY.search(question)):
            return []
        found.append(
            _Named((words,), quantity_at(item.address, item.words, quantities[0], item.at))
        )
    return found


def _chosen(found: Sequence[_Named], question: str, likeness: Likeness) -> _Named | None:
    """The one that a question names: it says enough of its words, and less of any other's."""
    asked = facets_of(question)
    ranked = []
    for one in found:
        own = facets_of(one.words)
        if conflict(asked, own) or not any(_is_said(part, question) for part in one.parts):
            continue
        same = any(asked[group] & own[group] for group in asked.keys() & own.keys())
        ranked.append((likeness.share(one.words, question) + (_SAME if same else 0), one))
    ranked.sort(key=lambda pair: pair[0], reverse=True)
    if not ranked or ranked[0][0] < _NAMED:
        return None
    apart = len(ranked) < 2 or ranked[0][0] - ranked[1][0] >= _APART
    return ranked[0][1] if apart else None


def _is_said(part: str, question: str) -> bool:
    """Whether a question says what an amount is for, apart from what is said of many (首次认定); of
    several things that it is for (改良型新药、生物类似药), one nearly whole."""
    asked = re.sub(r"[^\u4e00-\u9fffA-Za-z\d]", "", question)
    parts = [_name(one) for one in _OR.split(part)]
    one = len(parts) > 1 and any(is_named_in(p, asked, _SAID_OF_ONE) for p in parts if len(p) > 2)
    return one or is_named_in(_name(part), asked, _SAID)


def _name(part: str) -> str:
    return re.sub(r"[^\u4e00-\u9fffA-Za-z\d]", "", _COMMON.sub("", part))


def _is_raise(row: Entitlement, index: ClauseIndex) -> bool:
    """Whether a figure only raises another one, or a limit: 单个项目补助上限提高100万元."""
    if row.amount is None:
        return False
    before = index.clause(row.address)[1].text[: row.amount.span.start]
    return bool(_RAISE.search(re.split("[，。；\n]", before)[-1]))


def _is_plain(row: Entitlement, question: str) -> bool:
    """Whether a measure is one amount that nothing multiplies, or one of each month if so asked."""
    if row.amount is None or row.amount.unit != MONEY or row.amount.low is not None:
        return False
    units = set(units_of(row)) - {"人"}
    monthly = bool(_MONTHLY.search(question))
    return not row.unread and not row.rate and units == ({"月"} if monthly else set())
