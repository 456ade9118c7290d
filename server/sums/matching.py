"""Facts of a question to the measures found: which figure is the base, the count, a threshold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.sums.facets import Facets, conflict, facets_of
from server.sums.facts import COUNTED, Fact
from server.sums.likeness import Likeness, event_text, row_text

__all__ = ["SHARED_UNITS", "Matched", "Matcher", "Role", "Use", "units_of"]

Role = Literal["base", "count", "unit", "bound", "deduction", "ceiling"]

_RECEIVED = re.compile(r"领过|领了|拿过|享受过|已享受|已经?享受|已获|已拿|得过|别处|其他补|别的补")
_SPENT = re.compile(r"装修(?:一共|总共|实际)?(?:只|才)?花|实际(?:费用|花)|花了|费用")
_AGREED = re.compile(r"合同|约定|计划|预计|预算|写的|签的")
_REAL = re.compile(r"实际|到账|实付|已付|付了|到位")
_BOTH = re.compile(r"各自|两家|双方|两边|两头|双方|甲乙|委托方和|都能|分别")
#: A measure this much like the words of a fact, at least.
_LEAST = 0.12
#: A second measure of the same clause this near is not told apart by the words.
_NEAR = 0.03
#: Two thresholds this much alike in words are of the same thing.
_SAME_THING = 0.4
#: A count is of a measure whose occasion holds at least this share of what is counted.
_NAMED = 0.25


@dataclass(frozen=True, slots=True)
class Use:
    """A fact, the measure it goes into, and as what."""

    fact: Fact
    row: Entitlement
    role: Role
    score: float


@dataclass(frozen=True, slots=True)
class Matched:
    """Facts in their places; ``unclear`` are groups of measures that the words do not tell apart,
    ``aside`` amounts only agreed on where what was really paid is stated too.
    """

    uses: tuple[Use, ...]
    unused: tuple[Fact, ...]
    unclear: tuple[tuple[Entitlement, ...], ...]
    aside: tuple[Fact, ...] = ()

    def of(self, row: Entitlement, *roles: Role) -> list[Use]:
        """The facts that go into a measure as one of some roles."""
        return [use for use in self.uses if use.row is row and use.role in roles]


@dataclass(frozen=True, slots=True)
class Matcher:
    """Matches one question with the measures of the clauses found for it.

    ``rows`` pairs each measure with how well its clause fits the question, at most 1. ``focus``
    is what a follow-up names (那改良型呢), in the place of what the question before named.
    """

    likeness: Likeness
    question: str
    rows: Sequence[tuple[Entitlement, float]]
    focus: str = ""

    def match(self, facts: Sequence[Fact]) -> Matched:
        """Put each fact where its words and its unit fit best."""
        uses: list[Use] = []
        unused: list[Fact] = []
        unclear: list[tuple[Entitlement, ...]] = []
        for fact in facts:
            ranked = sorted(self._uses(fact), key=lambda use: -use.score)
            if not ranked or ranked[0].score < _LEAST:
                unused.append(fact)
                continue
            best = ranked[0]
            uses += self._shared(best, ranked)
            if best.role in ("base", "count", "unit") and (rows := self._unclear(best, ranked)):
                unclear.append(rows)
        counted = _counts_apart(uses)
        kept = _real_ones(counted)
        there = [use.row for use in kept]
        open_ = [rows for rows in unclear if any(rows[0] is row for row in there)]
        aside = tuple(use.fact for use in counted if use not in kept)
        return Matched(tuple(kept), tuple(unused), tuple(dict.fromkeys(open_)), aside)

    def fits(self, row: Entitlement, words: str) -> bool:
        """Whether nothing that some words say excludes a measure."""
        asked = self._asked(words)
        return not conflict(asked, facets_of(event_text(row)))

    def _asked(self, words: str) -> Facets:
        return {**facets_of(self.question), **facets_of(words), **facets_of(self.focus)}

    def _uses(self, fact: Fact) -> Iterable[Use]:
        for row, prior in self.rows:
            if not self.fits(row, fact.words):
                continue
            about = 0.5 * self._about(fact, row) + 0.8 * prior - 0.4 * self._unsaid(fact, row)
            for role, score in self._roles(fact, row, prior):
                yield Use(fact, row, role, about + score)

    def _about(self, fact: Fact, row: Entitlement) -> float:
        """How much a measure is what the words around the fact, and the question, speak of."""
        text = row_text(row)
        local = self.likeness.share(fact.words, text)
        whole = self.likeness.share(event_text(row), self.question)
        own = self.likeness.share(event_text(row), fact.words)
        apart = self.likeness.own(row, self.sisters(row), fact.words)
        return local + 0.6 * whole + 0.6 * own + apart

    def _unsaid(self, fact: Fact, row: Entitlement) -> int:
        """How many stages, classes and kinds the words around a fact name, a measure does not,
        and another of those found does."""
        own = facets_of(event_text(row))
        named = facets_of(fact.words)
        return sum(
            name not in own and any(name in facets_of(event_text(r)) for r, _ in self.rows)
            for name in named
        )

    def sisters(self, row: Entitlement) -> list[Entitlement]:
        """The measures of the same clause."""
        return [other for other, _ in self.rows if other.address == row.address]

    def _roles(self, fact: Fact, row: Entitlement, prior: float) -> Iterable[tuple[Role, float]]:
        like, words = self.likeness, fact.words
        if fact.unit == MONEY:
            yield from self._money_roles(fact, row, prior)
        if row.amount and fact.unit in units_of(row) and fact.unit not in SHARED_UNITS:
            yield "unit", 0.4
        elif row.amount and fact.is_count and not units_of(row):
            counted = _counted(words)
            about = like.share(counted[:8], row_text(row))
            named = max(about, like.own(row, self.sisters(row), counted))
            if named > _NAMED:
                yield "count", named
        for bound in row.bounds:
            if bound.quantity.unit == fact.unit and not fact.past:
                yield "bound", like.mutual(bound.of.text if bound.of else "", words)

    def _money_roles(
        self, fact: Fact, row: Entitlement, prior: float
    ) -> Iterable[tuple[Role, float]]:
        like, words = self.likeness, fact.words
        if (row.rate or row.tiers) and not _repeats_threshold(fact, row):
            base = like.mutual(row.base.text, words) if row.base else 0.0
            if base or prior == 1 or like.share(words, row_text(row)) > _NAMED / 2:
                yield "base", 0.2 + base
        if row.deductions and _RECEIVED.search(words):
            yield "deduction", 0.5 + like.mutual(row.deductions[0].text, words)
        if any("实际" in span.text and "不超过" in span.text for span in row.conditions):
            yield "ceiling", 0.3 * bool(_SPENT.search(words))

    def _shared(self, best: Use, ranked: Sequence[Use]) -> list[Use]:
        """One fact for two measures of the same base, where the question asks for both; a fact
        that a threshold is about is held against that threshold of every measure."""
        if best.role == "bound":
            bounds = [use for use in ranked if use.role == "bound"]
            # A measure with two thresholds of one unit is ranked for each.
            first = {id(use.row): use for use in reversed(bounds)}
            return [use for use in first.values() if self._bounds_alike(use, best)]
        if best.role != "base" or not _BOTH.search(self.question):
            return [best]
        base = best.row.base.text if best.row.base else ""
        return [best] + [
            use
            for use in ranked[1:]
            if use.role == "base" and use.row.address == best.row.address
            and use.row.base and use.row.base.text == base
            and use.row.rate and not _same_list(use.row, best.row)
        ]  # fmt: skip

    def _bounds_alike(self, use: Use, best: Use) -> bool:
        """Whether thresholds of two measures are of the same thing."""
        left, right = ([b.of.text for b in u.row.bounds if b.of] for u in (use, best))
        return any(self.likeness.mutual(a, b) > _SAME_THING for a in left for b in right)

    def _unclear(self, best: Use, ranked: Sequence[Use]) -> tuple[Entitlement, ...]:
        """Measures of one clause between which the question does not choose.

        They differ in a stage, class or kind of which it says nothing, or its words fit both.
        """
        asked = self._asked(best.fact.words)
        own = facets_of(event_text(best.row))
        rivals = []
        for use in ranked:
            row = use.row
            if row is best.row or row.address != best.row.address or use.role != best.role:
                continue
            other = facets_of(event_text(row))
            open_ = [
                g
                for g in own.keys() & other.keys()
                if g not in asked and own[g].isdisjoint(other[g])
            ]
            if open_ or (best.score - use.score < _NEAR and _figures(row) != _figures(best.row)):
                rivals.append(row)
        return (best.row, *rivals) if rivals and not _BOTH.search(self.question) else ()


def units_of(row: Entitlement) -> tuple[str, ...]:
    """The units by which an amount is multiplied: 平方米 of 元/平方米, 人 and 月 of 每人每月."""
    if row.amount is None:
        return ()
    units = [unit for unit in row.amount.unit.split("/")[1:] if unit not in COUNTED]
    each = row.each.text if row.each else ""
    units += [unit for word, unit in _EACH.items() if word in each]
    return tuple(dict.fromkeys(units))


#: Units that a question states once for all measures: persons and spans of time.
SHARED_UNITS = ("人", "月", "年", "日")
_EACH = {
    "每人": "人",
    "每名": "人",
    "每月": "月",
    "每年": "年",
    "每天": "日",
    "每日": "日",
    "每人次": "人次",
}


def _counts_apart(uses: Sequence[Use]) -> list[Use]:
    """Leave out counts that only say of how many things the amounts stated are: 两个项目，分别是…."""
    bases = [use for use in uses if use.role in ("base", "unit")]
    if not bases:
        return list(uses)
    there = {use.row.address for use in bases}
    return [
        use
        for use in uses
        if use.role != "count" or (use.row.address in there and use.fact.value != len(bases))
    ]


def _real_ones(uses: Sequence[Use]) -> list[Use]:
    """Of several amounts for a base that is what was really paid, leave out what is only agreed."""
    kept = []
    for use in uses:
        base = use.row.base.text if use.role == "base" and use.row.base else ""
        if "实际" in base and _AGREED.search(use.fact.words) and not _REAL.search(use.fact.words):
            rivals = [u for u in uses if u.row is use.row and u.role == "base" and u is not use]
            if any(_REAL.search(u.fact.words) for u in rivals):
                continue
        kept.append(use)
    return kept


def _counted(words: str) -> str:
    """What a count counts: the words behind it."""
    return re.sub(r"^.*?[\d一二两三四五六七八九十]+[个项件套台辆张场次家户间床]", "", words)


def _repeats_threshold(fact: Fact, row: Entitlement) -> bool:
    """Whether a fact says the threshold of a measure again: 单台都在50万元以上."""
    again = any(bound.quantity.value == fact.value for bound in row.bounds)
    return again and bool(re.search(rf"{re.escape(fact.written)}(?:（含）)?以上", fact.words))


def _figures(row: Entitlement) -> tuple[object, ...]:
    rate, amount = row.rate, row.amount
    caps = tuple(cap.quantity.value for cap in row.caps)
    return (rate and rate.value, amount and amount.value, caps)


def _same_list(left: Entitlement, right: Entitlement) -> bool:
    """Whether two measures are two steps of one 分别 list, of which only one applies."""
    return conflict(facets_of(event_text(left)), facets_of(event_text(right)))
