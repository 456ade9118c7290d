"""Figures as people say them, written out: 九万六 as 9.6万, 1,200 as 1200, 一家三口 as 3人."""

from __future__ import annotations

import re
from decimal import Decimal

from indexer.entitlements.quantities import read_number
from server.sums.money import plain

__all__ = ["spelt_out"]

#: The normal form of 平方米: 300㎡ becomes 300m2.
_SQUARE = re.compile(r"(?<=\d)\s*(?:m2|M2|㎡)(?![\dA-Za-z])")
_SPOKEN = re.compile(
    r"(?<![一二两三四五六七八九十百千\d.])([一二两三四五六七八九十百\d]{1,18})([万亿])([二三四五六七八九]|一(?=[，,。；;、？?]|$))(?![一二三四五六七八九十百千万亿\d个元])"
)
_GROUPED = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
#: An amount in two scales: 一亿两千万, 1亿2000万元.
_MIXED = re.compile(
    r"([一二两三四五六七八九十百\d]{1,18})亿([零一二两三四五六七八九十百千\d]{1,18})万"
)
#: 4万5, 2万5千 and 1亿2 as people say 4.5万, 2.5万 and 1.2亿; no unit of its own may follow the 5.
_TAIL = re.compile(
    r"(?<![\d.一二两三四五六七八九十百千])(?P<head>\d{1,4}|[一二两三四五六七八九十]{1,3})(?P<scale>[万亿])(?P<tail>[1-9二两三四五六七八九]|一(?=[，,。；;、元？?]|$))(?:(?<=万.)千(?!瓦|米|克|[一二三四五六七八九\d])|(?![\d.亿万千百十个项件套台辆张场家户间床人名位次平年月日天吨亩公%％倍/期级类]))"
)
#: 2千 of 1亿2千万.
_THOUSANDS = re.compile(r"(?<=亿)(\d)千(?=万)")
#: 1块5, 两块五, 三块半 as people say 1.5元.
_COINS = re.compile(
    r"(?<![\d.万千百])(?P<yuan>\d{1,4}|[一二两三四五六七八九十]{1,3})块(?P<rest>[1-9一二三四五六七八九半])(?=[，,。；;、？?！!）)\s]|钱|左右|上下|$)"
)
#: 五百万、一个两百四: the scale is said once.
_HUNDREDS = re.compile(
    r"(?<=万)(?P<gap>[、，,和及]\s?(?:另?一个|第[二三四]个|再?一个)?)(?P<head>[一二两三四五六七八九])百(?P<tail>[一二三四五六七八九])(?=[、，,。；;]|$)"
)
#: 付了八成, 七成半 as people say 80% and 75%.
_TENTHS = re.compile(
    r"(?<![一二两三四五六七八九十百千万\d.])(?P<n>[一二两三四五六七八九])成(?P<half>半)?(?![立员为功年果品交本套分长效绩熟就不])"
)
#: 批了俩, 办了仨; 夫妻俩 are persons.
_TWO = re.compile(r"(?<![们妻口人爷娘父母子姐妹兄弟哥])(?P<n>[俩仨])(?![人口])")
#: 1200、900和700块: the unit is said once.
_LISTED = re.compile(
    r"(?P<figures>(?<!\d)(?<!\d[.、和及与])\d[\d.]*+(?:[、和及与]\d[\d.]*+)++)(?P<unit>(?:百|千)?[万亿]?(?:元|块钱?)|[万亿]|平方米|平)"
)
#: 从22年到24年 is three years.
_YEARS = re.compile(
    r"[从自]?(?<!\d)(?P<first>(?:20)?\d\d)年(?:到|至)(?P<last>(?:20)?\d\d)年(?![级月初中底末])"
)
#: One thing and another: 一张三类证+一张二类证.
_PLUS = re.compile(r"(?<=[证个项台套张款药品种场])\s?[+＋]\s?(?=[一1两二三四2-9])")
#: Members of a household: 一家三口, 四口人, 五口之家, 老两口.
_MOUTHS = re.compile(
    r"(?:一家|全家|家里|家有)?(?P<many>[一二两三四五六七八九十\d]{1,6})口(?:之家|子|人|(?=[，,。；;、在住人]|$))"
)
#: A couple of whom each is told of alone is no number of persons: 我们两口子：我…，老婆…, 两个人加起来.
_COUPLE = re.compile(
    r"(?P<one>我(?![们俩家爱老]))[^。？?]{1,60}?(?P<other>老婆|老公|爱人|媳妇|丈夫|妻子|先生|太太|对象|配偶)"
)
_TOGETHER = re.compile(
    r"(?:我们?)?(?:老?两口子?|夫妻[俩两]个?人?|(?:两个?|俩)人?(?=加|合|一[共起]|总共))"
)
#: Money said without its unit: 会费12000, 月租150, 缴费基数八千.
_UNSAID = re.compile(
    r"(?P<money>(?:收入|工资|月薪|年薪|会费|费用|房租|租金|月租|基数|价格|总价|售价|(?<![招吸回验接签没])收(?:费|取)?|花(?:费)?)(?:大概|大约)?(?:都|均|全|每人)?(?:是|为|有|约|共|了|按)?\s*(?:\d{2,}(?:\.\d+)?|[一二两三四五六七八九]+[千百]))(?=[，,。；;！？?、\s]|$)"
)
#: 租的大房子，每月6000 says money too.
_RENT_UNSAID = re.compile(
    r"(?P<money>租[^。；？?\d]{0,20}?(?:每个?月|一个月)(?:大概|大约|是|要|交)?\s?\d{3,6})(?=[，,。；;！？?、\s]|$)"
)
#: One more thing whose number is swallowed: 另外有个药过了预认证.
_ONE_MORE = re.compile(r"(?P<more>(?:另外|还|又|另)有)个(?=[\u4e00-\u9fff]{2})")
#: 一年半, 2年半 as 18 and 30 months.
_YEAR_HALF = re.compile(
    r"(?<![\d.一二两三四五六七八九十百])(?P<n>[1-9一二两三四五六七八九])年半(?![载价数额票夜年])"
)
#: 4个晚上.
_NIGHTS = re.compile(
    r"(?<=[\d一二两三四五六七八九十])个(?:晚上|晚(?![\u4e00-\u9fff])|夜晚|夜(?![\u4e00-\u9fff]))"
)
#: 200号人.
_HANDS = re.compile(r"(?<=[\d百千十])\s?号人")
#: Kinds of product are counted as things are: 一款新佐剂, 两款器械.
_MODELS = re.compile(
    r"(?<![第条\d一二两三四五六七八九十])([一二两三四五六七八九十\d]{1,4})(?:款|部(?![门委分长级署队件法位])|篇|幅(?!度)|枚|座|艘|栋|幢|支(?![持付出撑部队行线取配援]))(?=[\u4e00-\u9fff])"
)


