"""One condition held against a company: met, not met, or open, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound
from indexer.entitlements.quantities import MONEY
from server.fitting.company import Company, Product
from server.fitting.conditions import Demand
from server.fitting.named import named
from server.fitting.product import judge_product, judge_purpose
from server.fitting.wordlist import found, pattern, plain_text
from server.sums.bounds import RELATIONS, as_written, holds
from server.sums.facets import conflict, facets_of
from server.sums.likeness import Likeness, event_text

__all__ = ["Ask", "Judge", "Judged", "State"]

State = Literal["met", "unmet", "unknown"]

#: A sentence of the company says a condition where it holds this share of its words.
_SAID = 0.8
#: It speaks of it where it holds this share.
_SPOKEN = 0.3
#: What one kind of institution is called where it gets support.
_INSTITUTIONS = {"医疗机构": re.compile("医疗机构|医院"), "平台": re.compile("服务平台|平台|机构")}
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_NOTHING = re.compile(r"(?!)")
_PERSONS = re.compile(r"人数|员工|职工|社保|从业")


@dataclass(frozen=True, slots=True)
class Ask:
    """What would settle a condition: yes or no, or an amount by its name."""

    id: str
    text: str
    kind: Literal["yes_no", "amount", "number", "text"]
    name: str | None = None
    unit: str | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A condition with what was found on it. ``spoken``: the profile is on the matter at all."""

    demand: Demand
    state: State
    why: str
    ask: Ask | None = None
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Judge:
    """Holds the conditions of one measure against one product of a company."""

    likeness: Likeness
    company: Company
    product: Product | None
    row: Entitlement

    def judge(self, demand: Demand) -> Judged:
        """Judge one condition; an answer to its question comes first."""
        answer = self.company.answer(demand.id)
        if answer is not None and demand.bound is None:
            holds_ = answer != (demand.kind == "exclusion")
            return Judged(demand, "met" if holds_ else "unmet", "按您的回答", spoken=True)
        if demand.kind == "threshold" and demand.bound:
            return self._threshold(demand, demand.bound)
        if demand.kind == "decision":
            return Judged(demand, "unknown", "由主管部门评审、批准，不由企业情况决定")
        if demand.kind == "exclusion":
            ask = Ask(demand.id, f"是否有这种情形：“{demand.words}”？", "yes_no")
            return Judged(demand, "unknown", "没有说是否有这种情形", ask)
        if demand.kind == "recipient":
            return self._recipient(demand)
        parts = [self._piece(demand, span.text) for span in demand.spans]
        order = ("met", "unknown", "unmet")
        return min(parts, key=lambda part: order.index(part.state))

    def _piece(self, demand: Demand, text: str) -> Judged:
        """A piece of an occasion: class, stage and steps of a product, and the words left."""
        read = judge_purpose if demand.kind == "purpose" else judge_product
        told = read(text, self.product, self.company)
        for state in ("unmet", "unknown"):
            for one in told.findings:
                if one.state == state:
                    ask = None if one.open else self._yes_no(demand)
                    return Judged(demand, one.state, one.why, ask, told.spoken)
        if len(told.left) < _FEWEST:
            why = "；".join(dict.fromkeys(f.why for f in told.findings)) or "没有另外的要求"
            return Judged(demand, "met", why, spoken=bool(told.findings))
        said = self._said(demand, told.left)
        return said if said.spoken or not told.spoken else Judged(
            demand, said.state, said.why, said.ask, spoken=True
        )  # fmt: skip

    def _said(self, demand: Demand, words: str) -> Judged:
        """Whether a sentence of the company says some words, and does not deny or only plan it."""
        best, sentence = 0.0, ""
        for statement in (*self.company.statements(), *self._named_things()):
            share = self.likeness.share(words, statement)
            if share > best:
                best, sentence = share, statement
        if best >= _SAID and _says_so(sentence, words, demand.words):
            return Judged(demand, "met", f"按您写的：“{sentence}”", spoken=True)
        why = f"没有说明“{words}”"
        return Judged(demand, "unknown", why, self._yes_no(demand), best >= _SPOKEN)

    def _named_things(self) -> list[str]:
        """Names in the profile: of the product, of what an area is of, of an amount."""
        own = [self.product.name] if self.product else []
        return own + [a.of for a in self.company.areas] + [a.name for a in self.company.amounts]

    def _recipient(self, demand: Demand) -> Judged:
        """Who gets it: kinds of institutions that the company is or is not, then the words left."""
        text = demand.words
        wanted, own = set(found("recipient", text)), self._own_kinds()
        if not own:
            ask = Ask(
                "kinds", "申请单位是哪一类：药品企业、器械企业、服务平台还是医疗机构？", "text"
            )
            return Judged(demand, "unknown", "没有说是哪一类单位", ask)
        given = "、".join(self.company.kinds)
        if wanted and own.isdisjoint(wanted) and "平台" not in own | wanted:
            return Judged(demand, "unmet", f"支持对象是{text}，您填的是{given}")
        left = pattern("plain_recipient").sub("", plain_text(text))
        for kind in own:
            left = _INSTITUTIONS.get(kind, _NOTHING).sub("", left)
        if not own.isdisjoint(wanted) and len(left) < _FEWEST:
            return Judged(demand, "met", f"您填的是{given}")
        said = self._said(demand, left)
        if said.state == "met":
            return said
        ask = Ask(demand.id, f"申请单位是否为“{text}”？", "yes_no")
        return Judged(demand, "unknown", f"没有说是否为“{text}”", ask)

    def _own_kinds(self) -> set[str]:
        """What the company is: a hospital, a platform of services, else a company."""
        named_ = [found("recipient", kind) for kind in self.company.kinds]
        return {names[0] if names else "企业" for names in named_}

    def _threshold(self, demand: Demand, bound: Bound) -> Judged:
        """A figure of the company held against a threshold, where it is called the same."""
        name = bound.of.text if bound.of else demand.words
        limit = f"{RELATIONS[bound.relation]}{as_written(bound)}"
        unit = bound.quantity.unit
        if unit != MONEY:
            return self._number(demand, bound, name, limit)
        stage = facets_of(event_text(self.row)).get("stage", frozenset())
        ask = Ask(f"amount:{name}", f"“{name}”是多少？（条文：{limit}）", "amount", name, "万元")
        best = Judged(demand, "unknown", f"没有说“{name}”", ask)
        for amount in self.company.amounts:
            how = named(amount, bound.of, stage if amount.stage else frozenset())
            reached = holds(amount.money, bound)
            if how == "same":
                word = "符合" if reached else "不符合"
                why = f"您说的{amount.words}，{word}“{limit}”"
                return Judged(demand, "met" if reached else "unmet", why, spoken=True)
            if how == "part" and not reached and bound.relation in (">", ">="):
                why = f"您说的{amount.words}，“{name}”不会更多，不符合“{limit}”"
                return Judged(demand, "unmet", why, spoken=True)
            if how:
                why = f"您说了{amount.words}，没有说“{name}”"
                best = Judged(demand, "unknown", why, ask, spoken=True)
        return best

    def _number(self, demand: Demand, bound: Bound, name: str, limit: str) -> Judged:
        unit, persons = bound.quantity.unit, self.company.employees
        if unit == "人" and persons is not None and _PERSONS.search(name):
            reached = holds(type(bound.quantity.value)(persons), bound)
            why = f"您说的{persons}人，{'符合' if reached else '不符合'}“{limit}”"
            return Judged(demand, "met" if reached else "unmet", why, spoken=True)
        answer = self.company.answer(demand.id)
        if answer is not None:
            return Judged(demand, "met" if answer else "unmet", "按您的回答", spoken=True)
        return Judged(demand, "unknown", f"没有说“{name}”是否{limit}", self._yes_no(demand))

    def _yes_no(self, demand: Demand) -> Ask:
        return Ask(demand.id, f"是否符合：“{demand.words}”？", "yes_no")


def _says_so(sentence: str, words: str, whole: str) -> bool:
    """Whether a sentence that holds some words says no other level, side or figure, and is no
    plan or denial."""
    figures = set(_FIGURE.findall(plain_text(words)))
    if not figures <= set(_FIGURE.findall(plain_text(sentence))):
        return False
    other = conflict(facets_of(sentence), facets_of(whole))
    return not other and not pattern("open").search(sentence)


#: Fewer characters than these are no words.
_FEWEST = 2
