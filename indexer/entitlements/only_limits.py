"""Phrases that grant nothing: limits on what was granted, how its steps are counted."""

from __future__ import annotations

import re

from indexer.entitlements.roles import FORMS, GRANT

__all__ = ["adds_further", "grants", "is_limit", "is_manner", "is_only_limit", "is_scope"]

_LIMITS = re.compile(
    r"^(?:单|每|同一|一个|全年|年度|累计|合计|总额|最高|原则上).*(?:不超过|最高|上限|封顶|为限)"
)
#: 同一企业依本项取得的奖励，年度合计以400万元为限 grants nothing either.
_SUM_OF = re.compile(
    rf"^(?:同一|单个|单家|单户|每家|每个|一个)[^，；。\d]{{0,16}}?(?:取得|获得|享受|领取)的?[^，；。\d]{{0,10}}?(?:{FORMS})(?:资金|金额|总额|之和)*(?=，)"
)
#: 单个项目补助最高不超过1200万元 limits what clauses beside it grant.
_LIMITED_SUM = re.compile(
    rf"(?:单个|每个|同一)(?:项目|企业|单位|机构|主体|平台|品种|产品)(?:{FORMS})(?:资金|金额|总额|额度)*(?:累计|合计|最高|不得?超过|以|为){{1,3}}\d[\d.,]{{0,11}}\s?[万亿]?元(?:为限|封顶)?"
)
_SCOPE_ONLY = re.compile(
    r"^[\s、]*(?:(?:同一|单个|单家|单一|每个?|每家|各|该|一个|同|其)?(?:企业|单位|机构|申请人|服务机构|个人|人|户|家庭|项目|品种|产品|场活动|组织)(?:\(.*?\)|（.*?）)?"
    r"|单[\u4e00-\u9fff]{1,2}|每[台套辆艘架]|[单每][张份笔][\u4e00-\u9fff]{1,3}|分别|最高|一个|资助年度|年度|内|的|每年|全年|当年|补贴|原则上|且|但|本办法.{0,8}|支持金额|各项|在|享受|[两三四]个(?:险种|环节|品种|项目)|合计|之和|总额|累计|总计|(?:连续)?[一二两三四五]年内?|(?:补贴|补助|奖励|资助|支持|政策|有效|享受)?期(?:限内|间|内))*$"
)
#: How steps are counted: 以设备投资全额适用相应比例，不分段计算.
_MANNER = re.compile(
    r"^[^，；。\d]{0,12}(?:适用相应(?:档次|比例|标准)|不分段|不累进)[^，；。\d]{0,6}$"
)
#: How much of something counts: 补贴面积不超过2000平方米 grants nothing.
_EXTENT = re.compile(r"(?:补贴|补助|资助|享受|支持)(?:总)?(?:面积|期限|人数|年限)")


#: 属于全国首家的，每个再增加50万元.
_FURTHER = re.compile(
    r"(?:[^，。；\d]|(?<=前)\d){2,40}的，(?:[每单][个项件家户张台套人名][^，；。\d]{0,6}|分别)?(?:再|另外?|额外)(?:增加|加奖|增发|增补|提高)(?:奖励|补助|补贴|资助)?\d[\d.,]{0,11}\s?[万亿]?元"
)


def grants(words: str, behind: bool = False) -> bool:
    """Whether phrases grant anything; ``behind`` another grant, what is added to it is granted too.

    >>> grants("同一企业取得的奖励，年度合计以400万元为限"), grants("每件予以80万元奖励")
    (False, True)
    """
    granted = GRANT.search(_SUM_OF.sub("", _EXTENT.sub("", words)))
    return bool(granted) or (behind and adds_further(words))


def adds_further(words: str) -> bool:
    """Whether words behind a semicolon only add an amount to those before it, in a further case.

    >>> adds_further("属于全国首家的，每个再增加50万元"), adds_further("获准上市的，再给予80万元")
    (True, False)
    """
    return bool(_FURTHER.match(words))


def is_only_limit(text: str) -> bool:
    """Whether a clause says nothing but how much one thing may get at most.

    >>> is_only_limit("单个项目补助最高不超过1200万元。"), is_only_limit("对单个项目补助50万元。")
    (True, False)
    """
    return bool(_LIMITED_SUM.fullmatch(text.strip().rstrip("。；;")))


def is_manner(text: str) -> bool:
    """Whether a phrase says how the steps of a measure are counted.

    >>> is_manner("不分段计算"), is_manner("按8%给予补助")
    (True, False)
    """
    return bool(_MANNER.match(text))


def is_limit(words: str) -> bool:
    """Whether phrases say nothing but limits on what was granted, that on the extent first."""
    extent = re.match(
        r"(?:总)?(?:面积|期限|人数|年限)[^，；。]{1,20}，", _EXTENT.sub("面积", words)
    )
    rest = _EXTENT.sub("面积", words)[extent.end() :] if extent else words
    return bool(_LIMITS.search(rest))


def is_scope(text: str) -> bool:
    """Whether words before a limit only say whom or what it is for: 单个企业每年."""
    return bool(_SCOPE_ONLY.match(text))