def spelt_out(question: str) -> str:
    """Write 九万六 as 9.6万, as people speak of money, 一亿两千万 as 1.2亿, 1,200 as 1200 and
    300m2 as 300平方米, 两块半 as 2.5元, 一年半 as 18个月, 七成半 as 75%, 俩 as 两个; a unit said once goes to each
    figure of its list.

    >>> spelt_out("九万六，一亿两千万，1,200万元，300m2，1200、900和700块")
    '9.6万，1.2亿，1200万元，300平方米，1200块、900块和700块'
    >>> spelt_out("到账1亿2，合同1亿2千万，1亿2个项目")
    '到账1.2亿，合同1.2亿，1亿2个项目'
    """
    if _COUPLE.search(question):
        question = _TOGETHER.sub("夫妻", question)
    question = _PLUS.sub("和", question)
    question = _MOUTHS.sub(r"\g<many>人", _GROUPED.sub("", _SQUARE.sub("平方米", question)))
    question = _YEARS.sub(_span, _HANDS.sub("人", _NIGHTS.sub("晚", question)))
    question = _YEAR_HALF.sub(lambda m: f"{int(read_number(m['n'])) * 12 + 6}个月", question)
    question = _ONE_MORE.sub(r"\g<more>一个", question)
    for unsaid in (_UNSAID, _RENT_UNSAID):
        question = unsaid.sub(r"\g<money>元", question)
    question = _MODELS.sub(r"\g<1>个", _LISTED.sub(_each_with_unit, question))
    question = _COINS.sub(_coins, question)
    question = _HUNDREDS.sub(r"\g<gap>\g<head>百\g<tail>十万", question)
    question = _TENTHS.sub(_per_cent, question)
    question = _TWO.sub(lambda m: "两个" if m["n"] == "俩" else "三个", question)
    question = _TAIL.sub(lambda m: _in_one(m, m["tail"], 10, m["scale"]), question)
    question = _THOUSANDS.sub(r"\g<1>000", question)
    question = _MIXED.sub(lambda m: _in_one(m, m[2].lstrip("零"), 10_000, "亿"), question)
    return _SPOKEN.sub(lambda m: _in_one(m, m[3], 10, m[2]), question)


def _each_with_unit(match: re.Match[str]) -> str:
    """Figures that share the unit of the last one, each with its own."""
    return re.sub(r"(?<=\d)(?=[、和及与])", match["unit"], match["figures"]) + match["unit"]


def _span(match: re.Match[str]) -> str:
    """The years from one to another, both of them: 22年到24年 is 3年."""
    first, last = (int(match[name][-2:]) for name in ("first", "last"))
    return f"{last - first + 1}年" if last > first else match[0]


def _per_cent(match: re.Match[str]) -> str:
    """Tenths as a share: 七成半 is 75%."""
    return f"{plain(read_number(match['n']) * 10 + (5 if match['half'] else 0))}%"


def _coins(match: re.Match[str]) -> str:
    """Yuan with a part of one behind: 两块半 is 2.5元."""
    tenths = 5 if match["rest"] == "半" else read_number(match["rest"])
    return f"{plain(read_number(match['yuan']) + Decimal(tenths) / 10)}元"


def _in_one(match: re.Match[str], part: str, of: int, scale: str) -> str:
    """A number and a part of the scale behind it as one; as it stands where it is no number."""
    try:
        return f"{plain(read_number(match[1]) + read_number(part) / of)}{scale}"
    except ValueError:
        return match[0]
