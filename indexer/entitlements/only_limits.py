"""Phrases that grant nothing: limits on what was granted, how its steps are counted."""

from __future__ import annotations

import re

from indexer.entitlements.roles import FORMS, GRANT

__all__ = ["grants", "is_limit", "is_manner"]

_LIMITS = re.compile(
    r"^(?:单|每|同一|一个|全年|年度|累计|合计|总额|最高|原则上).*(?:不超过|最高|上限|封顶|为限)"
)
#: 同一企业依本项取得的奖励，年度合计以400万元为限 grants nothing either.
_SUM_OF = re.compile(
    rf"^(?:同一|单个|单家|单户|每家|每个|一个)[^，；。\d]{{0,16}}?(?:取得|获得|享受|领取)的?[^，；。\d]{{0,10}}?(?:{FORMS})(?:资金|金额|总额|之和)*(?=，)"
)
#: How steps are counted: 以设备投资全额适用相应比例，不分段计算.
_MANNER = re.compile(
    r"^[^，；。\d]{0,12}(?:适用相应(?:档次|比例|标准)|不分段|不累进)[^，；。\d]{0,6}$"
)
#: How much of something counts: 补贴面积不超过2000平方米 grants nothing.
_EXTENT = re.compile(r"(?:补贴|补助|资助|享受|支持)(?:总)?(?:面积|期限|人数|年限)")


def grants(words: str) -> bool:
    """Whether phrases grant anything.

    >>> grants("同一企业取得的奖励，年度合计以400万元为限"), grants("每件予以80万元奖励")
    (False, True)
    """
    return bool(GRANT.search(_SUM_OF.sub("", _EXTENT.sub("", words))))


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
