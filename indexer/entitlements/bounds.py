"""Thresholds: what is measured, in which relation it must stand to a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.entitlements.entitlement import Bound, Relation
from indexer.entitlements.phrases import Phrase
from indexer.entitlements.roles import Figures
from indexer.entitlements.row import ClauseText

__all__ = ["as_before", "bounds_of"]

_BRACKET = r"(?:[（(][^）)]*[）)])?"
_MEASURE = re.compile(
    r"(?:(?:不|未)?(?:超过|达到|达|高于|大于|低于|少于|足|满)|在|为|突破|持平或者?|增长|最高|最多|至多|至|到){1,8}(?:[^，；。]{2,10}总[数额量]的)?\s*$"
)
#: What a threshold says of what is measured, where that was named before.
_CHANGES = ("下降", "减少", "下滑", "降低", "上升", "提高", "增加")
#: Characters of a name that is taken up again.
_NAMED = 4
#: The lower end of a range names nothing: 5000万元以上不足2亿元.
_BOUND = re.compile(r"\d[\d.,]*[^\d，；。]{0,6}?(?:及?以[上下]|[（(]不?含[）)]){1,2}(?:但|且)?$")
_LEAD = re.compile(r"(?:对于?|且|并|其中|凡|[、，\s])+")
#: The relation from the words before a figure, in their order.
_BEFORE: tuple[tuple[str, Relation], ...] = (
    (r"(?:[不未]超过|不得超过|不高于|不大于|不多于)[^，]{0,8}$|面积(?:最高|最多|至多)$", "<="),
    (r"(?:不低于|不少于|不小于)[^，]{0,16}$", ">="),
    (r"(?:不足|低于|少于|小于|[不未]满|未达到?)[^，]{0,8}$", "<"),
    (r"(?:(?<![不未])超过|高于|大于)[^，]{0,12}$", ">"),
)


def bounds_of(clause: ClauseText, phrase: Phrase, group: Figures) -> list[Bound]:
    """Read thresholds, one for each figure of a group: 以上, 不低于, （含） are >=, 超过 is >, 以下 and 以内 are <=."""
    text = clause.text
    before, after = text[phrase.start : group.start], text[group.end : group.end + 12]
    of = _MEASURE.sub("", before)
    joint = max(
        (
            m.end()
            for m in re.finditer(r"且|并且|同时|，|(?<=[年元%米人])、|(?<=以[上下])、|给予", of)
        ),
        default=0,
    )
    lead = _LEAD.match(of, joint) if joint else _LEAD.match(of)
    start = lead.end() if lead else joint
    named = of[start:] and not _BOUND.match(of[start:])
    span = clause.span(phrase.start + start, phrase.start + len(of)) if named else None
    relation = _relation(before, after)
    return [Bound(span, relation, clause.quantity(q)) for q in group.quantities]


def as_before(bound: Bound, earlier: Sequence[Bound]) -> Bound:
    """A threshold of what an earlier one names: 人数50人以上的…；100人以上的…, 50人以上、100人以下的,
    较上年下降30%以上的…；下降50%以上的…."""
    before = [b.of for b in earlier if b.of and b.quantity.unit == bound.quantity.unit]
    own = bound.of.text if bound.of else ""
    last = before[-1].text if before and before[-1] else ""
    # 平均人数与去年持平或增长20%以下的…；平均人数增长20%及以上的….
    again = bound.quantity.unit == "%" and len(own) >= _NAMED and own in last
    said = not own or again or (own in _CHANGES and last.endswith(own))
    return replace(bound, of=before[-1]) if before and said else bound


def _relation(before: str, after: str) -> Relation:
    """The relation that the words on both sides of a figure say.

    >>> _relation("增长", "(不含)以内的"), _relation("超过", "（含）"), _relation("", "以下")
    ('<', '>=', '<=')
    """
    without = bool(re.match(r"\s*[（(]不含[）)]", after))
    within = bool(re.match(rf"\s*{_BRACKET}(?:及?以下|以内|之内)", after))
    if within:
        return "<" if without else "<="
    said: Relation = ">="
    for pattern, sign in _BEFORE:
        if re.search(pattern, before):
            said = sign
            break
    if re.match(r"\s*[（(]含", after):
        return "<=" if said in ("<", "<=") else ">="
    if re.match(r"\s*(?:及以上|及?以上)", after) and said == ">":
        return ">="
    return ">" if without and said == ">=" else said
