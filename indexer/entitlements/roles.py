"""What a figure in a phrase is: a rate, an amount, a cap, an increment, a threshold, a span of years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.entitlements.entitlement import Scope
from indexer.entitlements.quantities import MONEY, Measured, find_quantities

__all__ = ["FORMS", "GRANT", "Figures", "Role", "figures_in", "names_item", "scope_of", "yearly"]

Role = Literal["rate", "amount", "cap", "increment", "bound", "years", "none"]

#: A fee or price that is cut: 收费标准降低30%, 降低综合费率0.5个百分点.
_CUT = (
    "(?:(?<=收费标准)|(?<=收费)|(?<=用[电水气]价格)|(?<=费用)|(?<=费率)|(?<=电费)|(?<=水费)|(?<=气费)|(?<=电价)|(?<=气价)|(?<=租金))(?:统一|均|再)?(?:降低|下调|下浮)(?=\\d|$)"
    "|(?:降低|下调)(?=[^，；。\\d]{0,8}费率(?:\\d|$))"
)
#: Nouns and verbs of support, longest first.
FORMS = (
    _CUT
    + "|奖补|奖励|奖金|补助金|补助|补贴|津贴|资助(?!年度)|贴息|贴补|补偿|扶持|返还|减免|免收|免除|减半征收|减半|配套(?!.{0,4}(?:支持|补贴|补助|奖励|资助))|匹配资金|救助|慰问|支持|奖(?!励|补|金)|补(?!贴|助|偿)"
)
GRANT = re.compile(rf"给予|予以(?=\d)|享受|发放|拨付|报销|支付|领取|提供|安排|{FORMS}")
_AFTER_BOUND = re.compile(
    r"\s*+(?:[（(](?:不?含|含本数|含税)[^）)]*[）)])?\s*+(?:及?以[上下]|以内(?=的|$|，)(?!的?[^，]{0,6}(?:补|奖|资助))|(?:的)?部分|或以上|起(?!步)|的企业|的项目)"
)
_BEFORE_BOUND = re.compile(
    r"(?<!不)(?:超过|达到|达|不足|不低于|不少于|高于|大于|低于|少于|满|突破|增长|下降|占比|比例)(?:为|了|到)?(?:人民币)?\s*$"
)
_FROM_ON = re.compile(
    r"((?:[（(]不?含(?:本数)?[）)])?及?以[上下](?:[（(]不?含(?:本数)?[）)])?)(?=.{1,2}$)"
)
_AT_LEAST = re.compile(r"(?:不低于|不少于|不小于)\s*$")
_FEE_CUT = re.compile(rf"(?:{_CUT})[^，；。\d]{{0,10}}$")
#: At most five words between: more could be parted in more ways than can be tried.
_LIMIT = re.compile(
    r"(?:不得?超过|不高于|最高|最多|至多|上限|封顶|限额|最大|累计|总额|合计|以内)"
    rf"(?>[^\d，；]{{0,12}}?(?:{FORMS}|额度|金额|标准|限额|总额|合计|可达|为|达|给予|不超过|分别|按|控制在|可|至|在|每年|每[人家个项户])){{0,8}}\s*$"
)
_BEHIND_LIMIT = re.compile(r"\s*(?:/\S{1,3})?(?:封顶|为限|为上限|以内|（上限）|的?上限)")
_ADD = re.compile(
    rf"(?:再(?!贷款|就业|生产|次|生|保险|融资|担保|制造)|另|另外|额外|叠加|上浮)(?:分别)?(?:提高|增加|给予|上浮|叠加|{FORMS})?[^\d，；]{{0,8}}$|分别(?:提高|增加|上浮)\s*$|(?:提高|增加|上浮)\s*$"
)
#: What a figure was before, and what it is raised to.
_FORMER = re.compile(r"原(?:来|定|有)?(?:的|为|按)?\s*$")
_NOW = re.compile(r"(?:提高|上调|增加|调整|提升|降低|下调|放宽|上浮)(?:至|到|为)\s*$")
#: Money that nobody is given: fines, taxes, capital.
_NO_SUPPORT = re.compile(
    r"罚款|预拨|已下达|应纳税|计税|减按|不受[^，]{0,12}\d|已(?:经|累计)?[^，；]{0,4}(?:发放|拨付|安排|支付|下达|兑现|投入|审批)|共计?发放|累计发放|截至[^，]{0,60}[月日]|不少于.{0,8}亿元|裁员率|失业率|增长率|授信|实现发放|处以|罚金|滞纳金|违约金|注册资[本金](?!的\s?\d{1,3}(?:\.\d+)?\s?[%％])|缴费基数|缴交|缴费标准|起付标准|征收率|税率|缴费比例|费率|保证金|提速|持股|股权比例|收费标准|退赔"
)
_YEARS = re.compile(
    rf"(?:期限|年限|连续|累计|至多|最多|最长|不超过|享受|{FORMS}|给予)[^\d，；]{{0,8}}$"
)
_PER_RECIPIENT = re.compile(
    r"(?:单个|单家|单一|单户|同一|每个|每家|每户|每一|各|一个|该)(?:[^，；、]{0,10}?)(?:企业|机构|单位|医院|平台公司|公司|主体|组织|申请人|申报人|个人|人才|团队|合作社|商户|家庭|学校|园区)|企业(?:每年|年度|全年|年)|每家|每户|单户|每企|每人|累计|期(?:限内|间|内)最高|[二两三四五]年内?最高"
)
_PER_ITEM = re.compile(
    r"(?:单个|每个|单|每|同一)(?:品种|项目|产品|场|项|次|件|篇|台|套|辆|艘|架|批|课题|活动|平台|设备|岗位|赛事|展会|床|(?:张|份|笔)?保单|张证书)|单场|单项|单品|/(?:项|个|件|场|台|次)"
)
_YEARLY = re.compile(
    r"每年|每一?年度|年度|当年|全年|一年|(?<![两三四五])年补[贴助]|(?<![两三四五])年(?=奖|补|支持|最高|累计)|/年"
)
#: Units whose figures count money, rates or spans; a figure in another unit is no support.
_COUNTS = ("年", "月", "日")
#: Units of what a recipient may apply for only so many times.
_APPLIED = ("人", "项", "个", "件", "次", "家")
#: Money of another country, and what an amount is given for so much of: 每增加1000万元奖励5万元.
_FOREIGN = re.compile(r"美[元金]|欧元|日元|英镑|港[元币]")
_EACH_MORE = re.compile(r"每(?:满|净?增[加长]?|新增|超过?)[^，。；\d]{0,8}\s*$")
#: What a budget holds: 安排2亿元专项资金.
_BUDGET_BEFORE = re.compile(
    r"(?:安排|设立|筹集|筹措|统筹|投入|下达|拿出|争取|计划|预算)[^，；。]{0,8}$"
)
_BUDGET_BEHIND = re.compile(r"(?:的)?[^，；。]{0,8}(?:资金|经费|基金|预算|$)")
#: When a sum is paid out: 分三个阶段分别拨付30%、30%、40%.
_INSTALMENT = re.compile(
    r"(?:阶段|分期|分次|分年|分[\d一二两三四五]年)[^，；]{0,80}(?:发放|支付|给付)\s*$|(?:拨付|兑现)(?:剩余|其余|余下)?的?\s*$"
)
#: A share that the recipient bears: 由申请人按50%的比例承担.
_BORNE = re.compile(
    r"由(?:申请人|个人|本人|参保人|患者|用人单位|企业)[^，；。]{0,8}#|#(?:的?比例)?(?:由[^，；。]{0,10})?(?:承担|负担|自付)"
)
#: Money that is lent: 每户最高200万元贷款.
_LENT = re.compile(r"(?:的)?[^，；。、\d给补奖]{0,4}(?:贷款|授信|信贷)")
#: 超过参展企业总数的50%.
_OUT_OF = re.compile(
    r"(?<!不)(?:超过|达到|不低于|高于|占)[^，；。\d给予补奖]{2,14}的\s*$|(?:裁员率|费率|比例|占比)(?:不超过|不高于|低于|不低于)\s*$"
)
#: A term of something else than the support, and a span that is part of a base.
_OTHER_TERM = re.compile(
    r"(?:展期|还款|贷款(?!贴息)|租赁|合同|使用|有效|保修|试用|执行|缓缴|延长)[^，；。]{0,8}$"
)
_OF_BASE = re.compile(
    r"(?:的)?[^，；。\d]{0,4}?(?:应缴|实际缴|缴纳|社会保险|房租|租金|当地|上年度|统筹地|企业及|所缴|月人均|期限|过渡期)"
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures side by side (200万元、300万元、700万元) with their role; places are the clause's."""

    role: Role
    quantities: tuple[Measured, ...]

    @property
    def start(self) -> int:
        """Where the first of them begins."""
        return self.quantities[0].start

    @property
    def end(self) -> int:
        """Where the last of them ends."""
        return self.quantities[-1].end


