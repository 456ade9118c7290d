"""The working of a sum, line by line: exact, each line with the clauses it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity, Span, Tier
from indexer.entitlements.quantities import MONEY
from server.answer import Step
from server.sums.money import plain, written

__all__ = ["Working"]


@dataclass(slots=True)
class Working:
    """Lines as they are worked out; every method adds its line and returns the outcome."""

    steps: list[Step] = field(default_factory=list)
    caps: list[str] = field(default_factory=list)
    sources: list[Span] = field(default_factory=list)

    def share(
        self, base: Decimal, rate: Quantity, value: Decimal | None = None, unit: str = MONEY
    ) -> Decimal:
        """base × rate: 1200万元 × 10% = 120万元."""
        percent = rate.value if value is None else value
        scale = {"‰": Decimal(1000), "倍": Decimal(1)}.get(rate.unit, Decimal(100))
        outcome = base * percent / scale
        text = f"{written(base, unit)} × {plain(percent)}{rate.unit} = {written(outcome, unit)}"
        self._add(text, rate.span)
        return outcome

    def times(self, factors: Sequence[tuple[Decimal, str]], amount: Quantity) -> Decimal:
        """Counts × an amount: 1500平方米 × 800元/平方米 = 120万元; without a count the amount itself."""
        outcome, words = amount.value, []
        for value, unit in factors:
            outcome *= value
            words.append(written(value, unit))
        own = f"{written(amount.value, MONEY)}{amount.unit.removeprefix(MONEY)}"
        if all(value == 1 for value, _ in factors):
            self.sources.append(amount.span)
            self._add(f"{_unit_free(words)}{own}", amount.span)
        else:
            self._add(f"{' × '.join([*words, own])} = {written(outcome, MONEY)}", amount.span)
        return outcome

    def full(self, value: Decimal, each: Quantity, amount: Quantity) -> Decimal:
        """An amount as often as a value holds a whole one: 2.7亿元 holds 1亿元 twice."""
        exact = value / each.value
        times = exact.quantize(Decimal(1), ROUND_FLOOR)
        left, right = written(value, each.unit), written(each.value, each.unit)
        if not times:
            self._add(f"{left} 未达到{right}，不能享受", each.span)
            return Decimal(0)
        self._add(f"{left} ÷ {right} {'=' if times == exact else '≈'} {times}个", each.span)
        return self.times([(times, "个")], amount)

    def by_days(self, base: Decimal, rate: Quantity, count: Decimal, unit: str = "天") -> Decimal:
        """A rate for each day over days: 4万元 × 0.05% × 50天 = 1000元."""
        outcome = base * rate.value * count / {"‰": 1000, "倍": 1}.get(rate.unit, 100)
        factors = f"{written(base, MONEY)} × {plain(rate.value)}{rate.unit} × {plain(count)}{unit}"
        self._add(f"{factors} = {written(outcome, MONEY)}", rate.span)
        return outcome

    def months(self, count: Quantity, wage: Decimal) -> Decimal:
        """Months of a wage: 11个月 × 6000元 = 6.6万元."""
        outcome = count.value * wage
        factors = f"{written(count.value, count.unit)} × {written(wage, MONEY)}"
        self._add(f"{factors} = {written(outcome, MONEY)}", count.span)
        return outcome

    def over(self, value: Decimal, years: Decimal, *spans: Span) -> Decimal:
        """A yearly amount over years: 5万元/年 × 3年 = 15万元."""
        outcome = value * years
        self._add(
            f"{written(value, MONEY)}/年 × {plain(years)}年 = {written(outcome, MONEY)}", *spans
        )
        return outcome

    def plus(self, values: Sequence[Decimal], spans: Iterable[Span] = ()) -> Decimal:
        """A sum of several lines: 200万元 + 100万元 = 300万元; one value needs no line."""
        outcome = sum(values, Decimal(0))
        if len(values) > 1:
            terms = " + ".join(written(value, MONEY) for value in values)
            self._add(f"{terms} = {written(outcome, MONEY)}", *spans)
        return outcome

    def minus(self, value: Decimal, taken: Decimal, *spans: Span, unit: str = MONEY) -> Decimal:
        """A difference, never below nothing: 250万元 − 65万元 = 185万元."""
        outcome = max(value - taken, Decimal(0))
        line = f"{written(value, unit)} − {written(taken, unit)} = {written(value - taken, unit)}"
        self._add(line if outcome else f"{line}，按0元", *spans)
        return outcome

    def capped(self, value: Decimal, cap: Decimal, name: str, *spans: Span) -> Decimal:
        """The lower of a value and a cap; says whether the cap was reached."""
        limit = written(cap, MONEY)
        if value > cap:
            self._add(f"{written(value, MONEY)} 超过{name}{limit}，按{limit}", *spans)
        else:
            self._add(f"{written(value, MONEY)} 未超过{name}{limit}", *spans)
        self.caps.append(f"{name}{limit}")
        return min(value, cap)

    def tiers(self, base: Decimal, tiers: Sequence[Tier], from_zero: bool) -> Decimal:
        """Parts of a base, each at its rate; the first part counts from nothing or from its edge."""
        outcomes = []
        for place, tier in enumerate(tiers):
            low = tier.low.value if tier.low else Decimal(0)
            high = min(base, tier.high.value) if tier.high else base
            if from_zero and place == 0:
                low = Decimal(0)
            # What just reaches the first part is shown to come to nothing.
            if high < low or (high == low and (place or not low)):
                continue
            part = high if not low else self.minus(high, low, tier.rate.span)
            outcomes.append(self.share(part, tier.rate))
        return self.plus(outcomes)

    def says(self, text: str, *spans: Span) -> None:
        """A line of words, without arithmetic."""
        self._add(text, *spans)

    def _add(self, text: str, *spans: Span) -> None:
        addresses: tuple[Address, ...] = tuple(dict.fromkeys(span.address for span in spans))
        self.sources += spans
        self.steps.append(Step(text, addresses))


def _unit_free(words: Sequence[str]) -> str:
    """1个 and 1项 before an amount say nothing."""
    return (
        ""
        if all(
            word[1:] in ("", "个", "项", "件", "套", "场", "张", "家", "台", "次") for word in words
        )
        else " × ".join(words) + " × "
    )
