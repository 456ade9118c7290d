"""What kind of answer a question asks for, read from its words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.mentions import find_mentions
from retriever.asked import REPEAL, asks_for_list
from retriever.query import Retrieval
from retriever.sides import asks_apart

__all__ = ["AMOUNT", "Asking", "asked_day", "asking", "asking_last", "asking_of_sides"]

#: An amount of support as clauses write it.
AMOUNT = re.compile(r"\d[,.]*+\s*+(?:%|％|个百分点|亿元|万元|元|倍|元/㎡)|百分之")
_SUPPORT = r"(?:奖|补|贴|资助|支持|扶持|拨|配套|奖励|补助|补贴|资金|费用|租金|钱)"
_AMOUNT = re.compile(
    rf"多少钱|多少万|多少元|好多钱|几万|几个点|百分之几|多大比例|什么比例|(?:比例|额度|金额|标准|上限|封顶线?|力度)(?:是|为|有)?(?:多少|多高|多大|怎么|如何|$|[？?])"
    r"|(?:比例|封顶|上限|标准|额度|金额)(?:和|与|跟|、|及)(?:比例|封顶|上限|标准|额度|金额)"
    rf"|(?:盘子|规模|总额|预算)\S{{0,3}}(?:多大|多少|几)"
    rf"|{_SUPPORT}\S{{0,8}}?(?:多少|几多|几成|好多)|(?:多少|几(?![类种条项处样次回趟]))\S{{0,4}}{_SUPPORT}|最[多高]\S{{0,8}}(?:多少|拿|给|补|奖|能)|能(?:拿|补|得)\S{{0,3}}多少"
    r"|罚[款金]?\s?(?:是|为|要|得|最[高多]){0,2}(?:多少|几[十百千万倍块])|按(?:多少|几倍)罚"
)
#: Of validity: when it ends.
_END = re.compile(r"有效期|到期|过期|失效|到哪|到几|截止|结束|几年|多久|期限")
_MOST = re.compile(r"最[多高]|上限|封顶|顶格|到顶")
#: 哪些企业能报租金补贴 asks whom one measure is for, not for all measures.
_WHO_MAY = re.compile(
    r"(?:哪些|哪几类|什么样?的?)(?:企业|公司|单位|机构|医院|人员?|人才|项目)(?=[^，。？?]{0,4}(?:能|可以?|够|符合)[^，。？?]{0,3}(?:报|申|享受|拿|领|得|条件|资格)|[^，。？?]{0,12}(?:能报|能申|能拿|能领|能享受)[？?]?$)"
)
#: A measure by what it is for.
_ONE_MEASURE = re.compile(
    r"(?:租金|房租|租房|厂房|装修|设备|研发|投资|固定资产|技改|技术改造|贷款|岗位|社保|培训|展位|参展|流片|物流|电费|用工|购房|安家|保费|认证|临床|产业化|首台)[^，。？?]{0,6}(?:补[贴助]|资助|奖励?|支持|贴息)"
)
_DEADLINE = re.compile(
    r"截止|几号前|申报(?:时间|日期|期限)|什么时候(?:开始|能|可以?)?(?:申报|申请|报名|受理|提交)|受理时间|申报窗口|哪天(?:申报|申请)|何时(?:申报|申请|受理)|(?:几月份?|几月几号|哪个月)(?:才|就|会|能|可以?)?(?:开始|启动|集中)?(?:申报|申请|受理|报名)"
)
#: What a policy text does not state: how to reach somebody, who holds an office, accounts.
_CONTACT = re.compile(
    r"电话|座机|打(?:哪个|什么|几)号(?![线楼])|联系方式|联系人|邮箱|网址|热线|微信|在哪条路|门牌|地址[？?]?$|叫(?:什么|啥)名|姓名|(?:院长|主任|局长|会长|主席|校长|所长|评委|书记|区长|市长|老板|董事长|负责人)(?:是|叫)?(?:谁|哪个|哪位)"
    r"|股票代码|(?:银行账[号户]|开户行)(?:名|号码?)?(?:是|写|填)?(?:多少|几|哪|什么|啥|[？?]|$)"
)
_PROCEDURE = re.compile(
    r"(?:要|需要?|提交|准备|带)(?:交|提供|准备)?(?:哪些|什么|啥)?(?:申报|申请)?材料|(?:申报|申请)(?:的?材料|资料)(?:有|是|包括|需要?|要|都){0,2}(?:哪些|哪几|什么|啥)|材料清单|申[报请]表|申报流程|申请流程|办理流程|(?:申报|申请)(?:时|的话)?(?:要|需要?)?(?:走|经过)?(?:哪些|什么|啥)(?:流程|程序)|怎么(?:申请|申报)|如何(?:申请|申报)|申报(?:条件|标准|细则)"
    r"|填(?:写)?(?:哪[些种张个]|什么|啥)(?:申[报请])?表|(?:交|附|附上|提交|提供)(?:哪些|什么|啥)(?:附件|资料|证件|证明)"
    r"|找(?:哪个|什么|哪家|哪个主管)(?:部门|单位|窗口)|(?:哪个|什么)(?:部门|单位)(?:受理|来受理)|主管部门 受理机构"
)
#: Says which text is meant, of which something else is asked: 被废掉的29号里原来奖多少.
_ENDED = re.compile(
    r"(?:被|已经?|早已?)?(?:废[掉止除]|失效|作废|过期)了?的(?=[^，。？?]{2,40}[里中内])"
)
_VALIDITY = re.compile(
    r"有效期|(?:什么时候|何时|哪天|几时|啥时候?|何日)\S{0,6}(?:施行|生效|实施|执行|到期|失效|废止|(?:开始|(?<![算数计])起)(?=$|[，,、。；;？?！!的算用]|执行|实施|施行|生效|有效|作数|管用|适用))|(?:施行|实施|生效|执行)(?:日期|时间|日)"
    r"|(?:还|仍|继续|现在)\S{0,4}(?:有效|管用|执行|适用)|(?:还|现在|仍)\S{0,2}(?<![能可])用(?:吗|不|么|没|$)|(?:还|仍|是否|是不是)在\S{0,6}?(?:年限|期限|有效期|规划期|执行期)[内里]|(?:还|现在|仍)\S{0,4}(?:算数|能用|能不能用|作数)|(?<!报)废(?:了|除|没|掉|止)|开始(?:施行|执行|实施)|\d\s*[年月日](?:起|开始)?(?:施行|实施|生效)的?[吗吧]|(?:生效|施行|实施)了(?:吗|没|么)|是否有效|有没有效|有效吗|过期|到期|失效|废止|作废|旧办法|原办法|执行到|(?:政策|优惠|文件|办法|措施|意见|规定|通知|公告|条)(?:到(?:哪天|几号|几月|什么时候|何时)|(?:什么时候|哪天|何时))(?:结束|截止|为止|停止?)|管到|管几年|管多久|能用到|用到哪"
)
#: What comes to an end here is no document: 税单到期, 贷款过期.
_OF_A_THING = re.compile(
    r"(?:单|款|专利权?|合同|协议|证书?|许可|资质|执照|手册|登记|保险|债券?|票据?|租约|租期|质押|有效期满)[^，。？?、政文办措规]{0,6}(?:到期|过期|失效)"
    # …and what somebody holds for a time is none: 公租房快到期, 门特资格管多久.
    r"|(?:[住租]房|租赁|任期|聘期|试用期|保障期|资格|待遇|证明?|结果|确认|登记|备案|称号|名单)[^，。？?、政文办措规号补奖贴]{0,4}"
    r"(?:到期|过期|失效|管(?:几|多[久长])|有效期)"
    # 国内的工伤保险还继续有效吗, 还有效的许可证.
    r"|(?:保险|关系|许可|证书?|合同|协议|资格|执照|登记|备案)[^，。？?、政文办措规]{0,4}有效(?!期)"
    r"|有效期(?:以|之)?内的(?=[^，。？?、政文办措规]{0,8}?(?:企业|公司|证|人|机构|家庭|高企))"
    r"|有效的?(?=[^，。？?、]{0,6}(?:许可|证|合同|协议|资格|执照|登记|备案|文书|凭据|发票))"
)
#: What is or is not in force any more; without one of them a question is on something else: 过期了咋办,
#: 多久算过期.
_TEXT = re.compile(
    r"政策|文|办法|措施|意见|规定|规则|规划|通[知告]|公告|方案|计划|条例|细则|(?<![合违非])法(?!院|拍|官|庭|定|人|律用)|(?<![月\d])\d{1,4}号|[条版]|(?<!支付)令|指[引南]|目录|标准|制度|决定|章程|解释|[那这]套|[旧老新]的|支持|补[贴助]|奖|资助"
)
_OLD = ("旧办法", "原办法")
#: A question that asks for nothing but validity (能管几年) has no more characters beside it.
_BARE = 3
_UNIT = re.compile(
    r"责任单位|牵头|负责(?!人)|哪个(?:部门|单位|局|委)|哪些(?:部门|单位)|主管部门|谁来?(?:管|负责)|归(?:谁|哪)|找(?:谁|哪个)|哪个处|解释"
)
_WHICH_UNITS = re.compile(
    r"(?:由|归|找)?哪(?:些|几个|几家)(?:部门|单位|委办局|局)(?:来|去|共同)?(?:负责|牵头|主管|管|解释)"
)
_COMPARE = re.compile(
    r"对比|比较|比一[下比]|相比|区别|不同|不一样|差[别异多]|哪个\S{0,3}(?:更|高|多|好|大|划算)|哪边|哪头|谁(?:更|高|多)|分别(?:是|给|奖|补)|各(?:是|给|奖|补|多少|自)|[多高好快少]还是|还是\S{1,10}(?:更?多|更?高|划算|更?好|合算)|和\S{2,12}比|两(?:级|边|个文件|份)|都(?:有|给)(?!哪|什么|啥)"
)
_EACH = re.compile(r"(?:分别|各自?)(?:是|给|奖|补|有|要|多少|几)")
_LIST = re.compile(
    r"哪些|哪几|有什么(?:支持|政策|奖励|补贴)|列出|列[举全]|全部|(?<![舶屋辆业车房])所有(?!规则|指令|设定|权|制)|几(?:个口子|样|笔钱|种补贴|项补贴)|都有什么|汇总|盘点"
)
#: Whether there is support at all: 经典名方有没有支持.
_ANY = re.compile(
    rf"有没有\S{{0,6}}{_SUPPORT}|{_SUPPORT}\S{{0,4}}(?:有没有|有无|有不有|有么|有吗)|有\S{{0,8}}{_SUPPORT}\S{{0,4}}(?:吗|没|么|不|$)"
    rf"|(?:能不能|能否|可不可以|能|可以)(?:拿|领|享受|得|要)\S{{0,6}}{_SUPPORT}\S{{0,4}}(?:吗|么|不|$)|给不给{_SUPPORT}?|(?:支持|奖励?|补贴?)不(?:支持|奖励?|补贴?)"
)
_LOOKUP_REST = re.compile(
    r"[\s，。？?、：:《》“”\"()（）的是]|是什么|什么|内容|原文|规定|怎么说|说了?|讲了?|写了?|全文|条文|帮我|查|看|一下|请|调出|念|给出|列出|哪些|具体|里|文件?|号|这|条|款|项|那|啥|主要|方面|事|了|在|呢|吗|想|我"
)


_ASKS = re.compile(
    r"多少|多[久大高长]|几|什么|啥|哪|谁|怎么|怎样|咋|如何|吗|是否|能否|有没有|是不是"
)
_FIGURE = re.compile(r"多少|多久|多大|多长|多高|几(?![种类样项大方条])\S|比例|期限|时限|标准|百分")


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for; several can be true at once."""

    amount: bool = False
    deadline: bool = False
    contact: bool = False
    procedure: bool = False
    validity: bool = False
    unit: bool = False
    compare: bool = False
    list_all: bool = False
    lookup: bool = False
    end: bool = False
    repeals: bool = False
    figure: bool = False
    any_support: bool = False
    most: bool = False


