"""Whether a number of 个 counts persons: 12个员工; 本科6个、专科4个."""

from __future__ import annotations

import re
from dataclasses import replace

from server.sums.fact import Fact

__all__ = ["as_persons"]

#: Whom a number of 个 counts.
_BEHIND = re.compile(
    r"[^，,。、\d]{0,6}?(?:员工|职工|会员|老人|学生|青年|医生|大夫|护士|医护|工人|人员|残疾人|参保人|农民工|人口(?![大小普稀密基净数])|毕业生|大学生|劳动力|教师|干部|专家|博士|硕士|本科生?|研究生|大专生?|专科生?|人才(?!公寓|住房|房|驿站|社区|大厦|项目|计划)|教练|技师|骨干|游客|旅客|观众|学员|娃|孩子?|幼儿|儿童|宝宝|小朋友)"
)
#: Who is counted, right before the number.
_BEFORE = re.compile(
    r"(?:博士后?|硕士|研究生|本科生?|大专生?|专科生?|毕业生|大学生|技师|高级工|中级工|初级工)(?:一?共|各|有|招?了){0,2}$"
)
_THINGS = ("套", "间", "床", "台", "辆", "张", "件")


def as_persons(fact: Fact, after: str) -> Fact:
    """A count as one of persons where it is, by what stands behind it or right before it."""
    # 30套公寓给员工住 counts flats.
    if fact.is_count and fact.unit not in _THINGS and (person := _BEHIND.match(after)):
        return replace(fact, unit="人", written=f"{fact.written}{person[0]}")
    own = fact.unit == "个" and _BEFORE.search(fact.before)
    return replace(fact, unit="人") if own else fact
