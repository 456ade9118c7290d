"""What is left to pay after a fee or rent was cut: 收费标准降低30%，原来6万元，降价以后交多少."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from indexer.lexical import terms
from server.sums.facts import Fact
from server.sums.likeness import Likeness, event_text, row_text
from server.sums.money import written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["asks_what_is_left", "bare_beside", "is_cut", "left_of", "left_to_pay", "unsaid_cut"]

_PAYS = r"(?:[交付缴掏出]|承担|负担)[^，。；？?多少几\d]{0,3}(?:多少|几)"
_ASKED = re.compile(
    rf"(?:还|只|仍|实际|最后|最终|[以之]?后|应|需要?|要|得|该){{1,3}}(?:再|共|一共)?{_PAYS}"
    r"|剩下?多少[^，。；]{0,4}[要没]?[交付缴]"
    r"|[降调减免][^，。；？?\d]{0,3}后[^，。；？?\d省少减补能]{0,4}(?:多少|几)"
)
#: 少交多少 asks what is cut, 免交多少 too.
_LESS = re.compile(rf"(?:少|不用|不必|免|省|减)[^，。；？?后]{{0,3}}?{_PAYS}")
#: Of support that is given, what is left is asked for by who bears it.
_OWN = re.compile(r"自己|自付|自掏|自担|自行")
#: What is let off of a time is not what is let off of a month.
_TIME = re.compile(r"[上下]半年|[一二三四1-4]季度|全年|年度|\d{1,2}个月")
#: 前三年房租减半，后两年减免30%: which years are meant nobody knows.
_SPANS = re.compile(r"(?:[前后]|第)[一二两三四五六七八九十\d]{1,2}个?(?:年|月)")
_MONTHLY = re.compile(r"每个?月|月租|一个月|按月")
_YEARLY = re.compile(r"[一全每]年|年度|半年")
_OF_A_YEAR = re.compile(
    r"(?:[一全每半]年|季度|[\d一二三四五六十]{1,2}个月)[^，。；\d]{0,10}(?:多少|几)"
)
_OF_A_MONTH = re.compile(r"每个?月[^，。；\d]{0,10}(?:多少|几)")
#: What is paid after the cut is not what it is of, and what was paid before is not paid back.
_AFTER = re.compile(r"(?:[以之]?后|现在|如今|目前)[^，。；\d]{0,8}$")
_BACK = re.compile(r"退|原来[^，。；\d]{0,8}(?:多少|几)|(?:下调|降价|降低|调整|优惠)[之以]?前")
_LOWERED = re.compile(r"降低|下调|下浮")
_CUT = re.compile(r"减免|减半|减征|减收|免收|免征|免除|降低|下调|下浮")


def asks_what_is_left(question: str) -> bool:
    """Whether a question asks what must still be paid, not by how much less it is.

    >>> asks_what_is_left("2月还要交多少"), asks_what_is_left("一年能少交多少担保费")
    (True, False)
    """
    return bool(_ASKED.search(question)) and not _LESS.search(question)


def is_cut(row: Entitlement) -> bool:
    """Whether a measure makes what must be paid less, rather than give anything."""
    return bool(row.form and _CUT.search(row.form.text))


def bare_beside(row: Entitlement, sisters: Sequence[Entitlement]) -> list[Entitlement]:
    """The measures of a clause without any figure (免收房租) that are for something that one with a
    figure does not say itself."""
    text = row_text(row)
    bare = [one for one in sisters if not (one.rate or one.amount or one.tiers)]
    return [one for one in bare if event_text(one) not in text]


def unsaid_cut(
    row: Entitlement, bare: Sequence[Entitlement], question: str, likeness: Likeness
) -> bool:
    """Whether a share is let off in a case of which a question says nothing, where in another case
    of the clause all of it is: 免收3月份房租；承租写字楼的，给予3月份租金40%的减免."""
    others = [event_text(other) for other in bare if is_cut(other)]
    if not others or not is_cut(row):
        return False
    own = [term for term in terms(event_text(row)) if all(term not in terms(o) for o in others)]
    return not own or not likeness.retriever.coverage(own, question)


def left_of(found: Sum, whole: Decimal, working: Working) -> Sum:
    """What a cut leaves of an amount, behind the lines that work out the cut."""
    cut = found.calculation.result
    if cut is None or cut > whole:
        return STOPPED
    rest = working.minus(whole, cut)
    # What is let off at most leaves at least so much.
    least = "至少" if found.calculation.display.startswith("最高") else ""
    steps = (*found.calculation.steps, *working.steps)
    shown = replace(
        found.calculation, result=rest, display=f"{least}{written(rest, MONEY)}", steps=steps
    )
    return replace(found, calculation=shown, sources=unique([*found.sources, *working.sources]))


def left_to_pay(
    found: Sum,
    chosen: Sequence[Entitlement],
    rows: Sequence[Entitlement],
    bases: Sequence[Fact],
    question: str,
) -> Sum:
    """What one cut leaves of the one amount it is of, where the question asks for that; no sum
    where it asks for that of several, or what it states may be of another time or fee.

    ``rows`` are all measures of the clauses that ``chosen`` are of.
    """
    if not any(map(is_cut, chosen)):
        asked = asks_what_is_left(question) and _OWN.search(question)
        return _left_of_one(found, chosen, bases) if asked and bases else found
    others = [r for r in rows if is_cut(r) and r not in chosen and r.address == chosen[0].address]
    if (len(bases) > 1 and others) or _of_another_time(chosen, bases, question):
        return STOPPED
    return _left_of_one(found, chosen, bases) if asks_what_is_left(question) else found


def _of_another_time(chosen: Sequence[Entitlement], bases: Sequence[Fact], question: str) -> bool:
    """Whether an amount is one of after the cut, was paid already, or is of a month where a year is
    asked for or cut, or the other way round."""
    after = any(_AFTER.search(fact.before) for fact in bases)
    lowered = any(row.form and _LOWERED.search(row.form.text) for row in chosen)
    if after or (lowered and _BACK.search(question)):
        return True
    times = " ".join(f"{event_text(r)} {r.base.text if r.base else ''}" for r in chosen)
    if len(_SPANS.findall(times)) > 1:
        return True
    by_month = bool(_OF_A_MONTH.search(question))
    if any(_MONTHLY.search(fact.words) for fact in bases):
        return not by_month and bool(_TIME.search(times) or _OF_A_YEAR.search(question))
    return by_month and any(_YEARLY.search(fact.words) for fact in bases)


def _left_of_one(found: Sum, chosen: Sequence[Entitlement], bases: Sequence[Fact]) -> Sum:
    if len(chosen) != 1 or len(bases) != 1 or found.calculation.result is None:
        return STOPPED
    return left_of(found, bases[0].value, Working())
