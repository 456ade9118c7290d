"""What kind of value a question asks for, and whether a text states one of that kind."""

from __future__ import annotations

import re

from indexer.entitlements.quantities import find_quantities

__all__ = [
    "HANDED_ON",
    "LEFT_OPEN",
    "all_wanted",
    "asks_for_contents",
    "divides_a_range",
    "enumerates",
    "has_figure",
    "is_left_open",
    "is_yet_to_come",
    "means_those_before",
    "states",
    "wanted",
]

#: Words by which a clause leaves a value to somebody else, or to another text.
LEFT_OPEN = re.compile(
    r"依法依规|按照?(?:有关|相关|国家|本市|现行)*规定|按照?[^，。；]{0,12}(?:有关|相关)(?:规定|政策)执行|另行|视[^，。；]{0,10}情况|一事一议|一定(?:的)?(?:金额|比例|数额|额度|期限|资金|奖励|补[贴助])|适当"
    r"|协议(?:方式)?(?:约定|确定|商定)|(?:合理|综合|协商|研究|酌情)(?:确定|给予)|见附件|详见|由[^，。；]{2,16}(?:确定|制定|研究|核定|约定)"
    r"|[在以][^，。；]{0,8}(?:通知|指南|细则|公告)(?:中)?(?:予以)?(?:明确|规定|公布|为准)"
)
#: Something is done once something else is there.
_ONCE = re.compile(
    r"待[^，。；\d]{2,20}(?:明确|成熟|具备|允许|许可|出台|确定|批准)[^，。；\d]{0,6}?(?:后|时)"
)
#: Somebody is yet to say it.
_YET_TO_COME = re.compile(r"[另自]行(?:制定|确定|通知|公布|约定|研究|规定)")
#: A sentence on a price, a standard or a share itself, which says that it stands somewhere else.
HANDED_ON = re.compile(
    r"(?:价格?|标准|比例|金额|数额|额度|系数|具体办法|租金|费用|酬金|费率)(?:(?![。；]|\d)[\s\S]){0,60}?"
    r"(?:见附件|另行(?:制定|公布|通知)|(?:由|与|在|通过)[^，。；]{2,50}(?:确定|制定|核定|约定|商定)|(?:参照|按照?)[^，。；]{2,30}(?:规定|办法|标准)执行|为准)"
)
_NUMBER = r"(?:\d[,.]*+|[一二两三四五六七八九十百千万])"
_SPAN = r"(?:个?工作日|自然日|个?小时|天|日|周|星期|个?月|个?年度?)"
_AMOUNT = rf"{_NUMBER}\s*+(?:余|多)?\s*+(?:亿|万|元|块|个百分点|倍)|\d\s*[%％‰]|百分之|全额|一半|减半|免费|免收|免缴|不(?:再)?(?:享受|予|收)|分之[一二三四五]"
#: Kinds by what asks for them and what states them; the first that fits is meant.
_KINDS: dict[str, tuple[str, str]] = {
    "judges": (
        r"(?:评审|评定|评选|审定)[^，。？?]{0,8}(?:谁|哪些?(?:专家|人|单位|部门|机构)|什么人)",
        r"由[^，。；]{2,24}(?:评审|审核|认定|组织|评定|审定)|(?:组织|委托|聘请|邀请)[^，。；]{0,16}(?:专家|第三方|机构)|(?:专家|评审)(?:组|委员会)|(?:局|部门|委|办公室)[^，。；]{0,12}(?:审核|评审|认定|评定)",
    ),
    "score": (r"多少分(?!之)|几分(?![之钟])|分数线|及格线", r"\d\s*分(?![之钟类别为阶档支析])|满分|及格|合格线"),
    "frequency": (
        r"(?:多久|多长时间|几年|几个月|几天|几周)\S{0,4}一[次回]|[每一](?:年|季度?|个?月|周)\S{0,5}(?:几|多少)[次回]",
        rf"每\S{{0,3}}(?:年|季|月|周|日|天)|{_NUMBER}\s*[次回](?!性)|定期|适时|年度|月度|季度",
    ),
    "share": (r"(?:持股|占股|股权|股份)\S{0,4}(?:多少|几)", r"股[^。；]{0,14}(?:\d\s*[%％]|百分之|控制|以上)"),
    "definition": (
        r"(?:怎么?样|怎样|什么样的?|啥样的?|如何|哪种|[到]多[大高少])[^，。？?]{0,8}?(?:才算|算是|算得上|认定|界定)|[才就]算(?:是|得上)?(?!数)",
        r"是指|所[称指]|指的?是|视[为同]|认定[为标条]|下列|以下|条件|应当?|需|以上|不[低少]于|(?<!能)达到|满\S|(?<!不)超过",
    ),
    "rate": (
        r"百分之(?:几|多少)|几个点|几个百分点|几成|几折|(?:多大|多高|什么|多少)的?比例|比例(?:是|为|有|能|会|最高|突破|提高|涨|升|到){0,4}(?:多少|多大|多高|几)|几倍",
        rf"\d\s*[%％‰]|百分之|个百分点|[一二三四五六七八九\d]成|{_NUMBER}\s*倍|分之[一二三四五]|全额|一半|减半",
    ),
    "area": (
        r"多少亩|几亩|多少平|几平|多大面积|面积(?:是|有|为)?多[大少]",
        rf"{_NUMBER}\s*(?:亩|平方米|㎡|平方公里|公顷)",
    ),
    "price": (
        r"^(?!.*(?:补|奖|贴|减|免|报|资助|返)).*?(?:(?:定价|售价|出让价|地价|单价|均价|价格|票价|指导价|限价|租金|学费|餐费|保费|收费|[业务理本续估测管]费)[^补奖减免]{0,6}(?:多少|几[块元])|收(?:费)?(?:多少|几)[块元钱]|卖(?:多少|几)[块元钱])",
        _AMOUNT,
    ),
    "money": (
        r"(?:标准|金额|数额|额度)(?:定|明确|公布|出台?)(?:了|下来)?(?:吗|没|么)|多少个?(?:钱|元|万|亿|资金|经费|块|支持|奖励|补[贴助]|资助)|(?:涨|调整?|提高?|变)(?:到|成|为|至)了?多少|(?:每|各)[档级类](?:各|分别)?(?:是|给|发|奖|补)?多少|几(?:块钱|[十百千]?万|千块|个亿)|(?:拿|补|奖|给|领|发)(?:到|个)?几[百千]|(?:提高|上浮|上调|增加|下调)了?多少|(?:盘子|规模|总额|预算)(?:是|有|为)?(?:多大|多少|几)|多大(?:盘子|规模)"
        r"|(?:罚|罚款|罚金)\s?(?:是|为|要|得|最[高多])*(?:多少|几|好多)|(?:按|罚|处)(?:多少|几[十百千万倍块])\S{0,2}罚"
        r"|(?:给到|给|支持|扶持|奖励?|补贴?|补助|资助|救助|发|拿|报销?|领|付|收|贷|借|定价|数额|金额|额度|标准|补偿|慰问金)(?:的?(?:具体)?(?:数额|金额|标准|额度))?(?:是|为|到|得|能|最[高多])*(?:多少|几多|好多)",
        _AMOUNT,
    ),
    "span": (
        rf"(?:几|多少){_SPAN}|多久|多长时间|时限(?:是|为)?(?:多|几)",
        rf"{_NUMBER}\s*{_SPAN}|半年|长期|终身|随时|当[日天场]|即可|立即|次[日月]|之日|[年月日]底?前|[年月]底|期满|届满",
    ),
    "day": (
        r"哪[天日年月]|几[号月](?!会)|何时|什么时候|啥时候?|几时|截止(?:日期|时间|到)?(?:是|到)?(?:几|哪|什么)",
        r"\d\s*[年月日]|之日|年底|月底|季度|工作日|个月|期满|以?[前后](?:[，。；、]|$)|后即|即可|之后|期间|届时|每[年月季]|随时|长期|满[一二三四五六七八九十\d]",
    ),
    "heads": (r"(?<!哪)(?:几|多少)(?:家|名|所|人次|人(?!家)|张床)", rf"{_NUMBER}\s*+(?:余|多)?\s*+(?:家|名|所|人次|人|张|个)"),
    "sets": (r"(?<!哪)(?:几|多少)(?:套|间(?!内)|辆|台)(?!餐)", rf"{_NUMBER}\s*+(?:余|多)?\s*+(?:套|间|辆|台)"),
    "coefficient": (r"系数\S{0,6}(?:多少|几)", r"系数\S{0,8}?(?:为|是|取|按)\s*\d"),
}  # fmt: skip
_ASKS = {name: re.compile(asks) for name, (asks, _) in _KINDS.items()}
_STATES = {name: re.compile(says) for name, (_, says) in _KINDS.items()}
_GIVEN = re.compile(r"补[贴助]|奖励|资助|扶持|限额|罚")
_PAID = re.compile(r"价|租金|费|收取|缴")
#: What is set aside in all says nothing of what one of many gets.
_BUDGET = re.compile(
    r"(?:每年|年度)安排[^，。；]{0,4}\d[\d.]*\s*万?亿?元[^，。；]{0,4}(?:经费|资金|预算)"
    r"|规模[^\d，。；]{0,6}\d[\d.]*\s*万?亿?元"
)
#: By how much an amount is raised is none where the amount itself stands elsewhere.
_RAISED = re.compile(r"(?:上浮|下浮|上调|下调)(?:\s*\d[\d.]*\s*[%％])?")
#: The values stated before are meant: 退役军人创业的，参照执行.
_LIKE_THOSE = re.compile(
    r"参照(?:执行|享受|适用|上述|前款|前述|以上)|同等享受|同样适用|按(?:照)?(?:上述|前款|前述|以上)"
)
_OF_ONE = re.compile(r"[一每单](?:场|次|家|个(?!月)|人|项|户|位|名|支)")
_CONTENTS = re.compile(
    r"(?:哪[些几]|什么|啥)[^，。？?]{1,14}(?:在|进|入|列|算)[^，。？?]{0,16}(?:清单|目录|名单|名录|名册)[里中内]"
    r"|(?:清单|目录|名单|名录|名册)(?:[里中内上]|现在|目前|具体|都|一共|到底|究竟|有|收|列|纳)*[^，。？?要需交]{0,4}?(?:哪[些几]|什么|啥)"
)
_ENUMERATES = re.compile(
    r"(?:清单|目录|名单|名录|名册)[^。；]{0,12}(?:包括|包含|如下|分别[是为]|[：:])"
)
#: Shares as people say them: 四成 is 40%.
_DIGITS = "一二三四五六七八九"
_TENTHS = re.compile(rf"([{_DIGITS}])成")
_SHARES = {"全额": "100%", "全部": "100%", "一半": "50%"}
_HOW = re.compile(r"分别|怎么|如何|怎样|[什么啥]样|[么啥](?:情况|时候|条件)|哪[种些类]|谁|划")


