"""Words around a figure: where the grant begins, what the rate is of, in which form, how often."""

from __future__ import annotations

import re

from indexer.entitlements.roles import FORMS
from indexer.entitlements.row import Place

__all__ = [
    "bare_base",
    "base_span",
    "each_span",
    "form_span",
    "frequency_span",
    "is_left_over",
    "kind_span",
    "measured_by",
    "name_span",
    "object_span",
    "own_end",
]

#: Where the words of granting begin in a phrase; what stands before is the occasion.
_BESIDE = (
    "再|分别|均|可|将|另|申请|按规定|依法依规|可以|可按|择优|一次性|每年|每月|年度|按年度|按比例"
)
_GRANT_BEGINS = re.compile(
    rf"(?:{_BESIDE}){{0,8}}(?:由\S{{2,12}}?(?:{_BESIDE}){{0,6}})?"
    r"(?:按照|按(?!规定|时|月足额|要求)|参照|给予|予以|享受(?![^，；。元%]{2,20}(?:待遇|政策|补贴|资格)的)|领取|申领|申请(?=每|最高|\d|一次性)|发放|进行(?=全额|财政|贴息|一次性|奖|补)|获得?(?=\d|最高|每人|一次性)|每[人户家个项台套件床次位名餐顿平千度张](?!残疾|类)|单[个家场项品户件台篇]|人均"
    r"|同一|一次性|最高|不超过|累计|合计|总额|企业(?:每年|年(?!度))|补[助贴]标准|标准为|额度(?!的)|(?:一[个]?)?资助年度|实行全额|返还(?=其|上|不)"
    rf"|(?:资金)?(?:{FORMS})(?:金额|额度|标准|资金|比例|总额|上限|限额)?(?:分别|为|最高|不超过|的|按){{0,8}}(?=\d|$|最高|不超过|[一二三四五六七八九十百千]+万?元))"
)
_BASE = re.compile(
    r"(?:按照|按(?![月年季天]给)|依照|参照|给予|不超过|以(?![上下内及])|其(?!他|中)|享受|一次性|返还|发放|予以|获得|补助|报销|进行|标准为)(?P<base>(?:(?!按|给予|不超过|由)[^，；。]){2,40}?)(?:（[^）]*）)?的?(?:最高)?(?:不超过|最高|百分比|比例为?)*\s*$"
)
_NOT_BASE = re.compile(
    r"^(?:个月|其(?!他)|企业(?=[上实应按年当])(?!实际获得)|分别按?|一次性|最高|不超过|该?(?:企业|机构|单位)(?=\d)|该(?:企业|机构|单位)|给予|上述|按|每人每次|给企业)+"
)
_OWN_BASE = re.compile(
    r"(?P<base>(?:剩余)?个人(?:自付|负担|承担)部分|[^，；。的、\d]{0,24}(?:负担部分|自付部分|费用|利息|租金|房租))的?(?:由[^，；。]*)?$"
)
_BARE_BASE = re.compile(
    r"(?:按(?![月年季]|规定|时)照?|对(?=[^，；。对]{2,16}(?:费用|费|租金|利息|损失)按))(?P<base>[^，；。]{2,40}?)(?:的?一定(?:比例|标准)|按一定标准|的标准)?(?:给予|予以|实行|确定|进行|返还|$)"
)
_WAIVED = re.compile(
    r"(?:免收|免除|免缴|减免|减半征收)(?:企业|其)?(?:\d[\d\-—~]*个月)?(?P<base>[^，；。]{0,12}?(?:房租|租金|费用?|税|保费|保险费))"
)
_FORM_WORDS = rf"{FORMS}|支付|报销"
_FORM_BEHIND = re.compile(rf"[^\d，；。]{{0,16}}?(?P<form>{_FORM_WORDS})(?!标准|资金来源)")
_FORM_BEFORE = re.compile(rf"(?P<form>{_FORM_WORDS})[^\d，；。]{{0,14}}$")
_EACH = re.compile(
    rf"(?P<each>(?:每(?!年|月|日|天|次性)[^，；、\d]{{1,10}}?|每[^，；、\d]{{1,6}}\d+[个家名人项][^，；、\d]{{0,10}}?|人均|单[个家项场台件篇户品][^，；、\d]{{0,8}}?|每人每[年月日天次餐]|每[年月]每人))"
    rf"(?:一次性|分别|最高|不超过|不高于|不得超过|给予|予以|按|资金|{FORMS}|标准|可|领取?|发放|享受|的|，|为|[于])*$"
)
_FREQUENCY = re.compile(
    r"一次性(?!绩效|工作)|逐年|按年度?(?=给予|发放|拨付|兑现|支付|奖|补|申报)|(?<!及)每年度?(?!.{0,12}(?:不超过|合计|累计)|.?最高)|每月|每[天日](?!可)|按月(?!足额)|按季度?|每季度"
)
#: Words of the grant that say what it is for: 用水用电 of 给予适当额度用水用电补贴.
_KIND = re.compile(
    rf"(?:给予|予以|享受|提供|发放|领取|进行|落实|开展)(?:[^，；。、\d]{{0,10}}?(?:一定的?|适当|适度|合理|额度的?|一次性|财政))?(?P<kind>[^，；。\d]{{2,10}}?)(?:{FORMS})"
)
#: 给予工人加班工资和防护费用每人…, 给予增购设备投资的20%…, …20万元的研发费用补助.
_KIND_BEFORE = re.compile(r"(?:给予|予以)(?P<kind>[^，；。\d]{2,16}?)(?:每[人家户个]|的?\d)")
_KIND_BEHIND = re.compile(rf"元的?(?P<kind>[^，；。\d的]{{2,8}}?)(?:{FORMS})")
_KIND_NAMED = re.compile(
    rf"^(?:一次性|每年)?(?P<kind>[^，；。\d]{{2,8}}?)(?:{FORMS})(?=每|最高|\d)"
)
_NOT_KIND = re.compile(
    r"^(?:每|最高|不|按|单|人均|一定|适当|合理|相应|资金|财政|相关|的|重点|适度|其|企业|一次性|优先|政策|最高)|(?:企业|机构|单位|人员|财政)$"
)
#: What is left over a whole one: 不足1000万元的部分不计.
_LEFT_OVER = re.compile(r"^不[足满][^，。；]{1,20}的(?:部分)?，?不(?:予|再)?(?:计|享|给|奖|补|重)")


