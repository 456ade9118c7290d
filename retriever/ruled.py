"""What a question asks a document's rules for, and whether a clause has that rule.

What is left out, by when to apply, who bears the money and what can be had together stand in closing
clauses, which share no words with the matter they are asked for.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["RULES", "Rule"]


class Rule(NamedTuple):
    """``asked`` finds it in questions, ``told`` in a clause with the lead above it."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


_WHEN = r"(?:几号|几月|哪[天月]|什么时候|啥时候|何时|时间|截止|期限|最[晚迟]|几[回次批])"
_APPLY = r"(?:申[请报领]|上报|报(?:[送名销补上]|材料)|受理|提交|递[交送]?|交(?:材料|上去|表|申))"
_DATED = r"(?:\d{1,2}月|\d日|工作日|季度|每年|截止|之日起|个月内|年内|批次|常年|随时)"
_GIVES = r"(?:享受|给予|支持|纳入|适用|受理|补[贴助]|资助|奖励|认定|列入|安排|发放|支付|计入|重复)"

#: The rules, by what they are on.
RULES = {
    "excluded": Rule(
        re.compile(
            r"(?:哪[些几种]|什么|啥|怎样)[^，。？?]{0,14}?"
            r"(?:不(?:给|补|予|能|享受|得|算|发|行|让|可以)|[拿领报]不[到了]|没份|没资格|除外|排除|轮不到)"
        ),
        re.compile(rf"不(?:予|得|再|能)?{_GIVES}|不属于|不在[^。；]{{0,12}}范围|除外|不包括|不含"),
    ),
    "applied": Rule(
        re.compile(rf"{_WHEN}[^，。？?]{{0,12}}{_APPLY}|{_APPLY}[^，。？?]{{0,12}}{_WHEN}"),
        re.compile(rf"{_APPLY}[^。；]{{0,30}}{_DATED}|{_DATED}[^。；]{{0,30}}{_APPLY}"),
    ),
    "borne": Rule(
        re.compile(
            r"[市区县省级政][^，。？?]{0,14}(?:怎么|如何|咋)?(?:摊|分担|各出|几几开|出几成|承担|掏几成)"
        ),
        re.compile(
            r"分担|承担|负担|\d\s*[∶:：]\s*\d|[市区县省]级?财政[^。；]{0,12}(?:比例|\d\s*%)"
        ),
    ),
    "again": Rule(
        re.compile(
            r"再(?:来|领|拿|申[请报]|享受|报|要|补|给)(?:一[次遍回笔])?[^，。？?]{0,4}?[吗么不没]|还能?再?(?:领|拿|报|享受|申[请报])(?:一[次遍回笔])"
        ),
        re.compile(
            r"再次|不再|(?:只|仅)(?:能|可)?(?:享受|支持|补[贴助]|给予|奖励|申[请报])一次|已(?:经)?(?:享受|获得|领取)[^。；]{0,30}不"
        ),
    ),
    "by_contract": Rule(re.compile(r"一企一策"), re.compile(r"一企一策")),
    "both": Rule(
        re.compile(
            r"同时(?:享受|申[请报]|拿|领)|重复|叠加|两头|都能(?:拿|领|报|享受)|一起(?:拿|领|报|申|享受)|都拿|还能再"
        ),
        re.compile(
            r"同时(?:享受|符合|适用)|重复|叠加|就高|择[一优高]|只能(?:享受|选)|同一(?:事项|项目)"
        ),
    ),
}
