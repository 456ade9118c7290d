"""What a further case adds to an amount: 通过优先审批的，上限再提高100万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Increment
from indexer.entitlements.quantities import find_quantities
from indexer.lexical import terms
from server.sums.classes import names_other_classes, of_no_other_class, said_of_class
from server.sums.clause_figures import quantity_at
from server.sums.facets import conflict, facets_of
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text, row_text
from server.sums.outcome import Outcome
from server.sums.working import Working

__all__ = ["Further"]

_PLAIN = re.compile(r"普通|没走|都没|未走|没有通过|没通过|常规")
_NOT = re.compile(r"(?:没有?|未|不是|不属于?|并?非|不含)[^，,。；;、\d]{0,3}$")
_BREAK = re.compile(r"[，,。；;]")
#: A further case is said of each of several things.
_ALL = re.compile(r"都|均|全部|全走|全是|每[个张件项]|[两三]个一起")
#: A further case is taken as given where the question holds this share of its own words.
_GIVEN = 0.35
#: 委托本市机构承担的，补助比例提高5个百分点，最高限额不变.
_POINTS = re.compile(
    r"(?P<case>[^，。；\d]{4,40})的，(?:补[助贴]|奖励|资助|支持|贴息)?(?:比例|标准)?(?:再|相应|可)?(?:提高|上浮|增加)"
    r"(?P<points>\d{1,2}(?:\.\d)?个百分点)(?:，[^，。；\d]{0,8}(?:上限|限额|最高)[^，。；\d]{0,6}不变)?(?=[。；”]|$)"
)
#: Where something is done: here, or elsewhere.
_HERE = re.compile(r"本[市地区县省]|当地|[市区县省]内")
_PARTLY = re.compile(r"一半|(?<!全)部分|其中|[一二三四五六七八九]成|只有|有些|有的")
_AWAY = re.compile(r"外[地省市]|[省市区县]外|异地|[国境]外")


@dataclass(frozen=True, slots=True)
class Further:
    """Adds to an amount what the further cases add that the question says are given."""

    likeness: Likeness
    question: str
    working: Working
    facts: Sequence[Fact]

    def increased(
        self, row: Entitlement, value: Decimal, fact: Fact | None, outcome: Outcome
    ) -> Decimal:
        """Add what a further case adds, where the question says that it is given."""
        if fact and fact.part and row.increments:
            return self._of_part(row, value, fact, outcome)
        words = self._said_with(row, fact)
        if _PLAIN.search(fact.words if fact else words):
            return value
        given = [i for i in row.increments if self.given(i, row, words)]
        if fact and fact.value > 1:
            return self._of_all(given, value, fact, words, outcome)
        for increment in given:
            value = self.working.plus([value, increment.amount.value], [increment.amount.span])
        return value

    def raised(self, row: Entitlement, base: Decimal, text: str, outcome: Outcome) -> Decimal:
        """What a rate gives of an amount, with the points that a further case behind it adds."""
        assert row.rate is not None
        value = self.working.share(base, row.rate)
        for match in _POINTS.finditer(text, row.rate.span.start):
            case, at = match["case"], match.start("points")
            given = self._is_case(case, row)
            if given is None:
                outcome.missing.append(f"是否属于“{case}”的情形？")
            elif not given or row.rate.low is not None:
                outcome.assumptions.append(f"没有“{case}”的情形")
            else:
                points = quantity_at(
                    row.address, text[at:], find_quantities(match["points"])[0], at
                )
                value = self.working.plus([value, self.working.share(base, points)], [points.span])
        return value

    def _is_case(self, case: str, row: Entitlement) -> bool | None:
        """Whether the question says that a case is given; None where it says so in part."""
        said = set(terms(row_text(row)))
        distinct = [t for t in terms(_HERE.sub("", case)) if t not in said]
        share = self.likeness.retriever.coverage(distinct, self.question)
        here, away = _HERE.search(self.question), _AWAY.search(self.question)
        if not share or _is_denied(distinct, self.question):
            return False
        if _PARTLY.search(self.question) or (_HERE.search(case) and (away or not here)):
            return False if away and not here else None
        return share >= _GIVEN or None

    def _said_with(self, row: Entitlement, fact: Fact | None) -> str:
        """What the question says of the things counted, or of all where they are the only ones."""
        if names_other_classes(row, self.question):
            if fact and self._of_its_own(row, fact):
                return of_no_other_class(row, fact.region)
            own = fact.words + of_no_other_class(row, fact.region) if fact else ""
            return own + said_of_class(row, self.question)
        alone = fact is None or not any(f.is_count and f is not fact for f in self.facts)
        return self.question if alone or fact is None else fact.region

    def _of_its_own(self, row: Entitlement, fact: Fact) -> bool:
        """Whether several things of one class are counted one by one: 一个二类走了创新审批，一个二类
        走了优先审批."""
        named = [
            f for f in self.facts if f.is_count and said_of_class(row, _BREAK.split(f.region)[0])
        ]
        return fact in named and len(named) > 1

    def _of_all(
        self,
        given: Sequence[Increment],
        value: Decimal,
        fact: Fact,
        words: str,
        outcome: Outcome,
    ) -> Decimal:
        """What a further case adds to each of several things, where it is said of all (都走了).

        Where parts are told apart these are the rest; else how many it is given for is asked.
        """
        if not given or any(f.part and f.unit == fact.unit for f in self.facts):
            return value
        if len(given) > 1 or not _ALL.search(words):
            cases = "、".join(f"“{_case(increment)}”" for increment in given)
            each = "各" if len(given) > 1 else ""
            outcome.missing.append(f"{fact.written}中属于{cases}的{each}有几{fact.unit}？")
            return value
        more = self.working.times([(fact.value, fact.unit)], given[0].amount)
        return self.working.plus([value, more], [given[0].amount.span])

    def _of_part(self, row: Entitlement, value: Decimal, part: Fact, outcome: Outcome) -> Decimal:
        """What a further case adds to the things it is given for: 其中2个走了优先审批."""
        given = [i for i in row.increments if self.given(i, row, part.words + part.region)]
        if not given:
            outcome.missing.append(f"其中的{part.written}属于条文里的哪种情形？")
        for increment in given:
            more = self.working.times([(part.value, part.unit)], increment.amount)
            value = self.working.plus([value, more], [increment.amount.span])
        return value

    def given(self, increment: Increment, row: Entitlement, words: str) -> bool:
        """Whether some words say that the further case of an increment is given."""
        own = _case(increment)
        # 第三类 of 经特别审查获批的第三类产品 is what the measure says already.
        kinds = facets_of(event_text(row))
        named = {group: v for group, v in facets_of(own).items() if kinds.get(group) != v}
        said = facets_of(words)
        if conflict(named, said):
            return False
        # 国家 alone does not say which of two procedures.
        if named.keys() & said.keys() and ("procedure" in said or "procedure" not in named):
            return True
        distinct = self._distinct(increment, row)
        if _is_denied(distinct, words):
            return False
        return self.likeness.retriever.coverage(distinct, words) >= _GIVEN

    def unclear(self, increment: Increment, row: Entitlement, words: str) -> bool:
        """Whether some words name a further case in part, and do not deny it."""
        distinct = self._distinct(increment, row)
        said = self.likeness.retriever.coverage(distinct, words)
        return (
            said > 0 and not self.given(increment, row, words) and not _is_denied(distinct, words)
        )

    def _distinct(self, increment: Increment, row: Entitlement) -> list[str]:
        """The terms that tell a further case from the others and from the measure itself: 重点 of
        列入国家重点小巨人."""
        others = {t for i in row.increments if i is not increment for t in terms(_case(i))}
        own = terms(_case(increment))
        said = others | set(terms(event_text(row)))
        return [t for t in own if t not in said] or [t for t in own if t not in others] or own


def _is_denied(names: Sequence[str], words: str) -> bool:
    """Whether some words say that a case is not given: 没进重点那批."""
    places = [match.start() for name in names for match in re.finditer(re.escape(name), words)]
    return any(_NOT.search(words[:place]) for place in places)


def _case(increment: Increment) -> str:
    """The words of a further case."""
    return "".join(span.text for span in increment.event)
