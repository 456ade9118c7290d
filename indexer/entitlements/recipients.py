"""Who receives support: the words that name a recipient, apart from the words of the occasion."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.entitlements.roles import FORMS
from indexer.entitlements.row import Place

__all__ = ["Parted", "given_to", "is_generic", "part_recipient"]

#: Nouns of those who receive support.
_NOUN = (
    r"(?:企业|机构|单位|申请人|注册人|持有人|申报人|借款人|个人|组织|团队|人员|人才|医院|高校|院校|院所"
    r"|从业者|创业者|工作者|劳动者|青年|职工|员工|学员|劳动力|农民工|农户|贫困户|居民|家庭|学校|公司|园区|基地|载体"
    r"|协会|社团|合作社|商户|业主|经营者|投资者|运营方|孵化器|主办方|承办方|毕业生|大学生|消费者|会员|老年人|残疾人|患者|对象"
    r"|法人|项目方|用户|主体|市县财政|地方财政|工会干部|个体户|工商户|门店|网点|场所|服务平台(?=为)|村集体|租户|负责人)"
)
_BRACKET = r"(?:（[^）]*）|\([^)]*\))?"
#: 国家名单内的X, 符合条件的X: words that say which X is meant, no occasion.
_PROPERTY = re.compile(
    r"(?:符合.{0,16}|受.{0,8}影响.{0,8}|名单[内中]?|[区省市县内境]内|地区|上述.{0,4}|条件)$|(?:以上|以下|周岁)$|^(?:享受上述|符合|相关|(?:申请|领取|承租)[^，]*(?:住房|补贴|待遇|资格)$|.{0,4}具有|具备|从事|有)"
)
_TRIVIAL = re.compile(
    r"^(?:符合.{0,6}(?:条件|规定|要求)|相关|有关|上述|.{0,16}[区省市县境]内|.{2,10}地区)$"
)
_TAIL = re.compile(rf"^(?P<event>.*)的(?P<who>[^，；。的]{{0,60}}?{_NOUN}等?){_BRACKET}$")
_RELATED = re.compile(rf"^(?P<event>.{{6,}}?)(?P<who>(?:相关|有关|其他){_NOUN})$")
_LIST = r"(?:[^，；。的（(]{1,24}等)?(?:[^，；。的、（(]{1,6}、){0,3}"
_HEAD = re.compile(
    rf"^(?P<who>{_LIST}(?:[^，；。的、]{{0,12}}{_NOUN}(?:、|和|及|或))*?[^，；。的、]{{0,14}}?{_NOUN}){_BRACKET}"
    rf"(?P<event>(?!{_NOUN}|名单|[的、和及或内等]|认定|职工|用房|平均|负担|自付|人数|数量|参保|参训|护理|住院|就诊|负责人|技术中心|研究院|研究中心|标准|品牌|工程|贷款额|[（(]).+)$"
)
_MIDDLE = re.compile(
    rf"^(?P<event>.{{3,}})的(?P<who>[^，；。的]{{0,12}}?{_NOUN}){_BRACKET}(?P<rest>(?!{_NOUN}|[的、和及或内等]|人数|除外).{{2,}})$"
)
#: What a noun phrase that begins a sentence does not begin with, and does not hold.
_VERBAL = re.compile(
    r"^(?:承担|获得?|取得|完成|引进|租用|承租|入驻|建设|开展|实施|购买|采购|举办|推荐|吸纳|招用|招聘|聘用|组织(?!.?$)|参加|参与|投资|提供|申请(?!人)|申报(?!人)"
    r"|通过|实现|加入|成立|设立|列入|纳入|认定|评为|委托|接收|接受|输送|新|首次|每|按|为|由|向|被|根据|或|经(?!营)|在|将|给|以|从|与|因|如|并|不|可|截至|帮助|引导|促进|加大|加强|保障|推动|发挥|制定|落实|继续|依托|已|扩大|关于|提出|妥善|竭力|协助|争取|确保|解决|做好|强化|及时|改善|要求|目前)"
    r"|[为由向被在将给以从与]|支持|鼓励|给予|进行|帮助|特别|尤其"
)
#: Verbs within a phrase that a noun phrase of a recipient does not hold.
_ACTS = re.compile(
    r"招用|招聘|吸纳|接收|推荐|输送|聘用|组织(?=职工|员工)|承租|引进|购买|采购|培养|补充"
)
_GIVEN_TO = re.compile(
    rf"(?:给予|奖励|补助|补贴|资助|支持|拨付给?|发放给?|免除)(?P<who>(?!单个(?:品种|项目))[^，；。\d的]{{0,14}}?{_NOUN})"
    rf"(?=一次性|最高|不超过|每|单|\d|一定|{FORMS}|按|分别|实际|$)"
)
_FOR_WHOM = re.compile(
    rf"(?<![针面])对(?P<who>[^，；。\d的对]{{0,12}}?{_NOUN}){_BRACKET}(?=按|给予|予以|一次性|最高|\d|返还|$)"
)
_GENERIC = re.compile(
    r"^(?:该|每[个家名户位人]?|各|其|单[个家户]|一[个家]|对|上述|同一)*(?:企业|单位|机构|个人|公司|组织|服务机构|人员|家庭|户|对象|主体|项目方|团队)?$"
)


@dataclass(frozen=True, slots=True)
class Parted:
    """Places within a phrase: who receives, and what is left of the occasion.

    ``property`` is where the occasion only says which recipients are meant.
    """

    who: Place
    event: tuple[Place, ...]
    property: bool = False


def part_recipient(text: str, clause: bool) -> Parted | None:
    """Part the recipient from the occasion; ``clause``: 的 or 后 stood behind it, it is no noun.

    >>> found = part_recipient("通过省级认定的港澳青年企业", False)
    >>> found.who, found.event
    ((7, 13), ((0, 6),))
    >>> part_recipient("企业自行装修厂房", True).event
    ((2, 8),)
    """
    if not clause:
        if _is_name(text):
            return Parted((0, len(text)), ())
        if match := _TAIL.match(text) or _RELATED.match(text):
            return _tail(match)
    for pattern in (_HEAD, _MIDDLE):
        match = pattern.match(text)
        if not match or _VERBAL.search(match["who"]):
            continue
        if pattern is _HEAD or clause or _says_who(match["event"]) or len(match["rest"]) >= 8:
            return _head(match)
    return None


def given_to(text: str) -> Place | None:
    """Who a phrase says that support is given to: 许可企业 in 给予许可企业最高500万元奖励."""
    for pattern in (_GIVEN_TO, _FOR_WHOM):
        if match := pattern.search(text):
            start, end = match.span("who")
            ahead = re.match(r"该|一定|其(?!他)", text[start:end])
            return start + (ahead.end() if ahead else 0), end
    return None


def is_generic(words: str) -> bool:
    """Whether words name no certain recipient: 每家企业, 该单位."""
    return bool(_GENERIC.match(words))


def _is_name(text: str) -> bool:
    """Whether a phrase is nothing but the name of a recipient."""
    whole = re.fullmatch(rf"[^，；。的]{{0,30}}{_NOUN}等?{_BRACKET}", text)
    return bool(whole) and not (_related(text) or _VERBAL.match(text) or _ACTS.search(text, 2))


def _says_who(words: str) -> bool:
    return bool(_TRIVIAL.match(words) or _PROPERTY.search(words))


def _related(text: str) -> bool:
    return bool(_RELATED.match(text))


def _tail(match: re.Match[str]) -> Parted:
    event, who = match.span("event"), match.span("who")
    if _TRIVIAL.match(match["event"]):
        return Parted((event[0], who[1]), ())
    if event[1] - event[0] < 2:
        return Parted(who, ())
    return Parted(who, (event,), bool(_PROPERTY.search(match["event"])))


def _head(match: re.Match[str]) -> Parted:
    event, who = match.span("event"), match.span("who")
    if "rest" not in match.re.groupindex:
        return Parted(who, (event,))
    rest = match.span("rest")
    if _says_who(match["event"]):
        return Parted((event[0], who[1]), (rest,))
    return Parted(who, (rest,))
