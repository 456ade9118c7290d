"""What policies seldom state of what they name: the form to fill in, a budget, a firm's capital.

A clause that names a laboratory says nothing of how many work there. Where the statements have no
word for the attribute that a question asks for, they are on the matter and do not answer it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.clause_index import ClauseIndex
from server.answer import Claim
from server.asking import Asking

__all__ = ["without_attribute"]

#: Something else is asked as well.
_ASKS = re.compile(r"多少|[几哪谁吗]|怎[么样]|什么|啥|如何|能不能|可不可以|多[久长]|是否|要不要")
_MUCH = r"(?:多少|几|好多|多[大高贵]|啥价|什么价)(?![^，。；？?]{0,4}[补奖贴给支])"
#: What may stand between an attribute and the word that asks for it.
_BETWEEN = (
    r"(?:[每一][年月个](?:个?[人月])?|现在|一般|大概|总共|一共|到底|要|是|有|得|交|收|了|的){0,4}+"
)


@dataclass(frozen=True, slots=True)
class _Attribute:
    """How an attribute is asked for, and a word that whatever states it has."""

    name: str
    asked: re.Pattern[str]
    told: re.Pattern[str]


def _noun(name: str, nouns: str, told: str) -> _Attribute:
    """An attribute that is asked for as a number: 保费一年多少."""
    return _Attribute(name, re.compile(rf"(?:{nouns}){_BETWEEN}{_MUCH}"), re.compile(told))


_ATTRIBUTES = (
    _Attribute(
        "申请表",
        re.compile(
            r"[填交报领下用写][^，。；？?]{0,6}(?:哪[张份个种]|什么|啥|几[张份])[^，。；？?]{0,4}?表"
            r"|(?:申请|申报|登记)表[^，。？?]{0,6}(?:哪|怎么|下载)"
        ),
        re.compile(r"表(?![现示明达彰率面态决])|格式|模板|样式"),
    ),
    _Attribute(
        "预算",
        re.compile(
            r"多少预算|预算(?:是|有|安排了?)?多少|(?:财政|[每一今全]年)安排了?多少(?:资金|钱)"
        ),
        re.compile(r"预算|(?:安排|规模|总额|额度)[^。]{0,16}\d"),
    ),
    _noun("注册资本", "注册资[本金]", "注册资[本金]"),
    _Attribute(
        "保费",
        re.compile(rf"(?<!担)保险?费{_BETWEEN}{_MUCH}|交{_MUCH}(?:钱的?)?保险?费"),
        re.compile(r"保险?费(?:标准)?[^。，；补奖]{0,8}\d[\d.]*元|\d元[^。，；]{0,4}保险?费|每人[^。]{0,6}\d元"),
    ),
    _noun("工资", "工资|[月年底]薪|薪[水资]", "工资|薪|报酬"),
    _noun("价格", "房价|地价|售价|押金|门票|票价|学费|车位费|物业费|月租金?", "价|租|押金|票|学费|物业|收费"),
    _noun("占地面积", "占地(?:面积)?", "亩|公顷|占地|平方"),
    _noun("投资额", "总投资|投资总额|造价", "投资|造价"),
    _Attribute(
        "年龄",
        re.compile(r"(?:年[龄纪]|岁数)[^，。；？?]{0,6}(?:要求|限制|多[大少]|几|上限)|(?:多少|几|多大)岁"),
        re.compile(r"岁|年龄"),
    ),
    _Attribute(
        "人数",
        re.compile(
            r"(?:多少|几|好多)[个名位]?(?:全职|专职|专业)?(?:科研人员|研究人员|工作人员|员工|职工|研究员|院士"
            r"|研究生|本科生|硕士生|博士生|学生|床位|张床)(?=[，,。？?]|$|和)"
        ),
        re.compile(r"\d[\d.]*\s*[余多]?\s*[名人张个位]"),
    ),
    _Attribute(
        "会议日期",
        re.compile(r"会议?(?:是|在)?(?:哪[天日年]|什么时候|几[月号时])(?:召开|开)"),
        re.compile(r"会议"),
    ),
)  # fmt: skip


def without_attribute(
    question: str, claims: Sequence[Claim], ask: Asking, index: ClauseIndex
) -> list[str]:
    """Return the attributes that are all a question asks for, and of which no clause stated has a word."""
    if ask.lookup or ask.validity or ask.compare:
        return []
    texts = [index.clause(claim.address)[1].text for claim in claims]
    return [
        attribute.name
        for attribute in _ATTRIBUTES
        if (asked := attribute.asked.search(question))
        and not _ASKS.search(question[: asked.start()] + question[asked.end() :])
        and not any(map(attribute.told.search, texts))
    ]
