"""What kind of value a question asks for, and whether a text states one of that kind."""

from __future__ import annotations

import re

__all__ = ["LEFT_OPEN", "states", "wanted"]

#: Words by which a clause leaves a value to somebody else, or to another text.
LEFT_OPEN = re.compile(
    r"依法依规|按照?(?:有关|相关|国家|本市|现行)*规定|另行|视情况|一事一议|一定(?:金额|比例|数额|额度|期限)|适当"
    r"|协议(?:方式)?(?:约定|确定|商定)|(?:合理|综合|协商|研究|酌情)(?:确定|给予)|见附件|详见|由[^，。；]{2,16}(?:确定|制定|研究|核定|约定)"
)
_NUMBER = r"(?:\d[\d,.]*|[一二两三四五六七八九十百千万]+)"
#: Kinds by what asks for them and what states them; the first that fits is meant.
_KINDS: dict[str, tuple[str, str]] = {
    "rate": (
        r"百分之(?:几|多少)|几个点|几个百分点|几成|几折|(?:多大|多高|什么|多少)的?比例|比例(?:是|为|有)?(?:多少|多大|多高|几)|几倍",
        rf"\d\s*[%％‰]|百分之|个百分点|[一二三四五六七八九\d]成|{_NUMBER}\s*倍|分之[一二三四五]|全额|一半|减半",
    ),
    "area": (
        r"多少亩|几亩|多少平|几平|多大面积|面积(?:是|有|为)?多[大少]",
        rf"{_NUMBER}\s*(?:亩|平方米|㎡|平方公里|公顷)",
    ),
    "money": (
        r"多少(?:钱|元|万|亿|资金|经费|块)|几(?:块钱|万|千块|个亿)|(?:盘子|规模|总额|预算)(?:是|有|为)?(?:多大|多少|几)|多大(?:盘子|规模)"
        r"|(?:给到|给|奖励?|补贴?|补助|资助|拿|报销?|领|付|收|定价|数额|金额|额度|标准|补偿|慰问金)(?:的?(?:具体)?(?:数额|金额|标准|额度))?(?:是|为|到|得|能|最[高多])*(?:多少|几多|好多)",
        rf"{_NUMBER}\s*(?:余|多)?\s*(?:亿|万|元|块|个百分点|倍)|\d\s*[%％‰]|百分之|全额|一半|减半|免费|免收|免缴|不(?:再)?(?:享受|予|收)|分之[一二三四五]",
    ),
    "day": (
        r"哪[天日年月]|几[号月](?!会)|何时|什么时候|啥时候?|几时|截止(?:日期|时间|到)?(?:是|到)?(?:几|哪|什么)",
        r"\d\s*[年月日]|之日|年底|月底|季度|工作日|个月|期满|以?[前后](?:[，。；、]|$)|后即|即可|之后|期间|届时|每[年月季]|随时|长期|满[一二三四五六七八九十\d]",
    ),
    "heads": (r"(?:几|多少)(?:家|名|所|人次|人(?!家)|张床)", rf"{_NUMBER}\s*(?:余|多)?\s*(?:家|名|所|人次|人|张|个)"),
    "coefficient": (r"系数\S{0,6}(?:多少|几)", r"系数\S{0,8}?(?:为|是|取|按)\s*\d"),
}  # fmt: skip
_ASKS = {name: re.compile(asks) for name, (asks, _) in _KINDS.items()}
_STATES = {name: re.compile(says) for name, (_, says) in _KINDS.items()}


def wanted(question: str) -> str | None:
    """The kind of value that a question asks for: rate, area, money, day, heads; None if another.

    >>> wanted("贴几成保费"), wanted("基金的盘子有多大"), wanted("哪天能建成"), wanted("有哪些支持")
    ('rate', 'money', 'day', None)
    """
    return next((name for name, asks in _ASKS.items() if asks.search(question)), None)


def states(text: str, kind: str) -> bool:
    """Whether a text states a value of a kind."""
    return bool(_STATES[kind].search(text))
