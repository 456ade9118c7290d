"""Grants of which no figure is said: 给予补助, 免收2月份房租, 返还失业保险费."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.entitlements.phrases import Phrase
from indexer.entitlements.roles import FORMS
from indexer.entitlements.row import Place, Row
from indexer.entitlements.whom import whom_and_what
from indexer.entitlements.wording import bare_base, frequency_span, kind_span, measured_by, own_end

if TYPE_CHECKING:
    from indexer.entitlements.segment import Segment

__all__ = ["bare_rows", "gives"]

_MONEY = r"奖励|奖补|奖金|补助金|补助|补贴|津贴|资助|贴息|补偿|(?:资金|经费|财政|专项|装修)支持"
#: A grant of money of which no figure is said; 全过程支持 is none.
_GIVES = re.compile(
    rf"(?:给予|予以|享受|领取|发放|申请(?=[^，；。\d]{{0,10}}(?:补贴|补助|奖励|津贴)$)|进行(?!了)|实行|提供(?=[^，]{{0,6}}(?:补贴|贴息|补助)))(?:[^，；。]{{0,30}}?(?:{_MONEY}|返还)|(?:倾斜)?支持$)"
    r"|(?:提高|加大)[^，；。]{0,14}?(?:补贴标准|津贴标准|补助标准|奖补力度)|可[^，；。]{0,12}直接奖补|落实[^，；。]{0,20}(?:补助|补贴)$|纳入[^，；。]{0,24}(?:补助|补贴)(?:政策)?范围"
)
_WAIVES = re.compile(
    r"(?:免收|免除|免缴|减半征收)(?=[^，；。]{0,16}(?:租|利息|保险费))|返还(?=[^，；。]{0,20}(?:保险费|税|费))|稳岗返还|返还标准.{4,60}确定$"
)
#: Others are asked to give, or it is said of a past or of a rule.
_NOT_GRANTED = re.compile(
    r"倡导|动员|引导|争取|(?:逐步|适当|进一步|、)(?:提高|加大)|优先(?:予以|给予)|倾斜|表扬|记功|(?:鼓励|支持)[^，]{0,80}(?:减免|免收)|已(?:经)?(?:发放|拨付|安排|给予|享受)|申请(?:材料|程序|表)|(?:不|停止|暂停|取消|不再|不得|骗取|套取|虚报)[^，；。]{0,8}(?:给予|享受|发放|领取|重复)"
    r"|(?:批准|核定|审核)(?:给予|享受)|政策$|给予的|奖励等|过.{0,6}(?:奖励|补贴)的|行政补助|(?:补助|补贴|奖励)等(?:福利|收入|费用)"
)


#: 采取贴息、担保补助等方式支持企业进行技术改造; 设立专项资金用于人才团队创新创业奖励.
_BY_WAYS = re.compile(
    r"(?:采取|通过|以)(?P<form>[^，；。]{0,24}?(?:贴息|补助|补贴|奖励|奖补))(?:等)?(?:方式|形式)[，]?(?:支持|鼓励|对)"
    r"(?P<who>[^，；。的]{0,10}?(?:企业|机构|单位|人才|团队|个人|人员))(?:进行|开展|实施)?(?P<event>[^，；。]{2,30})$"
)
_SET_ASIDE = re.compile(
    r"(?:设立|安排)[^，；。]{0,60}(?:资金|经费)(?:[^，；。]{0,4})用于(?P<who>[^，；。的]{0,20}?(?:企业|机构|团队|人才|个人|人员))(?P<event>[^，；。的]{2,14}?)(?P<form>奖励|补助|补贴|资助)$"
)


def _set_aside(segment: Segment, number: int, phrase: Phrase) -> bool:
    """Support said in one phrase with its recipient, its occasion and its form."""
    match = _BY_WAYS.search(phrase.text) or _SET_ASIDE.search(phrase.text)
    if not match:
        return False
    clause, start = segment.clause, phrase.start
    event = clause.placed(match.span("event"), start)
    row = Row(clause.address, (event,) if event else (), segment.first + number)
    row.subject = clause.placed(match.span("who"), start)
    row.form = clause.placed(match.span("form"), start)
    segment.add(row)
    return True


def gives(text: str) -> bool:
    """Whether a phrase grants money without a figure."""
    return bool(_found(text))


def _found(text: str) -> re.Match[str] | None:
    """The words that grant; not where they tell of an occasion: 未能享受…补偿政策的部分."""
    match = _GIVES.search(text)
    if match and re.match(r"[^，]{0,24}的(?:部分)?[^，]{0,30}$", text[match.end() :]):
        match = None
    return match or _WAIVES.search(text)


def bare_rows(segment: Segment, stop: int | None = None) -> None:
    """A measure all the same, its amount left open; one for each phrase that grants."""
    since = 0
    for number, phrase in enumerate(segment.phrases[:stop]):
        if _set_aside(segment, number, phrase):
            continue
        match = _found(phrase.text)
        if not match or _NOT_GRANTED.search(phrase.text):
            continue
        before = [p for p in segment.phrases[since:number] if not segment.passes(p)]
        _row(segment, number, phrase, match, before)
        since = number + 1


def _row(
    segment: Segment, number: int, phrase: Phrase, match: re.Match[str], before: list[Phrase]
) -> None:
    clause = segment.clause
    end = min(match.start(), own_end(phrase.text))
    places: list[Place] = [(p.start, p.end) for p in before]
    places += [(phrase.start, phrase.start + end)] if end >= 2 else []
    row = Row(clause.address, (), segment.first + number)
    granting = (phrase.start + end, phrase.end)
    previous = segment.opened[-1] if segment.opened else None
    whom_and_what(segment, row, places, granting, previous, inherits=False)
    waived = None if _GIVES.search(phrase.text) else re.search(FORMS, match[0])
    form = waived or re.search(rf"(?:{FORMS})(?:标准|力度|政策|范围)*$", match[0])
    if form:
        row.form = clause.placed(form.span(), phrase.start + match.start())
    row.base = clause.placed(
        bare_base(phrase.text, bool(_WAIVES.search(phrase.text))), phrase.start
    )
    if row.base is None and _WAIVES.search(phrase.text) and before:
        said = before[-1]
        if terms := re.match(r"可?按照?(?P<base>.{4,})$", said.text):
            row.base = clause.placed(terms.span("base"), said.start)
    if row.base and "分之" in row.base.text:
        # 按其三分之一给予奖励 names a share of what was said before, and no base of its own.
        of = row.base.text.rfind("的")
        row.base = clause.span(row.base.start, row.base.start + of) if of > 0 else None
        row.doubt("rate")
    row.frequency = clause.placed(frequency_span(phrase.text), phrase.start)
    row.conditions, row.bounds = tuple(segment.conditions), tuple(segment.bounds)
    if segment.years:
        row.years = clause.quantity(segment.years.quantities[0])
    by = measured_by(phrase.text)
    if by and (not row.event or row.event == (row.subject,)):
        row.event = (clause.span(phrase.start + by[0], phrase.start + by[1]),)
    if row.event or row.subject:
        segment.add(row)
        _further(segment, row, phrase, match)


def _further(segment: Segment, row: Row, phrase: Phrase, match: re.Match[str]) -> None:
    """A second kind in the same words: 给予贷款贴息以及融资租赁费用补贴."""
    kind = kind_span(phrase.text)
    more = re.match(
        rf"(?:以及|和|及|、)(?P<kind>[^，；。]{{2,16}}?)(?P<form>{_MONEY})$",
        phrase.text[match.end() :],
    )
    if not more or not kind or not row.event or row.event[0].start != phrase.start + kind[0]:
        return
    since = phrase.start + match.end()
    event = segment.clause.placed(more.span("kind"), since)
    second = row.copied((event,) if event else ())
    second.form = segment.clause.placed(more.span("form"), since)
    segment.add(second)