def asking(question: str, titles: tuple[str, ...] = ()) -> Asking:
    """Read what a question asks for; ``titles`` are blanked before judging a look-up."""
    # 由哪些部门负责 asks who does one thing, not for all things that somebody does.
    things = _WHICH_UNITS.sub(" ", question)
    things = _WHO_MAY.sub(" ", things) if _ONE_MEASURE.search(things) else things
    list_all = bool(_LIST.search(things)) or asks_for_list(things)
    lasting = _ENDED.sub(" ", _OF_A_THING.sub(" ", question))
    return Asking(
        amount=bool(_AMOUNT.search(question)),
        deadline=bool(_DEADLINE.search(question)),
        contact=bool(_CONTACT.search(question)),
        procedure=bool(_PROCEDURE.search(question)),
        validity=_asks_validity(lasting),
        unit=bool(_UNIT.search(question)),
        # 有哪些，标准各是多少 asks for all of them, each with its figure.
        compare=bool(_COMPARE.search(_EACH.sub(" ", question) if list_all else question)),
        list_all=list_all,
        lookup=_is_lookup(question, titles),
        end=bool(_END.search(question)) and not REPEAL.search(question),
        repeals=bool(REPEAL.search(question)),
        figure=bool(_FIGURE.search(question)),
        any_support=bool(_ANY.search(question)),
        most=bool(_MOST.search(question)),
    )


