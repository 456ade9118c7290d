"""A question with the clauses found for it to a sum with its working."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Cap, Span
from indexer.entitlements.quantities import MONEY
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.answer import Calculation, Step
from server.sums.facts import Fact, stated_facts
from server.sums.likeness import Likeness, event_text
from server.sums.matching import SHARED_UNITS, Matched, Matcher, units_of
from server.sums.money import written
from server.sums.rows import Outcome, RowSum
from server.sums.working import Working

__all__ = ["Sum", "Sums"]

_TOTAL = re.compile(
    r"合计|一共|总共|加起来|加在一起|共[能有可]?[拿多]|总数|总额|满打满算|全年|两[块笔样项]|三[块笔样项]|几[块笔样项]|一起算|到底能|顶格|前后"
)
_MONEY_ASKED = re.compile(
    r"多少|几[万个多]|好多|[算能可]\S{0,3}(?:拿|报|补|奖|领|减|支持)|够不够|对[吧吗]|总数|测算|算"
)
_OWN = re.compile(r"我们|我司|我公司|本公司|咱们?|我院|本院|我厂|本厂|我家|我这|俺们?|我们?的")
_EACH_LEVEL = re.compile(r"各自|分别|两边|两头")
#: Of the clauses found, those whose measures are looked at.
_LOOKED_AT = 6
#: An occasion is spoken of where the question holds this share of its own words.
_SPOKEN = 0.15


@dataclass(frozen=True, slots=True)
class Sum:
    """A calculation, the characters it was read from, and of how many levels of government it is."""

    calculation: Calculation
    sources: tuple[Span, ...]
    levels: int = 1


@dataclass(frozen=True, slots=True)
class Sums:
    """Works out what a question asks for, where it states enough."""

    retriever: Retriever

    def work(self, retrieval: Retrieval) -> Sum | None:
        """Return the sum that a question asks for; None where it asks for none."""
        question = retrieval.understanding.text
        if not retrieval.hits or not _MONEY_ASKED.search(question):
            return None
        facts, likeness = stated_facts(question), Likeness(self.retriever)
        levels = self._levels(retrieval)
        # 分别 says then what each level gives, not what each of two parties gets.
        asked = _EACH_LEVEL.sub("", question) if len(levels) > 1 else question
        focus = retrieval.query.focus
        sums = [
            _OneDocument(likeness, asked, facts, self._rows(hits), focus).work() for hits in levels
        ]
        found = [s for s in sums if s is not None]
        worked = [s for s in found if s.calculation.result is not None]
        if len(worked) > 1:
            return self._side_by_side(worked)
        return next(iter([*worked, *found]), None)

    def _levels(self, retrieval: Retrieval) -> list[Sequence[Hit]]:
        """The clauses found, of each document compared where the question names several."""
        understood = retrieval.understanding
        if len(understood.areas) > 1 or len(understood.documents) > 1:
            sides = [side.hits for side in retrieval.sides if side.hits]
            first = {hits[0].passage.address.document: hits for hits in sides}
            if len(first) > 1:
                return list(first.values())
        return [retrieval.hits]

    def _side_by_side(self, sums: Sequence[Sum]) -> Sum:
        """Sums of two levels, the higher one first: they do not add up."""
        ordered = sorted(sums, key=lambda s: -(s.calculation.result or Decimal(0)))
        names = [self._level(s) for s in ordered]
        steps = [
            Step(f"{name}：{step.text}", step.addresses)
            for name, s in zip(names, ordered, strict=True)
            for step in s.calculation.steps
        ]
        parts = [s.calculation for s in ordered]
        return Sum(
            Calculation(
                parts[0].result, MONEY,
                "；".join(f"{name}{part.display}" for name, part in zip(names, parts, strict=True)),
                tuple(steps),
                tuple(dict.fromkeys(cap for part in parts for cap in part.caps)),
                tuple(dict.fromkeys(text for part in parts for text in part.assumptions)),
            ),
            tuple(span for s in ordered for span in s.sources),
            levels=len(ordered),
        )  # fmt: skip

    def _level(self, one: Sum) -> str:
        document = self.retriever.index.document(one.sources[0].address.document)
        return document.area or f"《{document.title}》"

    def _rows(self, hits: Sequence[Hit]) -> list[tuple[Entitlement, float]]:
        """The measures of the clauses found in the first one's document, with their rank's worth."""
        document = hits[0].passage.address.document
        found: dict[int, tuple[Entitlement, float]] = {}
        rows = self.retriever.index.entitlements[document]
        near = [hit for hit in hits if hit.passage.address.document == document][:_LOOKED_AT]
        for rank, hit in enumerate(near):
            path = hit.passage.address.path
            for row in rows:
                if (
                    row.address.path == path
                    or path.contains(row.address.path)
                    or row.address.path.contains(path)
                ):
                    found.setdefault(id(row), (row, 1 / (1 + rank)))
        return [pair for pair in found.values() if not pair[0].unread]


@dataclass(frozen=True, slots=True)
class _OneDocument:
    likeness: Likeness
    question: str
    facts: tuple[Fact, ...]
    rows: Sequence[tuple[Entitlement, float]]
    focus: str = ""

    def _matcher(self) -> Matcher:
        return Matcher(self.likeness, self.question, self.rows, self.focus)

    def work(self) -> Sum | None:
        """Match the facts, work out each measure, then what limits them together."""
        matched = self._matcher().match(self.facts)
        chosen = self._chosen(matched)
        if not chosen:
            return self._asked_back()
        if self._left_over(matched, chosen):
            return None
        if missing := self._missing(matched):
            return Sum(Calculation(None, MONEY, "", (), missing=missing), _read_from(chosen))
        working = Working()
        sums = RowSum(self.likeness, self.question, working, self.facts)
        outcomes = [
            sums.work(row, matched.of(row, "base", "count", "unit", "bound")) for row in chosen
        ]
        if not any(outcome.low for outcome in outcomes):
            return None
        if asked := tuple(dict.fromkeys(text for o in outcomes for text in o.missing))[:2]:
            return Sum(Calculation(None, MONEY, "", (), missing=asked), _read_from(chosen))
        low, high = self._together(outcomes, matched, working)
        return Sum(
            self._calculation(outcomes, matched, working, low, high),
            _unique([*working.sources, *_read_from(chosen)]),
        )

    def _chosen(self, matched: Matched) -> list[Entitlement]:
        """The measures that a fact went into, and in a total those that are only spoken of."""
        chosen = [row for row, _ in self.rows if matched.of(row, "base", "count", "unit")]
        asks_total = bool(_TOTAL.search(self.question))
        clauses = {row.address for row in chosen} or {
            row.address for row, prior in self.rows if prior == 1
        }
        for row, _ in self.rows:
            if (
                row in chosen
                or not row.amount
                or row.address not in clauses
                or row.amount.unit.split("/")[0] != MONEY
                or set(units_of(row)) - set(SHARED_UNITS)
            ):
                continue
            shared = any(
                unit in units_of(row) or (unit == "年" and "月" in units_of(row))
                for unit in {f.unit for f in self.facts}
            )
            if (
                (asks_total or row.increments or shared)
                and self._spoken(row)
                and self._matcher().fits(row, "")
            ):
                chosen.append(row)
        if not self._worth(chosen, matched):
            return []
        return [row for row, _ in self.rows if row in chosen]

    def _asked_back(self) -> Sum | None:
        """Where somebody asks of their own case and says no amount: which one is needed."""
        if not _OWN.search(self.question) or any(f.unit == MONEY for f in self.facts):
            return None
        matcher = self._matcher()
        rows = [row for row, prior in self.rows if prior == 1 and row.rate and row.base]
        rows = [row for row in rows if matcher.fits(row, "")]
        bases = list(dict.fromkeys(row.base.text for row in rows if row.base))
        if len(bases) != 1:
            return None
        asked = [f"{bases[0]}是多少？"]
        if (
            len(rows) > 1
            and len(events := list(dict.fromkeys(_own_words(r, rows) for r in rows))) > 1
        ):
            asked.append(f"您说的是哪一种：{'，还是'.join(events)}？")
        return Sum(Calculation(None, MONEY, "", (), missing=tuple(asked)), _read_from(rows))

    def _left_over(self, matched: Matched, chosen: Sequence[Entitlement]) -> bool:
        """Whether the question states something that no measure found takes.

        A sum that leaves out an amount, or how many days, would be a wrong one.
        """
        units = [set(units_of(row)) | _years_of(row) for row in chosen]
        for fact in self.facts:
            if fact.past or fact in matched.aside or any(u.fact is fact for u in matched.uses):
                continue
            if fact.unit == "人" and fact.value > 1:
                if not all("人" in own for own in units):
                    return True
            elif fact.unit in SHARED_UNITS:
                if fact.value > 1 and not any(fact.unit in own for own in units):
                    return True
            elif not fact.is_count and fact.unit not in ("%", "‰"):
                return True
        return bool(
            re.search(r"其中[^，。]{0,3}[\d一二两三四五六七八九十]+[个项张家]", self.question)
        )

    def _worth(self, chosen: Sequence[Entitlement], matched: Matched) -> bool:
        """Whether there is something to work out: more than one amount of one measure."""
        if any(matched.of(row, "base", "unit") for row in chosen) or len(chosen) > 1:
            return True
        counted = any(use.fact.value > 1 for row in chosen for use in matched.of(row, "count"))
        shared = any(units_of(row) for row in chosen) and any(
            f.unit in ("人", "月", "年", "日") for f in self.facts
        )
        return counted or shared or any(self._increments(row) for row in chosen)

    def _increments(self, row: Entitlement) -> bool:
        sums = RowSum(self.likeness, self.question, Working(), self.facts)
        return any(sums._given(increment, row, self.question) for increment in row.increments)

    def _spoken(self, row: Entitlement) -> bool:
        """Whether the question speaks of the occasion that is a measure's own."""
        sisters = [other for other, _ in self.rows if other.address == row.address]
        return self.likeness.own(row, sisters, self.question) >= _SPOKEN

    def _missing(self, matched: Matched) -> tuple[str, ...]:
        """What the asker must still say: between which measures the words do not choose."""
        asked = []
        for rows in matched.unclear:
            events = list(dict.fromkeys(_own_words(row, rows) for row in rows))
            asked.append(f"您说的是哪一种：{'，还是'.join(events)}？")
        return tuple(dict.fromkeys(asked))[:2]

    def _together(
        self, outcomes: Sequence[Outcome], matched: Matched, working: Working
    ) -> tuple[Decimal, Decimal]:
        """Add up, take off what was received, and hold the total to what caps it.

        What different caps limit is held to them apart, before it is added up.
        """
        groups: dict[tuple[Span, ...], list[Outcome]] = {}
        for outcome in outcomes:
            groups.setdefault(tuple(cap.quantity.span for cap in _caps(outcome)), []).append(
                outcome
            )
        sums = [_added(group, working) for group in groups.values()]
        caps = _caps(outcomes[0])
        if len(sums) > 1:
            for place, group in enumerate(groups.values()):
                for cap in _caps(group[0]):
                    sums[place] = self._capped(cap, *sums[place], working)
            caps = []
        low = high = working.plus([value for value, _ in sums])
        if any(one != other for one, other in sums):
            high = working.plus([value for _, value in sums])
        taken = [use for use in matched.uses if use.role == "deduction"]
        received = working.plus([use.fact.value for use in taken])
        spans = [span for use in taken for span in use.row.deductions]
        before = low
        if received:
            low = working.minus(low, received, *spans)
            high = low if high == before else working.minus(high, received, *spans)
        for cap in caps:
            low, high = self._capped(cap, low, high, working)
        for use in matched.uses:
            if use.role == "ceiling":
                low = working.capped(low, use.fact.value, "实际费用")
                high = min(high, use.fact.value)
        return min(low, high), max(low, high)

    def _capped(
        self, cap: Cap, low: Decimal, high: Decimal, working: Working
    ) -> tuple[Decimal, Decimal]:
        name = "每年上限" if cap.yearly else "上限"
        held = working.capped(low, cap.quantity.value, name, cap.quantity.span)
        if high == low:
            return held, held
        return held, working.capped(high, cap.quantity.value, name, cap.quantity.span)

    def _calculation(
        self,
        outcomes: Sequence[Outcome],
        matched: Matched,
        working: Working,
        low: Decimal,
        high: Decimal,
    ) -> Calculation:
        at_most = any(o.row.at_most or o.row.caps for o in outcomes) and high > 0
        display = written(low, MONEY)
        if high > low:
            display = (
                f"{display}（另一种读法为{written(high, MONEY)}）"
                if any(o.row.tiers for o in outcomes)
                else f"{display}至{written(high, MONEY)}"
            )
        assumptions = [
            text for outcome in outcomes if not outcome.failed for text in outcome.assumptions
        ]
        if any(o.row.deductions for o in outcomes) and not any(
            use.role == "deduction" for use in matched.uses
        ):
            assumptions.append("没有应扣除的其他补助")
        unused = [f"没有用到您说的{fact.written}" for fact in matched.unused if fact.unit == MONEY]
        return Calculation(
            low, MONEY, f"最高{display}" if at_most else display, tuple(working.steps),
            tuple(dict.fromkeys(working.caps)), tuple(dict.fromkeys([*assumptions, *unused])),
        )  # fmt: skip