def figures_in(text: str, offset: int) -> list[Figures]:
    """Find the figures of a phrase, those of a list together, each with its role.

    ``offset`` is where the phrase begins in its clause.
    """
    groups: list[list[Measured]] = []
    for quantity in find_quantities(text):
        if groups and _beside(text, groups[-1][-1], quantity):
            groups[-1].append(quantity)
        else:
            groups.append([quantity])
    return [
        Figures(_role(text, group), tuple(_moved(q, offset) for q in group)) for group in groups
    ]


def scope_of(words: str) -> Scope:
    """Tell what a cap holds for, from the words before it."""
    if _PER_ITEM.search(words):
        return "item"
    if _PER_RECIPIENT.search(words):
        return "recipient"
    return "item"


def names_item(words: str) -> bool:
    """Tell whether words name the thing that a cap is for: 单个品种, 单场活动."""
    return bool(_PER_ITEM.search(words))


def yearly(words: str) -> bool:
    """Tell whether a cap is one for each year."""
    return bool(_YEARLY.search(words))


def _beside(text: str, left: Measured, right: Measured) -> bool:
    between = text[left.end : right.start].strip()
    if (tail := _FROM_ON.match(between)) and text[right.end :].lstrip().startswith(tail[1]):
        # 1万平方米以上（含）、2万平方米以上（含）: each threshold with its own words.
        between = between[tail.end(1) :]
    return left.unit == right.unit and between in (
        "、",
        "和",
        "及",
        "以及",
        "或",
        "与",
        "，",
        "或者",
    )