def asking_last(question: str, latest: str, titles: tuple[str, ...] = ()) -> Asking:
    """Read what a follow-up asks for: by its own words, where it is a question by itself.

    ``question`` is both it and the one before, ``latest`` the follow-up alone, empty where it is
    none: 那改良型呢 asks what was asked before.
    """
    return asking(latest if _ASKS.search(latest) else question, titles)


def asking_of_sides(ask: Asking, sides: Sequence[Retrieval]) -> Asking:
    """What is asked for, without the term of a text where that is one of several things asked in one
    breath (租金补几成？这政策管几年？): then its clause is one of those that answer."""
    apart = ask.validity and asks_apart(sides)
    # 这个政策 is that of what is asked before it.
    of = {side.hits[0].passage.address.document for side in sides if side.hits}
    if (
        apart
        and len(of) == 1
        and not all(asking(side.understanding.text).validity for side in sides)
    ):
        return replace(ask, validity=False, end=False)
    return ask


def _asks_validity(question: str) -> bool:
    """Whether it is a text whose validity is asked for."""
    found = _VALIDITY.search(question)
    # 旧办法里奖多少 asks for an amount of it.
    if not found or (found[0] in _OLD and _AMOUNT.search(question)):
        return False
    beside = question[: found.start()] + question[found.end() :]
    return bool(_TEXT.search(question)) or len(beside) <= _BARE


