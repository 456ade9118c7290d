"""What takes away from measures: caps, ceilings in words, deductions, exclusions; and increments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.entitlements.entitlement import Cap, Increment
from indexer.entitlements.filling import form_of
from indexer.entitlements.occasion import occasion_of
from indexer.entitlements.only_limits import adds_further
from indexer.entitlements.pairing import paired, told_apart
from indexer.entitlements.phrases import Phrase
from indexer.entitlements.recipients import given_to, is_generic
from indexer.entitlements.roles import FORMS, Figures, names_item, scope_of, yearly
from indexer.entitlements.row import Place, Row
from indexer.entitlements.wording import frequency_span

if TYPE_CHECKING:
    from indexer.entitlements.segment import Segment

__all__ = [
    "ceiling_span",
    "holds_for_all",
    "limits_of",
    "raised_alone",
    "read_cap",
    "read_increment",
    "rows_raised",
]

_EXCLUDES = re.compile(
    r"不(?:再)?重复|不再(?:享受|给予|补)|不予(?:重复|叠加)|不叠加|只能?(?:享受|申请|补贴)一次|仅(?:可|能)?(?:享受|申请|支持)一次|只(?:配套)?(?:支持|奖励|补助)一次|就高不重复|不享受|不得(?:重复|同时)(?:享受|申请|申报)"
)
#: A share of something that no support may exceed: 单个项目补助不超过总投资的30%.
_SHARE = re.compile(
    r"^(?:且|但)?(?:单个|每个|同一|各项)[^，；。]{0,8}(?:补助|补贴|奖励|资助|支持)(?:资金)?(?:金额|额度|总额|比例)?(?:最高|原则上)?不(?:得)?超过(?P<words>[^，；。\d]{2,24}的?\d+(?:\.\d+)?[%％])$"
)
#: Behind an amount: 总额以实际装修费用的50%为限, 补助总额不超过实际投入的30%.
_SHARE_BEHIND = re.compile(
    r"^(?:且|但)?(?:补助|补贴|奖励|资助|支持)?(?:总额|总金额|金额|额度)?(?:最高)?(?:以(?=[^，；。]{1,40}为限$)|(?<=[额度])不(?:得)?超过)(?P<words>[^，；。\d]{2,24}?的?\d+(?:\.\d+)?[%％])(?:为限)?$"
)
_WHOLE = re.compile(
    r"本(?:办法|措施|政策|规定|意见|细则|方案|通知)(?!第)|(?:上述|以上)(?:各项|所有|全部)"
)
#: What a sentence of its own adds to what was granted before, and the class it adds to.
_ON_TOP = re.compile(r"在(?:前述|上述|前款|以上|此)[^，。；\d]{0,8}(?:之外|以外|基础上?)")
#: 再增加50万元 says no case.
_ONLY_MORE = re.compile(
    r"(?:每[个项件家户张台套人名][^，。；\d]{0,6})?(?:再|另外?|额外)?(?:增加|加奖|增发|增补|提高)"
)
_CLASS = re.compile(r"[一二三四五1-5ⅠⅡⅢⅣ]类|[A-E][类级]|[国省市区县]家?级")
#: What stands between two rates that are not of one grant.
_GIVES = re.compile(rf"[。；;]|给予|予以|发放|其中|{FORMS}")
_DEDUCTS = re.compile(r"应?扣除")
_CEILING = re.compile(
    r"不(?:得)?(?:超过|高于|超出)(?P<words>[^，；。\d一二三四五六七八九十百]{0,60}?(?:费用|上限|金额|标准|总额|投入|支出|限额|价格|票价|成本|数额|缴费额|税额|贡献)(?:总额)?)(?:的?部分)?$"
)


def limits_of(segment: Segment, phrase: Phrase) -> bool:
    """Take up exclusions, deductions and ceilings; True where a phrase is nothing else."""
    span = segment.clause.span(phrase.start, phrase.end)
    if _DEDUCTS.search(phrase.text):
        segment.reader.deductions.append(span)
        for row in segment.reader.rows:
            row.deductions.append(span)
        return True
    if _EXCLUDES.search(phrase.text) and segment.reader.rows:
        for row in segment.open or segment.reader.rows:
            row.exclusions.append(span)
        return True
    if re.search("不享受", phrase.text) and not segment.reader.rows:
        segment.reader.exclusions.append(span)
        return True
    behind = _SHARE_BEHIND.match(phrase.text) if segment.open else None
    if share := _SHARE.match(phrase.text) or behind:
        words = segment.clause.placed(share.span("words"), phrase.start)
        if "总" in share[0][: share.start("words")]:
            segment.open, segment.whole = list(segment.opened), True
        for row in (segment.open or segment.earlier) if words else []:
            row.ceilings += [words] if words else []
        segment.limits_only = True
        return True
    if ceiling_span(phrase.text):
        segment.ceilings(phrase)
        return bool(segment.open or segment.earlier)
    return False


def ceiling_span(text: str) -> Place | None:
    """What support may not exceed where words say it: 实际装修费用 in 不超过实际装修费用.

    >>> text = "但不得超过《目录》中规定的适配上限"
    >>> text[slice(*ceiling_span(text))]
    '《目录》中规定的适配上限'
    """
    match = _CEILING.search(text)
    return match.span("words") if match and len(match["words"]) >= 4 else None


def holds_for_all(words: str) -> bool:
    """Whether a cap is one for all measures of the document: 享受本办法各项补贴总额不超过….

    >>> holds_for_all("同一企业年度享受本办法资金总额不超过"), holds_for_all("本办法第三条奖励")
    (True, False)
    """
    return bool(_WHOLE.search(words))


def read_cap(segment: Segment, phrase: Phrase, group: Figures, prefix: str) -> None:
    """Give a cap to the rows before it, one by one where there are as many caps as rows."""
    rows = segment.open or (segment.earlier if segment.fresh else segment.reader.sentence)
    for row in segment.open:
        _complete(segment, row, phrase, group, prefix)
    words = phrase.text[: group.end - phrase.start]
    scope, per_year = scope_of(words), yearly(prefix)
    if scope == "item" and not names_item(words):
        said = segment.open and segment.open[0].each is None
        generous = scope_of(_said(segment, phrase)) if said else "item"
        scope = "recipient" if per_year or generous == "recipient" else "item"
    scope = "recipient" if segment.whole and not names_item(words) else scope
    unit = _per_unit(prefix)
    caps = [
        Cap(replace(segment.clause.quantity(q), unit=q.unit + unit), scope, per_year)
        for q in group.quantities
    ]
    if not rows or holds_for_all(phrase.text):
        segment.reader.limits += [(cap, phrase.text) for cap in caps]
    elif len(caps) == 1:
        named = scope_of(words) == "recipient"
        for row in [*(_uncapped(segment) if named else _of_one_grant(segment)), *rows]:
            row.caps.append(caps[0])
    elif len(segment.open) == len(caps):
        for row, cap in zip(segment.open, caps, strict=True):
            row.caps.append(cap)
    elif len(segment.open) == 1:
        _split(segment, caps)
    else:
        for row in rows:
            row.doubt("caps")


def _per_unit(prefix: str) -> str:
    """/平方米 where a cap is one for each square metre: no limit on a sum of money."""
    match = re.search(r"每(平方米|亩|吨|公里|千瓦时?)(每[月年日天])?[^，；。每]{0,6}$", prefix)
    if not match:
        return ""
    return f"/{match[1]}" + (f"/{match[2][1:]}" if match[2] else "")


def _uncapped(segment: Segment) -> list[Row]:
    """Rows of the same sentence part that a recipient's cap behind the last of them is for too."""
    before = [row for row in segment.opened if row not in segment.open]
    capped = any(known.scope == "recipient" for row in before for known in row.caps)
    return [] if capped else before