def wanted(question: str) -> str | None:
    """The kind of value that a question asks for: rate, area, money, day, …; None if another.

    >>> wanted("贴几成保费"), wanted("基金的盘子有多大"), wanted("哪天能建成"), wanted("有哪些支持")
    ('rate', 'money', 'day', None)
    """
    kind = next((name for name, asks in _ASKS.items() if asks.search(question)), None)
    # 一次给完还是分几年 names what it may be.
    return None if kind in ("span", "frequency") and "还是" in question else kind


def all_wanted(question: str) -> tuple[str, ...]:
    """Every kind of value that a question asks for.

    >>> all_wanted("每月补多少钱，能领几年")
    ('money', 'span')
    """
    return tuple(name for name, asks in _ASKS.items() if asks.search(question))


def states(text: str, kind: str, question: str = "") -> bool:
    """Whether a text states a value of a kind; ``question`` tells a budget from what one gets.

    >>> states("每年安排最高100万元经费", "money"), states("每年安排最高100万元经费", "money", "一场补多少钱")
    (True, False)
    """
    if kind == "price":
        return any(_is_price(part) for part in re.split(r"[。；\n]", text))
    if kind == "money" and not _RAISED.search(question):
        text = _RAISED.sub("", text)
    if kind == "money" and _OF_ONE.search(question):
        text = _BUDGET.sub("", text)
    if kind == "day":
        # 待条件明确后 says of no day.
        text = _ONCE.sub("", text)
    return bool(_STATES[kind].search(text))