def _is_lookup(question: str, titles: tuple[str, ...]) -> bool:
    """Whether nothing but clauses, documents and a wish to see them is said."""
    mentions = find_mentions(question)
    if not mentions:
        return False
    rest = question
    for mention in mentions:
        rest = rest.replace(mention.words, " ")
    for title in titles:
        rest = rest.replace(title, " ")
    rest = re.sub(
        r"《[^》]{0,200}》|[\u4e00-\u9fff]{1,6}[〔\[(（]\d{4}[〕\])）]\s*+\d++\s*+号|(?<!\d)\d++\s*+号文?",
        " ",
        rest,
    )
    return len(_LOOKUP_REST.sub("", rest)) <= 6


#: A day, month or year; that of a text (2023年的旧办法) is none to judge on.
_DAY = re.compile(
    r"(?P<y>20\d{2})\s*年(?:\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?)?"
    r"(?!\s*(?:的?(?:那|这)一?[份次批版]|的\d{1,3}号|(?:印发|发布|公布|出台|下发|制定)的"
    r"|(?:的(?:旧|老|原|新|那[个份]|这[个份])*|(?:旧|老|原)的?|)(?:[\u4e00-\u9fff]{0,2}指导)?(?:文件|办法|意见|措施|政策|计划|方案|规定|条例|版)))"
)


def asked_day(question: str) -> date | None:
    """Return the day that a question speaks of; a month or year stands for its first day.

    >>> asked_day("到2029年3月1日还有效吗"), asked_day("2023年的旧办法还有效吗")
    (datetime.date(2029, 3, 1), None)
    >>> asked_day("2019年的52号文现在还算数吗"), asked_day("2019年指导意见现在还管用吗")
    (None, None)
    >>> asked_day("到2029年3月56号文还有效吗")
    datetime.date(2029, 3, 1)
    """
    match = _DAY.search(question)
    if not match:
        return None
    year, month, day = (int(match[name] or 1) for name in "ymd")
    if not 1 <= month <= 12:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        # 2029年3月56号文: the number is that of a text.
        return date(year, month, 1)