def _moved(q: Measured, offset: int) -> Measured:
    return Measured(q.value, q.unit, q.start + offset, q.end + offset, q.low)


def _role(text: str, group: Sequence[Measured]) -> Role:
    before, after = text[: group[0].start], text[group[-1].end :]
    unit = group[0].unit
    if unit == MONEY and (_FOREIGN.match(after) or _EACH_MORE.search(before)):
        return "none"
    if before.count("（") + before.count("(") > before.count("）") + before.count(")"):
        return "bound" if _AFTER_BOUND.match(after) and unit not in _COUNTS else "none"
    if _is_fee_cut(text, group[0]):
        return "rate"
    if _FORMER.search(before) or "百分点" in text[group[0].start : group[0].end]:
        return "none"
    lent = unit == MONEY and (_LENT.match(after) or re.search(r"贷款(?:额度|规模)", before))
    if _NO_SUPPORT.search(text) or lent:
        return "bound" if _is_bound(before, after) and unit not in _COUNTS else "none"
    if unit == "倍":
        return _multiple_role(before, after)
    if unit in ("%", "‰"):
        return _rate_role(before, after)
    if unit in _COUNTS:
        return _span_role(unit, before, after)
    if unit.split("/")[0] != MONEY:
        return _count_role(text, unit, before, after)
    return _money_role(before, after)


def _is_fee_cut(text: str, q: Measured) -> bool:
    """Whether a share is the one by which a fee is cut, or the points by which its rate is: 费率降低10%
    may mean either, and is none."""
    before = text[: q.start]
    points = "百分点" in text[q.start : q.end]
    cut = q.unit == "%" and _FEE_CUT.search(before)
    return bool(cut) and points == ("费率" in before[-8:])


