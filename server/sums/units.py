"""Units of amounts: what an amount is multiplied by, and what a question counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import find_quantities, read_number
from server.sums.facts import COUNTED, DOES, THINGS, Fact

__all__ = [
    "HANDLES",
    "PERSONS",
    "SHARED_UNITS",
    "are_there",
    "counted",
    "full_of",
    "in_base",
    "times_in",
    "units_of",
    "years_of",
]

#: Units that a question states once for all measures: persons and spans of time.
SHARED_UNITS = ("人", "月", "年", "日", "次", "人次")
#: Units of which a clause has several numbers, each called what a measure is for.
PERSONS = ("人", "人次")
#: What is done with persons that a measure counts.
HANDLES = re.compile(
    r"新增|新?招|吸纳|聘|录用|引进|接收|输送|推荐|介绍|安置|培训|实习|上岗|留用|就业|派"
)
_EACH = {
    "每人": "人",
    "每名": "人",
    "人均": "人",
    "每月": "月",
    "每年": "年",
    "每天": "日",
    "每日": "日",
    "每次": "次",
    "每餐": "次",
}
#: An amount for so much of something: 每千瓦200元 is multiplied by 千瓦 and by nothing else.
_MEASURED = re.compile(
    r"每(?:1|一)?(千瓦时|千瓦|兆瓦|公里|亩|公顷|吨|立方米|平方米|架次|航次|标箱|公斤|千克|升|美元)"
)
_FULL = re.compile(r"每(?:满|达到?)(?=\d)")
#: 每招用1人, 每引进1名.
_EACH_PERSON = re.compile(r"每[\u4e00-\u9fff]{1,6}[1一](?:人|名)")


_TIMES = re.compile(r"每年[^，；。\d]{0,8}(?:不超过|不得超过|最多|至多)(?P<n>\d{1,3})次")
#: 公司一共有300人: who is there, none of whom need be new.
_THERE = re.compile(r"(?:一共|总共|现|公司|企业|我们|在职|单位|厂)(?:里|共|现)?有\s*$")
_TAKEN_ON = re.compile(r"新增|新?招|吸纳|聘|录用|引进|输送|推荐|接收|安置")


def are_there(words: str, written: str, event: str) -> bool:
    """Whether some words count who is there, where a measure is for those who are taken on.

    >>> are_there("公司一共有300人", "300人", "每新增1人"), are_there("新增了30人", "30人", "每新增1人")
    (True, False)
    """
    before = words.split(written)[0]
    return bool(_THERE.search(before) and _TAKEN_ON.search(event))


def units_of(row: Entitlement) -> tuple[str, ...]:
    """The units by which an amount is multiplied: 平方米 of 元/平方米, 人 and 月 of 每人每月."""
    if row.amount is None:
        return ()
    units = [unit for unit in row.amount.unit.split("/")[1:] if unit not in COUNTED]
    each = row.each.text if row.each else ""
    # 每人次 is for each visit, 每人每次 for each person and time.
    units += ["人次"] if "每人次" in each else []
    words = each.replace("每人次", "")
    units += [unit for word, unit in _EACH.items() if word in words]
    units += _MEASURED.findall(each)
    if _EACH_PERSON.search(each):
        units.append("人")
    return tuple(dict.fromkeys("日" if unit == "天" else unit for unit in units))


def full_of(row: Entitlement) -> Quantity | None:
    """How much there is an amount for each full one of: 每满5000万元奖励20万元."""
    for span in row.event:
        match = _FULL.match(span.text)
        found = find_quantities(span.text) if row.amount and match else []
        if (
            match
            and len(found) == 1
            and found[0].start == match.end()
            and found[0].end == len(span.text)
        ):
            q = found[0]
            own = Span(span.address, span.start + q.start, span.start + q.end, span.text[q.start :])
            return Quantity(q.value, q.unit, own)
    return None


#: Behind a count, what is asked of the things named before it: 批文2个奖多少.
_KIND = re.compile(r"(?:单个)?(?:品种|产品|项目|企业|药|证|批文)(?=$|[在都已今想要能可去这那])")
_ASKED = re.compile(r"奖|补|给|能|可|拿|领|报|共|一共|总共|合计|多少|该|会")


def counted(words: str) -> str:
    """What a count counts: the words behind it, or before it where none follow (二类证两个)."""
    match = re.search(r"[\d一二两三四五六七八九十]{1,18}[个项件套台辆张场家户间床]", words)
    if not match:
        return words
    behind = re.sub(r"[^\u4e00-\u9fffA-Za-z\d]", "", words[match.end() :])
    before = re.sub(
        r"(?:批|拿|办|评|获|新增|投产|引进|有|了|到|共){1,8}$", "", words[: match.start()]
    )
    if kind := _KIND.match(behind):
        return before[-8:] + kind[0]
    # 三类证1个走了优先审批: what stands behind is done by what stands before.
    done_by = THINGS.search(before) and DOES.match(behind)
    if len(behind) >= 2 and not _ASKED.match(behind) and not done_by:
        return words[match.end() :]
    return before[-8:]


def years_of(row: Entitlement) -> set[str]:
    """The units of time that a measure is over: one of months takes years as well."""
    units = set(units_of(row)) | ({row.years.unit} if row.years else set())
    return {"年", "月"} if units & {"年", "月"} else set()


def times_in(row: Entitlement, text: str) -> Quantity | None:
    """How often in a year a measure is given at most, as its sentence says behind its figure:
    每家企业每年不超过3次."""
    figure = row.rate or row.amount
    own = [s.end for s in row.event if s.address == row.address]
    if figure is None or not own:
        return None
    # Its figure may be one that was put in by another clause since.
    begin = max(own)
    match = _TIMES.search(text, begin)
    if match is None or re.search("[。；;]", text[begin : match.start()]):
        return None
    span = Span(row.address, match.start("n"), match.end(), text[match.start("n") : match.end()])
    return Quantity(read_number(match["n"]), "次", span)


def in_base(fact: Fact, chosen: Sequence[Entitlement]) -> bool:
    """Whether a span of time is the one of the amount that a rate is of: 3个月社会保险费的30%."""
    bases = [row.base.text for row in chosen if row.base]
    return any(
        (q.value, q.unit) == (fact.value, fact.unit)
        for text in bases
        for q in find_quantities(text)
    )