def _of_one_grant(segment: Segment) -> list[Row]:
    """Rows for which the words of granting are said with the last of them: 购置甲类按购置价的15%、
    购置乙类按购置价的10%给予补助，每台最高3万元."""
    last = segment.open[0].rate if segment.open else None
    before = [row for row in segment.opened if row not in segment.open]
    return [
        row
        for row in before
        if last and row.rate and not row.caps
        and not _GIVES.search(segment.clause.text[row.rate.span.end : last.span.start])
    ]  # fmt: skip


def _said(segment: Segment, phrase: Phrase) -> str:
    """The phrase that granted what this cap limits: 对每家企业给予… makes it one for each."""
    before = [p for p in segment.phrases if p.start < phrase.start]
    return before[-1].text if before else ""


def _complete(segment: Segment, row: Row, phrase: Phrase, group: Figures, prefix: str) -> None:
    """What the phrase of a cap says of the grant before it: to whom, in which form."""
    clause = segment.clause
    given = given_to(phrase.text)
    if given and not is_generic(phrase.text[slice(*given)]):
        row.subject = clause.placed(given, phrase.start)
    if row.form is None:
        after = clause.text[group.end : phrase.end]
        begun = group.start - len(prefix)
        row.form = form_of(segment, prefix, begun, after, group.end, phrase)
    if row.frequency is None and not _per_unit(prefix):
        row.frequency = clause.placed(frequency_span(phrase.text), phrase.start)
    if scope_of(phrase.text[: group.start - phrase.start]) == "item":
        row.at_most = True
    if row.each is None and row.rate and "/" in (unit := group.quantities[0].unit):
        end = group.quantities[0].end
        row.each = clause.span(end - len(unit.split("/")[-1]), end)


