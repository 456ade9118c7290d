"""The unit that a question asks in (几天, 多少人, 多大年纪), and whether a text has a figure in it.

Money is left out: every clause on support has some, and what asks for it seldom says in what.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["asked_in"]

_NUMBER = r"[\d一二三四五六七八九十百两半]"
#: 几个 counts whatever it is put to; the words behind it may name the unit: 几个工作日.
_COUNTED = re.compile(
    r"(?:几|多少)\s*(?P<unit>个?工作日|个?小时|个?月|个?年|分钟|平方|平米|人次|[天日号年次人位名件套台辆分岁平倍家种所门张间个])"
)
#: Units that clauses write otherwise than people do; every other one is its own.
_WRITTEN = {
    "工作日": "工作日|日|天",
    "天": "工作日|日|天",
    "日": "工作日|日|天",
    "岁": "岁",
    "人": "人|名",
    "名": "人|名",
    "位": "人|名|位",
    "平": "平方米|㎡",
    "平方": "平方米|㎡",
    "平米": "平方米|㎡",
    "号": "日",
}
#: What asks in a unit without naming it, and how texts state such a value.
_OTHERS = (
    (r"多大(?:年[纪龄]|岁)|年龄", rf"{_NUMBER}\s*周?岁"),
    (r"几成|几折|几个?点|比例|百分之(?:几|多少)", r"\d\s*[%％‰]|百分之|分之[一二三四五]|全额|一半"),
    (r"多久|多长时间|多长|时限", rf"{_NUMBER}\s*个?(?:工作日|日|天|月|年|小时)|长期|终身"),
    (r"面积|多大(?:的?地方|的?场地)", rf"{_NUMBER}\s*(?:平方米|㎡|亩|公顷)"),
    (r"什么时候|哪[天日]|何时|几时", r"\d\s*[月日]|之日|工作日|[年月]底|期满|届满"),
)


@lru_cache(maxsize=256)
def asked_in(question: str) -> re.Pattern[str] | None:
    """The pattern of a figure in the unit that a question asks in; None where it asks in none.

    >>> bool(asked_in("几岁能领").search("年满60周岁")), bool(asked_in("公示几天").search("公示5个工作日"))
    (True, True)
    >>> asked_in("怎么申请") is None, asked_in("补几成").search("补贴2件")
    (True, None)
    """
    for asks, states in _OTHERS:
        if re.search(asks, question):
            return re.compile(states)
    match = _COUNTED.search(question)
    if match is None:
        return None
    unit = match["unit"].removeprefix("个") or "个"
    written = _WRITTEN.get(unit, unit)
    return re.compile(rf"{_NUMBER}\s*(?:余|多)?\s*(?:[周个万千])?(?:{written})")