def _is_price(sentence: str) -> bool:
    """Whether a sentence says what is to be paid, and not what is given for it."""
    return bool(
        _STATES["price"].search(sentence) and _PAID.search(sentence) and not _GIVEN.search(sentence)
    )


def asks_for_contents(question: str) -> bool:
    """Whether a question asks what stands on a list that a text speaks of.

    >>> asks_for_contents("白名单里具体有哪些试剂"), asks_for_contents("进清单要哪些材料")
    (True, False)
    """
    return bool(_CONTENTS.search(question))


def enumerates(text: str) -> bool:
    """Whether a text says what stands on a list."""
    return bool(_ENUMERATES.search(text))


def divides_a_range(question: str, text: str) -> bool:
    """Whether a question asks who gets which end of a range that a text leaves undivided.

    >>> divides_a_range("40%和100%分别给谁", "按租金的40%—100%给予补贴")
    True
    """
    if not _HOW.search(question):
        return False
    for said, written in _SHARES.items():
        question = question.replace(said, written)
    question = _TENTHS.sub(lambda match: f"{_DIGITS.index(match[1]) + 1}0%", question)
    asked = {(v, q.unit) for q in find_quantities(question) for v in (q.value, q.low)}
    held = find_quantities(text)
    alone = {(q.value, q.unit) for q in held if q.low is None}
    return any(
        {(q.low, q.unit), (q.value, q.unit)} <= asked - alone for q in held if q.low is not None
    )


def is_left_open(text: str) -> bool:
    """Whether a text leaves a value to somebody else, or says that it stands somewhere else."""
    return bool(LEFT_OPEN.search(text) or HANDED_ON.search(text))


def is_yet_to_come(text: str) -> bool:
    """Whether a text says that somebody is yet to say something: 标准另行制定."""
    return bool(_YET_TO_COME.search(text))


def means_those_before(text: str) -> bool:
    """Whether a text says that values stated before it hold for something else too.

    >>> means_those_before("退役军人创业的，参照执行"), means_those_before("参照国家标准执行")
    (True, False)
    """
    return bool(_LIKE_THOSE.search(text))


def has_figure(text: str) -> bool:
    """Whether there is a figure, in digits or in words (百分之三十, 五十元)."""
    return bool(re.search(r"\d", text)) or states(text, "money")