def own_end(prefix: str) -> int:
    """Where the words of granting begin in a phrase, its length where there are none.

    >>> own_end("对改良型新药单个奖励")
    6
    """
    match = _GRANT_BEGINS.search(prefix)
    return match.start() if match else len(prefix)


def base_span(prefix: str) -> Place | None:
    """What a rate is of: 该阶段实际研发投入费用 in 分别按该阶段实际研发投入费用的."""
    match = _BASE.search(prefix)
    if not match:
        match = _OWN_BASE.search(prefix)
    if not match:
        return None
    start, end = match.span("base")
    cut = _NOT_BASE.match(prefix[start:end])
    start += cut.end() if cut else 0
    words = prefix[start:end]
    if re.search(
        r"^(?:比例|标准|进一步|可|再|一半|财政|\d+万?元)|(?:提高|增加)至$|[一二两三\d]年$|^\d*个?月?$",
        words,
    ):
        return None
    return (start, end) if end - start >= 2 else None


def bare_base(text: str, waives: bool) -> Place | None:
    """What is waived, or what a grant without a rate is measured by."""
    match = (_WAIVED.search(text) if waives else None) or _BARE_BASE.search(text)
    if not match or re.search(
        r"规定|档次|情况|政策|方式|以下|风险|因素|[“”]|一事一议|比例", match["base"]
    ):
        return None
    return match.span("base")


def form_span(before: str, after: str) -> tuple[str, Place] | None:
    """The form of support: behind its figure, else before it; says on which side it was found."""
    if match := _FORM_BEHIND.match(after):
        return "after", match.span("form")
    if match := _FORM_BEFORE.search(before):
        return "before", match.span("form")
    if match := re.search(r"返还|减免|免收|免除", before):
        return "before", match.span()
    return None


def each_span(prefix: str) -> Place | None:
    """What an amount is for: 单个品种, 每个, 每人每次."""
    match = _EACH.search(prefix)
    return match.span("each") if match else None


def frequency_span(text: str) -> Place | None:
    """How often: 一次性, 每年."""
    match = _FREQUENCY.search(text)
    return match.span() if match else None


def kind_span(text: str) -> Place | None:
    """What a grant is for by its own words: 稳岗 in 给予稳岗补贴."""
    for pattern in (_KIND, _KIND_BEFORE, _KIND_BEHIND, _KIND_NAMED):
        match = pattern.search(text)
        if match and not _NOT_KIND.search(match["kind"]):
            return match.span("kind")
    return None


def object_span(text: str) -> Place | None:
    """What money is set aside for: 港澳社区建设 in 每年安排最高80万元经费支持港澳社区建设."""
    match = re.search(
        r"^(?:[^，；。]*(?:经费|资金))?(?:用于)?支持(?!金额|额度|标准|比例|资金|总额|最高|不)(?P<what>[^，；。]{4,})$",
        text,
    )
    return match.span("what") if match else None


def measured_by(text: str) -> Place | None:
    """What a grant without a figure goes by: 按照具体岗位及贡献情况 分3个档次给予奖励."""
    match = re.search(r"按照?[^，；。]{4,20}?(?:情况|程度|贡献|数量|规模)", text)
    return match.span() if match else None


def is_left_over(text: str) -> bool:
    """Whether a phrase only says that what is left over a whole one does not count.

    >>> is_left_over("不足1000万元的部分不计"), is_left_over("不足1000万元的部分按3%奖励")
    (True, False)
    """
    return bool(_LEFT_OVER.match(text))


def name_span(after: str) -> Place | None:
    """What the support is called: 住房补贴 behind 每人每月1500元."""
    match = re.match(rf"(?:的)?(?P<name>[^，；。、\d的]{{1,10}}?(?:{FORMS}))", after)
    return match.span("name") if match else None
