"""Words around a figure: who gets it, what for, what the rate is of, in which form."""

from __future__ import annotations

import re

from indexer.entitlements.roles import FORMS

__all__ = [
    "base_span",
    "each_span",
    "form_span",
    "frequency_span",
    "given_to",
    "own_span",
    "subject_span",
]

Place = tuple[int, int]

#: Nouns of those who receive support.
_RECIPIENT = r"企业|机构|单位|申请人|注册人|持有人|申报人|个人|组织|团队|人员|人才|医院|高校|院校|院所|从业者|创业者|工作者|青年|职工|员工|劳动者|居民|家庭|学校|公司|园区|基地|载体|协会|社团|合作社|商户|业主|经营者|投资者|运营方|孵化器|主办方|承办方|毕业生|会员|老年人|残疾人|参保人|参保人员|对象|法人|项目方|用户|户"
#: Where the words of granting begin in a phrase; what stands before is the occasion.
_GRANT_BEGINS = re.compile(
    r"(?:再|分别|均|可|将|另|依法依规|可以|可按|择优|一次性|由\S{2,12}?|每年|每月|年度|按年度|按比例)*"
    r"(?:按照|按|参照|给予|予以|享受|领取|申领|申请(?=每|最高|\d|一次性)|发放|获得?(?=\d|最高|每人|一次性)|每[人户家个项台套件床次位名]|单[个家场项品户件台篇]|同一|一次性|最高|不超过|累计|合计|总额|年度|企业(?:每年|年)|补助标准|标准为|额度"
    rf"|(?:资金)?(?:{FORMS})(?:金额|额度|标准|资金|比例|总额|上限|限额)?(?:分别|为|最高|不超过|的|按)*(?=\d|$|最高|不超过|[一二三四五六七八九十百千]+万?元))"
)
_LEADING = re.compile(
    r"^(?:（[^）]*(?:牵头|责任|负责|配合)[^）]*）)?\s*(?:\d{1,2}[.．、])?(?:其中|同时|此外|并|且|对于|对|凡是?|鼓励|支持|经评审)*[，,]?"
)
_TRAILING = re.compile(r"(?:的|后|，|,|、|时|，?经评审|分别)+$")
_BASE = re.compile(
    r"(?:按照|按|依照|参照|给予|不超过|以|其|享受|一次性)(?P<base>(?:(?!按照|给予|不超过)[^，；。]){2,40}?)(?:（[^）]*）)?的?(?:最高)?(?:不超过|最高|百分比|比例为?)*\s*$"
)
_NOT_BASE = re.compile(
    r"^(?:其|企业(?!所)|分别按?|一次性|最高|不超过|该(?:企业|机构|单位)|给予|上述|按)+"
)
_FORM_BEHIND = re.compile(rf"[^\d，；。]{{0,16}}?(?P<form>{FORMS})")
_FORM_BEFORE = re.compile(rf"(?P<form>{FORMS})[^\d，；。]{{0,14}}$")
_EACH = re.compile(
    rf"(?P<each>(?:每(?!年|月|日|天)[^，；、\d]{{1,10}}?|每新增\d+个[^，；、\d]{{1,10}}?|人均|单[个家项场台件篇户品][^，；、\d]{{0,8}}?|每人每[年月日天次]|每[年月]每人))"
    rf"(?:一次性|分别|最高|不超过|给予|予以|按|资金|{FORMS}|标准|的|，|为|[于])*$"
)
_FREQUENCY = re.compile(
    r"一次性|逐年|按年度?(?=给予|发放|拨付|兑现|支付|奖|补|申报)|每年度?(?!.{0,12}(?:不超过|最高|合计|累计))|每月|按月|按季度?|每季度"
)
_GIVEN_TO = re.compile(
    rf"(?:给予|奖励|补助|补贴|资助|支持|返还|拨付给?|发放给?)(?P<who>(?!单个(?:品种|项目))[^，；。\d]{{0,14}}?(?:{_RECIPIENT}))(?=一次性|最高|不超过|每|单|\d|{FORMS}|按|的|分别|实际|$)"
)
_FOR_WHOM = re.compile(
    rf"对(?P<who>[^，；。\d的]{{0,12}}?(?:{_RECIPIENT}))(?=按|给予|予以|一次性|最高|\d|$)"
)
_TAIL_NOUN = re.compile(rf"的(?P<who>[^，；。、的]{{0,10}}?(?:{_RECIPIENT}))(?:（[^）]*）)?，?$")
_HEAD_NOUN = re.compile(
    rf"^(?:对于?|凡|鼓励|支持|其中|或)?(?P<who>(?![与为由向被根或经])[^，；。、的\d]{{0,8}}?(?:{_RECIPIENT}))(?=[^，；。、的\d]|$)"
)


def own_span(prefix: str) -> Place:
    """The occasion that a phrase itself names before its words of granting.

    >>> text = "对改良型新药单个奖励"
    >>> text[slice(*own_span(text))]
    '改良型新药'
    """
    match = _GRANT_BEGINS.search(prefix)
    own = prefix[: match.start()] if match else prefix
    lead = _LEADING.match(own)
    start = lead.end() if lead else 0
    end = len(own.rstrip())
    tail = _TRAILING.search(own[start:end])
    return (start, start + tail.start() if tail else end)


def base_span(prefix: str) -> Place | None:
    """What a rate is of: 该阶段实际研发投入费用 in 分别按该阶段实际研发投入费用的."""
    match = _BASE.search(prefix)
    if not match:
        return None
    start, end = match.span("base")
    cut = _NOT_BASE.match(prefix[start:end])
    start += cut.end() if cut else 0
    return (start, end) if end - start >= 2 else None


def form_span(before: str, after: str) -> tuple[str, Place] | None:
    """The form of support: behind its figure, else before it; says on which side it was found."""
    if match := _FORM_BEHIND.match(after):
        return "after", match.span("form")
    if match := _FORM_BEFORE.search(before):
        return "before", match.span("form")
    return None


def each_span(prefix: str) -> Place | None:
    """What an amount is for: 单个品种, 每个, 每人每月."""
    match = _EACH.search(prefix)
    return match.span("each") if match else None


def frequency_span(text: str) -> Place | None:
    """How often: 一次性, 每年."""
    match = _FREQUENCY.search(text)
    return match.span() if match else None


def given_to(text: str) -> Place | None:
    """Who a phrase says that support is given to: 许可企业 in 给予许可企业最高500万元奖励."""
    match = _GIVEN_TO.search(text)
    return match.span("who") if match else None


def recipient_in(text: str) -> tuple[Place | None, int, int]:
    """Who receives in the words of an occasion, and where the occasion without them stands.

    >>> recipient_in("通过省级认定的港澳青年企业"), recipient_in("企业自行装修厂房")
    (((8, 14), 0, 7), ((0, 2), 2, 8))
    """
    if match := _TAIL_NOUN.search(text):
        if match.start() >= 2:
            return match.span("who"), 0, match.start()
    if match := _HEAD_NOUN.match(text):
        if len(text) - match.end("who") >= 3:
            return match.span("who"), match.end("who"), len(text)
    return None, 0, len(text)


def subject_span(texts: list[str]) -> tuple[int, Place] | None:
    """Who receives, in phrases from the one of the figure back to the first; with its phrase."""
    for pattern in (_GIVEN_TO, _FOR_WHOM):
        for number, text in enumerate(texts[:2]):
            if match := pattern.search(text):
                return number, match.span("who")
    for pattern in (_TAIL_NOUN, _HEAD_NOUN):
        for number, text in enumerate(texts):
            if match := pattern.search(text):
                return number, match.span("who")
    return None
