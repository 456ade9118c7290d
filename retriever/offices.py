"""Names of offices and of other policies, which say of no industry that a text is on it."""

from __future__ import annotations

import re

__all__ = ["without_offices"]

_OFFICE = re.compile(
    r"(?<=[A-Za-z])（[\u4e00-\u9fff]{4,20}）|食品药品(?:监督|监管|检验)[\u4e00-\u9fff]{0,4}"
    r"|[\u4e00-\u9fff]{2,6}产业(?:的|专项|相关){0,2}(?:政策|规划)(?=执行|办理|规定)"
)


def without_offices(text: str) -> str:
    """Return a text with blanks for what letters are short for, for offices on food and drugs, and
    for the policy of another industry that is to be followed.

    >>> without_offices("获得FDA（美国食品药品监督管理局）批准"), without_offices("手术机器人按照生物医药产业政策执行")
    ('获得FDA 批准', '手术机器人 执行')
    """
    return _OFFICE.sub(" ", text)