def _is_bound(before: str, after: str) -> bool:
    if re.search(
        r"利率[^，]{0,8}$|(?:报销|支付|补助|补贴|奖励|贴息|配套|支持|资助|扶持)比例(?:为|是)?\s*$",
        before,
    ):
        return False
    return bool(_AFTER_BOUND.match(after) or _BEFORE_BOUND.search(before) or _OUT_OF.search(before))


def _multiple_role(before: str, after: str) -> Role:
    """按市级资金的2倍配套, 按照2倍比例匹配."""
    given = re.search(r"按|给予", before) and re.match(
        rf"(?:的?比例|标准)?(?:给予|予以|进行)?(?:{FORMS}|匹配)", after
    )
    least = re.search(r"(?:不低于|不少于|高于|超过)[^，；]{2,16}$", before)
    return "rate" if given else "bound" if least or _is_bound(before, after) else "none"


def _span_role(unit: str, before: str, after: str) -> Role:
    if _BEFORE_BOUND.search(before) or (_AFTER_BOUND.match(after) and not after.startswith("的")):
        return "bound"
    if re.search(r"连续\s*$", before) and not re.match(r"给予|补|奖|支持|资助|享受|发放", after):
        return "none"
    if unit == "日" or _OTHER_TERM.search(before) or _OF_BASE.match(after):
        return "none"
    lasts = _YEARS.search(before) or re.match(
        r"(?:的)?(?:财政)?(?:补贴|补助|奖励|贴息|支持|资助|全额贴息)", after
    )
    return "years" if lasts else "none"


def _count_role(text: str, unit: str, before: str, after: str) -> Role:
    """Figures of people and things: a threshold, or how many one recipient may apply for."""
    most = re.search(r"(?:最多|不超过|至多)[^，；]{0,4}(?:申报|申请|享受|推荐|支持)\s*$", before)
    if unit in _APPLIED and most and _PER_RECIPIENT.search(text):
        return "cap"
    area = "/" in unit or unit in ("平方米", "亩")
    if _is_bound(before, after) or (
        area and re.search(r"(?:不(?:得)?超过|最高|最多|至多)\s*$", before)
    ):
        return "bound"
    return "none"


def _money_role(before: str, after: str) -> Role:
    if _AFTER_BOUND.match(after) or _AT_LEAST.search(before):
        return "bound"
    if _NOW.search(before):
        return "amount"
    # 按收入的10%另给予最高100万元: what the share comes to at most, nothing more.
    limits = re.search(r"[%％][^，；。]{0,8}(?:最高|不超过)\s*$", before)
    if _ADD.search(before) and not limits:
        return "increment"
    if _LIMIT.search(before) or _BEHIND_LIMIT.match(after):
        return "cap"
    if _BEFORE_BOUND.search(before):
        return "bound"
    return "amount" if _is_granted(before, after) else "none"


def _rate_role(before: str, after: str) -> Role:
    if _is_bound(before, after):
        return "bound"
    if _NOW.search(before):
        return "rate" if GRANT.search(before) else "none"
    if _ADD.search(before):
        return "increment"
    if _INSTALMENT.search(before):
        return "none"
    if _BORNE.search(before + "#" + after):
        return "none"
    if re.match(r"征收|收取|缴纳", after):
        return "rate" if re.match(r"[^，；。]{0,12}租", after) else "none"
    granted = re.search(
        r"^(?:奖励|补助|补贴|资助)|按|给予|不超过|最高|享受|承担|分担|返还|标准|获得", before
    ) or GRANT.search(before[-12:])
    return "rate" if granted or GRANT.search(after[:16]) else "none"


def _is_granted(before: str, after: str) -> bool:
    """Whether an amount is given: the grant is said shortly before it or behind it."""
    if _BUDGET_BEFORE.search(before) and _BUDGET_BEHIND.match(after):
        return False
    near = re.search(
        rf"(?:给予|予以|享受|发放|拨付|领取|安排|按|按照|标准|{FORMS})[^，；。]{{0,24}}$", before
    )
    each = re.search(r"每[人户](?:每?[次月天年日餐])?(?:最高|不超过)?\s*$", before)
    return bool(near or each) or bool(
        re.match(rf"[^\d，；。]{{0,12}}?(?:{FORMS}|标准|资金|经费)", after)
    )