def _split(segment: Segment, caps: Sequence[Cap]) -> None:
    """One rate, several caps: one row for each of the parallel occasions named before."""
    row = segment.open[0]
    events = paired(segment, segment.used, len(caps))
    if events is None:
        row.doubt("caps")
        return
    segment.reader.rows.remove(row)
    segment.opened.remove(row)
    segment.open = []
    for event, cap in zip(events, caps, strict=True):
        found = occasion_of(segment.clause.text, event, (0, 0))
        copy = row.copied(segment.clause.spans(found.event))
        copy.subject = segment.clause.placed(found.subject) or row.subject
        copy.caps.append(cap)
        segment.add(copy)
    told_apart(segment.open)


def raised_alone(segment: Segment, group: Figures) -> None:
    """补贴标准提高20%, where nothing that is raised stands before it: of what, another text says."""
    if group.role == "increment" and group.quantities[0].unit == "%":
        for row in segment.open:
            if row.base is None:
                row.doubt("base")


def rows_raised(segment: Segment, phrase: Phrase, group: Figures) -> list[Row]:
    """The rows of sentences before that a sentence of its own adds to: 经特别审查获批的第三类产品，
    每件在前述奖励之外再增加60万元. The class named tells which one; none where it does not. Behind a
    semicolon a further case adds to each amount before it: ；属于全国首家的，每个再增加50万元."""
    words = "，".join([*(p.text for p in segment.head), phrase.text[: group.start - phrase.start]])
    more = adds_further(segment.clause.text[segment.phrases[0].start : group.end])
    if segment.open or not (_ON_TOP.search(words) or more):
        return []
    before = segment.reader.sentence if more else segment.earlier
    rows = [row for row in before if row.amount]
    if classes := set(_CLASS.findall(words)):
        rows = [r for r in rows if classes & {c for s in r.event for c in _CLASS.findall(s.text)}]
    return rows if len(rows) == 1 or more else []


def read_increment(segment: Segment, group: Figures, own: Place | None) -> None:
    """What is added in further cases, each paired with its case."""
    clause = segment.clause
    if own and segment.head and _ONLY_MORE.fullmatch(clause.text[slice(*own)]):
        own = None
    places = [*((p.start, p.end) for p in segment.head), *([own] if own else [])]
    events = paired(segment, places, len(group.quantities))
    segment.head = []
    if events is None:
        for row in segment.open:
            row.doubt("increments")
        return
    for event, q in zip(events, group.quantities, strict=True):
        spans = clause.spans(occasion_of(clause.text, event, (0, 0)).event)
        for row in segment.open:
            row.increments.append(Increment(spans, clause.quantity(q)))