def _caps(outcome: Outcome) -> list[Cap]:
    """The caps on all that one recipient gets for a measure; of a year, unless years are added up."""
    return [
        cap
        for cap in outcome.row.caps
        if cap.scope == "recipient" and cap.quantity.unit == MONEY
        and not outcome.failed and not (outcome.over_years and cap.yearly)
    ]  # fmt: skip


def _added(outcomes: Sequence[Outcome], working: Working) -> tuple[Decimal, Decimal]:
    """The sum of some outcomes, in both readings."""
    low = high = working.plus([value for outcome in outcomes for value in outcome.low])
    if any(outcome.low != outcome.high for outcome in outcomes):
        high = working.plus([value for outcome in outcomes for value in outcome.high])
    return low, high


def _years_of(row: Entitlement) -> set[str]:
    """The units of time that a measure is over: one of months takes years as well."""
    units = set(units_of(row)) | ({row.years.unit} if row.years else set())
    return {"年", "月"} if units & {"年", "月"} else set()


def _own_words(row: Entitlement, rows: Sequence[Entitlement]) -> str:
    """The pieces of an occasion that tell a measure from the others."""
    shared = set.intersection(*({span.text for span in other.event} for other in rows))
    return "".join(span.text for span in row.event if span.text not in shared) or event_text(row)


def _read_from(rows: Sequence[Entitlement]) -> tuple[Span, ...]:
    """The characters that the figures of measures were read from."""
    spans: list[Span] = []
    for row in rows:
        quantities = [row.rate, row.amount, *(tier.rate for tier in row.tiers)]
        spans += [q.span for q in quantities if q]
    return _unique(spans)


def _unique(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(spans))
