"""Another case that a question supposes: 到账1.3亿，能奖多少？要是只到账9000万呢？ Two sums, not one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from server.answer import Step
from server.sums.facts import Fact, stated_facts
from server.sums.result import Sum, unique

__all__ = ["Cases", "both", "cases_of", "supposed_from"]

_SENTENCE = re.compile(r"[^。！!？?；;\n]+[。！!？?；;\n]?")
_SUPPOSED = re.compile(
    r"^[\s，,]*(?:那么?|但是?|又)?(?:要是|如果|假如|假设|倘若|万一|若是?|换成|换作|改成)"
)
_ONE_MORE = re.compile(r"^[\s，,]*再(?:来|添|多|加|报|拿)[一1两二三四五六七八九\d]")
_LATER = "后一种情形"
#: 换成改良型又是多少 asks, and is no case by these words.
_ASKED = re.compile(
    r"[，,]?(?:(?:又|那)?(?:是|有|能?[拿补给奖])?(?:多少|几何)钱?|[塞装放]得下[不吗么]?)$"
)
_ASKS = re.compile(r"多少|几[万元个]|好多|吗|呢|怎么|[？?]")


@dataclass(frozen=True, slots=True)
class Cases:
    """A question without what it supposes, and the figures of both cases."""

    question: str
    first: tuple[Fact, ...]
    second: tuple[Fact, ...]


def cases_of(question: str, facts: Sequence[Fact]) -> Cases | None:
    """Part a question from the other case that it ends with; None where it has one case only.

    >>> from server.sums.facts import stated_facts
    >>> asked = "到位1.3亿，奖多少？要是只到位9000万呢？"
    >>> cases = cases_of(asked, stated_facts(asked))
    >>> [f.written for f in cases.first], [f.written for f in cases.second]
    (['1.3亿'], ['9000万'])
    """
    start = supposed_from(question)
    if start is None:
        return None
    own = [fact for fact in facts if fact.start >= start]
    if _ONE_MORE.match(question[start:]):
        # 再来一张 comes to those told before.
        first = stated_facts(question[:start])
        return Cases(question[:start], first, (*first, *own)) if own else None
    before = [fact for fact in facts if fact.start < start]
    units = {fact.unit for fact in own if not fact.past}
    if not units or not units & {fact.unit for fact in before}:
        return None
    kept = [fact for fact in before if fact.unit not in units]
    return Cases(question[:start], tuple(before), (*kept, *own))


def supposed_from(question: str) -> int | None:
    """Where the other case begins that a question supposes behind what it asks first."""
    parts = list(_SENTENCE.finditer(question))
    start = next(
        (p.start() for p in parts[1:] if _SUPPOSED.match(p[0]) or _ONE_MORE.match(p[0])), None
    )
    return start if start is not None and _ASKS.search(question[:start]) else None


def both(first: Sum, second: Sum | None, asked: str) -> Sum:
    """The sum of a question, and what it comes to in the case that it supposes.

    ``asked`` is the question as it was typed.
    """
    calculation = first.calculation
    at = supposed_from(asked)
    supposed = next((p[0] for p in _SENTENCE.finditer(asked) if p.start() == at), "")
    said = supposed.strip("，, ").rstrip("。！!？?；; \n呢")
    said = _ASKED.sub("", said) or said
    if second is None or second.calculation.result is None:
        assumed = (*calculation.assumptions, f"没有测算“{said}”的情形")
        return _with(first, calculation.display, (), assumed)
    steps = [Step(f"{_LATER}：{step.text}", step.addresses) for step in second.calculation.steps]
    display = f"{calculation.display}；{said}，{second.calculation.display}"
    assumed = tuple(dict.fromkeys([*calculation.assumptions, *second.calculation.assumptions]))
    return _with(first, display, steps, assumed, second)


def _with(
    first: Sum,
    display: str,
    steps: Sequence[Step],
    assumed: tuple[str, ...],
    other: Sum | None = None,
) -> Sum:
    calculation = replace(
        first.calculation,
        display=display,
        steps=(*first.calculation.steps, *steps),
        assumptions=assumed,
        caps=tuple(
            dict.fromkeys([*first.calculation.caps, *(other.calculation.caps if other else ())])
        ),
    )
    return replace(
        first,
        calculation=calculation,
        sources=unique([*first.sources, *(other.sources if other else ())]),
    )
